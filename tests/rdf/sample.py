"""Articles with what they say, made by hand: everything RDF, exports, store and server must carry, without a parser.

A third of the interest is in the odd things: hostile text, a denial, a plan, an unresolved source, an open interval.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import pyoxigraph as ox

from kg import iri
from kg.data import bundled
from kg.findings import Findings
from kg.model import (
    Annotated,
    Article,
    ArticleGraph,
    Attribution,
    Claim,
    Comparison,
    Entity,
    Event,
    EventRef,
    GlobalEntity,
    Judgement,
    Literal_,
    Mention,
    Quantity,
    Ref,
    Resolution,
    RoleFiller,
    Sentence,
    SetApart,
    Source,
    Span,
    Statement,
    TimeExpression,
    TimeRef,
)
from kg.ontology import Ontology

BASE = "https://kg.example/id/"


def term(name: str) -> ox.NamedNode:
    """The term that a prefixed name means, as stores take it."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(iri.PREFIXES[prefix] + local)


FIRST = """Prime Minister Ana Duarte met Jonas Keller in Oslo on 3 May 2025.
"We will rebuild the bridge," Duarte said.
The Harbour Wire, citing police, reported that at least 40 dockers were injured.
Keller denied that Duarte would visit Bergen."""

SECOND = """Duarte visited Bergen, officials said.
Some 52 dockers were injured, according to police.
<script>alert("x")</script> \\ told 𝄞 Keller of the plan."""


@dataclass
class Builder:
    """Collects what one article says; words are given as text, their nth occurrence by `at`."""

    article: Article
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    apart: list[SetApart] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    def span(self, words: str, at: int = 0) -> Span:
        start = -1
        for _ in range(at + 1):
            start = self.article.text.index(words, start + 1)
        return Span(start, start + len(words))

    def sentence(self, words: str) -> Span:
        start = self.article.text.rfind("\n", 0, self.span(words).start) + 1
        end = self.article.text.find("\n", start)
        return Span(start, len(self.article.text) if end < 0 else end)

    def entity(self, type_: str, label: str, *words: str | tuple[str, int], **more: object) -> int:
        numbers = []
        for one in words:
            span = self.span(*([one] if isinstance(one, str) else one))
            numbers.append(len(self.mentions))
            kind = "nominal" if type_ == "Group" else "name"
            self.mentions.append(Mention(span, kind, type_, span, span))  # type: ignore[arg-type]
        self.entities.append(Entity(type_, label, tuple(numbers), **more))  # type: ignore[arg-type]
        return len(self.entities) - 1

    def ref(self, entity: int, nth: int = 0) -> Ref:
        return Ref(entity, self.mentions[self.entities[entity].mentions[nth]].span)

    def event(self, type_: str, trigger: str, **roles: Ref) -> int:
        place = roles.pop("place", None)
        fillers = tuple(RoleFiller(role, ref) for role, ref in roles.items())
        self.events.append(Event(type_, (self.span(trigger),), fillers, place=place))
        return len(self.events) - 1

    def say(
        self, predicate: str, subject: Ref, object_: Ref | EventRef | Literal_, trigger: str | None, **more: object
    ) -> int:
        words = self.article.text[object_.span.start : object_.span.end]
        defaults: dict[str, object] = {
            "kind": "relation",
            "polarity": "positive",
            "certainty": "certain",
            "tense": "past",
            "confidence": 0.91234,
            "extractor": "verb:test",
            "asserted": True,
        }
        trigger_span = self.span(trigger) if trigger else None
        evidence = self.sentence(words if trigger is None else trigger)
        value = Statement(
            predicate=predicate,
            subject=subject,
            object=object_,
            trigger=trigger_span,
            evidence=evidence,
            **{**defaults, **more},  # type: ignore[arg-type]
        )
        self.statements.append(value)
        return len(self.statements) - 1

    def source(self, level: int, entity: int | None, words: str, cue: str, stance: str = "neutral") -> Source:
        label = self.entities[entity].label if entity is not None else words
        return Source(level, entity, label, self.span(words), self.span(cue), cue, stance, level)  # type: ignore[arg-type]

    def graph(self) -> ArticleGraph:
        text = self.article.text
        lines, at = [], 0
        for line in text.split("\n"):
            lines.append(Sentence(Span(at, at + len(line)), "body"))
            at += len(line) + 1
        number = "40" if "40" in text else "52"
        annotated = Annotated(
            article=self.article,
            blocks=(),
            sentences=tuple(lines),
            mentions=tuple(self.mentions),
            clauses=(),
            attributions=tuple(self.attributions),
            times=(TimeExpression(self.span(number), "DATE", None),),
            quantities=(Quantity(self.span(number), float(number), None, None, "="),),
            entities=tuple(self.entities),
        )
        return ArticleGraph(
            annotated, tuple(self.entities), tuple(self.statements), tuple(self.events), tuple(self.apart)
        )


