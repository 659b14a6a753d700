"""A build as plain rows: what the JSON Lines files hold, line by line, in the order of their keys.

The tables, the GraphML file and the page read these too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.corroborate import Support
from kg.export.kept import KeptRows, Row, Scratch
from kg.findings import Findings
from kg.iri import comparison
from kg.model import (
    Attribution,
    Claim,
    Comparison,
    EventRef,
    GlobalEntity,
    Literal_,
    OpenPhrase,
    Ref,
    RoleFiller,
    SetApart,
    Span,
    Statement,
    TimeRef,
)
from kg.names import Names


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a build, each list in the order of its file."""

    facts: KeptRows
    annotations: KeptRows
    entities: list[Row]
    comparisons: list[Row]
    quarantine: list[Row]
    support: list[Row] = field(default_factory=list)  # what stands behind each asserted triple, by its key


def build_rows(found: Findings, scratch: Scratch | None = None) -> Rows:
    """The rows of a build; the order of the articles makes no difference."""
    names = found.names
    scratch = scratch or Scratch()
    facts, annotations = KeptRows(scratch, "facts"), KeptRows(scratch, "annotations")
    quarantine: list[Row] = []
    with facts.filling(), annotations.filling():
        for number in found.order:
            article = _ArticleRows(names, number)
            facts.add(article.facts)
            annotations.add([article.annotations()])
            quarantine += article.quarantine()
    return Rows(
        facts=facts,
        annotations=annotations,
        entities=_entities(names),
        comparisons=sorted(_comparisons(names, found.comparisons, facts), key=lambda row: (row["group"], row["id"])),
        quarantine=quarantine,
        support=list(_support(found.support, facts)),
    )


def number(value: float | None) -> int | float | None:
    """Whole numbers as integers, others with at most six decimals.

    >>> number(6000.0), number(2.5), number(1 / 3), number(None)
    (6000, 2.5, 0.333333, None)
    """
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 6)


