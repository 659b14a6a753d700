"""Input that no article should be, through the whole build: spans stay true, nothing raises, and what is left out is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import judge
from kg.model import Article, ArticleGraph, Span
from kg.pipeline import Options, Worker, build, extract_text
from tests.conftest import EXAMPLES
from tests.whole.test_build import rows

WORDS = st.sampled_from(
    [
        "Ana", "Duarte", "Otto Krone", "Lisbon", "Norway", "the", "mayor", "soldiers", "of", "who", "that", "met", "said",
        "was killed", "denied", "has", "not", "300", "$5m", "in May 2024", "on Tuesday", "he", "their", ",", ".", ":", "“",
        "”", "\"", "'s", "(", ")", "—", "\n", "\n\n", "...", "!?", "\u200b", "\u202e", "\ufffd", "é", "日本", "🙂", "\t", "\x07",
        "http://e.org/?a=b&c", "@ana", "#x", "<b>", "&amp;", "%", "/", "\\",
    ]
)  # fmt: skip


def checked(graph: ArticleGraph) -> None:
    """Every span lies in the text and holds something."""
    text = graph.annotated.article.text
    spans: list[Span] = [mention.span for mention in graph.annotated.mentions]
    spans += [argument.span for clause in graph.annotated.clauses for argument in clause.arguments]
    spans += [clause.trigger for clause in graph.annotated.clauses]
    spans += [one.evidence for one in graph.statements] + [one.subject.span for one in graph.statements]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for statement in graph.statements:
        assert statement.evidence.covers(statement.subject.span)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_any_sequence_of_words_is_read(text: str) -> None:
    checked(extract_text(text, "2024-06-01"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_characters_are_read(text: str) -> None:
    checked(extract_text(text))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_article_cut_anywhere_is_read(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(EXAMPLES.glob("*.txt")))).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text) - 1))
    checked(extract_text(text[start : data.draw(st.integers(start + 1, len(text)))], "2024-06-01"))


def test_a_sentence_of_two_thousand_words_takes_seconds() -> None:
    start = time.process_time()
    checked(extract_text("Ana Duarte met the mayor of Oslo and " * 250 + "left."))
    assert time.process_time() - start < 60


def test_hundred_thousand_words_in_one_sentence_are_one_warning(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("soldiers " * 100_000)
    (tmp_path / "in" / "b.txt").write_text("Ana Duarte met Otto Krone in Lisbon.")
    summary = build([tmp_path / "in"], tmp_path / "out", Options(formats=("facts",)))
    assert summary.articles == 1
    assert [source for source, _ in summary.warnings] == ["a.txt"]


def test_another_model_or_lexicon_reads_anew_and_another_wording_parses_nothing(tmp_path: Path) -> None:
    """By the names under which results are kept: no second model is needed to tell."""
    article = Article("a.txt", "Ana Duarte met Otto Krone.")
    plain = Worker(Options()).digests(article)
    assert Worker(Options(model="en_core_web_md")).digests(article)[0] != plain[0]
    (tmp_path / "names.csv").write_text("label,aliases,type,iri\nOtto Krone,,Person,https://e.org/krone\n")
    assert Worker(Options(gazetteer=tmp_path / "names.csv")).digests(article)[0] != plain[0]
    own = tmp_path / "ontology" / "wordings"
    own.mkdir(parents=True)
    (own / "own.yaml").write_text("frames: []\n")
    other = Worker(Options(ontology=tmp_path / "ontology")).digests(article)
    assert other[0] == plain[0]
    assert other[1] != plain[1]
    assert Worker(Options(min_confidence=0.9)).digests(article)[1] != plain[1]
    assert Worker(Options()).digests(Article("b.txt", article.text))[0] != plain[0]


def test_a_changed_wording_takes_effect_without_parsing_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana Duarte met Otto Krone in Lisbon.")
    out = tmp_path / "out"
    assert build([tmp_path / "a.txt"], out, Options(formats=("facts",))).annotated == 1
    own = tmp_path / "ontology" / "wordings"
    own.mkdir(parents=True)
    (own / "own.yaml").write_text("frames: []\n")
    assert build([tmp_path / "a.txt"], out, Options(formats=("facts",), ontology=tmp_path / "ontology")).annotated == 0
    assert rows(out / "facts.jsonl")


def test_judgements_that_leave_an_entity_nothing_are_obeyed(tmp_path: Path) -> None:
    """Each of its mentions is said to be somebody else: the entity is gone, each mention has one of its own."""
    (tmp_path / "a.txt").write_text("Ana Duarte met Otto Krone in Lisbon. Duarte thanked Krone. Ana Duarte left.")
    out, kinds = tmp_path / "out", Options(formats=("facts", "annotations", "entities", "store"))
    build([tmp_path / "a.txt"], out, kinds)
    note = rows(out / "annotations.jsonl")[0]
    ends = [f"{note['article']}#char={m['start']},{m['end']}" for m in note["mentions"] if "Duarte" in m["text"]]
    assert len(ends) == 3
    for left in range(3):
        for right in range(left + 1, 3):
            judge.decide(out, "different", ends[left], ends[right], by="ann", date="2026-01-01")
    build([tmp_path / "a.txt"], out, kinds)
    after = rows(out / "annotations.jsonl")[0]["mentions"]
    assert len({m["entity"] for m in after if "Duarte" in m["text"]}) == 3
    known = {row["id"] for row in rows(out / "entities.jsonl")}
    assert {m["entity"] for m in after if m["entity"]} <= known


def test_all_statements_rejected_leaves_an_empty_graph_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana Duarte met Otto Krone in Lisbon.")
    out = tmp_path / "out"
    build([tmp_path / "a.txt"], out, Options())
    for row in rows(out / "facts.jsonl"):
        judge.decide(out, "reject", row["id"], by="ann", date="2026-01-01")
    summary = build([tmp_path / "a.txt"], out, Options())
    assert summary.asserted == 0
    assert not any(row["asserted"] for row in rows(out / "facts.jsonl"))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_article_that_breaks_a_stage_is_left_out_and_told(workers: str, tmp_path: Path) -> None:
    """In a copy of the program whose clause layer refuses one word."""
    program = tmp_path / "program"
    root = Path(__file__).resolve().parents[2]
    shutil.copytree(root / "kg", program / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    if not (program / "kg" / "_ontology").exists():
        shutil.copytree(root / "ontology", program / "ontology")
    extract = program / "kg" / "extract" / "__init__.py"
    text = extract.read_text(encoding="utf-8")
    name = "def extract("
    at = text.index(":\n", text.index(name)) + 2
    assert name in text
    extract.write_text(
        text[:at].replace(name, "def _extract(") + text[at:] + "\n\ndef extract(annotated, *rest):  # type: ignore\n"
        "    if 'Unlucky' in annotated.article.text:\n        raise KeyError('unlucky')\n    return _extract(annotated, *rest)\n",
        encoding="utf-8",
    )
    (tmp_path / "in").mkdir()
    for number, text in enumerate(
        ("Ana Duarte met Otto Krone.", "Unlucky Ana met Otto Krone.", "Otto Krone left Lisbon.")
    ):
        (tmp_path / "in" / f"{number}.txt").write_text(text)
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(tmp_path / "in"),
        "-o",
        str(tmp_path / "out"),
        "--workers",
        workers,
    ]
    run = subprocess.run(
        [*command, "--formats", "facts"],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "warning: 1.txt: left out: KeyError: 'unlucky' (work/failed/" in run.stderr
    failed = list((tmp_path / "out" / "work" / "failed").iterdir())
    assert len(failed) == 1
    assert "Traceback" in failed[0].read_text()
    report = json.loads((tmp_path / "out" / "build.json").read_text())
    assert sorted(report["articles"]) == ["0.txt", "2.txt"]
