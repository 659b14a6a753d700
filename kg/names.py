"""Every value of a build under its name: IRI and label of articles, entities, statements, events and sources.

RDF and the tables both name things through this, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg import iri
from kg.model import ArticleGraph, Entity, Event, EventRef, GlobalEntity, Literal_, Ref, Resolution, Source, Statement
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an IRI and a label; `type` is a class's local name."""

    iri: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """IRIs of what stands in one article, each tuple in the order of the values it names."""

    article: str
    statements: tuple[str, ...]
    set_apart: tuple[str, ...]
    events: tuple[str, ...]

    @classmethod
    def of(cls, base: str, graph: ArticleGraph) -> ArticleNames:
        article = iri.article(base, graph.annotated.article)
        every = (*graph.statements, *(one.statement for one in graph.set_apart))
        names = iri.statements(article, every)
        return cls(
            article=article,
            statements=names[: len(graph.statements)],
            set_apart=names[len(graph.statements) :],
            events=iri.events(article, graph.events),
        )


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of attribution: its sources share level and cue."""

    iri: str
    sources: tuple[Source, ...]

    @property
    def level(self) -> int:
        return self.sources[0].level


@dataclass(frozen=True, slots=True)
class Names:
    base: str
    graphs: Sequence[ArticleGraph]
    resolution: Resolution
    ontology: Ontology
    articles: tuple[ArticleNames, ...]
    publishers: dict[str, Thing]
    rejected: frozenset[str]
    labels: dict[str, str]  # of entities, by IRI

    @classmethod
    def of(cls, graphs: Sequence[ArticleGraph], resolution: Resolution, ontology: Ontology, base: str) -> Names:
        return cls(
            base=base,
            graphs=graphs,
            resolution=resolution,
            ontology=ontology,
            articles=tuple(ArticleNames.of(base, graph) for graph in graphs),
            publishers=_publishers(graphs, resolution, ontology, base),
            rejected=frozenset(one.left for one in resolution.judgements if one.verdict == "reject"),
            labels={one.iri: one.label for one in resolution.entities},
        )

    def local(self, article: int, entity: int) -> Entity:
        return self.graphs[article].entities[entity]

    def entity(self, article: int, entity: int) -> GlobalEntity:
        return self.resolution.entities[self.resolution.of[article, entity]]

    def thing(self, article: int, value: Ref | EventRef | Literal_) -> Thing | None:
        """The resource that a participant is; None for a literal."""
        if isinstance(value, Ref):
            found = self.entity(article, value.entity)
            return Thing(found.iri, found.label, found.type)
        if isinstance(value, EventRef):
            return self.event(article, value.event)
        return None

    def event(self, article: int, event: int) -> Thing:
        value = self.graphs[article].events[event]
        return Thing(self.articles[article].events[event], self.event_label(article, value), value.type)

    def event_label(self, article: int, value: Event) -> str:
        """ "Visit: Duarte, Lisbon": the class and who or what takes part."""
        labels = dict.fromkeys(self.entity(article, role.ref.entity).label for role in value.roles)
        known = self.ontology.classes.get(value.type)
        return ": ".join(filter(None, (known.label if known else value.type, ", ".join(labels))))

    def object_label(self, article: int, value: Ref | EventRef | Literal_) -> str:
        found = self.thing(article, value)
        return found.label if found else value.value if isinstance(value, Literal_) else ""

    def statement_label(self, article: int, value: Statement) -> str:
        """ "Ana Duarte honored soldiers", or "not: …" for what is said not to be so."""
        relation = self.ontology.relations.get(value.predicate)
        words = relation.label if relation else value.predicate
        subject = self.object_label(article, value.subject)
        text = f"{subject} {words} {self.object_label(article, value.object)}"
        return f"not: {text}" if value.polarity == "negative" else text

    def key(self, article: int, value: Statement) -> str:
        relation = self.ontology.relations.get(value.predicate)
        subject = self.thing(article, value.subject)
        found = self.thing(article, value.object)
        object_ = found.iri if found else self.object_label(article, value.object)
        assert subject is not None
        return iri.key(subject.iri, value.predicate, object_, bool(relation and relation.symmetric))

    def asserted(self, article: int, statement: int) -> bool:
        """Whether the plain triple stands: as checked in the article, unless a person rejected the statement."""
        value = self.graphs[article].statements[statement]
        return value.asserted and self.articles[article].statements[statement] not in self.rejected

    def source(self, article: int, source: Source) -> Thing:
        """A source that is no entity ("officials" nobody resolved) is the mention itself."""
        if source.entity is not None:
            found = self.entity(article, source.entity)
            return Thing(found.iri, found.label, found.type)
        return Thing(iri.mention(self.articles[article].article, source.span), source.label, "Mention")

    def outlet(self, article: int) -> Thing:
        """Who speaks where nobody is credited: the publisher, or the article if it has none."""
        value = self.graphs[article].annotated.article
        if value.publisher:
            return self.publishers[value.publisher]
        return Thing(self.articles[article].article, value.title or value.source, "Article")

    def chain(self, article: int, value: Statement) -> tuple[Link, ...]:
        """The links of who says so, outermost first."""
        levels: dict[int, list[Source]] = {}
        for source in sorted(value.chain, key=lambda one: one.level):
            levels.setdefault(source.level, []).append(source)
        return tuple(Link(self._link_iri(article, sources[0]), tuple(sources)) for sources in levels.values())

    def role_title(self, role: GlobalEntity) -> str:
        """A post's title without its body: "foreign minister" of "foreign minister of Russia"."""
        body = self.labels.get(role.affiliation or "")
        if body is None:
            return role.label
        ending = f" of {body}"
        return role.label[: -len(ending)] if role.label.endswith(ending) else role.label.partition(" of ")[0]

    def stated_by(self, article: int, value: Statement) -> tuple[Thing, ...]:
        chain = self.chain(article, value)
        return self._things(article, chain[0]) if chain else (self.outlet(article),)

    def ultimate(self, article: int, value: Statement) -> tuple[Thing, ...]:
        chain = self.chain(article, value)
        return self._things(article, chain[-1]) if chain else (self.outlet(article),)

    def _things(self, article: int, link: Link) -> tuple[Thing, ...]:
        return tuple(dict.fromkeys(self.source(article, source) for source in link.sources))

    def _link_iri(self, article: int, source: Source) -> str:
        """A link keeps its IRI over the statements it covers, but for one at another level than it has in the text."""
        name = iri.attribution(self.articles[article].article, source.cue or source.span)
        return name if source.level == self._depth(article, source) else f"{name}-level{source.level}"

    def _depth(self, article: int, source: Source) -> int:
        attributions = self.graphs[article].annotated.attributions
        depth, seen, at = 0, set(), source.attribution
        while 0 <= at < len(attributions) and at not in seen:
            seen.add(at)
            outer = attributions[at].outer
            if outer is None:
                return depth
            depth, at = depth + 1, outer
        return source.level


def _publishers(
    graphs: Sequence[ArticleGraph], resolution: Resolution, ontology: Ontology, base: str
) -> dict[str, Thing]:
    """The outlet of each publisher's name: the one media organisation that articles call so, else one of its own."""
    known: dict[str, dict[str, Thing]] = {}
    for entity in resolution.entities:
        if entity.named and ontology.is_a(entity.type, "MediaOrganization"):
            for form in (entity.label, *entity.aliases):
                thing = Thing(entity.iri, entity.label, entity.type)
                known.setdefault(form.casefold(), {})[entity.iri] = thing
    found = {}
    for name in sorted({graph.annotated.article.publisher or "" for graph in graphs} - {""}):
        called = list(known.get(name.casefold(), {}).values())
        own = Thing(iri.publisher(base, name), name, "MediaOrganization")
        found[name] = called[0] if len(called) == 1 else own
    return found
