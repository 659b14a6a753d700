"""Calendar arithmetic, and the three writings of a time: TIMEX3 value, EDTF level 1, inclusive bounds.

`bounds` is a function of the EDTF alone, so one EDTF string always has the same bounds.

>>> edtf("2024-SU"), bounds("2024-22")
('2024-22', ('2024-06-01', '2024-08-31'))
>>> edtf("199"), edtf("1989-Q3"), edtf("1998-W08")
('199X', '1989-07/1989-09', '1998-02-16/1998-02-22')
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_SEASON = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_SEASON_MONTHS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14)}
DAYS = {"D": 1, "W": 7}
MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}


def shift(day: date, amount: int, unit: str) -> date | None:
    """`amount` units later; None outside the years 1 to 9999."""
    try:
        if unit in DAYS:
            return day + timedelta(days=amount * DAYS[unit])
        months = day.year * 12 + day.month - 1 + amount * MONTHS[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def at(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit that holds the day.

    >>> [at(date(1998, 2, 22), unit) for unit in ("D", "W", "M", "Q", "H", "Y", "E", "C")]
    ['1998-02-22', '1998-W08', '1998-02', '1998-Q1', '1998-H1', '1998', '199', '19']
    """
    year, week, _ = day.isocalendar()
    return {
        "D": day.isoformat(),
        "W": f"{year:04d}-W{week:02d}",
        "WE": f"{year:04d}-W{week:02d}-WE",
        "M": day.isoformat()[:7],
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04d}-H{1 if day.month < 7 else 2}",
        "Y": f"{day.year:04d}",
        "E": f"{day.year // 10:03d}",
        "C": f"{day.year // 100:02d}",
        "L": f"{day.year // 1000:01d}",
    }[unit]


def season_of(day: date) -> tuple[int, str]:
    """Year and season of a day; December to February is the winter of December's year."""
    if day.month < 3:
        return day.year - 1, "WI"
    return day.year, ("SP", "SU", "FA", "WI")[(day.month - 3) // 3]


def monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def edtf(timex: str | None) -> str | None:
    """EDTF level 1 of a TIMEX3 date, or None where it says no date (a duration, a reference, an unknown part)."""
    if timex is None or timex.startswith("P") or "X" in timex or timex.endswith("REF"):
        return None
    value = re.sub(r"(?<=\d)T.*$", "", timex).removeprefix("FY")
    if re.fullmatch(r"\d{4}-W\d\d(-WE)?", value):
        start = monday(int(value[:4]), int(value[6:8]))
        return _days(shift(start, 5, "D") if start and value.endswith("WE") else start, start and shift(start, 6, "D"))
    if m := re.fullmatch(r"(\d{4})-(Q[1-4]|H[12])", value):
        size, number = (3 if m[2][0] == "Q" else 6), int(m[2][1])
        return f"{m[1]}-{size * (number - 1) + 1:02d}/{m[1]}-{size * number:02d}"
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{m[1]}-{_SEASON[m[2]]}"
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "X")
    return value if re.fullmatch(r"\d{4}(-\d\d){0,2}", value) and bounds(value) != (None, None) else None


def _days(start: date | None, end: date | None) -> str | None:
    return f"{start.isoformat()}/{end.isoformat()}" if start and end else None


def bounds(value: str | None) -> tuple[str | None, str | None]:
    """First and last day of an EDTF level 1 string, None where it is open or says nothing.

    >>> bounds("1998-02/.."), bounds("199X"), bounds("2023-24")
    (('1998-02-01', None), ('1990-01-01', '1999-12-31'), ('2023-12-01', '2024-02-29'))
    """
    if not value:
        return None, None
    if "/" in value:
        start, _, end = value.partition("/")
        return bounds(start)[0], bounds(end)[1]
    plain = value.rstrip("~?%")
    if re.fullmatch(r"\d+X+", plain):
        first = max(plain.replace("X", "0"), "0001")  # there is no year nought
        return f"{first}-01-01", f"{plain.replace('X', '9')}-12-31"
    return (
        _date_bounds([int(part) for part in plain.split("-")])
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", plain)
        else (None, None)
    )


def _date_bounds(parts: list[int]) -> tuple[str | None, str | None]:
    try:
        if len(parts) == 1:
            return f"{parts[0]:04d}-01-01", f"{parts[0]:04d}-12-31"
        if len(parts) == 2 and str(parts[1]) in _SEASON_MONTHS:
            first, last = _SEASON_MONTHS[str(parts[1])]
            end_year, end_month = parts[0] + (last > 12), (last - 1) % 12 + 1
            return f"{parts[0]:04d}-{first:02d}-01", date(
                end_year, end_month, monthrange(end_year, end_month)[1]
            ).isoformat()
        if len(parts) == 2:
            start = date(parts[0], parts[1], 1)
            return start.isoformat(), start.replace(day=monthrange(*parts)[1]).isoformat()
        return (date(*parts).isoformat(),) * 2
    except (ValueError, OverflowError):
        return None, None
