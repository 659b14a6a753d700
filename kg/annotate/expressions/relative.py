"""Times counted from the article's date or from another time, lengths, repetitions, and loose references."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.annotate.expressions.calendar import at, edtf, shift
from kg.annotate.expressions.moment import REFS, Moment, Reading, amount, dated, duration, loose, precision, stepped

_PAUSES = (",", ".", ";", ")", '"')
_NEAR, _SAME_STORY = 250, 600  # characters: how far back a date may stand that others are counted from


def read_offset(m: Moment) -> Reading | None:
    """So many units from the article's date: "today", "this morning", "earlier in the week"."""
    unit, part, step = m.option("unit") or m.value("unit"), m.option("part") or m.value("daypart"), int(m.option("n"))
    if m.is_name:
        return None
    if m.published is None:
        return loose(step, part)
    return dated(stepped(m.published, step, unit), precision(unit), part)


def read_ago(m: Moment) -> Reading | None:
    """As in "three days ago", "a year earlier", "two weeks from now".

    "Earlier" and "before" count from a time that stands near; a year back from a quarter is that quarter a year before.
    """
    unit, sign = m.option("unit") or m.value("unit"), int(m.option("sign", -1))
    text, count = amount(m)
    from_here = sign > 0 or m.last_word in ("ago", "back")
    anchor = m.anchor(_SAME_STORY) if not from_here or unit == "Y" else None
    if count is None or unit.startswith("T"):
        return loose(sign) if from_here else duration(text, unit)
    quarterly = anchor is not None and anchor.unit == "Q" and unit == "Y"
    base = anchor.day if anchor is not None and (quarterly or not from_here) else m.published
    if base is None:
        return loose(sign) if from_here else duration(text, unit)
    if anchor is None and not from_here and unit != "Y":
        return duration(text, unit)
    return dated(stepped(base, sign * count, unit), "Q" if quarterly else precision(unit))


def read_later(m: Moment) -> Reading | None:
    """As in "two days later": a length, and the date that it leads to where it is counted from one that stands near.

    "Two days after" waits for the date that follows (`counted`).
    """
    unit = m.value("unit")
    reading = duration(amount(m)[0], unit)
    anchor = m.anchor(_NEAR) if m.option("side") != "right" else None
    return counted(reading, anchor, 1, m.published) if anchor else reading


def counted(length: Reading, anchor: Reading, sign: int, published: date | None) -> Reading:
    """The length with the date that it leads to from an anchor of fitting precision ("two days" from a day, not from a month)."""
    found = re.fullmatch(r"P(\d+)([DWMY])", length.value or "")
    if found is None or anchor.day is None or anchor.unit not in _FINE_ENOUGH[found[2]]:
        return length
    day = shift(anchor.day, sign * int(found[1]), found[2])
    if day is None or (published is not None and day > published and anchor.day <= published):
        return length
    unit = "D" if found[2] == "D" else precision(found[2])
    return replace(length, edtf=edtf(at(day, unit)), day=day, unit=unit)


_FINE_ENOUGH = {"D": ("D",), "W": ("D", "W"), "M": ("D", "M"), "Y": ("D", "M", "Y", "Q")}


def read_following(m: Moment) -> Reading | None:
    """As in "the following month", "the same day", "until then": counted from the last date said."""
    unit, step, anchor = m.value("unit"), int(m.option("n")), m.anchor(_SAME_STORY)
    if m.word("weekday"):
        return _following_weekday(m, anchor)
    if anchor is None or anchor.day is None:
        return loose(step) if step else None
    if unit is None:
        return dated(anchor.day, anchor.unit or "D")
    if unit not in ("D", "W", "M", "Y", "E") or (unit == "D" and anchor.unit != "D"):
        return loose(step) if step else None
    return dated(stepped(anchor.day, step, unit), unit)


def _following_weekday(m: Moment, anchor: Reading | None) -> Reading | None:
    number = int(m.value("weekday"))
    if anchor is None or anchor.day is None or anchor.unit != "D":
        return Reading("DATE", f"XXXX-WXX-{number}")
    return dated(stepped(anchor.day, (number - anchor.day.isoweekday()) % 7 or 7, "D"), "D")


# ---- lengths ----------------------------------------------------------------------------------------------------------------------------


def read_span(m: Moment) -> Reading | None:
    """As in "the past three months", "the next two weeks": a length that ends or begins with the article's date.

    Its EDTF runs from day to day, for years and longer from month to month.
    """
    unit, sign = m.value("unit"), int(m.option("sign"))
    text, count = amount(m)
    reading = duration(text, unit)
    other = stepped(m.published, sign * count, unit) if count and m.published and not unit.startswith("T") else None
    if other is None or m.published is None:
        return reading
    first, last = sorted((other, m.published))
    exact = "M" if unit in ("Y", "E", "C", "L", "Q") else "D"
    return Reading("DURATION", reading.value, f"{at(first, exact)}/{at(last, exact)}")


def read_length(m: Moment) -> Reading | None:
    unit = m.value("unit") or m.option("unit")
    word = m.word("number")
    if m.option("guarded") and not _introduced(m):
        return None
    if unit == "TS" and m.last_word == "second" and m.words[m.match.end - 1].text[0].isupper():
        return None  # "10 Second Amendment cases"
    if unit == "TS" and m.word("article") and m.following is not None and m.following.text not in _PAUSES:
        return None  # "a second chance"
    if (
        word is not None
        and word.lower == "one"
        and unit == "D"
        and m.words[m.match.end - 2].text != "-"
        and not _introduced(m)
    ):
        return None  # "he will one day return"
    if (m.option("age") and unit == "Y") or (unit == "Q" and word is not None and (word.value or 0) > 100):
        return None
    text, count = amount(m)
    if m.option("half"):
        text = f"{count + 0.5:g}" if count and word is not None and word.kind == "number" else "0.5"
    return duration(text, unit)


def _introduced(m: Moment) -> bool:
    """Whether "a week" is a length ("for a week"), and not a thing ("a day to remember") or a rate."""
    return (
        m.previous is not None
        and m.previous.lower in m.leads["length-after"]
        and not (m.value("unit") == "Q" and m.following is not None and m.following.lower == "of")
    )


# ---- repetitions and loose references ---------------------------------------------------------------------------------------------------


def read_every(m: Moment) -> Reading | None:
    if (month := m.value("month")) is not None:
        return Reading("SET", f"XXXX-{month:02d}")
    if (season := m.value("season")) is not None:
        return Reading("SET", f"XXXX-{season}")
    if (weekday := m.value("weekday")) is not None:
        return Reading("SET", f"XXXX-WXX-{weekday}")
    if (part := m.value("daypart")) is not None:
        return Reading("SET", f"XXXX-XX-XXT{part}")
    text, _ = amount(m)
    return Reading("SET", duration("1" if text == "X" else text, m.value("unit")).value)


def read_often(m: Moment) -> Reading | None:
    """An adverb such as "daily"; before a noun it says what kind and is none."""
    token = m.doc.char_span(m.span.start, m.span.end, alignment_mode="expand")
    if token is not None and token.root.dep_ in ("amod", "compound", "nmod"):
        return None
    return Reading("SET", m.value("often"))


def read_reference(m: Moment) -> Reading | None:
    if m.option("at") and (m.previous is None or m.previous.lower not in ("at", "by", "since", "until")):
        return None
    return Reading("DATE", m.option("value")) if m.option("value") in REFS.values() else None


def read_nothing(m: Moment) -> Reading | None:
    """For a rule that only keeps others away."""
    return None
