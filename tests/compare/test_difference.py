"""`kg diff`: what a second build gained, lost and changed; the exit code says whether anything did."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.pipeline import Options, build

FORMATS = ("facts", "entities", "comparisons")
FIRST = {
    "a": "About 600 Danish soldiers were killed in the war, said the Danish defence ministry.",
    "b": "Mara Quist met Jan Novak in Bergen.",
}
SECOND = {
    **FIRST,
    "b": "Mara Quist praised Jan Novak in Bergen.",
    "c": "700 Danish soldiers were killed in the war, a charity said.",
}


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("diff")
    for name, texts in (("one", FIRST), ("two", SECOND)):
        (folder / name).mkdir()
        for stem, text in texts.items():
            (folder / name / f"{stem}.txt").write_text(text)
        build([folder / name], folder / f"{name}.out", Options(formats=FORMATS))
    return str(folder / "one.out"), str(folder / "two.out")


def test_equal_builds_end_with_0(builds: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["diff", builds[0], builds[0]])
    assert (result.exit_code, result.output) == (0, "no difference\n")


def test_other_builds_end_with_1_and_say_what_is_gained_and_lost(builds: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["diff", *builds, "--format", "json"])
    assert result.exit_code == 1
    found = {(one["what"], one["change"], one["after"] or one["before"]) for one in json.loads(result.output)}
    assert any(what == "facts" and change == "gained" and "praised" in shown for what, change, shown in found)
    assert any(what == "facts" and change == "lost" and "met" in shown for what, change, shown in found)
    assert any(what == "comparisons" and change == "gained" and "conflict" in shown for what, change, shown in found)


def test_the_table_has_a_line_for_each_change(builds: tuple[str, str]) -> None:
    table = CliRunner().invoke(main, ["diff", *builds, "--format", "csv"]).output
    plain = CliRunner().invoke(main, ["diff", *builds]).output
    assert len(list(csv.DictReader(io.StringIO(table)))) == len(plain.splitlines())


def test_a_folder_that_is_not_there_ends_with_2(builds: tuple[str, str]) -> None:
    assert CliRunner().invoke(main, ["diff", builds[0], "nowhere"]).exit_code == 2
