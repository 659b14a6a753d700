"""What is too much to hold in memory: rows and triples of a build in files of their own, read again as often as they are needed.

The files stand in a scratch folder, which goes when nothing of it is used any more. A build that is killed leaves it in DIR/work/next,
and the next one clears that.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec

Row = dict[str, Any]
TRIPLES, BY_GRAPH = "triples", "by-graph"  # names of files


class Scratch:
    """A folder that lives as long as this object; `inside`: where it stands, on a disk that has room."""

    def __init__(self, inside: Path | None = None) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=".scratch-", dir=inside))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(path: Path) -> Iterator[str]:
    """Only line feeds end a line."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]


class KeptRows:
    """Rows as lines of JSON, in the order in which they were added."""

    def __init__(self, scratch: Scratch, name: str) -> None:
        self.scratch = scratch
        self.path = scratch.path / name
        self.count = 0
        self._file: IO[bytes] | None = None

    @contextmanager
    def filling(self) -> Iterator[KeptRows]:
        with self.path.open("wb") as self._file:
            yield self
        self._file = None

    def add(self, rows: Iterable[Row]) -> None:
        assert self._file is not None, "only inside of `filling`"
        lines = [dump(row) for row in rows]
        self.count += len(lines)
        self._file.write(text(lines))

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        decode = msgspec.json.Decoder(dict).decode  # a third of what json takes
        with self.path.open("rb") as file:
            yield from map(decode, file)


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the lines of one graph stand: those that begin with its name and # from `own` to `others`, the rest around them."""

    start: int
    own: int
    others: int
    end: int


@dataclass(frozen=True, slots=True)
class KeptTriples:
    """Canonical N-Triples lines: at `path` each once, sorted by code point; and by the graph (article) that they come from."""

    scratch: Scratch
    blocks: dict[str, _Block]
    count: int

    @classmethod
    def of(cls, scratch: Scratch, parts: Iterable[tuple[str, Iterable[str]]]) -> KeptTriples:
        """`parts`: lines by graph, in any order and repeatedly.

        What begins with an article's name stands in no other's part, and articles in the order of their names are in the order of the
        lines. So only what articles share (entities, times) is held and sorted.
        """
        blocks: dict[str, _Block] = {}
        shared: set[str] = set()
        with (scratch.path / BY_GRAPH).open("wb") as file:
            for name, found in parts:
                lines = sorted(set(found))
                first, last = bisect_left(lines, f"<{name}#"), bisect_left(lines, f"<{name}$")  # $ follows #
                shared.update(lines[:first], lines[last:])
                places = [file.tell()]
                for some in (lines[:first], lines[first:last], lines[last:]):
                    places.append(places[-1] + file.write(text(some)))
                blocks[name] = _Block(*places)
        blocks = {name: blocks[name] for name in sorted(blocks)}
        ordered = _ordered(scratch.path / BY_GRAPH, blocks.values(), sorted(shared))
        return cls(scratch, blocks, _write(scratch.path / TRIPLES, ordered))

    @property
    def path(self) -> Path:
        return self.scratch.path / TRIPLES

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str]:
        return _lines(self.path)

    def graphs(self) -> Iterator[tuple[str, list[str]]]:
        """The lines of each graph that has any, "" the first."""
        with (self.scratch.path / BY_GRAPH).open("rb") as file:
            for name, block in self.blocks.items():
                if block.end > block.start:
                    yield name, _read(file, block.start, block.end)


def _ordered(by_graph: Path, blocks: Iterable[_Block], shared: list[str]) -> Iterator[list[str]]:
    """The articles' own lines, one article's after another's, and between and among them those that articles share."""
    at = 0
    with by_graph.open("rb") as file:
        for block in blocks:
            own = _read(file, block.own, block.others)
            if own:
                before, behind = bisect_left(shared, own[0], at), bisect_right(shared, own[-1], at)
                yield shared[at:before]
                yield sorted({*own, *shared[before:behind]}) if behind > before else own
                at = behind
    yield shared[at:]


def _read(file: IO[bytes], start: int, end: int) -> list[str]:
    file.seek(start)
    return file.read(end - start).decode().split("\n")[:-1]


def _write(path: Path, parts: Iterable[list[str]]) -> int:
    """How many lines there were."""
    count = 0
    with path.open("wb") as file:
        for lines in parts:
            count += len(lines)
            file.write(text(lines))
    return count
