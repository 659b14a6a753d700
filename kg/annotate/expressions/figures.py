"""The figures of a text: ranges joined; numbers of names, dates, scores and addresses left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.annotate.expressions.amounts import Amounts, Figure
from kg.annotate.expressions.words import Numerals, Row
from kg.annotate.parsed import Doc, Token
from kg.model import Span, TimeExpression

_NAMED = ("ORG", "PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT")
_PREFIXES = ("sub", "minus", "mid", "now", "pre", "post", "non", "under", "over")
_AGE = range(1, 121)
_TOLL = 12  # words before a figure in which a toll is named


@dataclass(frozen=True, slots=True)
class Figures:
    """Finds figures; the lists say what a number's neighbours make of it."""

    amounts: Amounts
    labels: frozenset[str]
    streets: frozenset[str]
    ages: frozenset[str]
    time_units: frozenset[str]
    befallen: frozenset[str]
    changed: frozenset[str]
    tolls: frozenset[str]

    @classmethod
    def load(cls, data: Any, numerals: Numerals) -> Figures:
        spans = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
        return cls(
            amounts=Amounts.load(data, numerals),
            labels=frozenset(data["labels"]),
            streets=frozenset(data["streets"]),
            ages=frozenset(data["ages"]),
            time_units=frozenset(spelling for name in spans for spelling in data["units"][name]),
            befallen=frozenset(data["befallen"]),
            changed=frozenset(data["changed"]),
            tolls=frozenset(data["tolls"]),
        )

    def read(self, row: Row, doc: Doc, times: Sequence[TimeExpression]) -> list[Figure]:
        """All figures in order, ranges joined."""
        figures: list[Figure] = []
        at = 0
        while at < len(row):
            figure = self.amounts.at(row, at)
            at = max(at + 1, figure.end if figure else 0)
            if figure is not None and self._counts(row, figure, doc, times):
                figures.append(figure)
        return [self._aged(row, figure, doc) for figure in self._joined(row, figures)]

    def is_of_toll(self, row: Row, figure: Figure) -> bool:
        """Whether the words before a figure name a toll."""
        return not self.tolls.isdisjoint(row.row(figure.first - _TOLL, figure.first))

    def _joined(self, row: Row, figures: Sequence[Figure]) -> list[Figure]:
        """The figures with "15 to 20", "between 15 and 20", "from $15 to $20 million", "15-20" read as one."""
        result: list[Figure] = []
        for figure in figures:
            left = result[-1] if result else None
            taken = _range(row, left, figure) if left is not None else None
            if left is not None and taken and self._changes(row, left):
                taken = None  # "the toll rose from 15 to 20" has two
            if left is not None and taken is not None:
                result[-1] = _spanning(row, left, figure, taken)
            elif left is not None and _suspended(row, left, figure):
                result[-1:] = [replace(left, unit=figure.unit), figure]
            else:
                result.append(figure)
        return result

    def _changes(self, row: Row, former: Figure) -> bool:
        """Whether a toll is said to change from this figure to the next."""
        return self.is_of_toll(row, former) and not self.changed.isdisjoint(row.row(former.first - _TOLL, former.first))

    def _counts(self, row: Row, figure: Figure, doc: Doc, times: Sequence[TimeExpression]) -> bool:
        return not (
            self._dated(row, figure, times)
            or _inside_word(row, figure)
            or self._named(row, figure, doc)
            or self._address(row, figure)
            or _score(row, figure)
            or _code(row, figure)
        )

    def _dated(self, row: Row, figure: Figure, times: Sequence[TimeExpression]) -> bool:
        """Inside a date or clock time; "three days ago" is both a date and a quantity."""
        span = Span(*row.span(figure.first, figure.end))
        unit = figure.unit is not None and row.lower(figure.end - 1) in self.time_units
        return not unit and any(t.span.overlaps(span) and t.type in ("DATE", "TIME") for t in times)

    def _named(self, row: Row, figure: Figure, doc: Doc) -> bool:
        """A number that is part of a name or label: "Game 7", "a Boeing 737", "No. 5", "the 787 Dreamliner"."""
        if figure.unit or figure.vague or figure.fraction:
            return False
        before = row.lower(figure.first - 1)
        if (before in self.labels and not row.glued(figure.first)) or (
            before == "." and row.lower(figure.first - 2) in ("no", "nos")
        ):
            return True
        token = None if row.lower(figure.end) in self.befallen else number_token(doc, row, figure)
        return token is not None and (_in_name(token) or _before_name(token))

    def _address(self, row: Row, figure: Figure) -> bool:
        """As in "575 Oak Hill Road"."""
        for at in range(figure.end, figure.end + 4):
            if not (row[at].text[:1].isupper() or row[at].kind == "ordinal"):
                return False
            if (
                row.lower(at) in self.streets
                and at > figure.end
                and figure.low == int(figure.low)
                and figure.unit is None
            ):
                return True
        return False

    def _aged(self, row: Row, figure: Figure, doc: Doc) -> Figure:
        """Years of age: "aged 25 to 54", "at the age of 35", "Jane Doe, 65, said"."""
        if figure.unit not in (None, "year") or not _AGE.start <= figure.high < _AGE.stop:
            return figure
        near = row.row(figure.first - 3, figure.first)
        if (near[-1:] and near[-1] in self.ages) or (
            near[-2:-1] and near[-2] in self.ages and near[-1] in ("of", "between", "from", "under", "over")
        ):
            return replace(figure, unit="year of age")
        if (
            figure.unit is None
            and row[figure.first - 1].text == ","
            and row[figure.end].text in (",", ".", ";")
            and figure.end == figure.first + 1
        ):
            token = number_token(doc, row, figure)
            if token is not None and row[figure.first].form == "figures" and _after_person(token):
                return replace(figure, unit="year of age")
        return figure


