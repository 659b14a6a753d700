"""Exports: a build as files that others read. One function a format, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kg.export.files import Built, copy, write_rows
from kg.export.graphml import graphml
from kg.export.jsonld import jsonld
from kg.export.kept import Scratch
from kg.export.rows import Rows, build_rows
from kg.export.tables import tables
from kg.export.turtle import ntriples, trig, turtle, turtle12

__all__ = ["FORMATS", "Built", "Exporter", "Rows", "Scratch", "build_rows", "export"]

Exporter = Callable[[Built, Path], None]


def _facts(built: Built, out: Path) -> None:
    copy(built.rows.facts.path, out / "facts.jsonl")


def _annotations(built: Built, out: Path) -> None:
    """With `with_text` off, each article's text is null."""
    path, rows = out / "annotations.jsonl", built.rows.annotations
    if built.with_text:
        copy(rows.path, path)
    else:
        write_rows(path, ({**row, "text": None} for row in rows))


def _entities(built: Built, out: Path) -> None:
    write_rows(out / "entities.jsonl", built.rows.entities)


def _comparisons(built: Built, out: Path) -> None:
    write_rows(out / "comparisons.jsonl", built.rows.comparisons)


def _quarantine(built: Built, out: Path) -> None:
    write_rows(out / "quarantine.jsonl", built.rows.quarantine)


FORMATS: dict[str, Exporter] = {
    "facts": _facts,
    "annotations": _annotations,
    "entities": _entities,
    "comparisons": _comparisons,
    "quarantine": _quarantine,
    "tables": tables,
    "nt": ntriples,
    "ttl": turtle,
    "jsonld": jsonld,
    "trig": trig,
    "ttl12": turtle12,
    "graphml": graphml,
}


def export(built: Built, out: Path, formats: Iterable[str] = ()) -> None:
    """Write the formats named (none: all) into the folder `out`. KeyError for an unknown one."""
    for name in [*formats] or [*FORMATS]:
        FORMATS[name](built, out)
