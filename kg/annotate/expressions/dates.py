"""Dates and hours: months, days, weekdays, clock times."""

from __future__ import annotations

import re
from datetime import date

from kg.annotate.expressions.calendar import at, shift
from kg.annotate.expressions.governors import head
from kg.annotate.expressions.moment import Moment, Reading, dated

# A day ten months off by its verb's tense but two from now on the other side belongs to a clause that the parser missed ("payable Dec. 7").
_FAR, _SOON = 300, 62  # days
_JOINTS = ("to", "and", "through", "-", "or", "until", "till", "&")


def read_date(m: Moment) -> Reading | None:
    """A month, with or without day, year, weekday, hour."""
    month, day = m.value("month"), m.number("day")
    if m.option("bare") and not _is_month(m):
        return None
    clock = clock_part(m) or ""
    if m.option("that"):
        return _of_that_year(m, month)
    year = m.number("year") or _year_ahead(m) or (_year_of(m, month, day) if m.published else None)
    number = f"-{day:02d}" if day else ""
    if year is None:
        return Reading("TIME" if clock else "DATE", f"XXXX-{month:02d}{number}{clock}")
    try:
        start = date(year, month, day or 1)
    except ValueError:
        return None
    value = f"{year:04d}-{month:02d}{number}{clock}"
    return Reading("TIME" if clock else "DATE", value, _interval(m, start), start, "D" if day else "M")


def read_holiday(m: Moment) -> Reading | None:
    """A feast on a fixed day; "last Christmas" is the one before, whatever the month."""
    month, day = int(m.option("month")), int(m.option("day"))
    if m.published is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}")
    which = m.value("which")
    if not which:
        return dated(date(_year_of(m, month, day), month, day), "D")
    years = range(m.published.year - 1, m.published.year + 2)
    beyond = [
        d for d in (date(year, month, day) for year in years) if (d < m.published if which < 0 else d > m.published)
    ]
    return dated(beyond[-1] if which < 0 else beyond[0], "D")


def _of_that_year(m: Moment, month: int) -> Reading | None:
    """As in "September of that year": the year said last."""
    years = [r.day for r in m.before if r.day is not None and r.unit in ("Y", "M", "D")]
    return dated(years[-1].replace(day=1, month=month), "M") if years else None


def _is_month(m: Moment) -> bool:
    """Whether a bare month is no name ("Theresa May", "Jan Smith") and not cut short ("Mar", "Jan" without a stop)."""
    token, word = head(m.doc, m.span), m.words[m.match.first]
    if token is None or (len(word.text) == 3 and word.lower != "may" and m.last_word != "."):
        return False
    named = token.ent_type_ in ("PERSON", "ORG", "GPE", "FAC", "PRODUCT") or (
        token.dep_ == "compound" and token.head.pos_ == "PROPN"
    )
    titled = any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.lefts)
    speaks = token.dep_ == "nsubj" and token.head.lemma_ in m.leads["person-verbs"]
    return not (named or titled or speaks)


def _year_ahead(m: Moment) -> int | None:
    """The year that a later member of a row gives all ("from June to August 2024")."""
    row = m.words[m.match.end : m.match.end + 6]
    if len(row) < 3 or row[0].lower not in _JOINTS or row[1].lower not in m.values["month"]:
        return None
    year = next(
        (w for w in row[2:5] if w.kind == "number" and 1000 <= (w.value or 0) <= 2199 and "," not in w.text), None
    )
    marks = [w for w in row[2 : row.index(year)] if w.kind not in ("mark", "number", "ordinal")] if year else []
    return int(year.value or 0) if year and not marks else None


def _year_of(m: Moment, month: int, day: int | None) -> int:
    """The year of a date without one, by "last", "this year", the verb's tense, or nearness to the article's date."""
    now = m.published
    assert now is not None
    which = m.value("which")
    if which is not None and m.last_word in ("year", "'s"):
        return now.year + int(which)
    if which is not None:
        return now.year if which == 0 else _beside(now, month, int(which))
    years = (now.year - 1, now.year, now.year + 1)
    target = month * 31 + (day or 0)
    today = now.month * 31 + (now.day if day else 0)
    gaps = {year: (year - now.year) * 372 + target - today for year in years}
    wanted = [
        y for y in years if m.tense not in ("past", "future") or (gaps[y] <= 0 if m.tense == "past" else gaps[y] >= 0)
    ]
    best = min(wanted, key=lambda y: abs(gaps[y]))
    nearest = min(years, key=lambda y: abs(gaps[y]))
    return nearest if day and abs(gaps[best]) > _FAR and abs(gaps[nearest]) < _SOON else best


def _beside(now: date, month: int, which: int) -> int:
    """As in "last June", "next June": the nearest one beyond the neighbouring month, which is called "last month"."""
    if which < 0:
        return now.year if month < now.month - 1 else now.year - 1
    return now.year if month > now.month else now.year + 1


