"""Time expressions: found by the rules of `lexicon/times.yaml`, resolved against the article's date at the precision said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from kg.annotate.expressions.calendar import bounds
from kg.annotate.expressions.governors import governors
from kg.annotate.expressions.grammar import Grammar, Match
from kg.annotate.expressions.moment import Moment, Reading
from kg.annotate.expressions.relative import counted
from kg.annotate.expressions.resolving import resolve
from kg.annotate.expressions.words import Numerals, Word, words_of
from kg.annotate.parsed import Doc
from kg.data import Folder
from kg.model import Span, TimeExpression


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    first: int  # word indices
    end: int
    reading: Reading


class TimeFinder:
    """Finds and resolves the time expressions of a parsed text."""

    def __init__(self, folder: Folder) -> None:
        data = folder.yaml("lexicon/times.yaml")
        self._numerals = Numerals.load(folder.yaml("lexicon/quantities.yaml")["numerals"])
        self._grammar = Grammar(data["classes"], data["rules"], data["capital"], self._numerals.ordinals)
        self._not_verbs = frozenset(data["not-verbs"])
        self._leads = {
            name: frozenset(data[name])
            for name in ("ahead", "year-after", "year-before", "length-after", "counted", "person-verbs")
        }
        self._before = {kind: _by_last(_rows(rows)) for kind, rows in data["before"].items()}
        self._rough = frozenset(data["rough"])
        self._open = {word: sign for sign, key in ((1, "since"), (-1, "until")) for word in data[key]}

    def __call__(self, doc: Doc, published: str | None) -> tuple[TimeExpression, ...]:
        """All expressions in text order, none overlapping. Without a valid ISO date in `published` what is relative stays unresolved."""
        words = words_of(doc, self._numerals)
        found: list[_Found] = []
        readings: list[Reading] = []
        for match in self._grammar.find(words, self._verbal(doc), _breaks(doc)):
            moment = Moment(doc, words, match, self._grammar.values, day(published), self._leads, readings)
            reading = resolve(moment)
            if reading is not None:
                found.append(self._placed(words, match, reading, found[-1].end if found else 0))
                readings.append(reading)
        placed = _counted_on(words, _ranged(words, found), day(published))
        return tuple(self._expression(doc, words, item) for item in placed)

    def _verbal(self, doc: Doc) -> Callable[[Word], bool]:
        def verbal(word: Word) -> bool:
            if word.lower not in self._not_verbs:
                return False
            piece = doc.char_span(word.start, word.end, alignment_mode="expand")
            return piece is not None and piece.root.tag_ in ("MD", "VB", "VBD", "VBP", "VBZ")

        return verbal

    def _placed(self, words: Sequence[Word], match: Match, reading: Reading, floor: int) -> _Found:
        """Where the expression stands: with the words before it that belong to it, but never before word `floor`."""
        first, end = match.first + match.rule.options.get("skip", 0), match.end - match.rule.options.get("drop", 0)
        if first == match.first:
            first = max(floor, self._extended(words, first, self._before.get(reading.type, {})))
        while (
            end > first + 1
            and words[end - 1].text == "."
            and words[end - 2].kind == "word"
            and not _abbreviated(words, end)
        ):
            end -= 1
        return _Found(Span(words[first].start, words[end - 1].end), first, end, reading)

    def _extended(self, words: Sequence[Word], first: int, rows: Mapping[str, Sequence[tuple[str, ...]]]) -> int:
        """Where the expression begins when the words before it that belong to it are taken in."""
        for row in rows.get(words[first - 1].lower, ()) if first else ():
            if first >= len(row) and tuple(w.lower for w in words[first - len(row) : first]) == row:
                return first - len(row)
        return first

    def _expression(self, doc: Doc, words: Sequence[Word], item: _Found) -> TimeExpression:
        edtf = item.reading.edtf
        before = words[item.first - 1].lower if item.first else ""
        if edtf and "/" not in edtf and item.reading.type in ("DATE", "TIME"):
            if self._open.get(before) == 1:
                edtf = f"{edtf}/.."
            elif self._open.get(before) == -1:
                edtf = f"../{edtf}"
            elif words[item.first].lower in self._rough or before in self._rough:
                edtf = f"{edtf}~" if "X" not in edtf else edtf
        start, end = bounds(edtf)
        return TimeExpression(
            item.span, item.reading.type, item.reading.value, edtf, start, end, governors(doc, item.span)
        )


def day(published: str | None) -> date | None:
    """The article's date, or None where there is none or it is no ISO date."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _ranged(words: Sequence[Word], found: Sequence[_Found]) -> list[_Found]:
    """Both ends of "from June to August", "between 1990 and 1995" take the whole range as their EDTF."""
    ranged = list(found)
    for n, (left, right) in enumerate(pairwise(found)):
        joint = [w.lower for w in words[left.end : right.first]]
        before = words[left.first - 1].lower if left.first else ""
        if (before, *joint) in (
            ("from", "to"),
            ("from", "until"),
            ("from", "till"),
            ("from", "through"),
            ("between", "and"),
        ) or joint in (["-"], ["through"]):
            edtf = _interval(left.reading, right.reading)
            if edtf:
                ranged[n] = replace(left, reading=replace(left.reading, edtf=edtf))
                ranged[n + 1] = replace(right, reading=replace(right.reading, edtf=edtf))
    return ranged


def _counted_on(words: Sequence[Word], found: Sequence[_Found], published: date | None) -> list[_Found]:
    """As in "A week after the attack on 3 May": counted from the date that follows in the same clause."""
    dated = list(found)
    for n, (left, right) in enumerate(pairwise(found)):
        joint = words[left.end : right.first]
        if (
            left.reading.type == "DURATION"
            and left.reading.edtf is None
            and 0 < len(joint) <= _REACH
            and all(w.text not in _STOPS for w in joint)
        ):
            sign = {"after": 1, "following": 1, "before": -1}.get(joint[0].lower)
            if sign:
                dated[n] = replace(left, reading=counted(left.reading, right.reading, sign, published))
    return dated


_REACH = 12  # words
_STOPS = ".;:?!,"


def _interval(left: Reading, right: Reading) -> str | None:
    low, high = left.edtf, right.edtf
    if not low or not high or "/" in low + high or "X" in low + high or left.type == "DURATION":
        return None
    return f"{low}/{high}" if (bounds(low)[0] or "") < (bounds(high)[1] or "") else None


def _rows(rows: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(row.split()) for row in rows), key=len, reverse=True))


def _by_last(rows: Sequence[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        found.setdefault(row[-1], []).append(row)
    return found


def _breaks(doc: Doc) -> Callable[[Word, Word], bool]:
    text = doc.text
    starts = {block.span.start for block in doc.user_data.get("blocks", ())}

    def breaks(left: Word, right: Word) -> bool:
        return right.start in starts or "\n\n" in text[left.end : right.start]

    return breaks


def _abbreviated(words: Sequence[Word], end: int) -> bool:
    """Whether the full stop before `end` belongs to a shortened month or weekday ("Aug.")."""
    word = words[end - 2]
    return (
        word.end == words[end - 1].start
        and len(word.text) <= 5
        and word.lower not in ("may", "june", "july", "march", "april")
    )
