"""The rule as a law over any two figures, and the words that tell what a figure measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare import kind
from kg.items import Item
from kg.model import Claim, Comparator, GlobalEntity, Ref, Span, Statement
from kg.pipeline import extract_text

WHOM = GlobalEntity("urn:x/people", "Group", "people", (), ())
COMPARATORS: tuple[Comparator, ...] = ("=", "~", ">", "<", ">=", "<=")


def item(value: float, comparator: Comparator, source: str, at: int, measure: str = "killed") -> Item:
    span = Span(at, at + 3)
    claim = Claim(measure, Ref(0, span), value, None, None, comparator, None, span)
    said = Statement("quantity", "hasCount", Ref(0, span), Ref(0, span), None, span, "positive", "certain", "past")
    return Item((at, 0), said, claim, WHOM, WHOM.iri, frozenset(), frozenset((source,)), False)


figures = st.tuples(st.integers(1, 10**7).map(float), st.sampled_from(COMPARATORS), st.sampled_from("ab"))


@given(figures, figures)
def test_the_kind_of_a_pair_has_no_direction(
    left: tuple[float, Comparator, str], right: tuple[float, Comparator, str]
) -> None:
    one, other = item(*left, 0), item(*right, 9)
    assert kind(one, other, False) == kind(other, one, False)


@given(figures)
def test_a_figure_repeats_itself_and_another_source_tells_it_anew(figure: tuple[float, Comparator, str]) -> None:
    value, comparator, _ = figure
    assert kind(item(value, comparator, "a", 0), item(value, comparator, "a", 9), False) == "repetition"
    assert kind(item(value, comparator, "a", 0), item(value, comparator, "b", 9), False) == "differentSource"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (item(10000, ">", "a", 0), item(15000, "=", "a", 9), "compatible"),
        (item(15000, "~", "a", 0), item(15000, "=", "a", 9), "repetition"),
        (item(300000, "<=", "a", 0), item(250000, "=", "a", 9), "compatible"),
        (item(600, "~", "a", 0), item(623, "=", "a", 9), "repetition"),
        (item(600, "~", "a", 0), item(655, "=", "a", 9), "compatible"),
        (item(600, "=", "a", 0), item(700, "=", "a", 9), "conflict"),
    ],
)
def test_a_repetition_gives_the_same_figure(left: Item, right: Item, expected: str) -> None:
    assert kind(left, right, False) == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("4,000 farmers took part in Friday's march in Oslo.", ["attended"]),
        ("The council said that 900 families had been driven from their homes.", ["displaced"]),
        ("Police said 40 people were killed and 12 people were still missing.", ["killed", "missing"]),
        ("Norway said 800 Norwegian soldiers are stationed in Mali.", ["strength"]),
        ("Norway said 800 Norwegian soldiers were sent to Mali.", ["deployed"]),
    ],
)
def test_the_words_behind_the_counted_noun_tell_what_is_measured(text: str, measures: list[str]) -> None:
    claims = {s.claim.span: s.claim.measure for s in extract_text(text).statements if s.claim}
    assert [claims[span] for span in sorted(claims)] == measures


def test_a_figure_is_as_of_the_date_before_it_in_its_part_of_the_sentence() -> None:
    text = "As of 11 May 2020, 171 people had died in Oslo, the ministry said; as of 6 May 2020, it counted 145 people killed."
    claims = {s.claim.span: s.claim for s in extract_text(text, "2020-05-12").statements if s.claim}
    dates = [claims[span].as_of for span in sorted(claims)]
    assert [date and date.edtf for date in dates] == ["2020-05-11", "2020-05-06"]
