"""A person says that two mentions which coreference made one entity of an article are different: the article's graph is parted so.

What the second mention founded goes with it: mentions that were joined to it, and its name wherever it stands in the entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kg import iri
from kg.model import ArticleGraph, Entity, Judgement, Ref, Source, Span


def split(graphs: Sequence[ArticleGraph], judgements: Sequence[Judgement], base: str) -> list[ArticleGraph]:
    """The graphs with entities parted as persons decided; to be resolved, compared and written instead of those given."""
    wanted: dict[str, list[Judgement]] = defaultdict(list)
    for one in judgements:
        article = one.left.partition("#")[0]
        if one.verdict == "different" and (one.right or "").partition("#")[0] == article:
            wanted[article].append(one)
    if not wanted:
        return list(graphs)
    return [_parted(graph, wanted.get(iri.article(base, graph.annotated.article), ()), base) for graph in graphs]


def _parted(graph: ArticleGraph, judgements: Iterable[Judgement], base: str) -> ArticleGraph:
    article = iri.article(base, graph.annotated.article)
    at = {iri.mention(article, mention.span): m for m, mention in enumerate(graph.annotated.mentions)}
    for one in judgements:
        left, right = at.get(one.left), at.get(one.right or "")
        whole = next(
            (e for e, entity in enumerate(graph.entities) if left in entity.mentions and right in entity.mentions), None
        )
        if whole is not None and left is not None and right is not None and left != right:
            graph = _part(graph, whole, left, right)
    return graph


def _part(graph: ArticleGraph, whole: int, left: int, right: int) -> ArticleGraph:
    entity = graph.entities[whole]
    going = _going(graph, entity, left, right)
    staying = tuple(m for m in entity.mentions if m not in going)
    entities = list(graph.entities)
    entities[whole] = _with(graph, entity, staying, entity.key)
    entities.append(_with(graph, entity, tuple(m for m in entity.mentions if m in going), None))
    spans = {graph.annotated.mentions[m].span for m in going}
    move = _Move(whole, len(entities) - 1, spans)
    return replace(
        graph,
        entities=tuple(entities),
        statements=move(graph.statements),
        events=move(graph.events),
        set_apart=move(graph.set_apart),
    )


def _going(graph: ArticleGraph, entity: Entity, left: int, right: int) -> set[int]:
    """What leaves with `right`: never `left`, nor what was joined to it alone."""
    text = graph.annotated.article.text
    words = {m: graph.annotated.mentions[m].core.of(text).casefold() for m in entity.mentions}
    going = {m for m in entity.mentions if words[m] == words[right] and words[m] != words[left]} | {right}
    for link in sorted(entity.links, key=lambda link: link.mention):
        if link.antecedent in going and link.mention != left and words[link.mention] != words[left]:
            going.add(link.mention)
    return going


def _with(graph: ArticleGraph, entity: Entity, mentions: tuple[int, ...], key: str | None) -> Entity:
    """The entity with these mentions alone, called by its longest name among them."""
    text = graph.annotated.article.text
    own = [graph.annotated.mentions[m] for m in mentions]
    names = [m for m in own if m.kind == "name"]
    best = max(names or own, key=lambda m: (m.core.end - m.core.start, -m.span.start))
    label = entity.label if entity.label in {m.core.of(text) for m in own} else best.core.of(text)
    links = tuple(link for link in entity.links if link.mention in mentions)
    return replace(entity, type=best.type, label=label, mentions=mentions, links=links, key=key, named=bool(names))


class _Move:
    """Points every reference at a moved mention to the new entity, wherever it stands in a value."""

    def __init__(self, old: int, new: int, spans: set[Span]) -> None:
        self.old, self.new, self.spans = old, new, spans

    def __call__(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self(one) for one in value)
        if isinstance(value, (Ref, Source)):
            moved = value.entity == self.old and value.span in self.spans
            return replace(value, entity=self.new) if moved else value
        if is_dataclass(value) and not isinstance(value, (Span, type)):
            changed = {f.name: self(getattr(value, f.name)) for f in fields(value)}
            return replace(value, **changed)
        return value
