"""Who held a high office when: whom a last name alone means, and who is called by a post that he held once ("President Lincoln")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.data import bundled
from kg.gazetteer import fold

TERMS = "gazetteer/terms.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """From the day `start` to the day `end`, both ISO; `end` is empty where it goes on."""

    start: str
    end: str

    @classmethod
    def of(cls, start: str, end: str) -> Term:
        """Of years the first and the last day."""
        return cls(start + "-01-01"[: 10 - len(start)], end + "-12-31"[: 10 - len(end)] if end else "")


@cache
def _terms() -> Mapping[tuple[str, str], list[Term]]:
    """By post and name, whole or the last name alone."""
    found: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for post, rows in bundled().yaml(TERMS).items():
        for row in rows:
            name, start, end = (part.strip() for part in str(row).split(","))
            for called in {_plain(name), _plain(name).rpartition(" ")[2]}:
                found[post, called].append(Term.of(start, end))
    return found


def _plain(name: str) -> str:
    """Without initials and accents.

    >>> _plain("Dwight D. Eisenhower"), _plain("François Hollande")
    ('dwight eisenhower', 'francois hollande')
    """
    return re.sub(r"(?<= )[A-Z]{1,3} ", "", fold(name)).lower()


@dataclass(frozen=True, slots=True)
class Holder:
    """One who held an office on a day or before it; `now`: on that day, `lately`: or within a year before."""

    post: str
    given: str
    now: bool
    lately: bool

    def may_be(self, name: Sequence[str]) -> bool:
        """Whether the folded words of a name, whole or the last name alone, may be his: first names begin alike, or there is an initial."""
        first = name[0].rstrip(".")
        return len(name) < 2 or first[:2] == self.given[:2] or first == self.given[:1]


def is_holder(name: Sequence[str], day: str | None) -> bool:
    """Whether somebody of that name, its folded words, is known to have held a high office up to a day."""
    return any(one.may_be(name) for one in holders(name[-1], day))


def holders(last_name: str, day: str | None) -> tuple[Holder, ...]:
    """The known holders of high offices of that last name up to an ISO day; without one those of all times, of whom none is in office.

    >>> [(one.post, one.given) for one in holders("Lincoln", "1870-05-01")], holders("Lincoln", "1850-05-01"), holders("Lee", None)
    ([('president', 'abraham')], (), ())
    """
    year_before = f"{int(day[:4]) - 1}{day[4:]}" if day else ""
    return tuple(
        sorted(
            {
                Holder(
                    post,
                    name.partition(" ")[0],
                    bool(day) and (not term.end or term.end >= (day or "")),
                    bool(day) and (not term.end or term.end >= year_before),
                )
                for post, name, term in _by_last_name().get(_plain(last_name), ())
                if not day or term.start <= day
            },
            key=lambda one: (one.post, one.given, one.now, one.lately),
        )
    )


@cache
def _by_last_name() -> Mapping[str, list[tuple[str, str, Term]]]:
    """Post, whole name and term."""
    found: dict[str, list[tuple[str, str, Term]]] = defaultdict(list)
    for (post, name), terms in _terms().items():
        if " " in name:
            found[name.rpartition(" ")[2]] += [(post, name, term) for term in terms]
    return found


def is_over(post: str, name: str, day: str | None) -> bool:
    """Whether all who are known to have held a post under that name, up to that ISO day, had left it by then.

    >>> is_over("president", "Abraham Lincoln", "2020-05-01"), is_over("president", "Lincoln", "1862-05-01")
    (True, False)
    >>> is_over("president", "Asif Ali Zardari", "2024-05-01"), is_over("president", "Ann Lee", "2020-05-01")
    (False, False)
    """
    known = [term for term in _terms().get((post, _plain(name)), ()) if day and term.start <= day]
    return bool(known) and all(term.end and term.end < (day or "") for term in known)