class _ArticleRows:
    """The rows of one article."""

    def __init__(self, names: Names, at: int) -> None:
        self.names = names
        self.at = at
        self.graph = names.graphs[at]
        self.article = self.graph.annotated.article
        self.iris = names.articles[at]
        asserted = [names.asserted(at, n) for n in range(len(self.graph.statements))]
        self.facts = _in_order(map(self._fact, self.iris.statements, self.graph.statements, asserted))

    def quarantine(self) -> list[Row]:
        return _in_order(map(self._held, self.iris.set_apart, self.graph.set_apart))

    def annotations(self) -> Row:
        annotated, text = self.graph.annotated, self.article.text
        return {
            **self._head(),
            "text": text,
            "sentences": [_pair(one.span) for one in annotated.sentences],
            "mentions": self._mentions(),
            "times": [{**_words(t.span, text), "type": t.type, "value": t.value} for t in annotated.times],
            "quantities": [
                {
                    **_words(q.span, text),
                    "value": number(q.value),
                    "min": number(q.min),
                    "max": number(q.max),
                    "comparator": q.comparator,
                    "unit": q.unit or (q.counted.of(text) if q.counted else None),
                }
                for q in annotated.quantities
            ],
            "attributions": [self._attribution(one) for one in annotated.attributions if not one.medium],
            "facts": [row["id"] for row in self.facts],
        }

    def _head(self) -> Row:
        return {
            "article": self.iris.article,
            "source": self.article.source,
            "title": self.article.title,
            "published": self.article.published,
            "publisher": self.article.publisher,
        }

    def _mentions(self) -> list[Row]:
        of = {m: n for n, entity in enumerate(self.graph.entities) for m in entity.mentions}
        why = {link.mention: link for entity in self.graph.entities for link in entity.links}
        rows = [
            {
                **_words(mention.span, self.article.text),
                "kind": mention.kind,
                "type": mention.type,
                "entity": self._entity_iri(of.get(n)),
                "sieve": why[n].sieve if n in why else None,
                "score": number(why[n].score) if n in why else None,
            }
            for n, mention in enumerate(self.graph.annotated.mentions)
        ]
        return sorted(rows, key=lambda row: (row["start"], row["end"], row["type"]))

    def _entity_iri(self, local: int | None) -> str | None:
        if local is None or (self.at, local) not in self.names.resolution.of:
            return None
        return self.names.entity(self.at, local).iri

    def _attribution(self, value: Attribution) -> Row:
        of = {m: n for n, entity in enumerate(self.graph.entities) for m in entity.mentions}
        speakers = [of[m] for m in value.source_mentions if m is not None and m in of]
        return {
            "source": [_pair(span) for span in value.sources],
            "cue": [_pair(span) for span in value.cue],
            "content": [_pair(span) for span in value.content],
            "speaker": self._entity_iri(speakers[0]) if speakers else None,
            "quoted": value.quoted,
            "through": [_pair(span) for span in self._medium(value)],
        }

    def _medium(self, value: Attribution) -> tuple[Span, ...]:
        """Who was told it, asked for it or has seen it: through whom it is known."""
        outer = None if value.outer is None else self.graph.annotated.attributions[value.outer]
        return outer.sources if outer is not None and outer.medium else ()

    def _fact(self, iri: str, value: Statement, asserted: bool) -> Row:
        event = None if value.event is None else self.names.event(self.at, value.event)
        of, kind = (event.iri, event.type) if event else (None, None)
        return self._line(iri, self.names.key(self.at, value), value, asserted, of, kind)

    def _held(self, iri: str, value: SetApart) -> Row:
        """The line it would have been. Its event may be gone with it, so that none is named."""
        said = value.statement
        key = "" if isinstance(said.object, EventRef) else self.names.key(self.at, said)
        return {**self._line(iri, key or None, said, False, None, None), "reason": value.reason, "check": value.check}

    def _line(
        self, iri: str, key: str | None, value: Statement, asserted: bool, event: str | None, event_type: str | None
    ) -> Row:
        text = self.article.text
        return {
            "id": iri,
            "key": key,
            "kind": value.kind,
            "article": self.iris.article,
            "source": self.article.source,
            "published": self.article.published,
            "publisher": self.article.publisher,
            "predicate": value.predicate,
            "event": event,
            "event_type": event_type,
            "subject": self._end(value.subject, key is not None),
            "object": self._end(value.object, key is not None),
            "trigger": _words(value.trigger, text) if value.trigger else None,
            "roles": [self._role(role) for role in value.roles],
            "polarity": value.polarity,
            "certainty": value.certainty,
            "tense": value.tense,
            "voice": value.voice,
            "asserted": asserted,
            "attribution": self._chain(value),
            "ultimate_sources": sorted({one.iri for one in self.names.ultimate(self.at, value)}),
            "quantity": self._quantity(value.claim) if value.claim else None,
            "time": self._time(value.time),
            "place": self._participant(value.place) if value.place else None,
            "confidence": round(value.confidence, 3),
            "extractor": value.extractor,
            "evidence": _words(value.evidence, text),
            "open": _open(value.open) if value.open else None,
        }

    def _end(self, value: Ref | EventRef | Literal_, known: bool) -> Row:
        words = _words(value.span, self.article.text)
        if isinstance(value, Ref):
            found = self.names.entity(self.at, value.entity)
            return {
                "id": found.iri,
                "label": found.label,
                "type": found.type,
                "aliases": self._forms(value.entity),
                "mention": words,
            }
        if isinstance(value, Literal_):
            return {"id": None, "label": value.value, "type": value.datatype, "aliases": [], "mention": words}
        event = self.names.event(self.at, value.event) if known else None
        return {
            "id": event.iri if event else None,
            "label": event.label if event else words["text"],
            "type": event.type if event else "Event",
            "aliases": [],
            "mention": words,
        }

    def _forms(self, entity: int) -> list[str]:
        """How this article calls the entity, pronouns aside."""
        mentions = [self.graph.annotated.mentions[m] for m in self.graph.entities[entity].mentions]
        return sorted({m.span.of(self.article.text) for m in mentions if m.kind != "pronoun"})

    def _participant(self, value: Ref) -> Row:
        found = self.names.entity(self.at, value.entity)
        words = _words(value.span, self.article.text)
        return {"id": found.iri, "label": found.label, "type": found.type, "mention": words}

    def _role(self, value: RoleFiller) -> Row:
        return {"role": value.role, **self._participant(value.ref)}

    def _chain(self, value: Statement) -> list[Row]:
        return [
            {
                "level": source.level,
                "id": self.names.source(self.at, source).iri,
                "label": self.names.source(self.at, source).label,
                "cue": source.cue_text,
                "stance": source.stance,
                "mention": _words(source.span, self.article.text),
            }
            for link in self.names.chain(self.at, value)
            for source in link.sources
        ]

    def _quantity(self, value: Claim) -> Row:
        counted = self.names.entity(self.at, value.counted.entity) if value.counted else None
        return {
            "value": number(value.value),
            "min": number(value.min),
            "max": number(value.max),
            "comparator": value.comparator,
            "measure": value.measure,
            "unit": value.unit,
            "counted": {"id": counted.iri, "label": counted.label} if counted else None,
            "as_of": self._time(value.as_of),
            "asserted_at": self._time(value.asserted_at),
            "mention": _words(value.span, self.article.text),
        }

    def _time(self, value: TimeRef | None) -> Row | None:
        if value is None:
            return None
        words = _words(value.span, self.article.text)
        return {"value": value.edtf, "from": value.start, "to": value.end, "mention": words}


