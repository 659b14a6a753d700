"""Who runs the per-article function: a loop, or a pool of processes. Both give the same results.

A function that breaks on an article is given it once more; then the article is set apart with its traceback. So is one that takes
longer than a limit, or during which two processes died (killed, out of memory). Nothing here knows what the function does.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from kg.model import Article

SECONDS = 600.0  # of computing for one article; the longest text that a reader lets through takes a tenth of it
STARTS = 3  # how often in a row processes may die before their first article


@dataclass(frozen=True, slots=True)
class Task:
    """An article to read, with the annotations (packed) where they are kept from before."""

    number: int
    article: Article
    annotated: bytes | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Annotations (None: they were given) and graph of an article, packed."""

    annotated: bytes | None
    graph: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an article is set apart: in a line, and all that is known."""

    reason: str
    trace: str


Outcome = Done | Failure
Function = Callable[[Task], Done]
Make = Callable[[], Function]  # loads what the function needs, once in a process; can be pickled


class TooLong(Exception):
    """An article took more than its time."""


class NoWorkers(Exception):
    """Processes die before they read anything."""

    friendly = True


def run(
    make: Make, tasks: Iterable[Task], workers: int = 1, seconds: float = SECONDS
) -> Iterator[tuple[Task, Outcome]]:
    """Each task with its outcome, in any order. Tasks are taken one by one as they are needed.

    Raises NoWorkers, and whatever `make` raises.
    """
    return _pool(make, tasks, workers, seconds) if workers > 1 else _loop(make, tasks, seconds)


def _loop(make: Make, tasks: Iterable[Task], seconds: float) -> Iterator[tuple[Task, Outcome]]:
    function: Function | None = None
    for task in tasks:
        function = function or make()
        yield task, attempt(function, task, seconds)


def attempt(function: Function, task: Task, seconds: float) -> Outcome:
    """The function's outcome, at the second try if the first one breaks; more time than the limit is not given twice."""
    try:
        with _at_most(seconds):
            return function(task)
    except TooLong as error:
        return _failure(error)
    except Exception:
        pass  # whatever it is, it is this article's alone
    try:
        with _at_most(seconds):
            return function(task)
    except Exception as error:
        return _failure(error)


def _failure(error: Exception) -> Failure:
    return Failure(f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise TooLong after so many seconds of computing (of the processor, so that a busy machine changes no result)."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise TooLong(f"more than {seconds:g} seconds of computing")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


# ---- processes ----


@dataclass(slots=True)
class _Process:
    """A process with the pipe to it, and the task it is at (None: it is still loading)."""

    process: Any
    pipe: Connection
    task: Task | None = None

    def end(self) -> int:
        """Its exit code: negative, the signal that killed it."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        return self.process.exitcode or 0


def _start(make: Make, seconds: float) -> _Process:
    """A fresh interpreter: a fork would share locks and threads of whoever calls us."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, make, seconds), daemon=True)
    process.start()
    theirs.close()
    return _Process(process, ours)


def _serve(pipe: Connection, make: Make, seconds: float) -> None:
    """What a process does: load, say so, and answer one task after the other until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    try:
        function = make()
    except Exception as error:
        pipe.send(error)
        return
    pipe.send(None)
    try:
        while True:
            pipe.send(attempt(function, pipe.recv(), seconds))
    except (EOFError, OSError):
        sys.exit(0)


def _pool(make: Make, tasks: Iterable[Task], workers: int, seconds: float) -> Iterator[tuple[Task, Outcome]]:
    pool = _Pool(make, seconds, iter(tasks))
    try:
        yield from pool.outcomes(workers)
    finally:
        for one in pool.processes.values():
            one.end()


class _Pool:
    """Processes with one task each. One that died is replaced, and its task given to another."""

    def __init__(self, make: Make, seconds: float, tasks: Iterator[Task]) -> None:
        self.make = make
        self.seconds = seconds
        self.tasks = tasks
        self.again: deque[Task] = deque()  # tasks whose process died once
        self.lost: set[int] = set()  # their numbers
        self.failed_starts = 0
        self.processes: dict[Connection, _Process] = {}

    def outcomes(self, workers: int) -> Iterator[tuple[Task, Outcome]]:
        """At most one process for each task there is."""
        self.again.extend(task for _, task in zip(range(workers), self.tasks, strict=False))
        for _ in range(len(self.again)):
            self.hire()
        while self.processes:
            for pipe in wait(list(self.processes)):
                assert isinstance(pipe, Connection)
                yield from self.heard(self.processes[pipe])

    def hire(self) -> None:
        one = _start(self.make, self.seconds)
        self.processes[one.pipe] = one

    def heard(self, one: _Process) -> Iterator[tuple[Task, Outcome]]:
        try:
            said = one.pipe.recv()
        except (EOFError, OSError):
            yield from self.died(one)
            return
        if isinstance(said, Exception):
            raise said
        task, self.failed_starts = one.task, 0
        self.give(one)
        if task is not None:
            yield task, said

    def give(self, one: _Process) -> None:
        """The next task, or its leave. A process that cannot take one is found dead at the next look."""
        one.task = self.again.popleft() if self.again else next(self.tasks, None)
        if one.task is None:
            del self.processes[one.pipe]
            one.end()
            return
        try:
            one.pipe.send(one.task)
        except OSError:
            return

    def died(self, one: _Process) -> Iterator[tuple[Task, Outcome]]:
        del self.processes[one.pipe]
        code = one.end()
        if one.task is None:
            self.failed_starts += 1
            if self.failed_starts == STARTS:
                raise NoWorkers(
                    f"worker processes end before they read anything (exit code {code}): build with --workers 1; a script "
                    'of your own that builds with workers must start under `if __name__ == "__main__":`'
                )
        elif one.task.number in self.lost:
            reason = f"its worker process died twice (exit code {code})"
            yield one.task, Failure(reason, reason + "\n")
        else:
            self.lost.add(one.task.number)
            self.again.append(one.task)
        self.hire()
