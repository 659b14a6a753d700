"""Polarity, certainty, tense and what is asserted, on sentences that each have one labelled fact."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.common import Row, Score, agrees, article, graphs, load_gold
from kg.model import ArticleGraph, Statement
from kg.pipeline import Worker


@dataclass(frozen=True, slots=True)
class Report:
    found: int
    of: int
    groups: dict[str, Score]  # F1 of each group's mark over the facts found
    leaks: tuple[
        str, ...
    ]  # sentences whose fact is asserted though it must not be, or whose event is typed as having happened
    unasserted: tuple[str, ...]  # plain facts that were found but not asserted
    wrong: tuple[str, ...]
    missed: tuple[str, ...]  # sentences whose fact was not found at all

    def figures(self) -> dict[str, float]:
        scores = [score.f1 for score in self.groups.values()]
        return {
            "found": round(self.found / self.of, 4),
            "macro_f1": round(sum(scores) / len(scores), 4) if scores else 0.0,
            "leak_rate": round(len(self.leaks) / self.of, 4),
        }


def mark(polarity: str, certainty: str, tense: str, asserted: bool) -> str:
    """The group a fact belongs to, the strongest mark first."""
    if polarity == "negative":
        return "negative"
    if certainty != "certain":
        return certainty
    if tense == "future":
        return "future"
    return "plain" if asserted else "claimed"


def evaluate(path: Path, worker: Worker) -> Report:
    rows = load_gold(path)
    confusion: Counter[tuple[str, str]] = Counter()
    leaks, unasserted, wrong, missed = [], [], [], []
    for row, graph in zip(rows, graphs(worker, [article(row) for row in rows]), strict=True):
        statement = _fact(row, graph, worker)
        if statement is None:
            missed.append(f"{row['id']} {row['text']}")
            continue
        gold = mark(row["polarity"], row["certainty"], row["tense"], row["asserted"])
        ours = mark(statement.polarity, statement.certainty, statement.tense, statement.asserted)
        confusion[gold, ours] += 1
        if gold != ours:
            wrong.append(f"{row['id']} gold {gold}, got {ours}: {row['text']}")
        if statement.asserted and not row["asserted"]:
            leaks.append(f"{row['id']} {row['text']}")
        if row["asserted"] and not statement.asserted:
            unasserted.append(f"{row['id']} {row['text']}")
    lists = (tuple(one) for one in (leaks, unasserted, wrong, missed))
    return Report(sum(confusion.values()), len(rows), _groups(confusion), *lists)


def _fact(row: Row, graph: ArticleGraph, worker: Worker) -> Statement | None:
    fact = row["fact"]
    relation = worker.ontology.relations.get(fact["p"])
    hits = [s for s in graph.statements if agrees(graph, s, fact, bool(relation and relation.symmetric))]
    return max(hits, key=lambda s: (s.asserted, s.confidence), default=None)


def _groups(confusion: Counter[tuple[str, str]]) -> dict[str, Score]:
    groups: dict[str, Score] = defaultdict(Score)
    for (gold, ours), count in sorted(confusion.items()):
        if gold == ours:
            groups[gold] += Score(right=count)
        else:
            groups[gold] += Score(missing=count)
            groups[ours] += Score(spurious=count)
    return dict(groups)


def table(report: Report) -> str:
    lines = [f"facts found: {report.found} of {report.of}"]
    lines += [
        f"{name:10} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}" for name, s in sorted(report.groups.items())
    ]
    lines += [
        f"leaks into the asserted layer: {len(report.leaks)}",
        f"plain facts not asserted: {len(report.unasserted)}",
    ]
    return "\n".join(lines) + "\n"


def listed(report: Report) -> str:
    lines = [f"leak      {one}" for one in report.leaks] + [f"wrong     {one}" for one in report.wrong]
    lines += [f"missed    {one}" for one in report.missed]
    return "".join(f"{line}\n" for line in lines)
