"""Quantities: numbers with bounds, comparator and unit, and the noun they count. Words and tables stand in `lexicon/quantities.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.annotate.expressions.amounts import Figure
from kg.annotate.expressions.counting import Counted, Counting
from kg.annotate.expressions.figures import Figures
from kg.annotate.expressions.governors import governors
from kg.annotate.expressions.words import Numerals, Row, split, words_of
from kg.annotate.parsed import Doc
from kg.data import Folder
from kg.model import Comparator, Quantity, Span, TimeExpression

# Tried in this order, so that "no more than" is read before "more than".
_COMPARATORS: tuple[Comparator, ...] = (">=", "<=", ">", "<", "~")


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
        self._over = frozenset(data["over"])
        self._passed = frozenset(data["passed"])
        self._durations = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")

    def __call__(self, doc: Doc, times: Sequence[TimeExpression]) -> tuple[Quantity, ...]:
        """All quantities in text order, none overlapping. Numbers inside dates and clock times are none.

        A share ("half of", "one in five") has the unit `fraction`, so that nobody takes it for a count.
        """
        row = Row(words_of(doc, self._numerals), doc.text)
        found: list[Quantity] = []
        for figure in self._figures.read(row, doc, times):
            counted = self._counting.of(doc, row, figure, found, times)
            if counted is not None:
                found.append(self._quantity(doc, row, figure, counted))
        return tuple(found)

    def _quantity(self, doc: Doc, row: Row, figure: Figure, counted: Counted) -> Quantity:
        comparator, first, end = self._bounded(row, figure)
        exact = figure.low == figure.high
        return Quantity(
            span=Span(*row.span(first, end)),
            value=figure.low if exact else None,
            min=None if exact else figure.low,
            max=None if exact else figure.high,
            comparator=comparator if exact or comparator == "~" else "range",
            unit=figure.unit or ("fraction" if figure.fraction else None),
            counted=counted.noun,
            additional=counted.additional,
            governors=governors(doc, Span(*row.span(figure.first, figure.end))),
        )

    def _bounded(self, row: Row, figure: Figure) -> tuple[Comparator, int, int]:
        """The comparator, and the word indices of the figure with the words that say it."""
        comparator, first = self._phrase_before(row, figure)
        if figure.unit in self._durations and row.lower(first) == "over":
            comparator, first = "=", figure.first  # "spread over two days"
        behind = row.lower(figure.end)
        for sign, phrases in self._after.items():
            for phrase in phrases:
                if phrase[0] == behind and row.row(figure.end, figure.end + len(phrase)) == phrase:
                    return sign, first, figure.end + len(phrase)
        return comparator, first, figure.end

    def _phrase_before(self, row: Row, figure: Figure) -> tuple[Comparator, int]:
        for at in range(figure.first, max(0, figure.first - 4), -1):
            before = row.lower(at - 1)
            for sign, phrases in self._before.items():
                for phrase in phrases:
                    if phrase[-1] == before and at >= len(phrase) and row.row(at - len(phrase), at) == phrase:
                        if phrase == ("over",) and row.lower(at - 2) in self._over:
                            return "=", figure.first
                        known = phrase[-1] == "than" and "the" in row.row(at, figure.first)  # "more than the 21 of May"
                        return ("=", figure.first) if known else (sign, at - len(phrase))
            if before not in self._between and not (row[at - 1].text == "-" and at == figure.first):
                break
        if row.lower(figure.first - 1) in self._passed and self._figures.is_of_toll(row, figure):
            return ">", figure.first - 1
        return "=", figure.first


def _phrases(table: Mapping[str, Sequence[str]], numerals: Numerals) -> dict[Comparator, tuple[tuple[str, ...], ...]]:
    """Phrases as rows of words, longest first."""
    rows = {
        sign: [tuple(w.lower for w in split(phrase, numerals)) for phrase in table.get(sign, ())]
        for sign in _COMPARATORS
    }
    return {sign: tuple(sorted(phrases, key=len, reverse=True)) for sign, phrases in rows.items()}
