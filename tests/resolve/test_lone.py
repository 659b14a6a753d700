"""Pronouns left open are no entities, unless something is said of them."""

from __future__ import annotations

from kg.model import Article
from kg.pipeline import Options, Worker
from kg.resolve import resolve
from kg.resolve.lone import lone_pronouns

WORKER = Worker(Options())
TEXT = "They cheered. It was late. She visited Norway on Monday. Greta Holm smiled and took her coat."


def test_only_what_is_said_of_somebody_keeps_a_pronoun() -> None:
    annotated = next(WORKER.annotator.annotate([Article("a.txt", TEXT, published="2024-01-03")]))
    graph = WORKER.graph(annotated)
    found = resolve([graph], [], WORKER.ontology, "urn:test/", WORKER.gazetteer)
    labels = {entity.label for entity in found.entities}
    assert {"Greta Holm", "Norway"} <= labels
    assert not labels & {"They", "It"}
    said = {s.statement.subject.entity for s in graph.set_apart} | {s.subject.entity for s in graph.statements}
    assert "She" in labels  # the visit, set apart, is hers
    for entity in lone_pronouns(graph):
        assert entity not in said
        assert (0, entity) not in found.of
