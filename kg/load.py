"""Load a build into any SPARQL 1.1 server: by the Graph Store Protocol or by updates, in batches, going on where a broken load stopped.

Credentials come from the environment: KG_ENDPOINT_TOKEN (bearer), or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD (basic).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

Via = Literal["update", "store"]
BATCH = 1_000  # triples; 200 KB. Virtuoso runs out of parser memory at 5,000, other servers gain little above 1,000
_ATTEMPTS = 4
_LOCAL = ("localhost", "127.0.0.1", "::1")


class LoadError(Exception):
    """The server did not take a batch, or must not be sent what it would be sent."""

    friendly = True


@dataclass(frozen=True, slots=True)
class Target:
    """Where to load. `graph`: IRI of a named graph, None for the default graph."""

    endpoint: str
    via: Via = "update"
    graph: str | None = None
    batch: int = BATCH

    @property
    def url(self) -> str:
        if self.via == "update":
            return self.endpoint
        mark = "&" if "?" in self.endpoint else "?"
        return self.endpoint + mark + (f"graph={quote(self.graph, safe='')}" if self.graph else "default")

    def body(self, lines: Sequence[str]) -> bytes:
        triples = "".join(lines)
        if self.via == "store":
            return triples.encode()
        inside = f"GRAPH <{self.graph}> {{\n{triples}}}" if self.graph else triples
        return f"INSERT DATA {{\n{inside}}}".encode()

    @property
    def media_type(self) -> str:
        return "application/n-triples" if self.via == "store" else "application/sparql-update"


def load(
    directory: str | Path,
    target: Target,
    report: Callable[[int, int], None] = lambda done, total: None,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Load the build's triples and the ontology's; returns how many were sent. Repeating a load changes nothing.

    A load that broke off goes on after the last batch that was taken, unless the build, the server or the batch size differ.
    Raises LoadError, kg.store.NoStore.
    """
    headers = _credentials(target.endpoint, os.environ if environment is None else environment)
    state = _State.of(Path(directory), target)
    sent = done = 0
    for number, batch in enumerate(_batches(Path(directory), target.batch)):
        if number >= state.done:
            _send(target, batch, headers)
            state.save(number + 1)
            sent += len(batch)
        done += len(batch)
        report(done, state.total)
    state.forget()
    return sent


def _batches(directory: Path, size: int) -> Iterator[list[str]]:
    """Everything in the store as N-Triples lines, one a triple, in the store's own order, which does not change."""
    import pyoxigraph as ox

    from kg.store import open_store

    found = (quad.triple for quad in open_store(directory).quads_for_pattern(None, None, None, ox.DefaultGraph()))
    while some := list(islice(found, size)):
        text = (ox.serialize(some, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
        yield [f"{line}\n" for line in text.split("\n") if line]


@dataclass(frozen=True, slots=True)
class _State:
    """How far a load came: a small file in the build's `work/`."""

    path: Path
    key: str
    done: int
    total: int  # triples

    @classmethod
    def of(cls, directory: Path, target: Target) -> _State:
        content, total = hashlib.sha256(), 0
        for batch in _batches(directory, target.batch):
            content.update("".join(batch).encode())
            total += len(batch)
        content.update(f"\0{target.url}\0{target.via}\0{target.graph}\0{target.batch}".encode())
        key = content.hexdigest()
        path = directory / "work" / f"load-{hashlib.sha256(target.url.encode()).hexdigest()[:12]}.json"
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            kept = {}
        return cls(path, key, kept["done"] if kept.get("key") == key else 0, total)

    def save(self, done: int) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".part")
        beside.write_text(json.dumps({"key": self.key, "done": done}), encoding="utf-8")
        os.replace(beside, self.path)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)


def _credentials(endpoint: str, environment: Mapping[str, str]) -> dict[str, str]:
    token, user = environment.get("KG_ENDPOINT_TOKEN"), environment.get("KG_ENDPOINT_USER")
    if not token and not user:
        return {}
    where = urlsplit(endpoint)
    if where.scheme != "https" and where.hostname not in _LOCAL:
        raise LoadError(f"credentials are not sent over {where.scheme} to {where.hostname}: use https")
    if token:
        return {"Authorization": f"Bearer {token}"}
    pair = f"{user}:{environment.get('KG_ENDPOINT_PASSWORD', '')}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _send(target: Target, lines: Sequence[str], headers: Mapping[str, str]) -> None:
    """Send one batch, again after a pause where the server is busy or away. Sending it twice does no harm: a graph is a set."""
    if urlsplit(target.url).scheme not in ("http", "https"):
        raise LoadError(f"an endpoint is an http or https URL: {target.endpoint}")
    request = urllib.request.Request(
        target.url, target.body(lines), {**headers, "Content-Type": target.media_type, "User-Agent": "newskg"}
    )
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(request, timeout=300) as reply:
                reply.read()
            return
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(500).decode(errors="replace").strip()
            if error.code < 500 or attempt == _ATTEMPTS:
                raise LoadError(f"{target.url} answered {error.code}: {said}") from error
        except OSError as error:
            if attempt == _ATTEMPTS:
                raise LoadError(f"{target.url} cannot be reached: {error}") from error
        time.sleep(0.5 * 2**attempt)
