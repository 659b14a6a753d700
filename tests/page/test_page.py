"""The file: what stands in it, that it is the same each time, and that nothing from an article can become markup."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.page import PageOptions, write_page
from kg.page.network import manner
from kg.page.payload import payload
from kg.page.styles import NO_VOCABULARY
from kg.page.triples import choose, lines, urls
from kg.prefixes import PREFIXES
from kg.query import queries
from kg.store import open_store
from tests.page.conftest import QUERIES, TRIPLES
from tests.page.sample import HOSTILE, harbour, hostile


class Elements(HTMLParser):
    """Start tags and the text of scripts, as a browser would read them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script" and "id" not in dict(attrs):
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        name = attributes.get("id")
        if tag == "script" and name and self.lasttag == "script":
            self.texts[name] = self.texts.get(name, "") + data
        elif tag == "script":
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", {}))


def page(tmp_path: Path, rows: Any, **options: Any) -> Elements:
    write_page(tmp_path / "graph.html", rows, TRIPLES.encode(), QUERIES, PageOptions(**options))
    return Elements((tmp_path / "graph.html").read_text(encoding="utf-8"))


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_page(tmp_path / name, harbour(), TRIPLES.splitlines(keepends=True), QUERIES)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_policy_names_each_script_and_nothing_else(tmp_path: Path) -> None:
    found = page(tmp_path, harbour())
    policy = next(str(a["content"]) for t, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    digests = {f"sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}" for s in found.scripts}
    assert set(re.findall(r"sha256-[^']+", policy)) == digests
    assert len(digests) == 2
    assert policy.startswith("default-src 'none';")
    assert "connect-src 'none'" in policy


def test_no_element_comes_from_an_article(tmp_path: Path) -> None:
    plain = [tag for tag, _ in page(tmp_path, harbour()).tags]
    assert [tag for tag, _ in page(tmp_path, hostile(), title=HOSTILE[1]).tags] == plain


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_arrives_as_it_was(hostile_data: dict[str, Any], text: str) -> None:
    assert text in {entity["l"] for entity in hostile_data["entities"]}


@pytest.fixture(scope="module")
def hostile_data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page(tmp_path_factory.mktemp("hostile"), hostile()).texts["data"])
    return data


def test_no_sparql_leaves_the_store_out(tmp_path: Path) -> None:
    found = page(tmp_path, harbour(), no_sparql=True)
    assert set(found.texts) == {"graph", "data"}
    assert (tmp_path / "graph.html").stat().st_size < 1_200_000


def test_triples_travel_whole(tmp_path: Path) -> None:
    packed = page(tmp_path, harbour()).texts["triples.nt"]
    assert gzip.decompress(base64.b64decode(packed)).decode() == "".join(sorted(TRIPLES.splitlines(keepends=True)))


def test_marks_lie_on_their_words() -> None:
    rows = harbour()
    data = payload(rows, NO_VOCABULARY, {}, False)
    for row, fact in zip(rows.facts, data["facts"], strict=True):
        sentence = data["sentences"][fact["e"]]["x"]
        for key, end in (("s", "subject"), ("o", "object")):
            start, stop = fact[key]["m"]
            assert sentence[start:stop] == row[end]["mention"]["text"]


def test_text_of_articles_only_on_demand() -> None:
    assert not any("x" in a for a in payload(harbour(), NO_VOCABULARY, {}, False)["articles"])
    assert all("x" in a for a in payload(harbour(), NO_VOCABULARY, {}, True)["articles"])


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"y": 1}, "asserted"),
        ({"pl": "negative", "ct": "possible"}, "denied"),
        ({"ct": "probable"}, "hedged"),
        ({"tn": "future"}, "hedged"),
        ({"v": 1}, "claimed"),
    ],
)
def test_manner(fact: dict[str, Any], expected: str) -> None:
    assert manner(fact) == expected


def nt(article: str, count: int) -> list[str]:
    return [f'<{article}#st={n}> <p:p> "x" .' for n in range(count)]


def test_above_the_limit_the_newest_articles_stay() -> None:
    graph = [*nt("a:old", 3), *nt("a:new", 3), '<e:e> <p:p> "shared" .']
    chosen = choose(graph, {"a:old": "2020-01-01", "a:new": "2024-01-01"}, 5)
    assert (chosen.triples, chosen.articles_left_out) == (4, 1)
    assert "a:new" in chosen.text
    assert "a:old" not in chosen.text


def test_above_the_limit_articles_come_with_what_they_speak_of_and_nothing_else() -> None:
    graph = sorted(
        [
            *("<a:old#st=1> <p:s> <e:old> .", "<a:new#st=1> <p:s> <e:new> .", "<a:new#st=1> <p:o> <e:both> ."),
            *(f"<e:{name}> <p:type> <p:Person> ." for name in ("old", "new", "both", "unnamed")),
            *("<e:both> <p:met> <e:old> .", "<e:both> <p:met> <e:new> .", "<p:Person> <p:type> <p:Class> ."),
            *("<c:old> <p:of> <a:old#st=1> .", "<c:new> <p:of> <a:new#st=1> ."),
        ]
    )
    entities = {f"e:{name}" for name in ("old", "new", "both", "unnamed")}
    chosen = choose(graph, {"a:old": "2020-01-01", "a:new": "2024-01-01"}, 8, entities)
    left = {line for line in graph if "old" in line or "unnamed" in line}
    assert chosen.text.split("\n")[:-1] == [line for line in graph if line not in left]
    assert chosen.articles_left_out == 1
    assert choose(graph, {"a:old": None, "a:new": None}, len(graph), entities).text.split("\n")[:-1] == graph


def test_every_ready_question_has_the_same_answer_in_the_page(example_build: Path) -> None:
    """What the page leaves out of its store is nothing that a question asks for."""
    text = (example_build / "graph.html").read_text(encoding="utf-8")
    inside = ox.Store()
    inside.load(gzip.decompress(base64.b64decode(Elements(text).texts["triples.nt"])), format=ox.RdfFormat.N_TRIPLES)
    whole = open_store(example_build)
    assert len(inside) < 0.9 * len(whole)
    for query in queries():
        answers = [sorted(map(str, rows(store, query.text))) for store in (whole, inside)]
        assert answers[0] == answers[1], query.name


def rows(store: ox.Store, query: str) -> ox.QuerySolutions:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return found


def test_only_mentions_that_are_evidence_stay() -> None:
    nk = "https://w3id.org/newskg/ontology#"
    graph = [
        f"<a:a#st=1> <{nk}evidence> <a:a#char=0,9> .",
        f"<a:a#st=1> <{nk}subjectMention> <a:a#char=0,3> .",
        f'<a:a#char=0,9> <{nk}exact> "kept" .',
        f'<a:a#char=0,3> <{nk}exact> "dropped" .',
    ]
    text = choose(graph, {"a:a": None}, 100).text
    assert "kept" in text
    assert "dropped" not in text
    assert "subjectMention" not in text


def test_lines_split_at_newlines_alone() -> None:
    assert lines('<a> <b> "x\u2028y" .\n'.encode()) == ['<a> <b> "x\u2028y" .']


def test_urls_as_resource_or_literal() -> None:
    graph = [
        "<a:a> <https://schema.org/url> <https://example.org/1> .",
        '<a:b> <https://schema.org/url> "https://example.org/2" .',
    ]
    assert urls(graph) == {"a:a": "https://example.org/1", "a:b": "https://example.org/2"}
