"""What a found time expression means: one small function for each `how` of the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from spacy.tokens import Doc

from kg.annotate.expressions.calendar import at, edtf, season_of, shift
from kg.annotate.expressions.governors import head, tense
from kg.annotate.expressions.grammar import Match
from kg.annotate.expressions.words import Word
from kg.model import Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
_REFS = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says. `skip` and `drop` words at its ends serve the rule only."""

    type: TimexType
    value: str | None
    edtf: str | None = None
    skip: int = 0
    drop: int = 0
    day: date | None = None  # a day within it, for what is counted from it
    unit: str | None = None  # its precision
    end: int = 0  # offset in the text


@dataclass(frozen=True)
class Moment:
    """A match with all that its resolution may depend on. `before` are the readings of the text before it."""

    doc: Doc
    words: Sequence[Word]
    match: Match
    values: Mapping[str, Mapping[str, Any]]
    published: date | None
    ahead: frozenset[str]
    year_after: frozenset[str]
    before: Sequence[Reading]

    @cached_property
    def span(self) -> Span:
        return Span(self.words[self.match.first].start, self.words[self.match.end - 1].end)

    @cached_property
    def tense(self) -> str | None:
        return tense(self.doc, self.span, self.ahead)

    def option(self, name: str, default: Any = None) -> Any:
        return self.match.rule.options.get(name, default)

    def word(self, name: str) -> Word | None:
        """The word caught under a name, or under that of its short and plural forms."""
        return next((found for key in _FORMS.get(name, (name,)) if (found := self.match.word(key))), None)

    def value(self, name: str, lexicon: str | None = None) -> Any:
        """The lexicon's value of the word caught as `name`, or the number that it is."""
        word = self.word(name)
        if word is None:
            return None
        for kind in (lexicon,) if lexicon else _FORMS.get(name, (name,)):
            if word.lower in self.values.get(kind.replace("_", "-"), {}):
                return self.values[kind.replace("_", "-")][word.lower]
        return word.value

    def number(self, name: str) -> int | None:
        value = self.value(name)
        return int(value) if isinstance(value, int | float) else None

    @property
    def previous(self) -> Word | None:
        return self.words[self.match.first - 1] if self.match.first else None

    @property
    def following(self) -> Word | None:
        return self.words[self.match.end] if self.match.end < len(self.words) else None

    def anchor(self, reach: int = 250) -> Reading | None:
        """The last resolved date before this one, if it is near."""
        near = [r for r in self.before if r.day is not None and self.span.start - r.end <= reach]
        return near[-1] if near else None


# A name and the names under which the same thing may be caught.
_FORMS = {
    "unit": ("unit", "units", "short_unit", "short_units"),
    "number": ("number", "article"),
    "which": ("which", "back", "ahead"),
    "day": ("day", "nth"),
}


def resolve(moment: Moment) -> Reading | None:
    """The reading of a match, or None where it is no time after all."""
    reading = HOW[moment.match.rule.how](moment)
    if reading is None:
        return None
    skip, drop = moment.option("skip", 0), moment.option("drop", 0)
    return Reading(
        reading.type,
        reading.value,
        reading.edtf or edtf(reading.value),
        skip,
        drop,
        reading.day,
        reading.unit,
        moment.span.end,
    )


def _dated(moment: Moment, day: date | None, unit: str, part: str | None = None) -> Reading | None:
    """A reading at the precision `unit` (a part of the day makes it a TIME)."""
    if day is None:
        return None
    value = at(day, unit)
    return Reading("TIME" if part else "DATE", value + (f"T{part}" if part else ""), day=day, unit=unit)


def _which(moment: Moment) -> int | None:
    return moment.value("which")


# ---- dates ------------------------------------------------------------------------------------------------------------------------------


def _date(m: Moment) -> Reading | None:
    year, month, number = m.number("year"), m.value("month", "month"), m.number("day")
    which = _which(m)
    if m.option("bare") and not _month_name(m):
        return None
    part = _clock(m)
    if year is None and m.published is None:
        value = f"XXXX-{month:02d}" + (f"-{number:02d}" if number else "")
        return Reading("DATE", value + (part or ""))
    if year is None:
        year = _year_of(m, month, number, which)
    value = f"{year:04d}-{month:02d}" + (f"-{number:02d}" if number else "")
    try:
        day = date(year, month, number or 1)
    except ValueError:
        return None
    return Reading(
        "TIME" if part else "DATE", value + (part or ""), _until(m, day), day=day, unit="D" if number else "M"
    )


