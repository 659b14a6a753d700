"""Figures read off the words: value or bounds, sign, magnitude, unit; ranges joined; what is a name's or a date's number left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Doc

from kg.annotate.expressions.units import Unit, Units
from kg.annotate.expressions.words import Numerals, Word, split
from kg.model import Span, TimeExpression

_NAMED = ("ORG", "PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT")
_PHRASE = 4  # words of the longest vague phrase
_AGES = range(1, 121)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or range as it stands: word indices of all of it, index of its (last) number, bounds, unit."""

    first: int
    end: int
    number: int
    low: float
    high: float
    unit: str | None = None
    money: bool = False
    vague: bool = False
    fraction: bool = False


@dataclass(frozen=True)
class Figures:
    """The tables of figures and how they are read."""

    numerals: Numerals
    units: Units
    vague: Mapping[tuple[str, ...], tuple[float, float]]
    some: Mapping[tuple[str, ...], tuple[float, float]]
    scales: Mapping[str, float]
    fractions: Mapping[str, float]
    glued: Mapping[str, float]
    glued_money: Mapping[str, float]
    labels: frozenset[str]
    time_units: frozenset[str]

    @classmethod
    def load(cls, data: Any, numerals: Numerals) -> Figures:
        def rows(table: Mapping[str, Sequence[float]]) -> dict[tuple[str, ...], tuple[float, float]]:
            return {tuple(w.lower for w in split(k, numerals)): (float(v[0]), float(v[1])) for k, v in table.items()}

        glued = data["numerals"]
        return cls(
            numerals,
            Units.load(data, numerals),
            rows(data["vague"]),
            rows(data["some"]),
            numerals.scales | {"dozen": float(data["dozen"])},
            data["fractions"],
            glued["glued"],
            glued["glued-money"],
            frozenset(data["labels"]),
            frozenset(
                s
                for name in ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
                for s in data["units"][name]
            ),
        )

    def read(self, words: Sequence[Word], doc: Doc, times: Sequence[TimeExpression]) -> list[Figure]:
        """All figures in order, ranges joined."""
        figures: list[Figure] = []
        at = 0
        while at < len(words):
            figure = self._at(words, at)
            if figure is None or not self._counts(words, figure, doc, times):
                at = max(at + 1, figure.end if figure and figure.end > at else 0)
                continue
            figures.append(figure)
            at = max(figure.end, at + 1)
        return _ranges(words, figures)

    def _at(self, words: Sequence[Word], at: int) -> Figure | None:
        if (figure := self._phrase(words, at)) is not None:
            return figure
        if (figure := self._fraction(words, at)) is not None:
            return figure
        if (
            words[at].lower == "a"
            and at + 1 < len(words)
            and words[at + 1].kind == "number"
            and words[at + 1].lower.split()[0] in self.numerals.scales
        ):
            return replace(figure, first=at) if (figure := self._number(words, at + 1)) else None
        return self._dozen(words, at) or (self._number(words, at) if words[at].kind == "number" else None)

    # -- vague words ----------------------------------------------------------------------------------------------------------------------

    def _phrase(self, words: Sequence[Word], at: int) -> Figure | None:
        """ "tens of thousands", "several hundred"."""
        for size in range(min(_PHRASE, len(words) - at), 0, -1):
            row = tuple(w.lower for w in words[at : at + size])
            if row in self.vague:
                return self._with_unit(words, Figure(at, at + size, at, *self.vague[row], vague=True))
            if row in self.some and at + size < len(words) and (scale := self._scale(words[at + size])):
                low, high = self.some[row]
                return self._with_unit(
                    words, Figure(at, at + size + 1, at + size, low * scale, high * scale, vague=True)
                )
        return None

    def _scale(self, word: Word) -> float | None:
        return self.scales.get(word.lower) if word.kind in ("word", "number") else None

    def _dozen(self, words: Sequence[Word], at: int) -> Figure | None:
        """ "a dozen", "two dozen", "half a dozen"."""
        for size, factor in ((3, 0.5), (2, None)):
            row = [w.lower for w in words[at : at + size]]
            if len(row) == size and row[-1] == "dozen" and (size == 2 or row[:2] == ["half", "a"]):
                count = factor or (1.0 if row[0] == "a" else words[at].value)
                if count:
                    return Figure(at, at + size, at + size - 1, count * 12, count * 12)
        return None

    def _fraction(self, words: Sequence[Word], at: int) -> Figure | None:
        """ "half of", "a third", "two-thirds", "1/2"."""
        word = words[at]
        if (
            at + 2 < len(words)
            and word.kind == "number"
            and words[at + 1].text == "/"
            and words[at + 2].kind == "number"
            and _glued(words, at, 2)
        ):
            top, low = word.value or 0.0, words[at + 2].value or 0.0
            if 0 < top < 100 and 1 < low <= 100:
                return self._with_unit(words, Figure(at, at + 3, at + 2, top / low, top / low, fraction=True))
        if (
            word.lower in ("half",)
            and at + 1 < len(words)
            and words[at + 1].lower in ("of", "the", "its", "their", "his", "her", "all", "a", "an")
        ):
            if words[at + 1].lower in ("a", "an"):
                return self._half_a(words, at)
            return Figure(at, at + 1, at, 0.5, 0.5, fraction=True)
        start, count = at, 1.0 if word.lower in ("a", "one") else (word.value or 0.0) if word.form == "letters" else 0.0
        nxt = at + 1 + (at + 1 < len(words) and words[at + 1].text == "-")
        if (
            count
            and nxt < len(words)
            and words[nxt].lower in self.fractions
            and (count > 1) == words[nxt].lower.endswith("s")
        ):
            of = words[nxt + 1].lower if nxt + 1 < len(words) else ""
            if of == "of" or (words[nxt].lower.startswith("third") and words[nxt].lower.endswith("s")) or nxt == at + 2:
                part = count * self.fractions[words[nxt].lower]
                return Figure(start, nxt + 1, nxt, part, part, fraction=True)
        return None

    def _half_a(self, words: Sequence[Word], at: int) -> Figure | None:
        """ "half a million": the scale is a number of its own."""
        if at + 2 < len(words) and (scale := self._scale(words[at + 2])) and scale > 100:
            return self._with_unit(words, Figure(at, at + 3, at + 2, scale / 2, scale / 2))
        return None

    # -- numbers --------------------------------------------------------------------------------------------------------------------------

    def _number(self, words: Sequence[Word], at: int) -> Figure | None:
        word = words[at]
        if word.value is None or word.form == "year":
            return None
        figure = Figure(at, at + 1, at, word.value, word.value)
        sign = self.units.before(words, at)
        if sign is not None:
            figure = replace(figure, first=sign.first, unit=sign.name, money=True)
        figure = self._magnified(words, figure)
        if figure.end + 3 < len(words) and [w.lower for w in words[figure.end : figure.end + 3]] == [
            "and",
            "a",
            "half",
        ]:
            figure = replace(figure, end=figure.end + 3, low=figure.low + 0.5, high=figure.high + 0.5)
        figure = self._negative(words, figure)
        return self._with_unit(words, figure)

    def _magnified(self, words: Sequence[Word], figure: Figure) -> Figure:
        """ "5bn", "$4.2b", "1.2m tons"."""
        at = figure.end
        if at >= len(words):
            return figure
        word = words[at]
        glued = word.start == words[at - 1].end
        scale = self.glued.get(word.lower)
        if (
            scale is None
            and glued
            and word.lower in self.glued_money
            and (figure.money or self._noun_like(words, at + 1))
        ):
            scale = self.glued_money[word.lower]
        if scale is None and figure.money:
            scale = self.scales.get(word.lower)
        return replace(figure, end=at + 1, low=figure.low * scale, high=figure.high * scale) if scale else figure

    def _noun_like(self, words: Sequence[Word], at: int) -> bool:
        """Whether a word follows that "million" could count ("1.2m tons", not "37m (121ft)")."""
        return (
            at < len(words)
            and words[at].kind == "word"
            and words[at].start == words[at - 1].end + 1
            and (
                self.units.behind(words, at) is not None or words[at].lower.endswith("s") or words[at].lower == "people"
            )
        )

    def _negative(self, words: Sequence[Word], figure: Figure) -> Figure:
        at = figure.first
        joined = at > 1 and words[at - 1].text == "-" and words[at - 2].lower == "minus"
        if at and (words[at - 1].lower == "minus" or joined):
            return replace(figure, first=at - 1 - joined, low=-figure.low, high=-figure.high)
        lone = (
            at
            and words[at - 1].text == "-"
            and words[at - 1].end == words[at].start
            and (at == 1 or words[at - 2].end < words[at - 1].start)
        )
        if (
            lone
            and words[at].kind == "number"
            and words[at].form == "figures"
            and not (at > 1 and words[at - 2].kind == "number")
        ):
            return replace(figure, first=at - 1, low=-figure.low, high=-figure.high)
        return figure

    def _with_unit(self, words: Sequence[Word], figure: Figure) -> Figure:
        if figure.unit is not None:
            end = figure.end
            after = self.units.behind(words, end)
            if after is not None and after.money and " per " not in after.name and after.name != "cent":
                return replace(figure, end=after.end, unit=after.name if figure.unit == "USD" else figure.unit)
            unit = self.units.per(words, Unit(figure.unit, figure.first, end, True))
            return replace(figure, unit=unit.name, end=unit.end)
        at = figure.end
        if at + 1 < len(words) and words[at].text == "-" and words[at].end == words[at + 1].start:
            at += 1
        if at + 2 < len(words) and figure.vague and words[at].lower == "of":
            at += 1
        unit = self.units.behind(words, at)
        if unit is None or not self._fitting(words, figure, unit):
            return figure
        name = (
            "GBP"
            if unit.name == "pound-mass" and figure.low >= 1e5 and words[at].lower.startswith("pound")
            else unit.name
        )
        return replace(figure, end=unit.end, unit=name, money=unit.money)

    def _fitting(self, words: Sequence[Word], figure: Figure, unit: Unit) -> bool:
        """Short symbols ("m", "g", "p") only glued to the figure or with a plain space and no word after that they could begin."""
        text = words[unit.first].text
        glued = words[unit.first].start == words[unit.first - 1].end
        if len(text) == 1 and text.isalpha():
            return glued or (
                text not in "aAIVWp"
                and words[figure.number].form == "figures"
                and unit.end < len(words)
                and words[unit.end].kind == "mark"
            )
        if text == "'":
            return False
        return True

    # -- what is no figure ----------------------------------------------------------------------------------------------------------------

    def _counts(self, words: Sequence[Word], figure: Figure, doc: Doc, times: Sequence[TimeExpression]) -> bool:
        span = Span(words[figure.first].start, words[figure.end - 1].end)
        if self._dated(words, figure, span, times):
            return False
        return not (
            _inside_word(words, figure)
            or self._named(words, figure, doc)
            or _score(words, figure)
            or _telephone(words, figure)
        )

    def _dated(self, words: Sequence[Word], figure: Figure, span: Span, times: Sequence[TimeExpression]) -> bool:
        """Inside a date or clock time; "three days ago" is both a date and a quantity."""
        unit = figure.unit is not None and words[figure.end - 1].lower in self.time_units
        return any(t.span.overlaps(span) and t.type in ("DATE", "TIME") and not unit for t in times)

    def _named(self, words: Sequence[Word], figure: Figure, doc: Doc) -> bool:
        """A number that is part of a name or label: "Game 7", "Boeing 737", "Group 20"."""
        if figure.unit or figure.vague or figure.fraction or not figure.first:
            return False
        before = words[figure.first - 1]
        if before.text == "." and figure.first > 1 and words[figure.first - 2].lower in ("no", "nos"):
            return True
        if before.lower in self.labels and before.end < words[figure.first].start:
            return True
        token = doc.char_span(words[figure.number].start, words[figure.number].end, alignment_mode="expand")
        if token is None:
            return False
        root = token.root
        if root.ent_type_ in _NAMED and root.ent_iob_ == "I":
            return True
        left = doc[root.i - 1] if root.i else None
        return (
            left is not None
            and left.pos_ == "PROPN"
            and not left.is_sent_start
            and (root.head.i <= root.i or root.head.pos_ == "PROPN")
        )


