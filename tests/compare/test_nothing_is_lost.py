"""No value is averaged, merged or dropped: laws over whole builds and over texts made of any figures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.pipeline import Options, build, extract_text

GOLD = Path(__file__).parents[1] / "gold" / "comparisons"
EVENTS = sorted(path.name for path in GOLD.iterdir() if path.is_dir())
Row = dict[str, Any]


def lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    build([GOLD / event for event in EVENTS], out, Options(formats=("facts", "annotations", "comparisons")))
    return out


def test_every_claim_gives_the_figure_as_it_stands_in_the_text(built: Path) -> None:
    notes = {note["article"]: note for note in lines(built / "annotations.jsonl")}
    claims = [fact for fact in lines(built / "facts.jsonl") if fact["quantity"]]
    assert len(claims) > 100
    for fact in claims:
        mention, own = fact["quantity"]["mention"], notes[fact["article"]]
        read = next(q for q in own["quantities"] if (q["start"], q["end"]) == (mention["start"], mention["end"]))
        assert own["text"][mention["start"] : mention["end"]] == mention["text"]
        assert [fact["quantity"][k] for k in ("value", "min", "max", "comparator")] == [
            read[k] for k in ("value", "min", "max", "comparator")
        ]


def test_pairs_name_two_claims_of_the_build_by_their_own_words_and_each_pair_once(built: Path) -> None:
    facts = {fact["id"]: fact for fact in lines(built / "facts.jsonl")}
    pairs = lines(built / "comparisons.jsonl")
    assert len(pairs) > 50
    for pair in pairs:
        told = [facts[claim]["quantity"] for claim in pair["claims"]]
        assert [one["mention"]["text"] for one in told] == pair["values"]
        assert pair["measure"] in [one["measure"] for one in told]
        places = [(facts[claim]["article"], facts[claim]["quantity"]["mention"]["start"]) for claim in pair["claims"]]
        assert places[0] != places[1]
    assert max(Counter(frozenset(pair["claims"]) for pair in pairs).values()) == 1


def test_comparing_takes_no_claim_away(built: Path, tmp_path: Path) -> None:
    build([GOLD / event for event in EVENTS], tmp_path / "out", Options(formats=("facts",)))
    assert (tmp_path / "out" / "facts.jsonl").read_bytes() == (built / "facts.jsonl").read_bytes()


FIGURES = st.lists(st.integers(2, 99_999), min_size=1, max_size=4, unique=True)
SOURCES = ("the coast guard", "the mayor", "a doctors' union", "the army")
SAID = ("{n:,} people were killed, {source} said.", "{n:,} people were killed, according to {source}.")


@settings(max_examples=25, deadline=None)
@given(FIGURES, st.sampled_from(SAID))
def test_every_figure_that_is_written_is_a_claim_of_that_very_value(figures: list[int], said: str) -> None:
    text = " ".join(said.format(n=n, source=source) for n, source in zip(figures, SOURCES, strict=False))
    claims = {(s.claim.span, s.claim.value) for s in extract_text(text).statements if s.claim}
    assert sorted(value for _, value in claims if value is not None) == sorted(map(float, figures))
