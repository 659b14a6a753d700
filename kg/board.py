"""The board of kg compare: figures on the same thing side by side, from the files that a build wrote."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_args

from kg.model import ComparisonKind
from kg.show import Row, credited, rows

KINDS: tuple[str, ...] = get_args(ComparisonKind)
WIDTH = 80


class NothingCompared(Exception):
    """The folder holds no comparisons, or none that were asked for."""

    friendly = True


@dataclass(frozen=True, slots=True)
class End:
    """One claim of a pair. `sources`: the chain, ultimate one first, or the outlet; `as_of`, `said`: EDTF or null."""

    figure: str
    measure: str
    value: float | None
    min: float | None
    max: float | None
    comparator: str
    unit: str | None
    sources: str
    article: str
    published: str | None
    as_of: str | None
    said: str | None
    place: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Pair:
    kind: str
    group: str
    counted: str
    left: End
    right: End


def board(directory: Path, kinds: Sequence[str] = (), about: str = "", form: str = "text") -> str:
    """All pairs of a build, those of one thing together; `kinds` and `about` (words of what is counted) narrow them.

    Raises NothingCompared.
    """
    if not (directory / "comparisons.jsonl").exists() or not (directory / "facts.jsonl").exists():
        raise NothingCompared(f"{directory} holds no comparisons.jsonl and facts.jsonl: build it with both formats")
    found = read(directory)
    shown = [p for p in found if p.kind in (kinds or KINDS) and about.casefold() in p.counted.casefold()]
    if found and not shown:
        counts = ", ".join(f"{n} {kind}" for kind, n in Counter(p.kind for p in found).most_common())
        things = ", ".join(dict.fromkeys(p.counted for p in found))
        raise NothingCompared(f"no such pair; there are: {counts}; of: {things[:200]}")
    return FORMATS[form](shown)


def read(directory: Path) -> list[Pair]:
    facts = {fact["id"]: fact for fact in rows(directory / "facts.jsonl")}
    found = []
    for row in rows(directory / "comparisons.jsonl"):
        left, right = (_end(facts[claim]) for claim in row["claims"])
        found.append(Pair(row["kind"], row["group"], row["counted"]["label"] or "", left, right))
    names = _names(found)
    found = [replace(pair, counted=names[pair.group]) for pair in found]
    return sorted(
        found, key=lambda p: (p.counted, p.group, measures(p), KINDS.index(p.kind), p.left.article, p.right.article)
    )


def _names(pairs: Sequence[Pair]) -> dict[str, str]:
    """One name for what each group counts: that which most of its pairs give."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        counts[pair.group][pair.counted] += 1
    return {group: min(named, key=lambda name: (-named[name], name)) for group, named in counts.items()}


def measures(pair: Pair) -> tuple[str, ...]:
    """What a pair measures, one after the other where the two differ; pairs of one measure go first."""
    both = sorted({pair.left.measure, pair.right.measure})
    return ("", both[0]) if len(both) == 1 else tuple(both)


def _end(fact: Row) -> End:
    quantity: dict[str, Any] = fact["quantity"]
    return End(
        figure=" ".join(quantity["mention"]["text"].split()),
        measure=quantity["measure"],
        value=quantity["value"],
        min=quantity["min"],
        max=quantity["max"],
        comparator=quantity["comparator"],
        unit=quantity["unit"],
        sources=credited(fact) or fact["publisher"] or fact["source"],
        article=fact["source"],
        published=fact["published"],
        as_of=quantity["as_of"]["value"] if quantity["as_of"] else None,
        said=quantity["asserted_at"]["value"] if quantity["asserted_at"] else None,
        place=fact["place"]["label"] if fact["place"] else None,
        evidence=" ".join(fact["evidence"]["text"].split()),
    )


# ---- forms ----


def text(pairs: Sequence[Pair]) -> str:
    """
    >>> text([])
    'No figures on the same thing.\\n'
    """
    if not pairs:
        return "No figures on the same thing.\n"
    lines: list[str] = []
    group: tuple[str, tuple[str, ...]] | None = None
    for pair in pairs:
        if (pair.group, measures(pair)) != group:
            lines += ["", f"{pair.counted}: {' and '.join(filter(None, measures(pair)))}"]
            group = pair.group, measures(pair)
        lines += [_line(f"  {pair.kind:16}", pair.left), _line(" " * 18, pair.right)]
    counts = Counter(pair.kind for pair in pairs)
    summed = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    return "\n".join([*lines[1:], "", f"{len(pairs)} pairs: {summed}"]) + "\n"


def _line(start: str, end: End) -> str:
    """Figure, measure, date and source, cut to the width of a terminal."""
    date = f" (as of {end.as_of})" if end.as_of else f" (said {end.said})" if end.said else ""
    line = f"{start}{end.figure} {end.measure}{date} [{end.sources}]"
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 2]}…]"


def table(pairs: Sequence[Pair]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names = tuple(End.__dataclass_fields__)
    writer.writerow(("kind", "counted", "group", *(f"{name}{n}" for n in (1, 2) for name in names)))
    for pair in pairs:
        ends = (getattr(end, name) for end in (pair.left, pair.right) for name in names)
        writer.writerow((pair.kind, pair.counted, pair.group, *("" if cell is None else cell for cell in ends)))
    return out.getvalue()


def objects(pairs: Sequence[Pair]) -> str:
    return json.dumps([asdict(pair) for pair in pairs], ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Pair]], str]] = {"text": text, "csv": table, "json": objects}
