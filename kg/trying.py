"""One text read at once, for those who write wordings: its clauses, the wordings tried on each and what they lack, what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.extract.context import Context
from kg.extract.frames import tried, worded
from kg.model import ArticleGraph, Clause, Event, EventRef, Literal_, Ref, Statement
from kg.ontology import Ontology
from kg.pipeline import Options, Worker, extract_text


def reading(text: str, ontology: Path | None = None, published: str | None = None) -> str:
    """Sentence by sentence: each clause with its arguments, the frames that speak of its predicate, and the statements."""
    worker = Worker(Options(ontology=ontology))
    graph = extract_text(text, published, worker)
    context = Context(graph.annotated, worker.ontology)
    lines: list[str] = []
    for number, sentence in enumerate(graph.annotated.sentences):
        lines.append(" ".join(sentence.span.of(text).split()))
        for clause in context.clauses:
            if clause.sentence == number and sentence.span.covers(clause.trigger):
                lines += _clause(context, worker.ontology, clause)
        lines += [f"  = {_statement(graph, s)}" for s in graph.statements if sentence.span.covers(s.evidence)]
        apart = (a for a in graph.set_apart if sentence.span.covers(a.statement.evidence))
        lines += [f"  x {_statement(graph, a.statement)}  [{a.check}: {a.reason}]" for a in apart]
    return "\n".join(lines) + "\n"


def _clause(context: Context, ontology: Ontology, clause: Clause) -> Iterator[str]:
    values = ((str(one.polarity), "positive"), (str(one.certainty), "certain"), (str(one.tense), "past"))
    marks = [mark for mark, plain in values if mark != plain]
    marks += ["asserted" if one.asserted else "not asserted"]
    return f"{_end(graph, one.subject)} — {one.predicate} — {_end(graph, one.object)}  ({'; '.join(marks)})"


def _end(graph: ArticleGraph, end: Ref | EventRef | Literal_) -> str:
    if isinstance(end, Ref):
        return graph.entities[end.entity].label
    event: Event | None = graph.events[end.event] if isinstance(end, EventRef) else None
    return (
        f"{event.type} “{end.span.of(graph.annotated.article.text)}”"
        if event
        else end.span.of(graph.annotated.article.text)
    )
