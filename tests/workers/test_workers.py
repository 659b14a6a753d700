"""Loop and pool give the same outcomes; what breaks, hangs or dies takes one article with it, and that one is told."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from kg.model import Article
from kg.workers import Done, Failure, Function, NoWorkers, Outcome, Task, run

TEXTS = ["one", "two", "three", "four", "five", "six"]


def tasks(texts: list[str]) -> Iterator[Task]:
    return (Task(n, Article(f"{n}.txt", text)) for n, text in enumerate(texts))


def shout(folder: Path) -> Function:
    """Upper case, and a mark in `folder` for each call; some words make trouble."""

    def function(task: Task) -> Done:
        mark = folder / f"{task.number}-{time.monotonic_ns()}"
        mark.write_text(str(os.getpid()))
        word = task.article.text
        calls = len(list(folder.glob(f"{task.number}-*")))
        if word == "break" or (word == "break-once" and calls == 1):
            raise ValueError("broken")
        if word == "die" or (word == "die-once" and calls == 1):
            os.kill(os.getpid(), signal.SIGKILL)
        while word == "hang":
            pass
        with suppress(Exception):  # as libraries do
            while word == "hang-on":
                pass
        if word == "doze":
            time.sleep(1.5)
        if word == "wait-once" and calls == 1:
            time.sleep(30)
        return Done(None, word.upper().encode())

    return function


def outcomes(folder: Path, texts: list[str], workers: int, seconds: float = 60) -> dict[str, Outcome]:
    found = run(partial(shout, folder), tasks(texts), workers, seconds)
    return {task.article.text: outcome for task, outcome in found}


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_has_its_outcome(tmp_path: Path, workers: int) -> None:
    assert outcomes(tmp_path, TEXTS, workers) == {text: Done(None, text.upper().encode()) for text in TEXTS}


def test_two_processes_share_the_work(tmp_path: Path) -> None:
    outcomes(tmp_path, TEXTS * 5, 2)
    pids = {path.read_text() for path in tmp_path.iterdir()}
    assert 1 <= len(pids) <= 2
    assert str(os.getpid()) not in pids


@pytest.mark.parametrize("workers", [1, 2])
def test_a_broken_article_is_tried_twice_and_told(tmp_path: Path, workers: int) -> None:
    found = outcomes(tmp_path, ["one", "break", "two", "break-once"], workers)
    broken = found.pop("break")
    assert isinstance(broken, Failure)
    assert broken.reason == "ValueError: broken"
    assert "in function" in broken.trace
    assert all(isinstance(one, Done) for one in found.values())
    assert len(list(tmp_path.glob("1-*"))) == 2


@pytest.mark.parametrize("word", ["hang", "hang-on"])
@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_never_ends_is_told_once(tmp_path: Path, workers: int, word: str) -> None:
    found = outcomes(tmp_path, ["one", word, "two"], workers, seconds=0.3)
    hung = found.pop(word)
    assert isinstance(hung, Failure)
    assert "more than 0.3 seconds" in hung.reason
    assert all(isinstance(one, Done) for one in found.values())
    assert len(list(tmp_path.glob("1-*"))) == 1


def test_a_killed_process_is_replaced_and_its_article_read_again(tmp_path: Path) -> None:
    found = outcomes(tmp_path, ["one", "die-once", "two", "three"], 2)
    assert all(isinstance(one, Done) for one in found.values())
    assert len(list(tmp_path.glob("1-*"))) == 2


def test_an_article_that_kills_two_processes_is_told(tmp_path: Path) -> None:
    found = outcomes(tmp_path, ["one", "die", "two", "three"], 2)
    died = found.pop("die")
    assert isinstance(died, Failure)
    assert "died twice (exit code -9)" in died.reason
    assert all(isinstance(one, Done) for one in found.values())


def test_a_process_killed_from_outside_loses_nothing(tmp_path: Path) -> None:
    def kill_the_waiting() -> None:
        while not (marks := list(tmp_path.glob("1-*"))) or not marks[0].read_text():
            time.sleep(0.01)
        os.kill(int(marks[0].read_text()), signal.SIGKILL)

    killer = threading.Thread(target=kill_the_waiting)
    killer.start()
    found = outcomes(tmp_path, ["one", "wait-once", "two", "three"], 2)
    killer.join()
    assert len(found) == 4
    assert all(isinstance(one, Done) for one in found.values())
    assert len(list(tmp_path.glob("1-*"))) == 2


def end_at_once() -> Function:
    os._exit(3)


def raise_at_once() -> Function:
    raise LookupError("no such model")


def test_processes_that_cannot_start_are_an_error() -> None:
    with pytest.raises(NoWorkers, match="exit code 3"):
        list(run(end_at_once, tasks(TEXTS), 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_loaded_is_an_error(workers: int) -> None:
    with pytest.raises(LookupError, match="no such model"):
        list(run(raise_at_once, tasks(TEXTS), workers))


def test_nothing_to_do_loads_nothing() -> None:
    assert list(run(raise_at_once, iter(()), 2)) == []


def test_who_stops_listening_leaves_no_process(tmp_path: Path) -> None:
    import multiprocessing

    found = run(partial(shout, tmp_path), tasks(TEXTS), 2)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
