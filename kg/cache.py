"""DIR/work: what was found in one article or page, kept under the digest of all that it depends on.

Values are JSON (never pickle: a folder may come from a stranger). A file appears whole or not at all (written beside, then renamed).
"""

from __future__ import annotations

import os
import zlib
from abc import ABC
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kg.model import Annotated, ArticleGraph, EventRef, Literal_, Ref, Statement, WebPage

T = TypeVar("T", Annotated, ArticleGraph, WebPage)


class _Object(ABC):  # noqa: B024 - nothing is ever made of it
    """Stands for `Ref | EventRef | Literal_` while msgspec looks at the values: it decodes no union of dataclasses by itself."""


for _one in (Ref, EventRef, Literal_):
    _Object.register(_one)


def _object(kind: type, raw: dict[str, Any]) -> object:
    """Which of the three it is, by the field that the others lack."""
    import msgspec

    return msgspec.convert(raw, Ref if "entity" in raw else EventRef if "event" in raw else Literal_)


@cache
def _decoders() -> dict[type, Any]:
    """What reads the JSON of each kind of value, some 15 times as fast as a generic converter: no `__init__` runs."""
    import msgspec

    annotations: dict[str, Any] = Statement.__annotations__
    written = annotations["object"]
    annotations["object"] = _Object
    try:
        return {kind: msgspec.json.Decoder(kind, dec_hook=_object) for kind in (Annotated, ArticleGraph, WebPage)}
    finally:
        annotations["object"] = written


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of values by (step, digest)."""

    folder: Path

    def path(self, step: str, digest: str) -> Path:
        return self.folder / step / digest[:2] / digest

    def load(self, step: str, digest: str, kind: type[T]) -> T | None:
        """The value kept, or None; a damaged file counts as none."""
        data = self.get(step, digest)
        if data is None:
            return None
        try:
            return unpacked(data, kind)
        except Exception:  # whatever a truncated or foreign file makes the decoder say: it is made anew
            return None

    def get(self, step: str, digest: str) -> bytes | None:
        """What is kept, as it is packed; None where nothing is."""
        try:
            return self.path(step, digest).read_bytes()
        except FileNotFoundError:
            return None

    def save(self, step: str, digest: str, value: T) -> None:
        self.put(step, digest, packed(value))

    def put(self, step: str, digest: str, data: bytes) -> None:
        """Keep a value that is packed already."""
        path = self.path(step, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        beside.write_bytes(data)
        beside.replace(path)

    def prune(self, step: str, keep: Iterable[str]) -> None:
        """Remove what no article of the build uses."""
        wanted = set(keep)
        for path in (self.folder / step).glob("*/*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def set_aside(self, source: str, digest: str, reason: str, trace: str) -> str:
        """One bad article or page never stops a build: what to warn of; its traceback is in DIR/work/failed."""
        path = self.folder / "failed" / f"{digest[:12]}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{source}\n{trace}", encoding="utf-8", errors="backslashreplace")
        return f"left out: {reason} (work/failed/{path.name})"


def packed(value: Annotated | ArticleGraph | WebPage) -> bytes:
    """A value as it is kept, and as it travels between processes."""
    import msgspec

    return zlib.compress(msgspec.json.encode(value), 1)


def unpacked(data: bytes, kind: type[T]) -> T:
    """Raises zlib.error, msgspec.DecodeError or msgspec.ValidationError for what is none."""
    return _decoders()[kind].decode(zlib.decompress(data))  # type: ignore[no-any-return]


class Locked(Exception):
    """Another build is writing into this folder."""


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold DIR/work/lock; raises Locked at once where another process holds it. The system frees it when a process dies."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Locked(f"another kg build is writing into {folder.parent}; wait for it or give another -o") from None
        yield
