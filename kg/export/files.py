"""What an export works on, and how it writes: a file is complete or not there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.export.rows import Rows
from kg.iri import BASE


@dataclass(frozen=True)
class Built:
    """A build to export: its rows, and its triples with the graph (article) that each comes from."""

    rows: Rows
    quads: Sequence[ox.Quad]
    base: str = BASE
    with_text: bool = True

    @cached_property
    def lines(self) -> list[str]:
        """All triples as canonical N-Triples lines, each once, sorted by code point."""
        return lines(quad.triple for quad in self.quads)

    @cached_property
    def graphs(self) -> dict[str, list[str]]:
        """The lines of each named graph, and under "" those of the default graph."""
        found: dict[str, list[ox.Triple]] = {}
        for quad in self.quads:
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            found.setdefault(name, []).append(quad.triple)
        return {name: lines(found[name]) for name in sorted(found)}


def lines(triples: Iterable[ox.Triple]) -> list[str]:
    text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    return sorted(set(text.split("\n")) - {""})


def parts(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of an N-Triples line, as they stand there.

    >>> parts('<urn:s> <urn:p> "a b" .')
    ('<urn:s>', '<urn:p>', '"a b"')
    """
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]


def write(path: Path, chunks: Iterable[str]) -> None:
    """Write text beside the file and put it in its place when it is whole. Newlines stay as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.writelines(chunks)
    os.replace(beside, path)


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    write(path, (dump(row) + "\n" for row in rows))
