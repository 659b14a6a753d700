"""Units of measure and currencies around a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.annotate.expressions.words import Numerals, Row, split

_LONGEST = 4  # words of the longest spelling


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the word indices that it takes up."""

    name: str
    first: int
    end: int
    money: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """Spellings, as rows of words, to the units' names."""

    after: Mapping[tuple[str, ...], str]
    money_after: Mapping[tuple[str, ...], str]
    money_before: Mapping[tuple[str, ...], str]
    per_strict: frozenset[str]
    per_loose: frozenset[str]
    per_units: Mapping[tuple[str, ...], str]
    no_rate: frozenset[str]

    @classmethod
    def load(cls, data: Any, numerals: Numerals) -> Units:
        def rows(spellings: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], str]:
            split_up = ((split(spelling, numerals), name) for spelling, name in spellings)
            return {tuple(w.text for w in words if w.text != "-" or len(words) == 1): name for words, name in split_up}

        money = data["currencies"]
        return cls(
            after=rows((s, name) for name, forms in data["units"].items() for s in forms),
            money_after=rows((s, code) for code, forms in money.items() for s in forms["words"]),
            money_before=rows((s, code) for code, forms in money.items() for s in forms["signs"]),
            per_strict=frozenset(data["per"]["strict"]),
            per_loose=frozenset(data["per"]["loose"]),
            per_units=rows((s, s) for s in data["per-units"]),
            no_rate=frozenset(data["no-rate"]),
        )

    def before(self, row: Row, at: int) -> Unit | None:
        """The currency sign that ends right before word `at`; a sign of letters is a word of its own."""
        for size in range(min(_LONGEST, at), 0, -1):
            name = self.money_before.get(tuple(w.text for w in row.words[at - size : at]))
            if name and (
                row[at - size].kind == "mark" or not row.glued(at - size) or row[at - size - 1].kind == "mark"
            ):
                return Unit(name, at - size, at, True)
        return None

    def behind(self, row: Row, at: int) -> Unit | None:
        """The unit or currency that begins at word `at`, "per" and a second unit included."""
        found = _spelled(row, at, self.money_after, True) or _spelled(row, at, self.after, False)
        return self.per(row, found) if found else None

    def per(self, row: Row, unit: Unit) -> Unit:
        """The unit with what follows it after "per" or "a"."""
        at = unit.end + row.hyphen(unit.end)  # "a $2 million-a-day loss"
        joint, second_at = row.lower(at), at + 1 + row.hyphen(at + 1)
        if joint not in self.per_strict and joint not in self.per_loose:
            return unit
        for size in (2, 1):
            end = second_at + size
            second = self.per_units.get(row.row(second_at, end))
            if second and row.lower(end) not in self.no_rate:
                return Unit(f"{unit.name} per {second}", unit.first, end, unit.money)
        return unit


def _spelled(row: Row, at: int, table: Mapping[tuple[str, ...], str], money: bool) -> Unit | None:
    """The longest spelling that begins at `at`. Case counts in symbols ("MW", "mW"), not in words."""
    places = [n for n in range(at, min(at + 2 * _LONGEST, len(row))) if not row.hyphen(n)][:_LONGEST]
    for size in range(len(places), 0, -1):
        spelling = tuple(row[n].text for n in places[:size])
        word = len(spelling[0]) > 2
        name = table.get(spelling) or (table.get(tuple(w.lower() for w in spelling)) if word else None)
        if name:
            return Unit(name, at, places[size - 1] + 1, money)
    return None
