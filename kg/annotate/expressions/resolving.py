"""What a found time expression means: one function for each `how` of the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.annotate.expressions import dates, periods, relative
from kg.annotate.expressions.calendar import edtf
from kg.annotate.expressions.moment import Moment, Reading

HOW: dict[str, Callable[[Moment], Reading | None]] = {
    "date": dates.read_date,
    "holiday": dates.read_holiday,
    "month-part": dates.read_month_part,
    "clock": dates.read_clock,
    "iso": dates.read_iso,
    "slash": dates.read_slash,
    "weekday": dates.read_weekday,
    "unit": periods.read_unit,
    "season": periods.read_season,
    "year": periods.read_year,
    "decade": periods.read_decade,
    "century": periods.read_century,
    "quarter": periods.read_quarter,
    "half": periods.read_half,
    "yearend": periods.read_yearend,
    "offset": relative.read_offset,
    "ago": relative.read_ago,
    "later": relative.read_later,
    "following": relative.read_following,
    "span": relative.read_span,
    "length": relative.read_length,
    "every": relative.read_every,
    "often": relative.read_often,
    "ref": relative.read_reference,
    "none": relative.read_nothing,
}


def resolve(moment: Moment) -> Reading | None:
    """The reading of a match, or None where it is no time after all."""
    reading = HOW[moment.match.rule.how](moment)
    if reading is None:
        return None
    return replace(reading, edtf=reading.edtf or edtf(reading.value), end=moment.span.end)
