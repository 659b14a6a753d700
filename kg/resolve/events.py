"""Events of two articles that may be one: same class, same participants, no other time or place. Candidates, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg import iri
from kg.model import ArticleGraph, Event, Judgement, TimeRef
from kg.resolve.nodes import Local, near

PROGRAM = "newskg"
DAYS = 30  # between the articles of two events that tell no time
OFTEN = 60  # events of one class and pair from which on nothing tells which is which
LEAST = 0.6
PLACES = ("place", "destination", "origin")


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what it is known by: `who` fills roles, `where` places, both as numbers of global entities."""

    article: int
    iri: str
    type: str
    who: frozenset[tuple[str, int]]
    where: frozenset[int]
    time: TimeRef | None
    day: str | None


def same_events(graphs: Sequence[ArticleGraph], of: Mapping[Local, int], base: str) -> Iterator[Judgement]:
    """One judgement for each event and the likeliest one of each other article near in date."""
    shared: dict[tuple[str, frozenset[int]], list[Told]] = defaultdict(list)
    for told in _all(graphs, of, base):
        for pair in combinations(sorted({number for _, number in told.who}), 2):
            shared[told.type, frozenset(pair)].append(told)
    best: dict[tuple[str, int], tuple[float, str, Told]] = {}
    for told_ in shared.values():
        for left, right in combinations(sorted(told_, key=lambda t: (t.day or "9999", t.iri))[:OFTEN], 2):
            score, reason = alike(left, right) if left.article != right.article else (0.0, "")
            known = best.get((right.iri, left.article))
            if score >= LEAST and (known is None or (score, left.iri) > (known[0], known[2].iri)):
                best[right.iri, left.article] = (score, reason, left)
    for (right_iri, _), (score, reason, left) in sorted(best.items(), key=lambda item: (item[0][0], item[1][2].iri)):
        yield Judgement("same", left.iri, right_iri, PROGRAM, None, reason, round(score, 3))


def _all(graphs: Sequence[ArticleGraph], of: Mapping[Local, int], base: str) -> Iterator[Told]:
    for a, graph in enumerate(graphs):
        names = iri.events(iri.article(base, graph.annotated.article), graph.events)
        for name, event in zip(names, graph.events, strict=True):
            yield _told(a, graph, name, event, of)


def _told(a: int, graph: ArticleGraph, name: str, event: Event, of: Mapping[Local, int]) -> Told:
    filled = [(filler.role, of[a, filler.ref.entity]) for filler in event.roles]
    places = {number for role, number in filled if role in PLACES}
    return Told(
        article=a,
        iri=name,
        type=event.type,
        who=frozenset((role, number) for role, number in filled),
        where=frozenset(places | ({of[a, event.place.entity]} if event.place else set())),
        time=event.time,
        day=graph.annotated.article.published,
    )


def alike(left: Told, right: Told) -> tuple[float, str]:
    """How likely two events of two articles are one, and why; 0 where their time, place or participants contradict."""
    if not _times_meet(left, right) or (left.where and right.where and not left.where & right.where):
        return 0.0, ""
    common = left.who & right.who
    if len(common) < 2:
        return 0.0, ""
    share = len(common) / len(left.who | right.who)
    dated = 0.15 if left.time and right.time else 0.0
    placed = 0.1 if left.where & right.where else 0.0
    return min(0.95, 0.45 + 0.3 * share + dated + placed), _reason(len(common), dated, placed)


def _reason(common: int, dated: float, placed: float) -> str:
    signs = ["same time"] * bool(dated) + ["same place"] * bool(placed)
    return ", ".join([f"same class, {common} participants in the same roles", *signs])


def _times_meet(left: Told, right: Told) -> bool:
    if left.time and right.time:
        one, other = left.time, right.time
        return (one.start or "") <= (other.end or "9") and (other.start or "") <= (one.end or "9")
    return near(left.day, right.day, DAYS)
