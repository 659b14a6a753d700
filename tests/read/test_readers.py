"""One contract for all readers: the same article comes out of every format, and what is broken is a warning."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.read import ReadOptions, read
from kg.read.language import foreign
from kg.read.records import normalise

TEXT = (
    "The harbour council of Larvik met on Tuesday and decided to close the old ferry pier.\n\n"
    "“We had no choice,” the chairwoman said, according to the local newspaper, which first reported the decision.\n\n"
    "About 200 people protested outside the town hall while the council was in session."
)
FIELDS = {
    "title": "Council closes pier",
    "published": "2024-05-07",
    "publisher": "Larvik Post",
    "url": "https://example.org/pier",
    "author": "Ann Lee",
}
RECORD = {"id": "a1", "text": TEXT, **FIELDS}


def in_html() -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    meta = (
        f"<title>{FIELDS['title']}</title>"
        f'<meta name="author" content="{FIELDS["author"]}">'
        f'<meta property="og:site_name" content="{FIELDS["publisher"]}"><meta property="og:url" content="{FIELDS["url"]}">'
        f'<meta property="article:published_time" content="{FIELDS["published"]}T08:00:00Z">'
        f'<meta property="og:title" content="{FIELDS["title"]}">'
    )
    body = f"<body><article><h1>{FIELDS['title']}</h1>{paragraphs}</article></body>"
    return f"<!doctype html><html><head><meta charset='utf-8'>{meta}</head>{body}</html>".encode()


def in_csv() -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, RECORD)
    writer.writeheader()
    writer.writerow(RECORD)
    return out.getvalue().encode()


def in_markdown() -> bytes:
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in FIELDS.items())
    return f"---\n{front}---\n{TEXT}".encode()


def in_text(folder: Path) -> None:
    (folder / "a1.txt").write_bytes(TEXT.encode())
    with (folder / "articles.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["file", *FIELDS])
        writer.writeheader()
        writer.writerow({"file": "a1.txt", **FIELDS})


def in_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("news/a1.json", json.dumps(RECORD))


FORMATS: dict[str, Callable[[Path], object]] = {
    "txt": in_text,
    "md": lambda folder: (folder / "a1.md").write_bytes(in_markdown()),
    "html": lambda folder: (folder / "a1.html").write_bytes(in_html()),
    "json": lambda folder: (folder / "a1.json").write_text(json.dumps([RECORD])),
    "jsonl": lambda folder: (folder / "a1.jsonl").write_text(json.dumps(RECORD) + "\n"),
    "csv": lambda folder: (folder / "a1.csv").write_bytes(in_csv()),
    "jsonl.gz": lambda folder: (folder / "a1.jsonl.gz").write_bytes(gzip.compress(json.dumps(RECORD).encode())),
    "html.gz": lambda folder: (folder / "a1.html.gz").write_bytes(gzip.compress(in_html())),
    "zip": in_zip,
}


def collect(path: Path, options: ReadOptions | None = None) -> tuple[list[Article], list[tuple[str, str]]]:
    warnings: list[tuple[str, str]] = []
    return list(read([path], lambda source, reason: warnings.append((source, reason)), options)), warnings


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_article(name: str, tmp_path: Path) -> None:
    FORMATS[name](tmp_path)
    articles, warnings = collect(tmp_path)
    assert warnings == []
    assert len(articles) == 1
    found = articles[0]
    assert {key: getattr(found, key) for key in FIELDS} == FIELDS
    assert found.text.split() == TEXT.split()
    if "html" not in name:
        assert found.text == TEXT


BROKEN = {
    "empty.txt": (b"  \n ", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary"),
    "deutsch.txt": (
        "Der Rat der Stadt hat am Dienstag beschlossen, die alte Brücke über den Fluss zu schließen.".encode(),
        "not English",
    ),
    "notes.docx": (b"PK", "unknown format"),
    "bad.json": (b'{"text": ', "no JSON"),
    "other.json": (b'{"body": "x"}', "no text under 'text'"),
    "bad.jsonl": (b"not json\n", "no JSON"),
    "table.csv": (b"headline,body\na,b\n", "no column 'text'"),
    "broken.gz": (b"\x1f\x8b\x08broken", "unknown format"),
    "broken.txt.gz": (b"\x1f\x8b\x08broken", "cannot be read"),
    "broken.zip": (b"no zip", "no zip archive"),
    "page.html": (b"<html><body></body></html>", "no article text"),
    "long.txt": (b"word. " * 60_000, "too long"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_bad_input_is_one_warning_and_stops_nothing(name: str, tmp_path: Path) -> None:
    data, reason = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT)
    articles, warnings = collect(tmp_path)
    assert [one.source for one in articles] == ["good.txt"]
    assert len(warnings) == 1
    assert warnings[0][0].startswith(name)
    assert reason in warnings[0][1]


def test_a_repeated_article_is_named_with_its_twin(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    articles, warnings = collect(tmp_path)
    assert len(articles) == 1
    assert warnings == [("b.txt", "duplicate of a.txt: same text, publisher, date and URL")]


def test_an_archive_whose_names_point_outside_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../escape.txt", TEXT)
    articles, warnings = collect(tmp_path)
    assert articles == []
    assert "points outside" in warnings[0][1]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * 50_000_000)
    _, warnings = collect(tmp_path)
    assert "more than allowed" in warnings[0][1]


def test_windows_encoding_is_detected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.replace("pier", "café").encode("cp1252"))
    articles, warnings = collect(tmp_path)
    assert warnings == []
    assert "café" in articles[0].text


@pytest.mark.parametrize(
    "text",
    [
        "Recep Tayyip Erdoğan phoned Volodymyr Zelenskyy.",
        "Xi Jinping received Nguyen Phu Trong and Joko Widodo in Beijing.",
        "Angela Merkel met Giuseppe Conte, Charles Michel and Ursula von der Leyen.",
    ],
)
def test_short_english_full_of_names_passes(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text)
    articles, warnings = collect(tmp_path)
    assert (len(articles), warnings) == (1, [])


def test_no_model_is_asked_about_plain_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        raise AssertionError

    monkeypatch.setattr("kg.read.language._identifier", asked)
    assert foreign("The mayor said that the bridge to the north of the town was closed.") is None
    with pytest.raises(AssertionError):
        foreign("Der Bürgermeister sagte, die Brücke im Norden der Stadt sei gesperrt.")


def test_limits_of_what_is_taken(tmp_path: Path) -> None:
    rows = [
        {"text": f"{TEXT} Day {n}.", "published": f"2024-05-0{n}", "publisher": "A" if n % 2 else "B"}
        for n in range(1, 7)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert len(collect(tmp_path, ReadOptions(limit=2))[0]) == 2
    assert len(collect(tmp_path, ReadOptions(since="2024-05-05"))[0]) == 2
    assert len(collect(tmp_path, ReadOptions(publisher="A"))[0]) == 3


@given(st.binary(max_size=400), st.sampled_from(["txt", "md", "json", "jsonl", "csv", "gz", "zip", "html"]))
def test_no_bytes_make_a_reader_raise(data: bytes, ending: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a.{ending}").write_bytes(data)
        for found in collect(Path(folder))[0]:
            found.text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=[])))
def test_normalised_text_is_stable_and_encodable(text: str) -> None:
    once = normalise(text)
    assert "\r" not in once
    once.encode("utf-8")
    if not once.startswith("\ufeff"):
        assert normalise(once) == once
