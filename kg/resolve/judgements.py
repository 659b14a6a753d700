"""judgements.csv: what persons decided. An input like the articles; no build writes it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from kg.model import Judgement

COLUMNS = ("verdict", "left", "right", "left_text", "right_text", "by", "date", "note")
PAIRWISE = ("same", "different")
SINGLE = ("accept", "reject")


class JudgementError(Exception):
    """Rows that cannot be obeyed, each with file and line."""

    friendly = True


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The decisions in a file, in its order. Raises JudgementError with every faulty row, and for rows that contradict each other."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    faults = [fault for line, row in enumerate(rows, 2) if (fault := _fault(path, line, row))]
    if faults:
        raise JudgementError("\n".join(faults))
    found = tuple(_judgement(row) for row in rows)
    _contradictions(path, found)
    return found


def _fault(path: Path, line: int, row: dict[str, str]) -> str | None:
    verdict = row.get("verdict")
    if verdict not in (*PAIRWISE, *SINGLE):
        return f"{path}:{line}: verdict {verdict!r} is none of {', '.join((*PAIRWISE, *SINGLE))}"
    if not row.get("left"):
        return f"{path}:{line}: left is empty"
    if verdict in PAIRWISE and not row.get("right"):
        return f"{path}:{line}: {verdict} needs right"
    return None


def _judgement(row: dict[str, str]) -> Judgement:
    return Judgement(
        verdict=row["verdict"],  # type: ignore[arg-type]  # checked by _fault
        left=row["left"],
        right=row.get("right") or None,
        by=row.get("by") or "unknown",
        date=row.get("date") or None,
        note=row.get("note") or "",
    )


def _contradictions(path: Path, found: tuple[Judgement, ...]) -> None:
    """a=b, b=c and a≠c: an error that names the three rows."""
    neighbours: dict[str, list[tuple[str, int]]] = {}
    for line, one in enumerate(found, 2):
        if one.verdict == "same" and one.right:
            neighbours.setdefault(one.left, []).append((one.right, line))
            neighbours.setdefault(one.right, []).append((one.left, line))
    faults = []
    for line, one in enumerate(found, 2):
        if one.verdict == "different" and one.right and (way := _way(neighbours, one.left, one.right)):
            lines = ", ".join(map(str, [*way, line]))
            faults.append(
                f"{path}: lines {lines} contradict each other: the first make same what the last makes different"
            )
    if faults:
        raise JudgementError("\n".join(faults))


def _way(neighbours: dict[str, list[tuple[str, int]]], start: str, goal: str) -> list[int] | None:
    """The lines along which `start` and `goal` are the same; None where they are not."""
    seen, front = {start}, [(start, [0][:0])]
    while front:
        here, lines = front.pop(0)
        for there, line in neighbours.get(here, ()):
            if there == goal:
                return [*lines, line]
            if there not in seen:
                seen.add(there)
                front.append((there, [*lines, line]))
    return None
