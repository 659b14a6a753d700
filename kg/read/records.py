"""A record's fields to an Article: text decoded and normalised, dates as ISO dates, limits kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from charset_normalizer import from_bytes

from kg.model import Article

TEXT_CHARACTERS = 300_000  # a longer "article" is a dump; the parser would need gigabytes for it
PAGE_BYTES = 10_000_000  # of one page of HTML, unpacked
LINE_TOKENS = 20_000  # white-space separated words in one line from one sentence end to the next
YEARS = (1600, 2100)  # of the first newspapers; no clock: what is the future depends on the day of the build
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
Warn = Callable[[str, str], None]  # (source, reason)
FIELDS = ("title", "published", "publisher", "url", "author")


class Unreadable(Exception):
    """A file that holds no article that could be read; the message says why."""


def decode(data: bytes) -> str:
    """UTF-8 first (UTF-16 with its mark), then detected; raises Unreadable for binary data."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data[:4096]:
            raise Unreadable("binary, not text") from None
        best = from_bytes(data).best()
        if best is None:
            raise Unreadable(f"encoding unknown: not UTF-8 ({error.reason} at byte {error.start})") from None
        text = str(best)
    if "\0" in text:
        raise Unreadable("binary, not text")
    return text


def normalise(text: str) -> str:
    """As offsets count: a leading BOM dropped, CRLF and CR turned into LF, unpaired surrogates into U+FFFD, nothing else.

    >>> normalise("\\ufeffone\\r\\ntwo\\rthree")
    'one\\ntwo\\nthree'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def iso_date(value: Any) -> str | None:
    """The ISO date that a field holds, or None; times of day are dropped.

    >>> iso_date("2024-05-03T10:00:00Z"), iso_date("May 3, 2024"), iso_date("3 May 2024"), iso_date("soon")
    ('2024-05-03', '2024-05-03', '2024-05-03', None)
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value or "").strip()
    if match := re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", text):
        return _valid(*map(int, match.groups()))
    for form in ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%a, %d %b %Y"):
        try:
            return datetime.strptime(text[:31].split(" +")[0].strip(), form).date().isoformat()
        except ValueError:
            continue
    return None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def article(source: str, text: str, fields: Mapping[str, Any], warn: Warn) -> Article:
    """An article of normalised text; `fields` may hold any of FIELDS. A date that is none is left out with a warning."""
    kept = {name: _clean(fields.get(name)) for name in FIELDS}
    published = iso_date(fields.get("published"))
    if kept["published"] and not (published and YEARS[0] <= int(published[:4]) <= YEARS[1]):
        warn(source, f"read as undated: {kept['published'][:60]!r} is no date that news can have (try 2024-05-31)")
        published = None
    return Article(source, normalise(text), **{**kept, "published": published})


def _clean(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        value = ", ".join(str(one) for one in value)
    text = " ".join(normalise(str(value)).split()) if value is not None else ""
    return text or None


def unsafe(value: Article) -> str | None:
    """Why a text cannot be worked on in reasonable time and memory, or None."""
    if len(value.text) > TEXT_CHARACTERS:
        return f"too long: {len(value.text):,} characters (at most {TEXT_CHARACTERS:,})"
    if len(CONTROL.findall(value.text)) > 0.01 * len(value.text):
        return "binary: full of control characters"
    if any(
        len(run) > LINE_TOKENS and len(run.split()) > LINE_TOKENS
        for line in value.text.split("\n")
        for run in re.split(r"[.!?]\s", line)
    ):
        return f"a line of more than {LINE_TOKENS:,} words without a sentence end"
    return None
