"""Pages of HTML are looked into once, and by processes where there are some: the same articles and warnings in the same order."""

from __future__ import annotations

import gzip
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.cache import Cache, packed
from kg.model import Article, WebPage
from kg.pipeline import Options, Running, build
from kg.read import ReadOptions, read
from kg.webpages import FEW, WebPages
from kg.workers import AHEAD, Done, Task, run_in_order
from tests.read.test_archives import record
from tests.read.test_readers import TEXT
from tests.whole.test_build import differing
from tests.workers.test_workers import shout, tasks

Read = tuple[list[Article], list[tuple[str, str]]]


def page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in [*TEXT.split("\n\n"), text])
    meta = '<title>Pier closed</title><meta property="article:published_time" content="2024-05-07">'
    return f"<html><head>{meta}</head><body><article>{paragraphs}</article></body></html>".encode()


def slow() -> bytes:
    """A page with which trafilatura is busy for ten seconds and more."""
    items = "".join(f"<ul><li><a href=/{n}>{TEXT[:100]} {n}</a></li></ul>" for n in range(20_000))
    return f"<html><body>{items}</body></html>".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pages good and bad, alone and in an archive, one of them twice, among articles good and bad."""
    into = tmp_path / "in"
    into.mkdir()
    for name in "adg":
        (into / f"{name}.html").write_bytes(page(f"Ana Duarte met Otto Krone in Lisbon on day {name}."))
    (into / "articles.csv").write_text("file,published\ne.html.gz,soon\n")
    (into / "b.txt").write_text("Ana Duarte thanked Otto Krone.")
    (into / "c.txt").write_text(" ")
    (into / "d.htm").write_bytes(b"<html><body></body></html>")
    (into / "e.html.gz").write_bytes(gzip.compress(page("Otto Krone left.")))
    mali, damaged = page("Norway sent 40 soldiers to Mali."), "Content-Type: text/html\r\nContent-Encoding: gzip"
    records = [record(mali), record(b"<p>"), record(b"\x1f\x8bno", damaged), record(mali), record(page("It rained."))]
    (into / "f.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    return into


def kept(work: Path) -> dict[Path, tuple[int, bytes]]:
    """What lies there of pages; a file that was written again has another number."""
    return {path: (path.stat().st_ino, path.read_bytes()) for path in work.glob("page/*/*")}


def collected(folder: Path, work: Path, workers: int = 1, seconds: float = 60, limit: int = 0) -> Read:
    warnings: list[tuple[str, str]] = []
    pages = WebPages(Cache(work), "key", workers, seconds)
    found = read([folder], lambda source, reason: warnings.append((source, reason)), ReadOptions(limit=limit), pages)
    return list(found), warnings


def plainly(folder: Path) -> Read:
    warnings: list[tuple[str, str]] = []
    return list(read([folder], lambda source, reason: warnings.append((source, reason)))), warnings


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_made_and_kept_pages_are_those_that_the_reader_finds_itself(workers: int, folder: Path, tmp_path: Path) -> None:
    expected = plainly(folder)
    assert [one.source for one in expected[0]][-3:] == ["f.warc.gz#1", "f.warc.gz#5", "g.html"]
    assert [source for source, _ in expected[1]] == [
        "c.txt",
        "d.htm",
        "e.html.gz",
        *(f"f.warc.gz#{n}" for n in (2, 3, 4)),
    ]
    assert collected(folder, tmp_path / "work", workers) == expected
    before = kept(tmp_path / "work")
    assert len(before) == 8  # pages without an article too; of one that comes twice one
    assert collected(folder, tmp_path / "work", workers) == expected
    assert kept(tmp_path / "work") == before


def test_what_is_kept_is_what_is_read(folder: Path, tmp_path: Path) -> None:
    """Nothing is extracted beside it: other words in the cache are other words in the articles."""
    collected(folder, tmp_path)
    for number, path in enumerate(kept(tmp_path)):
        path.write_bytes(packed(WebPage(f"The mayor of Oslo met the council on day {number}.")))
    texts = [one.text for one in collected(folder, tmp_path)[0] if ".txt" not in one.source]
    assert len(texts) == 8
    assert all(text.startswith("The mayor of Oslo") for text in texts)


@pytest.mark.parametrize("workers", [1, 2])
def test_damaged_pages_are_made_anew(workers: int, folder: Path, tmp_path: Path) -> None:
    expected = collected(folder, tmp_path)
    before = {path: data for path, (_, data) in kept(tmp_path).items()}
    for path, damage in zip(before, (b"", b"damaged", before[min(before)][:20]), strict=False):
        path.write_bytes(damage)
    assert collected(folder, tmp_path, workers) == expected
    assert {path: data for path, (_, data) in kept(tmp_path).items()} == before


def test_pages_read_by_another_program_are_read_anew(folder: Path, tmp_path: Path) -> None:
    for key in ("one", "other"):
        list(read([folder], lambda source, reason: None, None, WebPages(Cache(tmp_path), key)))
    assert len(kept(tmp_path)) == 16


def test_many_new_pages_start_processes_unasked(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in range(FEW + 5):
        (tmp_path / "in" / f"{n:03}.html").write_bytes(page(f"It rained on day {n}."))
    warnings: list[tuple[str, str]] = []
    pages = WebPages(Cache(tmp_path / "work"), "key", 0)
    found = read([tmp_path / "in"], lambda source, reason: warnings.append((source, reason)), None, pages)
    busy = [len(multiprocessing.active_children()) for _ in found]
    assert len(busy) == FEW + 5
    assert warnings == []
    assert max(busy[:FEW]) == 0
    assert max(busy[FEW:]) == (2 if (os.cpu_count() or 1) > 1 else 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_never_ends_is_one_warning(workers: int, folder: Path, tmp_path: Path) -> None:
    expected = plainly(folder)
    (folder / "c.html").write_bytes(slow())
    for _ in range(2):
        articles, warnings = collected(folder, tmp_path / "work", workers, seconds=1.5)
        (reason,) = (reason for source, reason in warnings if source == "c.html")
        assert reason.startswith("left out: TooLong: more than 1.5 seconds of computing (work/failed/")
        assert [one for one in warnings if one[0] != "c.html"] == expected[1]
        assert [source for source, _ in warnings][:2] == ["c.html", "c.txt"]
        assert articles == expected[0]
    (told,) = (tmp_path / "work" / "failed").iterdir()
    assert told.read_text().startswith("c.html\nTraceback")


def busy_for(pid: int, seconds: float) -> bool:
    """Whether a process computes for longer."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(fields[11]) / os.sysconf("SC_CLK_TCK") > seconds


