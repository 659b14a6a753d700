"""Queries: rdflib's own engine beside the store, on a build of the examples."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import rdflib

from kg.pipeline import Options, build
from kg.prefixes import PREFIXES
from kg.query import queries
from kg.store import open_graph

ROOT = Path(__file__).resolve().parents[2]


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "examples" / "articles"], Path(folder), Options(formats=("nt", "store")))
        plain = rdflib.Graph().parse(Path(folder) / "graph.nt", format="nt")
        store = open_graph(folder)
        for prefix, name in PREFIXES.items():
            plain.bind(prefix, name)
        for query in queries():
            slow, fast = seconds(partial(_rows, plain, query.text)), seconds(partial(_rows, store, query.text))
            ratio = slow / max(fast, 1e-6)
            print(f"{query.name:36} rdflib {slow * 1000:8.1f} ms   store {fast * 1000:7.1f} ms   {ratio:6.1f} times")


def _rows(graph: rdflib.Graph, text: str) -> list[object]:
    return list(graph.query(text, initNs=PREFIXES))
