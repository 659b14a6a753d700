"""Workers that wait for queries. One that takes too long is killed and another started in its place."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serve.options import ServeOptions

Json = dict[str, Any]


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
        self._free: asyncio.Queue[asyncio.subprocess.Process | None] = asyncio.Queue()
        self._all: set[asyncio.subprocess.Process] = set()

    async def start(self) -> None:
        for _ in range(1 if self._options.writable else self._options.workers):
            self._free.put_nowait(await self._spawn())

    async def stop(self) -> None:
        for process in list(self._all):
            await self._end(process)

    async def run(self, request: Json) -> Answer:
        """The answer to one request; 503 where no worker comes free in time, or this one takes too long or dies."""
        seconds = self._options.limits.seconds
        try:
            process = await asyncio.wait_for(self._free.get(), seconds)
        except TimeoutError:
            return Answer(503, error="all workers are busy")
        answer: Answer | None = None
        try:
            process = process or await self._spawn()
            answer = await asyncio.wait_for(self._ask(process, request), seconds)
        except TimeoutError:
            answer = None
            return Answer(503, error=f"the query took longer than {seconds:g} seconds and was stopped")
        except (asyncio.IncompleteReadError, ConnectionError, json.JSONDecodeError):
            return Answer(503, error="the query needed more memory than allowed and was stopped")
        finally:
            if answer is None and process is not None:
                await asyncio.shield(self._end(process))
                process = None
            self._free.put_nowait(process)
        return answer

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
