"""kg judge: the closest calls of a real build, answers written at once, obeyed by the next build, undone by deleting a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import judge
from kg.pipeline import Options, Worker, build
from kg.read import read
from kg.resolve import resolved
from kg.resolve.candidates import candidates, table
from kg.resolve.judgements import COLUMNS, read_judgements

TEXTS = {
    "a": ("2024-03-01", "Striker Jan Novak scored twice in Bergen."),
    "b": ("2024-03-05", "Senator Jan Novak met Mara Quist in Chad."),
    "c": ("2024-03-07", "Mara Quist visited Peru. Quist praised the dockers."),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": n, "published": day, "text": text}) for n, (day, text) in TEXTS.items()]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    return built(tmp_path)


def built(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    build([tmp_path / "in.jsonl"], out, Options(formats=("facts", "annotations", "entities")))
    worker = Worker(Options())
    articles = list(read([tmp_path / "in.jsonl"], lambda source, reason: None))
    graphs = [worker.graph(one) for one in worker.annotator.annotate(articles)]
    path = out / "judgements.csv"
    judgements = read_judgements(path) if path.is_file() else ()
    found = resolved(graphs, judgements, worker.ontology, Options().base, worker.gazetteer)
    listed = candidates(graphs, found.resolution.judgements, found.calls, Options().base)
    (out / "candidates.csv").write_text(table(listed), encoding="utf-8")
    return out


def people(out: Path, label: str) -> list[str]:
    rows = map(json.loads, (out / "entities.jsonl").read_text().splitlines())
    return sorted(row["id"] for row in rows if row["label"] == label)


def told(directory: Path, answers: Iterator[str]) -> tuple[int, list[str]]:
    said: list[str] = []
    taken = judge.judge(directory, lambda prompt: next(answers), said.append, "ann", "2026-01-02")
    return taken, said


def test_the_homonym_is_the_first_question(folder: Path) -> None:
    first = judge.calls(folder)[0]
    assert (first.verdict, first.left_text, first.right_text) == ("different", "Jan Novak", "Jan Novak")
    taken, said = told(folder, iter("q"))
    assert taken == 0
    assert "[[Jan Novak]]" in said[0]
    assert not (folder / "judgements.csv").exists()


def test_an_answer_is_obeyed_and_can_be_taken_back(folder: Path, tmp_path: Path) -> None:
    before = (folder / "entities.jsonl").read_bytes()
    assert len(people(folder, "Jan Novak")) == 2
    assert told(folder, iter(["what?", "y", "q"]))[0] == 1
    assert len(people(built(tmp_path), "Jan Novak")) == 1
    assert "Jan Novak" not in {call.left_text for call in judge.calls(folder)}
    (folder / "judgements.csv").unlink()
    assert (built(tmp_path) / "entities.jsonl").read_bytes() == before


def test_a_statement_is_rejected(folder: Path, tmp_path: Path) -> None:
    fact = next(json.loads(line) for line in (folder / "facts.jsonl").read_text().splitlines() if '"met"' in line)
    judge.decide(folder, "reject", fact["id"], by="ann", date="2026-01-02", note="not so")
    after = [json.loads(line) for line in (built(tmp_path) / "facts.jsonl").read_text().splitlines()]
    assert [row["asserted"] for row in after if row["id"] == fact["id"]] == [False]


def test_what_is_not_there_cannot_be_judged(folder: Path) -> None:
    with pytest.raises(judge.JudgeError, match="no such statement"):
        judge.decide(folder, "reject", "urn:x#st=1")
    with pytest.raises(judge.JudgeError, match="no such mention"):
        judge.decide(folder, "same", "urn:x#char=1,2", "urn:x#char=3,4")


def test_rows_are_appended_to_a_file_without_a_last_newline(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(",".join(COLUMNS) + '\nsame,urn:a,urn:b,"a, b",c,ann,,')
    judge.append(path, ("different", "urn:c", "urn:d", 'say "x"', "y\nz", "bob", "2026-01-02", ""))
    found = read_judgements(path)
    assert [(one.verdict, one.by) for one in found] == [("same", "ann"), ("different", "bob")]


def test_both_sides_know_the_same_columns() -> None:
    assert judge.COLUMNS == COLUMNS
