"""How it stands in RDF: the one place that knows.

Three layers in one default graph, without blank nodes: the text (articles, mentions), the statements with everything
about them, and the plain triples of those that are asserted. What is inferred is materialised here: superclasses of
each node's classes, superproperties of relations and roles, the mirror of an asserted symmetric triple. `quads` says
besides from which article a triple comes; `triples` gives each one once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg import iri
from kg.corroborate import corroboration
from kg.data import Folder, bundled
from kg.iri import PREFIXES
from kg.model import (
    ArticleGraph,
    Claim,
    Comparison,
    Copy,
    GlobalEntity,
    Judgement,
    Resolution,
    Span,
    Statement,
    TimeRef,
)
from kg.names import Link, Names, Thing
from kg.ontology import Ontology

Term = NamedNode | Literal

_KINDS = {"quantity": "QuantityClaim", "quotation": "Quotation", "relation": "Statement"}


@cache
def term(name: str) -> NamedNode:
    """The term that a prefixed name means.

    >>> term("schema:url").value
    'https://schema.org/url'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@cache
def nk(local: str) -> NamedNode:
    return NamedNode(iri.NK + local)


def decimal(value: float) -> Literal:
    """Figures without exponent and with at most six decimals.

    >>> decimal(6000.0).value, decimal(1e12).value, decimal(2.5).value
    ('6000', '1000000000000', '2.5')
    """
    text = f"{round(Decimal(repr(value)), 6):f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=term("xsd:decimal"))


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=term("xsd:integer"))


def boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def date(text: str) -> Literal:
    """A date if it is one to the day, else the text as it stands.

    >>> date("2025-08-22").datatype.value.rpartition("#")[2], date("2025").datatype.value.rpartition("#")[2]
    ('date', 'string')
    """
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    return Literal(text, datatype=term("xsd:date")) if whole else Literal(text)


# ---- the ontology's own triples ----


def ontology_triples(folder: Folder, names: Iterable[str] = ("newskg.ttl",)) -> Iterator[Triple]:
    """The Turtle files of an ontology folder: terms, what `terms/*.ttl` adds, and `alignments.ttl` if there is one."""
    for name in dict.fromkeys((*names, *folder.names("terms", ".ttl"), *_existing(folder, "alignments.ttl"))):
        for quad in parse(folder.path(name).read_bytes(), format=RdfFormat.TURTLE):
            yield quad.triple


def _existing(folder: Folder, name: str) -> tuple[str, ...]:
    try:
        folder.path(name)
    except FileNotFoundError:
        return ()
    return (name,)


@dataclass(frozen=True, slots=True)
class Closure:
    """What stands above each class and each property, itself first; ours and others' terms alike."""

    above: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, folder: Folder) -> Closure:
        up: dict[str, list[str]] = {}
        for triple in ontology_triples(folder):
            kind = triple.predicate.value.rpartition("#")[2]
            if kind in ("subClassOf", "subPropertyOf") and isinstance(triple.object, NamedNode):
                up.setdefault(str(getattr(triple.subject, "value", "")), []).append(triple.object.value)
        return cls({name: _upwards(name, up) for name in up})

    def __call__(self, term: NamedNode) -> Iterator[NamedNode]:
        yield from (NamedNode(name) for name in self.above.get(term.value, (term.value,)))


def _upwards(name: str, up: Mapping[str, list[str]]) -> tuple[str, ...]:
    found = {name: None}
    queue = [name]
    while queue:
        fresh = [parent for parent in sorted(up.get(queue.pop(), ())) if parent not in found]
        found.update(dict.fromkeys(fresh))
        queue.extend(fresh)
    return tuple(found)


# ---- everything ----


def triples(
    graphs: Sequence[ArticleGraph],
    resolution: Resolution,
    comparisons: Sequence[Comparison],
    ontology: Ontology,
    base: str = iri.BASE,
    folder: Folder | None = None,
    background: bool = True,
) -> Iterator[Triple]:
    """Every triple of a build once, in no order; without `background` nothing that only a gazetteer knows."""
    seen: set[Triple] = set()
    for quad in quads(graphs, resolution, comparisons, ontology, base, folder, background):
        if quad.triple not in seen:
            seen.add(quad.triple)
            yield quad.triple


