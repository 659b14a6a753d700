"""Web archives (WARC, as CC-NEWS publishes them): each page that a server answered with is an article, if there is one in it.

Needs fastwarc (`newskg[warc]`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from kg.read.files import File
from kg.read.html import Markup
from kg.read.records import PAGE_BYTES, Unreadable, Warn

HTML = ("text/html", "application/xhtml+xml", "")  # "": the server did not say


def pages(file: File, warn: Warn) -> Iterator[Markup]:
    """The pages of an archive, packed or not, as a stream. A source is the archive's name with the number of its record."""
    with file.open() as stream:
        for number, record in enumerate(_responses(stream), 1):
            source = f"{file.source}#{number}"
            kind = (record.http_content_type or "").partition(";")[0].strip().lower()
            if record.http_headers is None or record.http_headers.status_code != 200 or kind not in HTML:
                continue
            try:
                data = _payload(record)
            except Unreadable as error:
                warn(source, str(error))
            else:
                yield Markup(source, data, {}, record.headers.get("WARC-Target-URI"))


def _responses(stream: Any) -> Iterator[Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise Unreadable("web archives need fastwarc: pip install 'newskg[warc]'") from None
    try:
        yield from ArchiveIterator(stream, record_types=WarcRecordType.response, auto_decode="none")
    except OSError as error:
        raise Unreadable(f"archive damaged, what came before was read: {error}") from error


def _payload(record: Any) -> bytes:
    if record.content_length > PAGE_BYTES:
        raise Unreadable(f"too long: {record.content_length:,} bytes of HTML")
    data: bytes = record.reader.read()
    if len(data) < record.content_length:
        raise Unreadable(f"cut short: {len(data):,} of {record.content_length:,} bytes")
    headers = {name.lower(): value.lower() for name, value in record.http_headers.items()}
    try:
        if "chunked" in headers.get("transfer-encoding", ""):
            data = b"".join(_chunks(data))
        return _unpacked(data, headers.get("content-encoding", ""))
    except Unreadable:
        raise
    except Exception as error:  # zlib.error, brotli.error, ValueError
        raise Unreadable(f"damaged page: {error}") from error


def _chunks(data: bytes) -> Iterator[bytes]:
    """HTTP/1.1 chunks; data that is not in chunks (crawlers often undo them, and leave the header) as it is."""
    at = 0
    while at < len(data):
        line, _, _ = data[at : at + 20].partition(b"\r\n")
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            yield data[at:]
            return
        at += len(line) + 2
        yield data[at : at + size]
        at += size + 2


def _unpacked(data: bytes, encoding: str) -> bytes:
    """Undo a content encoding, up to the limit of a page; data that is not encoded after all as it is."""
    if encoding in ("gzip", "x-gzip") and data[:2] == b"\x1f\x8b":
        return _whole(zlib.decompressobj(47).decompress(data, PAGE_BYTES + 1))
    if encoding == "deflate":
        return _whole(zlib.decompressobj(15 if data[:1] == b"x" else -15).decompress(data, PAGE_BYTES + 1))
    if encoding == "br" and data.lstrip()[:1] != b"<":
        from brotli import Decompressor  # comes with fastwarc

        return _whole(Decompressor().process(data, output_buffer_limit=PAGE_BYTES + 1))
    return data


def _whole(data: bytes) -> bytes:
    if len(data) > PAGE_BYTES:
        raise Unreadable(f"unpacks to more than {PAGE_BYTES:,} bytes")
    return data
