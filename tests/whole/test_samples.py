"""Cards for judging, drawn from a real build."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.samples import KINDS, sample

THIRD = {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself"} | {
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
}
MARKED = re.compile(r"\[\[(.+?)\]\]")


def drawn(build: Path, of: str, n: int = 12, seed: str = "ab") -> list[dict[str, Any]]:
    return [json.loads(line) for line in sample(build, of, n, seed, True, "json").splitlines()]


@pytest.mark.parametrize("of", sorted(KINDS))
def test_a_seed_draws_the_same_and_another_draws_otherwise(example_build: Path, of: str) -> None:
    ids = [card["id"] for card in drawn(example_build, of)]
    assert ids == [card["id"] for card in drawn(example_build, of)]
    assert ids != [card["id"] for card in drawn(example_build, of, seed="cd")]
    assert len(ids) == len(set(ids)) > 0


def test_a_larger_sample_holds_the_smaller_one(example_build: Path) -> None:
    few, many = ({c["id"] for c in drawn(example_build, "statements", n)} for n in (5, 20))
    assert few < many


def test_pairs_are_half_within_half_across(example_build: Path) -> None:
    cards = drawn(example_build, "pairs")
    assert [c["scope"] for c in cards] == ["within"] * 6 + ["across"] * 6
    for card in cards:
        one, other = (place.split("#")[0] for place in card["id"].split())
        assert (one == other) is (card["scope"] == "within")
        assert all(len(MARKED.findall(card[side])) == 1 for side in "ab")


def test_pronouns_are_third_person(example_build: Path) -> None:
    said = {MARKED.findall(c["text"])[0].lower() for c in drawn(example_build, "pronouns", 100)}
    assert said <= THIRD


def test_quotes_show_the_quoted_words_and_a_speaker(example_build: Path) -> None:
    for card in drawn(example_build, "quotes"):
        assert card["answer"].startswith("speaker: ")
        assert MARKED.search(card["text"])


def test_a_statement_card_shows_no_rule(example_build: Path) -> None:
    text = sample(example_build, "statements", 3, "ab", True, "text")
    assert not re.search(r"confidence|features|kind:|parse-suspect", text)
