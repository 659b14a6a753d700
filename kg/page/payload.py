"""The rows of a build as the page reads them: tables that refer to each other by number, nothing said twice.

Offsets of marks count code points from the start of the sentence (or of the article, for a sentence's own start).
What is absent, empty or the common case is left out; `frontend/src/data.ts` holds the same shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.page.styles import FAMILIES, Vocabulary

Row = dict[str, Any]
COMMON = {"polarity": "positive", "certainty": "certain", "tense": "past"}
SUPPORT = ("articles", "outlets", "ultimate_sources", "copies")
ALONE = [1, 1, 1, 0]  # the support that most triples have; left out


class Rows(Protocol):
    """What the page needs of kg.export.rows.Rows: lists of rows with the keys of FORMATS.md."""

    @property
    def facts(self) -> Iterable[Row]: ...
    @property
    def annotations(self) -> Iterable[Row]: ...
    @property
    def entities(self) -> list[Row]: ...
    @property
    def comparisons(self) -> list[Row]: ...
    @property
    def support(self) -> list[Row]: ...


@dataclass(slots=True)
class _Table:
    """Rows by key, numbered in the order of their first mention."""

    rows: list[Row] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)

    def number(self, key: Any, row: Row) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.rows)
            self.rows.append(row)
        return self.numbers[key]


@dataclass(slots=True)
class _Writer:
    vocabulary: Vocabulary
    entities: _Table = field(default_factory=_Table)
    articles: _Table = field(default_factory=_Table)
    sentences: _Table = field(default_factory=_Table)
    sources: _Table = field(default_factory=_Table)

    def entity(self, row: Mapping[str, Any]) -> int:
        """The number of an entity by its IRI, from any row that names it."""
        made = {"i": row["id"], "l": row["label"] or "", "t": row["type"], "f": self.vocabulary.family(row["type"])}
        return self.entities.number(row["id"], made)

    def known_entity(self, row: Row) -> None:
        made = self.entities.rows[self.entity(row)]
        made |= _given(a=row["aliases"], n=row["mentions"], s=row["same_as"])

    def article(self, row: Row, url: str | None, with_text: bool) -> None:
        made = {"i": row["article"], "s": row["source"]}
        made |= _given(t=row["title"], d=row["published"], p=row["publisher"], u=url)
        made |= {"x": row["text"]} if with_text and row.get("text") else {}
        self.articles.number(row["article"], made)

    def source(self, iri: str, label: str) -> int:
        made: Row = {"l": label}
        if iri in self.entities.numbers:
            made["e"] = self.entities.numbers[iri]
        return self.sources.number(iri, made)

    def fact(self, row: Row) -> Row:
        at = self.articles.number(row["article"], {"i": row["article"], "s": row["source"]})
        start = row["evidence"]["start"]
        sentence = self.sentences.number(
            (at, start, row["evidence"]["end"]), {"a": at, "b": start, "x": row["evidence"]["text"]}
        )
        end = row["evidence"]["end"]

        def mark(words: Row | None) -> list[int] | None:
            """Offsets within the sentence; None for what stands outside it."""
            if words is None or words["start"] < start or words["end"] > end:
                return None
            return [words["start"] - start, words["end"] - start]

        made: Row = {"i": row["id"], "e": sentence, "p": row["predicate"], "c": row["confidence"]}
        made |= {"s": self._end(row["subject"], mark), "o": self._end(row["object"], mark)}
        made |= _given(g=mark(row["trigger"]), k="" if row["kind"] == "relation" else row["kind"], w=row["extractor"])
        marks = {code: row[name] for code, name in (("pl", "polarity"), ("ct", "certainty"), ("tn", "tense"))}
        made |= {code: value for code, value in marks.items() if value not in COMMON.values()}
        made |= _given(v=1 if row["voice"] == "reported" else None, y=1 if row["asserted"] else None)
        made |= _given(ev=row["event"], et=row["event_type"], r=[self._role(role, mark) for role in row["roles"]])
        made["h"] = [self._link(link, mark) for link in row["attribution"]]
        made["u"] = sorted({self._ultimate(iri, row) for iri in row["ultimate_sources"]})
        made |= _given(q=self._quantity(row["quantity"], mark), tm=_time(row["time"], mark))
        if row["place"]:
            made["at"] = [self.entity(row["place"]), mark(row["place"]["mention"])]
        return _given(**made)

    def _end(self, row: Row, mark: Any) -> Row:
        end: Row = {"e": self.entity(row)} if row["id"] else {"l": row["label"], "t": row["type"]}
        return end | _given(m=mark(row["mention"]))

    def _role(self, row: Row, mark: Any) -> Row:
        return {"r": row["role"], "e": self.entity(row)} | _given(m=mark(row["mention"]))

    def _link(self, row: Row, mark: Any) -> Row:
        label = row["label"] or row["mention"]["text"]
        made = {"n": row["level"], "s": self.source(row["id"], label), "c": row["cue"], "k": row["stance"]}
        return made | _given(m=mark(row["mention"]))

    def _ultimate(self, iri: str, row: Row) -> int:
        """Where nobody is credited the source is the publisher, or the article."""
        own = row["publisher"] or row["source"]
        label = next((link["label"] for link in row["attribution"] if link["id"] == iri and link["label"]), own)
        return self.source(iri, label)

    def _quantity(self, row: Row | None, mark: Any) -> Row | None:
        if row is None:
            return None
        made = _given(v=row["value"], a=row["min"], b=row["max"], u=row["unit"], w=row["mention"]["text"])
        made |= {"c": row["comparator"], "k": row["measure"]} | _given(m=mark(row["mention"]))
        if row["counted"]:
            made |= {"n": row["counted"]["label"]}
        return made | _given(as_of=_time(row["as_of"], mark), said=_time(row["asserted_at"], mark))


def _time(row: Row | None, mark: Any) -> Row | None:
    if row is None:
        return None
    return _given(v=row["value"], a=row["from"], b=row["to"], w=row["mention"]["text"], m=mark(row["mention"]))


def _given(**values: Any) -> Row:
    """Without what is absent or empty. Numbers stay, 0 too."""
    return {key: value for key, value in values.items() if value is not None and value != "" and value != []}


def payload(rows: Rows, vocabulary: Vocabulary, urls: Mapping[str, str], with_text: bool) -> Row:
    """Everything the page shows except the graph's own nodes and edges."""
    writer = _Writer(vocabulary)
    for row in rows.entities:
        writer.known_entity(row)
    for row in rows.annotations:
        writer.article(row, row.get("url") or urls.get(row["article"]), with_text)
    told = list(rows.facts)
    facts = [writer.fact(row) for row in told]
    _supported(facts, told, rows.support)
    numbers = {row["id"]: n for n, row in enumerate(told)}
    names = sorted({row["predicate"] for row in told} | {entity["t"] for entity in writer.entities.rows})
    return {
        "articles": writer.articles.rows,
        "entities": writer.entities.rows,
        "sentences": writer.sentences.rows,
        "sources": writer.sources.rows,
        "facts": facts,
        "comparisons": [_comparison(row, numbers) for row in rows.comparisons],
        "labels": {name: vocabulary.label(name) for name in names},
        "definitions": {name: vocabulary.definitions[name] for name in names if name in vocabulary.definitions},
        "wordings": {name: vocabulary.wordings[name] for name in names if name in vocabulary.wordings},
        "symmetric": sorted(vocabulary.symmetric),
        "families": [[f.name, f.label, f.shape, f.color] for f in FAMILIES],
    }


def _supported(facts: Sequence[Row], told: Sequence[Row], supports: Iterable[Row]) -> None:
    """`z` of an asserted fact: how many articles, outlets and sources stand behind its triple, how many copies are not counted."""
    counted = {one["key"]: [one[name] for name in SUPPORT] for one in supports}
    for fact, row in zip(facts, told, strict=True):
        support = counted.get(row["key"], ALONE)
        if row["asserted"] and support != ALONE:
            fact["z"] = support


def _comparison(row: Row, numbers: Mapping[str, int]) -> Row:
    made = {"g": row["group"], "k": row["kind"], "m": row["measure"], "f": [numbers[claim] for claim in row["claims"]]}
    return made | _given(c=row["counted"]["label"] if row["counted"] else None, e=row["event"])


def relation_facts(facts: Sequence[Row]) -> Iterable[tuple[int, Row]]:
    """The facts that are edges: between two entities. Figures, dates and quotations are not."""
    for number, fact in enumerate(facts):
        if "e" in fact["s"] and "e" in fact["o"] and fact.get("k") != "quotation":
            yield number, fact
