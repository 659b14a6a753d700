"""The page beside pyvis's stock page: the same nodes and edges, the same browser, the same run, network off.

First paint is what Chromium reports. Interactive is when the graph stands on the canvas and two frames have followed each other within
100 ms (for pyvis also: its loading bar is gone). Frames are counted while the picture is dragged for two seconds.
"""

from __future__ import annotations

import json
import math
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

from kg.page import PageOptions, write_page
from kg.pipeline import Options, build
from kg.query import queries
from tests.bench.grown import ROOT, grown
from tests.page.sample import SampleRows, many

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = (200, 1_000, 5_000, 20_000)
PATIENCE = 60  # seconds for a page to become interactive
READY = ("who-honoured-whom", "figures-for-the-dead", "quotations", "sources-credited-by-outlet")

WATCH = """
window.bench = { frames: 0, down: 0, opened: null };
const painted = () => {
    const canvas = document.querySelector("canvas");
    const bar = document.querySelector("#loadingBar");
    if (!canvas || !canvas.width || (bar && getComputedStyle(bar).display !== "none")) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 3; at < data.length; at += 4) if (data[at]) return true;
    return false;
};
let calm = false;
let last = performance.now();
const frame = () => {
    const now = performance.now();
    window.bench.frames++;
    if (!calm && now - last < 100 && painted()) {
        calm = true;
        console.log(`calm ${now}`);
    }
    last = performance.now();
    requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
addEventListener("pointerdown", () => (window.bench.down = performance.now()), true);
addEventListener("DOMContentLoaded", () => {
    const seen = new MutationObserver(() => {
        const { opened, down } = window.bench;
        if (opened === null && document.querySelector("#panel .card")) window.bench.opened = performance.now() - down;
    });
    seen.observe(document.body, { childList: true, subtree: true });
});
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds; frames per second; milliseconds from a click on the drawing to the evidence. None: not within PATIENCE, or none."""

    megabytes: float
    paint: float
    interactive: float | None
    fps: float | None
    click: float | None


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        beside_pyvis(browser, folder)
        one_file(folder)
        asked(browser, folder)
        browser.close()


def beside_pyvis(browser: Browser, folder: Path) -> None:
    print(f"{'nodes':>7} {'page':8}{'MB':>7}{'paint s':>9}{'interactive s':>15}{'pan fps':>9}{'click ms':>10}")
    for size in SIZES:
        rows = many(size)
        began = time.perf_counter()
        write_page(folder / "ours.html", rows, b"", [], PageOptions(no_sparql=True))
        took = time.perf_counter() - began
        (folder / "pyvis.html").write_text(stock(rows), encoding="utf-8")
        for page in ("ours", "pyvis"):
            one = measured(browser, folder / f"{page}.html")
            seconds = f">{PATIENCE}" if one.interactive is None else f"{one.interactive:.2f}"
            print(
                f"{size:>7} {page:8}{one.megabytes:>7.2f}{one.paint:>9.2f}{seconds:>15}{shown(one.fps):>9}{shown(one.click):>10}",
                flush=True,
            )
        print(f"{'':8}written in {took:.1f} s")


def shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def stock(rows: SampleRows) -> str:
    """pyvis as it comes, with its own template and its default physics; nodes and edges assigned, since add_node takes n² time."""
    net = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    number = {row["id"]: n for n, row in enumerate(rows.entities)}
    net.nodes = [{"id": n, "label": row["label"], "shape": "dot"} for n, row in enumerate(rows.entities)]
    net.edges = [
        {"from": number[row["subject"]["id"]], "to": number[row["object"]["id"]], "title": row["predicate"]}
        for row in rows.facts
    ]
    return str(net.generate_html("pyvis.html"))


def measured(browser: Browser, path: Path) -> Figures:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(WATCH)
    page.goto(path.as_uri(), wait_until="commit")
    # Said on the console: a page that is busy answers no question.
    calm = waited(page, lambda: next((float(one[5:]) for one in said if one.startswith("calm ")), None), PATIENCE)
    size = path.stat().st_size / 1e6
    if calm is None:
        context.close()
        return Figures(size, math.nan, None, None, None)
    paint = page.evaluate("performance.getEntriesByName('first-paint')[0]?.startTime ?? NaN")
    figures = Figures(size, paint / 1e3, calm / 1e3, dragged(page), clicked(page))
    context.close()
    return figures


