"""Persons' decisions on mentions, as decisions on local entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg import iri
from kg.model import Judgement
from kg.resolve.nodes import Local
from kg.resolve.view import View


@dataclass(frozen=True, slots=True)
class Judged:
    """`stale`: its article or span is gone. `within`: two mentions that coreference made one entity of one article."""

    together: Mapping[Local, tuple[Local, ...]] = field(default_factory=dict)
    apart: Mapping[Local, frozenset[Local]] = field(default_factory=dict)
    stale: tuple[Judgement, ...] = ()
    within: tuple[Judgement, ...] = ()

    @classmethod
    def of(cls, judgements: Sequence[Judgement], views: Sequence[View]) -> Judged:
        if not any(one.verdict in ("same", "different") for one in judgements):
            return cls()
        at = mentions(views)
        pairs, stale, within = [], [], []
        for one in judgements:
            if one.verdict not in ("same", "different"):
                continue
            left, right = at.get(one.left), at.get(one.right or "")
            if left is None or right is None:
                stale.append(one)
            elif left == right:
                within += [one] if one.verdict == "different" else []
            else:
                pairs.append((one.verdict, left, right))
        together = _components((left, right) for verdict, left, right in pairs if verdict == "same")
        apart: dict[Local, set[Local]] = defaultdict(set)
        for verdict, left, right in pairs:
            if verdict == "different":
                for one_ in together.get(left, (left,)):
                    for other in together.get(right, (right,)):
                        apart[one_].add(other)
                        apart[other].add(one_)
        return cls(together, {local: frozenset(others) for local, others in apart.items()}, tuple(stale), tuple(within))

    def same(self, local: Local) -> tuple[Local, ...]:
        return self.together.get(local, ())

    def different(self, local: Local) -> frozenset[Local]:
        return self.apart.get(local, frozenset())


def mentions(views: Sequence[View]) -> dict[str, Local]:
    """The entity behind each mention's IRI."""
    return {
        iri.mention(view.iri, mention.span): (a, e)
        for a, view in enumerate(views)
        for e in range(len(view.graph.entities))
        for mention in view.mentions(e)
    }


def _components(pairs: Iterable[tuple[Local, Local]]) -> dict[Local, tuple[Local, ...]]:
    """For each, all that persons made one with it."""
    groups: dict[Local, set[Local]] = {}
    for left, right in pairs:
        joined = groups.get(left, {left}) | groups.get(right, {right})
        groups.update(dict.fromkeys(joined, joined))
    return {local: tuple(sorted(group)) for local, group in groups.items()}