def _glued(words: Sequence[Word], at: int, count: int) -> bool:
    return all(words[n].end == words[n + 1].start for n in range(at, at + count))


def _inside_word(words: Sequence[Word], figure: Figure) -> bool:
    """ "S23", "F-16", "5.1.2", "COVID-19": letters or marks grown onto the number."""
    first = figure.first
    if first and words[first - 1].end == words[first].start:
        mark = words[first - 1]
        if mark.kind != "mark" or mark.text in "#@&_\\":
            return True
        if mark.text in "-." and first > 1 and words[first - 2].end == mark.start and words[first - 2].kind != "mark":
            return words[first - 2].lower not in ("sub", "minus", "mid", "now", "pre", "post") and not (
                words[first - 2].kind == "number" and mark.text == "-"
            )
    last = figure.end - 1
    if words[last].kind == "number" and figure.end < len(words) and words[figure.end].start == words[last].end:
        return (words[figure.end].kind == "word" and words[figure.end].lower != "'s" and figure.unit is None) or words[
            figure.end
        ].text == "_"
    return False


def _score(words: Sequence[Word], figure: Figure) -> bool:
    """ "2-1", "89-89": two small whole numbers and nothing that they measure."""
    for at, other, after in (
        (figure.first - 1, figure.first - 2, figure.end),
        (figure.end, figure.end + 1, figure.end + 2),
    ):
        if (
            0 <= other < len(words)
            and words[at].text == "-"
            and words[other].kind == "number"
            and words[at].start == words[at - 1].end
        ):
            low, high = sorted((figure.low, words[other].value or 0.0))
            first = words[other] if other < figure.first else words[figure.first]
            descending = (first.value or 0.0) != low or low == high
            if (
                figure.unit is None
                and high < 200
                and (descending or after >= len(words) or words[after].kind == "mark")
            ):
                return True
    return False


