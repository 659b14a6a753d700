"""Precision, recall and F1 for each relation on exhaustively labelled sentences; recall on articles that are not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluate.common import GoldError, Row, Score, agrees, article, as_list, graphs, load_gold
from kg.model import ArticleGraph, Span, Statement
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
    exhaustive: bool = True  # else what is found and not in gold counts as nothing, and precision is unknown
    core: Score = field(default_factory=Score)  # of the central facts of articles

    @property
    def total(self) -> Score:
        return sum(self.relations.values(), Score())

    def figures(self) -> dict[str, float]:
        total = self.total
        if not self.exhaustive:
            return {"recall": round(total.recall, 4), "core_recall": round(self.core.recall, 4)}
        return {"precision": round(total.precision, 4), "recall": round(total.recall, 4), "f1": round(total.f1, 4)}


def evaluate(path: Path, worker: Worker) -> Report:
    """Score the sentences of a gold file in the format of tests/gold/README.md."""
    return score(load_gold(path), worker)


def evaluate_articles(path: Path, worker: Worker) -> Report:
    """Score whole articles: a gold file, or a folder of them. Texts stand in `examples/articles` beside or above."""
    rows = [_article_row(one) for one in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    return score(rows, worker)


def _article_row(path: Path) -> Row:
    gold = load_gold(path)
    homes = (path.parent, *(above / "examples" / "articles" for above in path.resolve().parents))
    text = next((home / gold["file"] for home in homes if (home / gold["file"]).is_file()), None)
    if text is None:
        raise GoldError(f"{path}: its text {gold['file']} is not found")
    return {**gold, "id": path.stem, "text": text.read_text(encoding="utf-8")}


def score(rows: Sequence[Row], worker: Worker) -> Report:
    """Rows of one kind: `text`, `facts`, `exhaustive` (true where not given)."""
    scores: dict[str, Score] = defaultdict(Score)
    marks: dict[str, Score] = defaultdict(Score)
    differences: list[Difference] = []
    core = Score()
    for row, graph in zip(rows, graphs(worker, [article(row) for row in rows]), strict=True):
        for name, counted, difference, central in _sentence(row, graph, worker, marks):
            scores[name] += counted
            core += counted if central else Score()
            if difference:
                differences.append(difference)
    whole = all(row.get("exhaustive", True) for row in rows)
    return Report(dict(sorted(scores.items())), dict(marks), tuple(differences), whole, core)


def _sentence(
    row: Row, graph: ArticleGraph, worker: Worker, marks: dict[str, Score]
) -> Iterator[tuple[str, Score, Difference | None, bool]]:
    relations = worker.ontology.relations
    found = [s for s in graph.statements if s.kind != "quantity" or any(f["p"] == "hasCount" for f in row["facts"])]
    taken: set[int] = set()
    for gold in row["facts"]:
        symmetric = any(name in relations and relations[name].symmetric for name in as_list(gold["p"]))
        hits = [
            i for i, s in enumerate(found) if agrees(graph, s, gold, symmetric) and _stands_there(s, gold, row["text"])
        ]
        taken.update(hits)
        name = as_list(gold["p"])[0]
        if hits:
            _compare_marks(found[hits[0]], gold, marks)
        if gold.get("optional"):
            continue
        shown = f"{gold['s']} | {gold['p']} | {gold['o']}"
        missing = None if hits else Difference("missing", row["id"], gold.get("evidence", row["text"]), shown)
        yield name, Score(right=1) if hits else Score(missing=1), missing, bool(gold.get("core"))
    if not row.get("exhaustive", True):
        return
    for index, statement in enumerate(found):
        if index not in taken:
            yield (
                statement.predicate,
                Score(spurious=1),
                Difference("spurious", row["id"], row["text"], shown_statement(graph, statement)),
                False,
            )


def _stands_there(statement: Statement, gold: Row, text: str) -> bool:
    """Whether a statement of an article comes from the sentence that gold names."""
    if "evidence" not in gold:
        return True
    words = r"\s+".join(map(re.escape, gold["evidence"].split()))
    return any(statement.evidence.overlaps(Span(*match.span())) for match in re.finditer(words, text))


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
    for name, found in [*report.relations.items(), ("ALL", report.total)]:
        known = (f"{one:6.3f}" if report.exhaustive else f"{'-':>6}" for one in (found.precision, found.f1))
        precision, f1 = known
        lines.append(
            f"{name:24} {precision} {found.recall:6.3f} {f1} {found.right:6} {found.spurious:6} {found.missing:6}"
        )
    lines += [
        f"{name + ' right':24} {score.precision:6.3f} of {score.right + score.spurious}"
        for name, score in report.marks.items()
    ]
    return "\n".join(lines) + "\n"


def listed(report: Report) -> str:
    """Every difference, sentence by sentence."""
    return "".join(f"{d.kind:9} {d.sentence} {d.shown}\n{'':9} {d.text}\n" for d in report.differences)
