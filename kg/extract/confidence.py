"""The named signs of how a statement was found, and what they make of its confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.confidence import calibration
from kg.model import Clause, EventRef, Ref, Span

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.frames import Filler, Match

NEAR, FAR = 4, 14  # words between subject and object
SHORT, LONG = 15, 35  # words of a sentence
# "Ted YohoGOP lawmakers", "Sanders2020": a link's text run into a name by whoever took the page apart.
_GLUED = re.compile(r"\b([A-Z][a-z]{2,})(?=[A-Z][A-Za-z]|[12]\d{3}\b)")
SURE = 0.85  # score of a coreference link that needs no mention


def confidence(features: Iterable[str]) -> float:
    """How likely a statement with these signs is right, in (0, 1), rounded to three digits."""
    return calibration()(features)


def signs(
    context: Context, match: Match, clause: Clause, target: Ref | EventRef, ends: tuple[Filler, Filler]
) -> Iterator[str]:
    """Construction, ends and their types, distance, sentence; those of the parse come with the clause."""
    yield f"kind:{clause.kind}"
    yield f"relation:{match.frame.event or match.frame.relation}"
    if any(end.argument.shared for end in ends):
        yield "shared-argument"
    if isinstance(target, EventRef):
        yield "event-object"
    if any(end.role not in match.frame.where and end.role not in match.frame.heads for end in ends):
        yield "untyped-end"
    yield from sorted({sign for end in ends for sign in _end(context, end)})
    yield from _distance(context, ends[0].argument.span, ends[1].argument.span)
    yield from _sentence(context, clause.trigger)


def _end(context: Context, end: Filler) -> Iterator[str]:
    """What stands at an end, and by which sieve of coreference it is who it is."""
    if end.argument.mention is None:
        return
    mention = context.annotated.mentions[end.argument.mention]
    if mention.kind != "name":
        yield f"end:{mention.kind}"
    link = context.links.get(end.argument.mention)
    if link and link.antecedent is not None:
        yield f"sieve:{link.sieve}"
        if link.score < SURE:
            yield "weak-link"


def _distance(context: Context, one: Span, other: Span) -> Iterator[str]:
    left, right = sorted((one, other))
    words = len(context.text[left.end : right.start].split())
    if words <= NEAR:
        yield "near"
    elif words > FAR:
        yield "far"


def _is_glued(sentence: str) -> bool:
    """Whether a word is a name that stands in the sentence already, run into another word."""
    return any(re.search(rf"\b{one.group(1)}\b", sentence[: one.start()]) for one in _GLUED.finditer(sentence))


def _sentence(context: Context, at: Span) -> Iterator[str]:
    sentence = next((s for s in context.annotated.sentences if s.span.covers(at)), None)
    if sentence is None:
        return
    words = len(sentence.span.of(context.text).split())
    if words <= SHORT:
        yield "short-sentence"
    elif words > LONG:
        yield "long-sentence"
    if _is_glued(sentence.span.of(context.text)):
        yield "glued-words"
    if sentence.block != "body":
        yield f"block:{sentence.block}"
