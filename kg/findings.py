"""All that a build found, under its names: what rows, triples and counts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.corroborate import Support, corroboration
from kg.iri import BASE
from kg.model import ArticleGraph, Comparison, Copy, Resolution
from kg.names import Names
from kg.ontology import Ontology


@dataclass(frozen=True)
class Findings:
    names: Names
    comparisons: Sequence[Comparison] = ()
    copies: Sequence[Copy] = ()

    @classmethod
    def of(
        cls,
        graphs: Sequence[ArticleGraph],
        resolution: Resolution,
        ontology: Ontology,
        base: str = BASE,
        comparisons: Sequence[Comparison] = (),
        copies: Sequence[Copy] = (),
    ) -> Findings:
        return cls(Names.of(graphs, resolution, ontology, base), comparisons, copies)

    @cached_property
    def support(self) -> dict[str, Support]:
        """What stands behind each asserted triple, by `nk:key`."""
        return corroboration(self.names, self.copies)

    @cached_property
    def order(self) -> list[int]:
        """The articles by their IRIs: an order that theirs in the build does not change."""
        return sorted(range(len(self.names.graphs)), key=lambda a: self.names.articles[a].article)
