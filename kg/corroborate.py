"""What stands behind each asserted triple: articles, outlets, ultimate sources. An article and its copies count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Copy
from kg.names import Names


@dataclass(frozen=True, slots=True)
class Support:
    """`articles` are independent ones, by the IRI of the first of each set of copies; `copies` how many more repeat them."""

    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    sources: tuple[str, ...]
    copies: int


@dataclass(slots=True)
class _Found:
    articles: set[int] = field(default_factory=set)
    originals: set[int] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


def corroboration(names: Names, copies: Sequence[Copy]) -> dict[str, Support]:
    """Support by `nk:key`, for the statements that are asserted."""
    first = originals(names, copies)
    found: dict[str, _Found] = defaultdict(_Found)
    for a, graph in enumerate(names.graphs):
        for s, statement in enumerate(graph.statements):
            if not names.asserted(a, s):
                continue
            one = found[names.key(a, statement)]
            one.articles.add(a)
            one.originals.add(first[a])
            speaker = first[a] if not statement.chain else a  # a copy speaks with its original's voice
            one.sources.update(thing.iri for thing in names.ultimate(speaker, statement))
    return {key: _support(names, one) for key, one in sorted(found.items())}


def originals(names: Names, copies: Sequence[Copy]) -> list[int]:
    """For each article the first, by date and IRI, of those it is a copy of or that copy it; itself where there are none."""
    parent = list(range(len(names.graphs)))

    def root(a: int) -> int:
        while parent[a] != a:
            a = parent[a]
        return a

    def order(a: int) -> tuple[str, str]:
        return names.graphs[a].annotated.article.published or "9999", names.articles[a].article

    for copy in copies:
        ends = sorted((root(copy.left), root(copy.right)), key=order)
        parent[ends[1]] = ends[0]
    return [root(a) for a in range(len(parent))]


def _support(names: Names, one: _Found) -> Support:
    return Support(
        articles=tuple(sorted(names.articles[a].article for a in one.originals)),
        outlets=tuple(sorted({names.outlet(a).iri for a in one.originals})),
        sources=tuple(sorted(one.sources)),
        copies=len(one.articles - one.originals),
    )
