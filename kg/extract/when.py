"""Which time expression belongs to which trigger."""

from __future__ import annotations

from kg.extract.context import Context
from kg.model import Span, TimeExpression, TimeRef


def time_of(context: Context, trigger: Span) -> TimeRef | None:
    """The resolved time that the words at `trigger` govern; of several the nearest. None where there is none."""
    governed = [time for time in context.annotated.times if _is_point(time) and _belongs(context, time, trigger)]
    if not governed:
        return None
    return as_ref(min(governed, key=lambda time: (abs(time.span.start - trigger.start), time.span)))


def _is_point(time: TimeExpression) -> bool:
    return bool(time.edtf) and time.type in ("DATE", "TIME")


def _belongs(context: Context, time: TimeExpression, trigger: Span) -> bool:
    """Whether the first of the governing words that tells something, or reports it, is the trigger.

    A noun's support verb ("held" a call) tells what the noun does; words between (the "end" of the war) tell nothing and are passed.
    """
    for governor in time.governors:
        if context.tells(governor):
            return any(word.overlaps(governor) for word in (trigger, context.support_of.get(trigger, trigger)))
    return False


def as_ref(time: TimeExpression) -> TimeRef:
    return TimeRef(time.edtf or "", time.start, time.end, time.span)
