"""A real Chromium on real pages. Without one the browser tests are skipped, visibly; with REQUIRE_BROWSER=1 they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.page import PageOptions, write_page
from tests.page.sample import harbour, hostile, many, measures, posts, support

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
MISSING = "browser tests NOT RUN: apt-get install chromium && pip install playwright, then make test"

ID = "https://w3id.org/newskg/id/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TRIPLES = f"""\
<{ID}group/00003-norwegiandockers> {LABEL} "Norwegian dockers" .
<{ID}person/00000-anaduarte> {LABEL} "Ana Duarte" .
<{ID}person/00000-anaduarte> <https://w3id.org/newskg/ontology#honored> <{ID}group/00003-norwegiandockers> .
"""
QUERIES = [
    (
        "honours",
        "Who honoured whom?",
        "SELECT ?who ?whom { ?a nk:honored ?b . ?a rdfs:label ?who . ?b rdfs:label ?whom }",
    )
]


def _chromium() -> str | None:
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = _chromium()
    if not found:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {name: folder / f"{name}.html" for name in ("harbour", "copied", "hostile", "thousand", "posts", "measures")}
    write_page(made["harbour"], harbour(), TRIPLES.encode(), QUERIES, PageOptions(title="Harbour", with_text=True))
    copied = harbour()
    copied.support = list(support(copied, copies=3))
    write_page(made["copied"], copied, b"", [], PageOptions(title="Copied", no_sparql=True))
    write_page(
        made["hostile"],
        hostile(),
        TRIPLES.encode(),
        QUERIES,
        PageOptions(title="<b>Hostile</b></title>", with_text=True),
    )
    write_page(made["measures"], measures(), b"", [], PageOptions(no_sparql=True))
    write_page(made["posts"], posts(), b"", [], PageOptions(no_sparql=True))
    write_page(made["thousand"], many(1000), b"", [], PageOptions(no_sparql=True))
    return made


@pytest.fixture(scope="session")
def example_page(pages: dict[str, Path], example_build: Path) -> str:
    """The page of a real build under a name for `open_page`."""
    pages["examples"] = example_build / "graph.html"
    return "examples"


@pytest.fixture
def open_page(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    """Opens a page from disk with the network off; at the end no request and no console message may have been made."""
    contexts: list[Any] = []
    said: list[str] = []

    def opened(name: str, address: str = "", width: int = 1400, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                said.append(f"request: {request.url}")
                if not request.url.startswith(("file:", "blob:", "data:"))
                else None
            ),
        )
        page.goto(pages[name].as_uri() + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
