"""Who runs a function over many articles, or pages: a loop, or a pool of processes. Both give the same results.

A function that breaks on a task is given it once more; then the task is set apart with its traceback. So is one that takes longer
than a limit, or during which two processes died (killed, out of memory). Nothing here knows what the function does.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

from kg.model import Article

SECONDS = 600.0  # of computing for one task; the longest text that a reader lets through takes a tenth of it
STARTS = 3  # how often in a row processes may die before their first task
AHEAD = 4  # tasks a process that may wait for an earlier one, where outcomes are wanted in order


class Numbered(Protocol):
    """What can be a task."""

    @property
    def number(self) -> int: ...


T = TypeVar("T", bound=Numbered)
R = TypeVar("R")
Making = Callable[[], Callable[[T], R]]  # loads what a function needs, once in a process, and gives it; can be pickled


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
    """Why a task is set apart: in a line, and all that is known."""

    reason: str
    trace: str


Outcome = Done | Failure
Function = Callable[[Task], Done]
Make = Making[Task, Done]


class TooLong(BaseException):
    """A task took more than its time. No Exception: libraries go on after those, and what they find then hangs on the machine's speed."""


class NoWorkers(Exception):
    """Processes die before they read anything."""

    friendly = True


def run(
    make: Making[T, R], tasks: Iterable[T], workers: int = 1, seconds: float = SECONDS
) -> Iterator[tuple[T, R | Failure]]:
    """Each task with its outcome, in any order. Tasks are taken one by one as they are needed.

    Raises NoWorkers, and whatever `make` raises.
    """
    return _pool(make, tasks, workers, seconds) if workers > 1 else _loop(make, tasks, seconds)


def run_in_order(
    make: Making[T, R],
    tasks: Iterable[T],
    needed: Callable[[T], bool],
    workers: int = 1,
    seconds: float = SECONDS,
) -> Iterator[tuple[T, R | Failure | None]]:
    """As `run`, in the order of the tasks; None for one that is not `needed`. No more than AHEAD tasks a worker are held."""
    if workers > 1:
        return _pool_in_order(make, tasks, needed, workers, seconds)
    return _loop_in_order(make, tasks, needed, seconds)


def _loop(make: Making[T, R], tasks: Iterable[T], seconds: float) -> Iterator[tuple[T, R | Failure]]:
    for task, outcome in _loop_in_order(make, tasks, lambda task: True, seconds):
        if outcome is not None:
            yield task, outcome


def _loop_in_order(
    make: Making[T, R], tasks: Iterable[T], needed: Callable[[T], bool], seconds: float
) -> Iterator[tuple[T, R | Failure | None]]:
    function: Callable[[T], R] | None = None
    for task in tasks:
        if not needed(task):
            yield task, None
            continue
        function = function or make()
        yield task, attempt(function, task, seconds)


def attempt(function: Callable[[T], R], task: T, seconds: float) -> R | Failure:
    """The function's outcome, at the second try if the first one breaks; more time than the limit is not given twice."""
    try:
        with _at_most(seconds):
            return function(task)
    except TooLong as error:
        return _failure(error)
    except Exception:
        pass  # whatever it is, it is this task's alone
    try:
        with _at_most(seconds):
            return function(task)
    except (TooLong, Exception) as error:
        return _failure(error)


def _failure(error: BaseException) -> Failure:
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
class _Process(Generic[T]):
    """A process with the pipe to it, and the task it is at (None: it is still loading, or has nothing to do)."""

    process: Any
    pipe: Connection
    loaded: bool = False
    task: T | None = None

    def end(self) -> int:
        """Its exit code: negative, the signal that killed it."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        return self.process.exitcode or 0


def _start(make: Making[T, R], seconds: float) -> _Process[T]:
    """A fresh interpreter: a fork would share locks and threads of whoever calls us."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, make, seconds), daemon=True)
    process.start()
    theirs.close()
    return _Process(process, ours)


def _serve(pipe: Connection, make: Making[T, R], seconds: float) -> None:
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


