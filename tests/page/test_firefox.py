"""The page in Debian's Firefox: load, click, query; nothing on its console, no request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.page.firefox import Firefox, firefox, found

pytestmark = pytest.mark.browser
MISSING = "browser tests NOT RUN: apt-get install firefox-esr, then make test"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    binary = found()
    if not binary:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with firefox(binary, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(window: Firefox, pages: dict[str, Path]) -> Iterator[Firefox]:
    address = pages["harbour"].as_uri()
    window.open("about:blank")
    window.open(address)
    window.until("html[data-ready]")
    yield window
    assert window.mistakes(address) == []
    assert window.run("return performance.getEntriesByType('resource').map((one) => one.name)") == []


def test_loads_and_draws(page: Firefox) -> None:
    assert page.text("h1") == "Harbour"
    assert page.text("#note").startswith("10 entities and 10 connections")
    drawn = page.run(
        """const canvas = document.querySelector("canvas");
        return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)"""
    )
    assert drawn


def test_a_search_and_a_click_open_the_evidence(page: Firefox) -> None:
    page.type("#search", "duarte\ue007")
    assert page.text("#panel h2") == "Ana Duarte"
    honoured = next(n for n, text in enumerate(page.texts("#panel .row")) if "honored" in text)
    page.click("#panel .row", honoured)
    assert page.text("#panel .support").startswith("Stated or reported as fact by 2 independent articles")
    assert page.text("#panel .card mark.trigger") == "honoured"


def test_a_query_is_answered(page: Firefox) -> None:
    page.click("#tab-ask")
    page.until(".cm-content")
    page.click("#ask-run")
    page.until("#ask-result td")
    assert page.text("#ask-result td") == "Ana Duarte"


def test_every_view_opens(page: Firefox) -> None:
    for view, content in (
        ("timeline", ".day"),
        ("figures", ".claimrow"),
        ("sources", ".matrix"),
        ("quotes", ".speaker"),
        ("table", "tbody tr"),
    ):
        page.click(f"#tab-{view}")
        page.until(content)