def _open(value: OpenPhrase) -> Row:
    return {
        "phrase": value.words,
        "kind": value.kind,
        "predicate": value.predicate,
        "subject_role": value.subject_role,
        "object_role": value.object_role,
        "support": value.support,
        "head": value.head,
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _words(span: Span, text: str) -> Row:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (first_offset(row), row["id"]))


def first_offset(row: Row) -> int:
    """Where a fact begins to stand in its article."""
    return int(row["evidence"]["start"])


# ---- across articles -------------------------------------------------------------------------------------------------


def _entities(names: Names) -> list[Row]:
    rows = [_entity(names, entity) for entity in names.resolution.entities]
    known = {row["id"] for row in rows}
    rows += [
        _entity(names, GlobalEntity(outlet.iri, outlet.type, outlet.label, (), ()))
        for outlet in names.publishers.values()
        if outlet.iri not in known
    ]
    return sorted(rows, key=lambda row: str(row["id"]))


def _entity(names: Names, value: GlobalEntity) -> Row:
    return {
        "id": value.iri,
        "label": value.label,
        "type": value.type,
        "aliases": sorted(set(value.aliases) - {value.label}),
        "articles": sorted({names.articles[article].article for article, _ in value.members}),
        "mentions": sum(len(names.local(article, local).mentions) for article, local in value.members),
        "same_as": sorted(value.same_as),
        "named": value.named,
        "affiliation": value.affiliation,
        "part_of": value.part_of,
    }


def _support(found: Mapping[str, Support], facts: Iterable[Row]) -> Iterator[Row]:
    """For each asserted triple: independent articles, outlets, ultimate sources; an article and its copies count once."""
    told: dict[str, Row] = {}
    for fact in facts:
        if fact["asserted"] and fact["key"] not in told:
            told[fact["key"]] = _triple(fact)
    for key, one in found.items():
        yield {
            "key": key,
            **told[key],
            "articles": len(one.articles),
            "outlets": len(one.outlets),
            "ultimate_sources": len(one.sources),
            "copies": one.copies,
            "article_ids": list(one.articles),
            "outlet_ids": list(one.outlets),
            "ultimate_source_ids": list(one.sources),
        }


def _triple(fact: Row) -> Row:
    return {
        "subject_id": fact["subject"]["id"],
        "subject": fact["subject"]["label"],
        "predicate": fact["predicate"],
        "object_id": fact["object"]["id"],
        "object": fact["object"]["label"],
    }


def _comparisons(names: Names, values: Sequence[Comparison], facts: Iterable[Row]) -> Iterator[Row]:
    labels = _event_labels(names, {article for value in values for article, _ in (value.left, value.right)})
    compared = {names.articles[article].statements[at] for value in values for article, at in (value.left, value.right)}
    by_id = {row["id"]: row for row in facts if row["id"] in compared}
    for value in values:
        ends = [by_id[names.articles[article].statements[at]] for article, at in (value.left, value.right)]
        ends.sort(key=lambda row: (row["article"], first_offset(row), row["id"]))
        yield {
            "id": comparison(names.base, ends[0]["id"], ends[1]["id"]),
            "group": value.group,
            "kind": value.kind,
            "measure": value.measure,
            "counted": {"id": value.counted, "label": names.labels.get(value.counted)},
            "event": next((labels[row["event"]] for row in ends if row["event"]), None),
            "claims": [row["id"] for row in ends],
            "values": [row["quantity"]["mention"]["text"] for row in ends],
            "sources": [row["ultimate_sources"] for row in ends],
            "articles": [row["article"] for row in ends],
        }


def _event_labels(names: Names, articles: Iterable[int]) -> dict[str, str]:
    return {
        iri: names.event_label(at, event)
        for at in articles
        for iri, event in zip(names.articles[at].events, names.graphs[at].events, strict=True)
    }
