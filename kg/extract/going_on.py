"""Bare figures that go on with an earlier count: "the police put the figure at 9,000", "… spoke of 9,000", "up from 22 a day earlier".

Such a figure counts whom the last figure before it counts, by the same measure, in the same sentence or the next one. The words stand in
`lexicon/measures.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kg.extract.context import Context
from kg.extract.measures import lexicon, measures, own_noun
from kg.extract.tellers import gapped, telling
from kg.model import Clause, Quantity, Span, Statement, TimeRef

_WORDS = 110  # characters from "the figure" to the number


@dataclass(frozen=True, slots=True)
class Again:
    """Patterns over the text before a bare figure, and over the text behind it."""

    tally: re.Pattern[str]  # "put the figure at", "the real number was"
    parted: re.Pattern[str]  # "with", before a part that is somewhere
    said: re.Pattern[str]  # "said there were only"
    against: re.Pattern[str]  # "up from"
    ends: re.Pattern[str]  # what may stand behind a figure that counts no noun of its own
    before: Mapping[str, int]  # how many days before, by the words that say so


@cache
def again() -> Again:
    data = lexicon()
    own = data["again"]
    put_at = "|".join(map(re.escape, data["put-at"]))
    nouns = "|".join((*data["numbers"], *own["nouns"]))
    tally = (
        rf"\b(?:the|that|this|its|their|his|her|an?|own|\w+['’]s?) (?:\w+ ){{0,2}}(?:{nouns})s?\b"
        rf"(?: of|[^.;:!?\n\d]*?\b(?:{put_at}))"
    )
    return Again(
        tally=re.compile(rf"(?:{tally}|\b(?:{'|'.join((*own['it'], *own['same']))}))\s+$", re.IGNORECASE),
        said=re.compile(
            rf"\b(?:{'|'.join(own['said'])})(?: that)?(?: (?:{'|'.join(own['there'])}))?\s+$", re.IGNORECASE
        ),
        parted=re.compile(r"\bwith\s+$"),
        against=re.compile(rf"\b(?:{'|'.join(data['against'])})\s+$", re.IGNORECASE),
        ends=re.compile(
            rf"\s*(?:$|[^\w\s%'’-])|\s(?:was|is|has|{'|'.join(data['ends'])})\b|\s(?:{'|'.join(own['before'])})\b"
        ),
        before={words: int(days) for words, days in own["before"].items()},
    )


def gone_on(context: Context, quantity: Quantity, told: Iterable[Statement]) -> Statement | None:
    """The count that a bare figure, or one of people at large, goes on with: the last of `told` before it, where the words around the
    figure take it up.
    """
    noun = own_noun(quantity)
    bare = quantity.counted is None or (noun is not None and noun.of(context.text).lower() in measures().people)
    end = noun.end if noun else quantity.span.end
    aboard = re.match(r"\s(?:on board|aboard)\b", context.text[end : end + 12])
    if (
        not bare
        or aboard
        or quantity.unit is not None
        or not (again().ends.match(context.text, end) or _of_them(context, quantity))
    ):
        return None
    clause = telling(context, quantity)
    subjects = (one for one in clause.arguments if one.role == "subject") if clause else ()
    tellers = [Span(one.span.start, clause.trigger.start) for one in subjects] if clause else []
    last = max((one for one in told if _counts(one, quantity, tellers)), key=_at, default=None)
    if last is None or not context.follows(_at(last), quantity.span):
        return None
    return last if _takes_up(context, quantity, last, clause) else None


def _counts(statement: Statement, quantity: Quantity, tellers: Iterable[Span]) -> bool:
    """Whether it is an earlier count, and not of those who tell: "the largest of the eight unions spoke of 9,000"."""
    claim = statement.claim
    if claim is None or claim.unit is not None or claim.span.end > quantity.span.start:
        return False
    return not (claim.measure == "other" and any(teller.covers(claim.span) for teller in tellers))


def _at(statement: Statement) -> Span:
    assert statement.claim is not None
    return statement.claim.span


def _takes_up(context: Context, quantity: Quantity, last: Statement, clause: Clause | None) -> bool:
    """Whether the words around a figure, or the `clause` that gives it, take up the count before."""
    before, known = _before(context, quantity), again()
    told = context.text[clause.trigger.end : quantity.span.start] if clause else ""
    if clause and re.fullmatch(r"\s+(?:(?:of|at|only|just)\s+)*", told):
        return True
    if own_noun(quantity):
        return False  # "said there were 300 people on board"
    if known.tally.search(before) or known.against.search(before):
        return True
    if last.claim is None or last.claim.measure == "other":
        return False  # of what no measure names a figure goes on only in so many words
    behind = context.text[quantity.span.end : quantity.span.end + 8]
    further = quantity.additional and re.match(r"\s(?:will|would|are|were|have|had)\b", behind)
    part = _of_them(context, quantity) or (known.parted.search(before) and re.match(r"\s(?:in|at|near)\b", behind))
    return bool(known.said.search(before) or further or part or gapped(context, quantity))


def _of_them(context: Context, quantity: Quantity) -> bool:
    return re.match(r"\sof (?:them|whom|those)\b", context.text[quantity.span.end : quantity.span.end + 12]) is not None


def _before(context: Context, quantity: Quantity) -> str:
    start = max(context.evidence(quantity.span).start, quantity.span.start - _WORDS)
    return context.text[start : quantity.span.start]


# ---- "up from 22 a day earlier" ----


def is_former(context: Context, quantity: Quantity) -> bool:
    """Whether it is the figure that another is held against."""
    return again().against.search(_before(context, quantity)) is not None


def former_day(context: Context, quantity: Quantity) -> TimeRef | None:
    """When a former figure held: the date right behind it, or so many days before the article's."""
    near = next((t for t in context.annotated.times if t.edtf and _right_behind(context, quantity, t.span)), None)
    if near:
        return TimeRef(near.edtf or "", near.start, near.end, near.span)
    words = re.match(rf"\s+({'|'.join(again().before)})\b", context.text[quantity.span.end : quantity.span.end + 40])
    published = context.annotated.article.published
    if words is None or not published:
        return None
    day = (date.fromisoformat(published) - timedelta(days=again().before[words.group(1)])).isoformat()
    start = quantity.span.end + words.start(1)
    return TimeRef(day, day, day, Span(start, start + len(words.group(1))))


def _right_behind(context: Context, quantity: Quantity, time: Span) -> bool:
    return re.fullmatch(r"\s+(?:(?:on|in|at|as of|by)\s+)?", context.text[quantity.span.end : time.start]) is not None


def of_former(context: Context, quantity: Quantity, time: TimeRef | None) -> bool:
    """Whether a date belongs to the figure that this one is held against: the "Tuesday" of "40, up from 22 on Tuesday"."""
    if time is None:
        return False
    others = (q for q in context.annotated.quantities if quantity.span.end <= q.span.start < time.span.start)
    return any(is_former(context, other) for other in others)