def first() -> ArticleGraph:
    b = Builder(
        Article(
            "wire/day-1.txt",
            FIRST,
            "Duarte meets Keller",
            "2025-05-04",
            "The Harbour Wire",
            "https://wire.example/1",
            "Eva Ruiz",
        )
    )
    duarte = b.entity("Person", "Ana Duarte", "Ana Duarte", ("Duarte", 1), ("Duarte", 2))
    keller = b.entity("Person", "Jonas Keller", "Jonas Keller", ("Keller", 1))
    oslo = b.entity("City", "Oslo", "Oslo")
    wire = b.entity("MediaOrganization", "The Harbour Wire", "The Harbour Wire")
    police = b.entity("Organization", "police", "police", named=False)
    dockers = b.entity("Group", "dockers", "dockers", named=False, group_head="docker")
    bergen = b.entity("City", "Bergen", "Bergen")
    role = b.entity("Role", "prime minister", named=False)
    when = TimeRef("2025-05-03", "2025-05-03", "2025-05-03", b.span("3 May 2025"))
    b.attributions += [
        Attribution(
            (b.span("The Harbour Wire"),), (3,), (b.span("reported"),), (b.sentence("reported"),), "neutral", "indirect"
        ),
        Attribution(
            (b.span("police"),), (4,), (b.span("citing"),), (b.sentence("reported"),), "neutral", "indirect", outer=0
        ),
    ]
    meeting = b.event("Meeting", "met", agent=b.ref(duarte), place=b.ref(oslo))
    meeting_roles = (RoleFiller("agent", b.ref(keller)),)
    b.events[meeting] = replace(b.events[meeting], roles=(*b.events[meeting].roles, *meeting_roles), time=when)
    b.say("met", b.ref(duarte), b.ref(keller), "met", event=meeting, time=when, place=b.ref(oslo))
    b.say(
        "holdsRole", b.ref(duarte), Ref(role, b.span("Prime Minister")), None, tense="present", extractor="title:test"
    )
    quoted = b.span("We will rebuild the bridge,")
    b.say("said", b.ref(duarte, 1), Literal_("We will rebuild the bridge,", "string", quoted), "said", kind="quotation")
    chain = (b.source(0, wire, "The Harbour Wire", "reported"), b.source(1, police, "police", "citing"))
    claim = Claim("wounded", b.ref(dockers), None, 40.0, None, ">=", None, b.span("at least 40"), asserted_at=when)
    figure = Literal_("at least 40", "decimal", b.span("at least 40"))
    b.say("hasCount", b.ref(dockers), figure, "injured", kind="quantity", chain=chain, claim=claim, asserted=False)
    visit = b.event("Visit", "visit", agent=b.ref(duarte, 2), destination=b.ref(bergen))
    denial = b.event("Denial", "denied", agent=b.ref(keller, 1))
    denied = (replace(b.source(0, keller, "Jonas Keller", "denied", "denial"), attribution=7),)
    b.say(
        "visited", b.ref(duarte, 2), b.ref(bergen), "visit", event=visit, tense="future", asserted=False, chain=denied
    )
    b.say("denied", b.ref(keller, 1), EventRef(visit, b.span("visit")), "denied", event=denial)
    held = Statement(
        "relation", "met", b.ref(keller), b.ref(oslo), b.span("met"), b.sentence("met"), "positive", "certain", "past"
    )
    b.apart.append(SetApart(held, "range", "a City is no object of met (range: Actor)"))
    return b.graph()


