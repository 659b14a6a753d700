"""DIR/work: what was found in one article, kept under the digest of all that it depends on.

Values are JSON (never pickle: a folder may come from a stranger). A file appears whole or not at all (written beside, then renamed).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kg.model import Annotated, ArticleGraph

T = TypeVar("T", Annotated, ArticleGraph)


@cache
def _converter() -> Any:
    from cattrs.preconf.msgspec import make_converter

    return make_converter()


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of values by (step, digest)."""

    folder: Path

    def path(self, step: str, digest: str) -> Path:
        return self.folder / step / digest[:2] / digest

    def load(self, step: str, digest: str, kind: type[T]) -> T | None:
        """The value kept, or None; a damaged file counts as none."""
        path = self.path(step, digest)
        if not path.is_file():
            return None
        try:
            return _converter().loads(zlib.decompress(path.read_bytes()), kind)  # type: ignore[no-any-return]
        except Exception:  # whatever a truncated or foreign file makes the decoder say: it is made anew
            return None

    def save(self, step: str, digest: str, value: T) -> None:
        path = self.path(step, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        beside.write_bytes(zlib.compress(_converter().dumps(value), 1))
        beside.replace(path)

    def prune(self, step: str, keep: Iterable[str]) -> None:
        """Remove what no article of the build uses."""
        wanted = set(keep)
        for path in (self.folder / step).glob("*/*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)


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
