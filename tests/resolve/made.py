"""Articles made by hand for resolution: each line of the text is one entity, so that no parser is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.model import Annotated, Argument, Article, ArticleGraph, Clause, Entity, Mention, Span


@dataclass(frozen=True)
class One:
    """An entity in one mention. `of` is the number of the entity it belongs to, `post` what it is there ("president")."""

    type: str
    name: str
    key: str | None = None
    of: int | None = None
    post: str | None = None
    head: str | None = None
    narrow: tuple[str, ...] = ()
    kind: Literal["name", "nominal"] = "name"


def graph(source: str, day: str | None, ones: Sequence[One], filler: str = "") -> ArticleGraph:
    text = "\n".join([one.name for one in ones] + [filler])
    spans = _spans(ones)
    mentions = tuple(
        Mention(span, one.kind, one.type, _head(one, span), _core(one, span), "singular")
        for one, span in zip(ones, spans, strict=True)
    )
    entities = tuple(_entity(n, one) for n, one in enumerate(ones))
    clauses = tuple(clause for n, one in enumerate(ones) if (clause := _clause(n, one, ones, spans)))
    annotated = Annotated(Article(source, text, published=day), (), (), mentions, clauses, (), (), (), entities)
    return ArticleGraph(annotated, entities, (), ())


def _spans(ones: Sequence[One]) -> list[Span]:
    found, at = [], 0
    for one in ones:
        found.append(Span(at, at + len(one.name)))
        at += len(one.name) + 1
    return found


def _core(one: One, span: Span) -> Span:
    return Span(span.start + 4, span.end) if one.name.startswith("the ") else span


def _head(one: One, span: Span) -> Span:
    """The whole name; of a description the last word."""
    return span if one.kind == "name" else Span(span.end - len(one.name.rpartition(" ")[2]), span.end)


def _entity(n: int, one: One) -> Entity:
    owner = one.of if one.type != "Person" else None
    label = one.name.removeprefix("the ")
    return Entity(
        one.type,
        label,
        (n,),
        key=one.key,
        named=one.kind == "name",
        affiliation=owner,
        group_head=one.head,
        restrictions=one.narrow,
    )


def _clause(n: int, one: One, ones: Sequence[One], spans: Sequence[Span]) -> Clause | None:
    subject = Argument("subject", spans[n], spans[n], n)
    if one.post:
        body = (Argument("of", spans[one.of], spans[one.of], one.of),) if one.of is not None else ()
        return Clause("title", one.post, spans[n], 0, (subject, *body))
    if one.type == "Person" and one.of is not None:
        return Clause(
            "link", "demonym", spans[n], 0, (subject, Argument("object", spans[one.of], spans[one.of], one.of))
        )
    return None
