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
    marks = [one for one, plain in ((clause.polarity, "positive"), (clause.certainty, "certain")) if one != plain]
    under = [f"under {clause.support}"] if clause.support else []
    head = ", ".join((clause.kind, clause.tense, *marks, *under))
    said = "; ".join(f"{a.role} {_argument(context, a.span.of(context.text), a.mention)}" for a in clause.arguments)
    yield f"  {clause.predicate} ({head}): {said}"
    for frame in worded(ontology, clause):
        _, lack = tried(context, ontology, frame, clause)
        name = frame.event or frame.relation
        yield f"      {f'not {name}: {lack}' if lack else name}  [{frame.place}]"


def _argument(context: Context, words: str, mention: int | None) -> str:
    ref = context.ref(mention)
    return f"“{' '.join(words.split())}”" + (f" {context.type_of(ref)}" if ref else "")


def _statement(graph: ArticleGraph, one: Statement) -> str:
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