def _until(m: Moment, start: date) -> str | None:
    """The interval of "May 5-7" and "June-August 2024"."""
    last_day, last_month = m.number("last") or None, m.value("last_month", "month")
    try:
        if last_day and last_day > start.day:
            return f"{start.isoformat()}/{start.replace(day=last_day).isoformat()}"
        if last_month and last_month > start.month:
            return f"{at(start, 'M')}/{at(start.replace(month=last_month), 'M')}"
    except ValueError:
        return None
    return None


def _month_name(m: Moment) -> bool:
    """A bare "May" or "Jan" that is a month and no name ("Theresa May", "Jan Smith")."""
    span = m.doc.char_span(m.span.start, m.span.start + len(m.words[m.match.first].text), alignment_mode="expand")
    if span is None:
        return False
    token = span[0]
    return token.ent_type_ not in ("PERSON", "ORG", "GPE") and len(token.text) > 2


def _year_of(m: Moment, month: int, number: int | None, which: int | None) -> int:
    """The year of a month or day without one: as its words, the verb's tense, or nearness to the article's date say."""
    now = m.published
    assert now is not None
    if which is not None:
        if m.match.caught.get("which") and m.words[m.match.end - 1].lower in ("year", "'s"):
            return now.year + which
        if which == 0:
            return now.year
        return _beside(now, month, which)
    key, today = (month, number or 0), (now.month, now.day if number else 0)
    if key == today:
        return now.year
    if m.tense == "past":
        return now.year - (key > today)
    if m.tense == "future":
        return now.year + (key < today)
    distance = (month - now.month) + ((number or now.day) - now.day) / 31
    return now.year + (distance < -6) - (distance > 6)


def _beside(now: date, month: int, which: int) -> int:
    """ "last June", "next June": the nearest one beyond the month next to this one, which is called "last month"."""
    if which < 0:
        return now.year if month < now.month - 1 else now.year - 1
    return now.year if month > now.month else now.year + 1


def _clock(m: Moment) -> str | None:
    word = m.match.word("clock")
    hour, minute = (int(p) for p in word.text.split(":")[:2]) if word else (m.number("hour"), 0)
    if hour is None or (not m.match.word("clock") and not m.match.word("ampm")):
        return None
    half = m.value("ampm", "ampm")
    hour = hour % 12 + (12 if half == "PM" else 0) if half else hour
    return f"T{hour:02d}:{minute:02d}"


def _clock_alone(m: Moment) -> Reading | None:
    part = _clock(m)
    if part is None:
        return None
    anchor = m.anchor(80)
    day = anchor.day if anchor and anchor.unit == "D" else m.published
    return Reading("TIME", (day.isoformat() if day else "XXXX-XX-XX") + part, day=day, unit="D")


def _iso(m: Moment) -> Reading | None:
    text = m.words[m.match.first].text
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    clock = re.match(r"T\d\d:\d\d", text[10:])
    return Reading("TIME" if clock else "DATE", text[:10] + (clock[0] if clock else ""), day=day, unit="D")


def _slash(m: Moment) -> Reading | None:
    """11/02/89 as Americans write it; the day first only where the month cannot be."""
    month, number, year = (int(p) for p in m.words[m.match.first].text.split("/"))
    month, number = (number, month) if month > 12 else (month, number)
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    try:
        return _dated(m, date(year, month, number), "D")
    except ValueError:
        return None


def _weekday(m: Moment) -> Reading | None:
    number, which, part = m.value("weekday", "weekday"), _which(m), m.value("daypart", "daypart")
    if m.published is None:
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))
    ahead = (number - m.published.isoweekday()) % 7
    if m.words[m.match.end - 1].lower == "week" and which is not None:
        days = number - m.published.isoweekday() + 7 * which
    elif which == -1:
        days = ahead - 7
    elif which == 1:
        days = ahead or 7
    elif ahead == 0:
        days = 0
    elif which == 0:
        days = number - m.published.isoweekday()
    else:
        days = ahead if m.tense == "future" else ahead - 7
    return _dated(m, shift(m.published, days, "D"), "D", part)


