"""`make shots`: pictures of the page to look at, and the one in the README.

python -m tests.page.shots FOLDER [NAME ...]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.page import PageOptions, write_page
from kg.pipeline import Options, build
from tests.page.sample import many

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "docs" / "page.png"  # the shot "light"


def found(text: str) -> Callable[[Page], None]:
    """Types a name into the search and takes the first that is found."""

    def act(page: Page) -> None:
        page.fill("#search", text)
        page.press("#search", "Enter")
        page.wait_for_timeout(300)
        page.locator("#search").blur()

    return act


def best_edge(page: Page) -> None:
    page.click("#help")
    page.click(".tasks button >> nth=0")


def treaty(page: Page) -> None:
    found("Vladimir Putin")(page)
    page.locator("#panel details").first.evaluate("details => details.open = true")
    page.click("#panel .row:has-text('signed agreement with')")


def nothing(page: Page) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Shot:
    """`page`: "examples", or how many made-up nodes; `act` is done before the picture is taken."""

    name: str
    page: str = "examples"
    address: str = ""
    width: int = 1440
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    act: Callable[[Page], None] = nothing
    media: Literal["screen", "print"] = "screen"


SHOTS = (
    Shot("light", act=treaty),
    Shot("dark", scheme="dark", act=found("Kim Jong Un")),
    Shot("everything", address="#layer=all"),
    Shot("phone", width=390, height=844),
    Shot("phone-evidence", width=390, height=844, act=found("Kim Jong Un")),
    Shot("phone-board", address="#view=figures", width=390, height=844),
    Shot("nodes-400", page="400"),
    Shot("nodes-5000", page="5000"),
    Shot("nodes-5000-open", page="5000", address="#open=0"),
    Shot("nodes-5000-best", page="5000", address="#scope=top"),
    Shot("timeline", address="#view=timeline"),
    Shot("board", address="#view=figures"),
    Shot("board-dark", address="#view=figures", scheme="dark"),
    Shot("sources", address="#view=sources"),
    Shot("quotes", address="#view=quotes"),
    Shot("table", address="#view=table"),
    Shot("ask", address="#view=ask"),
    Shot("help", act=lambda page: page.click("#help")),
    Shot("wide", width=2560, height=1440),
    Shot("narrow", width=1000, height=700, act=found("Kim Jong Un")),
    Shot("print", media="print", act=best_edge),
)


def pages(wanted: set[str], folder: Path) -> dict[str, Path]:
    made = {name: folder / f"{name}.html" for name in wanted}
    for name, path in made.items():
        if name == "examples":
            build([ROOT / "examples" / "articles"], folder / "build", Options(page_text=True))
            shutil.copy(folder / "build" / "graph.html", path)
        else:
            write_page(path, many(int(name)), b"", [], PageOptions(title=f"{name} nodes", no_sparql=True))
    return made


def main(out: Path, names: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    chosen = [shot for shot in SHOTS if not names or shot.name in names]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        made = pages({shot.page for shot in chosen}, Path(folder))
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for shot in chosen:
            size = {"width": shot.width, "height": shot.height}
            context = browser.new_context(viewport=size, color_scheme=shot.scheme, offline=True)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(made[shot.page].as_uri() + shot.address)
            page.wait_for_timeout(600)
            shot.act(page)
            page.emulate_media(media=shot.media)
            page.wait_for_timeout(500)
            page.screenshot(path=out / f"{shot.name}.png", full_page=shot.media == "print")
            context.close()
            print(out / f"{shot.name}.png", flush=True)
        browser.close()
    if any(shot.name == "light" for shot in chosen):
        shutil.copy(out / "light.png", README)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
