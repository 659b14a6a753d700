"""The store as readers meet it: whole, read-only, replaced under their feet without their noticing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import open_graph
from kg.data import bundled
from kg.rdf import ontology_triples, triples
from kg.store import NoStore, build_store, open_store, store_path
from tests.rdf import sample
from tests.rdf.sample import term


def sample_triples() -> Iterator[ox.Triple]:
    return triples(sample.findings())


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build_store(folder, sample_triples())
    return folder


def one(name: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(f"urn:{name}"), term("rdfs:label"), ox.Literal(name))


def test_store_holds_the_build_and_the_ontology(build: Path) -> None:
    found = {quad.triple for quad in open_store(build)}
    assert found == {*sample_triples(), *ontology_triples(bundled())}


def test_everything_is_in_the_default_graph(build: Path) -> None:
    assert list(open_store(build).named_graphs()) == []


def test_open_graph_is_an_rdflib_graph_with_prefixes(build: Path) -> None:
    graph = open_graph(build)
    rows = list(graph.query("SELECT ?n { ?a nk:met/rdfs:label ?n } ORDER BY ?n"))
    assert [str(row[0]) for row in rows] == ["Ana Duarte", "Jonas Keller"]  # type: ignore[index]
    assert len(graph) == len(open_store(build))
    assert next(graph.objects(None, None)) is not None


def test_nobody_changes_it(build: Path) -> None:
    graph = open_graph(str(build))
    triple = next(iter(graph))
    with pytest.raises(RuntimeError):
        graph.remove(triple)
    with pytest.raises((RuntimeError, OSError)):
        graph.update("CLEAR ALL")
    assert triple in graph


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    build_store(tmp_path, [one("old")])
    reader = open_store(tmp_path)
    build_store(tmp_path, [one("new")])
    assert ox.Quad(ox.NamedNode("urn:old"), term("rdfs:label"), ox.Literal("old")) in set(reader)
    labels = {quad.object for quad in open_store(tmp_path).quads_for_pattern(ox.NamedNode("urn:new"), None, None)}
    assert labels == {ox.Literal("new")}


def test_old_stores_are_cleared_away(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        build_store(tmp_path, [one(name)])
    assert len([path for path in (tmp_path / "store").iterdir() if path.is_dir()]) == 2


def test_a_build_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[ox.Triple]:
        yield one("half")
        raise ValueError("broken")

    build_store(tmp_path, [one("whole")])
    before = store_path(tmp_path)
    with pytest.raises(ValueError, match="broken"):
        build_store(tmp_path, broken())
    assert store_path(tmp_path) == before
    build_store(tmp_path, [one("again")])
    assert list(open_store(tmp_path).quads_for_pattern(ox.NamedNode("urn:half"), None, None)) == []


def test_no_store_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="kg build"):
        open_graph(tmp_path)


@pytest.mark.parametrize("text", ["", "\0\0", "9"])
def test_a_store_whose_name_was_lost_is_none(text: str, tmp_path: Path) -> None:
    build_store(tmp_path, [one("a")])
    (tmp_path / "store" / "current").write_text(text)
    with pytest.raises(NoStore, match="kg build"):
        open_store(tmp_path)
    build_store(tmp_path, [one("b")])
    assert ox.Literal("b") in {quad.object for quad in open_store(tmp_path)}


def test_symmetric_properties_are_marked_in_the_store(build: Path) -> None:
    assert set(open_store(build).quads_for_pattern(term("nk:met"), term("nk:symmetric"), None))


def test_a_graph_in_memory_is_the_same_and_may_be_changed(build: Path) -> None:
    ours, copy = open_graph(build), open_graph(build, in_memory=True)
    assert len(copy) == len(ours)
    query = "SELECT ?a ?b { ?a nk:met ?b } ORDER BY ?a"
    assert copy.query(query).bindings == ours.query(query).bindings != []
    copy.remove((None, None, None))
    assert (len(copy), len(open_graph(build))) == (0, len(ours))
