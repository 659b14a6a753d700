"""The commands as a user types them, on a real build."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.conftest import EXAMPLES


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


def test_build_sums_up_and_warns(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "in")
    (tmp_path / "in" / "empty.txt").write_text("")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out", "--formats", "facts")
    assert result.exit_code == 0
    assert "9 articles" in result.output
    assert "warning: empty.txt: empty" in result.output
    assert run("build", tmp_path / "in", "-o", tmp_path / "out", "--formats", "facts", "--strict").exit_code == 1


def test_profile_names_the_stages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor of Oslo met Ana Duarte on Monday.")
    output = run("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--profile", "--formats", "facts").output
    table = {line.split()[0]: line.split()[1:] for line in output.splitlines() if line.endswith("%")}
    assert {"articles", "resolution", "triples", "facts", "all"} <= table.keys()
    assert float(table["articles"][1]) <= float(table["all"][1])


def test_log_as_json_lines(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The mayor of Oslo met Ana Duarte on Monday.")
    (tmp_path / "in" / "b.txt").write_text("")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out", "--log-json", "--formats", "facts")
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert result.stdout == ""
    assert {one["event"] for one in events} == {"progress", "warning", "stage", "end"}
    assert (events[-1]["articles"], events[-1]["warnings"]) == (1, 1)
    assert [(one["source"], one["reason"]) for one in events if one["event"] == "warning"] == [
        ("b.txt", "empty: no text")
    ]


def test_of_many_warnings_the_first_ones_are_shown(tmp_path: Path) -> None:
    lines = ['{"text": "The mayor of Oslo met Ana Duarte on Monday."}', *["{}"] * 40]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    output = run("build", tmp_path / "a.jsonl", "-o", tmp_path / "out", "--formats", "facts").output
    assert output.count("warning: a.jsonl#") == 30
    assert "warning: and 10 more, all in" in output
    assert len(json.loads((tmp_path / "out" / "build.json").read_text())["warnings"]) == 40


def test_errors_are_one_clear_line(tmp_path: Path, example_build: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    for arguments in (
        ("build", tmp_path / "a.txt", "-o", tmp_path / "out"),
        ("build", EXAMPLES, "-o", tmp_path / "out", "--formats", "pdf"),
        ("query", example_build, "SELECT nonsense"),
        ("show", example_build, "no-such-article"),
        ("why", example_build, "Nobody At All"),
    ):
        result = run(*arguments)
        assert result.exit_code != 0
        assert "Error" in result.output
        assert "Traceback" not in result.output


def test_dry_run_tells_new_changed_gone(tmp_path: Path, example_build: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(example_build, out)
    shutil.copytree(EXAMPLES, tmp_path / "in")
    first, second = sorted((tmp_path / "in").glob("*.txt"))[:2]
    first.unlink()
    second.write_text(second.read_text() + "\nOne more line.")
    (tmp_path / "in" / "new.txt").write_text("The mayor of Oslo resigned on Monday.")
    result = run("build", tmp_path / "in", "-o", out, "--dry-run")
    assert result.output.splitlines()[-1] == "1 new, 1 changed, 1 gone, 7 unchanged"


def test_show_gives_sentences_with_statements_and_what_was_dropped(example_build: Path) -> None:
    output = run("show", example_build, "kursk-medals").output
    assert "— holdsRole —" in output
    assert "    x " in output


def test_sample_is_the_same_for_a_seed(example_build: Path) -> None:
    one = run("sample", example_build, "--n", "5", "--seed", "ab").output
    assert one == run("sample", example_build, "--n", "5", "--seed", "ab").output
    assert one != run("sample", example_build, "--n", "5", "--seed", "cd").output
    assert one.count("/id/article/") == 5


def test_why_names_mentions_and_evidence(example_build: Path) -> None:
    output = run("why", example_build, "Kim Jong Un").output
    assert "partial-name" in output
    assert "harbour-post-kursk-medals.txt" in output


def test_compare_as_table(example_build: Path) -> None:
    rows = list(csv.reader(io.StringIO(run("compare", example_build, "--format", "csv").output)))
    assert rows[0][0] == "kind"
    assert len(rows) > 1


def test_diff(tmp_path: Path, example_build: Path) -> None:
    assert run("diff", example_build, example_build).output == "no difference\n"
    folder = tmp_path / "in"
    folder.mkdir()
    for path in sorted(EXAMPLES.glob("*"))[1:]:
        shutil.copy(path, folder)
    run("build", folder, "-o", tmp_path / "out", "--formats", "facts,entities,comparisons", "-q")
    output = run("diff", example_build, tmp_path / "out").output
    assert output.startswith("- facts: ")


def test_eval_as_json() -> None:
    gold = Path(__file__).resolve().parents[1] / "gold" / "factuality.yaml"
    assert set(json.loads(run("eval", gold, "--json").output)) == {"found", "macro_f1", "leak_rate"}


def test_check_conforms(example_build: Path) -> None:
    result = run("check", example_build)
    assert result.exit_code == 0, result.output
