"""What an export works on, and how it writes: a file is complete or not there."""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.export.rows import Rows
from kg.iri import BASE


@dataclass(frozen=True)
class Built:
    """A build to export: its rows, and its triples as N-Triples lines by the graph (article) that they come from.

    Lines, because a triple as text takes a quarter of the memory of one as objects, and most exports are text.
    """

    rows: Rows
    graphs: Mapping[str, Sequence[str]]  # "": the default graph; names sorted, each graph's lines sorted, too
    base: str = BASE
    with_text: bool = True

    @classmethod
    def of(
        cls, rows: Rows, parts: Iterable[tuple[str, Iterable[str]]], base: str = BASE, with_text: bool = True
    ) -> Built:
        """`parts`: N-Triples lines by graph, in any order and repeatedly."""
        found = {name: sorted(set(lines)) for name, lines in parts}
        return cls(rows, {name: found[name] for name in sorted(found) if found[name]}, base, with_text)

    @cached_property
    def lines(self) -> list[str]:
        """All triples as canonical N-Triples lines, each once, sorted by code point."""
        # What articles share (entities, times) apart: the rest stands in order already, and sorting it costs next to nothing.
        shared: set[str] = set()
        own: list[str] = []
        for name, lines in self.graphs.items():
            first, last = bisect_left(lines, f"<{name}#"), bisect_left(lines, f"<{name}?")
            own += lines[first:last]
            shared.update(lines[:first], lines[last:])
        return [line for line, _ in groupby(sorted(own + sorted(shared)))]


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
