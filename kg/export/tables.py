"""Flat tables for pandas, R and spreadsheets: facts, entities, claims, quotations."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from kg.export.files import Built, write
from kg.export.kept import Row

FACTS = (
    "id", "key", "kind", "subject_id", "subject", "subject_type", "predicate", "object_id", "object", "object_type",
    "polarity", "certainty", "tense", "voice", "asserted", "event", "event_type", "measure", "counted_id", "counted",
    "value", "min", "max", "comparator", "unit", "as_of", "asserted_at", "time", "time_from", "time_to", "place_id",
    "place", "stated_by_id", "stated_by", "ultimate_source_id", "ultimate_source", "attribution", "article", "source",
    "published", "publisher", "confidence", "extractor", "start", "end", "evidence",
)  # fmt: skip
CLAIMS = (
    "id", "measure", "counted_id", "counted", "value", "min", "max", "comparator", "unit", "as_of", "asserted_at",
    "place", "event_type", "polarity", "certainty", "stated_by", "ultimate_source", "article", "publisher",
    "published", "evidence",
)  # fmt: skip
QUOTATIONS = (
    "id", "subject_id", "subject", "object", "time_from", "time_to", "stated_by", "article", "publisher", "published",
    "evidence",
)  # fmt: skip
SUPPORT = (
    "key", "subject_id", "subject", "predicate", "object_id", "object", "articles", "outlets", "ultimate_sources",
    "copies", "article_ids", "outlet_ids", "ultimate_source_ids",
)  # fmt: skip
ENTITIES = ("id", "label", "type", "aliases", "articles", "mentions", "same_as", "named", "affiliation", "part_of")
CHARACTERS = 1_000_000  # written at a time


def tables(built: Built, out: Path) -> None:
    """Lists in one cell are joined by ` | `."""
    labels = {row["id"]: row["label"] for row in built.rows.entities}
    kept: list[Row] = []

    def facts() -> Iterator[Row]:
        for row in built.rows.facts:
            fact = flat(row, labels)
            if fact["measure"] or fact["kind"] == "quotation":
                kept.append(fact)
            yield fact

    _table(out / "tables" / "facts.csv", FACTS, facts())
    _table(out / "tables" / "claims.csv", CLAIMS, (row for row in kept if row["measure"]))
    _table(out / "tables" / "quotations.csv", QUOTATIONS, (row for row in kept if row["kind"] == "quotation"))
    _table(out / "tables" / "entities.csv", ENTITIES, map(_joined, built.rows.entities))
    _table(out / "tables" / "support.csv", SUPPORT, map(_joined, built.rows.support))


def flat(row: Row, labels: dict[str, str]) -> Row:
    """A fact as one flat row. `labels`: of entities, by IRI."""
    quantity, time, place = row["quantity"] or {}, row["time"] or {}, row["place"] or {}
    counted = quantity.get("counted") or {}
    return {
        **{name: row[name] for name in FACTS if name in row and not isinstance(row[name], dict | list)},
        **_end("subject", row["subject"]),
        **_end("object", row["object"]),
        **{name: quantity.get(name) for name in ("measure", "value", "min", "max", "comparator", "unit")},
        "counted_id": counted.get("id"),
        "counted": counted.get("label"),
        "as_of": (quantity.get("as_of") or {}).get("value"),
        "asserted_at": (quantity.get("asserted_at") or {}).get("value"),
        "time": time.get("value"),
        "time_from": time.get("from"),
        "time_to": time.get("to"),
        "place_id": place.get("id"),
        "place": place.get("label"),
        **_sources(row, labels),
        "start": row["evidence"]["start"],
        "end": row["evidence"]["end"],
        "evidence": row["evidence"]["text"],
    }


def _end(name: str, end: Row) -> Row:
    return {f"{name}_id": end["id"], name: end["label"], f"{name}_type": end["type"]}


def _sources(row: Row, labels: dict[str, str]) -> Row:
    chain = row["attribution"]
    outer = {link["id"]: link["label"] for link in chain if link["level"] == chain[0]["level"]}
    inner = {link["id"]: link["label"] for link in chain if link["level"] == chain[-1]["level"]}
    if not chain:
        outer = inner = {iri: labels.get(iri, iri) for iri in row["ultimate_sources"]}
    return {
        "stated_by_id": _list(outer),
        "stated_by": _list(outer.values()),
        "ultimate_source_id": _list(inner),
        "ultimate_source": _list(inner.values()),
        "attribution": " < ".join(f"{link['label']} ({link['cue']})" for link in reversed(chain)),
    }


def _list(values: Iterable[Any]) -> str:
    return " | ".join(map(str, values))


def _joined(row: Row) -> Row:
    return {name: _list(value) if isinstance(value, list) else value for name, value in row.items()}


def _table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    write(path, _lines(columns, rows))


def _lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in chain([dict(zip(columns, columns, strict=True))], rows):
        writer.writerow([_cell(row.get(name)) for name in columns])
        if buffer.tell() > CHARACTERS:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
