"""resolve: local entities to global ones. Thin: the same gazetteer key, or the same name and family of classes."""

from __future__ import annotations

from collections.abc import Sequence

from kg import iri
from kg.model import ArticleGraph, Entity, GlobalEntity, Judgement, Resolution
from kg.ontology import Ontology


def resolve(
    graphs: Sequence[ArticleGraph], judgements: Sequence[Judgement], ontology: Ontology, base: str
) -> Resolution:
    """One global entity for each group of local entities that share their name or key."""
    groups: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for a, graph in enumerate(graphs):
        for e, entity in enumerate(graph.entities):
            groups.setdefault(_key(graphs, ontology, a, e, entity), []).append((a, e))
    of: dict[tuple[int, int], int] = {}
    made: list[GlobalEntity] = []
    ordered = sorted(groups.values(), key=lambda members: _anchor(graphs, base, members))
    for members in ordered:
        of.update({member: len(made) for member in members})
        made.append(_entity(graphs, ontology, base, members))
    return Resolution(tuple(_linked(graphs, made, of)), of)


def _key(graphs: Sequence[ArticleGraph], ontology: Ontology, a: int, e: int, entity: Entity) -> tuple[str, ...]:
    if entity.key:
        return ("key", entity.key)
    if entity.type == "Group" and entity.affiliation is not None:
        body = graphs[a].entities[entity.affiliation]
        return ("group", body.key or body.label, entity.group_head or "", *entity.restrictions)
    if entity.named:
        return ("name", _family(ontology, entity.type), entity.label.casefold())
    return ("local", str(a), str(e))


def _family(ontology: Ontology, kind: str) -> str:
    return iri.family([kind, *ontology.ancestors(kind)])


def _anchor(graphs: Sequence[ArticleGraph], base: str, members: Sequence[tuple[int, int]]) -> tuple[str, str, int, int]:
    def place(member: tuple[int, int]) -> tuple[str, str, int, int]:
        graph = graphs[member[0]]
        entity = graph.entities[member[1]]
        start = graph.annotated.mentions[entity.mentions[0]].span.start if entity.mentions else 1 << 30
        return (
            graph.annotated.article.published or "9999",
            iri.article(base, graph.annotated.article),
            start,
            member[1],
        )

    return min(place(member) for member in members)


def _entity(
    graphs: Sequence[ArticleGraph], ontology: Ontology, base: str, members: list[tuple[int, int]]
) -> GlobalEntity:
    locals_ = [graphs[a].entities[e] for a, e in members]
    first = min(members, key=lambda m: _anchor(graphs, base, [m]))
    anchor = graphs[first[0]].entities[first[1]]
    label = max((entity.label for entity in locals_), key=lambda text: (len(text), text))
    names = {graphs[a].annotated.mentions[m].core.of(graphs[a].annotated.article.text)
             for a, e in members for m in graphs[a].entities[e].mentions if graphs[a].annotated.mentions[m].kind == "name"}  # fmt: skip
    kinds = sorted({entity.type for entity in locals_}, key=lambda kind: (-len(ontology.ancestors(kind)), kind))
    path = _family(ontology, anchor.type)
    keys = sorted({entity.key for entity in locals_ if entity.key})
    named = (
        iri.keyed(base, keys[0])
        if keys and keys[0].startswith("country/")
        else _named(graphs, base, path, anchor, first, label)
    )
    return GlobalEntity(
        named, kinds[0], label, tuple(sorted(names - {label})), tuple(sorted(members)), any(e.named for e in locals_)
    )


def _named(
    graphs: Sequence[ArticleGraph], base: str, path: str, anchor: Entity, first: tuple[int, int], label: str
) -> str:
    graph = graphs[first[0]]
    article = iri.article(base, graph.annotated.article)
    where = (
        iri.mention(article, graph.annotated.mentions[anchor.mentions[0]].span)
        if anchor.mentions
        else f"{article}#role={label}"
    )
    return iri.entity(base, path, anchor.label, where)


def _linked(
    graphs: Sequence[ArticleGraph], made: list[GlobalEntity], of: dict[tuple[int, int], int]
) -> list[GlobalEntity]:
    from dataclasses import replace

    linked = []
    for entity in made:
        bodies = [(a, graphs[a].entities[e].affiliation) for a, e in entity.members]
        known = sorted({made[of[a, body]].iri for a, body in bodies if body is not None})
        linked.append(replace(entity, affiliation=known[0] if known else None))
    return linked
