"""Gold of whole articles: recall by sentence, no precision where gold is not exhaustive."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluate import facts, run
from kg.evaluate.common import GoldError
from kg.pipeline import Options, Worker

TEXT = "Clara Jensen thanked Jonas Keller in Oslo.\n\nMaria Olsen congratulated Anna Berg. Clara Jensen praised Erik Hansen.\n"
GOLD = """
file: a.txt
exhaustive: {exhaustive}
facts:
  - {{s: "Clara Jensen", p: thanked, o: "Jonas Keller", core: true, evidence: "Clara Jensen thanked Jonas Keller"}}
  - {{s: "Clara Jensen", p: praised, o: "Erik Hansen", evidence: "Clara Jensen thanked Jonas Keller"}}
"""


@pytest.fixture(scope="module")
def worker() -> Worker:
    return Worker(Options())


def gold(folder: Path, exhaustive: bool) -> Path:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "a.yaml"
    path.write_text(GOLD.format(exhaustive=str(exhaustive).lower()), encoding="utf-8")
    return path


def test_a_fact_counts_in_its_own_sentence_only(tmp_path: Path, worker: Worker) -> None:
    report = facts.evaluate_articles(gold(tmp_path, exhaustive=False), worker)
    assert report.figures() == {"recall": 0.5, "core_recall": 1.0}
    assert [d.shown for d in report.differences] == ["Clara Jensen | praised | Erik Hansen"]


def test_exhaustive_gold_gives_precision(tmp_path: Path, worker: Worker) -> None:
    report = facts.evaluate_articles(gold(tmp_path, exhaustive=True), worker)
    spurious = {d.shown for d in report.differences if d.kind == "spurious"}
    assert {"Maria Olsen | congratulated | Anna Berg", "Clara Jensen | praised | Erik Hansen"} <= spurious
    assert report.figures()["precision"] < 0.5


def test_a_folder_is_the_sum_of_its_files(tmp_path: Path, worker: Worker) -> None:
    gold(tmp_path, exhaustive=False)
    assert "recall 0.5" in run(tmp_path, worker=worker)


def test_a_missing_text_is_named(tmp_path: Path, worker: Worker) -> None:
    path = gold(tmp_path, exhaustive=False)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(GoldError, match=r"a\.txt is not found"):
        run(path, worker=worker)
