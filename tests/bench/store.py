"""Queries: ten typical ones at 100,000 and at 1,000,000 triples, in rdflib's own engine, in pyoxigraph, by `kg query` and by `kg serve`.

Then the server under load, and 300 malformed requests. In process CPU seconds are compared (the best of some), over HTTP seconds by the
clock (the best of more, each engine in turn).
"""

from __future__ import annotations

import math
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
import pyoxigraph as ox
import rdflib

from kg.prefixes import PREFIXES
from kg.query import queries
from kg.store import open_graph, open_store, store_path
from tests.bench.clients import under_load
from tests.bench.grown import grown
from tests.serve.malformed import refused
from tests.serve.running import running

SIZES = (100_000, 1_000_000)
PATIENCE = 120  # seconds for one query of rdflib's engine
READY = (
    "who-honoured-whom",
    "who-met-whom",
    "figures-for-the-dead",
    "quotations",
    "deployments",
    "sources-credited-by-outlet",
)
WRITTEN = {
    "all about one person": 'SELECT ?p ?o { ?x a nk:Person ; rdfs:label "Kim Jong Un" ; ?p ?o } LIMIT 5000',
    "words behind an edge": """SELECT ?a ?b ?words { ?s rdf:predicate nk:hosted ; rdf:subject/rdfs:label ?a ; rdf:object/rdfs:label ?b ;
        nk:evidence/nk:exact ?words }""",
    "how many of each class": "SELECT ?c (COUNT(*) AS ?n) { ?x a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c",
    "two steps": "SELECT DISTINCT ?x ?z { ?x nk:leads ?y . ?y ^nk:citizenOf ?z } LIMIT 5000",
}
TYPICAL = {**{name: text for name, text in ((one.name, one.text) for one in queries()) if name in READY}, **WRITTEN}


def main() -> None:
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            total = grown(folder, size)
            print(f"\n{total:,} triples")
            in_process(folder)
            over_http(folder)
            whole_process(folder)
            if size == SIZES[-1]:
                print()
                under_load(folder, {name: TYPICAL[name] for name in TYPICAL if name != "how many of each class"})
                malformed(folder)


# ---- in process ------------------------------------------------------------------------------------------------------


def in_process(folder: Path) -> None:
    began = time.process_time()
    plain = rdflib.Graph().parse(folder / "graph.nt", format="nt")
    reading = time.process_time() - began
    print(f"rdflib has read it in {reading:.0f} s of CPU; milliseconds:")
    ours, bare, memory = open_graph(folder), open_store(folder), open_graph(folder, in_memory=True)
    heads = (
        "rows",
        "rdflib",
        "kg query",
        "pyoxigraph",
        "in memory",
        "rdflib/kg",
        "kg/pyox.",
        "rdflib/mem.",
        "from nothing",
    )
    print(f"{'':28}" + "".join(f"{head:>13}" for head in heads))
    ratios = []
    for name, text in TYPICAL.items():
        slow, many = best(partial(_by_rdflib, plain, text), 1, PATIENCE)
        fast, rows = best(partial(_by_rdflib, ours, text), 5)
        least, count = best(partial(_by_oxigraph, bare, text), 5)
        held, also = best(partial(_by_rdflib, memory, text), 5)
        assert rows == count == also
        assert many in (None, rows), (name, many, rows)
        ratios.append((slow / fast, fast / least, slow / held, (reading + slow) / process(folder, text)))
        times = "".join(f"{one * 1e3:>13.2f}" for one in (slow, fast, least, held))
        cut = "*" if many is None else ""
        print(f"{name:28}{rows:>13}{times}" + "".join(f"{one:>13.2f}" for one in ratios[-1]) + cut, flush=True)
    print(f"{'geometric mean':93}" + "".join(f"{mean(column):>13.2f}" for column in zip(*ratios, strict=True)))
    print("from nothing: rdflib's reading and query against the whole process `kg query DIR QUERY`. * cut off")


def process(folder: Path, query: str) -> float:
    """Seconds of the whole `kg query`, from the start of the program to its end."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "kg", "query", str(folder), query, "--format", "json"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _by_rdflib(graph: rdflib.Graph, text: str) -> int:
    return len(list(graph.query(text, initNs=PREFIXES)))


def _by_oxigraph(store: ox.Store, text: str) -> int:
    found = store.query(text, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return len(list(found))


def best(work: Callable[[], int], times: int, patience: int = 0) -> tuple[float, int | None]:
    """The least CPU seconds, and what the work gave; None if it was cut off after `patience` seconds."""
    found, seconds = None, []
    for _ in range(times):
        began = time.process_time()
        try:
            with cut_off(patience):
                found = work()
        except TimeoutError:
            found = None
        seconds.append(time.process_time() - began)
    return max(min(seconds), 1e-6), found


@contextmanager
def cut_off(seconds: int) -> Iterator[None]:
    def stop(signum: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def mean(values: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, values)) / len(values))


# ---- over HTTP -------------------------------------------------------------------------------------------------------


def over_http(folder: Path) -> None:
    print(f"{'':28}{'kg serve ms':>12}{'oxigraph ms':>13}{'ratio':>8}")
    ratios = []
    with running(folder) as ours, oxigraph(store_path(folder)) as theirs:
        for name, text in TYPICAL.items():
            written = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items()) + text
            took: dict[str, list[float]] = {"/sparql": [], "/query": []}
            for _ in range(9):
                for client, path in ((ours, "/sparql"), (theirs, "/query")):
                    took[path].append(asked(client, path, written))
            mine, other = min(took["/sparql"]), min(took["/query"])
            ratios.append(mine / other)
            print(f"{name:28}{mine * 1e3:>12.2f}{other * 1e3:>13.2f}{ratios[-1]:>8.2f}")
    print(f"geometric mean: kg serve takes {mean(ratios):.2f} of the time of the bare oxigraph server")


def asked(client: httpx.Client, path: str, query: str) -> float:
    began = time.perf_counter()
    reply = client.post(
        path,
        content=query,
        headers={"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"},
    )
    took = time.perf_counter() - began
    assert reply.status_code == 200, reply.text
    return took


@contextmanager
def oxigraph(store: Path) -> Iterator[httpx.Client]:
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert binary, "the oxigraph server is not installed"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [binary, "serve-read-only", "--location", str(store), "--bind", address], stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://{address}", timeout=60, trust_env=False) as client:
            for _ in range(200):
                try:
                    client.get("/")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield client
    finally:
        process.terminate()
        process.wait(20)


def whole_process(folder: Path) -> None:
    for query in ("ASK {}", READY[0]):
        took = sorted(process(folder, query) for _ in range(7))
        print(f"kg query, the whole process, {query!r}: {took[0]:.2f} s (median {took[3]:.2f} s)")


# ---- malformed requests ----------------------------------------------------------------------------------------------


def malformed(folder: Path) -> None:
    cases = refused(300)
    with running(folder) as client:
        wrong = []
        for case in cases:
            reply = client.request(case.method, case.url, content=case.body, headers=case.headers)
            if reply.status_code != case.status:
                wrong.append((case, reply.status_code))
        alive = client.post("/sparql", data={"query": "ASK {}"}).status_code
    print(
        f"{len(cases)} malformed requests: {len(cases) - len(wrong)} the right 4xx, {len(wrong)} another answer; alive after it: {alive}"
    )
    for case, status in wrong[:10]:
        print(f"  {case} got {status}")
    kinds = sorted({case.status for case in cases})
    print("  " + ", ".join(f"{status}: {sum(1 for case in cases if case.status == status)}" for status in kinds))
