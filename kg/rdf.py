"""How it stands in RDF: the one place that knows.

Three layers in one default graph, without blank nodes: the text (articles, mentions), the statements with everything
about them, and the plain triples of those that are asserted. What is inferred is materialised here: superclasses of
each node's classes, superproperties of relations and roles, the mirror of an asserted symmetric triple. `by_graph` says
from which article a triple comes; `triples` gives each one once.

Terms and triples are text here, as canonical N-Triples writes them: made some ten times as fast as objects, and what most exports need.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from kg import iri
from kg.corroborate import Support
from kg.data import Folder, bundled
from kg.findings import Findings
from kg.iri import PREFIXES
from kg.model import (
    Claim,
    Comparison,
    Copy,
    GlobalEntity,
    Judgement,
    Span,
    Statement,
    TimeRef,
)
from kg.names import Link, Names, Thing

Term = str  # "<iri>", or a literal in quotation marks with its datatype
Line = str  # "subject predicate object ."

_KINDS = {"quantity": "QuantityClaim", "quotation": "Quotation", "relation": "Statement"}
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_ESCAPES = {n: f"\\u{n:04X}" for n in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord(one): f"\\{name}" for one, name in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}


def node(name: str) -> Term:
    """An IRI of ours as a term."""
    return f"<{name}>"


def foreign(name: str) -> Term:
    """An IRI that others made. Raises ValueError for what is none.

    >>> foreign("urn:a")
    '<urn:a>'
    """
    if not iri.ABSOLUTE.fullmatch(name):
        raise ValueError(f"no IRI: {name!r}")
    return f"<{name}>"


@cache
def term(name: str) -> Term:
    """The term that a prefixed name means.

    >>> term("schema:url")
    '<https://schema.org/url>'
    """
    prefix, _, local = name.partition(":")
    return node(PREFIXES[prefix] + local)


@cache
def nk(local: str) -> Term:
    return node(iri.NK + local)


def literal(text: str, datatype: str = "") -> Term:
    r"""`datatype`: a prefixed name; a plain string has none.

    >>> literal('"Go"\n'), literal("2", "xsd:integer")
    ('"\\"Go\\"\\n"', '"2"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    if _ESCAPED.search(text):
        text = text.translate(_ESCAPES)
    return f'"{text}"^^{term(datatype)}' if datatype else f'"{text}"'


@lru_cache(maxsize=4096)
def decimal(value: float) -> Term:
    """Figures without exponent and with at most six decimals.

    >>> [decimal(value).partition("^")[0] for value in (6000.0, 1e12, 2.5)]
    ['"6000"', '"1000000000000"', '"2.5"']
    """
    text = f"{round(Decimal(repr(value)), 6):f}"
    return literal(text.rstrip("0").rstrip(".") if "." in text else text, "xsd:decimal")


def integer(value: int) -> Term:
    return literal(str(value), "xsd:integer")


def boolean(value: bool) -> Term:
    return literal("true" if value else "false", "xsd:boolean")


@lru_cache(maxsize=4096)
def date(text: str) -> Term:
    """A date if it is one to the day, else the text as it stands.

    >>> date("2025-08-22").rpartition("#")[2], date("2025")
    ('date>', '"2025"')
    """
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    return literal(text, "xsd:date") if whole else literal(text)


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

    above: Mapping[Term, tuple[Term, ...]]

    @classmethod
    def of(cls, folder: Folder) -> Closure:
        up: dict[Term, list[Term]] = {}
        for triple in ontology_triples(folder):
            kind = triple.predicate.value.rpartition("#")[2]
            if kind in ("subClassOf", "subPropertyOf") and isinstance(triple.object, NamedNode):
                up.setdefault(str(triple.subject), []).append(str(triple.object))
        return cls({name: _upwards(name, up) for name in up})

    def __call__(self, name: Term) -> tuple[Term, ...]:
        return self.above.get(name, (name,))


def _upwards(name: Term, up: Mapping[Term, list[Term]]) -> tuple[Term, ...]:
    found = {name: None}
    queue = [name]
    while queue:
        fresh = [parent for parent in sorted(up.get(queue.pop(), ())) if parent not in found]
        found.update(dict.fromkeys(fresh))
        queue.extend(fresh)
    return tuple(found)


# ---- everything ----


def triples(found: Findings, folder: Folder | None = None, background: bool = True) -> Iterator[Triple]:
    """Every triple of a build once, in no order; without `background` nothing that only a gazetteer knows."""
    yield from {quad.triple: None for quad in quads(found, folder, background)}


def quads(found: Findings, folder: Folder | None = None, background: bool = True) -> Iterator[Quad]:
    """The triples of each article in a graph of its name, others in the default graph. A triple may come repeatedly."""
    for name, lines in by_graph(found, folder, background):
        graph = NamedNode(name) if name else DefaultGraph()
        for one in parse("\n".join(lines).encode(), format=RdfFormat.N_TRIPLES):
            yield Quad(one.subject, one.predicate, one.object, graph)


def by_graph(
    found: Findings, folder: Folder | None = None, background: bool = True
) -> Iterator[tuple[str, list[Line]]]:
    """The triples of each article under its name, then those across articles under "". A triple may come repeatedly."""
    foreign(found.names.base)  # else no IRI of ours is one
    closure = Closure.of(folder or bundled())
    for number in found.order:
        yield found.names.articles[number].article, _ArticleWriter(found.names, closure, number).all()
    yield "", _AcrossWriter(found.names, closure, background).all(found)


@dataclass(slots=True)
class _Writer:
    """Lines, and how the kinds of triples are written that everything has."""

    names: Names
    closure: Closure
    lines: list[Line] = field(init=False, default_factory=list)

    def add(self, subject: Term, predicate: Term, object_: Term) -> None:
        self.lines.append(f"{subject} {predicate} {object_} .")

    def typed(self, subject: Term, local: str) -> None:
        kind = term("rdf:type")
        self.lines += [f"{subject} {kind} {one} ." for one in self.closure(nk(local))]

    def labelled(self, subject: Term, label: str) -> None:
        self.add(subject, term("rdfs:label"), literal(label))

    def related(self, subject: Term, local: str, object_: Term) -> None:
        self.lines += [f"{subject} {one} {object_} ." for one in self.closure(nk(local))]

    def asserted(self, subject: Term, local: str, object_: Term) -> None:
        self.related(subject, local, object_)
        relation = self.names.ontology.relations.get(local)
        if relation and relation.symmetric and object_.startswith("<"):
            self.related(object_, local, subject)

    def described(self, subject: Term, values: Mapping[str, Term]) -> None:
        for name, value in values.items():
            self.add(subject, term(name), value)


class _AcrossWriter(_Writer):
    """What lies across articles: entities, outlets, comparisons, judgements, copies, support."""

    def __init__(self, names: Names, closure: Closure, background: bool) -> None:
        super().__init__(names, closure)
        self.background = background

    def all(self, found: Findings) -> list[Line]:
        for entity in self.names.resolution.entities:
            self.entity(entity)
        for outlet in self.names.publishers.values():
            self.typed(node(outlet.iri), outlet.type)
            self.labelled(node(outlet.iri), outlet.label)
        for comparison in found.comparisons:
            self.comparison(comparison)
        for judgement in self.names.resolution.judgements:
            self.judgement(judgement)
        self.copied(found.copies)
        self.support(found.support)
        return self.lines

    def support(self, found: Mapping[str, Support]) -> None:
        """What stands behind each asserted triple, under the key of its statements."""
        for key, one in found.items():
            subject = node(f"{self.names.base}support/{key}")
            articles, sources = _count(len(one.articles), "independent article"), _count(len(one.sources), "source")
            self.typed(subject, "Support")
            self.labelled(subject, f"told by {articles}, {sources}")
            self.add(subject, nk("key"), literal(key))
            self.add(subject, nk("copies"), integer(one.copies))
            for local, behind in (
                ("supportingArticle", one.articles),
                ("supportingOutlet", one.outlets),
                ("supportingSource", one.sources),
            ):
                for each in behind:
                    self.add(subject, nk(local), node(each))

    def copied(self, copies: Sequence[Copy]) -> None:
        """Both ways. Of two versions under one URL the one published later is said to be the newer."""
        for copy in copies:
            ends = [(self._published(a), node(self.names.articles[a].article)) for a in (copy.left, copy.right)]
            (_, left), (_, right) = ends
            self.add(left, nk("nearDuplicateOf"), right)
            self.add(right, nk("nearDuplicateOf"), left)
            if copy.kind == "version" and ends[0][0] != ends[1][0]:
                older, newer = (left, right) if ends[0][0] < ends[1][0] else (right, left)
                self.add(newer, nk("newerVersionOf"), older)

    def _published(self, article: int) -> str:
        return self.names.graphs[article].annotated.article.published or ""

    def entity(self, value: GlobalEntity) -> None:
        subject = node(value.iri)
        self.typed(subject, value.type)
        self.labelled(subject, value.label)
        for form in value.aliases:
            if form != value.label:
                self.add(subject, term("skos:altLabel"), literal(form))
        if value.type == "Role":
            self._role(subject, value)
        if self.background:
            for same in value.same_as:
                self.add(subject, term("skos:exactMatch"), foreign(same))
            self._known(value)

    def _role(self, subject: Term, value: GlobalEntity) -> None:
        self.add(subject, nk("roleTitle"), literal(self.names.role_title(value)))
        if value.affiliation:
            self.add(subject, nk("roleIn"), node(value.affiliation))

    def _known(self, value: GlobalEntity) -> None:
        """What the entity's identity says, and no article: what a group is part of, to whom a body belongs."""
        if value.part_of:
            self.known(value.iri, "partOf", value.part_of)
        if value.affiliation and value.type != "Role":
            self.known(value.iri, "affiliatedWith", value.affiliation)

    def known(self, subject: str, predicate: str, object_: str) -> None:
        """Background knowledge: a statement that no article makes, and its plain triple."""
        statement = node(iri.background(self.names.base, subject, predicate, object_))
        left, right = node(subject), node(object_)
        self.typed(statement, "Statement")
        self.labelled(statement, f"{predicate} (background knowledge)")
        self.described(
            statement,
            {
                "rdf:subject": left,
                "rdf:predicate": nk(predicate),
                "rdf:object": right,
                "nk:asserted": boolean(True),
                "nk:extractor": literal("gazetteer"),
                "nk:key": literal(iri.key(subject, predicate, object_)),
            },
        )
        self.asserted(left, predicate, right)

    def comparison(self, value: Comparison) -> None:
        figures = dict(sorted(self._claim(*end) for end in (value.left, value.right)))
        ends = tuple(figures)
        subject = node(iri.comparison(self.names.base, *ends))
        self.typed(subject, "Comparison")
        self.labelled(subject, f"{value.kind}: {' / '.join(figures.values())}")
        self.add(subject, nk("kind"), literal(value.kind))
        self.add(subject, nk("inGroup"), literal(value.group))
        for end in ends:
            self.add(subject, nk("compares"), node(end))

    def _claim(self, article: int, number: int) -> tuple[str, str]:
        """IRI of a claim, and its figure as written."""
        graph = self.names.graphs[article]
        claim = graph.statements[number].claim
        figure = claim.span.of(graph.annotated.article.text) if claim else ""
        return self.names.articles[article].statements[number], figure

    def judgement(self, value: Judgement) -> None:
        subject = node(iri.judgement(self.names.base, value.verdict, value.left, value.right, value.by))
        self.typed(subject, "Judgement")
        self.labelled(subject, f"{value.verdict} ({value.by})")
        self.add(subject, nk("verdict"), literal(value.verdict))
        self.add(subject, nk("judgedBy"), literal(value.by))
        for one in (value.left, value.right):
            if one:
                self.add(subject, nk("judges"), foreign(one))
        if value.date:
            self.add(subject, term("schema:dateCreated"), date(value.date))
        if value.note:
            self.add(subject, nk("reason"), literal(value.note))
        if value.score is not None:
            self.add(subject, nk("score"), decimal(round(value.score, 3)))
        if value.verdict == "same" and value.right and "#ev=" in value.left:
            self.add(node(value.left), nk("sameEventCandidate"), node(value.right))


class _ArticleWriter(_Writer):
    """The triples of one article. Mentions and times are written when first needed."""

    def __init__(self, names: Names, closure: Closure, number: int) -> None:
        super().__init__(names, closure)
        self.number = number
        self.graph = names.graphs[number]
        self.iris = names.articles[number]
        self.node = node(self.iris.article)
        self._said: set[Term] = set()

    def all(self) -> list[Line]:
        self.metadata()
        self.statements()
        self.events()
        return self.lines

    def metadata(self) -> None:
        article = self.graph.annotated.article
        self.typed(self.node, "Article")
        self.labelled(self.node, article.title or article.source)
        self.add(self.node, nk("sha256"), literal(hashlib.sha256(article.text.encode()).hexdigest()))
        if article.title:
            self.add(self.node, term("schema:headline"), literal(article.title))
        if article.published:
            self.add(self.node, term("schema:datePublished"), date(article.published))
        if article.publisher:
            self.add(self.node, term("schema:publisher"), node(self.names.outlet(self.number).iri))
        if article.url:
            self.add(self.node, term("schema:url"), literal(article.url, "xsd:anyURI"))
        if article.author:
            self.add(self.node, term("schema:author"), literal(article.author))

    def statements(self) -> None:
        for number, value in enumerate(self.graph.statements):
            asserted = self.names.asserted(self.number, number)
            self.statement(node(self.iris.statements[number]), value, asserted)
            if asserted:
                subject, object_ = self.ends(value)
                self.asserted(subject, value.predicate, object_)

    def statement(self, name: Term, value: Statement, asserted: bool) -> None:
        subject, object_ = self.ends(value)
        self.typed(name, _KINDS[value.kind])
        self.labelled(name, self.names.statement_label(self.number, value))
        self.described(
            name,
            {
                "rdf:subject": subject,
                "rdf:predicate": nk(value.predicate),
                "rdf:object": object_,
                "nk:inArticle": self.node,
                "nk:evidence": self.mention(value.evidence),
                "nk:subjectMention": self.mention(value.subject.span),
                "nk:objectMention": self.mention(value.object.span),
                "nk:polarity": literal(value.polarity),
                "nk:certainty": literal(value.certainty),
                "nk:tense": literal(value.tense),
                "nk:voice": literal(value.voice),
                "nk:asserted": boolean(asserted),
                "nk:confidence": decimal(round(value.confidence, 3)),
                "nk:extractor": literal(value.extractor),
                "nk:key": literal(self.names.key(self.number, value)),
            },
        )
        if value.trigger:
            self.add(name, nk("trigger"), self.mention(value.trigger))
        if value.open:
            self.add(name, nk("phrase"), literal(value.open.words))
        if value.event is not None:
            self.add(name, nk("event"), node(self.iris.events[value.event]))
        if value.time:
            self.add(name, nk("time"), self.time(value.time))
        if value.place:
            self.add(name, nk("place"), self.entity(value.place.entity))
        if value.claim:
            self.claim(name, value.claim)
        self.attribution(name, value)

    def claim(self, name: Term, value: Claim) -> None:
        self.typed(name, "QuantityClaim")
        self.add(name, nk("measure"), literal(value.measure))
        self.add(name, nk("comparator"), literal(value.comparator))
        self.add(name, nk("valueMention"), self.mention(value.span))
        for local, number in (("value", value.value), ("min", value.min), ("max", value.max)):
            if number is not None:
                self.add(name, nk(local), decimal(number))
        if value.counted:
            self.add(name, nk("counted"), self.entity(value.counted.entity))
        if value.unit:
            self.add(name, nk("unit"), literal(value.unit))
        for local, time in (("asOf", value.as_of), ("assertedAt", value.asserted_at)):
            if time:
                self.add(name, nk(local), self.time(time))

    def attribution(self, name: Term, value: Statement) -> None:
        for link in self.names.chain(self.number, value):
            self.add(name, nk("attribution"), node(link.iri))
            self.link(link)
        for local, sources in (
            ("statedBy", self.names.stated_by(self.number, value)),
            ("ultimateSource", self.names.ultimate(self.number, value)),
        ):
            for one in sources:
                self.add(name, nk(local), node(one.iri))

    def link(self, link: Link) -> None:
        name = node(link.iri)
        first = link.sources[0]
        things: list[Thing] = [self.names.source(self.number, source) for source in link.sources]
        self.typed(name, "Attribution")
        self.labelled(name, first.cue_text or things[0].label)
        self.add(name, nk("level"), integer(link.level))
        self.add(name, nk("stance"), literal(first.stance))
        self.add(name, nk("inArticle"), self.node)
        if first.cue:
            self.add(name, nk("cue"), self.mention(first.cue))
        for source, thing in zip(link.sources, things, strict=True):
            self.add(name, nk("source"), node(thing.iri))
            self.add(name, nk("sourceMention"), self.mention(source.span))

    def events(self) -> None:
        asserted = {
            one.event for number, one in enumerate(self.graph.statements) if self.names.asserted(self.number, number)
        }
        for number in range(len(self.graph.events)):
            self.event(number, number in asserted)

    def event(self, number: int, asserted: bool) -> None:
        value = self.graph.events[number]
        name = node(self.iris.events[number])
        self.typed(name, value.type if asserted else "UnassertedEvent")
        if not asserted:
            self.add(name, nk("eventType"), nk(value.type))
        self.labelled(name, self.names.event_label(self.number, value))
        self.add(name, nk("inArticle"), self.node)
        for span in value.triggers:
            self.add(name, nk("trigger"), self.mention(span))
        for role in value.roles:
            self.related(name, role.role, self.entity(role.ref.entity))
            self.add(name, nk("roleMention"), self.mention(role.ref.span))
        if value.place:
            self.related(name, "place", self.entity(value.place.entity))
        if value.time:
            self.add(name, nk("time"), self.time(value.time))

    def ends(self, value: Statement) -> tuple[Term, Term]:
        found = self.names.thing(self.number, value.object)
        object_ = node(found.iri) if found else literal(self.names.object_label(self.number, value.object))
        return self.entity(value.subject.entity), object_

    def entity(self, local: int) -> Term:
        return node(self.names.entity(self.number, local).iri)

    def time(self, value: TimeRef) -> Term:
        name = node(iri.time(self.names.base, value.edtf))
        if self._first(name):
            self.typed(name, "TimeSpan")
            self.labelled(name, value.edtf)
            self.add(name, nk("when"), literal(value.edtf))
            for local, bound in (("from", value.start), ("to", value.end)):
                if bound is not None:
                    self.add(name, nk(local), date(bound))
        return name

    def mention(self, span: Span) -> Term:
        name = node(iri.mention(self.iris.article, span))
        if self._first(name):
            words = literal(span.of(self.graph.annotated.article.text))
            self.typed(name, "Mention")
            self.add(name, term("rdfs:label"), words)
            self.add(name, nk("exact"), words)
            self.add(name, nk("beginIndex"), integer(span.start))
            self.add(name, nk("endIndex"), integer(span.end))
            self.add(name, nk("inArticle"), self.node)
        return name

    def _first(self, name: Term) -> bool:
        if name in self._said:
            return False
        self._said.add(name)
        return True


def _count(number: int, noun: str) -> str:
    """
    >>> _count(2, "source")
    '2 sources'
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
