"""Who gives a figure where no attribution covers it: "the Red Cross counted 90 dead", "the ministry put the toll at 90"."""

from __future__ import annotations

import re
from functools import cache

from kg.data import bundled
from kg.extract.context import Context
from kg.model import Argument, Clause, Quantity, Source

_NONE = -1  # of no attribution of the text


@cache
def _verbs() -> dict[str, re.Pattern[str]]:
    """The verbs, and what must stand between each and the figure."""
    verbs: dict[str, str] = bundled().yaml("lexicon/measures.yaml")["tellers"]
    return {verb: re.compile(between, re.IGNORECASE) for verb, between in verbs.items()}


def telling(context: Context, quantity: Quantity) -> Clause | None:
    """The clause that gives the figure: the nearest of those that govern it."""
    for word in quantity.governors:
        clause = next((one for one in context.clauses if one.kind == "verb" and one.trigger.overlaps(word)), None)
        between = _verbs().get(clause.predicate) if clause else None
        if clause and between and clause.trigger.end <= quantity.span.start:
            told = context.text[clause.trigger.end : quantity.span.start]
            return clause if between.search(told) and not re.search(r"[.;:]\s", told) else None
    return None


def teller(context: Context, quantity: Quantity, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources with whoever gives the figure as the last link, if an actor does and is not credited already."""
    clause = telling(context, quantity)
    if clause is None or clause.polarity == "negative" or any(source.cue == clause.trigger for source in sources):
        return sources
    level = 1 + max((source.level for source in sources), default=-1)
    subjects = (one for one in clause.arguments if one.role == "subject")
    found = (_source(context, clause, subject, level) for subject in subjects)
    return (*sources, *(source for source in found if source))


def _source(context: Context, clause: Clause, subject: Argument, level: int) -> Source | None:
    """An actor, or whatever has a name or no entity at all: who counts is no award and no weapon."""
    ref = context.ref(subject.mention)
    entity = context.entities[ref.entity] if ref else None
    if ref and entity and not entity.named and not context.ontology.is_a(entity.type, "Actor"):
        return None
    span = ref.span if ref else subject.span
    label = entity.label if entity else without_article(span.of(context.text))
    words = clause.trigger.of(context.text)
    return Source(level, ref.entity if ref else None, label, span, clause.trigger, words, "neutral", _NONE)


def without_article(phrase: str) -> str:
    """
    >>> without_article("The civil defence")
    'civil defence'
    """
    return re.sub(r"^(the|an?)\s+", "", phrase, flags=re.IGNORECASE)
