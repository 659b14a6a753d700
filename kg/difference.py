"""What one build has gained, lost and changed against another: statements, entities, comparisons. Reads the written files only."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.show import Row, rows, triple

SIGNS = {"lost": "-", "gained": "+", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Change:
    """`before` is None for what is gained, `after` for what is lost."""

    what: str
    change: str
    id: str
    before: str | None
    after: str | None


def differences(before: Path, after: Path) -> list[Change]:
    """By file and IRI; of what both hold, what reads otherwise."""
    return [change for name, shown in _SHOWN.items() for change in _changes(name, shown, before, after)]


def _changes(name: str, shown: Callable[[Row], str], before: Path, after: Path) -> Iterator[Change]:
    old, new = ({row["id"]: shown(row) for row in rows(one / f"{name}.jsonl")} for one in (before, after))
    yield from (Change(name, "lost", i, old[i], None) for i in sorted(old.keys() - new.keys()))
    yield from (Change(name, "gained", i, None, new[i]) for i in sorted(new.keys() - old.keys()))
    both = sorted(old.keys() & new.keys())
    yield from (Change(name, "changed", i, old[i], new[i]) for i in both if old[i] != new[i])


def _entity(row: Row) -> str:
    """The articles are no part of it: an entity that a further article names is the same entity."""
    also = f", also {', '.join(row['aliases'])}" if row["aliases"] else ""
    return f"{row['label']} ({row['type']}{also})"


def _comparison(row: Row) -> str:
    return f"{row['kind']}: {row['counted']['label']} {row['measure']}: {' / '.join(row['values'])}"


_SHOWN: dict[str, Callable[[Row], str]] = {"facts": triple, "entities": _entity, "comparisons": _comparison}


def as_text(changes: list[Change]) -> str:
    lines = (
        f"{SIGNS[one.change]} {one.what}: {'  ->  '.join(side for side in (one.before, one.after) if side)}"
        for one in changes
    )
    return "".join(f"{line}\n" for line in lines) or "no difference\n"


def as_csv(changes: list[Change]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ("what", "change", "id", "before", "after"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, changes))
    return out.getvalue()


def as_json(changes: list[Change]) -> str:
    return json.dumps([asdict(one) for one in changes], ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[list[Change]], str]] = {"text": as_text, "csv": as_csv, "json": as_json}
