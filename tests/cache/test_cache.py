"""What is kept of an article comes back as it was; what is damaged counts as not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cache import Cache, packed, unpacked
from kg.model import Annotated, ArticleGraph, EventRef, Literal_, Ref, Statement
from kg.pipeline import extract_text

TEXT = (
    "Ana Duarte denied that the mayor of Lisbon had met Otto Krone in May 2024. "
    "“Nobody was hurt,” Duarte said. At least 300 people marched in Porto, police said."
)


@pytest.fixture(scope="module")
def graph() -> ArticleGraph:
    return extract_text(TEXT, "2024-06-01")


def test_a_graph_comes_back_as_it_was(graph: ArticleGraph) -> None:
    assert {type(one.object) for one in graph.statements} >= {Ref, Literal_}
    back = unpacked(packed(graph), ArticleGraph)
    assert back == graph
    assert {type(one) for one in back.statements} == {Statement}
    assert unpacked(packed(graph.annotated), Annotated) == graph.annotated


def test_each_kind_of_object_is_told_apart(graph: ArticleGraph) -> None:
    from dataclasses import replace

    first = graph.statements[0]
    for one in (Ref(1, first.evidence), EventRef(0, first.evidence), Literal_("5", "decimal", first.evidence)):
        changed = replace(graph, statements=(replace(first, object=one),))
        assert unpacked(packed(changed), ArticleGraph).statements[0].object == one


def test_the_values_keep_their_own_types(graph: ArticleGraph) -> None:
    unpacked(packed(graph), ArticleGraph)
    assert Statement.__annotations__["object"] == "Ref | EventRef | Literal_"


@pytest.mark.parametrize("damage", [b"", b"no zlib", packed.__name__.encode() * 40])
def test_a_damaged_file_counts_as_none(damage: bytes, tmp_path: Path, graph: ArticleGraph) -> None:
    store = Cache(tmp_path)
    store.save("graph", "ab12", graph)
    assert store.load("graph", "ab12", ArticleGraph) == graph
    store.path("graph", "ab12").write_bytes(damage)
    assert store.load("graph", "ab12", ArticleGraph) is None


def test_a_value_cut_short_counts_as_none(tmp_path: Path, graph: ArticleGraph) -> None:
    store = Cache(tmp_path)
    store.save("graph", "ab12", graph)
    path = store.path("graph", "ab12")
    path.write_bytes(path.read_bytes()[:-5])
    assert store.load("graph", "ab12", ArticleGraph) is None


def test_a_value_of_another_kind_counts_as_none(tmp_path: Path, graph: ArticleGraph) -> None:
    store = Cache(tmp_path)
    store.save("graph", "ab12", graph.annotated)
    assert store.load("graph", "ab12", ArticleGraph) is None


def test_what_no_article_uses_is_removed(tmp_path: Path, graph: ArticleGraph) -> None:
    store = Cache(tmp_path)
    store.save("graph", "ab12", graph)
    store.save("graph", "cd34", graph)
    store.prune("graph", ["cd34"])
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["cd34"]
