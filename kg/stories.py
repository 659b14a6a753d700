"""stories: which articles tell of one story, so that "the dead" of one may be held against "the dead" of the other.

People who are only called "people" or "residents" belong to their article and have no name to meet by. They are comparable only where
the two articles speak of the same rare names, weighed as words are in retrieval, and lie near in time. Two articles that both resemble
a third one are no pair for that.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from math import log, sqrt
from typing import Any, NamedTuple

from kg.data import bundled
from kg.model import ArticleGraph, Resolution

DAYS = 7
LATER = 60


class Enough(NamedTuple):
    """From which cosine of their weighted names on two articles tell one story: within DAYS, and within LATER days."""

    near: float
    later: float


# Set by reading pairs of news-3k; less is enough where both are about one occasion, and in a build of a handful of articles, which
# somebody has put together for what they tell.
ALIKE = Enough(0.2, 0.35)
ABOUT_ONE = Enough(0.15, 0.25)
HANDFUL = 30
HANDFUL_ALIKE = Enough(0.15, 0.25)
HANDFUL_ABOUT_ONE = Enough(0.07, 0.14)
AKIN = 0.12  # from here on people of one country may be held against each other ("the French soldiers")
# Names that weigh RARE or more; within DAYS one is enough on one occasion (a flood, a march) and in a handful.
SHARED = 2
ABOUT = 2  # words for an occasion from which on an article is about it, one in so many words in a short one
SHORT = 150
LEAD = 50  # words: what an article opens with it is about
RARE = 2.6
SMALL = 12  # articles of a chain of stories that is taken for one story: in a large collection long chains run from story to story
CORPUS = 1000  # a smaller build is weighed as if it were a part of so many articles: in four articles no name is common
# Of so many, these many speak of any one country, city, region or occasion.
KNOWN = {"Country": 60, "City": 4, "Region": 4}
OCCASION = 60
COMMON = 0.1  # share of the articles from which on a name makes no candidates (at least TOLERATED articles)
TOLERATED = 12
MARK = "about "  # before an occasion, which is no name
UNTELLING = ("Role", "MediaOrganization")


@dataclass(frozen=True, slots=True)
class Stories:
    """For each article the number of its chain of stories (the first article of it), and the pairs that tell one story."""

    of: tuple[int, ...]
    pairs: frozenset[tuple[int, int]]
    akin_pairs: frozenset[tuple[int, int]] = frozenset()  # less alike, `pairs` among them
    days: tuple[int | None, ...] = ()  # of publication

    def together(self, one: int, other: int) -> bool:
        return one == other or (min(one, other), max(one, other)) in self.pairs

    def within_days(self, one: int, other: int) -> bool:
        return _apart(self.days, one, other) <= DAYS

    def akin(self, one: int, other: int) -> bool:
        return one == other or (min(one, other), max(one, other)) in self.akin_pairs


def stories(graphs: Sequence[ArticleGraph], resolution: Resolution) -> Stories:
    weights = _weights(graphs, resolution)
    days = [_day(graph.annotated.article.published) for graph in graphs]
    likeness = {pair: _alike(weights, days, *pair) for pair in _candidates(weights, days)}
    pairs = frozenset(pair for pair, alike in likeness.items() if alike >= _enough(weights, days, *pair))
    pairs |= frozenset(_closing(weights, days, pairs))
    pairs |= frozenset(_small(weights, days, _chains(len(graphs), pairs)))
    akin = frozenset(p for p, alike in likeness.items() if alike >= AKIN) | pairs
    return Stories(_chains(len(graphs), pairs), pairs, akin, tuple(days))


def _closing(
    weights: Sequence[Mapping[str, float]], days: Sequence[int | None], pairs: frozenset[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Two articles of one week that both tell the story of a third and share a rare name: short ones have few names to share."""
    beside: dict[int, list[int]] = defaultdict(list)
    for left, right in sorted(pairs):
        beside[left].append(right)
        beside[right].append(left)
    for middle in sorted(beside):
        for one, other in combinations(sorted(beside[middle]), 2):
            near = max(_apart(days, one, other), _apart(days, one, middle), _apart(days, other, middle)) <= DAYS
            if near and _rare(weights, one, other):
                yield one, other


