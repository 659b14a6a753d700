"""Which files there are: folders walked, archives opened, each file under one unique source name."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from kg.read.records import Unreadable, Warn

Metadata = dict[str, dict[str, str]]

TABLE = "articles.csv"
SKIPPED = ("judgements.csv", "README.md", "LICENSE")
MEMBER_BYTES = 200_000_000  # of one file that is read as a whole, unpacked
RATIO = 200  # unpacked to packed, from which on an archive is taken for a bomb


@dataclass(frozen=True, slots=True)
class File:
    """A file by its source name; `metadata` is the row of the articles.csv beside it, by column."""

    source: str
    open: Callable[[], BinaryIO]
    metadata: dict[str, str] = field(default_factory=dict)
    named: bool = False  # given by the user as PATH, not found in a folder

    @property
    def suffix(self) -> str:
        return (
            "".join(PurePosixPath(self.source).suffixes[-2:]).lower()
            if self.source.endswith(".gz")
            else PurePosixPath(self.source).suffix.lower()
        )

    def bytes(self) -> bytes:
        """All of it. Raises Unreadable where that is too much."""
        with self.open() as stream:
            return whole(stream)


def whole(stream: BinaryIO | gzip.GzipFile) -> bytes:
    data = stream.read(MEMBER_BYTES + 1)
    if len(data) > MEMBER_BYTES:
        raise Unreadable(
            f"too long: more than {MEMBER_BYTES:,} bytes in one piece; .jsonl and .warc can be of any length"
        )
    return data


def files(paths: Sequence[Path], warn: Warn) -> Iterator[File]:
    """All files under the paths, sorted by source name; hidden ones and tables of metadata left out."""
    found: list[File] = []
    for path in paths:
        found += list(_folder(path, warn)) if path.is_dir() else list(_file(path, path.name, {}, warn, named=True))
    names: set[str] = set()
    for file in sorted(found, key=lambda one: one.source):
        if file.source in names:
            warn(
                file.source,
                "left out: two of the paths given hold a file of this name; build their common parent folder instead",
            )
            continue
        names.add(file.source)
        yield file


def _folder(root: Path, warn: Warn) -> Iterator[File]:
    tables: dict[Path, Metadata] = {}
    builds = {lock.parent.parent for lock in root.rglob("work/lock")}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if builds and not builds.isdisjoint(path.parents):
            continue  # what kg build wrote is no article
        if not path.is_file() or any(part.startswith(".") for part in relative.parts) or path.name in SKIPPED:
            continue
        if path.parent not in tables:
            tables[path.parent] = _table_beside(path.parent, relative.parent, warn)
        if path.name == TABLE and tables[path.parent]:
            continue
        yield from _file(path, relative.as_posix(), tables[path.parent].get(path.name, {}), warn)


def _file(path: Path, source: str, metadata: dict[str, str], warn: Warn, named: bool = False) -> Iterator[File]:
    if named and not metadata and path.suffix.lower() != ".csv":
        metadata = _table_beside(path.parent, PurePosixPath(), warn).get(path.name, {})
    if path.suffix.lower() == ".zip":
        yield from _members(path, source, warn)
    else:
        yield File(source, lambda: path.open("rb"), metadata, named)


def _table_beside(folder: Path, relative: Any, warn: Warn) -> Metadata:
    path = folder / TABLE
    if not path.is_file():
        return {}
    return _table(path.read_bytes(), (PurePosixPath(relative) / TABLE).as_posix(), warn)


def _table(data: bytes, source: str, warn: Warn) -> Metadata:
    """Rows of a metadata table by file name; no rows where it has no column `file` (then it is a table of articles)."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        warn(source, f"metadata not read: {error}")
        return {}
    return {row["file"]: {k: v for k, v in row.items() if k and v} for row in rows if row.get("file")}


def _members(path: Path, source: str, warn: Warn) -> Iterator[File]:
    """The files in a zip archive, read from it without unpacking to disk; names that leave the archive are refused."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        warn(source, f"no zip archive: {error}")
        return
    tables: dict[str, Metadata] = {}
    for info in sorted(archive.infolist(), key=lambda one: one.filename):
        name = PurePosixPath(info.filename)
        inside = f"{source}#{info.filename}"
        if info.is_dir() or name.name.startswith(".") or "__MACOSX" in name.parts:
            continue
        if name.is_absolute() or ".." in name.parts:
            warn(inside, "left out: its name points outside the archive")
        elif info.file_size > MEMBER_BYTES or info.file_size > RATIO * max(info.compress_size, 1_000):
            warn(inside, f"left out: unpacks to {info.file_size:,} bytes, more than allowed")
        elif info.flag_bits & 1:
            warn(inside, "left out: encrypted")
        else:
            folder = str(name.parent)
            if folder not in tables:
                beside = (name.parent / TABLE).as_posix()
                tables[folder] = _table(archive.read(beside), beside, warn) if beside in archive.namelist() else {}
            if name.name != TABLE or not tables[folder]:
                yield File(inside, _opener(path, info.filename), tables[folder].get(name.name, {}))


def _opener(path: Path, member: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        with zipfile.ZipFile(path) as archive:
            return io.BytesIO(archive.read(member))

    return opened
