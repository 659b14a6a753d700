"""Workers that wait for queries. One that takes too long is killed and another started in its place.

Short queries must not wait for long ones. A query begins in a lane whose workers are always as many; the more computing time it has taken,
the lower the priority at which it goes on. After some time its worker leaves the lane and another takes its place. Only so many long ones
are answered at a time; where there are, one more that computes for long is refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serve.options import ServeOptions

Json = dict[str, Any]
_LOOK = 0.05  # seconds between two looks at a query that is being answered
_NICENESS = ((0.25, 19), (0.05, 10))  # after so many seconds of computing
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    type: str = ""
    error: str = ""


class _Job:
    """A query in a worker."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process, self.begun = process, time.monotonic()
        self.niceness, self.long, self.again = 0, False, False
        self._before: float | None = None  # CPU seconds of the worker before this query

    @property
    def computed(self) -> float:
        """Seconds of computing, all those before the first look among them; where the system does not say, of waiting."""
        waited, now = time.monotonic() - self.begun, _computed(self.process.pid)
        if now is None:
            return waited
        if self._before is None:
            self._before = now - waited
        return now - self._before

    def lower(self) -> None:
        computed = self.computed
        wanted = next((level for seconds, level in _NICENESS if computed > seconds), 0)
        if wanted > self.niceness:
            self.niceness = wanted
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, wanted)


def _computed(pid: int) -> float | None:
    """CPU seconds of a process so far, as Linux tells them."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return (int(numbers[11]) + int(numbers[12])) / _TICKS


class Pool:
    def __init__(self, directory: Path | None, options: ServeOptions) -> None:
        self._options = options
        limits = options.limits
        self._arguments = json.dumps(
            {
                "directory": str(directory.resolve()) if directory else None,
                "writable": options.writable,
                "rows": limits.rows,
                "bytes": limits.bytes,
                "memory": limits.memory,
            }
        )
        self._free: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
        self._all: set[asyncio.subprocess.Process] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._long = 0

    async def start(self) -> None:
        for _ in range(1 if self._options.writable else self._options.workers):
            self._free.put_nowait(await self._spawn())

    async def stop(self) -> None:
        for task in self._starting:
            task.cancel()
        for process in list(self._all):
            await self._end(process)

    async def run(self, request: Json) -> Answer:
        """The answer to one request; 503 where no worker comes free in time, or this one takes too long or dies."""
        seconds = self._options.limits.seconds
        try:
            process = await asyncio.wait_for(self._free.get(), seconds)
        except TimeoutError:
            return Answer(503, error="all workers are busy")
        job = _Job(process)
        asked = asyncio.create_task(self._ask(process, request))
        try:
            while not await _within(asked, _LOOK):
                if refused := self._go_on(job):
                    return refused
            answer = asked.result()
            job.again = not job.long and job.niceness == 0
            return answer
        except (asyncio.IncompleteReadError, ConnectionError, json.JSONDecodeError):
            return Answer(503, error="the query needed more memory than allowed and was stopped")
        finally:
            asked.cancel()
            await asyncio.shield(self._part(job))

    def _go_on(self, job: _Job) -> Answer | None:
        """May a query that is not answered yet go on, and how? The refusal if not."""
        limits, took = self._options.limits, time.monotonic() - job.begun
        if took > limits.seconds:
            return Answer(503, error=f"the query took longer than {limits.seconds:g} seconds and was stopped")
        if self._options.writable:  # one worker alone, whose memory holds the updates
            return None
        job.lower()
        if not job.long and took > limits.quick:
            if self._long < limits.long:
                job.long = True
                self._long += 1
                self._refill()
            elif job.computed > limits.quick:
                return Answer(
                    503, error=f"{limits.long} long queries are being answered; this one would be another: try later"
                )
        return None

    async def _part(self, job: _Job) -> None:
        """The worker goes back to the lane, or ends: after a refusal, and where its priority was lowered, which cannot be undone."""
        if job.again:
            self._free.put_nowait(job.process)
        elif job.long:
            self._long -= 1
            await self._end(job.process)
        else:
            self._refill(job.process)

    def _refill(self, gone: asyncio.subprocess.Process | None = None) -> None:
        task = asyncio.create_task(self._add(gone))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _add(self, gone: asyncio.subprocess.Process | None = None) -> None:
        if gone is not None:
            await self._end(gone)
        while True:
            try:
                return self._free.put_nowait(await self._spawn())
            except (OSError, asyncio.IncompleteReadError):  # no memory, no process: there may be in a second
                await asyncio.sleep(1)

    async def _ask(self, process: asyncio.subprocess.Process, request: Json) -> Answer:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        await process.stdin.drain()
        head = json.loads(await process.stdout.readuntil(b"\n"))
        body = await process.stdout.readexactly(head["length"])
        return Answer(head["status"], body, head.get("type", ""), head.get("error", ""))

    async def _spawn(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.serve.worker", self._arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            limit=2**20,
        )
        self._all.add(process)
        assert process.stdout is not None
        await process.stdout.readuntil(b"\n")
        return process

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        self._all.discard(process)
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _within(asked: asyncio.Task[Answer], seconds: float) -> bool:
    done, _ = await asyncio.wait({asked}, timeout=seconds)
    return bool(done)
