"""Where the ontology, its wordings, lexicons and gazetteers are read from: a user's folder first, then the one that travels with newskg."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_PACKAGE = Path(__file__).resolve().parent


def bundled_root() -> Path:
    """The folder `ontology/` of the installed package, or of the checkout."""
    inside = _PACKAGE / "_ontology"
    return inside if inside.is_dir() else _PACKAGE.parent / "ontology"


@dataclass(frozen=True, slots=True)
class Folder:
    """An ontology folder. A file that a user's folder lacks is the bundled one."""

    root: Path

    def path(self, name: str) -> Path:
        """The file `name` ("wordings/cues.yaml"); raises FileNotFoundError naming both places."""
        for root in (self.root, bundled_root()):
            if (root / name).exists():
                return root / name
        raise FileNotFoundError(f"no {name} in {self.root} or in the bundled ontology")

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def yaml(self, name: str) -> Any:
        """The parsed YAML file `name`."""
        return yaml.load(self.text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def names(self, under: str, ending: str) -> list[str]:
        """All files below `under` that end so, of both folders, sorted, as names relative to the folder."""
        found = {
            str(path.relative_to(root).as_posix())
            for root in (self.root, bundled_root())
            for path in (root / under).rglob(f"*{ending}")
            if path.is_file()
        }
        return sorted(found)

    def has(self, name: str) -> bool:
        """Whether the folder itself holds the file `name`."""
        return (self.root / name).is_file()

    def own(self) -> list[str]:
        """All files of the folder itself, sorted; none of the bundled one."""
        if self.root == bundled_root():
            return []
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def digest(self, names: Iterable[str]) -> str:
        """sha256 (hex) over the named files' names and bytes."""
        total = hashlib.sha256()
        for name in sorted(names):
            total.update(name.encode() + b"\0" + self.path(name).read_bytes() + b"\0")
        return total.hexdigest()


@cache
def bundled() -> Folder:
    return Folder(bundled_root())
