"""The SPARQL 1.1 Protocol: what a request asks for, or the 4xx that says why it cannot be served."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.iri import ABSOLUTE
from kg.serve.worker import GRAPHS, RESULTS
from kg.sparql import DatasetConflict, reaches_out, with_dataset

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_BOOLEAN = {name: RESULTS[name] for name in ("application/sparql-results+json", "application/sparql-results+xml")}
_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
}


class Refused(Exception):
    """A request that is answered by a 4xx."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, headers


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update with its dataset."""

    text: str
    update: bool
    default: tuple[str, ...]
    named: tuple[str, ...]

    def request(self, base: str, accept: str | None) -> dict[str, Any]:
        """What a worker needs to know. Raises Refused."""
        kinds = {"graph": choose(accept, GRAPHS), "rows": choose(accept, RESULTS), "boolean": choose(accept, _BOOLEAN)}
        if not self.update and not any(kinds.values()):
            raise Refused(406, f"none of the formats accepted is served; there are {', '.join((*RESULTS, *GRAPHS))}")
        return {
            "text": self._text(),
            "update": self.update,
            "default": self.default,
            "named": self.named,
            "base": base,
            **kinds,
        }

    def _text(self) -> str:
        if outside := reaches_out(self.text):
            raise Refused(403, f"{outside} is refused: this server asks no other")
        if not self.update:
            return self.text
        try:
            return with_dataset(self.text, self.default, self.named)
        except DatasetConflict as error:
            raise Refused(400, str(error)) from error


async def operation(request: Request, limit: int) -> Operation | None:
    """What the request asks for; None for a plain GET, which asks for the service description. Raises Refused."""
    url = _pairs(request.url.query)
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in url):
            raise Refused(405, "an update is sent by POST", Allow="POST, OPTIONS")
        return _from(url) if any(name == "query" for name, _ in url) else None
    kind, charset = _media(request.headers.get("content-type", ""))
    if kind not in (FORM, QUERY, UPDATE):
        raise Refused(415, f"a POST carries {FORM}, {QUERY} or {UPDATE}")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, "a request is encoded in UTF-8")
    text = _decoded(await _body(request, limit))
    if kind == FORM:
        return _from([*url, *_pairs(text)])
    if any(name in ("query", "update") for name, _ in url):
        raise Refused(400, "two operations in one request: in the URL and in the body")
    return _from([*url, ("query" if kind == QUERY else "update", text)])


def _from(pairs: Sequence[tuple[str, str]]) -> Operation:
    said = [(name, value) for name, value in pairs if name in ("query", "update")]
    if len(said) != 1:
        raise Refused(400, "a request has exactly one parameter query or update")
    (name, text), update = said[0], said[0][0] == "update"
    default, named = (
        ("using-graph-uri", "using-named-graph-uri") if update else ("default-graph-uri", "named-graph-uri")
    )
    return Operation(text, name == "update", _iris(pairs, default), _iris(pairs, named))


def _iris(pairs: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    values = tuple(value for name, value in pairs if name == wanted)
    for value in values:
        if not ABSOLUTE.fullmatch(value):
            raise Refused(400, f"{wanted} is no IRI: {value[:200]!r}")
    return values


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refused(400, "the parameters are not UTF-8, or too many") from error


def _media(header: str) -> tuple[str, str]:
    kind, _, rest = header.partition(";")
    found = re.search(r'charset\s*=\s*"?([^\s;"]+)', rest, re.IGNORECASE)
    return kind.strip().lower(), found[1].lower() if found else ""


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Refused(413, f"a request has at most {limit} bytes")
    return bytes(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, "the request is not UTF-8") from error


def choose(accept: str | None, served: dict[str, Any]) -> str | None:
    """The best of the served media types under an Accept header (RFC 9110), the first where several are equal; None: none will do.

    >>> choose("text/csv;q=0.5, application/json", RESULTS), choose("text/html", RESULTS), choose(None, GRAPHS)
    ('application/sparql-results+json', None, 'text/turtle')
    """
    if not accept or not accept.strip():
        return next(iter(served))
    wanted = [_range(part) for part in accept.split(",") if part.strip()]
    scored = [(max((_score(one, name) for one in wanted), default=(0, 0.0)), name) for name in served]
    best = max(scored, key=lambda one: one[0][1])
    return best[1] if best[0][1] > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    return _ALIASES.get(name, name), float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 0.0


def _score(wanted: tuple[str, float], name: str) -> tuple[int, float]:
    """How exactly a media range names the type, and its quality: the most exact range decides."""
    media, quality = wanted
    if media == name:
        return 2, quality
    if media == f"{name.partition('/')[0]}/*":
        return 1, quality
    return (0, quality) if media == "*/*" else (-1, 0.0)
