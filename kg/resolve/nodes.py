"""What is known so far of the entities that articles share: nodes, and the names by which they are found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from kg import iri
from kg.ontology import Ontology

Local = tuple[int, int]  # (article, entity)
Post = tuple[str, str | None]  # (role, token of the body it is in, see `Nodes.token`)
RECENT = 8  # a node's last articles whose company tells of it
EVERYWHERE = 12  # articles (or a tenth of all) from which on an entity's company tells nothing
LAST = 200  # articles of a node that are looked at for how much it is in the news
NEAR = 180  # days within which a post is taken to have one holder


@dataclass(slots=True)
class Node:
    number: int
    family: str
    types: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    members: list[Local] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # as compared
    held: dict[Post, list[str | None]] = field(default_factory=dict)  # posts, with the dates of those who say so
    fields: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    governs: bool = False  # holds or held a post that has an administration
    body: str | None = None
    where: str | None = None  # of a town, the region or country that an article names behind it
    called: dict[str, list[int]] = field(default_factory=dict)  # part of a person's name -> articles that use it alone
    partial: bool = False  # a person of whom only a part of the name is known
    into: int | None = None  # a person joined it to another node


@dataclass(slots=True)
class Nodes:
    """All nodes in the order of their founding, with indexes. Articles are numbered in the order they are read."""

    ontology: Ontology
    all: list[Node] = field(default_factory=list)
    of: dict[Local, int] = field(default_factory=dict)
    index: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    company: dict[int, frozenset[int]] = field(default_factory=dict)  # article -> its named nodes
    dates: dict[int, str | None] = field(default_factory=dict)
    _families: dict[str, str] = field(default_factory=dict)

    def found(self, family: str) -> Node:
        node = Node(len(self.all), family)
        self.all.append(node)
        return node

    def node(self, local: Local) -> Node | None:
        number = self.of.get(local)
        return None if number is None else self.root(number)

    def root(self, number: int) -> Node:
        node = self.all[number]
        while node.into is not None:
            node = self.all[node.into]
        return node

    def live(self) -> Iterator[Node]:
        return (node for node in self.all if node.into is None)

    def add(self, key: tuple[str, ...], node: Node) -> None:
        known = self.index[key]
        if node.number not in known:
            known.append(node.number)

    def get(self, *key: str) -> list[Node]:
        numbers = self.index.get(key, ())
        return [self.all[n] for n in dict.fromkeys(self.root(n).number for n in numbers)]

    def numbers(self, *key: str) -> set[int]:
        return {self.root(n).number for n in self.index.get(key, ())}

    def put(self, local: Local, node: Node, kind: str, key: str | None) -> None:
        self.of[local] = node.number
        node.members.append(local)
        node.types[kind] += 1
        if key:
            node.keys.add(key)
        if node.articles[-1:] != [local[0]]:
            node.articles.append(local[0])

    def merge(self, keep: Node, gone: Node) -> Node:
        """Only persons' decisions join two nodes that stand already."""
        if keep.number > gone.number:
            keep, gone = gone, keep
        gone.into = keep.number
        keep.types += gone.types
        keep.members += gone.members
        for post, dates in gone.held.items():
            keep.held.setdefault(post, []).extend(dates)
        keep.articles = sorted({*keep.articles, *gone.articles})
        for mine, theirs in ((keep.keys, gone.keys), (keep.names, gone.names), (keep.fields, gone.fields)):
            mine |= theirs
        keep.countries |= gone.countries
        keep.governs = keep.governs or gone.governs
        for word, articles in gone.called.items():
            keep.called[word] = sorted({*keep.called.get(word, ()), *articles})
        keep.partial = keep.partial and gone.partial
        return keep

    # ---- judging ----

    def fits(self, node: Node, kind: str, key: str | None, loosely: bool = False) -> bool:
        """Whether an entity of class `kind` may be this node. `loosely`: two kinds of organisation may be one."""
        if key and node.keys and key not in node.keys:
            return False
        if "Country" in (kind, *node.types) and (key is None) != (not node.keys):
            return False  # a country's IRI is its code: one without a code never becomes one with
        return all(self._compatible(kind, other, loosely) for other in node.types)

    def _compatible(self, one: str, other: str, loosely: bool) -> bool:
        if one == other:
            return True
        if "Country" in (one, other) or self.family(one) != self.family(other):
            return False
        related = self.ontology.is_a(one, other) or self.ontology.is_a(other, one)
        return related or (loosely and self.family(one) == "organization" and "Government" not in (one, other))

    def family(self, kind: str) -> str:
        if kind not in self._families:
            self._families[kind] = iri.family([kind, *self.ontology.ancestors(kind)])
        return self._families[kind]

    def token(self, node: Node) -> str:
        """A name for a country or body that no later article changes."""
        return next((key for key in sorted(node.keys) if key.startswith("country/")), f"node {node.number}")

    def company_of(self, node: Node) -> set[int]:
        articles = node.articles[-RECENT:]
        return set().union(*(self.company.get(a, frozenset()) for a in articles)) - {node.number}

    def telling(self, numbers: Iterable[int]) -> set[int]:
        """Those that are not spoken of everywhere."""
        limit = max(EVERYWHERE, len(self.company) // 10)
        return {n for n in numbers if len(self.all[n].articles) <= limit}

    def recent(self, node: Node, day: str | None, days: int = NEAR) -> int:
        """In how many articles of these days it stands."""
        return self._near(node.articles, day, days)

    def called(self, node: Node, word: str, day: str | None, days: int) -> int:
        """How many articles of these days call someone by that part of the name alone."""
        return self._near(node.called.get(word, ()), day, days)

    def _near(self, articles: Sequence[int], day: str | None, days: int) -> int:
        return sum(near(self.dates.get(a), day, days) for a in articles[-LAST:])

    def holders(self, roles: Iterable[str], body: str | None, day: str | None) -> list[Node]:
        """Who is known to hold one of the posts in that body about that day; without a body, who is said to hold it nowhere."""
        found = {}
        for role in roles:
            for node in self.get("post", role, body or ""):
                if any(near(date_, day, NEAR) for date_ in node.held.get((role, body), ())[-LAST:]):
                    found[node.number] = node
        return [found[n] for n in sorted(found)]


def near(one: str | None, other: str | None, days: int) -> bool:
    """Whether two ISO dates lie so near; two unknown ones do, one unknown does not.

    >>> near("2024-05-01", "2024-05-31", 30), near("2024-05-01", None, 30), near(None, None, 30)
    (True, False, True)
    """
    left, right = _day(one), _day(other)
    if left is None or right is None:
        return left is right
    return abs(left - right) <= days


@cache
def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text or "").toordinal()
    except ValueError:
        return None