def _small(
    weights: Sequence[Mapping[str, float]], days: Sequence[int | None], chains: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The articles of a small chain tell one story, within the time that a story can take and if they share a rare name."""
    members: dict[int, list[int]] = defaultdict(list)
    for a, chain in enumerate(chains):
        members[chain].append(a)
    for chain in sorted(members):
        if len(members[chain]) <= SMALL:
            for one, other in combinations(members[chain], 2):
                if _apart(days, one, other) <= (LATER if _rare(weights, one, other) else DAYS):
                    yield one, other


def _rare(weights: Sequence[Mapping[str, float]], one: int, other: int) -> int:
    """How many rare names two articles share."""
    left, right = weights[one], weights[other]
    return sum(1 for name in left if not name.startswith(MARK) and min(left[name], right.get(name, 0.0)) >= RARE)


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
    said = [{**_names(graph, a, resolution), **_occasions(graph)} for a, graph in enumerate(graphs)]
    articles = Counter(name for names in said for name in names)
    corpus = max(CORPUS, len(graphs))
    return [
        {name: (1 + log(times)) * log(corpus / (articles[name] + known)) for name, (times, known) in names.items()}
        for names in said
    ]


def _names(graph: ArticleGraph, a: int, resolution: Resolution) -> dict[str, tuple[int, int]]:
    """Named entities by label: how often they are mentioned, and how many articles would name them anyway."""
    found: dict[str, tuple[int, int]] = {}
    for local, entity in enumerate(graph.entities):
        number = resolution.of.get((a, local))  # pronouns left open have none
        known = None if number is None else resolution.entities[number]
        if known and known.named and entity.mentions and known.type not in UNTELLING:
            name = _plain(known.label) if known.type in KNOWN else known.label.casefold()
            found[name] = found.get(name, (0, 0))[0] + len(entity.mentions), KNOWN.get(known.type, 0)
    return found


def _plain(place: str) -> str:
    """
    >>> _plain("Kent County"), _plain("the Odesa region")
    ('kent', 'odesa')
    """
    return _around().sub("", place.casefold())


@cache
def _around() -> re.Pattern[str]:
    """What stands around the name of a place and is no part of it."""
    return re.compile(rf"^the | (?:{'|'.join(_lexicon()['places'])})$")


def _occasions(graph: ArticleGraph) -> dict[str, tuple[int, int]]:
    """What an article is about: occasions by how many words speak of them."""
    words = re.findall(r"[a-z-]+", graph.annotated.article.text.casefold())
    found = Counter(occasion for word in words if (occasion := occasions().get(word)))
    leading = {occasions().get(word) for word in words[:LEAD]}
    enough = min(ABOUT, len(words) / SHORT)
    return {
        f"{MARK}{occasion}": (times, OCCASION)
        for occasion, times in found.items()
        if times >= enough or occasion in leading
    }


@cache
def occasions() -> dict[str, str]:
    """The occasion that a word speaks of."""
    return {word: occasion for occasion, words in _lexicon()["occasions"].items() for word in words}


@cache
def _lexicon() -> Any:
    return bundled().yaml("lexicon/occasions.yaml")


def _candidates(weights: Sequence[Mapping[str, float]], days: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Pairs that share a name that is not common, within the time that a story can take; undated articles last."""
    speaking: dict[str, list[int]] = defaultdict(list)
    for a in sorted(range(len(weights)), key=lambda a: (days[a] is None, days[a] or 0, a)):
        for name in weights[a]:
            if not name.startswith(MARK):
                speaking[name].append(a)
    found: set[tuple[int, int]] = set()
    for articles in speaking.values():
        if len(articles) > max(TOLERATED, COMMON * len(weights)):
            continue
        for one, other in combinations(articles, 2):
            if _apart(days, one, other) <= LATER:
                found.add((min(one, other), max(one, other)))
    yield from sorted(found)


def _alike(weights: Sequence[Mapping[str, float]], days: Sequence[int | None], one: int, other: int) -> float:
    """The cosine of two articles' names; 0 where they share too few that are rare."""
    left, right = weights[one], weights[other]
    shared = [name for name in left if name in right]
    rare = _rare(weights, one, other)
    likely = _occasion(weights, one, other) or len(weights) <= HANDFUL
    if rare < SHARED - (likely and _apart(days, one, other) <= DAYS):
        return 0.0
    return sum(left[name] * right[name] for name in shared) / (_length(left) * _length(right))


def _enough(weights: Sequence[Mapping[str, float]], days: Sequence[int | None], one: int, other: int) -> float:
    """How alike two articles that tell one story are."""
    alike, about_one = (HANDFUL_ALIKE, HANDFUL_ABOUT_ONE) if len(weights) <= HANDFUL else (ALIKE, ABOUT_ONE)
    enough = about_one if _occasion(weights, one, other) else alike
    return enough.near if _apart(days, one, other) <= DAYS else enough.later


def _occasion(weights: Sequence[Mapping[str, float]], one: int, other: int) -> bool:
    return any(name.startswith(MARK) and name in weights[other] for name in weights[one])


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _apart(days: Sequence[int | None], one: int, other: int) -> int:
    """Days between two articles; none where one has no date."""
    left, right = days[one], days[other]
    return abs(left - right) if left is not None and right is not None else 0


def _day(published: str | None) -> int | None:
    return date.fromisoformat(published).toordinal() if published else None
