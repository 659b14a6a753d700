"""The closest calls of a build, for a person to judge: joins that were nearly refused, refusals that were nearly joins, weak statements."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg import iri
from kg.model import ArticleGraph, Judgement, Statement
from kg.resolve.people import JOIN
from kg.resolve.reading import PROGRAM

COLUMNS = ("verdict", "left", "right", "left_text", "right_text", "score", "note")
PAIRS = 200
STATEMENTS = 50
SURE = 0.85  # a join as sure as this is no close call


@dataclass(frozen=True, slots=True)
class Candidate:
    """`verdict` is what the program decided: same, different, accept or reject."""

    verdict: str
    left: str
    right: str
    left_text: str
    right_text: str
    score: float
    note: str


def candidates(
    graphs: Sequence[ArticleGraph], judgements: Sequence[Judgement], calls: Sequence[Judgement], base: str
) -> tuple[Candidate, ...]:
    """The closest first. `judgements` are the resolution's, `calls` the refused joins."""
    decided = {frozenset((one.left, one.right)) for one in judgements if one.by != PROGRAM}
    joins = [one for one in judgements if one.by == PROGRAM and "#ev=" not in one.left and (one.score or 0) < SURE]
    calls = [one for one in (*joins, *calls) if frozenset((one.left, one.right)) not in decided]
    words = _words(graphs, base, {end for one in calls for end in (one.left, one.right or "")})
    open_ = {(one.left, one.right or ""): one for one in calls if one.left in words and one.right in words}
    ranked = sorted(open_.values(), key=lambda one: (abs((one.score or 0) - JOIN), one.left, one.right or ""))
    pairs = (
        Candidate(
            one.verdict, one.left, one.right or "", words[one.left], words[one.right or ""], one.score or 0.0, one.note
        )
        for one in ranked[:PAIRS]
    )
    judged = {one.left for one in judgements if one.verdict in ("accept", "reject")}
    return (*pairs, *_weak(graphs, base, judged))


def table(found: Sequence[Candidate]) -> str:
    """candidates.csv."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow((one.verdict, one.left, one.right, one.left_text, one.right_text, f"{one.score:.3f}", one.note))
    return out.getvalue()


def _words(graphs: Sequence[ArticleGraph], base: str, wanted: set[str]) -> dict[str, str]:
    """The words of those of the mentions wanted that there are."""
    spoken_of = {mention.partition("#")[0] for mention in wanted}
    found = {}
    for graph in graphs:
        article = iri.article(base, graph.annotated.article)
        for mention in graph.annotated.mentions if article in spoken_of else ():
            name = iri.mention(article, mention.span)
            if name in wanted:
                found[name] = mention.span.of(graph.annotated.article.text)
    return found


def _weak(graphs: Sequence[ArticleGraph], base: str, judged: set[str]) -> list[Candidate]:
    """The asserted statements of which the program is least sure."""
    weak = [one for graph in graphs for one in _asserted(graph, base) if one.left not in judged]
    return sorted(weak, key=lambda one: (one.score, one.left))[:STATEMENTS]


def _asserted(graph: ArticleGraph, base: str) -> Iterator[Candidate]:
    article = iri.article(base, graph.annotated.article)
    names = iri.statements(article, (*graph.statements, *(one.statement for one in graph.set_apart)))
    for name, statement in zip(names, graph.statements, strict=False):
        if statement.asserted:
            said = _said(graph, statement)
            yield Candidate("accept", name, "", said, "", round(statement.confidence, 3), ", ".join(statement.features))


def _said(graph: ArticleGraph, statement: Statement) -> str:
    text = graph.annotated.article.text
    return f"{statement.subject.span.of(text)} | {statement.predicate} | {statement.object.span.of(text)}"
