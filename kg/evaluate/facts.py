"""Precision, recall and F1 for each relation on exhaustively labelled sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.common import Row, Score, agrees, article, as_list, graphs, load_gold
from kg.model import ArticleGraph, Statement
from kg.pipeline import Worker


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact found and not in gold (`spurious`), in gold and not found (`missing`), or found with other marks (`marks`)."""

    kind: str
    sentence: str
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Report:
    relations: dict[str, Score]
    marks: dict[str, Score]  # polarity, certainty, tense, asserted over the facts found
    differences: tuple[Difference, ...]

    @property
    def total(self) -> Score:
        return sum(self.relations.values(), Score())

    def figures(self) -> dict[str, float]:
        total = self.total
        return {"precision": round(total.precision, 4), "recall": round(total.recall, 4), "f1": round(total.f1, 4)}


def evaluate(path: Path, worker: Worker) -> Report:
    """Score the sentences of a gold file in the format of tests/gold/README.md."""
    rows = load_gold(path)
    scores: dict[str, Score] = defaultdict(Score)
    marks: dict[str, Score] = defaultdict(Score)
    differences: list[Difference] = []
    for row, graph in zip(rows, graphs(worker, [article(row) for row in rows]), strict=True):
        for name, score, difference in _sentence(row, graph, worker, marks):
            scores[name] += score
            if difference:
                differences.append(difference)
    return Report(dict(sorted(scores.items())), dict(marks), tuple(differences))


def _sentence(
    row: Row, graph: ArticleGraph, worker: Worker, marks: dict[str, Score]
) -> Iterator[tuple[str, Score, Difference | None]]:
    relations = worker.ontology.relations
    found = [s for s in graph.statements if s.kind != "quantity" or any(f["p"] == "hasCount" for f in row["facts"])]
    taken: set[int] = set()
    for gold in row["facts"]:
        symmetric = any(name in relations and relations[name].symmetric for name in as_list(gold["p"]))
        hits = [i for i, s in enumerate(found) if agrees(graph, s, gold, symmetric)]
        taken.update(hits)
        name = as_list(gold["p"])[0]
        if hits:
            _compare_marks(found[hits[0]], gold, marks)
        if gold.get("optional"):
            continue
        shown = f"{gold['s']} | {gold['p']} | {gold['o']}"
        missing = None if hits else Difference("missing", row["id"], row["text"], shown)
        yield name, Score(right=1) if hits else Score(missing=1), missing
    for index, statement in enumerate(found):
        if index not in taken:
            yield (
                statement.predicate,
                Score(spurious=1),
                Difference("spurious", row["id"], row["text"], shown_statement(graph, statement)),
            )


def _compare_marks(statement: Statement, gold: Row, marks: dict[str, Score]) -> None:
    asserted = gold.get("asserted", True)
    pairs = {
        "polarity": (statement.polarity, gold.get("polarity", "positive")) if asserted or "polarity" in gold else None,
        "certainty": (statement.certainty, gold.get("certainty", "certain")),
        "future": (statement.tense == "future", gold.get("tense") == "future"),
        "asserted": (statement.asserted, asserted) if statement.kind != "quantity" else None,
    }
    for name, pair in pairs.items():
        if pair:
            marks[name] += Score(right=1) if pair[0] == pair[1] else Score(spurious=1, missing=1)


def shown_statement(graph: ArticleGraph, statement: Statement) -> str:
    text = graph.annotated.article.text
    return f"{statement.subject.span.of(text)} | {statement.predicate} | {statement.object.span.of(text)}"


def table(report: Report) -> str:
    """The figures as a table for a terminal."""
    lines = [f"{'relation':24} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'spur.':>6} {'miss.':>6}"]
    for name, score in [*report.relations.items(), ("ALL", report.total)]:
        lines.append(
            f"{name:24} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f} {score.right:6} {score.spurious:6} {score.missing:6}"
        )
    lines += [
        f"{name + ' right':24} {score.precision:6.3f} of {score.right + score.spurious}"
        for name, score in report.marks.items()
    ]
    return "\n".join(lines) + "\n"


def listed(report: Report) -> str:
    """Every difference, sentence by sentence."""
    return "".join(f"{d.kind:9} {d.sentence} {d.shown}\n{'':9} {d.text}\n" for d in report.differences)