def test_a_page_during_which_two_processes_die_is_one_warning(folder: Path, tmp_path: Path) -> None:
    """Killed from outside, as by a system without memory."""
    expected = plainly(folder)
    (folder / "c.html").write_bytes(slow())
    killed: list[int] = []

    def kill_the_busy() -> None:
        patience = time.monotonic() + 120
        while len(killed) < 2 and time.monotonic() < patience:
            for one in multiprocessing.active_children():
                if one.pid and one.pid not in killed and busy_for(one.pid, 2.5):
                    killed.append(one.pid)
                    os.kill(one.pid, signal.SIGKILL)
            time.sleep(0.02)

    killer = threading.Thread(target=kill_the_busy)
    killer.start()
    articles, warnings = collected(folder, tmp_path / "work", 2, seconds=60)
    killer.join()
    assert len(killed) == 2
    (reason,) = (reason for source, reason in warnings if source == "c.html")
    assert "its worker process died twice (exit code -9)" in reason
    assert [one for one in warnings if one[0] != "c.html"] == expected[1]
    assert articles == expected[0]


def test_who_has_enough_articles_leaves_no_process(folder: Path, tmp_path: Path) -> None:
    assert len(collected(folder, tmp_path, 2, limit=1)[0]) == 1
    assert multiprocessing.active_children() == []


# ---- in order, and not all at once ----


def counted(texts: list[str], taken: list[int]) -> Iterator[Task]:
    for task in tasks(texts):
        taken.append(task.number)
        yield task


@pytest.mark.parametrize("needed", [True, False])
def test_no_more_tasks_are_taken_than_may_wait_for_the_first(needed: bool, tmp_path: Path) -> None:
    """The first one sleeps in its process; a hundred others are quick, or are not for processes at all."""
    taken: list[int] = []
    texts = ["doze", *(["word"] * 100)]
    make = partial(shout, tmp_path)
    found = run_in_order(make, counted(texts, taken), lambda one: needed or one.number == 0, 2)
    for number, (task, outcome) in enumerate(found):
        assert task.number == number
        assert len(taken) <= number + AHEAD * 2
        assert outcome == (Done(None, texts[number].upper().encode()) if needed or number == 0 else None)
    assert len(taken) == 101


# ---- in a build ----


def test_a_build_with_two_processes_gives_the_same_bytes_and_a_second_one_reads_no_page(
    folder: Path, tmp_path: Path
) -> None:
    one = build([folder], tmp_path / "one", Options())
    two = build([folder], tmp_path / "two", Options(), running=Running(workers=2))
    assert one.articles == 7
    assert one.warnings == two.warnings
    assert differing(tmp_path / "one", tmp_path / "two") == []
    pages = kept(tmp_path / "two" / "work")
    assert {p.name: data for p, (_, data) in pages.items()} == {
        p.name: data for p, (_, data) in kept(tmp_path / "one" / "work").items()
    }
    again = build([folder], tmp_path / "two", Options(), running=Running(workers=2))
    assert again.warnings == one.warnings
    assert kept(tmp_path / "two" / "work") == pages
    assert differing(tmp_path / "one", tmp_path / "two") == []


def test_pages_that_are_gone_leave_the_cache(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "out", Options(formats=("facts",)))
    before = kept(tmp_path / "out" / "work")
    (folder / "a.html").unlink()
    build([folder], tmp_path / "out", Options(formats=("facts",)))
    after = kept(tmp_path / "out" / "work")
    assert len(after) == len(before) - 1
    assert after.items() <= before.items()


def test_pages_have_the_limits_of_the_build_and_a_cluster_leaves_them_to_this_machine(tmp_path: Path) -> None:
    pages = Running(workers=3, seconds=5).pages(Cache(tmp_path))
    assert (pages.workers, pages.seconds) == (3, 5)
    assert Running(workers=10_000, engine="ray").pages(Cache(tmp_path)).workers == os.cpu_count()
    assert Running().pages(Cache(tmp_path)).workers == 0
