"""A found time expression with all that its reading may depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from kg.annotate.expressions.calendar import at, shift
from kg.annotate.expressions.governors import modifies_noun, tense
from kg.annotate.expressions.grammar import Match
from kg.annotate.expressions.words import Word
from kg.annotate.parsed import Doc
from kg.model import Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
REFS = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}

# A name that the resolvers use and the names under which rules may catch the same thing.
_FORMS = {
    "unit": ("unit", "units", "short_unit", "short_units"),
    "number": ("number", "article"),
    "which": ("which", "back", "ahead"),
    "day": ("day", "nth"),
    "year": ("year", "year_words"),
    "season": ("season", "seasons"),
    "weekday": ("weekday", "weekdays"),
}

# Names of rules such as <month|season|weekday>, which catch all under the first.
_CAUGHT_WITH = {"season": ("month",), "weekday": ("month",), "daypart": ("unit",)}


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says. `edtf` only where it does not follow from `value`."""

    type: TimexType
    value: str | None
    edtf: str | None = None
    day: date | None = None  # a day within it, for what is counted from it
    unit: str | None = None  # its precision
    end: int = 0  # offset in the text


@dataclass(frozen=True)
class Moment:
    """A match and its surroundings. `before` are the readings of the text before it, in order."""

    doc: Doc
    words: Sequence[Word]
    match: Match
    values: Mapping[str, Mapping[str, Any]]
    published: date | None
    leads: Mapping[
        str, frozenset[str]
    ]  # word lists of the lexicon: "ahead", "year-after", "recent-year-after", "length-after"
    before: Sequence[Reading]

    @cached_property
    def span(self) -> Span:
        return Span(self.words[self.match.first].start, self.words[self.match.end - 1].end)

    @cached_property
    def tense(self) -> str | None:
        """Of the governing verb; None under a noun ("a June agreement") and without a verb."""
        return None if modifies_noun(self.doc, self.span) else tense(self.doc, self.span, self.leads["ahead"])

    def option(self, name: str, default: Any = None) -> Any:
        return self.match.rule.options.get(name, default)

    def word(self, name: str) -> Word | None:
        """The word caught under a name, or under that of its short and plural forms."""
        return next((found for key in _FORMS.get(name, (name,)) if (found := self.match.word(key))), None)

    def value(self, name: str) -> Any:
        """The lexicon's value of the word caught as `name`, or the number that it is."""
        tables = _FORMS.get(name, (name.removeprefix("last_"),))
        for caught in (*_FORMS.get(name, (name,)), *_CAUGHT_WITH.get(name, ())):
            if (word := self.match.word(caught)) is None:
                continue
            for table in (self.values.get(kind.replace("_", "-"), {}) for kind in tables):
                if word.lower in table:
                    return table[word.lower]
            if word.value is not None and caught not in _CAUGHT_WITH.get(name, ()):
                return word.value
        return None

    def number(self, name: str) -> int | None:
        value = self.value(name)
        return int(value) if isinstance(value, int | float) else None

    @property
    def is_name(self) -> bool:
        """Whether it stands in a name: "USA TODAY", "Fox News Sunday", the "Today" show."""
        piece = self.doc.char_span(self.span.start, self.span.end, alignment_mode="expand")
        if piece is None or not piece.text[:1].isupper():
            return False
        if piece.root.ent_type_ in ("ORG", "WORK_OF_ART", "PRODUCT"):
            return True
        return any(t.pos_ == "PROPN" and t.dep_ == "compound" and t.i == piece.start - 1 for t in piece.root.lefts)

    @property
    def last_word(self) -> str:
        return self.words[self.match.end - 1].lower

    @property
    def previous(self) -> Word | None:
        return self.words[self.match.first - 1] if self.match.first else None

    @property
    def following(self) -> Word | None:
        return self.words[self.match.end] if self.match.end < len(self.words) else None

    def anchor(self, reach: int) -> Reading | None:
        """The last date said before this one, if it is not more than `reach` characters away."""
        near = [r for r in self.before if r.day is not None and self.span.start - r.end <= reach]
        return near[-1] if near else None


def touches(left: Word, right: Word) -> bool:
    return left.end == right.start


def dated(day: date | None, unit: str, part: str | None = None) -> Reading | None:
    """A reading at the precision `unit`; a part of the day makes it a TIME."""
    if day is None:
        return None
    value = at(day, unit)
    return Reading("TIME" if part else "DATE", value + (f"T{part}" if part else ""), day=day, unit=unit)


def stepped(day: date, count: int, unit: str) -> date | None:
    """`count` units of the lexicon later: also fortnights, weekends and halves."""
    times, plain = {"W2": (2, "W"), "WE": (1, "W"), "H": (6, "M")}.get(unit, (1, unit))
    return shift(day, times * count, plain)


def precision(unit: str) -> str:
    return "W" if unit == "W2" else unit


def loose(step: int, part: str | None = None) -> Reading:
    """What lies before, at or after an article's date that is not known."""
    return Reading("TIME" if part else "DATE", REFS[max(-1, min(1, step))])


def duration(amount: str, unit: str) -> Reading:
    """A length as TIMEX3 writes it; `amount` X where it is not said.

    >>> duration("2", "E").value, duration("X", "TM").value, duration("3", "W2").value
    ('P20Y', 'PTXM', 'P6W')
    """
    if unit.startswith("T"):
        return Reading("DURATION", f"PT{amount}{unit[1:]}")
    if unit == "W2":
        return Reading("DURATION", f"P{2 * int(amount)}W" if amount.isdigit() else "PXW")
    if unit in ("E", "C", "L") and amount.isdigit():
        return Reading("DURATION", f"P{int(amount) * {'E': 10, 'C': 100, 'L': 1000}[unit]}Y")
    return Reading("DURATION", f"P{amount}{unit}")


def amount(moment: Moment) -> tuple[str, int | None]:
    """How many, as TIMEX3 writes it, and as a number where it is a whole one."""
    if moment.option("number"):
        return str(moment.option("number")), int(moment.option("number"))
    few, value = moment.value("few"), moment.value("number")
    if isinstance(few, int):
        return str(few), few
    if few is not None or value is None:
        return "X", None
    return (str(int(value)), int(value)) if value == int(value) else (f"{value:g}", None)
