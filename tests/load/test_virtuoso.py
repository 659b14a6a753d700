"""Loading into a second real engine, Virtuoso, by its update and by its graph store endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.load import LoadError, Target, load
from kg.store import build_store, open_store
from tests.questions.virtuoso import Virtuoso, needed, virtuoso
from tests.store.test_store import sample_triples

pytestmark = needed
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build_store(folder, sample_triples())
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
        yield found


@pytest.mark.parametrize("via", ["update", "store"])
def test_holds_the_same_graph(build: Path, server: Virtuoso, via: str) -> None:
    graph = f"urn:x-newskg:{via}"
    target = Target(getattr(server, via), via, graph)  # type: ignore[arg-type]
    total = len(open_store(build))
    assert load(build, target) == total
    ours = {tuple(str(getattr(term, "value", term)) for term in quad.triple) for quad in open_store(build)}
    assert set(server.rows(ALL, graph)) == ours
    assert load(build, target) == total  # again: a graph is a set
    assert len(server.rows(ALL, graph)) == total


def test_what_it_refuses_is_told(build: Path, server: Virtuoso) -> None:
    with pytest.raises(LoadError, match="answered 4"):
        load(build, Target(server.update + "?default-graph-uri=no iri".replace(" ", "%20"), graph="no iri"))
