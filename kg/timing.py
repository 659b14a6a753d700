"""How long each stage of a build takes, for `kg build --profile`. No stage sees a clock: nothing here changes a result."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timings:
    """Seconds by stage, in the order of their first run: on the clock, and of processors (worker processes included once they end)."""

    stages: dict[str, tuple[float, float]] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        wall, busy = time.monotonic(), _busy()
        try:
            yield
        finally:
            before = self.stages.get(name, (0.0, 0.0))
            self.stages[name] = (before[0] + time.monotonic() - wall, before[1] + _busy() - busy)

    def table(self) -> str:
        """One line a stage, the dearest part of the whole in per cent of processor time."""
        whole = sum(busy for _, busy in self.stages.values()) or 1.0
        rows = [(name, wall, busy) for name, (wall, busy) in self.stages.items()]
        rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
        lines = [f"{name:14} {wall:9.2f} {busy:9.2f} {busy / whole:6.1%}" for name, wall, busy in rows]
        return "\n".join([f"{'stage':14} {'seconds':>9} {'CPU':>9} {'share':>6}", *lines]) + "\n"


def _busy() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
