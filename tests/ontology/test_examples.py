"""Each relation's example sentence, through the real pipeline, gives the triple that the ontology says it must."""

from __future__ import annotations

import pytest

from kg.data import bundled
from kg.model import ArticleGraph, EventRef, Literal_, Ref
from kg.ontology import Ontology
from kg.pipeline import extract_text

ONTOLOGY = Ontology.load(bundled())
NOT_BY_WORDINGS = {"relatedTo"}  # open relations: off unless asked for
EXAMPLES = sorted((name, r.example, r.triples) for name, r in ONTOLOGY.relations.items() if name not in NOT_BY_WORDINGS)


def words(graph: ArticleGraph, end: Ref | EventRef | Literal_) -> str:
    """All that an end of a statement is called: its words here and its entity's label."""
    here = end.span.of(graph.annotated.article.text)
    return f"{here}\n{graph.entities[end.entity].label}" if isinstance(end, Ref) else here


def said(graph: ArticleGraph) -> list[tuple[str, str, str]]:
    return [(words(graph, s.subject), s.predicate, words(graph, s.object)) for s in graph.statements]


@pytest.mark.parametrize(("name", "sentence", "triples"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
def test_an_example_gives_its_triples(name: str, sentence: str, triples: tuple[tuple[str, str, str], ...]) -> None:
    found = said(extract_text(sentence, "2024-06-10"))
    for subject, predicate, target in triples:
        assert any(p == predicate and subject in s and target in o for s, p, o in found), found


def test_every_example_is_of_its_own_relation() -> None:
    strangers = [name for name, _, triples in EXAMPLES if name not in {predicate for _, predicate, _ in triples}]
    assert strangers == []
