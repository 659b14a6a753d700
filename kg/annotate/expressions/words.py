"""Text cut into words, in which a number is one: in figures ("1,500"), letters ("fifteen hundred") or both ("1.5 thousand")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isfinite
from typing import Any

from kg.annotate.parsed import Doc

_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?(?![\d-])"  # ISO date
    r"|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"
    r"|\d{3}0s(?!\w)|(?<!\w)\d0s(?!\w)"  # decade
    r"|\d+(?:st|nd|rd|th)(?!\w)"
    r"|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+"
    r"|[ap]\.\s?m\.?(?!\w)|o'clock"
    r"|'s(?!\w)|[^\W\d_]+|[^\w\s]|_",
    re.IGNORECASE,
)
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, mark or number. `kind`: word, mark, number, ordinal, decade, clock, isodate, slashdate.

    `form` of a number: figures, letters, mixed ("5 million"), or year (letters read in pairs: "nineteen eighty").
    """

    start: int
    end: int
    text: str
    lower: str
    kind: str = "word"
    value: float | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of the language: below a hundred, scales, ordinals."""

    small: Mapping[str, int]
    scales: Mapping[str, float]
    ordinals: Mapping[str, int]

    @classmethod
    def load(cls, data: Any) -> Numerals:
        return cls(
            dict(data["small"]), {name: float(value) for name, value in data["scales"].items()}, dict(data["ordinals"])
        )


def split(text: str, numerals: Numerals) -> list[Word]:
    """The words of a text, numbers joined."""
    plain = [_classified(m) for m in _TOKEN.finditer(text)]
    reader, words, at = _Reader(text, plain, numerals), list[Word](), 0
    while at < len(plain):
        word, at = reader.read(at)
        words.append(word)
    return words


def words_of(doc: Doc, numerals: Numerals) -> list[Word]:
    """The words of a Doc, which is taken apart once for times and quantities: both read with the same numerals."""
    kept: list[Word] | None = doc.user_data.get("words")
    if kept is None:
        kept = doc.user_data["words"] = split(doc.text, numerals)
    return list(kept)


def _classified(match: re.Match[str]) -> Word:
    (start, end), (low, kind, value, form) = match.span(), _of_kind(match.group())
    return Word(start, end, match.group(), low, kind, value, form)


@lru_cache(maxsize=1 << 14)  # a text repeats its words
def _of_kind(text: str) -> tuple[str, str, float | None, str]:
    """What a word's text alone tells: `lower`, `kind`, `value` and `form` of the Word."""
    low = text.lower()
    if not (text[0].isdecimal() or text[-1].isdecimal()):
        if text in _VULGAR:
            return low, "number", _VULGAR[text], "figures"
        return low, "word" if text[0].isalpha() or (text[0] == "'" and len(text) > 1) else "mark", None, ""
    if "/" in text:
        return low, "slashdate", None, ""
    if ":" in text or "-" in text:
        return low, "isodate" if "-" in text else "clock", None, ""
    if low.endswith("0s"):
        return low, "decade", float(low[:-1]), ""
    if low[-1].isalpha():
        return low, "ordinal", float(low[:-2]), ""
    value = float(text.replace(",", ""))
    return (low, "number", value, "figures") if isfinite(value) else (low, "word", None, "")


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    plain: list[Word]
    numerals: Numerals

    def read(self, at: int) -> tuple[Word, int]:
        """The word that begins at `at`, numbers joined, and where the next one begins."""
        word = self.plain[at]
        if word.kind == "number":
            return self._figures(at)
        if word.lower in self.numerals.small or self._scale(at) is not None:
            return self._letters(at)
        if word.lower in self.numerals.ordinals:
            return replace(word, kind="ordinal", value=float(self.numerals.ordinals[word.lower])), at + 1
        return word, at + 1

    def _joined(self, first: int, end: int, value: float, form: str, kind: str = "number") -> tuple[Word, int]:
        start, stop = self.plain[first].start, self.plain[end - 1].end
        text = self.text[start:stop]
        if not isfinite(value):  # "million million million ..." without end
            return Word(start, stop, text, text.lower()), end
        return Word(start, stop, text, text.lower(), kind, value, form), end

    def _near(self, at: int) -> bool:
        """Whether word `at` follows its predecessor in the same line (a number never runs over a line's end)."""
        return 0 < at < len(self.plain) and "\n\n" not in self.text[self.plain[at - 1].end : self.plain[at].start]

    def _scale(self, at: int) -> float | None:
        return self.numerals.scales.get(self.plain[at].lower) if at < len(self.plain) else None

    def _figures(self, first: int) -> tuple[Word, int]:
        value, at, form = self.plain[first].value or 0.0, first + 1, "figures"
        if at < len(self.plain) and self.plain[at].text in _VULGAR and self.plain[at].start == self.plain[first].end:
            value, at = value + (self.plain[at].value or 0.0), at + 1
        hyphen = self._hyphen(at)
        scale = self._scale(hyphen)
        while scale is not None and self._near(hyphen):
            value, at, form = value * scale, hyphen + 1, "mixed"
            hyphen = self._hyphen(at)
            scale = self._scale(hyphen)
        return self._joined(first, at, value, form)

    def _hyphen(self, at: int) -> int:
        """`at`, or the word after a hyphen at `at` that joins two words."""
        if at + 1 < len(self.plain) and self.plain[at].text == "-":
            mark = self.plain[at]
            if self.plain[at - 1].end == mark.start and mark.end == self.plain[at + 1].start:
                return at + 1
        return at

    def _letters(self, first: int) -> tuple[Word, int]:
        """Number words, highest first; "twenty twenty-four" and "nineteen eighty" are years."""
        total, group, last, at = 0.0, 0.0, float("inf"), first
        while at < len(self.plain):
            here = self._joint(at, last) if at > first else at
            if here > first and not self._near(here):
                break
            small, scale = self._small(here), self._scale(here)
            if scale is not None:
                if scale == 100:
                    group = (group or 1.0) * 100
                else:
                    total, group = total + (group or 1.0) * scale, 0.0
                last = scale
            elif small is not None and _fits(small, last):
                group, last = group + small, small
            elif small is not None and last in range(10, 21) and small >= 10 and total == 0 and group == last:
                return self._year(first, here, group)
            else:
                ordinal = self.numerals.ordinals.get(self.plain[here].lower)
                if ordinal is not None and here > first and _fits(ordinal, last) and last != float("inf"):
                    return self._joined(first, here + 1, total + group + ordinal, "letters", "ordinal")
                break
            at = here + 1
        return self._joined(first, at, total + group, "letters")

    def _joint(self, at: int, last: float) -> int:
        """Where the next number word may stand: behind a hyphen, or behind "and" after hundreds."""
        here = self._hyphen(at)
        linked = self.plain[here].lower == "and" and last >= 100 and self._small(here + 1) is not None
        return here + 1 if linked else here

    def _small(self, at: int) -> int | None:
        return self.numerals.small.get(self.plain[at].lower) if at < len(self.plain) else None

    def _year(self, first: int, at: int, century: float) -> tuple[Word, int]:
        value, end = float(self._small(at) or 0), at + 1
        unit = self._small(self._hyphen(end))
        if value >= 20 and unit is not None and unit < 10:
            value, end = value + unit, self._hyphen(end) + 1
        return self._joined(first, end, century * 100 + value, "year")


