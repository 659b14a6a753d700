"""What a reader does with the page, in a real Chromium from disk with the network off."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from tests.page.conftest import Open
from tests.page.sample import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AXE = """axe.run().then((result) => JSON.stringify(result.violations.map(({ id, impact, nodes }) =>
    ({ id, impact, where: nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`) }))))"""


def until(page: Page, test: Callable[[], bool], seconds: float = 5) -> None:
    """Poll: Playwright's own wait_for_function hangs under this policy."""
    end = time.monotonic() + seconds
    while not test():
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(25)


def pick(page: Page, text: str) -> None:
    page.fill("#search", text)
    page.press("#search", "Enter")


def note(page: Page) -> str:
    return page.inner_text("#note")


# How much of the drawing's height holds something.
DRAWN_HEIGHT = """() => {
    const canvas = document.querySelector("canvas");
    const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let [first, last] = [height, 0];
    for (let at = 3; at < data.length; at += 4) if (data[at]) {
        const y = Math.floor(at / 4 / width);
        first = Math.min(first, y);
        last = Math.max(last, y);
    }
    return Math.max(0, last - first) / height;
}"""
SVG = "{http://www.w3.org/2000/svg}"
PAINTED = """() => {
    const canvas = document.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, at) => at % 4 === 3 && value > 0);
}"""


def test_opens_and_says_what_it_shows(open_page: Open) -> None:
    page = open_page("harbour")
    assert page.inner_text("h1") == "Harbour"
    assert page.evaluate(PAINTED)
    assert note(page).startswith("10 entities and 10 connections that articles state or report as fact.")
    assert note(page).endswith(
        "Not drawn: 3 claims, plans and denials · 3 figures · 2 quotations · 5 unconnected entities."
    )


def test_what_is_not_drawn_is_one_click_away(open_page: Open) -> None:
    page = open_page("harbour")
    page.click("#note >> text=claims, plans and denials")
    assert "layer=all" in page.url
    assert "claims" not in note(page)
    page.click("#note >> text=3 figures")
    assert page.locator(".claimrow").count() == 3
    page.go_back()
    page.click("#note >> text=5 unconnected entities")
    assert page.locator("tbody tr").count() == 5
    page.click(".segmented >> text=Entities")
    page.click("th >> text=connections")
    assert page.locator("tbody tr").count() == 16
    page.click("#tab-graph")
    page.click(".facet .value:has-text('Countries')")
    page.click("#note >> text=filtered out")
    assert "type" not in page.url


def test_help_leads_to_each_task(open_page: Open) -> None:
    page = open_page("harbour")
    page.keyboard.press("?")
    tasks = page.locator(".tasks button")
    for n, shown in enumerate(
        ("#panel .card", ".claimrow", ".day", "#path-a", "#one-source", ".speaker", "#hits", ".cm-content")
    ):
        if n:
            page.click("#help")
        tasks.nth(n).click()
        assert page.locator(shown).count() >= 1
        assert page.locator("dialog.help").count() == 0
        if shown == "#path-a":
            page.keyboard.press("Escape")
    page.click("#help")
    assert tasks.count() == 8


def test_search_finds_a_relation_by_its_verb(open_page: Open) -> None:
    page = open_page("harbour")
    page.fill("#search", "paid trib")
    page.fill("#search", "tribut")
    assert page.locator("#hits .relation").all_inner_texts()[0].startswith("Only honored")
    page.press("#search", "Enter")
    assert "relation=+honored" in page.url
    assert note(page).startswith("2 entities and 1 connection ")
    assert page.inner_text("#panel h2") == "honored"
    assert page.locator("#panel .card").count() == 2
    page.click("#panel .row:has-text('Ana Duarte → Norwegian dockers')")
    assert page.inner_text("#panel .triple").split()[-2:] == ["Norwegian", "dockers"]
    page.click("#panel .triple >> text=honored")
    assert page.inner_text("#panel h2") == "honored"


def test_search_ignores_diacritics_and_finds_aliases(open_page: Open) -> None:
    page = open_page("harbour")
    pick(page, "zolkiewski")
    assert page.inner_text("#panel h2") == "Łukasz Żółkiewski"
    pick(page, "the mayor")
    assert page.inner_text("#panel h2") == "Ana Duarte"


def test_who_honoured_whom_and_where_is_it_said(open_page: Open) -> None:
    page = open_page("harbour")
    pick(page, "duarte")
    page.click("#panel .row:has-text('honored')")
    assert page.inner_text("#panel .triple").split() == ["Ana", "Duarte", "honored", "→", "Norwegian", "dockers"]
    assert page.locator("#panel .card").count() == 2
    card = page.locator("#panel .card").first
    assert card.locator("mark.subject").inner_text() == "Ana Duarte"
    assert card.locator("mark.trigger").inner_text() == "honoured"
    assert card.locator("mark.object").inner_text() == "Norwegian dockers"
    assert "4 May 2024" in card.inner_text()
    assert page.inner_text("#panel .support") == (
        "Stated or reported as fact by 2 independent articles of 2 outlets, resting on 2 sources."
    )
    assert "2 sources: The Bergen Courier, Nordic Wire" in page.inner_text("#panel .basis")
    assert "Skagerrak Post ‹ Nordic Wire (reported)" in page.inner_text("#panel")


def test_a_click_in_the_drawing_opens_the_evidence(open_page: Open) -> None:
    page = open_page("harbour", "#set=person%252F00000-anaduarte~group%252F00003-norwegiandockers".replace("%25", "%"))
    box = page.locator("canvas").bounding_box()
    assert box
    for n in range(-20, 21):
        page.mouse.click(box["x"] + box["width"] / 2 + n * 12, box["y"] + box["height"] / 2)
        if page.locator("#panel h2").count():
            break
    assert page.locator("#panel .card").count() >= 1


def test_layers(open_page: Open) -> None:
    page = open_page("harbour")
    before = note(page)
    page.click("text=Everything said")
    assert "state, report, plan or deny" in note(page) != before
    pick(page, "sweden")
    assert "hedged or planned" in page.inner_text("#panel .card")
    pick(page, "fjord lines")
    assert "not: dismissed" in page.inner_text("#panel")


def test_legend_filters_and_counts_and_address(open_page: Open) -> None:
    page = open_page("harbour")
    page.click(".facet .value:has-text('Countries')")
    assert "type=-country" in page.url
    assert page.locator(".facet .value[aria-pressed=false]").count() == 1
    page.locator(".facet li:has-text('Skagerrak Post')").first.hover()
    page.locator("[data-key='publisher!Skagerrak Post']").click()
    assert "publisher=+Skagerrak" in page.url
    assert "statements of 19 pass" in page.inner_text("#filters")
    page.go_back()
    assert "publisher" not in page.url
    page.click("text=Clear all filters")
    assert page.url.endswith("#")


def test_clearing_leaves_nothing_behind(open_page: Open) -> None:
    """Neither the layer nor the text of a search that has done its work."""
    page = open_page("harbour", "#layer=all&type=-country")
    page.click("text=Clear all filters")
    assert page.url.endswith("#")
    pick(page, "duarte")
    assert page.input_value("#search") == ""


def test_with_a_finger_only_is_always_there(open_page: Open) -> None:
    page = open_page("harbour", width=390, height=800, has_touch=True, is_mobile=True)
    page.click("#filters-button")
    page.tap("[data-key='publisher!Skagerrak Post']")
    assert page.evaluate("getComputedStyle(document.querySelector('.facet .only')).opacity") == "1"
    assert "publisher=+Skagerrak" in page.url


def test_a_sent_address_shows_the_same(open_page: Open) -> None:
    first = open_page("harbour")
    pick(first, "keller")
    first.click("text=Surroundings")
    address = first.url[first.url.index("#") :]
    second = open_page("harbour", address)
    assert second.inner_text("#panel h2") == "Jonas Keller"
    assert note(second) == note(first)
    second.fill("#depth", "2")
    until(second, lambda: "2 steps" in note(second))


def test_how_are_two_connected(open_page: Open) -> None:
    page = open_page("harbour")
    page.click("#path-button")
    page.fill("#path-a", "coastal party")
    page.fill("#path-b", "dockers")
    page.click("#path-go")
    assert "4 steps" in note(page)
    way = page.inner_text("#note .way")
    assert way == (
        "Coastal Party ← member of Łukasz Żółkiewski met ↔ Jonas Keller ← sent letter to Ana Duarte honored → Norwegian dockers"
    )
    page.click("#note .way >> text=honored")
    assert page.locator("#panel .card").count() == 2
    page.click("text=× whole graph")
    assert "path" not in page.url


def test_no_way_leads_through_a_post_and_a_new_one_closes_the_old_evidence(open_page: Open) -> None:
    """Two who hold one post are not connected by it; a way to the post itself there is."""
    page = open_page("posts")
    page.click("#path-button")
    page.fill("#path-a", "ana duarte")
    page.fill("#path-b", "jonas keller")
    page.click("#path-go")
    assert "1 step." in note(page)
    page.click("#note .way >> text=met")
    assert page.locator("#panel .card").count() == 1
    page.click("#path-button")
    page.fill("#path-a", "jonas keller")
    page.fill("#path-b", "mats lind")
    page.click("#path-go")
    assert page.locator("#panel").is_hidden()
    assert "Nothing connects Jonas Keller and Mats Lind here." in note(page)
    page.goto(page.url.split("#")[0] + "#path=person%2F00001-jonaskeller~role%2F00003-mayor")
    assert "1 step." in note(page)


def test_sources_of_one_level_speak_together(open_page: Open) -> None:
    page = open_page("posts", "#view=figures")
    assert page.inner_text(".board h2") == "Figures that stand alone"
    assert "harbour police and rescuers via Nordic Wire · in Bergen" in " ".join(page.inner_text(".claimrow").split())


def test_where_nothing_connects_two_the_page_says_what_does(open_page: Open) -> None:
    page = open_page("harbour")
    page.click("#path-button")
    page.fill("#path-a", "bergen")
    page.fill("#path-b", "sweden")
    page.click("#path-go")
    assert "Nothing connects Bergen and Sweden here." in note(page)
    page.click("#note >> text=Among everything said")
    assert "2 steps" in note(page)
    page.goto(page.url.split("#")[0] + "#path=person%2F00000-anaduarte~country%2F00005-sweden")
    page.click("#note >> text=“Strike: what is known” speaks of both")
    assert page.inner_text("#panel h2") == "Strike: what is known"


def test_few_of_many_fill_the_drawing(open_page: Open) -> None:
    """What a filter leaves is drawn large, not small in the corner where it stood."""
    page = open_page("thousand", "#scope=all")
    page.goto(page.url + "&text=numbered%20500-1.")
    assert note(page).startswith("2 entities")
    until(page, lambda: page.evaluate(DRAWN_HEIGHT) > 0.12)


def test_what_was_said_on_a_date(open_page: Open) -> None:
    page = open_page("harbour")
    page.click("#tab-timeline")
    page.locator("text=only this day").last.click()
    assert "from=2024-05-06&to=2024-05-06" in page.url
    assert page.locator(".day").count() == 1
    assert page.locator(".day .line").count() == 5
    page.click("#other >> text=Everything said")
    assert "Fjord Lines not: dismissed Łukasz Żółkiewski denied · Jonas Keller, in Skagerrak Post" in " ".join(
        page.inner_text(".day").split()
    )
    page.click(".day .line button >> nth=0")
    assert page.locator("#panel .card").count() == 1


def test_vague_dates_stay_vague(open_page: Open) -> None:
    """A season is no first day of a month, and no reader is shown the code of one."""
    page = open_page("harbour", "#view=timeline&dates=event")
    assert page.locator(".day h2").all_inner_texts() == ["winter 2023", "3 May 2024"]
    page.click(".day .line button >> nth=0")
    assert "time: winter 2023" in page.inner_text("#panel")
    page.click("text=only this time")
    assert "from=2023-12-01&to=2024-02-29" in page.url
    assert page.locator(".day").count() == 1


def test_what_is_new_begins_at_its_top(open_page: Open) -> None:
    page = open_page("harbour", "#view=timeline", height=420)
    scrolled = (
        "([one, to]) => { document.querySelector(one).scrollTop = to; return document.querySelector(one).scrollTop; }"
    )
    assert page.evaluate(scrolled, ["#other", 150]) > 100
    page.click("#tab-sources")
    assert page.evaluate("document.querySelector('#other').scrollTop") == 0
    pick(page, "duarte")
    assert page.evaluate(scrolled, ["#panel", 200]) > 100
    page.keyboard.press("Escape")
    page.click("#panel .close")
    pick(page, "keller")
    assert page.evaluate("document.querySelector('#panel').scrollTop") == 0


def test_brush(open_page: Open) -> None:
    page = open_page("harbour")
    box = page.locator(".brush svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 10)
    page.mouse.up()
    assert "from=2024-05-04&to=2024-05-04" in page.url


def test_which_figures_differ_and_who_says_what(open_page: Open) -> None:
    page = open_page("harbour")
    page.click("#tab-figures")
    board = page.inner_text(".board")
    assert "2 pairs contradict each other" in board
    assert [row.split("\n")[0] for row in page.locator(".claimrow").all_inner_texts()] == ["At least 40", "52", "52"]
    assert page.locator(".claimrow .what").all_inner_texts() == []
    page.goto(page.url.replace(page.url.split("/")[-1], "measures.html#view=figures"))
    assert page.inner_text(".board h2 >> nth=0") == "killed or wounded: dockers"
    assert [one.strip(" ·") for one in page.locator(".claimrow .what").all_inner_texts()] == [
        "killed in Bergen",
        "wounded in Oslo",
    ]
    page.click(".claimrow .figure >> nth=0")
    assert page.locator("#panel mark.figure, #panel mark.object").count() >= 1


def test_how_much_rests_on_one_source(open_page: Open) -> None:
    page = open_page("harbour")
    page.click("#tab-sources")
    assert "of 13 connections" in page.inner_text("#one-source")
    page.click(".matrix >> text=Ana Duarte")
    assert page.inner_text("#panel h2") == "Ana Duarte"
    assert "rest" in page.inner_text("#panel details summary")
    page.click("#panel details .row.asserted >> nth=0")
    assert "resting on 1 source." in page.inner_text("#panel .support")


def test_quotes_by_speaker(open_page: Open) -> None:
    page = open_page("harbour", "#view=quotes")
    assert page.locator(".speaker h2").all_inner_texts() == ["Ana Duarte", "Jonas Keller"]
    assert "“We will rebuild the bridge,”" in page.inner_text(".speaker >> nth=0")


def test_copies_are_named_but_not_counted(open_page: Open) -> None:
    """Support is the build's: the edge is as thick as its sources, also where three copies say the same again."""
    page = open_page("copied")
    pick(page, "duarte")
    page.click("#panel .row:has-text('honored')")
    assert "2 sources; 3 copies not counted." in page.inner_text("#panel .support")
    page.goto(page.url.split("#")[0] + "#view=table&table=connections")
    row = page.locator("tbody tr").filter(has_text="honored")
    assert row.locator("td.num").all_inner_texts() == ["2", "2", "2", "2", "3"]


def test_edges_are_thicker_by_independent_sources(open_page: Open, tmp_path: Path) -> None:
    picture = ElementTree.fromstring(taken(open_page("harbour"), "#take-svg", tmp_path))
    widths = {one.findtext(f"{SVG}title"): float(one.get("stroke-width", 0)) for one in picture.iter(f"{SVG}path")}
    assert widths["honored"] > widths["awarded"] == widths["thanked"]


def test_table_is_a_twin(open_page: Open) -> None:
    page = open_page("harbour", "#view=table&table=connections&layer=all")
    assert page.locator("tbody tr").count() == 13
    page.click("th >> text=subject")
    assert page.inner_text("tbody tr:first-child td:first-child") == "Ana Duarte"
    page.click("th >> text=subject")
    assert page.inner_text("tbody tr:first-child td:first-child") == "Sweden"


def test_denied_is_crossed_planned_dashed_and_symmetric_has_no_arrow(open_page: Open, tmp_path: Path) -> None:
    picture = ElementTree.fromstring(taken(open_page("harbour", "#layer=all"), "#take-svg", tmp_path))
    groups = {one.findtext(f"{SVG}path/{SVG}title"): one for one in picture.iter(f"{SVG}g")}
    classes = {label: [path.get("class") for path in one.iter(f"{SVG}path")] for label, one in groups.items()}
    dashes = {label: one[0].get("stroke-dasharray") for label, one in groups.items() if label}
    assert classes["dismissed"] == [None, "arrow", "cross"]
    assert classes["honored"] == [None, "arrow"]
    assert classes["met"] == [None]
    assert (dashes["aided"], dashes["fought against"], dashes["honored"]) == ("7 5", "1.5 4", None)
    assert float(groups["fought against"].get("opacity", 1)) < float(groups["honored"].get("opacity", 1))


def over(page: Page, what: str = "pointer") -> tuple[float, float]:
    """Moves over the drawing until the pointer stands on something; returns where."""
    box = page.locator("canvas").bounding_box()
    assert box
    for n in range(400):
        x, y = box["x"] + box["width"] * (0.1 + 0.8 * (n * 0.618 % 1)), box["y"] + box["height"] * (0.1 + 0.8 * n / 400)
        page.mouse.move(x, y)
        if page.evaluate("document.querySelector('#canvas').style.cursor") == what:
            return x, y
    raise AssertionError("nothing in the drawing")


def test_hover_brings_out_neighbours(open_page: Open) -> None:
    page = open_page("harbour")
    pixels = "document.querySelector('canvas').toDataURL()"
    before = page.evaluate(pixels)
    over(page)
    until(page, lambda: page.evaluate(pixels) != before)
    assert page.locator("#panel").is_hidden()


def test_a_click_opens_a_community_and_a_double_click_the_surroundings(open_page: Open) -> None:
    page = open_page("thousand")
    box = page.locator("canvas").bounding_box()
    assert box
    for n in range(300):
        page.mouse.click(box["x"] + box["width"] * (0.618 * n % 1), box["y"] + box["height"] * (0.2 + 0.6 * n / 300))
        if "open=" in page.url:
            break
    assert "opened" in note(page)
    for n in range(60):
        page.mouse.dblclick(
            box["x"] + box["width"] * (0.3 + 0.4 * (0.618 * n % 1)), box["y"] + box["height"] * (0.3 + 0.4 * n / 60)
        )
        if "around=" in page.url:
            break
    assert "and what is within 1 step" in note(page)


def test_filters_combine_and_count(open_page: Open) -> None:
    page = open_page("harbour", "#layer=all&view=table")

    def shown() -> int:
        return int(page.inner_text("#other .viewhead p").split()[0])

    whole = shown()
    page.locator("[data-key='voice!reported']").click(force=True)
    reported = shown()
    number = int(page.inner_text("[data-key='publisher=Skagerrak Post'] .count"))
    page.locator("[data-key='publisher!Skagerrak Post']").click(force=True)
    assert 0 < number == shown() < reported < whole
    page.locator("[data-key='source!Nordic Wire']").click(force=True)
    page.fill("#search", "tribute")
    page.press("#search", "ArrowUp")
    page.press("#search", "Enter")
    assert shown() == 1
    for part in ("voice=+", "publisher=+", "source=+", "text=tribute"):
        assert part in page.url
    page.go_back()
    page.go_back()
    assert shown() == number


def test_theme_and_citation(open_page: Open) -> None:
    page = open_page("harbour", "#view=figures")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.click("summary:has-text('Export')")
    page.click("#take-cite")
    text = page.input_value("dialog textarea")
    assert text.startswith("Harbour: 19 statements from 3 articles, 2024-05-04 to 2024-05-06. Built with newskg")
    assert text.endswith("View: #view=figures")


def taken(page: Page, button: str, folder: Path) -> bytes:
    page.click("summary:has-text('Export')")
    with page.expect_download() as waiting:
        page.click(button)
    waiting.value.save_as(folder / "taken")
    return (folder / "taken").read_bytes()


@pytest.mark.parametrize(
    ("button", "begins"),
    [
        ("#take-png", b"\x89PNG"),
        ("#take-svg", b"<svg"),
        ("#take-csv", b"\xef\xbb\xbfid,"),
        ("#take-ttl", b"@prefix nk:"),
    ],
)
def test_take_away(open_page: Open, tmp_path: Path, button: str, begins: bytes) -> None:
    assert taken(open_page("harbour"), button, tmp_path).startswith(begins)


@pytest.mark.parametrize("name", ["harbour", "hostile"])
def test_turtle_parses(open_page: Open, tmp_path: Path, name: str) -> None:
    import pyoxigraph

    text = taken(open_page(name), "#take-ttl", tmp_path)
    assert len(list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))) > 50


def test_what_is_taken_away_says_who_said_it_and_when_it_happened(open_page: Open, tmp_path: Path) -> None:
    import pyoxigraph

    page = open_page("harbour")
    page.click("summary:has-text('Export')")
    said = "16 statements of 19: stated or reported as fact"
    until(page, lambda: page.inner_text("#take-amount") == said)
    page.click("summary:has-text('Export')")
    rows = list(csv.DictReader(taken(page, "#take-csv", tmp_path).decode("utf-8-sig").splitlines()))
    assert len(rows) == 16
    assert {row["source_chain"] for row in rows if row["relation"] == "fought in"} == {
        "the article ‹ Nordic Wire ‹ Ana Duarte"
    }
    assert {row["happened"]: row["place"] for row in rows if row["happened"]} == {"2024-05-03": "Bergen", "2023-24": ""}
    store = pyoxigraph.Store()
    store.load(taken(page, "#take-ttl", tmp_path), format=pyoxigraph.RdfFormat.TURTLE)
    query = """PREFIX nk: <https://w3id.org/newskg/ontology#> PREFIX schema: <https://schema.org/>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?outlet ?date ?title ?who { ?s rdf:predicate nk:honored ; nk:attribution/nk:source/rdfs:label ?who ;
        nk:inArticle ?a . ?a schema:publisher/schema:name ?outlet ; schema:datePublished ?date ; schema:headline ?title }"""
    found = [[cell.value for cell in row] for row in store.query(query)]  # type: ignore[union-attr]
    assert store.query(
        "PREFIX nk: <https://w3id.org/newskg/ontology#> ASK { ?s nk:place ?p ; nk:time/nk:when '2024-05-03' . ?p a nk:City }"
    )
    assert found == [["Skagerrak Post", "2024-05-06", "Strike: what is known", "Nordic Wire"]]


def test_a_cited_statement_is_cited_with_its_sentence_and_outlet(open_page: Open) -> None:
    page = open_page("harbour", "#view=timeline")
    page.click(".day .line button >> nth=0")
    page.click("summary:has-text('Export')")
    page.click("#take-cite")
    text = page.input_value("dialog textarea")
    assert "“Ana Duarte honoured" in text
    assert "Medals on the quay, The Bergen Courier, 2024-05-04, https://example.org/courier/medals." in text


def test_ask(open_page: Open, tmp_path: Path) -> None:
    page = open_page("harbour", "#view=ask")
    page.click("#ask-result >> text=Who honoured whom?")
    assert page.input_value("#ask-ready") == "honours"
    until(page, lambda: "1 row" in page.inner_text("#ask-status"), 15)
    assert page.locator("#ask-result td").all_inner_texts() == ["Ana Duarte", "Norwegian dockers"]
    with page.expect_download() as waiting:
        page.click("#ask-csv")
    waiting.value.save_as(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().decode("utf-8-sig").splitlines() == [
        "who,whom",
        "Ana Duarte,Norwegian dockers",
    ]


def typed(page: Page, query: str) -> None:
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")


def test_ask_says_what_is_wrong_stops_and_shows_in_the_graph(open_page: Open) -> None:
    page = open_page("harbour", "#view=ask")
    typed(page, "SELECT ?x { ?x nk:honored }")
    until(page, lambda: page.locator("#ask-result .problem").count() == 1, 15)
    assert page.inner_text("#ask-result .problem") == "Not understood at line 1, column 27: “}” after “nk:honored”."
    typed(page, "SELECT ?x { ?x zz:honored ?y }")
    until(page, lambda: "Prefix not found: zz:" in page.inner_text("#ask-result"), 15)
    endless = " ".join(f"{{SELECT ?a{n} {{ VALUES ?a{n} {{ {' '.join(map(str, range(60)))} }} }} }}" for n in range(6))
    typed(page, f"SELECT (COUNT(*) AS ?c) {{ {endless} FILTER(?a0 + ?a1 + ?a2 + ?a3 + ?a4 + ?a5 > 500) }}")
    page.click("#ask-stop")
    until(page, lambda: page.inner_text("#ask-status") == "Stopped.")
    typed(page, "SELECT ?a ?b { ?a nk:honored ?b }")
    until(page, lambda: page.locator("#ask-graph").count() == 1, 15)
    page.click("#ask-graph")
    assert note(page).startswith("2 chosen entities")


def test_ask_offers_the_term_near_a_misspelt_one(open_page: Open) -> None:
    page = open_page("harbour", "#view=ask")
    typed(page, "SELECT ?a ?b { ?a nk:honoured ?b }")
    until(page, lambda: "0 rows" in page.inner_text("#ask-status"), 15)
    assert page.inner_text("#ask-result .problem") == "nk:honoured is no term of this graph; near: nk:honored."


def test_below_the_last_line_of_the_editor_one_still_writes(open_page: Open) -> None:
    """No shortcut of the page takes what is meant for the query; a changed query is no ready question any more."""
    page = open_page("harbour", "#view=ask")
    page.select_option("#ask-ready", label="Who honoured whom?")
    box = page.locator(".cm-editor").bounding_box()
    assert box
    page.mouse.click(box["x"] + 200, box["y"] + box["height"] - 8)
    page.keyboard.type("?4")
    assert page.locator(".cm-content").inner_text().endswith("?4")
    page.wait_for_selector("dialog", state="detached")
    assert "view=ask" in page.url
    assert page.input_value("#ask-ready") == ""


def test_an_address_of_ask_without_a_store_says_so(open_page: Open) -> None:
    assert "made without its triples" in open_page("copied", "#view=ask").inner_text("#other")


def test_whole_article_with_marks(open_page: Open) -> None:
    page = open_page("harbour")
    pick(page, "duarte")
    page.click("#panel .card .article >> nth=0")
    assert page.locator(".fulltext .mark").count() >= 4
    page.click(".fulltext .mark >> nth=0")
    assert page.locator("#panel .card").count() == 1


def test_above_four_hundred_nodes_communities(open_page: Open) -> None:
    page = open_page("thousand")
    assert "communities drawn closed" in note(page)
    page.click("text=150 best connected")
    assert "150 best connected of" in note(page)
    assert "hidden" in note(page)
    page.goto(page.url.split("#")[0] + "#open=0")
    until(page, lambda: "opened" in note(page))


def test_keyboard_alone(open_page: Open) -> None:
    page = open_page("harbour")
    page.keyboard.press("/")
    page.keyboard.type("keller")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Jonas Keller"
    page.focus("#canvas")
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    assert "sel=e" in page.url
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    page.keyboard.press("2")
    assert "view=timeline" in page.url
    assert page.inner_text("#live")


VIEWS = ("graph", "timeline", "figures", "sources", "quotes", "table", "ask")


@pytest.mark.parametrize("width", [360, 640, 1000, 1440, 2560])
def test_no_width_scrolls_sideways(open_page: Open, width: int) -> None:
    page = open_page("harbour", "#sel=n:person%2F00000-anaduarte", width=width)
    for view in VIEWS:
        page.click(f"#tab-{view}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
        inside = page.evaluate(
            """[...document.querySelectorAll("#panel, #other:not([hidden]), #graph-view:not([hidden]), .top, .tools button")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.id || one.className)"""
        )
        assert inside == [], view


REACHABLE = """() => [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex < 0
        && one.getAttribute("role") !== "tab").map((one) => one.outerHTML.slice(0, 90))"""


def test_nothing_is_for_the_mouse_alone(open_page: Open) -> None:
    """Every control takes the Tab key, and what only a click on a row, a bar or the drawing does, a control does, too."""
    page = open_page("harbour", "#sel=n:person%2F00000-anaduarte")
    for n, view in enumerate(VIEWS):
        page.keyboard.press(str(n + 1))
        assert page.get_attribute(f"#tab-{view}", "aria-selected") == "true"
        assert page.evaluate(REACHABLE) == [], view
    page.keyboard.press("1")
    page.focus("#tab-graph")
    page.keyboard.press("ArrowRight")
    assert "view=timeline" in page.url
    page.fill("#date-from", "2024-05-05")
    assert "from=2024-05-05" in page.url
    page.focus("#tab-timeline")
    page.keyboard.press("6")
    page.focus("th button >> nth=0")
    page.keyboard.press("Enter")
    assert page.get_attribute("th >> nth=0", "aria-sort") == "ascending"
    page.focus("tbody button >> nth=0")
    page.keyboard.press("Enter")
    assert "sel=f" in page.url


def test_filters_by_keyboard_keep_their_place(open_page: Open) -> None:
    page = open_page("harbour")
    page.focus(".facet .value:has-text('Countries')")
    page.keyboard.press("Space")
    assert "type=-country" in page.url
    assert page.evaluate("document.activeElement.dataset.key") == "type=country"


def test_print_shows_what_is_selected_and_no_controls(open_page: Open) -> None:
    page = open_page("harbour")
    pick(page, "duarte")
    page.emulate_media(media="print")
    assert page.locator("#panel .card").last.is_visible()
    assert page.evaluate(
        "document.querySelector('#panel').scrollHeight <= document.querySelector('#panel').clientHeight + 1"
    )
    for control in ("#filters", "#search", "#help", ".zoom", "nav"):
        assert page.locator(control).is_hidden(), control
    assert page.locator(".colophon").is_visible()


def test_phone(open_page: Open) -> None:
    page = open_page("harbour", width=360, height=740)
    page.click("#filters-button")
    page.click(".facet .value:has-text('Countries')")
    page.keyboard.press("Escape")
    pick(page, "duarte")
    assert page.locator("#panel .card").count() > 1


def test_phone_leaves_the_panel_behind_with_its_view(open_page: Open) -> None:
    page = open_page("harbour", "#sel=n:person%2F00000-anaduarte", width=390, height=740)
    page.click("#tab-figures")
    assert page.locator("#panel").is_hidden()


def test_at_200_percent_the_graph_keeps_its_height(open_page: Open) -> None:
    page = open_page("harbour", width=683, height=384)
    box = page.locator("#canvas").bounding_box()
    assert box
    assert box["height"] >= 200


def test_the_cross_covers_no_text_and_help_closes_at_its_top(open_page: Open) -> None:
    page = open_page("harbour", "#sel=n:person%2F00000-anaduarte")
    close, card = page.locator("#panel .close").bounding_box(), page.locator("#panel .card").first.bounding_box()
    assert close
    assert card
    assert close["x"] >= card["x"] + card["width"]
    page.click("#help")
    page.click(".top-close button")
    page.wait_for_selector("dialog", state="detached")


@pytest.mark.parametrize("view", ["graph", "timeline", "figures", "sources", "quotes", "table", "ask"])
def test_hostile_text_does_nothing(open_page: Open, view: str) -> None:
    page = open_page("hostile", f"#view={view}&layer=all")
    for text in HOSTILE if view == "graph" else HOSTILE[:3]:
        pick(page, text)
    page.fill("#search", "script")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("iframe, base, form[action], a[href^=javascript], a[href^=data]:not([download])").count() == 0


def test_hostile_text_in_panels_dialogs_and_what_is_taken_away(open_page: Open, tmp_path: Path) -> None:
    page = open_page("hostile", "#view=sources&layer=all")
    articles = page.locator(".articles button")
    assert articles.count() == len(HOSTILE)
    for n in range(articles.count()):
        articles.nth(n).click()
        assert page.locator("#panel .fulltext").count() == 1
    page.click("summary:has-text('Export')")
    page.click("#take-cite")
    page.keyboard.press("Escape")
    page.click("#tab-graph")
    ElementTree.fromstring(taken(page, "#take-svg", tmp_path))
    cells = [
        cell for row in csv.reader(taken(page, "#take-csv", tmp_path).decode("utf-8-sig").splitlines()) for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))] == []
    assert page.evaluate("window.__pwned") is None
    assert page.locator("iframe, base, form[action], a[href^=javascript], a[href^=data]:not([download])").count() == 0


CONTENT = {
    "graph": "canvas",
    "timeline": ".day",
    "figures": ".claimrow",
    "sources": ".matrix tbody tr",
    "quotes": ".speaker",
    "table": "tbody tr",
    "ask": ".cm-content",
}


def test_a_real_build_has_content_in_every_view(open_page: Open, example_page: str) -> None:
    page = open_page(example_page)
    assert page.evaluate(PAINTED)
    for view, content in CONTENT.items():
        page.click(f"#tab-{view}")
        until(page, lambda content=content: page.locator(content).count() > 0)  # type: ignore[misc]


def test_a_real_edge_shows_every_statement_behind_it(open_page: Open, example_page: str, example_build: Path) -> None:
    """Each statement of facts.jsonl behind the edge is a card with its sentence, publisher, year and confidence."""
    lines = [json.loads(line) for line in (example_build / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    behind: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for line in lines:
        if line["asserted"] and line["kind"] == "relation" and line["object"]["id"]:
            behind.setdefault((line["subject"]["label"], line["predicate"], line["object"]["label"]), []).append(line)
    (subject, _, _), facts = max(behind.items(), key=lambda item: (len(item[1]), item[0]))
    assert len(facts) > 1
    page = open_page(example_page, "#view=table&table=connections")
    page.click("th >> text=statements")
    page.click("th >> text=statements")
    row = page.locator("tbody tr").filter(has_text=subject).filter(has_text=facts[0]["object"]["label"]).first
    row.locator("td.relation button").click()
    assert "sel=e" in page.url
    shown = " ".join(page.inner_text("#panel").split())
    assert page.locator("#panel .card").count() >= len(facts)
    for fact in facts:
        assert " ".join(fact["evidence"]["text"].split()) in shown
        assert fact["publisher"] in shown
        assert fact["published"][:4] in shown
    assert "confidence" in shown.lower()


def test_a_query_answers_over_a_real_build(open_page: Open, example_page: str) -> None:
    page = open_page(example_page, "#view=ask")
    page.click("#ask-run")
    until(page, lambda: "row" in page.inner_text("#ask-status"), 15)
    assert page.locator("#ask-result td").count() > 0


def test_a_sentence_in_an_answer_opens_its_evidence(open_page: Open, example_page: str) -> None:
    page = open_page(example_page, "#view=ask")
    page.click("#ask-result >> text=Who honoured whom, in which words?")
    until(page, lambda: page.locator("#ask-result td button").count() > 2, 15)
    words = page.locator("#ask-result tr:first-child td button").filter(has_text=re.compile(".{50}")).first
    said = words.inner_text()
    words.click()
    assert " ".join(said.split()) in " ".join(page.inner_text("#panel blockquote >> nth=0").split())


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 1400), ("light", 390)])
def test_axe_finds_nothing_serious(open_page: Open, scheme: str, width: int) -> None:
    axe = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not installed: cd frontend && npm ci")
    page = open_page("harbour", "#sel=n:person%2F00000-anaduarte", color_scheme=scheme, width=width)
    text = axe.read_text(encoding="utf-8")
    found: list[dict[str, Any]] = []

    def look(where: str) -> None:
        page.evaluate(text)
        result = json.loads(page.evaluate(AXE))
        found.extend(v | {"where": where} for v in result if v["impact"] in ("serious", "critical"))

    for view in VIEWS:
        page.click(f"#tab-{view}")
        look(view)
    page.goto(
        page.url.split("#")[0] + "#sel=e:person%2F00000-anaduarte%7Chonored%7Cgroup%2F00003-norwegiandockers&layer=all"
    )
    look("edge")
    page.click("#help")
    look("help")
    page.keyboard.press("Escape")
    page.click("#path-button")
    look("path")
    page.keyboard.press("Escape")
    page.fill("#search", "dock")
    look("hits")
    assert found == []
