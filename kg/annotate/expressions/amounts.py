"""One figure as it stands: figures, number words, vague words, fractions; with sign, magnitude and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.annotate.expressions.units import Unit, Units
from kg.annotate.expressions.words import Numerals, Row, split

_PHRASE = 4  # words of the longest vague phrase
_DENOMINATORS = (2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100)  # of fractions in figures; "9/11" and "24/7" are none
_AFTER_HALF = ("of", "the", "its", "their", "his", "her", "our", "all", "that", "those", "these")
_MANY_POUNDS = 1e5  # from here on "pounds" are money, not weight


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or range: word indices of all of it, index of its (last) number word, bounds, unit."""

    first: int
    end: int
    number: int
    low: float
    high: float
    unit: str | None = None
    money: bool = False
    vague: bool = False
    fraction: bool = False

    def times(self, factor: float) -> Figure:
        return replace(self, low=self.low * factor, high=self.high * factor)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Reads the figure that begins at a word."""

    numerals: Numerals
    units: Units
    vague: Mapping[tuple[str, ...], tuple[float, float]]
    some: Mapping[tuple[str, ...], tuple[float, float]]
    scales: Mapping[str, float]
    fractions: Mapping[str, float]
    glued: Mapping[str, float]
    glued_money: Mapping[str, float]
    starts: frozenset[str]  # words other than numbers that a figure can begin with

    @classmethod
    def load(cls, data: Any, numerals: Numerals) -> Amounts:
        def phrases(table: Mapping[str, Sequence[float]]) -> dict[tuple[str, ...], tuple[float, float]]:
            return {tuple(w.lower for w in split(k, numerals)): (float(v[0]), float(v[1])) for k, v in table.items()}

        vague, some = phrases(data["vague"]), phrases(data["some"])
        return cls(
            numerals=numerals,
            units=Units.load(data, numerals),
            vague=vague,
            some=some,
            starts=frozenset({"a", "half"} | {phrase[0] for phrase in (*vague, *some)}),
            scales={**numerals.scales, "dozen": float(data["dozen"])},
            fractions=data["fractions"],
            glued=data["numerals"]["glued"],
            glued_money=data["numerals"]["glued-money"],
        )

    def at(self, row: Row, at: int) -> Figure | None:
        """The figure that begins at word `at` (a currency sign before it included)."""
        if row[at].kind != "number" and row[at].lower not in self.starts:
            return None
        return self._phrase(row, at) or self._fraction(row, at) or self._dozen(row, at) or self._number(row, at)

    # -- vague words, dozens, fractions ---------------------------------------------------------------------------------------

    def _phrase(self, row: Row, at: int) -> Figure | None:
        """As in "tens of thousands", "several hundred"."""
        for size in range(_PHRASE, 0, -1):
            words, end = row.row(at, at + size), at + size
            if words in self.vague:
                return self._measured(row, Figure(at, end, end - 1, *self.vague[words], vague=True))
            scale = self.scales.get(row.lower(end))
            if words in self.some and scale:
                low, high = self.some[words]
                return self._measured(row, Figure(at, end + 1, end, low * scale, high * scale, vague=True))
        return None

    def _dozen(self, row: Row, at: int) -> Figure | None:
        """As in "a dozen", "two dozen", "half a dozen", "half a million", "a million"."""
        if row.lower(at) == "half" and row.lower(at + 1) == "a" and (scale := self.scales.get(row.lower(at + 2))):
            return self._measured(row, Figure(at, at + 3, at + 2, scale / 2, scale / 2))
        if row.lower(at + 1) == "dozen" and (count := 1.0 if row.lower(at) == "a" else row[at].value):
            return Figure(at, at + 2, at + 1, count * self.scales["dozen"], count * self.scales["dozen"])
        if (
            row.lower(at) == "a"
            and row[at + 1].kind == "number"
            and row.lower(at + 1).split()[0] in self.numerals.scales
        ):
            figure = self._number(row, at + 1)
            return replace(figure, first=at) if figure else None
        return None

    def _fraction(self, row: Row, at: int) -> Figure | None:
        """As in "half of", "a third of", "two-thirds", "1/2"."""
        if row[at].kind == "number" and row[at + 1].text == "/" and row.glued(at + 1) and row.glued(at + 2):
            top, low = row[at].value or 0.0, row[at + 2].value or 0.0
            if 0 < top < low and low in _DENOMINATORS and row[at + 3].text != "/":
                return self._measured(row, Figure(at, at + 3, at + 2, top / low, top / low, fraction=True))
        if (share := _share(row, at)) is not None:
            return share
        if (
            row.lower(at) == "half"
            and row.lower(at + 1) in _AFTER_HALF
            and row.lower(at - 1) not in ("first", "second", "other")
        ):
            return Figure(at, at + 1, at, 0.5, 0.5, fraction=True)
        return self._part(row, at)

    def _part(self, row: Row, at: int) -> Figure | None:
        count = 1.0 if row.lower(at) in ("a", "one") else (row[at].value or 0.0) if row[at].form == "letters" else 0.0
        name = at + 2 if row.hyphen(at + 1) else at + 1
        part = self.fractions.get(row.lower(name))
        plural = row.lower(name).endswith("s")
        sure = row.lower(name + 1) == "of" or name == at + 2 or row.lower(name) == "thirds"
        if not count or part is None or plural != (count > 1) or not sure:
            return None
        return Figure(at, name + 1, name, count * part, count * part, fraction=True)

    # -- numbers --------------------------------------------------------------------------------------------------------------

    def _number(self, row: Row, at: int) -> Figure | None:
        word = row[at]
        if word.kind != "number" or word.value is None or word.form == "year":
            return None
        figure = Figure(at, at + 1, at, word.value, word.value)
        if (sign := self.units.before(row, at)) is not None:
            figure = replace(figure, first=sign.first, unit=sign.name, money=True)
        figure = self._signed(row, self._magnified(row, figure))
        if row.row(figure.end, figure.end + 3) == ("and", "a", "half"):
            figure = replace(figure, end=figure.end + 3, low=figure.low + 0.5, high=figure.high + 0.5)
        return self._measured(row, figure)

    def _magnified(self, row: Row, figure: Figure) -> Figure:
        """As in "5bn", "$4.2b", "1.2m tons"."""
        at, word = figure.end, row[figure.end].lower
        scale = self.glued.get(word)
        if scale is None and row.glued(at) and (figure.money or self._countable(row, at + 1)):
            scale = self.glued_money.get(word)
        return replace(figure.times(scale), end=at + 1) if scale else figure

    def _countable(self, row: Row, at: int) -> bool:
        """Whether a word follows that "million" could count ("1.2m tons", not "37m (121ft)")."""
        word = row[at]
        return word.kind == "word" and (
            self.units.behind(row, at) is not None or word.lower.endswith("s") or word.lower == "people"
        )

    def _signed(self, row: Row, figure: Figure) -> Figure:
        """As in "minus 40", "minus-40", "-40" (but not "2-1")."""
        at = figure.first
        if row.lower(at - 1) == "minus":
            return replace(figure.times(-1), first=at - 1)
        if row[at - 1].text == "-" and row.glued(at):
            if row.lower(at - 2) == "minus" and row.glued(at - 1):
                return replace(figure.times(-1), first=at - 2)
            if not row.glued(at - 1) and row[at].form == "figures" and row[at - 2].kind != "number":
                return replace(figure.times(-1), first=at - 1)
        return figure

    # -- units ----------------------------------------------------------------------------------------------------------------

    def _measured(self, row: Row, figure: Figure) -> Figure:
        if figure.money:
            return self._paid(row, figure)
        at = figure.end
        if row.hyphen(at) or (figure.vague and row.lower(at) == "of"):
            at += 1
        unit = self.units.behind(row, at)
        if unit is None or (unit.name == "USD" and row[at].text in ("US", "U")) or not _fitting(row, figure, unit):
            return figure
        pounds = unit.name == "pound-mass" and figure.low >= _MANY_POUNDS and row.lower(at).startswith("pound")
        return replace(figure, end=unit.end, unit="GBP" if pounds else unit.name, money=unit.money)

    def _paid(self, row: Row, figure: Figure) -> Figure:
        """A figure after a currency sign: "$5 Australian", "$76 US a barrel", "$3,500 a month"."""
        after = self.units.behind(row, figure.end)
        if after is not None and after.money and after.name.split()[0] != "cent":
            name = (
                after.name if figure.unit == "USD" else after.name.replace(after.name.split()[0], figure.unit or "", 1)
            )
            return replace(figure, end=after.end, unit=name)
        unit = self.units.per(row, Unit(figure.unit or "", figure.first, figure.end, True))
        return replace(figure, unit=unit.name, end=unit.end)


def _share(row: Row, at: int) -> Figure | None:
    """As in "four out of five", "one in ten"."""
    end = (
        at + 3
        if row.row(at + 1, at + 3) == ("out", "of")
        else at + 2
        if row.lower(at + 1) == "in" and row[at].value == 1
        else 0
    )
    if not end or row[at].kind != "number" or row[end].kind != "number" or row.glued(end + 1):
        return None
    top, low = row[at].value or 0.0, row[end].value or 0.0
    return Figure(at, end + 1, end, top / low, top / low, fraction=True) if 0 < top < low <= 1000 else None


def _fitting(row: Row, figure: Figure, unit: Unit) -> bool:
    """A one-letter symbol stands glued to its figure, or before a mark; the rest may stand apart."""
    text = row[unit.first].text
    if text == "'":
        return False
    if len(text) > 1 or not text.isalpha() or row.glued(unit.first):
        return True
    return text not in "aAIVWp" and row[figure.number].form == "figures" and row[unit.end].kind == "mark"
