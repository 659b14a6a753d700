"""Requests that a SPARQL server must refuse, each with the one status that is right for it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

QUERY, UPDATE, FORM = "application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"
GOOD = (
    "SELECT ?s WHERE { ?s a nk:Person } LIMIT 3",
    "ASK { ?s rdfs:label 'Ana Duarte' }",
    "CONSTRUCT { ?s a nk:Person } WHERE { ?s a nk:Person } LIMIT 3",
    "SELECT (COUNT(*) AS ?n) { ?s nk:met ?o FILTER(?s != ?o) }",
)
BAD = (
    *(
        "SELECT",
        "SELECT * {",
        "SELECT * }",
        "SELEKT ?s { ?s ?p ?o }",
        "SELECT ?s { ?s ?p }",
        "ASK { ?s ?p 'open }",
        "{}",
        "  ",
        "",
    ),
    *(
        "SELECT ?s { ?s nowhere:thing ?o }",
        "SELECT ?s { ?s <a b> ?o }",
        "SELECT ?s { ?s ?p ?o } LIMIT many",
        "ASK { 'literal' a ?t . }}",
    ),
    *(
        "SELECT ?s { ?s ?p ?o } GROUP BY",
        "SELECT (?x AS ?x) { ?s ?p ?x }",
        "CONSTRUCT { ?s ?p } WHERE { ?s ?p ?o }",
        "ASK { FILTER( }",
    ),
    *(
        "SELECT ?s { ?s ?p \ud7ff\uffff",
        "SELECT * { ?s ?p ?o } ORDER",
        "PREFIX nk <urn:x> ASK {}",
        "SELECT COUNT(*) { ?s ?p ?o }",
        "é",
    ),
)
REMOTE = ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ASK { SERVICE SILENT ?where { ?s ?p ?o } }")
UPDATES = (
    "CLEAR ALL",
    "DELETE WHERE { ?s ?p ?o }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "LOAD <http://127.0.0.1:9/x>",
    "nonsense",
)


@dataclass(frozen=True)
class Case:
    status: int
    method: str
    url: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


Maker = Callable[[random.Random], Case]


def get(status: int, pairs: list[tuple[str, str]], **headers: str) -> Case:
    return Case(status, "GET", f"/sparql?{urlencode(pairs)}", None, headers)


def post(status: int, body: str | bytes, kind: str | None, accept: str = "*/*", url: str = "/sparql") -> Case:
    headers = {"Accept": accept, **({"Content-Type": kind} if kind else {})}
    return Case(
        status, "POST", url, body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"), headers
    )


def asked(status: int, query: str, chance: random.Random, **headers: str) -> Case:
    """The same query in one of the three ways there are to send one."""
    way = chance.randrange(3)
    if way == 0:
        return get(status, [("query", query)], **headers)
    if way == 1:
        return post(status, urlencode({"query": query}), FORM, headers.get("Accept", "*/*"))
    return post(status, query, QUERY, headers.get("Accept", "*/*"))


def not_sparql(chance: random.Random) -> Case:
    return asked(400, chance.choice(BAD), chance)


def cut_short(chance: random.Random) -> Case:
    """A good query without its end: never one itself, for each of them closes a bracket last or counts on."""
    query = chance.choice(GOOD[:1] + GOOD[3:])
    return asked(400, query[: chance.randrange(3, query.index("{") + 8)], chance)


def parameters(chance: random.Random) -> Case:
    query = chance.choice(GOOD)
    return chance.choice(
        [
            get(400, [("query", query), ("query", chance.choice(GOOD))]),
            get(400, [("query", query), ("default-graph-uri", chance.choice(["no iri", "<urn:x>", "relative", ""]))]),
            get(400, [("query", query), ("named-graph-uri", chance.choice(["a b:c", "::", "{}"]))]),
            post(400, urlencode({"qery": query}), FORM),
            post(400, "", FORM),
            post(400, urlencode([("query", query), ("update", "CLEAR ALL")]), FORM),
            post(400, query, QUERY, url=f"/sparql?{urlencode({'query': query})}"),
            post(400, "query=" + quote(query) + "&x=1" * 1001, FORM),
        ]
    )


def encoding(chance: random.Random) -> Case:
    junk = bytes(chance.choice([0xFF, 0xFE, 0xC0, 0xC1, 0xF8]) for _ in range(chance.randrange(1, 9)))
    return chance.choice(
        [
            post(400, b"ASK { ?s ?p '" + junk + b"' }", QUERY),
            post(400, b"query=" + junk, FORM),
            Case(400, "GET", "/sparql?query=ASK%7B%7D&x=%" + f"{junk[0]:02X}"),
            Case(400, "GET", f"/sparql?query=%{junk[0]:02X}"),
        ]
    )


def forbidden(chance: random.Random) -> Case:
    update = chance.choice(UPDATES)
    return chance.choice(
        [
            asked(403, chance.choice(REMOTE), chance),
            post(403, update, UPDATE),
            post(403, urlencode({"update": update}), FORM),
        ]
    )


def method(chance: random.Random) -> Case:
    return chance.choice(
        [
            get(405, [("update", chance.choice(UPDATES))]),
            Case(405, chance.choice(["PUT", "DELETE", "PATCH"]), "/sparql", b"x"),
            Case(
                405,
                chance.choice(["POST", "PUT", "DELETE"]),
                chance.choice(["/", "/query", "/id/person/a", "/.well-known/void"]),
                b"x",
            ),
        ]
    )


def nowhere(chance: random.Random) -> Case:
    path = chance.choice(
        [
            "/nowhere",
            "/sparqll",
            "/id/person/nobody",
            "/id/",
            "/assets/none.js",
            "/assets/..%2fapp.py",
            "/%00",
            "/id/%FF",
        ]
    )
    return Case(404, "GET", path)


def unacceptable(chance: random.Random) -> Case:
    select, graph = chance.choice(GOOD[:2]), GOOD[2]
    return chance.choice(
        [
            asked(
                406,
                select,
                chance,
                Accept=chance.choice(["image/png", "text/turtle", "application/pdf;q=0.9, audio/*", "text/html"]),
            ),
            asked(
                406, graph, chance, Accept=chance.choice(["image/png", "text/csv", "application/sparql-results+json"])
            ),
            Case(406, "GET", "/.well-known/void", None, {"Accept": chance.choice(["image/png", "text/csv"])}),
        ]
    )


def unsupported(chance: random.Random) -> Case:
    kinds = [
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "application/sparql-results+json",
        ";;",
        "application/",
        None,
    ]
    return chance.choice(
        [
            post(415, chance.choice(GOOD), chance.choice(kinds)),
            post(415, chance.choice(GOOD).encode("utf-16"), f"{QUERY}; charset=utf-16"),
            post(415, urlencode({"query": "ASK {}"}), f"{FORM}; charset=latin-1"),
        ]
    )


def too_large(limit: int) -> Case:
    return post(413, b"#" * (limit + 1), QUERY)


MAKERS: tuple[Maker, ...] = (
    not_sparql,
    not_sparql,
    cut_short,
    parameters,
    encoding,
    forbidden,
    method,
    nowhere,
    unacceptable,
    unsupported,
)


def refused(count: int, limit: int = 4 * 2**20) -> list[Case]:
    """So many cases, the same ones each time; the last is larger than `limit`."""
    chance = random.Random(11)
    return [*(MAKERS[number % len(MAKERS)](chance) for number in range(count - 1)), too_large(limit)]
