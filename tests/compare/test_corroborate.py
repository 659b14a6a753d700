"""Corroboration: independent articles, outlets and sources behind a triple; copies and rejected statements do not count."""

from __future__ import annotations

from dataclasses import replace

from kg.corroborate import Support, corroboration
from kg.data import bundled
from kg.model import ArticleGraph, Copy, Judgement, Ref, Source, Span, Statement
from kg.names import Names
from kg.ontology import Ontology
from kg.resolve import resolve
from tests.resolve.made import One, graph

ONTOLOGY = Ontology.load(bundled())
PAIR = [One("Person", "Mara Quist"), One("Person", "Jan Novak")]
POLICE = One("Organization", "Bergen Harbour Police")


def told(n: int, outlet: str, police: bool = False) -> ArticleGraph:
    one = graph(f"{n}.txt", f"2024-01-0{n + 1}", [*PAIR, POLICE])
    article = replace(one.annotated.article, publisher=outlet)
    span = Span(0, 10)
    chain = (Source(0, 2, "police", span, span, "said", "neutral", 0),) if police else ()
    said = Statement(
        "relation",
        "thanked",
        Ref(0, span),
        Ref(1, Span(11, 20)),
        None,
        span,
        "positive",
        "certain",
        "past",
        chain,
        asserted=True,
    )
    return replace(one, annotated=replace(one.annotated, article=article), statements=(said,))


def support(graphs: list[ArticleGraph], *copies: Copy, judgements: tuple[Judgement, ...] = ()) -> Support | None:
    names = Names.of(graphs, resolve(graphs, judgements, ONTOLOGY, "urn:x/"), ONTOLOGY, "urn:x/")
    found = list(corroboration(names, copies).values())
    return found[0] if found else None


def counts(found: Support | None) -> tuple[int, int, int, int]:
    assert found is not None
    return len(found.articles), len(found.outlets), len(found.sources), found.copies


def test_independent_articles_count() -> None:
    assert counts(support([told(0, "A"), told(1, "B"), told(2, "B")])) == (3, 2, 2, 0)


def test_one_source_behind_two_outlets_is_one_source() -> None:
    assert counts(support([told(0, "A", police=True), told(1, "B", police=True)])) == (2, 2, 1, 0)


def test_copies_are_folded_into_the_oldest() -> None:
    graphs = [told(0, "A"), told(1, "B"), told(2, "C"), told(3, "D")]
    found = support(graphs, Copy(1, 2, 1.0, "copy"), Copy(0, 2, 0.8, "copy"))
    assert counts(found) == (2, 2, 2, 2)
    assert found is not None
    assert all("/0-" in iri or "/3-" in iri for iri in found.articles)


def test_rejected_statements_support_nothing() -> None:
    graphs = [told(0, "A")]
    names = Names.of(graphs, resolve(graphs, (), ONTOLOGY, "urn:x/"), ONTOLOGY, "urn:x/")
    reject = Judgement("reject", names.articles[0].statements[0], None, "ann")
    assert support(graphs, judgements=(reject,)) is None