def quads(
    graphs: Sequence[ArticleGraph],
    resolution: Resolution,
    comparisons: Sequence[Comparison],
    ontology: Ontology,
    base: str = iri.BASE,
    folder: Folder | None = None,
    background: bool = True,
    copies: Sequence[Copy] = (),
) -> Iterator[Quad]:
    """The triples of each article in a graph of its name, others in the default graph. A triple may come repeatedly."""
    for name, found in by_graph(graphs, resolution, comparisons, ontology, base, folder, background, copies):
        graph = NamedNode(name) if name else DefaultGraph()
        yield from (Quad(one.subject, one.predicate, one.object, graph) for one in found)


def by_graph(
    graphs: Sequence[ArticleGraph],
    resolution: Resolution,
    comparisons: Sequence[Comparison],
    ontology: Ontology,
    base: str = iri.BASE,
    folder: Folder | None = None,
    background: bool = True,
    copies: Sequence[Copy] = (),
) -> Iterator[tuple[str, Iterator[Triple]]]:
    """The triples of each article under its name, then those across articles under ""; each part is to be read before the next."""
    names = Names.of(graphs, resolution, ontology, base)
    writer = _Writer(names, Closure.of(folder or bundled()), background)
    for number, article in enumerate(names.articles):
        yield article.article, writer.article(number)
    yield "", chain(writer.across(comparisons), writer.copied(copies), writer.support(copies))


