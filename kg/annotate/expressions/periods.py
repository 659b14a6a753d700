"""Weeks, months, years, seasons, quarters, decades, by name or by their place beside the article's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.annotate.expressions.calendar import at, season_of, shift
from kg.annotate.expressions.governors import head
from kg.annotate.expressions.moment import Moment, Reading, dated, loose, precision, stepped, touches
from kg.annotate.expressions.words import Word
from kg.model import Span

_ORDER = {"SP": 0, "SU": 1, "FA": 2, "WI": 3}
_MIDDLE = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}


def read_unit(m: Moment) -> Reading | None:
    """As in "last week", "this year", "next decade", "this past month"."""
    unit, which = m.option("unit") or m.value("unit"), m.value("which")
    if m.option("near"):
        which = -1 if m.words[m.match.end - 2].lower == "past" else 1
    if which is None or (unit == "D" and which == 0):
        return None
    if which == 1 and (told := _in_a_story(m, unit)) is not None:
        return told
    if m.published is None:
        return loose(which)
    reading = dated(stepped(m.published, which, unit), precision(unit))
    return replace(reading, edtf=_trailing(m, unit, which)) if reading and _is_trailing(m, unit, which) else reading


def _is_trailing(m: Moment, unit: str, which: int) -> bool:
    """Whether the time up to or from now is meant ("the past year", "the next decade") and no calendar unit ("last year")."""
    if unit in ("E", "C"):
        return which != 0
    past = m.words[m.match.end - 2].lower == "past"
    return which == -1 and past and unit in ("W", "M", "Y") and not m.option("near")


def _trailing(m: Moment, unit: str, which: int) -> str | None:
    other = stepped(m.published, which, unit) if m.published else None
    if other is None or m.published is None:
        return None
    exact = "M" if unit in ("Y", "E", "C") else "D"
    first, last = sorted((other, m.published))
    return f"{at(first, exact)}/{at(last, exact)}"


def _in_a_story(m: Moment, unit: str) -> Reading | None:
    """As in "He resigned in 2008. The next year he died": counted from the date before it."""
    told = m.words[m.match.first].lower == "the" and (unit == "D" or m.tense == "past")
    anchor = m.anchor(250) if told else None
    if anchor is None or anchor.day is None or anchor.unit != unit:
        return None
    return dated(stepped(anchor.day, 1, unit), precision(unit))


# ---- seasons ----------------------------------------------------------------------------------------------------------------------------


def read_season(m: Moment) -> Reading | None:
    """A season of a year; the winter of a year begins in its December."""
    name, year = m.value("season"), m.number("year")
    habitual = m.value("which") is None and m.tense == "present" and m.words[m.match.end - 2].lower != "the"
    if year is None and (m.published is None or habitual):
        return Reading("DATE", f"XXXX-{name}")
    year = year if year is not None else _season_year(m, name)
    return (
        Reading("DATE", f"{year:04d}-{name}", day=date(year, _MIDDLE[name], 15), unit="M")
        if 1 <= year <= 9999
        else None
    )


def _season_year(m: Moment, name: str) -> int:
    assert m.published is not None
    year, now = season_of(m.published)
    later, which = _ORDER[name] - _ORDER[now], m.value("which")
    if which is not None and m.last_word == "year":
        return m.published.year + int(which)
    if which == 0:
        return m.published.year if now == "WI" and name != "WI" else year
    if which is not None:
        return year - (later >= 0) if which < 0 else year + (later <= 0)
    return year + (later < 0) if m.tense == "future" else year - (later > 0)


# ---- years ------------------------------------------------------------------------------------------------------------------------------


def read_year(m: Moment) -> Reading | None:
    if m.option("guarded") and not _is_year(m):
        return None
    year, last = m.number("year"), m.number("last_year")
    if year is None:
        return dated(m.published, "Y") if m.published else None
    if last is not None and last <= min(year % 100, 12):  # "2024-07" is a month
        return Reading("DATE", f"{year:04d}-{last:02d}", day=date(year, last, 1), unit="M") if last else None
    if last is not None and last < 100:
        last += year // 100 * 100
    if last is not None and not year < last <= 2199:
        return None
    return (
        Reading("DATE", f"{year:04d}", f"{year:04d}/{last:04d}" if last else None, date(year, 7, 1), "Y")
        if 1 <= year <= 2199
        else None
    )


def _is_year(m: Moment) -> bool:
    """Whether a bare number of four figures is a year, by the words beside it."""
    word, before, after = m.words[m.match.first], m.previous, m.following
    if before is not None and touches(before, word) and before.text not in "'(\"-/[":
        return False
    if after is not None and (
        after.kind == "number"
        or after.text == "%"
        or (touches(word, after) and after.kind == "word" and after.lower != "'s")
    ):
        return False
    if _paired(m):
        return True
    introduced = before is not None and before.lower in m.leads["year-after"]
    if 1900 <= (word.value or 0) <= 2099:
        return not _is_count(m, word)
    token = head(m.doc, Span(word.start, word.end))
    plural = token is not None and token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ == "NNS"
    return not plural and (_era(m) or (introduced and (after is None or after.kind == "mark")))


def _is_count(m: Moment, word: Word) -> bool:
    """Whether a number that could be a year of our time counts the plural right behind it: "2000 soldiers", not "the 2016 elections"."""
    after = m.following
    if after is None or (m.previous is not None and m.previous.lower in m.leads["year-before"]):
        return False
    noun = head(m.doc, Span(after.start, after.end))
    if noun is None or noun.tag_ not in ("NNS", "NNPS"):
        return after.lower in m.leads["counted"]
    return after.lower in m.leads["counted"] or (word.value or 0) % 100 == 0


def _era(m: Moment) -> bool:
    row = [w.lower for w in m.words[max(0, m.match.first - 4) : m.match.first]]
    return row[-1:] == ["ad"] or row[-4:] == ["a", ".", "d", "."]


def _paired(m: Moment) -> bool:
    """One of "between 1600 and 1900", "from 1850 to 1900"."""
    at = m.match.first
    around = m.words[max(0, at - 2) : at + 3]
    if len(around) < 5:
        return False
    pairs, row = (("between", "and"), ("from", "to")), [w.lower for w in m.words[max(0, at - 3) : at + 2]]
    year = [w.kind == "number" and w.form == "figures" and len(w.text) == 4 for w in (around[0], around[4])]
    opening = (row[-3], row[-1]) in pairs and year[1]
    return opening or (len(row) == 5 and (row[0], row[2]) in pairs and year[0])


def read_decade(m: Moment) -> Reading | None:
    start = m.number("decade") if m.word("decade") else m.number("decade_word")
    if start is None:
        return None
    if start < 100:  # the '20s of this century only once they have begun
        start += 2000 if start < 30 and m.published is not None and m.published.year >= 2000 + start else 1900
    return Reading("DATE", f"{start // 10:03d}", day=date(start + 5, 1, 1), unit="E")


def read_century(m: Moment) -> Reading | None:
    number, last = m.number("ordinal"), m.number("ordinal_2")
    if not number or not 0 < number < 22:
        return None
    both = f"{number - 1:02d}00/{last - 1:02d}99" if last and number < last < 22 else None
    return Reading("DATE", f"{number - 1:02d}", both)


def read_yearend(m: Moment) -> Reading | None:
    return dated(m.published, "Y") if m.published else None


# ---- quarters and halves ----------------------------------------------------------------------------------------------------------------


def read_quarter(m: Moment) -> Reading | None:
    """A quarter of the calendar year; without a year the last one begun, the next one under a verb that looks ahead."""
    number, year = m.number("ordinal"), m.number("year")
    if m.option("same"):
        quarter = _spoken_of(m)
        return Reading("DATE", f"{year:04d}-Q{(quarter.month + 2) // 3}") if quarter and year else None
    if m.option("latest"):
        return _latest(m)
    if number is None or not 1 <= number <= 4:
        return None
    if year is None and m.published is None:
        return Reading("DATE", f"XXXX-Q{number}")
    year = year if year is not None else _quarter_year(m, number)
    return Reading("DATE", f"{year:04d}-Q{number}", day=date(year, 3 * number, 1), unit="Q")


def _quarter_year(m: Moment, number: int) -> int:
    assert m.published is not None
    if (which := m.value("which")) is not None:
        return m.published.year + int(which)
    later = number > (m.published.month + 2) // 3
    return m.published.year - (later and m.tense != "future") + int(m.option("n", 0))


def _spoken_of(m: Moment) -> date | None:
    """A day in the first quarter that the text names: the one that a report on a quarter is about."""
    return next((r.day for r in m.before if r.unit == "Q" and r.day), None)


def _latest(m: Moment) -> Reading | None:
    """As in "the latest quarter", "the quarter": the one the text is about, else the last one ended."""
    if (day := _spoken_of(m)) is not None:
        return dated(day, "Q")
    if m.option("keep") or m.published is None:
        return None
    return dated(shift(m.published, -3, "M"), "Q")


def read_half(m: Moment) -> Reading | None:
    half, year, which = m.value("halves"), m.number("year"), m.value("which")
    if year is None and (m.published is None or which is None):
        return None
    year = year if year is not None else m.published.year + int(which)  # type: ignore[union-attr]
    return Reading("DATE", f"{year:04d}-H{half}", day=date(year, 6 * half - 3, 1), unit="H")
