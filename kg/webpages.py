"""Pages of HTML between the reader and its articles: what was found in one lies in DIR/work; the rest is found here, or by processes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.cache import Cache, packed, unpacked
from kg.model import WebPage
from kg.read.html import Item, Markup
from kg.workers import SECONDS, Failure, run_in_order

STEP = "page"
FEW = 50  # new pages up to which a second process costs more (it loads for half a second) than it gains


@dataclass(frozen=True, slots=True)
class PageTask:
    """What a reader gave; of a page its name in the cache, and what is kept under it."""

    number: int
    item: Item
    digest: str = ""
    kept: WebPage | None = None

    @property
    def needed(self) -> bool:
        return isinstance(self.item, Markup) and self.kept is None


def page_reader() -> Callable[[PageTask], bytes]:
    """What is done with a page, here or in a process; the result is packed."""
    import trafilatura  # noqa: F401 - its loading is no page's

    from kg.read.html import extracted

    return lambda task: packed(extracted(task.item.data)) if isinstance(task.item, Markup) else b""


@dataclass(slots=True)
class WebPages:
    """A `kg.read.html.Pages`. `key`: all that a page's reading depends on but its bytes. `workers`: 0 takes one for few, two for many."""

    store: Cache
    key: str
    workers: int = 1
    seconds: float = SECONDS
    used: set[str] = field(default_factory=set)

    def __call__(self, items: Iterator[Item]) -> Iterator[tuple[Item, WebPage | None]]:
        tasks = self._tasks(items)
        if self.workers == 0:
            yield from self._found(_first(tasks), 1)
        yield from self._found(tasks, self.workers or min(2, os.cpu_count() or 1))

    def prune(self) -> None:
        """Pages that are gone from the input leave the cache."""
        self.store.prune(STEP, self.used)

    def _tasks(self, items: Iterator[Item]) -> Iterator[PageTask]:
        for number, item in enumerate(items):
            if not isinstance(item, Markup):
                yield PageTask(number, item)
                continue
            digest = hashlib.sha256(self.key.encode() + hashlib.sha256(item.data).digest()).hexdigest()
            self.used.add(digest)
            yield PageTask(number, item, digest, self.store.load(STEP, digest, WebPage))

    def _found(self, tasks: Iterator[PageTask], workers: int) -> Iterator[tuple[Item, WebPage | None]]:
        for task, outcome in run_in_order(page_reader, tasks, lambda one: one.needed, workers, self.seconds):
            if isinstance(outcome, Failure):
                fault = self.store.set_aside(task.item.source, task.digest, outcome.reason, outcome.trace)
                yield task.item, WebPage(fault=fault)
            elif outcome is not None:
                self.store.put(STEP, task.digest, outcome)
                yield task.item, unpacked(outcome, WebPage)
            else:
                yield task.item, task.kept


def _first(tasks: Iterator[PageTask]) -> Iterator[PageTask]:
    """Up to the FEW-th page that is to be looked into."""
    new = 0
    for task in tasks:
        yield task
        new += task.needed
        if new == FEW:
            return
