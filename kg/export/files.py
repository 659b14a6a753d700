"""What an export works on, and how it writes: a file is complete or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.export.kept import KeptTriples, Row, Scratch, dump
from kg.export.rows import Rows
from kg.iri import BASE


@dataclass(frozen=True, slots=True)
class Built:
    """A build to export: its rows, and its triples as N-Triples lines."""

    rows: Rows
    lines: KeptTriples
    base: str = BASE
    with_text: bool = True

    @classmethod
    def of(
        cls,
        rows: Rows,
        parts: Iterable[tuple[str, Iterable[str]]],
        base: str = BASE,
        with_text: bool = True,
        scratch: Scratch | None = None,
    ) -> Built:
        """`parts`: lines by the graph (article) that they come from, in any order and repeatedly."""
        return cls(rows, KeptTriples.of(scratch or Scratch(), parts), base, with_text)


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


def copy(kept: Path, path: Path) -> None:
    """As write, of what stands in a file already."""
    beside = path.with_name(f".{path.name}.part")
    shutil.copyfile(kept, beside)
    os.replace(beside, path)


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    write(path, (dump(row) + "\n" for row in rows))
