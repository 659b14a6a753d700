"""Counts that would mislead: of what is one of a kind, of a part said of the whole, of the whole in a rate, of a number that is a name."""

from __future__ import annotations

import re

from kg.extract.context import Context
from kg.model import Span, Statement

ONE_OF_A_KIND = ("Person", "Place", "Organization")
# "two of the G7 members": the figure is not that of the members
_PART = re.compile(r"\s+(?:or more\s+)?of\s+(?:the|these|those|its|his|her|their|our|\w+['’]s)\b", re.IGNORECASE)
_RATE = re.compile(r"\b\w+ (?:in|out of)(?: every)? $", re.IGNORECASE)  # "six in 10 doctors"
_RATED = re.compile(r" (?:in|out of)(?: every)? (?=[\w,]+)", re.IGNORECASE)


def is_idle(context: Context, statement: Statement) -> bool:
    """Whether a bare count says nothing true of what it is said of."""
    if statement.claim is None or statement.claim.unit:
        return False
    entity, span = context.entities[statement.subject.entity], statement.claim.span
    if entity.named and any(context.ontology.is_a(entity.type, one) for one in ONE_OF_A_KIND):
        return True
    if _is_rated(context, span):
        return True
    if statement.claim.measure != "other":  # "At Least 10 Dead In Lomé"
        return False
    if _capital_inside(context, statement):
        return True
    return _PART.match(context.text, span.end) is not None


def _is_rated(context: Context, span: Span) -> bool:
    """Either number of "six in 10 doctors"."""
    starts = {q.span.start for q in context.annotated.quantities}
    ends = {q.span.end for q in context.annotated.quantities}
    before = _RATE.search(context.text[max(0, span.start - 24) : span.start])
    after = _RATED.match(context.text, span.end)
    first = before is not None and span.start - len(before.group().partition(" ")[2]) - 1 in ends
    return first or (after is not None and after.end() in starts)


def _capital_inside(context: Context, statement: Statement) -> bool:
    """ "the Gang of Eight": a number with a capital that opens no sentence."""
    span = statement.claim.span if statement.claim else statement.evidence
    opens = any(span.start - sentence.span.start < 2 for sentence in context.annotated.sentences)
    before = context.text[: span.start].rstrip("\"“”'‘( ")[-1:]
    return span.of(context.text).istitle() and not opens and before.isalpha()
