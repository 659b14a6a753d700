"""Five questions a reader brings to the page of a real build, each answered by few actions; what the answer must be comes from the rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.page.conftest import Open

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


class Reader:
    """Counts what a reader does: a click, a text typed, a key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, selector: str) -> None:
        self.actions += 1
        self.page.click(selector)

    def type(self, selector: str, text: str) -> None:
        self.actions += 1
        self.page.fill(selector, text)

    def key(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def sees(self, text: str) -> bool:
        return " ".join(text.split()) in " ".join(self.page.inner_text("#app").split())


@pytest.fixture
def reader(open_page: Open, example_page: str) -> Reader:
    return Reader(open_page(example_page))


@pytest.fixture(scope="module")
def facts(example_build: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (example_build / "facts.jsonl").read_text("utf-8").split("\n") if line]


def test_who_honoured_whom_and_where_is_it_said(reader: Reader, facts: list[dict[str, Any]]) -> None:
    reader.type("#search", "honoured")
    reader.key("Enter")
    said = [fact for fact in facts if fact["predicate"] == "honored"]
    assert said
    for fact in said:
        assert reader.sees(f"{fact['subject']['label']} honored {fact['object']['label']}")
        assert reader.sees(fact["evidence"]["text"])
        assert reader.sees(fact["publisher"])
    assert reader.actions == 2


def test_which_figures_for_the_dead_differ_and_who_says_what(
    reader: Reader, facts: list[dict[str, Any]], example_build: Path
) -> None:
    lines = (example_build / "comparisons.jsonl").read_text("utf-8").split("\n")
    pairs = [json.loads(line) for line in lines if line]
    claims = {
        claim
        for pair in pairs
        if pair["measure"] == "killed" and pair["kind"] in ("conflict", "differentTime")
        for claim in pair["claims"]
    }
    differ = [fact for fact in facts if fact["id"] in claims]
    assert differ
    reader.click("#tab-figures")
    rows = reader.page.locator(".claimrow").all_inner_texts()
    for fact in differ:
        innermost = max((link["level"] for link in fact["attribution"]), default=0)
        together = [link["label"] for link in fact["attribution"] if link["level"] == innermost]
        says = " and ".join(together) or fact["publisher"]
        mine = [row for row in rows if row.startswith(f"{fact['quantity']['mention']['text']}\n{says}")]
        assert mine, (fact["id"], says)
    assert reader.sees("speak of different times")  # tolls of different days
    assert reader.actions == 1


def test_what_was_said_on_a_date(reader: Reader, facts: list[dict[str, Any]]) -> None:
    day = max(fact["published"] for fact in facts)
    reader.click("#tab-timeline")
    reader.click("[data-key^='day-'] >> nth=-1")
    reader.click("#other >> text=Everything said")
    assert f"from={day}&to={day}" in reader.page.url
    assert reader.page.locator(".day .line").count() == sum(fact["published"] == day for fact in facts)
    assert reader.actions == 3


def test_how_are_two_entities_connected(reader: Reader) -> None:
    reader.click("#path-button")
    reader.type("#path-a", "kim jong un")
    reader.type("#path-b", "trump")
    reader.key("Enter")
    way = reader.page.inner_text("#note .way")
    assert way.startswith("Kim Jong Un ")
    assert way.endswith("Donald Trump")
    assert reader.actions == 4


def test_how_much_rests_on_one_source(reader: Reader) -> None:
    reader.click("#tab-sources")
    assert "rest on one source alone" in reader.page.inner_text("#one-source")
    reader.click(".matrix tbody button >> nth=0")
    assert reader.page.locator("#panel .card").count() > 0
    assert reader.actions == 2
