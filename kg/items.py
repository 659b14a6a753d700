"""Claims with all that the rule of comparison looks at: what is counted, where, and by whose word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from kg.data import bundled
from kg.model import ArticleGraph, Claim, Entity, GlobalEntity, Resolution, Source, Span, Statement, TimeExpression
from kg.ontology import Ontology
from kg.stories import Stories

Place = tuple[int, int]  # (article index, statement index)
# Two places of one of these classes are different places; a square and a city may be one within the other.
LEVELS = ("Country", "City", "Region", "Facility", "Conflict")
PAST = 45  # days
WORLD = "several together"  # "globally", "in both countries": on a level with countries, and none of them
NARROWING = ("place", "occasion", "destination")


@dataclass(frozen=True, slots=True)
class Item:
    """A claim with all that the rule looks at."""

    at: Place
    statement: Statement
    claim: Claim
    counted: GlobalEntity
    thing: (
        str  # what is counted, the same for claims on the same thing; without a name of its own, of a chain of stories
    )
    places: frozenset[tuple[str, str]]  # class and IRI of places and conflicts that narrow the claim
    sources: frozenset[str]  # ultimate ones
    confirming: bool  # its innermost source is said to confirm it
    confirms: frozenset[str] = frozenset()  # sources of the same figure in the article, which this claim confirms
    # up to where a vague word reaches, beyond the claim's own maximum: "thousands" may be 25,000
    most: float | None = None
    at_large: bool = False  # people of no kind: "four Americans"
    published: str | None = None  # ISO date of the article
    named: bool = True  # the thing has a name or a country to meet by; else only articles that tell one story meet


@dataclass(slots=True)
class Reading:
    """Reads the claims of all articles. `_names`: within a chain of stories one name is one source, joined or not."""

    graphs: Sequence[ArticleGraph]
    resolution: Resolution
    ontology: Ontology
    told: Stories
    _names: dict[tuple[int, str], str] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        rejected = {judgement.left for judgement in self.resolution.judgements if judgement.verdict == "reject"}
        for a, graph in enumerate(self.graphs):
            seen = _incidental(graph)
            for s, statement in enumerate(graph.statements):
                claim = statement.claim
                if claim is None or claim.counted is None or claim.span in seen or not self._total(a, claim):
                    continue
                counted = self._global(a, claim.counted.entity)
                if counted.iri not in rejected:
                    seen.add(claim.span)  # one figure may stand in several readings of one event
                    yield self._item((a, s), statement, claim, counted)

    def _total(self, a: int, claim: Claim) -> bool:
        """Whether a claim says what it measures, and counts more than those besides some others."""
        if not measured(claim) or claim.measure in words().forces:
            return measured(claim)
        text = self.graphs[a].annotated.article.text
        near = (text[: claim.span.start][-16:].split()[-1:], text[claim.span.end :][:16].split()[:1])
        own = claim.span.of(text).casefold().split()
        before, behind = words().besides
        return not (before & {*(word.casefold() for word in near[0]), *own}) and not (
            behind & {word.casefold().strip(".,;:)") for word in near[1]}
        )

    def _item(self, at: Place, statement: Statement, claim: Claim, counted: GlobalEntity) -> Item:
        counted_ref = claim.counted
        assert counted_ref is not None
        thing, named = self._thing(at[0], statement, claim, counted)
        return Item(
            at,
            statement,
            claim,
            counted,
            thing,
            self._places(at[0], statement),
            self._ultimate(at[0], statement),
            any(source.cue_text.lower() in words().confirming for source in statement.chain),
            most=self._reach(at[0], claim),
            at_large=self.graphs[at[0]].entities[counted_ref.entity].group_head in words().people["any"],
            published=self.graphs[at[0]].annotated.article.published,
            named=named,
        )

    def _global(self, a: int, local: int) -> GlobalEntity:
        return self.resolution.entities[self.resolution.of[a, local]]

    def _reach(self, a: int, claim: Claim) -> float | None:
        figure = claim.span.of(self.graphs[a].annotated.article.text).casefold().split()
        return words().reach.get(figure[-1]) if figure[-2:-1] != ["of"] else None

    # ---- what ----

    def _thing(self, a: int, statement: Statement, claim: Claim, counted: GlobalEntity) -> tuple[str, bool]:
        """The entity; people by what they are and whose; without either, within the story. Of money also what it is for."""
        assert claim.counted is not None
        entity = self.graphs[a].entities[claim.counted.entity]
        named = counted.named or (entity.affiliation is not None and entity.group_head is not None)
        what = self._people(a, claim.measure, entity) if entity.group_head else whole(counted)
        if claim.measure == "money":
            what = what if named else entity.label.casefold()
            what = f"{what} {claim.unit} {_sum(self.graphs[a], statement)}"
        if expected(statement, claim):
            what = f"expected {what}"
        if past := self._past(a, statement, claim):
            what = f"in {past} {what}"
        return (what if named else f"story {self.told.of[a]} {what}"), named

    def _past(self, a: int, statement: Statement, claim: Claim) -> str | None:
        """The time of an event that was over long before the article: its dead are not those of the news."""
        published = self.graphs[a].annotated.article.published
        if not published or claim.measure in words().forces or claim.measure == "money":
            return None
        told = claim.as_of or self._dated(a, statement, claim)
        over = told.end if told else None
        if told is None or over is None or (date.fromisoformat(published) - date.fromisoformat(over)).days <= PAST:
            return None
        return told.edtf

    def _dated(self, a: int, statement: Statement, claim: Claim) -> TimeExpression | None:
        """The date nearest to the figure in its sentence, with a year and not that of saying it: "in August 2012, when he killed six"."""
        annotated = self.graphs[a].annotated
        said = claim.asserted_at.span if claim.asserted_at else None
        own = (
            time
            for time in annotated.times
            if time.type == "DATE" and time.end and time.edtf and statement.evidence.covers(time.span)
            if time.span != said and re.search(r"\d{4}|9/11", time.span.of(annotated.article.text))
        )
        return min(own, key=lambda time: abs(time.span.start - claim.span.start), default=None)

    def _people(self, a: int, measure: str, entity: Entity) -> str:
        head = entity.group_head or ""
        if entity.affiliation is not None:
            return f"{head} of {self._global(a, entity.affiliation).iri}"
        at_large = words().people
        return "people" if head in at_large["any"] or head in at_large.get(measure, ()) else head

    # ---- where ----

    def _places(self, a: int, statement: Statement) -> frozenset[tuple[str, str]]:
        """Places and conflicts that narrow the claim, those with a name."""
        fillers = (filler.ref for filler in statement.roles if filler.role in NARROWING)
        locals_ = [ref.entity for ref in (statement.place, *fillers) if ref]
        named = frozenset(level for local in locals_ for level in self._levels(a, local))
        told = statement.evidence.of(self.graphs[a].annotated.article.text)
        return named or (frozenset((("Country", WORLD),)) if words().worldwide.search(told) else frozenset())

    def _levels(self, a: int, local: int) -> Iterator[tuple[str, str]]:
        """A named place or conflict by class and identity, and the country that the gazetteer puts it in."""
        key, known = self.graphs[a].entities[local].key or "", self._global(a, local)
        if not known.named or known.type not in LEVELS:
            return
        country = re.fullmatch(r"(?:city|region)/.*-([a-z]{3})", key)
        yield known.type, key if known.type == "Country" and key else known.iri
        if country:
            yield "Country", f"country/{country.group(1).upper()}"

    # ---- by whose word ----

    def _ultimate(self, a: int, statement: Statement) -> frozenset[str]:
        """Who is credited at the last level; the outlet, or the article, where nobody is."""
        if not statement.chain:
            article = self.graphs[a].annotated.article
            return frozenset((f"publisher {article.publisher}" if article.publisher else f"article {a}",))
        last = max(source.level for source in statement.chain)
        return frozenset(self._source(a, source) for source in statement.chain if source.level == last)

    def _source(self, a: int, source: Source) -> str:
        """A named source by its IRI; "the health ministry" is one within a story."""
        entity = None if source.entity is None else self._global(a, source.entity)
        story, name = self.told.of[a], (entity.label if entity else source.label).casefold()
        if entity and (entity.named or entity.affiliation):
            return self._names.setdefault((story, name), entity.iri)
        return self._names.get((story, name), f"story {story} {name}")


def _incidental(graph: ArticleGraph) -> set[Span]:
    """Figures of those to whom something else was done too ("honoured dozens of soldiers who died"): no count of all who died."""
    own = (one.claim for one in graph.statements if one.claim and one.kind == "relation")
    return {claim.span for claim in own if claim.measure == "other"}


def measured(claim: Claim) -> bool:
    """Whether a claim says what it measures; of figures with a unit only sums of money do."""
    return claim.measure != "other" and (claim.unit is None or claim.measure == "money")


def expected(statement: Statement, claim: Claim) -> bool:
    """Whether a harm is feared or foretold: "could kill 200,000" is no count of the dead."""
    ahead = statement.tense == "future" or statement.certainty == "possible"
    return ahead and claim.measure != "money" and claim.measure not in words().forces


def whole(counted: GlobalEntity) -> str:
    return counted.part_of or counted.iri


def _sum(graph: ArticleGraph, statement: Statement) -> str:
    said = statement.trigger.of(graph.annotated.article.text).casefold() if statement.trigger else ""
    return words().sums.get(said, said)


@dataclass(frozen=True, slots=True)
class Words:
    """What claims are read by, from `lexicon/measures.yaml`."""

    confirming: frozenset[str]  # words of saying that confirm another's figure
    besides: tuple[frozenset[str], frozenset[str]]  # before and behind a figure that counts so many besides others
    forces: frozenset[
        str
    ]  # measures with a planned one beside them, and the planned: there a further figure is a claim of its own
    worldwide: re.Pattern[str]  # makes a count that of several countries together
    reach: Mapping[str, float]  # up to where a vague number word reaches at the most
    sums: Mapping[str, str]  # what a sum is, by the noun or verb that says it
    people: Mapping[str, frozenset[str]]  # words for people that narrow them to no kind, by measure


@cache
def words() -> Words:
    data = bundled().yaml("lexicon/measures.yaml")
    planned, further = data["planned"], data["further"]
    return Words(
        confirming=frozenset(data["confirming"]),
        besides=(frozenset(further["before"]), frozenset(further["behind"])),
        forces=frozenset((*planned, *planned.values())),
        worldwide=re.compile(rf"\b(?:{'|'.join(map(re.escape, data['worldwide']))})\b", re.IGNORECASE),
        reach={word: float(most) for word, most in data["reach"].items()},
        sums={noun: kind for kind, forms in data["money"]["nouns"].items() for noun in forms},
        people={measure: frozenset(nouns) for measure, nouns in data["at-large"].items()},
    )
