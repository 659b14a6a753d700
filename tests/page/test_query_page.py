"""The query page of `kg serve` in a real Chromium: editor, ready questions, answers, links; nothing that its policy would have to stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.serve.running import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(example_build: Path) -> Iterator[httpx.Client]:
    with running(example_build) as client:
        yield client


@pytest.fixture
def page(browser: Browser, server: httpx.Client) -> Iterator[Page]:
    """The page at rest; at the end nothing may have been asked of another host, and nothing said on the console."""
    said: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(8000)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    here = str(server.base_url).rstrip("/")
    page.on(
        "request",
        lambda request: said.append(request.url) if not request.url.startswith((here, "blob:", "data:")) else None,
    )
    page.goto(f"{here}/query")
    yield page
    context.close()
    assert [one for one in said if "400 (Bad Request)" not in one] == []


def cells(page: Page) -> list[str]:
    return page.locator("#answer td").all_inner_texts()


def write(page: Page, query: str) -> None:
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.press(
        "Delete"
    )  # Chromium gives text put over coloured text a style of its own, which the policy stops
    page.keyboard.insert_text(query)


def test_a_ready_question_is_chosen_by_its_title_and_answered(page: Page) -> None:
    page.select_option("#choice", label="Who honoured whom, in which words?")
    page.wait_for_selector("#answer td")
    assert "Kim Jong Un" in cells(page)
    assert page.inner_text("#status").partition(" in ")[0].endswith("rows")
    assert "Tributes" in page.inner_text("#about")
    assert page.locator(".cm-content").inner_text().startswith("SELECT ?who")


def test_a_written_question_is_asked_by_keyboard_and_kept_in_the_address(page: Page) -> None:
    write(page, 'SELECT ?n { ?p rdfs:label "Vladimir Putin", ?n } LIMIT 1')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer td")
    assert cells(page) == ["Vladimir Putin"]
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert "Vladimir Putin" in page.locator(".cm-content").inner_text()


def test_the_editor_colours_completes_and_knows_the_ontology(page: Page) -> None:
    keyword = page.locator(".cm-line span", has_text="SELECT").first
    assert keyword.evaluate("span => getComputedStyle(span).fontWeight") == "600"
    write(page, "SELECT * { ?a nk:hono")
    page.keyboard.type("r")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert "nk:honored" in page.inner_text(".cm-tooltip-autocomplete")


def test_what_is_wrong_is_said_in_the_servers_words(page: Page) -> None:
    write(page, "SELECT nonsense")
    page.click("#ask")
    page.wait_for_selector("#answer [role=alert]")
    assert "expected" in page.inner_text("#answer [role=alert]")


def test_yes_no_and_triples(page: Page) -> None:
    write(page, "ASK { ?a nk:met ?b }")
    page.click("#ask")
    page.wait_for_selector(".verdict")
    assert page.inner_text(".verdict") == "Yes"
    write(page, "CONSTRUCT WHERE { ?a nk:met ?b }")
    page.click("#ask")
    page.wait_for_selector("#answer pre")
    assert "nk:met" in page.inner_text("#answer pre") or "ontology#met" in page.inner_text("#answer pre")


def test_a_resource_leads_to_its_page_and_on(page: Page) -> None:
    write(page, 'SELECT ?p { ?p a nk:Person ; rdfs:label "Kim Jong Un" }')
    page.click("#ask")
    page.wait_for_selector("#answer a")
    page.click("#answer a")
    page.wait_for_selector("h1:has-text('Kim Jong Un')")
    page.locator("a", has_text="Vladimir Putin").first.click()
    page.wait_for_selector("h1:has-text('Vladimir Putin')")


def test_an_answer_is_saved(page: Page) -> None:
    page.select_option("#choice", value="articles")
    page.wait_for_selector("#csv")
    with page.expect_download() as started:
        page.click("#csv")
    saved = started.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert saved[0].startswith("published,outlet,title")
    with page.expect_download() as started:
        page.click("text=JSON >> nth=-1")
    assert started.value.suggested_filename == "answer.json"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: str) -> None:
    axe = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not installed: cd frontend && npm ci")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.select_option("#choice", value="who-honoured-whom")
    page.wait_for_selector("#answer td")
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))"
    )
    assert found == []