def _interval(m: Moment, start: date) -> str | None:
    """The interval of "May 5-7", "5-7 May" and "June-August 2024"."""
    last, first, month = m.number("last"), m.number("last_day"), m.value("last_month")
    try:
        if last and last > start.day:
            return f"{start.isoformat()}/{start.replace(day=last).isoformat()}"
        if first and first < start.day:
            return f"{start.replace(day=first).isoformat()}/{start.isoformat()}"
        if month and month > start.month:
            return f"{at(start, 'M')}/{at(start.replace(month=month), 'M')}"
    except ValueError:
        return None
    return None


def read_month_part(m: Moment) -> Reading | None:
    """As in "the first week of May", "the last day of May": the day is exact, a week stays its month."""
    month, unit = m.value("month"), m.value("unit")
    year = m.number("year") or (_year_of(m, month, None) if m.published else None)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}")
    start = date(year, month, 1)
    number = m.number("week")
    if unit != "D":
        return dated(start, "M")
    end = shift(shift(start, 1, "M") or start, -1, "D")
    day = shift(start, number - 1, "D") if number else end
    return dated(day, "D") if day and day.month == month else None


# ---- hours ------------------------------------------------------------------------------------------------------------------------------


def clock_part(m: Moment) -> str | None:
    """The hour that was caught, as TIMEX3 writes it ("T17:00")."""
    if m.option("named"):
        return "T12:00" if m.last_word == "noon" else "T24:00"
    word = m.word("clock") or m.word("hour")
    if word is not None and word.kind == "clock":
        hour, minute = (int(part) for part in word.text.split(":")[:2])
    elif word is not None and m.word("ampm"):
        hour, minute = int(word.value or 0), 0
    else:
        return _military(m)
    half = m.value("ampm")
    hour = hour % 12 + (12 if half == "PM" else 0) if half and hour <= 12 else hour
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _military(m: Moment) -> str | None:
    """As in "0401 GMT", "11 GMT"."""
    word = m.word("short_hour")
    if word is None or not word.text.isdigit() or len(word.text) not in (2, 4):
        return None
    hour, minute = int(word.text[:2]), int(word.text[2:] or 0)
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def read_clock(m: Moment) -> Reading | None:
    """An hour: of the day said just before, else of the article's."""
    part = clock_part(m)
    before = m.previous.lower if m.previous else ""
    plain = m.option("named") or (m.word("clock") is not None and not m.word("ampm") and not m.word("zone"))
    if part is None or (
        plain and before not in ("at", "by", "until", "till", "around", "from", "before", "after", "since")
    ):
        return None
    anchor = m.anchor(60)
    day = anchor.day if anchor and anchor.unit == "D" else m.published
    return Reading("TIME", (day.isoformat() if day else "XXXX-XX-XX") + part, day=day, unit="D")


def read_iso(m: Moment) -> Reading | None:
    text = m.words[m.match.first].text
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    clock = re.match(r"T\d\d:\d\d", text[10:])
    return Reading("TIME" if clock else "DATE", text[:10] + (clock[0] if clock else ""), day=day, unit="D")


def read_slash(m: Moment) -> Reading | None:
    """11/02/89 as Americans write it; the day first only where the month cannot be."""
    month, number, year = (int(p) for p in m.words[m.match.first].text.split("/"))
    month, number = (number, month) if month > 12 else (month, number)
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    try:
        return dated(date(year, month, number), "D")
    except ValueError:
        return None


# ---- weekdays ---------------------------------------------------------------------------------------------------------------------------


def read_weekday(m: Moment) -> Reading | None:
    """The nearest such day before the article's date, that date included; after it under a verb that looks ahead."""
    if m.is_name:
        return None
    number, part = int(m.value("weekday")), m.value("daypart")
    clock = clock_part(m)
    part = clock[1:] if clock else part
    if m.published is None:
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))
    return dated(shift(m.published, _days_to(m, number), "D"), "D", part)


def _days_to(m: Moment, number: int) -> int:
    assert m.published is not None
    this_week = number - m.published.isoweekday()
    ahead, which = this_week % 7, m.value("which")
    if (back := m.number("number")) is not None and m.last_word == "ago":
        return ahead - 7 * back
    if which is not None and m.last_word == "week":
        return this_week + 7 * int(which)
    if which == 0:
        return this_week
    if which is not None:
        return ahead - 7 if which < 0 else ahead or 7
    return ahead if ahead == 0 or m.tense == "future" or (m.tense == "present" and _announced(m)) else ahead - 7


def _announced(m: Moment) -> bool:
    """As in "The two meet on Monday": a verb of doing in the present, with a day to come."""
    token = head(m.doc, m.span)
    verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None) if token is not None else None
    return (
        verb is not None
        and verb.tag_ in ("VBZ", "VBP")
        and verb.lemma_ not in ("say", "be", "have", "show", "report", "quote")
    )
