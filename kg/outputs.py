"""DIR: the files of a build appear together or not at all.

A build is written into DIR/work/next, which nothing reads, and then, once all of it is on disk for good, put in the place of the one
before: files renamed, those that this build does not make removed, build.json last. While that lasts (milliseconds) DIR holds
`.incomplete`; a build that is killed just then leaves it there, and who reads DIR is told so. The next build starts afresh from the cache.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MADE = (
    "annotations.jsonl", "candidates.csv", "comparisons.jsonl", "entities.jsonl", "facts.jsonl", "graph.graphml",
    "graph.html", "graph.jsonld", "graph.nt", "graph.trig", "graph.ttl", "graph.ttl12", "quarantine.jsonl", "tables",
)  # fmt: skip
LAST = "build.json"
MARK = ".incomplete"


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A folder to write a build into. Its files replace those in `out` if the block ends well; else `out` stays as it is."""
    beside = out / "work" / "next"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        yield beside
        with _undisturbed():
            _replace(beside, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def incomplete(out: Path) -> bool:
    """Whether a build was killed while it put its files in place."""
    return (out / MARK).exists()


def _replace(beside: Path, out: Path) -> None:
    from kg.store import move_store

    for path in beside.rglob("*"):
        _settle(path)
    (out / MARK).touch()
    (out / LAST).unlink(missing_ok=True)
    if (beside / "store").is_dir():
        move_store(beside, out)
    else:
        shutil.rmtree(out / "store", ignore_errors=True)
    for name in MADE:
        _put(beside / name, out / name)
    os.replace(beside / LAST, out / LAST)
    _settle(out)
    (out / MARK).unlink()


def _settle(path: Path) -> None:
    """Wait until a file or folder is on disk: else a machine that stops soon may leave a name with nothing behind it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _put(new: Path, old: Path) -> None:
    """A folder cannot be renamed onto one that holds something; where nothing new is made the old one goes all the same."""
    if old.is_dir():
        shutil.rmtree(old)
    if new.exists():
        os.replace(new, old)
    else:
        old.unlink(missing_ok=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and a polite end of the process wait until the files are in place."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