def _offset(m: Moment) -> Reading | None:
    """So many units from the article's date."""
    unit, part = m.option("unit") or m.value("unit"), m.option("part") or m.value("daypart", "daypart")
    if m.published is None:
        return Reading("TIME" if part else "DATE", _REFS[max(-1, min(1, m.option("n")))])
    return _dated(m, _stepped(m.published, m.option("n"), unit), _plain(unit), part)


def _plain(unit: str) -> str:
    return "W" if unit == "W2" else unit


def _stepped(day: date, n: int, unit: str) -> date | None:
    if unit == "W2":
        return shift(day, 2 * n, "W")
    if unit == "WE":
        return shift(day, n, "W")
    if unit == "H":
        return shift(day, 6 * n, "M")
    return shift(day, n, unit)


def _unit(m: Moment) -> Reading | None:
    """ "last week", "this year", "next decade"."""
    unit, which = m.option("unit") or m.value("unit"), _which(m)
    if which is None or (unit == "D" and which == 0 and m.match.rule.how == "unit"):
        return None
    if m.published is None:
        return Reading("DATE", _REFS[which])
    if unit == "WE" and which == -1 and m.published.isoweekday() == 7:
        which = -1
    return _dated(m, _stepped(m.published, which, unit), _plain(unit))


def _unit_near(m: Moment) -> Reading | None:
    unit = m.value("unit")
    which = -1 if any(w.lower == "past" for w in m.words[m.match.first : m.match.end]) else 1
    if m.published is None:
        return Reading("DATE", _REFS[which])
    return _dated(m, _stepped(m.published, which, unit), _plain(unit))


# ---- seasons, years, quarters -----------------------------------------------------------------------------------------------------------

_ORDER = {"SP": 0, "SU": 1, "FA": 2, "WI": 3}
_MID = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}


def _season(m: Moment) -> Reading | None:
    name, year, which = m.value("season", "season"), m.number("year"), _which(m)
    if year is None and m.published is None:
        return Reading("DATE", f"XXXX-{name}")
    if year is None:
        year = _season_year(m, name, which)
    day = date(year, _MID[name], 15)
    return Reading("DATE", f"{year:04d}-{name}", day=day, unit="M")


def _season_year(m: Moment, name: str, which: int | None) -> int:
    assert m.published is not None
    year, now = season_of(m.published)
    key, today = _ORDER[name], _ORDER[now]
    if m.words[m.match.end - 1].lower == "year" and which is not None:
        return m.published.year + which
    if which == 0:
        return year + (now == "WI" and name != "WI" and m.published.month < 3)
    if which == -1:
        return year - (key >= today)
    if which == 1:
        return year + (key <= today)
    if m.tense == "future":
        return year + (key < today)
    return year - (key > today)


def _year(m: Moment) -> Reading | None:
    word = m.match.word("year") or m.match.word("year_words")
    if m.option("guarded") and not _is_year(m):
        return None
    if word is None or word.value is None:
        return Reading("DATE", at(m.published, "Y"), day=m.published, unit="Y") if m.published else None
    year, last = int(word.value), m.number("last_year")
    if not 1 <= year <= 2199:
        return None
    interval = f"{year:04d}/{last:04d}" if last and last > year else None
    return Reading("DATE", f"{year:04d}", interval, day=date(year, 7, 1), unit="Y")


def _is_year(m: Moment) -> bool:
    """Whether a bare number of four figures is a year: by the words beside it."""
    word, before, after = m.words[m.match.first], m.previous, m.following
    if before is not None and ((before.end == word.start and before.text not in "'(\"-/") or before.text in "$£€¥#"):
        return False
    if (
        after is not None
        and after.start == word.end
        and ((after.kind in ("word", "number") and after.lower != "'s") or after.text == "%")
    ):
        return False
    token = head(m.doc, Span(word.start, word.end))
    counts = token is not None and token.head.tag_ == "NNS" and token.head.i > token.i and token.dep_ == "nummod"
    introduced = before is not None and before.lower in m.year_after
    year = int(word.value or 0)
    if after is not None and after.kind == "number":
        return False
    if 1900 <= year <= 2099:
        return not counts or (introduced and token is not None and token.head.i > token.i + 1)
    return introduced and not counts and (after is None or after.kind == "mark")


