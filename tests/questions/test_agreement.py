"""Each ready question, asked of the example articles' graph in four engines: the same rows in all.

rdflib's own engine, the store (Oxigraph), `kg serve` over HTTP, and Virtuoso after `kg load`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from kg.load import Target, load
from kg.prefixes import PREFIXES
from kg.query import queries
from kg.store import open_store
from tests.questions.virtuoso import Virtuoso, needed, virtuoso
from tests.serve.running import running

ALL = {one.name: one.text for one in queries()}
Row = tuple[str, ...]
GRAPH = "urn:x-newskg:examples"


def row(cells: Iterable[object]) -> Row:
    """As texts; an rdflib term is its text, a term of pyoxigraph has it."""
    return tuple(_text(cell) for cell in cells)


def _text(cell: object) -> str:
    return (
        ""
        if cell is None
        else str(cell)
        if isinstance(cell, rdflib.term.Identifier)
        else str(getattr(cell, "value", cell))
    )


@pytest.fixture(scope="module")
def store(example_build: Path) -> ox.Store:
    return open_store(example_build)


@pytest.fixture(scope="module")
def answers(store: ox.Store) -> dict[str, list[Row]]:
    """Of the store, in its order."""
    found = {name: store.query(text, prefixes=PREFIXES) for name, text in ALL.items()}
    return {name: [row(one) for one in rows] for name, rows in found.items() if isinstance(rows, ox.QuerySolutions)}


@pytest.fixture(scope="module")
def memory(store: ox.Store) -> rdflib.Graph:
    text = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module")
def client(example_build: Path) -> Iterator[httpx.Client]:
    with running(example_build) as found:
        yield found


@pytest.fixture(scope="module")
def server(example_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
        load(example_build, Target(found.update, graph=GRAPH))
        yield found


@pytest.mark.parametrize("name", ALL)
def test_rdflib(name: str, answers: dict[str, list[Row]], memory: rdflib.Graph) -> None:
    result = memory.query(ALL[name], initNs=PREFIXES)
    found = [row(one.get(variable) for variable in result.vars or ()) for one in result.bindings if one]
    assert sorted(found) == sorted(answers[name])


@pytest.mark.parametrize("name", ALL)
def test_kg_serve(name: str, answers: dict[str, list[Row]], client: httpx.Client) -> None:
    reply = client.post("/sparql", data={"query": ALL[name]}, headers={"Accept": "application/sparql-results+xml"})
    found = ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    assert [row(one) for one in found] == answers[name]


@needed
@pytest.mark.parametrize("name", ALL)
def test_virtuoso(name: str, answers: dict[str, list[Row]], server: Virtuoso) -> None:
    assert sorted(server.rows(ALL[name], GRAPH)) == sorted(answers[name])
