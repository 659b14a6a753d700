"""Workers that wait for queries. One that takes too long is killed and another started in its place.

Two lanes: a query begins in the quick one, whose workers are always as many. After a moment its worker goes on at the lowest priority;
after some more the query is long, and another worker takes its place. Only so many long ones run at a time; one more is refused, so that
short ones never wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serve.options import ServeOptions

Json = dict[str, Any]
_LOWEST = 19  # niceness


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    type: str = ""
    error: str = ""


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
        self._quick = limits.seconds if options.writable else min(limits.quick, limits.seconds)
        self._moment = self._quick if options.writable else min(limits.moment, self._quick)
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
        asked = asyncio.create_task(self._ask(process, request))
        again = False  # whether this worker may answer another query: not after its priority was lowered, which cannot be undone
        try:
            if await _within(asked, self._moment):
                answer = asked.result()
                again = True
                return answer
            _lower(process)
            if await _within(asked, self._quick - self._moment):
                return asked.result()
            return await self._go_on(process, asked)
        except (asyncio.IncompleteReadError, ConnectionError, json.JSONDecodeError):
            return Answer(503, error="the query needed more memory than allowed and was stopped")
        finally:
            asked.cancel()
            if again:
                self._free.put_nowait(process)
            elif process in self._all:  # those of long queries are gone already, and replaced
                self._refill(process)

    async def _go_on(self, process: asyncio.subprocess.Process, asked: asyncio.Task[Answer]) -> Answer:
        """The answer of a long query, outside the quick lane."""
        limits = self._options.limits
        if limits.seconds <= self._quick:
            return Answer(503, error=f"the query took longer than {limits.seconds:g} seconds and was stopped")
        if self._long >= limits.long:
            return Answer(
                503, error=f"{limits.long} long queries are being answered; this one would be another: try later"
            )
        self._long += 1
        try:
            self._refill()
            if await _within(asked, limits.seconds - self._quick):
                return asked.result()
            return Answer(503, error=f"the query took longer than {limits.seconds:g} seconds and was stopped")
        finally:
            self._long -= 1
            await asyncio.shield(self._end(process))

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


def _lower(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, process.pid, _LOWEST)


async def _within(asked: asyncio.Task[Answer], seconds: float) -> bool:
    done, _ = await asyncio.wait({asked}, timeout=seconds)
    return bool(done)