def number_token(doc: Doc, row: Row, figure: Figure) -> Token | None:
    """The parser's token for a figure's number."""
    piece = doc.char_span(row[figure.number].start, row[figure.number].end, alignment_mode="expand")
    return piece.root if piece is not None and len(piece) else None


def _after_person(token: Token) -> bool:
    """Whether a name stands before the comma before the token."""
    left = token.doc[token.i - 2] if token.i > 1 else None
    return left is not None and (
        left.ent_type_ == "PERSON" or (left.pos_ == "PROPN" and left.ent_type_ not in ("GPE", "ORG", "DATE", "LOC"))
    )


def _in_name(token: Token) -> bool:
    """After a name that it belongs to: inside an entity, or behind a proper noun with nothing of its own to count."""
    if token.ent_type_ in _NAMED and token.ent_iob_ == "I":
        return True
    left = token.doc[token.i - 1] if token.i else None
    if left is None or left.pos_ != "PROPN" or left.is_sent_start:
        return False
    return token.head.i <= token.i or token.head.pos_ == "PROPN"


def _before_name(token: Token) -> bool:
    """Before a proper noun in the singular: no count ("the 787 Dreamliner"), but "one Marine"."""
    head = token.head
    return (
        token.dep_ == "nummod"
        and head.i == token.i + 1
        and head.tag_ == "NNP"
        and head.text.istitle()
        and not head.text.endswith("s")
        and token.text.isdigit()
    )


def _inside_word(row: Row, figure: Figure) -> bool:
    """Letters or marks grown onto the number: "S23", "F-16", "5.1.2", "COVID-19", "3D"."""
    first, last = figure.first, figure.end - 1
    if (figure.unit is None and not figure.fraction and _slashed(row, first, figure.end)) or (
        row.lower(last) == "one" and row.hyphen(figure.end)
    ):
        return True
    if row.glued(first):
        mark = row[first - 1]
        if mark.text == "+" and row.glued(first - 1):
            return True
        if mark.kind != "mark" or mark.text in "#@&_\\":
            return True
        if mark.text in "-." and row.glued(first - 1) and row[first - 2].kind != "mark":
            return (
                row.lower(first - 2) not in _PREFIXES
                and row.lower(first - 2) != "to"
                and not (mark.text == "-" and row[first - 2].kind == "number")
            )
    if row[last].kind != "number" or not row.glued(figure.end):
        return False
    after = row[figure.end]
    return after.text == "_" or (after.kind == "word" and after.lower != "'s" and figure.unit is None)


def _slashed(row: Row, first: int, end: int) -> bool:
    """As in "24/7", "9/11"."""
    return any(row[mark].text == "/" and row.glued(mark) and row.glued(mark + 1) for mark in (first - 1, end))


