"""Layout: what is no prose is set apart, and no offset moves."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.layout import layout, level, prose

CASES = [
    ("LAGOS, Nigeria (AP) — The minister resigned on Monday.", ["dateline", "body"]),
    ("PARIS -- Strikes spread to the ports.", ["dateline", "body"]),
    ("Oslo, Norway\n–\nThe talks ended without a result.", ["dateline", "dateline", "body"]),
    ("By Ann Lee and Tom Ray, Foreign Staff\nThe talks ended.", ["byline", "body"]),
    ("Rescuers dig through a collapsed school. Photograph: A. Person/Example Agency", ["caption", "boilerplate"]),
    ("The mayor opens the bridge. (Jane Doe/AP Photo)\nThe bridge cost $3 million.", ["caption", "boilerplate", "body"]),
    ("Read more: what we know so far\nThe talks ended.", ["boilerplate", "body"]),
    ("JUST WATCHED Mayor on the strike Replay More Videos ... 02:42\nThe talks ended.", ["boilerplate", "body"]),
    ("The talks ended.\nBy signing up, you agree to our Privacy Policy", ["body", "boilerplate"]),
    ("The talks ended.\nEmail Sign Up By clicking, you consent to letters.", ["body", "boilerplate"]),
    ("The unions want to sign up members before they agree.", ["body"]),
    ("Ceasefire holds for a second day\n\nThe guns were silent on Friday.", ["headline", "body"]),
    ("\"We will not yield,\" she said.", ["body"]),
    ("MARTIN: What did the senator say?", ["body"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), CASES)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [block.kind for block in layout(text)] == kinds


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        f"The committee of the regional council met {word} and talked about the"
        for word in ("once", "twice", "often", "late", "early")
    ]
    text = "\n".join(lines) + "\nbudget.\n\nNothing was decided."
    blocks = layout(text)
    assert len(blocks) == 2
    assert "\n" not in blocks[0].span.of(prose(text, blocks))


@given(st.text())
def test_blocks_are_ordered_apart_and_hold_all_that_is_not_space(text: str) -> None:
    blocks = layout(text)
    assert len(level(text)) == len(prose(text, blocks)) == len(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
    outside = list(level(text))
    for block in blocks:
        outside[block.span.start : block.span.end] = " " * (block.span.end - block.span.start)
    assert not "".join(outside).strip(" \n") or not "".join(outside).strip()


def test_a_word_in_capitals_ends_no_list_of_links() -> None:
    text = "Falk said that Falk's plan is good and would need MORE money next year."
    assert prose(text, ()) == text


def test_links_are_looked_for_in_one_pass() -> None:
    text = "Aa-" * 20_000 + " MORE"
    start = time.perf_counter()
    assert prose(text, ()) == text
    assert time.perf_counter() - start < 2  # quadratic: a minute