def second() -> ArticleGraph:
    b = Builder(Article("gazette/day-2.txt", SECOND, None, "2025-05-06", "Gazette"))
    duarte = b.entity("Person", "Duarte", "Duarte")
    bergen = b.entity("City", "Bergen", "Bergen")
    dockers = b.entity("Group", "dockers", "dockers", named=False, group_head="docker")
    police = b.entity("Organization", "police", "police", named=False)
    script = b.entity("Person", '<script>alert("x")</script> \\', '<script>alert("x")</script> \\')
    keller = b.entity("Person", "Keller", "Keller")
    open_end = TimeRef("2025-05/..", "2025-05-01", None, b.span("visited"))
    visit = b.event("Visit", "visited", agent=b.ref(duarte), destination=b.ref(bergen))
    officials = replace(b.source(0, None, "officials", "said"), attribution=0)
    b.say("visited", b.ref(duarte), b.ref(bergen), "visited", event=visit, chain=(officials,), time=open_end)
    injury = b.event("Injury", "injured", patient=b.ref(dockers))
    claim = Claim("wounded", b.ref(dockers), 52.0, None, None, "~", None, b.span("Some 52"), as_of=open_end)
    figure = Literal_("Some 52", "decimal", b.span("Some 52"))
    more = {"event": injury, "chain": (b.source(0, police, "police", "according to"),), "asserted": False}
    b.say("hasCount", b.ref(dockers), figure, "injured", kind="quantity", claim=claim, **more)
    b.say("warned", b.ref(script), b.ref(keller), "told", certainty="probable", polarity="negative", asserted=False)
    return b.graph()


def graphs() -> list[ArticleGraph]:
    return [first(), second()]


def resolution() -> Resolution:
    """Joins the two articles' Duarte, Keller, Bergen, police and dockers."""

    def entity(type_: str, label: str, *members: tuple[int, int], **more: object) -> GlobalEntity:
        name = iri.entity(BASE, iri.family([type_, "Place" if type_ == "City" else "Organization"]), label, label)
        return GlobalEntity(name, type_, label, tuple(more.pop("aliases", ())), members, **more)  # type: ignore[arg-type]

    everyone = (
        entity("Person", "Ana Duarte", (0, 0), (1, 0), aliases=("Duarte", "Ana Duarte")),
        entity("Person", "Jonas Keller", (0, 1), (1, 5), aliases=("Keller",)),
        entity("City", "Oslo", (0, 2), same_as=("https://sws.geonames.org/3143244/",)),
        entity("MediaOrganization", "The Harbour Wire", (0, 3)),
        entity("Organization", "police", (0, 4), (1, 3), named=False),
        entity("Group", "dockers", (0, 5), (1, 2), named=False),
        entity("City", "Bergen", (0, 6), (1, 1)),
        entity("Role", "prime minister", (0, 7), named=False),
        entity("Person", '<script>alert("x")</script> \\', (1, 4)),
    )
    of = {member: number for number, one in enumerate(everyone) for member in one.members}
    left, right = (iri.article(BASE, graph.annotated.article) for graph in graphs())
    same = Judgement(
        "same", iri.mention(left, Span(15, 25)), iri.mention(right, Span(0, 6)), "newskg", None, "surname", 0.9
    )
    return Resolution(everyone, of, (same,))


def comparisons() -> list[Comparison]:
    dockers = resolution().entities[5].iri
    return [Comparison("conflict", f"wounded {dockers}", "wounded", dockers, (0, 3), (1, 1))]


@cache
def ontology() -> Ontology:
    return Ontology.load(bundled())


def findings(resolved: Resolution | None = None) -> Findings:
    return Findings.of(graphs(), resolved or resolution(), ontology(), BASE, comparisons())


def rejecting(statement: str) -> Resolution:
    return replace(resolution(), judgements=(Judgement("reject", statement, None, "E. Ruiz", "2026-01-02", "misread"),))


def shuffled() -> tuple[list[ArticleGraph], Resolution, list[Comparison]]:
    """The same build with its articles and entities in the opposite order."""
    found = resolution()
    entities = tuple(
        replace(one, members=tuple(sorted((1 - article, local) for article, local in one.members)))
        for one in reversed(found.entities)
    )
    of = {member: number for number, one in enumerate(entities) for member in one.members}
    turned = [replace(c, left=(1 - c.right[0], c.right[1]), right=(1 - c.left[0], c.left[1])) for c in comparisons()]
    return list(reversed(graphs())), Resolution(entities, of, found.judgements), turned
