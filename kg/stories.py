"""stories: which articles tell of one story, so that "the dead" of one may be held against "the dead" of the other.

People who are only called "people" or "residents" belong to their article and have no name to meet by. They are comparable only where
the two articles speak of the same rare names, weighed as words are in retrieval, and lie near in time. Two articles that both resemble
a third one are no pair for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import log, sqrt

from kg.model import ArticleGraph, Resolution

ALIKE = 0.25  # cosine of the weighted names of two articles within DAYS; set by reading pairs of news-3k
DAYS = 7
ALIKE_LATER = 0.4  # and of two articles within LATER days
LATER = 60
SHARED = 2  # names that weigh RARE or more
RARE = 3.0
CORPUS = 1000  # a smaller build is weighed as if it were a part of so many articles: in four articles no name is common
KNOWN = {"Country": 60, "City": 4, "Region": 4}  # of so many, these many speak of any one country, city, region
COMMON = 0.1  # share of the articles from which on a name makes no candidates (at least TOLERATED articles)
TOLERATED = 12
UNTELLING = ("Role", "MediaOrganization")


@dataclass(frozen=True, slots=True)
class Stories:
    """For each article the number of its chain of stories (the first article of it), and the pairs that tell one story."""

    of: tuple[int, ...]
    pairs: frozenset[tuple[int, int]]

    def together(self, one: int, other: int) -> bool:
        return one == other or (min(one, other), max(one, other)) in self.pairs


def stories(graphs: Sequence[ArticleGraph], resolution: Resolution) -> Stories:
    weights = _weights(graphs, resolution)
    days = [_day(graph.annotated.article.published) for graph in graphs]
    pairs = frozenset(pair for pair in _candidates(weights, days) if _one_story(weights, days, *pair))
    return Stories(_chains(len(graphs), pairs), pairs)


def _chains(count: int, pairs: frozenset[tuple[int, int]]) -> tuple[int, ...]:
    parent = list(range(count))

    def root(a: int) -> int:
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        return a

    for left, right in sorted(pairs):
        first, later = sorted((root(left), root(right)))
        parent[later] = first
    return tuple(root(a) for a in range(count))


def _weights(graphs: Sequence[ArticleGraph], resolution: Resolution) -> list[dict[str, float]]:
    """For each article its names with their weight: how often it says them, and how few articles do."""
    said = [_names(graph, a, resolution) for a, graph in enumerate(graphs)]
    articles: dict[str, int] = defaultdict(int)
    for names in said:
        for name in names:
            articles[name] += 1
    corpus = max(CORPUS, len(graphs))
    return [
        {name: (1 + log(times)) * log(corpus / (articles[name] + known)) for name, (times, known) in names.items()}
        for names in said
    ]


def _names(graph: ArticleGraph, a: int, resolution: Resolution) -> dict[str, tuple[int, int]]:
    """Named entities by label: how often they are mentioned, and how many articles would name them anyway."""
    found: dict[str, tuple[int, int]] = {}
    for local, entity in enumerate(graph.entities):
        known = resolution.entities[resolution.of[a, local]]
        if known.named and entity.mentions and known.type not in UNTELLING:
            name = known.label.casefold()
            found[name] = found.get(name, (0, 0))[0] + len(entity.mentions), KNOWN.get(known.type, 0)
    return found


def _candidates(weights: Sequence[Mapping[str, float]], days: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Pairs that share a name that is not common, within the time that a story can take; undated articles last."""
    speaking: dict[str, list[int]] = defaultdict(list)
    for a in sorted(range(len(weights)), key=lambda a: (days[a] is None, days[a] or 0, a)):
        for name in weights[a]:
            speaking[name].append(a)
    found: set[tuple[int, int]] = set()
    for articles in speaking.values():
        if len(articles) > max(TOLERATED, COMMON * len(weights)):
            continue
        for one, other in combinations(articles, 2):
            if _apart(days, one, other) <= LATER:
                found.add((min(one, other), max(one, other)))
    yield from sorted(found)


def _one_story(weights: Sequence[Mapping[str, float]], days: Sequence[int | None], one: int, other: int) -> bool:
    left, right = weights[one], weights[other]
    shared = [left[name] * right[name] for name in left if name in right]
    rare = sum(1 for name in left if name in right and min(left[name], right[name]) >= RARE)
    if rare < SHARED:
        return False
    alike = sum(shared) / (_length(left) * _length(right))
    return alike >= (ALIKE if _apart(days, one, other) <= DAYS else ALIKE_LATER)


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _apart(days: Sequence[int | None], one: int, other: int) -> int:
    """Days between two articles; none where one has no date."""
    left, right = days[one], days[other]
    return abs(left - right) if left is not None and right is not None else 0


def _day(published: str | None) -> int | None:
    return date.fromisoformat(published).toordinal() if published else None
