"""A real Virtuoso server (Debian: virtuoso-opensource-7-bin) in a process of its own: an engine that shares no code with ours."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.prefixes import PREFIXES

SERVER, SHELL = shutil.which("virtuoso-t"), shutil.which("isql-vt")
MISSING = "second engine NOT RUN: apt-get install virtuoso-opensource-7-bin"
needed = pytest.mark.skipif(not (SERVER and SHELL), reason=MISSING)

_SETTINGS = """
[Database]
DatabaseFile = {0}/v.db
ErrorLogFile = {0}/v.log
LockFile = {0}/v.lck
TransactionFile = {0}/v.trx
xa_persistent_file = {0}/v.pxa
[TempDatabase]
DatabaseFile = {0}/temp.db
TransactionFile = {0}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{1}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{2}
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True)
class Virtuoso:
    """A running server to which everybody may write."""

    address: str

    @property
    def update(self) -> str:
        return f"{self.address}/sparql"

    @property
    def store(self) -> str:
        return f"{self.address}/sparql-graph-crud"

    def rows(self, query: str, graph: str) -> list[tuple[str, ...]]:
        """The rows of a query over one named graph, as texts. Virtuoso keeps booleans as 0 and 1: they are told apart by their type."""
        reply = httpx.post(
            self.update,
            data={
                "query": "".join(f"PREFIX {p}: <{n}>\n" for p, n in PREFIXES.items()) + query,
                "default-graph-uri": graph,
            },
            headers={"Accept": "application/sparql-results+json"},
            timeout=120,
            trust_env=False,
        )
        assert reply.status_code == 200, reply.text
        found = ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        return [tuple(_text(cell) for cell in row) for row in found]


def _text(cell: object) -> str:
    value = str(getattr(cell, "value", "")) if cell is not None else ""
    if isinstance(cell, ox.Literal) and cell.datatype.value == PREFIXES["xsd"] + "boolean":
        return {"1": "true", "0": "false"}.get(value, value)
    return value


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """A new, empty server with its files in `folder`."""
    if not (SERVER and SHELL):
        pytest.skip(MISSING)
    with ExitStack() as free:
        ports = []
        for _ in range(2):
            one = free.enter_context(socket.socket())
            one.bind(("127.0.0.1", 0))
            ports.append(one.getsockname()[1])
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(folder, *ports), encoding="utf-8")
    process = subprocess.Popen(
        [SERVER, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{ports[1]}/sparql", process)
        grant = 'GRANT SPARQL_UPDATE TO "SPARQL";'
        subprocess.run([SHELL, f"127.0.0.1:{ports[0]}", "dba", "dba", f"exec={grant}"], check=True, capture_output=True)
        yield Virtuoso(f"http://127.0.0.1:{ports[1]}")
    finally:
        process.kill()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            if httpx.get(url, params={"query": "ASK {}"}, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        assert process.poll() is None, "Virtuoso did not start"
        time.sleep(0.1)
    raise AssertionError("Virtuoso did not answer")
