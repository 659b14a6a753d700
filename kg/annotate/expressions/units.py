"""Units of measure and currencies around a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.annotate.expressions.words import Numerals, Word, split

_LONGEST = 4  # words of the longest spelling


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the word indices around the figure that it takes up."""

    name: str
    first: int
    end: int
    money: bool = False


@dataclass(frozen=True)
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
            return {tuple(w.text for w in split(spelling, numerals)): name for spelling, name in spellings}

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

    def before(self, words: Sequence[Word], at: int) -> Unit | None:
        """The currency sign that ends right before word `at`."""
        for size in range(min(_LONGEST, at), 0, -1):
            name = self.money_before.get(tuple(w.text for w in words[at - size : at]))
            if name and self._apart(words, at - size):
                return Unit(name, at - size, at, True)
        return None

    def _apart(self, words: Sequence[Word], first: int) -> bool:
        """Whether a sign does not begin inside a longer word."""
        return (
            first == 0
            or words[first].kind == "mark"
            or words[first - 1].end < words[first].start
            or words[first - 1].kind == "mark"
        )

    def behind(self, words: Sequence[Word], at: int) -> Unit | None:
        """The unit or currency that begins at word `at`, "per" and a second unit included."""
        found = self._spelled(words, at, self.money_after, True) or self._spelled(words, at, self.after, False)
        return self.per(words, found) if found else None

    def _spelled(
        self, words: Sequence[Word], at: int, table: Mapping[tuple[str, ...], str], money: bool
    ) -> Unit | None:
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            row = tuple(w.text for w in words[at : at + size])
            name = table.get(row) or (
                table.get(tuple(w.lower() for w in row)) if len(row[0]) > 2 or row[0].islower() else None
            )
            if name:
                return Unit(name, at, at + size, money)
        return None

    def per(self, words: Sequence[Word], unit: Unit) -> Unit:
        """The unit with what follows it after "per" or "a"."""
        if unit.end + 1 >= len(words):
            return unit
        joint = words[unit.end].lower
        if joint not in self.per_strict and joint not in self.per_loose:
            return unit
        for size in (2, 1):
            row = tuple(w.lower for w in words[unit.end + 1 : unit.end + 1 + size])
            after = words[unit.end + 1 + size].lower if unit.end + 1 + size < len(words) else ""
            if row in self.per_units and after not in self.no_rate:
                return Unit(f"{unit.name} per {self.per_units[row]}", unit.first, unit.end + 1 + size, unit.money)
        return unit
