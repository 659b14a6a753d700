"""One reader a format, in one table. A reader takes a file and yields articles, or pages of HTML as they came; a record that
cannot be read is a warning."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO, Any

from kg.model import Article
from kg.read import warc
from kg.read.files import File, whole
from kg.read.html import Markup
from kg.read.records import PAGE_BYTES, Unreadable, Warn, article, decode, normalise

__all__ = ["READERS", "Columns", "Unreadable", "reader_for"]

UNPACKED = 20_000_000_000  # bytes read from one compressed file of lines
LINE_BYTES = 5_000_000  # of one line of JSON: an article has some 10,000


@dataclass(frozen=True, slots=True)
class Columns:
    """Under which names a table or record holds what."""

    text: str = "text"
    title: str = "title"
    published: str = "published"
    publisher: str = "publisher"
    url: str = "url"
    author: str = "author"
    id: str = "id"

    def fields(self, record: Mapping[str, Any]) -> dict[str, Any]:
        names = ("title", "published", "publisher", "url", "author")
        return {name: record.get(getattr(self, name)) for name in names}


Reader = Callable[[File, Columns, Warn], Iterator[Article | Markup]]


def plain(file: File, columns: Columns, warn: Warn) -> Iterator[Article]:
    yield article(file.source, decode(file.bytes()), file.metadata, warn)


def markdown(file: File, columns: Columns, warn: Warn) -> Iterator[Article]:
    """Front matter between lines of three hyphens is metadata; what follows is the text as it stands."""
    import yaml

    text = normalise(decode(file.bytes()))
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    fields: Any = {}
    if match:
        try:
            fields = yaml.safe_load(match.group(1))
        except yaml.YAMLError as error:
            warn(file.source, f"front matter not read: {' '.join(str(error).split())}")
        text = text[match.end() :]
    fields = fields if isinstance(fields, dict) else {}
    fields = {**{"published": fields.get("date"), "publisher": fields.get("site")}, **fields, **file.metadata}
    yield article(file.source, text, fields, warn)


def html(file: File, columns: Columns, warn: Warn) -> Iterator[Markup]:
    data = file.bytes()
    if len(data) > PAGE_BYTES:
        raise Unreadable(f"too long: {len(data):,} bytes of HTML")
    yield Markup(file.source, data, file.metadata)


def json_file(file: File, columns: Columns, warn: Warn) -> Iterator[Article]:
    """One object, a list of objects, or an object that holds such a list under `articles`."""
    try:
        data = json.loads(decode(file.bytes()))
    except (json.JSONDecodeError, RecursionError) as error:
        raise Unreadable(f"no JSON: {error}") from error
    if isinstance(data, dict) and isinstance(data.get("articles"), list):
        data = data["articles"]
    if isinstance(data, dict):
        yield from _record(file.source, data, columns, file.metadata, warn)
        return
    for number, record in enumerate(data if isinstance(data, list) else [data], 1):
        yield from _record(_named(file.source, record, number, columns), record, columns, {}, warn)


def json_lines(file: File, columns: Columns, warn: Warn) -> Iterator[Article]:
    """One object a line, read as a stream; a line that is none is a warning with its number."""
    with file.open() as stream:
        yield from _json_lines(_lines(stream), file.source, columns, warn)


def _lines(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    """Lines; of one that is too long its beginning, a little longer than allowed, and no more of it is held."""
    while line := stream.readline(LINE_BYTES + 1):
        rest = line
        while len(rest) > LINE_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(LINE_BYTES + 1)
        yield line


def _json_lines(stream: Iterable[bytes], source: str, columns: Columns, warn: Warn) -> Iterator[Article]:
    for number, line in enumerate(stream, 1):
        if len(line) > LINE_BYTES:
            warn(f"{source}#{number}", f"too long: a line of more than {LINE_BYTES:,} bytes")
            continue
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            warn(f"{source}#{number}", f"no JSON: {error}")
            continue
        yield from _record(_named(source, record, number, columns), record, columns, {}, warn)


def _named(source: str, record: Any, number: int, columns: Columns) -> str:
    own = record.get(columns.id) if isinstance(record, dict) else None
    return f"{source}#{own if isinstance(own, str | int) and str(own).strip() else number}"


def _record(source: str, record: Any, columns: Columns, metadata: Mapping[str, Any], warn: Warn) -> Iterator[Article]:
    text = record.get(columns.text) if isinstance(record, dict) else None
    if not isinstance(text, str):
        keys = ", ".join(sorted(map(str, record)))[:200] if isinstance(record, dict) else type(record).__name__
        warn(source, f"no text under {columns.text!r} (there is: {keys}); name the column with --text-column")
        return
    yield article(source, text, {**columns.fields(record), **metadata}, warn)


def table(file: File, columns: Columns, warn: Warn) -> Iterator[Article]:
    """A table with a row an article."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    rows = csv.DictReader(io.StringIO(decode(file.bytes()).removeprefix("\ufeff"), newline=""))
    if columns.text not in (rows.fieldnames or ()):
        there = ", ".join(map(str, rows.fieldnames or ()))
        raise Unreadable(f"no column {columns.text!r} (there is: {there}); name it with --text-column")
    try:
        for number, row in enumerate(rows, 1):
            yield from _record(_named(file.source, row, number, columns), row, columns, {}, warn)
    except csv.Error as error:
        raise Unreadable(f"line {rows.line_num}: {error}") from error


def compressed(file: File, columns: Columns, warn: Warn) -> Iterator[Article | Markup]:
    """A .gz of any of the others; lines are streamed, so that an archive need not fit into memory."""
    inner = replace(file, source=file.source.removesuffix(".gz"))
    reader = reader_for(inner)
    if reader is None:
        raise Unreadable(f"unknown format {inner.suffix or '(no ending)'} inside .gz")
    if reader is web_archive:
        yield from reader(file, columns, warn)  # it unpacks record by record
        return
    if reader is json_lines:
        with file.open() as packed, gzip.open(packed) as stream:
            yield from _json_lines(_bounded(_lines(stream)), file.source, columns, warn)
        return
    with file.open() as packed, gzip.open(packed) as stream:
        data = whole(stream)
    for found in reader(replace(inner, open=lambda: io.BytesIO(data)), columns, warn):
        record = found.source.partition("#")[2]
        yield replace(found, source=f"{file.source}#{record}" if record else file.source)


def web_archive(file: File, columns: Columns, warn: Warn) -> Iterator[Markup]:
    yield from warc.pages(file, warn)


def _bounded(lines: Iterable[bytes]) -> Iterator[bytes]:
    total = 0
    for line in lines:
        total += len(line)
        if total > UNPACKED:
            raise Unreadable(f"unpacks to more than {UNPACKED:,} bytes; what came before was read")
        yield line


READERS: dict[str, Reader] = {
    ".txt": plain,
    ".text": plain,
    ".md": markdown,
    ".markdown": markdown,
    ".html": html,
    ".htm": html,
    ".json": json_file,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".csv": table,
    ".warc": web_archive,
}


def reader_for(file: File) -> Reader | None:
    """The reader of a file by the ending of its name; None for an unknown one."""
    suffix = "." + file.source.lower().rpartition(".")[2]
    return compressed if suffix == ".gz" else READERS.get(suffix)
