"""Sums of money with what they are: the damage to a city, the cost of a bridge, a loan to a country.

A sum is read where a noun of the lexicon says what it is and an entity of the text whom or what it concerns; other sums are no claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.data import bundled
from kg.extract.chain import chain
from kg.extract.confidence import confidence
from kg.extract.context import Context
from kg.extract.figures import claim
from kg.extract.tellers import teller
from kg.extract.when import time_of
from kg.model import Clause, Literal_, Quantity, Ref, Span, Statement
from kg.ontology import Ontology

CONCERNED = ("Actor", "Artifact", "Place")
_BEFORE = 110  # characters from the noun to the figure behind it
_AFTER = 40
_NEXT = 30  # characters from "to", "of" to the entity, articles and adjectives between


@dataclass(frozen=True, slots=True)
class Sums:
    """The nouns, where they stand before and behind a figure, and the kinds whose possessor is the one concerned."""

    kind: Mapping[str, str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    put_at: re.Pattern[str]
    concerning: re.Pattern[str]
    owned: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sum:
    """The words that say what a sum is, and whom or what it concerns."""

    noun: Span
    ref: Ref


@cache
def sums() -> Sums:
    data = bundled().yaml("lexicon/measures.yaml")
    money = data["money"]
    kind = {noun: name for name, nouns in money["nouns"].items() for noun in nouns}
    nouns = "|".join(re.escape(noun) for noun in sorted(kind, key=len, reverse=True))
    put_at = "|".join((*data["put-at"], *money["put-at"]))
    return Sums(
        kind,
        re.compile(rf"\b(?P<noun>{nouns})\b", re.IGNORECASE),
        re.compile(rf"(?:-|\s+)(?:in\s+|worth of\s+)?(?:[\w-]+\s+){{0,2}}?(?P<noun>{nouns})\b", re.IGNORECASE),
        re.compile(rf"^[^.;:!?\n\d]*?\b(?:{put_at})\s+$", re.IGNORECASE),
        re.compile(rf"^\s+(?:{'|'.join(money['concerning'])})\s+(?:\w+ing\s+)?", re.IGNORECASE),
        frozenset(money["owned"]),
        frozenset(money["verbs"]),
    )


def money(context: Context, ontology: Ontology, used: set[Span]) -> Iterator[Statement]:
    """`hasCount` statements of what is concerned, for the sums that no relation carries."""
    for quantity in context.annotated.quantities:
        if quantity.span in used or not re.fullmatch("[A-Z]{3}", quantity.unit or ""):
            continue
        found = _costing(context, ontology, quantity) or _named(context, ontology, quantity)
        if found:
            yield _statement(context, quantity, found)


def _named(context: Context, ontology: Ontology, quantity: Quantity) -> Sum | None:
    """As in "put the damage to the city at $3bn", "a $3 billion loan to Pakistan"."""
    start = max(context.evidence(quantity.span).start, quantity.span.start - _BEFORE)
    for match in reversed(list(sums().before.finditer(context.text, start, quantity.span.start))):
        if sums().put_at.match(context.text[match.end() : quantity.span.start]):
            found = _sum(context, ontology, Span(*match.span("noun")), quantity.span.start)
            if found:
                return found
    behind = sums().after.match(context.text, quantity.span.end, quantity.span.end + _AFTER)
    return _sum(context, ontology, Span(*behind.span("noun")), quantity.span.start) if behind else None


def _costing(context: Context, ontology: Ontology, quantity: Quantity) -> Sum | None:
    """As in "the bridge would cost 5 million euros": what the subject names."""
    for clause in context.clauses:
        if clause.kind == "verb" and clause.predicate in sums().verbs and _is_object(clause, quantity):
            subject = next((argument.span for argument in clause.arguments if argument.role == "subject"), None)
            inside = (m for m, one in enumerate(context.annotated.mentions) if subject and subject.covers(one.span))
            ref = _first(context, ontology, inside)
            return Sum(clause.trigger, ref) if ref else None
    return None


def _is_object(clause: Clause, quantity: Quantity) -> bool:
    return any(one.role == "object" and quantity.span.overlaps(one.head) for one in clause.arguments)


def _sum(context: Context, ontology: Ontology, noun: Span, figure: int) -> Sum | None:
    """The sum with the entity that follows its noun ("damage to the city"), or owns it ("Norway's debt")."""
    concerning = sums().concerning.match(context.text[noun.end : noun.end + _NEXT])
    at = noun.end + concerning.end() if concerning else None
    owned = sums().kind[noun.of(context.text).lower()] in sums().owned
    mentions = context.annotated.mentions
    behind = (m for m, one in enumerate(mentions) if at is not None and at <= one.head.start < at + _NEXT)
    before = (m for m, one in enumerate(mentions) if owned and _owns(context, one.span, noun))
    ref = _first(context, ontology, (m for m in behind if not noun.end < figure < mentions[m].span.start))
    ref = ref or _first(context, ontology, before)
    return Sum(noun, ref) if ref else None


def _owns(context: Context, owner: Span, noun: Span) -> bool:
    between = context.text[owner.end : noun.start] if owner.end < noun.start else "-"
    return re.fullmatch(r"['’]s?\s+(?:\w+\s+)?", between) is not None


def _first(context: Context, ontology: Ontology, mentions: Iterator[int]) -> Ref | None:
    refs = (context.ref(m) for m in mentions if context.annotated.mentions[m].kind != "pronoun")
    return next((ref for ref in refs if ref and ontology.fits(context.type_of(ref), CONCERNED)), None)


def _statement(context: Context, quantity: Quantity, found: Sum) -> Statement:
    clause = next((one for one in context.clauses if one.trigger == found.noun), None)
    sources = teller(context, quantity, chain(context, quantity.span))
    tense = clause.tense if clause else "present"
    return Statement(
        kind="quantity",
        predicate="hasCount",
        subject=found.ref,
        object=Literal_(quantity.span.of(context.text), "decimal", quantity.span),
        trigger=found.noun,
        evidence=context.evidence(found.ref.span, quantity.span),
        polarity=clause.polarity if clause else "positive",
        certainty=clause.certainty if clause else "certain",
        tense=tense,
        chain=sources,
        claim=claim(context, quantity, "money", tense, found.ref, time_of(context, found.noun), sources),
        confidence=confidence(("bare-count",)),
        extractor="sum",
        features=("bare-count",),
    )
