"""Kinds of comparison on labelled pairs of figures, from the articles of each event as a build would read them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.compare import compare
from kg.copies import find_copies
from kg.evaluate.common import Row, Score, graphs, load_gold
from kg.model import ArticleGraph, Span
from kg.pipeline import Worker
from kg.read import read
from kg.resolve import resolve

NONE = "none"


@dataclass(frozen=True, slots=True)
class Report:
    """`figures_found`: ends of pairs whose figure is a claim with a measure; a pair with one missing end counts as none."""

    pairs: int
    figures_found: int
    kinds: dict[str, Score]
    wrong: tuple[str, ...]

    def figures(self) -> dict[str, float]:
        scores = [score.f1 for score in self.kinds.values()]
        right = sum(score.right for score in self.kinds.values())
        return {
            "figures_found": round(self.figures_found / (2 * self.pairs), 4),
            "right": round(right / self.pairs, 4),
            "macro_f1": round(sum(scores) / len(scores), 4) if scores else 0.0,
        }


def evaluate(path: Path, worker: Worker) -> Report:
    rows: list[Row] = load_gold(path)
    events = {name: _Event(path.parent / name, worker) for name in sorted({row["event"] for row in rows})}
    confusion: Counter[tuple[str, str]] = Counter()
    found, wrong = 0, []
    for row in rows:
        event = events[row["event"]]
        ends = [event.claims(row[end]) for end in ("a", "b")]
        found += sum(bool(end) for end in ends)
        ours = event.kind(*ends)
        confusion[row["kind"], ours] += 1
        if ours != row["kind"]:
            figures = " / ".join(f"{row[end]['figure']} ({row[end]['article']})" for end in ("a", "b"))
            wrong.append(f"{row['event']} gold {row['kind']}, got {ours}: {figures}")
    return Report(len(rows), found, _scores(confusion), tuple(wrong))


class _Event:
    """The articles of one event, compared."""

    def __init__(self, folder: Path, worker: Worker) -> None:
        articles = list(read([folder], lambda source, reason: None))
        self.graphs: list[ArticleGraph] = graphs(worker, articles)
        resolution = resolve(self.graphs, (), worker.ontology, "urn:gold/", worker.gazetteer)
        copies = find_copies(articles)
        compared = compare(self.graphs, resolution, copies, worker.ontology)
        self.kinds = {frozenset((self._place(one.left), self._place(one.right))): one.kind for one in compared}

    def _place(self, at: tuple[int, int]) -> tuple[str, Span]:
        graph = self.graphs[at[0]]
        claim = graph.statements[at[1]].claim
        assert claim is not None
        return graph.annotated.article.source, claim.span

    def claims(self, end: Row) -> list[tuple[str, Span]]:
        """Where the labelled figure is a claim of ours: by article and overlap with the words in their evidence."""
        graph = next(g for g in self.graphs if g.annotated.article.source == end["article"])
        text = graph.annotated.article.text
        start = text.find(end["evidence"])
        at = text.find(end["figure"], max(start, 0))
        spans = {s.claim.span for s in graph.statements if s.claim}
        return [(end["article"], span) for span in sorted(spans) if span.overlaps(Span(at, at + len(end["figure"])))]

    def kind(self, left: list[tuple[str, Span]], right: list[tuple[str, Span]]) -> str:
        found = (self.kinds.get(frozenset((one, other))) for one in left for other in right)
        return next((kind for kind in found if kind), NONE)


def _scores(confusion: Counter[tuple[str, str]]) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    for (gold, ours), count in sorted(confusion.items()):
        if gold == ours:
            scores[gold] += Score(right=count)
        else:
            scores[gold] += Score(missing=count)
            scores[ours] += Score(spurious=count)
    return dict(scores)


def table(report: Report) -> str:
    lines = [
        f"{name:16} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}" for name, s in sorted(report.kinds.items())
    ]
    return "\n".join([f"{report.pairs} pairs, {report.figures_found} of their figures found", *lines]) + "\n"


def listed(report: Report) -> str:
    return "".join(f"wrong     {one}\n" for one in report.wrong)
