"""read: files to articles. One reader a format; what cannot be read is a warning with its file and reason, never an exception."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.model import Article

Warn = Callable[[str, str], None]  # (source, reason)


def normalise(text: str) -> str:
    """As FORMATS.md counts offsets: BOM dropped, CRLF and CR to LF, unpaired surrogates to U+FFFD, nothing else."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read(paths: Sequence[Path], warn: Warn) -> Iterator[Article]:
    """The articles under `paths`, in order of their source names; each problem goes to `warn`."""
    seen: set[str] = set()
    for path, source in _files(paths):
        for article in _read_file(path, source, warn):
            if not article.text.strip():
                warn(article.source, "empty text")
            elif article.digest in seen:
                warn(article.source, "duplicate: same text, publisher and URL as an article before")
            else:
                seen.add(article.digest)
                yield article


def _files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    found = []
    for path in paths:
        if path.is_dir():
            found += [(p, p.relative_to(path).as_posix()) for p in sorted(path.rglob("*")) if p.is_file()]
        else:
            found.append((path, path.name))
    return sorted((item for item in found if item[0].name != "articles.csv"), key=lambda item: item[1])


def _read_file(path: Path, source: str, warn: Warn) -> Iterator[Article]:
    if path.suffix == ".txt":
        try:
            text = normalise(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError as error:
            warn(source, f"not UTF-8: {error.reason} at byte {error.start}")
            return
        yield Article(source, text, **_metadata(path))
    elif path.suffix == ".jsonl":
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                yield _record(json.loads(line), f"{source}#{number}")
    else:
        warn(source, f"unknown format {path.suffix or '(no suffix)'}")


def _record(record: dict[str, Any], source: str) -> Article:
    keys = ("title", "published", "publisher", "url", "author")
    return Article(source, normalise(record.get("text") or ""), **{key: record.get(key) or None for key in keys})


def _metadata(path: Path) -> dict[str, Any]:
    table = path.parent / "articles.csv"
    if not table.is_file():
        return {}
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row.get("file") == path.name:
                keys = ("title", "published", "publisher", "url", "author")
                return {key: row.get(key) or None for key in keys}
    return {}
