"""A process that runs one query at a time, so that it can be killed. Reads requests and writes answers as frames on its pipes.

A frame is a line of JSON; an answer's line says how many bytes of body follow it. Imports little: it is started anew after each kill.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import pyoxigraph as ox

from kg.prefixes import PREFIXES
from kg.store import NoStore, open_store, store_path

Json = dict[str, Any]
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_ROW_MARKS = {
    "application/sparql-results+json": b'},{"',  # cannot stand in a string, where quotation marks are escaped
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\r\n",
    "text/tab-separated-values": b"\n",
}


class TooMuch(Exception):
    """The answer has more rows or bytes than allowed."""


class Limited(io.RawIOBase):
    """Collects an answer as it is written, and stops it at a limit."""

    def __init__(self, mark: bytes, rows: int, size: int) -> None:
        self.body = bytearray()
        self._mark, self._rows, self._size = mark, rows, size
        self._counted = self._seen = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        chunk = bytes(data)
        self.body += chunk
        if len(self.body) > self._size:
            raise TooMuch(f"the answer is larger than {self._size} bytes")
        start = max(self._counted - len(self._mark) + 1, 0)
        self._seen += self.body.count(self._mark, start) if self._mark else 0
        self._counted = len(self.body)
        if self._seen > self._rows:
            raise TooMuch(f"the answer has more than {self._rows} rows")
        return len(chunk)


class Worker:
    def __init__(self, directory: Path | None, writable: bool, limits: Json) -> None:
        self.directory, self.writable, self.limits = directory, writable, limits
        self._path: Path | None = None
        self._store = ox.Store()
        if writable and directory:
            self._store.extend(open_store(directory))

    @property
    def store(self) -> ox.Store:
        """The present store, also after a build has put another in its place."""
        if self.writable or self.directory is None:
            return self._store
        path = store_path(self.directory)
        if path != self._path:
            self._store, self._path = ox.Store.read_only(str(path)), path
        return self._store

    def answer(self, request: Json) -> tuple[Json, bytes]:
        try:
            return self._update(request) if request["update"] else self._query(request)
        except SyntaxError as error:
            return {"status": 400, "error": str(error)}, b""
        except (TooMuch, MemoryError) as error:
            return {"status": 503, "error": str(error) or "the query needs more memory than allowed"}, b""
        except (ValueError, OSError, RuntimeError) as error:
            return {"status": 400, "error": str(error)}, b""

    def _query(self, request: Json) -> tuple[Json, bytes]:
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in request["named"]]
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in request["default"]]
        dataset = bool(named or default)
        found = self.store.query(
            request["text"],
            base_iri=request["base"],
            prefixes=PREFIXES,
            default_graph=default if dataset else None,
            named_graphs=named if dataset else None,
        )
        graph = isinstance(found, ox.QueryTriples)
        kind = request["graph" if graph else "boolean" if isinstance(found, ox.QueryBoolean) else "rows"]
        if kind is None:
            return {"status": 406, "error": "no format that is accepted fits this kind of query"}, b""
        limited = Limited(b"" if graph else _ROW_MARKS[kind], self.limits["rows"], self.limits["bytes"])
        self._write(found, kind, limited)
        return {"status": 200, "type": kind}, bytes(limited.body)

    def _write(self, found: Any, kind: str, out: Limited) -> None:
        if isinstance(found, ox.QueryTriples):
            found.serialize(cast(IO[bytes], out), GRAPHS[kind])
        else:
            found.serialize(cast(IO[bytes], out), RESULTS[kind])

    def _update(self, request: Json) -> tuple[Json, bytes]:
        self.store.update(request["text"], base_iri=request["base"], prefixes=PREFIXES)
        return {"status": 204}, b""


def main(arguments: Json, requests: BinaryIO, answers: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (arguments["memory"], arguments["memory"]))
    directory = Path(arguments["directory"]) if arguments["directory"] else None
    worker = Worker(directory, arguments["writable"], arguments)
    with contextlib.suppress(NoStore):  # opened before the first question; it is told there if there is none
        worker.store  # noqa: B018
    answers.write(b'{"ready": true}\n')
    answers.flush()
    for line in requests:
        head, body = worker.answer(json.loads(line))
        answers.write(json.dumps({**head, "length": len(body)}).encode() + b"\n" + body)
        answers.flush()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
