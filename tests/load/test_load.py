"""Loading into a real Oxigraph server, and into our own by updates."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.load import LoadError, Target, load
from kg.store import build_store, open_store
from tests.serve.running import running
from tests.store.test_store import one, sample_triples

BINARY = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build_store(folder, sample_triples())
    return folder


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    if BINARY is None:
        pytest.skip("the oxigraph server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [BINARY, "serve", "--location", str(tmp_path / "store"), "--bind", address], stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            try:
                httpx.get(f"http://{address}/", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(20)


def count(endpoint: str, query: str = COUNT) -> int:
    reply = httpx.get(endpoint, params={"query": query}, headers={"Accept": "text/csv"}, trust_env=False)
    return int(reply.text.split()[1])


@pytest.mark.parametrize(("via", "path"), [("update", "/update"), ("store", "/store")])
def test_oxigraph_holds_the_same_graph(build: Path, server: str, via: str, path: str) -> None:
    seen: list[tuple[int, int]] = []
    total = len(open_store(build))
    target = Target(server + path, via, batch=500)  # type: ignore[arg-type]
    assert load(build, target, lambda done, all_: seen.append((done, all_))) == total
    assert seen[-1] == (total, total)
    assert len(seen) == -(-total // 500)
    dump = httpx.get(f"{server}/store?default", headers={"Accept": "application/n-triples"}, trust_env=False).text
    ours = {str(line) for line in dump.splitlines()}
    assert len(ours) == total
    assert load(build, target) == total
    assert count(f"{server}/query") == total


def test_a_named_graph(build: Path, server: str) -> None:
    load(build, Target(f"{server}/update", graph="urn:news"))
    assert count(f"{server}/query") == 0
    assert count(f"{server}/query", "SELECT (COUNT(*) AS ?n) { GRAPH <urn:news> { ?s ?p ?o } }") == len(
        open_store(build)
    )


def test_a_broken_load_goes_on(build: Path, server: str) -> None:
    target = Target(f"{server}/update", batch=400)

    def pull_the_plug(done: int, total: int) -> None:
        if done >= 1200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(build, target, pull_the_plug)
    assert count(f"{server}/query") == 1200
    assert load(build, target) == len(open_store(build)) - 1200
    assert count(f"{server}/query") == len(open_store(build))


def test_a_load_that_is_killed_again_and_again_ends_as_ever(build: Path, server: str) -> None:
    code = f"""from kg.load import *
load({str(build)!r}, Target({server + "/update"!r}, batch=10), lambda done, total: print(done, flush=True))"""
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        came = [process.stdout.readline() for _ in range(8)]
        process.kill()
        process.communicate()
        assert came[-1]
    assert 0 < count(f"{server}/query") < len(open_store(build))
    assert 0 < load(build, Target(f"{server}/update", batch=10)) < len(open_store(build))
    assert count(f"{server}/query") == len(open_store(build))


def test_a_new_build_starts_from_the_beginning(tmp_path: Path, server: str) -> None:
    build_store(tmp_path / "b", [one("a")])
    target = Target(f"{server}/update", batch=400)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(tmp_path / "b", target, stop)
    build_store(tmp_path / "b", [one("b")])
    assert load(tmp_path / "b", target) == len(open_store(tmp_path / "b"))


def test_our_own_server_takes_it_too(build: Path) -> None:
    with running(None, writable=True) as client:
        endpoint = str(client.base_url.join("/sparql"))
        load(build, Target(endpoint, batch=1000))
        assert count(endpoint) == len(open_store(build))


def test_a_refusal_is_told(build: Path) -> None:
    with running(build) as client, pytest.raises(LoadError, match="403"):
        load(build, Target(str(client.base_url.join("/sparql"))))


def test_credentials_do_not_travel_in_clear(build: Path) -> None:
    with pytest.raises(LoadError, match="https"):
        load(build, Target("http://far.example/update"), environment={"KG_ENDPOINT_TOKEN": "t"})
    with pytest.raises(LoadError, match="http"):
        load(build, Target("file:///etc/passwd"), environment={})
