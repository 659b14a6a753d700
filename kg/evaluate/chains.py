"""Whole chains of attribution, on sentences that each have one labelled fact and the chain over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.common import Row, agrees, article, graphs, load_gold, places
from kg.extract.chain import chain
from kg.extract.context import Context
from kg.model import ArticleGraph, Source, Span
from kg.pipeline import Worker


@dataclass(frozen=True, slots=True)
class Report:
    """`found`: the fact itself was extracted; the chain is judged either way, over the words of the fact's object."""

    of: int
    found: int
    whole: int
    any_link: int
    wrong: tuple[str, ...]

    def figures(self) -> dict[str, float]:
        rate = {"facts_found": self.found, "whole_chain": self.whole, "any_link": self.any_link}
        return {name: round(count / self.of, 4) for name, count in rate.items()}


def evaluate(path: Path, worker: Worker) -> Report:
    rows = load_gold(path)
    found = whole = partly = 0
    wrong = []
    for row, graph in zip(rows, graphs(worker, [article(row) for row in rows]), strict=True):
        fact, sources = _chain(row, graph, worker)
        right = _levels_right(row, graph, sources)
        found += fact
        whole += all(right) and len(right) == len(row["chain"]) == len({source.level for source in sources})
        partly += any(right)
        if not all(right) or len(row["chain"]) != len({source.level for source in sources}):
            wrong.append(f"{row['id']} got {_shown(sources)}: {row['text']}")
    return Report(len(rows), found, whole, partly, tuple(wrong))


def _chain(row: Row, graph: ArticleGraph, worker: Worker) -> tuple[bool, tuple[Source, ...]]:
    relation = worker.ontology.relations.get(row["fact"]["p"])
    symmetric = bool(relation and relation.symmetric)
    hit = next((s for s in graph.statements if agrees(graph, s, row["fact"], symmetric)), None)
    if hit:
        return True, hit.chain
    at = places(row["text"], row["fact"]["o"]) or [Span(0, 1)]
    return False, chain(Context(graph.annotated, worker.ontology), at[0])


def _levels_right(row: Row, graph: ArticleGraph, sources: tuple[Source, ...]) -> list[bool]:
    """For each gold link, outermost first, whether our link of that level has just its sources."""
    text = graph.annotated.article.text
    right = []
    for level, link in enumerate(row["chain"]):
        gold = [places(text, name) for name in link["sources"]]
        ours = [source.span for source in sources if source.level == level]
        matched = all(any(span.overlaps(place) for span in ours for place in named) for named in gold)
        spurious = [span for span in ours if not any(span.overlaps(place) for named in gold for place in named)]
        right.append(bool(ours) and matched and not spurious)
    return right


def _shown(sources: tuple[Source, ...]) -> str:
    return " > ".join(f"{source.level} {source.label} [{source.cue_text}]" for source in sources) or "none"


def table(report: Report) -> str:
    return f"facts found {report.found}, whole chains right {report.whole}, any link right {report.any_link}, of {report.of}\n"


def listed(report: Report) -> str:
    return "".join(f"wrong     {one}\n" for one in report.wrong)
