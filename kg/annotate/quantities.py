"""Quantities: numbers with bounds, comparator and unit, and the noun they count. Words and tables stand in `lexicon/quantities.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kg.annotate.expressions.counting import Counting
from kg.annotate.expressions.figures import Figure, Figures
from kg.annotate.expressions.governors import governors
from kg.annotate.expressions.words import Numerals, Word, split
from kg.data import Folder
from kg.model import Comparator, Quantity, Span, TimeExpression

_COMPARATORS: tuple[Comparator, ...] = (">", ">=", "<", "<=", "~")


class QuantityFinder:
    """Finds the quantities of a parsed text, dates left out."""

    def __init__(self, folder: Folder) -> None:
        data = folder.yaml("lexicon/quantities.yaml")
        self._numerals = Numerals.load(data["numerals"])
        self._figures = Figures.load(data, self._numerals)
        self._counting = Counting.load(data)
        self._before = _phrases(data["before"], self._numerals)
        self._after = _phrases(data["after"], self._numerals)
        self._between = frozenset(data["between"])

    def __call__(self, doc: Doc, times: Sequence[TimeExpression]) -> tuple[Quantity, ...]:
        """All quantities in text order, none overlapping. Numbers inside dates and clock times are none."""
        words = split(doc.text, self._numerals)
        found: list[Quantity] = []
        for figure in self._figures.read(words, doc, times):
            quantity = self._quantity(doc, words, figure, found)
            if quantity is not None:
                found.append(quantity)
        return tuple(found)

    def _quantity(self, doc: Doc, words: Sequence[Word], figure: Figure, before: Sequence[Quantity]) -> Quantity | None:
        counted = self._counting.of(doc, words, figure, before)
        if counted is None:
            return None
        comparator, first, end = self._bounded(words, figure)
        value = figure.low if figure.low == figure.high else None
        low, high = (None, None) if value is not None else (figure.low, figure.high)
        if value is None and comparator != "~":
            comparator = "range"
        number = Span(words[figure.first].start, words[figure.end - 1].end)
        span = Span(words[first].start, words[end - 1].end)
        return Quantity(
            span, value, low, high, comparator, figure.unit, counted.noun, counted.additional, governors(doc, number)
        )

    def _bounded(self, words: Sequence[Word], figure: Figure) -> tuple[Comparator, int, int]:
        """The comparator, and the word indices of the figure with the words that say it."""
        comparator, first = self._phrase_before(words, figure)
        for sign, rows in self._after.items():
            for row in rows:
                if tuple(w.lower for w in words[figure.end : figure.end + len(row)]) == row:
                    return sign, first, figure.end + len(row)
        return comparator, first, figure.end

    def _phrase_before(self, words: Sequence[Word], figure: Figure) -> tuple[Comparator, int]:
        at = figure.first
        while at >= figure.first - 3 and at > 0:
            for sign, rows in self._before.items():
                for row in rows:
                    if at >= len(row) and tuple(w.lower for w in words[at - len(row) : at]) == row:
                        return sign, at - len(row)
            if words[at - 1].lower not in self._between and not (words[at - 1].text == "-" and at == figure.first):
                break
            at -= 1
        return "=", figure.first


def _phrases(table: Mapping[str, Sequence[str]], numerals: Numerals) -> dict[Comparator, tuple[tuple[str, ...], ...]]:
    """Phrases as rows of words, longest first."""
    return {
        sign: tuple(
            sorted(
                (tuple(w.lower for w in split(phrase, numerals)) for phrase in table.get(sign, ())),
                key=len,
                reverse=True,
            )
        )
        for sign in _COMPARATORS
    }
