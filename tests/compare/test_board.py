"""kg compare: the board in three forms, narrowed, within 80 columns, and what is said when there is nothing to show."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.pipeline import Options, build

TEXT = (
    "The Danish defence ministry said that 163 Danish soldiers were killed. The Danish Red Cross said that 90 Danish soldiers "
    "were killed. A charity in Aarhus said that thousands of Danish soldiers were wounded."
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("board")
    row = {"id": "a", "published": "2024-05-02", "publisher": "Daily A", "text": TEXT}
    (folder / "in.jsonl").write_text(json.dumps(row))
    build([folder / "in.jsonl"], folder / "out", Options(formats=("facts", "comparisons")))
    return folder / "out"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["compare", *arguments])
    return result.exit_code, result.output


def test_the_board_reads_in_80_columns(built: Path) -> None:
    code, text = run(str(built))
    assert code == 0
    assert max(map(len, text.splitlines())) <= 80
    heads = [line for line in text.splitlines() if line.startswith("Danish")]  # measures are not mixed
    assert heads == ["Danish soldiers: killed", "Danish soldiers: killed and wounded"]
    assert text.endswith("3 pairs: 1 conflict, 2 differentScope\n")


def test_csv_and_json_hold_both_claims_with_their_words(built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(str(built), "--kind", "conflict", "--format", "csv")[1])))
    assert [(row["value1"], row["value2"], row["kind"]) for row in rows] == [("163", "90", "conflict")]
    pairs = json.loads(run(str(built), "--format", "json", "--about", "SOLDIERS")[1])
    assert {end["evidence"] in TEXT for pair in pairs for end in (pair["left"], pair["right"])} == {True}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "repetition"), "no such pair; there are: 2 differentScope, 1 conflict"),
        (("--about", "cats"), "no such pair"),
    ],
)
def test_nothing_found_says_what_there_is(built: Path, arguments: tuple[str, ...], said: str) -> None:
    code, text = run(str(built), *arguments)
    assert code != 0
    assert said in text


def test_a_folder_without_comparisons_says_how_to_get_them(tmp_path: Path) -> None:
    code, text = run(str(tmp_path))
    assert code != 0
    assert "build it with both formats" in text
