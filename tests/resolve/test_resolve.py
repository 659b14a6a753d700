"""Resolution across articles: who is one, who is not, whatever the order; persons' judgements win and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import iri
from kg.model import Article, ArticleGraph, GlobalEntity, Judgement, Resolution
from kg.pipeline import Options, Worker
from kg.resolve import resolve
from kg.resolve.judgements import JudgementError, read_judgements

TEXTS = [
    ("2024-01-03", "Volodymyr Zelenskyy met Emmanuel Macron in Paris. French soldiers stood guard."),
    ("2024-01-05", "President Volodymyr Zelensky thanked Macron. About 20 French soldiers left Kyiv."),
    ("2024-01-04", "The International Atomic Energy Agency (IAEA) inspected the plant. John Smith watched."),
    ("2024-01-06", "The IAEA praised John Smith. Smith smiled. A witness wept."),
    ("2024-01-07", "Mary Smith sued Smith. A witness wept in Kyiv."),
]
BASE = "urn:test/"
WORKER = Worker(Options())
GRAPHS: list[ArticleGraph] = [
    WORKER.graph(annotated)
    for annotated in WORKER.annotator.annotate(
        [Article(f"{n}.txt", text, published=day) for n, (day, text) in enumerate(TEXTS)]
    )
]


def run(graphs: Sequence[ArticleGraph], judgements: Sequence[Judgement] = ()) -> Resolution:
    return resolve(graphs, judgements, WORKER.ontology, BASE, WORKER.gazetteer)


def named(found: Resolution, label: str) -> list[GlobalEntity]:
    return [entity for entity in found.entities if label in (entity.label, *entity.aliases)]


def test_spellings_and_last_names_are_one_person() -> None:
    found = run(GRAPHS)
    assert len(named(found, "Volodymyr Zelensky")) == 1
    assert len(named(found, "Macron")) == 1
    assert len(named(found, "IAEA")) == 1


def test_a_group_is_one_node_over_all_articles() -> None:
    groups = [entity for entity in run(GRAPHS).entities if entity.label == "French soldiers"]
    assert len(groups) == 1
    assert len({article for article, _ in groups[0].members}) == 2


def test_unnamed_people_belong_to_their_article() -> None:
    witnesses = [entity for entity in run(GRAPHS).entities if entity.label == "witness"]
    assert len(witnesses) == 2


def test_two_people_of_one_last_name_stay_two() -> None:
    found = run(GRAPHS)
    assert named(found, "John Smith") != named(found, "Mary Smith")
    assert all("Mary Smith" not in entity.aliases for entity in named(found, "John Smith"))


def shape(found: Resolution, graphs: Sequence[ArticleGraph]) -> set[tuple[str, str, frozenset[tuple[str, int]]]]:
    sources = [graph.annotated.article.source for graph in graphs]
    return {(e.iri, e.label, frozenset((sources[a], n) for a, n in e.members)) for e in found.entities}


@settings(max_examples=30, deadline=None)
@given(st.permutations(GRAPHS))
def test_the_order_of_articles_makes_no_difference(graphs: list[ArticleGraph]) -> None:
    assert shape(run(graphs), graphs) == shape(run(GRAPHS), GRAPHS)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, len(GRAPHS)))
def test_newer_articles_move_no_iri(count: int) -> None:
    ordered = sorted(GRAPHS, key=lambda graph: graph.annotated.article.published or "")
    before = run(ordered[:count])
    after = run(ordered)
    for entity in before.entities:
        assert after.entities[after.of[entity.members[0]]].iri == entity.iri


def mention(article: int, words: str) -> str:
    annotated = GRAPHS[article].annotated
    one = next(m for m in annotated.mentions if m.span.of(annotated.article.text) == words)
    return iri.mention(iri.article(BASE, annotated.article), one.span)


def test_persons_win_and_can_take_it_back() -> None:
    apart = Judgement("different", mention(0, "Volodymyr Zelenskyy"), mention(1, "Volodymyr Zelensky"), "ann")
    same = Judgement("same", mention(3, "A witness"), mention(4, "A witness"), "ann")
    judged = run(GRAPHS, [apart, same])
    assert len([e for e in judged.entities if "Zelensk" in e.label]) == 2
    assert len([e for e in judged.entities if e.label == "witness"]) == 1
    assert run(GRAPHS) == run(GRAPHS, [])


def test_contradictory_rows_are_named(tmp_path: Path) -> None:
    rows = "verdict,left,right,left_text,right_text,by,date,note\nsame,a,b,,,x,,\nsame,b,c,,,x,,\ndifferent,a,c,,,y,,\n"
    (tmp_path / "judgements.csv").write_text(rows)
    with pytest.raises(JudgementError, match="lines 2, 3, 4"):
        read_judgements(tmp_path / "judgements.csv")


def test_a_faulty_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "judgements.csv").write_text("verdict,left,right\nmaybe,a,b\nsame,a,\n")
    with pytest.raises(JudgementError, match=r"(?s):2: verdict 'maybe'.*:3: same needs right"):
        read_judgements(tmp_path / "judgements.csv")
