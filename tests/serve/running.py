"""A real server in a process of its own, on a port that the system chose."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

_CODE = """
import sys, json
from pathlib import Path
import uvicorn
from kg.serve.app import application
from kg.serve.options import Limits, ServeOptions
directory, port, options, limits = json.loads(sys.argv[1])
options = ServeOptions(limits=Limits(**limits), **options)
uvicorn.run(application(Path(directory) if directory else None, options), port=port, log_level="warning")
"""


@contextmanager
def running(
    directory: Path | None, limits: dict[str, float] | None = None, **options: object
) -> Iterator[httpx.Client]:
    """A client of a server over the build in `directory` (None: empty)."""
    import json

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = json.dumps([str(directory) if directory else None, port, options, limits or {}])
    process = subprocess.Popen([sys.executable, "-c", _CODE, arguments])
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            _wait(client, process)
            yield client
    finally:
        process.terminate()
        process.wait(20)


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            client.get("/query")
            return
        except httpx.TransportError:
            assert process.poll() is None, "the server did not start"
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
