"""Web archives, and input that is too much, damaged, or meant to do harm: a counted warning each, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
import zlib
from datetime import date
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article
from kg.read import ReadOptions
from kg.read.formats import LINE_BYTES
from kg.read.records import PAGE_BYTES, normalise
from tests.read.test_readers import FIELDS, RECORD, TEXT, collect, in_html

URL = "https://example.org/crawled"


def record(
    body: bytes, http: str = "Content-Type: text/html; charset=utf-8", status: int = 200, kind: str = "response"
) -> bytes:
    answer = f"HTTP/1.1 {status} X\r\n{http}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2024-05-08T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def without_address() -> bytes:
    return in_html().replace(b"og:url", b"og:none")


ENCODED = {
    "plain": record(in_html()),
    "gzip": record(gzip.compress(in_html()), "Content-Type: text/html\r\nContent-Encoding: gzip"),
    "deflate": record(zlib.compress(in_html()), "Content-Type: text/html\r\nContent-Encoding: deflate"),
    "brotli": record(brotli.compress(in_html()), "Content-Type: text/html\r\nContent-Encoding: br"),
    "undone": record(in_html(), "Content-Type: text/html\r\nContent-Encoding: gzip"),
    "chunked": record(
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(in_html()), in_html()), "Content-Type: text/html\r\nTransfer-Encoding: chunked"
    ),
    "untyped": record(in_html(), "Server: x"),
}


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_a_page_in_a_web_archive_is_the_article_it_holds(name: str, ending: str, tmp_path: Path) -> None:
    data = ENCODED[name]
    (tmp_path / f"a.{ending}").write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
    articles, warnings = collect(tmp_path)
    assert warnings == []
    assert [one.source for one in articles] == [f"a.{ending}#1"]
    assert {key: getattr(articles[0], key) for key in FIELDS} == FIELDS
    assert articles[0].text.split() == TEXT.split()


def test_what_is_no_page_is_passed_over_and_records_are_counted(tmp_path: Path) -> None:
    parts = [
        record(b"", kind="request"),
        record(in_html(), status=404),
        record(b"%PDF", "Content-Type: application/pdf"),
        record(b"<html><body></body></html>"),
        record(without_address()),
    ]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, parts)))
    articles, warnings = collect(tmp_path)
    assert [(one.source, one.url) for one in articles] == [("a.warc.gz#4", URL)]
    assert warnings == [("a.warc.gz#3", "no article text found in the page")]


def test_a_web_archive_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(record(in_html())) + gzip.compress(record(without_address()))[:-60]
    (tmp_path / "a.warc.gz").write_bytes(whole)
    articles, warnings = collect(tmp_path)
    assert len(articles) == 1
    assert [source for source, _ in warnings] == ["a.warc.gz#2"]
    assert "cut short" in warnings[0][1]


def test_a_page_that_unpacks_to_too_much_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    for name, pack in (("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)):
        bomb = pack(b"<p>a</p>" * (PAGE_BYTES // 4))
        data = record(bomb, f"Content-Type: text/html\r\nContent-Encoding: {name}") + record(in_html())
        (tmp_path / "a.warc").write_bytes(data)
        articles, warnings = collect(tmp_path)
        assert [one.source for one in articles] == ["a.warc#2"]
        assert warnings == [("a.warc#1", f"unpacks to more than {PAGE_BYTES:,} bytes")]


def test_deep_html_is_read_or_refused(tmp_path: Path) -> None:
    deep = b"<div>" * 50_000 + f"<p>{TEXT}</p>".encode() + b"</div>" * 50_000
    (tmp_path / "deep.html").write_bytes(b"<html><body>" + deep + b"</body></html>")
    (tmp_path / "good.txt").write_text(TEXT + " More.")
    articles, warnings = collect(tmp_path)
    assert len(articles) + len(warnings) == 2
    assert articles[-1].source == "good.txt"


def test_a_page_of_more_than_can_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>" + b"word " * (PAGE_BYTES // 5) + b"</p>")
    assert collect(tmp_path)[1] == [("a.html", f"too long: {PAGE_BYTES + 7:,} bytes of HTML")]


def test_a_line_of_five_megabytes_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    long = json.dumps({"text": "word " * (LINE_BYTES // 5)})
    (tmp_path / "a.jsonl").write_text(f"{long}\n{long * 3}\n{json.dumps(RECORD)}\n")
    (tmp_path / "b.txt").write_text("word " * 1_000_000)
    articles, warnings = collect(tmp_path)
    assert [one.source for one in articles] == ["a.jsonl#a1"]
    assert [source for source, _ in warnings] == ["a.jsonl#1", "a.jsonl#2", "b.txt"]
    assert all(reason.startswith("too long: ") for _, reason in warnings)


def test_packed_lines_of_any_length_fill_no_memory(tmp_path: Path) -> None:
    """300 MB of one line in 300 kB."""
    import tracemalloc

    with gzip.open(tmp_path / "a.jsonl.gz", "wb", 1) as file:
        for _ in range(300):
            file.write(b"a" * 1_000_000)
    tracemalloc.start()
    articles, warnings = collect(tmp_path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert articles == []
    assert warnings == [("a.jsonl.gz#1", f"too long: a line of more than {LINE_BYTES:,} bytes")]
    assert most < 50_000_000


def test_a_web_archive_damaged_in_the_middle_gives_what_came_before(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record(in_html()) + b"no header at all\r\n\r\n" + record(in_html()))
    articles, warnings = collect(tmp_path)
    assert len(articles) == 1
    assert [source for source, _ in warnings] == ["a.warc"]
    assert "damaged" in warnings[0][1]


@pytest.mark.parametrize("text", ["word " * 30_000, "It rained. " + "word " * 30_000 + "end. It rained."])
def test_a_sentence_without_end_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert "without a sentence end" in collect(tmp_path)[1][0][1]


@pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "/etc/up.txt"])
def test_names_that_leave_an_archive_are_refused(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, TEXT)
        archive.writestr("good.txt", TEXT + " More.")
    articles, warnings = collect(tmp_path)
    assert [one.source for one in articles] == ["a.zip#good.txt"]
    assert "points outside" in warnings[0][1]


def test_control_characters_and_unpaired_surrogates(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"text": "' + TEXT.replace("\n", " ").replace("“", "\\ud83d").replace("”", "\\u0007") + '"}'
    )
    articles, warnings = collect(tmp_path)
    assert warnings == []
    articles[0].text.encode("utf-8")
    assert "\ufffd" in articles[0].text


@pytest.mark.parametrize("value", ["9999-12-31", "0001-01-01", "2024-02-31", "last Tuesday", "1717000000"])
def test_a_date_that_is_none_is_a_warning_and_the_article_undated(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({**RECORD, "published": value}))
    articles, warnings = collect(tmp_path)
    assert articles[0].published is None
    assert len(warnings) == 1
    assert f"read as undated: {value!r}" in warnings[0][1]


def test_a_live_blog_is_one_article_of_its_day(tmp_path: Path) -> None:
    posts = "".join(
        f"<div itemprop='liveBlogUpdate'><time datetime='2024-05-0{n}T10:00'>10:0{n}</time><p>{TEXT} Update {n}.</p></div>"
        for n in range(1, 9)
    )
    meta = '<meta property="article:published_time" content="2024-05-07T08:00:00Z">'
    (tmp_path / "live.html").write_text(f"<html><head>{meta}</head><body><article>{posts}</article></body></html>")
    articles, warnings = collect(tmp_path)
    assert warnings == []
    assert (len(articles), articles[0].published) == (1, "2024-05-07")
    assert articles[0].text.count("Update") == 8


def test_what_a_build_wrote_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    out = tmp_path / "output"
    (out / "work").mkdir(parents=True)
    (out / "work" / "lock").touch()
    (out / "facts.jsonl").write_text(json.dumps(RECORD))
    articles, warnings = collect(tmp_path)
    assert [one.source for one in articles] == ["a.txt"]
    assert warnings == []


def test_a_tree_of_folders_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2/x.txt", "a/1/x.txt", "a/x.jsonl.gz", ".hidden/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = TEXT + name
        path.write_bytes(gzip.compress(json.dumps({"text": data}).encode()) if name.endswith("gz") else data.encode())
    assert [one.source for one in collect(tmp_path)[0]] == ["a/1/x.txt", "a/x.jsonl.gz#1", "b/2/x.txt"]


def test_limits_hold_over_many_files(tmp_path: Path) -> None:
    for n in range(1, 7):
        row = {"text": f"{TEXT} Day {n}.", "published": f"2024-05-0{n}", "publisher": "A" if n % 2 else "B"}
        (tmp_path / f"{n}.jsonl").write_text(json.dumps(row))
    options = ReadOptions(limit=2, since="2024-05-03", publisher="A")
    assert [one.source for one in collect(tmp_path, options)[0]] == ["3.jsonl#1", "5.jsonl#1"]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["warc", "warc.gz", "html.gz", "jsonl.gz", "csv.gz", "md.gz"]))
def test_no_bytes_make_an_archive_reader_raise(data: bytes, ending: str) -> None:
    import tempfile

    packed = gzip.compress(data) if ending.endswith(".gz") else data
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a.{ending}").write_bytes(packed)
        found: list[Article] = collect(Path(folder))[0]
    assert all(one.text == normalise(one.text) for one in found)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_damaged_web_archive_gives_articles_or_warnings(data: st.DataObject) -> None:
    import tempfile

    whole = bytearray(record(in_html()) + record(without_address()))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.warc").write_bytes(whole)
        articles, warnings = collect(Path(folder))
    assert len(articles) <= 2
    assert all(reason for _, reason in warnings)


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2100, 12, 31)))
def test_any_day_that_news_can_have_is_read(day: date) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.json").write_text(json.dumps({**RECORD, "published": day.isoformat()}))
        articles, warnings = collect(Path(folder))
    assert (articles[0].published, warnings) == (day.isoformat(), [])


def test_a_table_of_too_much_is_refused_before_it_is_held(tmp_path: Path) -> None:
    from kg.read.files import MEMBER_BYTES

    with gzip.open(tmp_path / "a.csv.gz", "wb", 1) as file:
        file.write(b"text\n")
        block = io.BytesIO(b"a" * 10_000_000).getvalue()
        for _ in range(MEMBER_BYTES // len(block) + 1):
            file.write(block)
    articles, warnings = collect(tmp_path)
    assert articles == []
    assert "too long: more than 200,000,000 bytes in one piece" in warnings[0][1]


def test_without_fastwarc_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)  # as if it was not installed
    (tmp_path / "a.warc").write_bytes(record(in_html()))
    assert collect(tmp_path) == ([], [("a.warc", "web archives need fastwarc: pip install 'newskg[warc]'")])
