"""A person parts what coreference joined: mentions, statements and later articles follow; without the row all is as before."""

from __future__ import annotations

from dataclasses import replace

from kg import iri
from kg.data import bundled
from kg.model import ArticleGraph, Judgement, Link, Ref, Span, Statement
from kg.ontology import Ontology
from kg.resolve import resolved
from kg.resolve.splits import split
from tests.resolve.made import One, graph

ONTOLOGY = Ontology.load(bundled())
BASE = "urn:test/"


def joined() -> ArticleGraph:
    """Mara Quist and Mara Holm, wrongly one; "she" was joined to Holm, who thanked the other."""
    ones = [
        One("Person", "Mara Quist"),
        One("Person", "Mara Holm"),
        One("Person", "she"),
        One("Person", "Mara Quist"),
        One("Person", "Jan Novak"),
    ]
    made = graph("a.txt", "2024-03-01", ones)
    links = (Link(0, None, "first", 1.0), Link(1, 0, "head", 0.6), Link(2, 1, "pronoun", 0.7), Link(3, 0, "exact", 1.0))
    whole = replace(made.entities[0], mentions=(0, 1, 2, 3), links=links)
    other = replace(made.entities[4], mentions=(4,))
    spans = [mention.span for mention in made.annotated.mentions]
    said = tuple(
        Statement(
            "relation", "thanked", Ref(0, spans[m]), Ref(1, spans[4]), None, spans[m], "positive", "certain", "past"
        )
        for m in (0, 1, 2, 3)
    )
    return replace(
        made, annotated=replace(made.annotated, entities=(whole, other)), entities=(whole, other), statements=said
    )


def mention(one: ArticleGraph, number: int) -> str:
    return iri.mention(iri.article(BASE, one.annotated.article), one.annotated.mentions[number].span)


def row(left: int = 0, right: int = 1) -> Judgement:
    one = joined()
    return Judgement("different", mention(one, left), mention(one, right), "ann")


def test_mentions_and_statements_follow() -> None:
    (parted,) = split([joined()], [row()], BASE)
    assert [entity.mentions for entity in parted.entities] == [(0, 3), (4,), (1, 2)]
    assert [entity.label for entity in parted.entities] == ["Mara Quist", "Jan Novak", "Mara Holm"]
    assert [said.subject.entity for said in parted.statements] == [0, 2, 2, 0]
    assert {said.object.entity for said in parted.statements if isinstance(said.object, Ref)} == {1}


def test_either_may_be_named_first() -> None:
    (parted,) = split([joined()], [row(1, 0)], BASE)
    assert sorted(parted.entities[0].mentions + parted.entities[2].mentions) == [0, 1, 2, 3]
    assert {frozenset(entity.mentions) for entity in parted.entities} >= {frozenset((0, 3))}


def test_later_articles_follow() -> None:
    graphs = [*split([joined()], [row()], BASE), graph("b.txt", "2024-03-02", [One("Person", "Mara Holm")])]
    found = resolved(graphs, [row()], ONTOLOGY, BASE)
    assert found.resolution.of[1, 0] == found.resolution.of[0, 2] != found.resolution.of[0, 0]
    assert not found.within


def test_without_the_row_all_is_as_before() -> None:
    graphs = [joined()]
    assert split(graphs, (), BASE) == graphs
    assert split(graphs, [Judgement("different", mention(joined(), 0), "urn:other#char=0,1", "ann")], BASE) == graphs


def test_a_row_that_does_not_apply_is_told() -> None:
    found = resolved([joined()], [row()], ONTOLOGY, BASE)
    assert found.within == (row(),)
    assert Span(0, 10) == joined().annotated.mentions[0].span