def _score(row: Row, figure: Figure) -> bool:
    """Two small whole numbers joined by a hyphen with nothing that they measure: "2-1", "89-89"."""
    for mark, other, after in (
        (figure.first - 1, figure.first - 2, figure.end),
        (figure.end, figure.end + 1, figure.end + 2),
    ):
        if row[mark].text != "-" or row[other].kind != "number" or not row.glued(mark) or not row.glued(mark + 1):
            continue
        left, right = (
            (row[other].value or 0.0, figure.low) if other < figure.first else (figure.low, row[other].value or 0.0)
        )
        if figure.unit is None and max(left, right) < 200 and (left >= right or row[after].kind in ("mark", "nothing")):
            return True
    return False


def _code(row: Row, figure: Figure) -> bool:
    """Telephone numbers, "0401", and a lone small number in brackets ("Smith (4)", "(2) a ban")."""
    word = row[figure.number]
    if word.text[:1] == "0" and word.text.isdigit() and len(word.text) > 1:
        return True
    if figure.unit is None and (_numbered(row, figure) or _in_table(row, figure)):
        return True
    dialled = [
        row[figure.first + n].kind == "number" if n % 2 == 0 else row[figure.first + n].text == "-"
        for n in range(-4, 5)
    ]
    if any(all(dialled[n : n + 5]) for n in (0, 2, 4)):
        return True
    bracketed = row[figure.first - 1].text == "(" and row[figure.end].text == ")" and figure.unit is None
    return bracketed and figure.low < 100


def _numbered(row: Row, figure: Figure) -> bool:
    """The number of a paragraph or list item: "1. Sorting"."""
    if row[figure.end].text not in (".", ")") or not row.glued(figure.end) or figure.high > 100:
        return False
    return figure.first == 0 or row.new_line(figure.first)


def _in_table(row: Row, figure: Figure) -> bool:
    """One of three numbers or more in a row with nothing between."""
    run = [row[at].kind == "number" for at in range(figure.first - 2, figure.end + 2)]
    return any(all(run[n : n + 3]) for n in range(len(run) - 2))


# ---- ranges -----------------------------------------------------------------------------------------------------------------


def _range(row: Row, left: Figure, right: Figure) -> int | None:
    """How many words before the left figure belong to the range, or None where the two are no range."""
    if left.low != left.high or right.low != right.high or left.fraction != right.fraction:
        return None
    if left.unit and right.unit and left.unit.split(" per ")[0] != right.unit.split(" per ")[0]:
        return None
    between, before = row.row(left.end, right.first), row.lower(left.first - 1)
    if (before == "from" and between in (("to",), ("up", "to"), ("-",))) or (
        between == ("and",) and "between" in row.row(left.first - 4, left.first)
    ):
        return 1
    measured = left.unit is None or right.unit is not None or left.money
    rising = left.low < right.low or (left.unit is None and left.low * _magnitude(right.low) <= right.low)
    joint = between in (("to",), ("-", "to", "-"), ("-",)) or (between == ("/",) and row.glued(right.first))
    return 0 if measured and rising and joint else None


def _suspended(row: Row, left: Figure, right: Figure) -> bool:
    """Whether the left figure shares the right one's unit: "a 7- or 8-inch screen"."""
    return (
        left.unit is None
        and right.unit is not None
        and row[left.end].text == "-"
        and row.lower(left.end + 1) in ("or", "and", "to")
    )


def _magnitude(value: float) -> float:
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3, 100.0) if value >= scale), 1.0)


def _spanning(row: Row, left: Figure, right: Figure, taken: int) -> Figure:
    """One figure over both; "four to five thousand" and "$10 to $15 billion" lend their scale to the left."""
    low, scale = left.low, _magnitude(right.low)
    scaled = row[right.number].form != "figures" or right.low != (row[right.number].value or 0)
    plain = row[left.number].form in ("figures", "letters") and low == row[left.number].value
    if scaled and plain and 0 < low < 1000 and low * scale <= right.low:
        low *= scale
    bounds = sorted((low, right.low))
    return replace(
        right,
        first=left.first - taken,
        low=bounds[0],
        high=bounds[1],
        unit=right.unit or left.unit,
        money=left.money or right.money,
    )