def _fits(small: int, last: float) -> bool:
    """Whether a number word can follow one of size `last`: "sixty" + "five", "hundred" + "sixty"."""
    return last >= 100 or (20 <= last < 100 and small < 10 and small > 0)


@dataclass(frozen=True, slots=True)
class Row:
    """Words asked by index; outside the text there is an empty word, so that rules need no bounds."""

    words: Sequence[Word]
    text: str

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, at: int) -> Word:
        return self.words[at] if 0 <= at < len(self.words) else _NOTHING

    def lower(self, at: int) -> str:
        return self[at].lower

    def glued(self, at: int) -> bool:
        """Whether word `at` touches the one before it."""
        return 0 < at < len(self.words) and self.words[at - 1].end == self.words[at].start

    def new_line(self, at: int) -> bool:
        """Whether a line begins with word `at`."""
        return 0 < at < len(self.words) and "\n" in self.text[self.words[at - 1].end : self.words[at].start]

    def hyphen(self, at: int) -> bool:
        """Whether `at` is a hyphen inside a word ("two-thirds", "five-year")."""
        return self[at].text == "-" and self.glued(at) and self.glued(at + 1)

    def row(self, first: int, end: int) -> tuple[str, ...]:
        """The words in lower case; none where the text ends before `end`, so that no phrase reaches beyond it."""
        if end > len(self.words):
            return ()
        return tuple([word.lower for word in self.words[max(0, first) : max(0, end)]])

    def span(self, first: int, end: int) -> tuple[int, int]:
        return self.words[first].start, self.words[end - 1].end


_NOTHING = Word(-1, -1, "", "", "nothing")
