"""Rules of the house that a test can hold: no name of the sample articles in the program, no path of one machine anywhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = re.compile(r"\b(kim jong|kursk|kcna|putin|zelensk|pyongyang|lavrov)", re.IGNORECASE)


def test_the_program_knows_no_name_of_the_samples() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "kg").rglob("*.py"))
        if "_ontology" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if SAMPLES.search(line)
    ]
    assert found == []


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split(
        "\n"
    )
    host = re.compile(r"registry\.npmjs\.|files\.pythonhosted\.|pypi\.org/simple|(?<![\w.])/(?:root|home)/\w")
    own = Path(__file__).relative_to(ROOT).as_posix()
    found = [
        name
        for name in listed
        if name and name != own and not name.endswith((".png", ".gz")) and host.search((ROOT / name).read_text("utf-8"))
    ]
    assert found == []
