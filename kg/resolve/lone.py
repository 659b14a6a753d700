"""Entities that nobody could name: pronouns left open, of which nothing is said either. They are no entities of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import ArticleGraph, Ref, Statement


def lone_pronouns(graph: ArticleGraph) -> frozenset[int]:
    """The entities whose mentions are pronouns alone, without those that a statement, an event or another entity refers to."""
    mentions = graph.annotated.mentions
    lone = {
        e
        for e, entity in enumerate(graph.entities)
        if entity.mentions and all(mentions[m].kind == "pronoun" for m in entity.mentions)
    }
    return frozenset(lone - set(_referred(graph)))


def _referred(graph: ArticleGraph) -> Iterator[int]:
    for statement in (*graph.statements, *(one.statement for one in graph.set_apart)):
        yield from _of_statement(statement)
    for event in graph.events:
        yield from _entities((*(filler.ref for filler in event.roles), event.place))
    yield from (entity.affiliation for entity in graph.entities if entity.affiliation is not None)


def _of_statement(statement: Statement) -> Iterator[int]:
    counted = statement.claim.counted if statement.claim else None
    fillers = (filler.ref for filler in statement.roles)
    yield from _entities((statement.subject, statement.object, counted, statement.place, *fillers))
    yield from (source.entity for source in statement.chain if source.entity is not None)


def _entities(values: Iterable[object]) -> Iterator[int]:
    return (value.entity for value in values if isinstance(value, Ref))