@dataclass(frozen=True, slots=True)
class _Writer:
    names: Names
    closure: Closure
    background: bool

    def article(self, number: int) -> Iterator[Triple]:
        return _ArticleWriter(self, number).all()

    def across(self, comparisons: Sequence[Comparison]) -> Iterator[Triple]:
        for entity in self.names.resolution.entities:
            yield from self.entity(entity)
        for outlet in self.names.publishers.values():
            yield from self.typed(NamedNode(outlet.iri), outlet.type)
            yield from _labelled(NamedNode(outlet.iri), outlet.label)
        for comparison in comparisons:
            yield from self.comparison(comparison)
        for judgement in self.names.resolution.judgements:
            yield from self.judgement(judgement)

    def support(self, copies: Sequence[Copy]) -> Iterator[Triple]:
        """What stands behind each asserted triple, under the key of its statements."""
        for key, one in corroboration(self.names, copies).items():
            node = NamedNode(f"{self.names.base}support/{key}")
            yield from self.typed(node, "Support")
            yield from _labelled(
                node,
                f"told by {_count(len(one.articles), 'independent article')}, {_count(len(one.sources), 'source')}",
            )
            yield Triple(node, nk("key"), Literal(key))
            yield Triple(node, nk("copies"), integer(one.copies))
            for local, found in (
                ("supportingArticle", one.articles),
                ("supportingOutlet", one.outlets),
                ("supportingSource", one.sources),
            ):
                yield from (Triple(node, nk(local), NamedNode(each)) for each in found)

    def copied(self, copies: Sequence[Copy]) -> Iterator[Triple]:
        """Both ways. Of two versions under one URL the one published later is said to be the newer."""
        for copy in copies:
            ends = [(self._published(a), NamedNode(self.names.articles[a].article)) for a in (copy.left, copy.right)]
            (_, left), (_, right) = ends
            yield Triple(left, nk("nearDuplicateOf"), right)
            yield Triple(right, nk("nearDuplicateOf"), left)
            if copy.kind == "version" and ends[0][0] != ends[1][0]:
                older, newer = (left, right) if ends[0][0] < ends[1][0] else (right, left)
                yield Triple(newer, nk("newerVersionOf"), older)

    def _published(self, article: int) -> str:
        return self.names.graphs[article].annotated.article.published or ""

    def typed(self, node: NamedNode, local: str) -> Iterator[Triple]:
        yield from (Triple(node, term("rdf:type"), one) for one in self.closure(nk(local)))

    def related(self, subject: NamedNode, local: str, object_: Term) -> Iterator[Triple]:
        yield from (Triple(subject, one, object_) for one in self.closure(nk(local)))

    def asserted(self, subject: NamedNode, local: str, object_: Term) -> Iterator[Triple]:
        yield from self.related(subject, local, object_)
        relation = self.names.ontology.relations.get(local)
        if relation and relation.symmetric and isinstance(object_, NamedNode):
            yield from self.related(object_, local, subject)

    def time(self, value: TimeRef) -> tuple[NamedNode, Iterator[Triple]]:
        node = NamedNode(iri.time(self.names.base, value.edtf))
        return node, self._time(node, value)

    def _time(self, node: NamedNode, value: TimeRef) -> Iterator[Triple]:
        yield from self.typed(node, "TimeSpan")
        yield from _labelled(node, value.edtf)
        yield Triple(node, nk("when"), Literal(value.edtf))
        for local, bound in (("from", value.start), ("to", value.end)):
            if bound is not None:
                yield Triple(node, nk(local), date(bound))

    def entity(self, value: GlobalEntity) -> Iterator[Triple]:
        node = NamedNode(value.iri)
        yield from self.typed(node, value.type)
        yield from _labelled(node, value.label)
        yield from (Triple(node, term("skos:altLabel"), Literal(form)) for form in value.aliases if form != value.label)
        if value.type == "Role":
            yield from self._role(node, value)
        if self.background:
            yield from (Triple(node, term("skos:exactMatch"), NamedNode(same)) for same in value.same_as)
            yield from self._known(value)

    def _role(self, node: NamedNode, value: GlobalEntity) -> Iterator[Triple]:
        yield Triple(node, nk("roleTitle"), Literal(self.names.role_title(value)))
        if value.affiliation:
            yield Triple(node, nk("roleIn"), NamedNode(value.affiliation))

    def _known(self, value: GlobalEntity) -> Iterator[Triple]:
        """What the entity's identity says, and no article: what a group is part of, to whom a body belongs."""
        if value.part_of:
            yield from self.known(value.iri, "partOf", value.part_of)
        if value.affiliation and value.type != "Role":
            yield from self.known(value.iri, "affiliatedWith", value.affiliation)

    def known(self, subject: str, predicate: str, object_: str) -> Iterator[Triple]:
        """Background knowledge: a statement that no article makes, and its plain triple."""
        node = NamedNode(iri.background(self.names.base, subject, predicate, object_))
        left, right = NamedNode(subject), NamedNode(object_)
        yield from self.typed(node, "Statement")
        yield from _labelled(node, f"{predicate} (background knowledge)")
        yield from _triples(
            node,
            {
                "rdf:subject": left,
                "rdf:predicate": nk(predicate),
                "rdf:object": right,
                "nk:asserted": boolean(True),
                "nk:extractor": Literal("gazetteer"),
                "nk:key": Literal(iri.key(subject, predicate, object_)),
            },
        )
        yield from self.asserted(left, predicate, right)

    def comparison(self, value: Comparison) -> Iterator[Triple]:
        figures = dict(sorted(self._claim(*end) for end in (value.left, value.right)))
        ends = tuple(figures)
        node = NamedNode(iri.comparison(self.names.base, *ends))
        yield from self.typed(node, "Comparison")
        yield from _labelled(node, f"{value.kind}: {' / '.join(figures.values())}")
        yield Triple(node, nk("kind"), Literal(value.kind))
        yield Triple(node, nk("inGroup"), Literal(value.group))
        yield from (Triple(node, nk("compares"), NamedNode(end)) for end in ends)

    def _claim(self, article: int, number: int) -> tuple[str, str]:
        """IRI of a claim, and its figure as written."""
        graph = self.names.graphs[article]
        claim = graph.statements[number].claim
        figure = claim.span.of(graph.annotated.article.text) if claim else ""
        return self.names.articles[article].statements[number], figure

    def judgement(self, value: Judgement) -> Iterator[Triple]:
        node = NamedNode(iri.judgement(self.names.base, value.verdict, value.left, value.right, value.by))
        yield from self.typed(node, "Judgement")
        yield from _labelled(node, f"{value.verdict} ({value.by})")
        yield Triple(node, nk("verdict"), Literal(value.verdict))
        yield Triple(node, nk("judgedBy"), Literal(value.by))
        yield from (Triple(node, nk("judges"), NamedNode(one)) for one in (value.left, value.right) if one)
        if value.date:
            yield Triple(node, term("schema:dateCreated"), date(value.date))
        if value.note:
            yield Triple(node, nk("reason"), Literal(value.note))
        if value.score is not None:
            yield Triple(node, nk("score"), decimal(round(value.score, 3)))
        if value.verdict == "same" and value.right and "#ev=" in value.left:
            yield Triple(NamedNode(value.left), nk("sameEventCandidate"), NamedNode(value.right))