def _telephone(words: Sequence[Word], figure: Figure) -> bool:
    """Three groups of figures joined by hyphens."""
    row = words[figure.first : figure.first + 5]
    return len(row) == 5 and all(w.kind == "number" for w in row[::2]) and all(w.text == "-" for w in row[1::2])


# ---- ranges -----------------------------------------------------------------------------------------------------------------------------


def _ranges(words: Sequence[Word], figures: Sequence[Figure]) -> list[Figure]:
    """ "15 to 20", "between 15 and 20", "15-20", "from 15 to 20" read as one."""
    joined: list[Figure] = []
    for figure in figures:
        both = _range(words, joined[-1], figure) if joined else None
        if both is None:
            joined.append(figure)
        else:
            joined[-1] = both
    return joined


def _range(words: Sequence[Word], left: Figure, right: Figure) -> Figure | None:
    if left.low != left.high or right.low != right.high or left.fraction != right.fraction:
        return None
    between = [w.lower for w in words[left.end : right.first]]
    before = words[left.first - 1].lower if left.first else ""
    alike = left.unit is None or right.unit is None or left.unit.split(" per ")[0] == right.unit.split(" per ")[0]
    if not alike:
        return None
    rising = left.low < right.high or (left.unit is None and left.low * _scale(right.high) <= right.high)
    if (before == "from" and between in (["to"], ["up", "to"], ["-"])) or (before == "between" and between == ["and"]):
        return _spanning(words, left, right, 1)
    if rising and (
        (between in (["to"], ["-"], ["/"]) and not words[left.first].lower.startswith("0"))
        or (between == ["or"] and right.unit == left.unit is None)
    ):
        return _spanning(words, left, right, 0)
    return None


def _scale(value: float) -> float:
    return next((s for s in (1e12, 1e9, 1e6, 1e3, 100.0) if value >= s), 1.0)


def _spanning(words: Sequence[Word], left: Figure, right: Figure, taken: int) -> Figure:
    """One figure over both; "four to five thousand" lends its scale to the left."""
    low, scale = left.low, _scale(right.low)
    scaled = words[right.number].form != "figures" or (
        right.end > right.number + 1 and right.low != (words[right.number].value or 0)
    )
    plain = words[left.number].form in ("figures", "letters") and left.low == words[left.number].value
    if scaled and plain and 0 < low < 1000 and low * scale <= right.low:
        low *= scale
    unit = right.unit or left.unit
    return replace(
        right,
        first=left.first - taken,
        low=min(low, right.low),
        high=max(low, right.low),
        unit=unit,
        money=left.money or right.money,
    )