def _pool(make: Making[T, R], tasks: Iterable[T], workers: int, seconds: float) -> Iterator[tuple[T, R | Failure]]:
    """One task more than there are processes is held: whoever is ready has the next one at once."""
    with closing(_Pool(make, workers, seconds)) as pool:
        for task in tasks:
            pool.add(task)
            while pool.open > workers:
                yield from pool.heard()
        while pool.open:
            yield from pool.heard()


def _pool_in_order(
    make: Making[T, R], tasks: Iterable[T], needed: Callable[[T], bool], workers: int, seconds: float
) -> Iterator[tuple[T, R | Failure | None]]:
    tasks = iter(tasks)
    held: deque[T] = deque()
    found: dict[int, R | Failure] = {}
    with closing(_Pool(make, workers, seconds)) as pool:
        while True:
            for task in islice(tasks, AHEAD * workers - len(held)):
                held.append(task)
                if needed(task):
                    pool.add(task)
            if not held:
                return
            first = held.popleft()
            while needed(first) and first.number not in found:
                found.update((task.number, outcome) for task, outcome in pool.heard())
            yield first, found.pop(first.number, None)


class _Pool(Generic[T, R]):
    """Processes with one task each. One that died is replaced, and its task given to another."""

    def __init__(self, make: Making[T, R], workers: int, seconds: float) -> None:
        self.make = make
        self.workers = workers
        self.seconds = seconds
        self.waiting: deque[T] = deque()
        self.lost: set[int] = set()  # numbers of tasks whose process died once
        self.failed_starts = 0
        self.processes: dict[Connection, _Process[T]] = {}

    @property
    def open(self) -> int:
        """How many tasks have no outcome yet."""
        return len(self.waiting) + sum(one.task is not None for one in self.processes.values())

    def add(self, task: T) -> None:
        self.waiting.append(task)
        self.share()

    def share(self) -> None:
        """Waiting tasks to processes that have none; at most one process is started for each task there is."""
        for one in self.processes.values():
            if self.waiting and one.loaded and one.task is None:
                self.give(one, self.waiting.popleft())
        loading = sum(not one.loaded for one in self.processes.values())
        for _ in range(min(len(self.waiting) - loading, self.workers - len(self.processes))):
            one = _start(self.make, self.seconds)
            self.processes[one.pipe] = one

    def give(self, one: _Process[T], task: T) -> None:
        """A process that cannot take it is found dead at the next look."""
        one.task = task
        try:
            one.pipe.send(task)
        except OSError:
            return

    def heard(self) -> list[tuple[T, R | Failure]]:
        """What processes have to say; waits until one speaks. Only while tasks are open."""
        found: list[tuple[T, R | Failure]] = []
        for pipe in wait(list(self.processes)):
            assert isinstance(pipe, Connection)
            one = self.processes[pipe]
            try:
                said = pipe.recv()
            except (EOFError, OSError):
                found += self.died(one)
                continue
            if isinstance(said, Exception):
                raise said
            if one.task is not None:
                found.append((one.task, said))
            one.loaded, one.task, self.failed_starts = True, None, 0
        self.share()
        return found

    def died(self, one: _Process[T]) -> Iterator[tuple[T, Failure]]:
        """The outcome of its task, if that is the second time; else another process gets it."""
        del self.processes[one.pipe]
        code = one.end()
        if not one.loaded:
            self.failed_starts += 1
            if self.failed_starts == STARTS:
                raise NoWorkers(
                    f"worker processes end before they read anything (exit code {code}): build with --workers 1; a script "
                    'of your own that builds with workers must start under `if __name__ == "__main__":`'
                )
        elif one.task is not None and one.task.number in self.lost:
            reason = f"its worker process died twice (exit code {code})"
            yield one.task, Failure(reason, reason + "\n")
        elif one.task is not None:
            self.lost.add(one.task.number)
            self.waiting.appendleft(one.task)

    def close(self) -> None:
        for one in self.processes.values():
            one.end()
