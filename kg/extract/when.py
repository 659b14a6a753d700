"""Which time expression belongs to which trigger."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extract.context import Context
from kg.model import Span, TimeExpression, TimeRef

LONG = timedelta(days=365)  # a year: whoever had a post then need not have it now


def time_of(context: Context, trigger: Span) -> TimeRef | None:
    """The resolved time that the words at `trigger` govern; of several the nearest. None where there is none."""
    governed = [time for time in context.annotated.times if _is_point(time) and _belongs(context, time, trigger)]
    if not governed:
        return None
    return as_ref(min(governed, key=lambda time: (abs(time.span.start - trigger.start), time.span)))


def is_long_past(context: Context, named: Span) -> bool:
    """Whether a clause that names somebody tells what was over a year before the article: "President Falk signed it in 2002"."""
    published = context.annotated.article.published
    if not published or not context.annotated.times:
        return False
    verbs = (clause for clause in context.clauses if clause.kind == "verb" and clause.tense == "past")
    # not "Falk, who took office in 2005, said": only what all that is told of him says is past
    naming = [clause for clause in verbs if any(argument.span.covers(named) for argument in clause.arguments)]
    times = [time_of(context, clause.trigger) for clause in naming]
    since = (date.fromisoformat(published) - LONG).isoformat()
    return bool(times) and all(time is not None and time.end is not None and time.end < since for time in times)


def _is_point(time: TimeExpression) -> bool:
    return bool(time.edtf) and time.type in ("DATE", "TIME")


def _belongs(context: Context, time: TimeExpression, trigger: Span) -> bool:
    """Whether the first of the governing words that tells something, or reports it, is the trigger.

    A noun's support verb ("held" a call) tells what the noun does, and the noun what its verb does; words between (the "end" of the
    war) tell nothing and are passed.
    """
    opens = _opens_clause(context, time)
    for governor in time.governors:
        if opens and governor.start < time.span.start:
            continue
        if context.tells(governor):
            told = (trigger, context.support_of.get(trigger, trigger), *context.supported_by.get(trigger, ()))
            return any(word.overlaps(governor) for word in told)
    return False


def _opens_clause(context: Context, time: TimeExpression) -> bool:
    """ "…, and in May, the council voted": the time belongs to what follows, whatever the parser hung it on."""
    before, after = (
        context.text[max(0, time.span.start - 24) : time.span.start],
        context.text[time.span.end : time.span.end + 1],
    )
    return after == "," and re.search(r"[,;] (and|but|while) (\w+ )?$", before) is not None


def as_ref(time: TimeExpression) -> TimeRef:
    return TimeRef(time.edtf or "", time.start, time.end, time.span)
