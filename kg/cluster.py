"""The per-article function on a Ray cluster: actors instead of processes, the same outcomes. Needs Ray (`newskg[ray]`).

Articles travel to the actors and packed results back; only the machine that builds writes into DIR.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from kg.workers import Failure, Function, Make, NoWorkers, Outcome, Task, attempt


class _Reader:
    """What an actor is; it loads at its first task, so that an error of loading comes back as one."""

    def __init__(self, make: Make, seconds: float) -> None:
        self.make = make
        self.seconds = seconds
        self.function: Function | None = None

    def read(self, task: Task) -> Outcome:
        self.function = self.function or self.make()
        return attempt(self.function, task, self.seconds)


def run_on_ray(
    make: Make, tasks: Iterable[Task], workers: int, seconds: float, address: str | None = None
) -> Iterator[tuple[Task, Outcome]]:
    """As kg.workers.run. `address`: of a running cluster ("auto": the one this machine belongs to); None starts one here.

    Raises NoWorkers without Ray or without the cluster, and whatever `make` raises.
    """
    ray = _connected(address, workers)
    try:
        yield from _Crew(ray, make, seconds, iter(tasks)).outcomes(workers)
    finally:
        ray.shutdown()


def _connected(address: str | None, workers: int) -> Any:
    try:
        ray: Any = import_module("ray")
    except ImportError:
        raise NoWorkers("--engine ray needs Ray: pip install 'newskg[ray]'") from None
    local: dict[str, Any] = {} if address else {"num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **local)
    except ConnectionError as error:
        raise NoWorkers(f"no Ray cluster at {address}: {error}") from error
    return ray


class _Crew:
    """Actors with one task each. One that died is replaced, and its task given out once more."""

    def __init__(self, ray: Any, make: Make, seconds: float, tasks: Iterator[Task]) -> None:
        self.ray = ray
        self.hire: Callable[[], Any] = lambda: ray.remote(num_cpus=1)(_Reader).remote(make, seconds)
        self.tasks = tasks
        self.again: deque[Task] = deque()
        self.lost: set[int] = set()
        self.busy: dict[Any, tuple[Any, Task]] = {}

    def outcomes(self, workers: int) -> Iterator[tuple[Task, Outcome]]:
        for _ in range(workers):
            self.give(self.hire())
        while self.busy:
            for reference in self.ray.wait(list(self.busy))[0]:
                actor, task = self.busy.pop(reference)
                outcome, alive = self.heard(reference, task)
                self.give(actor if alive else self.hire())
                if outcome:
                    yield task, outcome

    def give(self, actor: Any) -> None:
        task = self.again.popleft() if self.again else next(self.tasks, None)
        if task is not None:
            self.busy[actor.read.remote(task)] = (actor, task)

    def heard(self, reference: Any, task: Task) -> tuple[Outcome | None, bool]:
        """The outcome (None: the task is to be given out again), and whether the actor lives."""
        errors = self.ray.exceptions
        try:
            return self.ray.get(reference), True
        except errors.RayTaskError as error:  # loading failed
            raise error.cause from error
        except errors.RayActorError as error:
            if task.number in self.lost:
                return Failure("its worker died twice", f"{error}\n"), False
            self.lost.add(task.number)
            self.again.append(task)
            return None, False
