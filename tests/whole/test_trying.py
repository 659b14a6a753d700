"""`kg try` shows why a wording fits or not."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from kg.cli import main
from tests.ontology.test_faults import FRAME, folder


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["try", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_sentence_with_its_clauses_wordings_and_statements() -> None:
    lines = shown("Clara Jensen met Jonas Keller.").splitlines()
    assert lines[0] == "Clara Jensen met Jonas Keller."
    assert "  meet (verb, past): subject “Clara Jensen” Person; object “Jonas Keller” Person" in lines
    assert any(line.startswith("      Meeting  [wordings/") for line in lines)
    assert "  = Clara Jensen — met — Jonas Keller  (asserted)" in lines


def test_what_a_wording_lacks() -> None:
    assert "nothing fills recipient" in shown("Clara Jensen received a medal.")
    assert "stands not under" in shown("Clara Jensen mocked the praise of Jonas Keller.")


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    own = folder(tmp_path, wordings=FRAME)
    assert "Waving  [wordings/own.yaml:2]" in shown("Clara Jensen waved at Jonas Keller.", "--ontology", str(own.root))


def test_a_noun_under_a_verb_that_its_frame_names() -> None:
    for verb in ("heaped", "lavished"):
        assert "= Clara Jensen — praised — Jonas Keller  (asserted)" in shown(
            f"Clara Jensen {verb} praise on Jonas Keller."
        )
    for verb in ("garnered", "won"):
        assert "= Clara Jensen — praised — Jonas Keller  (asserted)" in shown(
            f"Jonas Keller {verb} praise from Clara Jensen."
        )