def _decade(m: Moment) -> Reading | None:
    word = m.match.word("decade")
    start = int(word.value or 0) if word else int(m.value("decade_word", "decade-word"))
    if start < 100:
        start += 1900 if start >= 30 or m.published is None or m.published.year < 2000 + start else 2000
    return Reading("DATE", f"{start // 10:03d}", day=date(start + 5, 1, 1), unit="E")


def _century(m: Moment) -> Reading | None:
    number = m.number("ordinal")
    return Reading("DATE", f"{number - 1:02d}") if number and 0 < number < 22 else None


def _quarter(m: Moment) -> Reading | None:
    number, year, which = m.number("ordinal"), m.number("year"), _which(m)
    if number is not None and number > 4:
        return None
    if m.option("latest"):
        return _latest_quarter(m)
    if year is None and m.published is None:
        return Reading("DATE", f"XXXX-Q{number}")
    if year is None:
        assert m.published is not None
        now = (m.published.month + 2) // 3
        year = (
            m.published.year + which if which is not None else m.published.year - (number > now and m.tense != "future")
        )
        year += m.option("n", 0)
    return Reading("DATE", f"{year:04d}-Q{number}", day=date(year, 3 * number, 1), unit="Q")


def _latest_quarter(m: Moment) -> Reading | None:
    """ "the latest quarter", "the quarter": the one the text speaks of, else the last one ended."""
    quarters = [r for r in m.before if r.unit == "Q" and r.day]
    if quarters:
        return Reading("DATE", at(quarters[0].day, "Q"), day=quarters[0].day, unit="Q")
    if m.option("keep") or m.published is None:
        return None
    return _dated(m, shift(m.published, -3, "M"), "Q")


def _half(m: Moment) -> Reading | None:
    half, year, which = m.value("halves", "halves"), m.number("year"), _which(m)
    if year is None:
        if m.published is None or which is None:
            return None
        year = m.published.year + which
    return Reading("DATE", f"{year:04d}-H{half}", day=date(year, 6 * half - 3, 1), unit="Q")


def _yearend(m: Moment) -> Reading | None:
    return Reading("DATE", at(m.published, "Y"), day=m.published, unit="Y") if m.published else None


# ---- counted from here or from another time ---------------------------------------------------------------------------------------------


def _amount(m: Moment) -> tuple[str, int | None]:
    """How many, as TIMEX3 writes it, and as a number where it is one."""
    if m.option("number"):
        return str(m.option("number")), m.option("number")
    words = m.match.caught.get("number") or m.match.caught.get("article") or ()
    few = m.value("few", "few")
    if few is not None:
        return (str(few), few) if isinstance(few, int) else ("X", None)
    if not words:
        return "X", None
    value = words[0].value if words[0].value is not None else 1
    if value != int(value):
        return f"{value:g}", None
    return str(int(value)), int(value)


def _ago(m: Moment) -> Reading | None:
    unit = m.option("unit") or m.value("unit")
    text, count = _amount(m)
    sign = m.option("sign", -1)
    past = m.words[m.match.end - 1].lower if sign < 0 else "now"
    anchor = m.anchor(400) if past in ("earlier", "before") or unit == "Y" else None
    if count is None:
        return (
            Reading("DATE", _REFS[sign]) if text == "X" and not m.match.word("unit") else Reading("DATE", _REFS[sign])
        )
    base = anchor.day if anchor and (past in ("earlier", "before") or anchor.unit == "Q") else m.published
    if unit.startswith("T") or base is None or (past in ("earlier", "before") and anchor is None and unit != "Y"):
        return _duration(text, unit) if past != "ago" else Reading("DATE", _REFS[sign])
    precision = anchor.unit if anchor and anchor.unit == "Q" and unit == "Y" else _plain(unit)
    return _dated(m, _stepped(base, sign * count, unit), precision)


