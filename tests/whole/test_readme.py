"""What the README shows is what a user gets."""

from __future__ import annotations

import re
from pathlib import Path

from kg.cli import main
from kg.query import run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_query_and_its_answer(example_build: Path) -> None:
    shown = re.search(r"^\$ \S+kg query output '(.+?)'\n(.*?)```", README, flags=re.DOTALL | re.MULTILINE)
    assert shown is not None
    assert run(example_build, shown[1]) == shown[2]


def test_every_command_that_it_names_is_there() -> None:
    named = set(re.findall(r"\bkg ([a-z]+)\b", README)) - {"is", "import"}  # prose and Python
    assert named <= set(main.commands)


def test_every_file_that_it_links_is_there() -> None:
    assert [link for link in re.findall(r"\]\(([^)#:]+)\)", README) if not (ROOT / link).exists()] == []
