"""Which time expression belongs to which trigger."""

from __future__ import annotations

from kg.extract.context import Context
from kg.model import Span, TimeExpression, TimeRef


def time_of(context: Context, trigger: Span) -> TimeRef | None:
    """The time that the words at `trigger` govern, the nearest in the text of those resolved; None where there is none."""
    governed = [
        t
        for t in context.annotated.times
        if t.edtf and t.type in ("DATE", "TIME") and t.governors and t.governors[0].overlaps(trigger)
    ]
    if not governed:
        return None
    return as_ref(min(governed, key=lambda t: (abs(t.span.start - trigger.start), t.span)))


def as_ref(time: TimeExpression) -> TimeRef:
    return TimeRef(time.edtf or "", time.start, time.end, time.span)