def _following(m: Moment) -> Reading | None:
    """ "the following month", "the same day": counted from the last date said."""
    unit, anchor = m.value("unit"), m.anchor()
    if unit not in ("D", "W", "M", "Y", "E") or anchor is None or anchor.day is None:
        return Reading("DATE", "PAST_REF") if m.option("n") == 0 else _next_without_anchor(m, unit)
    return _dated(m, _stepped(anchor.day, m.option("n"), unit), unit)


def _next_without_anchor(m: Moment, unit: str) -> Reading | None:
    which = m.option("n")
    if m.published is None:
        return Reading("DATE", _REFS[which])
    return _dated(m, _stepped(m.published, which, unit), _plain(unit))


def _span(m: Moment) -> Reading | None:
    """ "the past three months", "the next two weeks": a length that ends or begins with the article."""
    unit = m.value("unit")
    text, count = _amount(m)
    reading = _duration(text, unit)
    if count is None or m.published is None or unit.startswith("T"):
        return reading
    other = _stepped(m.published, m.option("sign") * count, _plain(unit) if unit != "WE" else "W")
    if other is None:
        return reading
    precision = "M" if unit in ("Y", "E", "C", "L", "Q") else "D"
    first, last = sorted((other, m.published))
    return Reading("DURATION", reading.value, f"{at(first, precision)}/{at(last, precision)}")


def _length(m: Moment) -> Reading | None:
    unit = m.value("unit")
    if m.option("guarded") and not _is_length(m):
        return None
    text, count = _amount(m)
    if m.option("half"):
        text = f"{(count or 0) + 0.5:g}" if m.match.caught.get("number") else "0.5"
    return _duration(text, unit)


def _is_length(m: Moment) -> bool:
    """ "a week" as a length, not "a day" as a thing or "$5 a day" as a rate."""
    before = m.previous
    return before is not None and before.lower in (
        "for",
        "in",
        "within",
        "after",
        "about",
        "than",
        "almost",
        "nearly",
        "take",
        "takes",
        "took",
        "least",
        "over",
    )


def _duration(amount: str, unit: str) -> Reading:
    if unit.startswith("T"):
        return Reading("DURATION", f"PT{amount}{unit[1:]}")
    if unit == "W2":
        return Reading("DURATION", f"P{2 * int(amount)}W" if amount.isdigit() else "PXW")
    if unit == "WE":
        return Reading("DURATION", f"P{amount}WE")
    if unit in ("E", "C", "L") and amount.isdigit():
        return Reading("DURATION", f"P{int(amount) * {'E': 10, 'C': 100, 'L': 1000}[unit]}Y")
    return Reading("DURATION", f"P{amount}{unit}")


# ---- sets and references ----------------------------------------------------------------------------------------------------------------


def _every(m: Moment) -> Reading | None:
    if (month := m.value("month", "month")) is not None:
        return Reading("SET", f"XXXX-{month:02d}")
    if (season := m.value("season", "season")) is not None:
        return Reading("SET", f"XXXX-{season}")
    weekday = m.value("weekday", "weekday") or m.value("weekdays", "weekdays")
    if weekday is not None:
        return Reading("SET", f"XXXX-WXX-{weekday}")
    if (part := m.value("daypart", "daypart")) is not None:
        return Reading("SET", f"XXXX-XX-XXT{part}")
    text, _ = _amount(m)
    return Reading("SET", _duration("1" if text == "X" else text, m.value("unit")).value)


def _often(m: Moment) -> Reading | None:
    return Reading("SET", m.value("often", "often"))


def _ref(m: Moment) -> Reading | None:
    if m.option("at") and (m.previous is None or m.previous.lower not in ("at", "by", "since", "until")):
        return None
    value = m.option("value")
    return Reading("DATE", value) if value else None


HOW: dict[str, Callable[[Moment], Reading | None]] = {
    "date": _date,
    "clock": _clock_alone,
    "iso": _iso,
    "slash": _slash,
    "weekday": _weekday,
    "offset": _offset,
    "unit": _unit,
    "unit-near": _unit_near,
    "season": _season,
    "year": _year,
    "decade": _decade,
    "century": _century,
    "quarter": _quarter,
    "half": _half,
    "yearend": _yearend,
    "ago": _ago,
    "following": _following,
    "span": _span,
    "length": _length,
    "every": _every,
    "often": _often,
    "ref": _ref,
}
