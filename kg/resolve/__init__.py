"""resolve: local entities to global ones, with the reason and score of each join; persons' judgements win.

Articles are read in the order of their dates, those of one day (and all without a date) together. `reading` tells how an entity finds
its node, `people` and `bodies` when two names are one. Every name is looked up, no pair is tried, so that cost is near linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kg import iri
from kg.data import Folder, bundled
from kg.gazetteer import Gazetteer
from kg.model import ArticleGraph, Judgement, Resolution
from kg.ontology import Ontology
from kg.resolve.entities import Maker
from kg.resolve.events import same_events
from kg.resolve.judged import Judged
from kg.resolve.lexicon import Lexicon
from kg.resolve.reading import PROGRAM, Reading
from kg.resolve.view import View

__all__ = ["PROGRAM", "Resolved", "resolve", "resolved"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """`calls`: joins that were refused though something spoke for them. `stale` and `within`: see `judged.Judged`."""

    resolution: Resolution
    calls: tuple[Judgement, ...]
    stale: tuple[Judgement, ...]
    within: tuple[Judgement, ...]


def resolve(
    graphs: Sequence[ArticleGraph],
    judgements: Sequence[Judgement],
    ontology: Ontology,
    base: str,
    gazetteer: Gazetteer | None = None,
    folder: Folder | None = None,
) -> Resolution:
    """The global entities of a build. The same graphs in any order give the same entities."""
    return resolved(graphs, judgements, ontology, base, gazetteer, folder).resolution


def resolved(
    graphs: Sequence[ArticleGraph],
    judgements: Sequence[Judgement],
    ontology: Ontology,
    base: str,
    gazetteer: Gazetteer | None = None,
    folder: Folder | None = None,
) -> Resolved:
    """The resolution with what a person should look at."""
    lexicon = Lexicon.load(folder or bundled())
    views = [View.of(graph, base, lexicon, gazetteer) for graph in graphs]
    order = sorted(range(len(views)), key=lambda a: (views[a].date or "9999", views[a].iri))
    judged = Judged.of(judgements, views)
    reading = Reading(views, ontology, lexicon, gazetteer, judged)
    for _, day in groupby(order, key=lambda a: views[a].date or "9999"):
        reading.read(list(day))
    rank = {a: n for n, a in enumerate(order)}
    entities, of = Maker(views, rank, reading.nodes, ontology, base, gazetteer).entities()
    known = _known(judgements, judged, graphs, base)
    events = same_events(graphs, of, base)
    resolution = Resolution(entities, of, (*known, *reading.joins, *events))
    return Resolved(resolution, tuple(reading.calls), _stale(judgements, known), judged.within)


def _known(
    judgements: Sequence[Judgement], judged: Judged, graphs: Sequence[ArticleGraph], base: str
) -> tuple[Judgement, ...]:
    """Judgements on what is still there."""
    if not judgements:
        return ()
    statements = {
        name
        for graph in graphs
        for name in iri.statements(
            iri.article(base, graph.annotated.article), (*graph.statements, *(one.statement for one in graph.set_apart))
        )
    }
    return tuple(
        one
        for one in judgements
        if (one.left in statements if one.verdict in ("accept", "reject") else one not in judged.stale)
    )


def _stale(judgements: Sequence[Judgement], known: Sequence[Judgement]) -> tuple[Judgement, ...]:
    return tuple(one for one in judgements if one not in known)
