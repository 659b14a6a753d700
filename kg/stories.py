"""stories: which articles tell of one story, so that "the dead" of one may be held against "the dead" of the other.

People who are only called "people" or "residents" belong to their article and have no name to meet by. They are comparable only where
the articles speak of the same named people, bodies and places within a week.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from kg.model import ArticleGraph, Resolution

SHARED = 2  # named entities, countries not counted, or
SHARED_PLACES = 2  # cities and other places alone: two stories seldom have two towns in common
DAYS = 7  # between the articles; with 3 and 45, chains of news-3k ran through 71 articles
COMMON = 0.1  # share of the articles from which on an entity tells no story (at least TOLERATED articles)
TOLERATED = 12
PLACES = ("City", "Region", "Facility")


def stories(graphs: Sequence[ArticleGraph], resolution: Resolution) -> list[int]:
    """For each article the number of its story: the first article that tells it."""
    parent = list(range(len(graphs)))

    def root(a: int) -> int:
        while parent[a] != a:
            a = parent[a]
        return a

    for left, right in _pairs(graphs, resolution):
        first, later = sorted((root(left), root(right)))
        parent[later] = first
    return [root(a) for a in range(len(graphs))]


def _pairs(graphs: Sequence[ArticleGraph], resolution: Resolution) -> Iterator[tuple[int, int]]:
    shared: Counter[tuple[int, int]] = Counter()
    places: Counter[tuple[int, int]] = Counter()
    for entity, articles in sorted(_speaking_of(graphs, resolution).items()):
        if len(articles) > max(TOLERATED, COMMON * len(graphs)):
            continue
        for pair in combinations(sorted(articles), 2):
            shared[pair] += 1
            places[pair] += resolution.entities[entity].type in PLACES
    for pair in sorted(shared):
        if (shared[pair] >= SHARED or places[pair] >= SHARED_PLACES) and _near(graphs, *pair):
            yield pair


def _speaking_of(graphs: Sequence[ArticleGraph], resolution: Resolution) -> dict[int, set[int]]:
    """Articles by global entity, for the named ones that are no countries, posts or news agencies."""
    found: dict[int, set[int]] = defaultdict(set)
    for (a, _), number in resolution.of.items():
        entity = resolution.entities[number]
        if entity.named and entity.type not in ("Country", "Role", "MediaOrganization"):
            found[number].add(a)
    return found


def _near(graphs: Sequence[ArticleGraph], left: int, right: int) -> bool:
    days = [graphs[a].annotated.article.published for a in (left, right)]
    if not all(days):
        return True
    return abs((date.fromisoformat(str(days[0])) - date.fromisoformat(str(days[1]))).days) <= DAYS
