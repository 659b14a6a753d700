"""What a server allows."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one query. Whoever exceeds them gets 503 and the worker is killed; others are not touched."""

    seconds: float = 30.0
    quick: float = 1.0  # seconds after which a query is long
    long: int = 12  # so many long ones at a time; one more that computes for longer than `quick` gets 503
    rows: int = 1_000_000
    bytes: int = 256 * 2**20
    memory: int = 8 * 2**30  # address space of a worker
    request: int = 4 * 2**20  # bytes of a request's body


@dataclass(frozen=True, slots=True)
class ServeOptions:
    host: str = "127.0.0.1"
    port: int = 7878
    workers: int = field(default_factory=lambda: max(6, os.cpu_count() or 6))
    limits: Limits = Limits()
    writable: bool = False  # updates go to a copy in memory that is gone with the server
    log: str = "warning"
