"""What the README shows is what a user gets."""

from __future__ import annotations

import re
from pathlib import Path

from kg.cli import main
from kg.query import run
from tests.judged.figures import figures

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


def test_the_judged_figures() -> None:
    judged = {one.name: one for one in figures()}
    now, before, pairs = (judged[name] for name in ("round9-asserted", "round6-asserted", "round9-pairs"))
    pronouns, quotes = judged["round2-pronouns"], judged["round2-quotes"]
    text = " ".join(README.split())
    low, high = now.interval
    assert f"Of {now.of} asserted statements" in text
    assert f"found {now.right} right ({now.right / now.of:.2f}, 95 % interval {low:.2f} to {high:.2f})" in text
    assert f"of {before.of} drawn before, {before.right};" in text
    assert (
        f"of {pronouns.of} pronouns {pronouns.right}, of {quotes.of} quotations the speaker of {quotes.right};" in text
    )
    assert f"of {pairs.of} pairs of mentions taken for one thing {pairs.right}." in text


def test_the_judged_figures_of_the_page_on_quality() -> None:
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    rounds = (one for one in figures() if one.name.startswith("round"))
    shown = [one for one in rounds if int(one.name[5]) > 1 and one.name != "round2-pairs"]
    for one in shown:
        low, high = one.interval
        assert f"{one.right} of {one.of}" in page
        assert f"{low:.2f} to {high:.2f}" in page, one.name


def test_the_judged_figure_of_the_page_on_many_articles() -> None:
    page = " ".join((ROOT / "docs" / "many.md").read_text(encoding="utf-8").split())
    (many,) = (one for one in figures() if one.name == "many-pairs")
    assert f"Of {many.of} pairs of mentions over articles" in page
    assert f"two judges found {many.right} right" in page