class _ArticleWriter:
    """The triples of one article. Mentions and times are written when first needed."""

    def __init__(self, writer: _Writer, number: int) -> None:
        self.writer = writer
        self.number = number
        self.graph = writer.names.graphs[number]
        self.iris = writer.names.articles[number]
        self.node = NamedNode(self.iris.article)
        self._said: set[NamedNode] = set()
        self._pending: list[Iterator[Triple]] = []

    def all(self) -> Iterator[Triple]:
        for part in (self.metadata(), self.statements(), self.events()):
            for triple in part:
                yield triple
                while self._pending:
                    yield from self._pending.pop()

    def metadata(self) -> Iterator[Triple]:
        article = self.graph.annotated.article
        yield from self.writer.typed(self.node, "Article")
        yield from _labelled(self.node, article.title or article.source)
        yield Triple(self.node, nk("sha256"), Literal(hashlib.sha256(article.text.encode()).hexdigest()))
        if article.title:
            yield Triple(self.node, term("schema:headline"), Literal(article.title))
        if article.published:
            yield Triple(self.node, term("schema:datePublished"), date(article.published))
        if article.publisher:
            outlet = self.writer.names.outlet(self.number)
            yield Triple(self.node, term("schema:publisher"), NamedNode(outlet.iri))
        if article.url:
            yield Triple(self.node, term("schema:url"), Literal(article.url, datatype=term("xsd:anyURI")))
        if article.author:
            yield Triple(self.node, term("schema:author"), Literal(article.author))

    def statements(self) -> Iterator[Triple]:
        for number, value in enumerate(self.graph.statements):
            node = NamedNode(self.iris.statements[number])
            asserted = self.writer.names.asserted(self.number, number)
            yield from self.statement(node, value, asserted)
            if asserted:
                subject, object_ = self.ends(value)
                yield from self.writer.asserted(subject, value.predicate, object_)

    def statement(self, node: NamedNode, value: Statement, asserted: bool) -> Iterator[Triple]:
        names = self.writer.names
        subject, object_ = self.ends(value)
        yield from self.writer.typed(node, _KINDS[value.kind])
        yield from _labelled(node, names.statement_label(self.number, value))
        yield from _triples(
            node,
            {
                "rdf:subject": subject,
                "rdf:predicate": nk(value.predicate),
                "rdf:object": object_,
                "nk:inArticle": self.node,
                "nk:evidence": self.mention(value.evidence),
                "nk:subjectMention": self.mention(value.subject.span),
                "nk:objectMention": self.mention(value.object.span),
                "nk:polarity": Literal(value.polarity),
                "nk:certainty": Literal(value.certainty),
                "nk:tense": Literal(value.tense),
                "nk:voice": Literal(value.voice),
                "nk:asserted": boolean(asserted),
                "nk:confidence": decimal(round(value.confidence, 3)),
                "nk:extractor": Literal(value.extractor),
                "nk:key": Literal(names.key(self.number, value)),
            },
        )
        if value.trigger:
            yield Triple(node, nk("trigger"), self.mention(value.trigger))
        if value.open:
            yield Triple(node, nk("phrase"), Literal(value.open.words))
        if value.event is not None:
            yield Triple(node, nk("event"), NamedNode(self.iris.events[value.event]))
        if value.time:
            yield Triple(node, nk("time"), self.time(value.time))
        if value.place:
            yield Triple(node, nk("place"), self.entity(value.place.entity))
        if value.claim:
            yield from self.claim(node, value.claim)
        yield from self.attribution(node, value)

    def claim(self, node: NamedNode, value: Claim) -> Iterator[Triple]:
        yield from self.writer.typed(node, "QuantityClaim")
        yield Triple(node, nk("measure"), Literal(value.measure))
        yield Triple(node, nk("comparator"), Literal(value.comparator))
        yield Triple(node, nk("valueMention"), self.mention(value.span))
        for local, number in (("value", value.value), ("min", value.min), ("max", value.max)):
            if number is not None:
                yield Triple(node, nk(local), decimal(number))
        if value.counted:
            yield Triple(node, nk("counted"), self.entity(value.counted.entity))
        if value.unit:
            yield Triple(node, nk("unit"), Literal(value.unit))
        for local, time in (("asOf", value.as_of), ("assertedAt", value.asserted_at)):
            if time:
                yield Triple(node, nk(local), self.time(time))

    def attribution(self, node: NamedNode, value: Statement) -> Iterator[Triple]:
        names = self.writer.names
        for link in names.chain(self.number, value):
            yield Triple(node, nk("attribution"), NamedNode(link.iri))
            yield from self.link(link)
        for local, sources in (
            ("statedBy", names.stated_by(self.number, value)),
            ("ultimateSource", names.ultimate(self.number, value)),
        ):
            yield from (Triple(node, nk(local), NamedNode(one.iri)) for one in sources)

    def link(self, link: Link) -> Iterator[Triple]:
        node = NamedNode(link.iri)
        first = link.sources[0]
        things: list[Thing] = [self.writer.names.source(self.number, source) for source in link.sources]
        yield from self.writer.typed(node, "Attribution")
        yield from _labelled(node, first.cue_text or things[0].label)
        yield Triple(node, nk("level"), integer(link.level))
        yield Triple(node, nk("stance"), Literal(first.stance))
        yield Triple(node, nk("inArticle"), self.node)
        if first.cue:
            yield Triple(node, nk("cue"), self.mention(first.cue))
        for source, thing in zip(link.sources, things, strict=True):
            yield Triple(node, nk("source"), NamedNode(thing.iri))
            yield Triple(node, nk("sourceMention"), self.mention(source.span))

    def events(self) -> Iterator[Triple]:
        asserted = {
            one.event
            for number, one in enumerate(self.graph.statements)
            if self.writer.names.asserted(self.number, number)
        }
        for number in range(len(self.graph.events)):
            yield from self.event(number, number in asserted)

    def event(self, number: int, asserted: bool) -> Iterator[Triple]:
        value = self.graph.events[number]
        node = NamedNode(self.iris.events[number])
        yield from self.writer.typed(node, value.type if asserted else "UnassertedEvent")
        if not asserted:
            yield Triple(node, nk("eventType"), nk(value.type))
        yield from _labelled(node, self.writer.names.event_label(self.number, value))
        yield Triple(node, nk("inArticle"), self.node)
        yield from (Triple(node, nk("trigger"), self.mention(span)) for span in value.triggers)
        for role in value.roles:
            yield from self.writer.related(node, role.role, self.entity(role.ref.entity))
            yield Triple(node, nk("roleMention"), self.mention(role.ref.span))
        if value.place:
            yield from self.writer.related(node, "place", self.entity(value.place.entity))
        if value.time:
            yield Triple(node, nk("time"), self.time(value.time))

    def ends(self, value: Statement) -> tuple[NamedNode, Term]:
        names = self.writer.names
        object_ = names.thing(self.number, value.object)
        literal = Literal(names.object_label(self.number, value.object))
        return self.entity(value.subject.entity), NamedNode(object_.iri) if object_ else literal

    def entity(self, local: int) -> NamedNode:
        return NamedNode(self.writer.names.entity(self.number, local).iri)

    def time(self, value: TimeRef) -> NamedNode:
        node, described = self.writer.time(value)
        return self._once(node, described)

    def mention(self, span: Span) -> NamedNode:
        node = NamedNode(iri.mention(self.iris.article, span))
        return self._once(node, self._mention(node, span))

    def _mention(self, node: NamedNode, span: Span) -> Iterator[Triple]:
        exact = span.of(self.graph.annotated.article.text)
        yield from self.writer.typed(node, "Mention")
        yield from _labelled(node, exact)
        yield Triple(node, nk("exact"), Literal(exact))
        yield Triple(node, nk("beginIndex"), integer(span.start))
        yield Triple(node, nk("endIndex"), integer(span.end))
        yield Triple(node, nk("inArticle"), self.node)

    def _once(self, node: NamedNode, described: Iterator[Triple]) -> NamedNode:
        if node not in self._said:
            self._said.add(node)
            self._pending.append(described)
        return node


def _count(number: int, noun: str) -> str:
    """
    >>> _count(2, "source")
    '2 sources'
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _labelled(node: NamedNode, label: str) -> Iterator[Triple]:
    yield Triple(node, term("rdfs:label"), Literal(label))


def _triples(node: NamedNode, values: Mapping[str, Term]) -> Iterator[Triple]:
    yield from (Triple(node, term(name), value) for name, value in values.items())
