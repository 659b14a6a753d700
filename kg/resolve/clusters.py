"""Disjoint sets under constraints: what persons keep apart is never joined."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(slots=True)
class Clusters(Generic[T]):
    """`fits` says whether two members may ever be one."""

    fits: Callable[[T, T], bool]
    parent: dict[T, T] = field(default_factory=dict)
    members: dict[T, list[T]] = field(default_factory=dict)
    apart: set[frozenset[T]] = field(default_factory=set)

    def add(self, item: T) -> None:
        self.parent.setdefault(item, item)
        self.members.setdefault(item, [item])

    def root(self, item: T) -> T:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def separate(self, one: T, other: T) -> None:
        """Keep two members apart for good."""
        self.apart.add(frozenset((one, other)))

    def join(self, one: T, other: T, force: bool = False) -> bool:
        """Make one of two sets unless that is forbidden; says whether they were joined now."""
        a, b = self.root(one), self.root(other)
        if a == b or self._forbidden(a, b) or (not force and not self.fits(a, b)):
            return False
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        self.parent[b] = a
        self.members[a] += self.members.pop(b)
        return True

    def _forbidden(self, a: T, b: T) -> bool:
        if not self.apart:
            return False
        ours, theirs = set(self.members[a]), set(self.members[b])
        return any(len(pair & ours) == 1 and len(pair & theirs) == 1 for pair in self.apart)

    def all(self) -> Iterable[list[T]]:
        return self.members.values()