def waited(page: Page, test: Callable[[], Any], seconds: float, every: int = 50) -> Any:
    """The first value that is not None, or None after so many seconds; asked for every so many milliseconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = test()
        if value is not None:
            return value
        page.wait_for_timeout(every)
    return None


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("canvas").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(page: Page) -> float:
    """Frames per second while the background is dragged to and fro for two seconds."""
    x, y = middle(page)
    page.mouse.move(x, y - 250)
    page.mouse.down()
    began, frames = page.evaluate("[performance.now(), window.bench.frames]")
    step = 0
    end = time.monotonic() + 2
    while time.monotonic() < end:
        step += 1
        page.mouse.move(x + 4 * (step % 60), y - 250 + 2 * (step % 40))
    ended, after = page.evaluate("[performance.now(), window.bench.frames]")
    page.mouse.up()
    return float((after - frames) / (ended - began) * 1e3)


def clicked(page: Page) -> float | None:
    """From pressing on a node or edge of the drawing to its evidence in the panel; ours alone has one."""
    if not page.locator("#panel").count():
        return None
    if "communities" in page.inner_text("#note"):
        page.goto(page.url.split("#")[0] + "#open=0")
        page.wait_for_timeout(1500)
    x, y = middle(page)
    for n in range(400):
        ring = 6 * (n**0.5)
        page.mouse.click(x + ring * ((n * 7) % 11 - 5) / 2, y + ring * ((n * 5) % 13 - 6) / 3)
        page.wait_for_timeout(60)
        if page.locator("#panel .card").count():
            return float(page.evaluate("window.bench.opened"))
    return None


def one_file(folder: Path) -> None:
    """Bytes of the examples' page, with SPARQL and without."""
    sizes = {}
    for name, sparql in (("with SPARQL", True), ("without", False)):
        build([ROOT / "examples" / "articles"], folder / "examples", Options(page_sparql=sparql))
        sizes[name] = (folder / "examples" / "graph.html").stat().st_size
    print("the examples' page: " + ", ".join(f"{size / 1e6:.2f} MB {name}" for name, size in sizes.items()))


def asked(browser: Browser, folder: Path) -> None:
    """Ready queries over 100,000 triples: the median of five, after the store has started, from Ask to the table on the screen."""
    triples = grown(folder / "grown", 180_000)  # of which the page takes some 100,000: not the mere marks
    lines = (folder / "examples" / "facts.jsonl").read_text(encoding="utf-8").split("\n")
    rows = SampleRows(facts=[json.loads(line) for line in lines if line])
    ready = [(one.name, one.title, one.text) for one in queries() if one.name in READY]
    path = folder / "grown.html"
    options = PageOptions(max_triples=2 * triples)
    report = write_page(path, rows, (folder / "grown" / "graph.nt").read_bytes(), ready, options)
    print(f"{report.triples:,} triples in a page of {report.bytes / 1e6:.1f} MB")
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(path.as_uri() + "#view=ask")
    for name, title, _ in ready:
        first = answered(page, lambda name=name: page.select_option("#ask-ready", name))  # type: ignore[misc]
        took = [answered(page, lambda: page.click("#ask-run")) for _ in range(5)]
        rows_found = page.inner_text("#ask-status").partition(" in ")[0]
        print(
            f"  {title[:60]:62}{rows_found:>12}  first {first:.0f} ms, then {statistics.median(took):.0f} ms",
            flush=True,
        )
    context.close()


def answered(page: Page, ask: Callable[[], Any]) -> float:
    page.evaluate("document.querySelector('#ask-status').textContent = ''")
    began = time.perf_counter()
    ask()
    status = waited(page, lambda: " ms" in page.inner_text("#ask-status") or None, 60, every=5)
    assert status, page.inner_text("#ask-result")
    return (time.perf_counter() - began) * 1e3


if __name__ == "__main__":
    main()
