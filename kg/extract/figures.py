"""Figures: which number counts whom in a statement, and numbers that no relation explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.chain import chain
from kg.extract.confidence import confidence
from kg.extract.context import Context
from kg.extract.frames import Match
from kg.extract.when import time_of
from kg.model import Claim, Literal_, Quantity, Ref, Source, Span, Statement, TimeRef
from kg.ontology import Ontology

COUNTED_CLASSES = ("Actor", "Artifact", "Place")


def quantity_of(context: Context, ref: Ref | None) -> Quantity | None:
    """The number that counts this mention."""
    if ref is None:
        return None
    heads = {
        m.head
        for i, m in enumerate(context.annotated.mentions)
        if m.span == ref.span and context.entity_of.get(i) == ref.entity
    }
    return next(
        (q for q in context.annotated.quantities if q.counted and (q.counted in heads or ref.span.covers(q.span))), None
    )


def claim(
    context: Context,
    quantity: Quantity,
    measure: str,
    counted: Ref | None,
    as_of: TimeRef | None,
    sources: tuple[Source, ...],
) -> Claim:
    return Claim(
        measure=_planned(measure, quantity),
        counted=counted,
        value=quantity.value,
        min=quantity.min,
        max=quantity.max,
        comparator=quantity.comparator,
        unit=quantity.unit,
        span=quantity.span,
        as_of=as_of,
        asserted_at=_said_when(context, sources),
    )


def _planned(measure: str, quantity: Quantity) -> str:
    return "additionalPlanned" if quantity.additional and measure in ("deployed", "strength") else measure


def _said_when(context: Context, sources: Iterable[Source]) -> TimeRef | None:
    """When the innermost source that dates its words said so."""
    times = [time_of(context, source.cue) for source in sources if source.cue]
    return next((time for time in reversed(times) if time), None)


def bare_counts(context: Context, ontology: Ontology, matches: list[Match], used: set[Span]) -> Iterator[Statement]:
    """`hasCount` statements for the numbers that no relation carries."""
    measures = _measures(context, ontology, matches)
    for quantity in context.annotated.quantities:
        ref = _counted(context, quantity)
        if quantity.span in used or ref is None or not ontology.fits(context.type_of(ref), COUNTED_CLASSES):
            continue
        yield _bare(context, quantity, ref, measures)


def _counted(context: Context, quantity: Quantity) -> Ref | None:
    if quantity.counted is None or quantity.unit:
        return None
    return next(
        (
            context.ref(i)
            for i, m in enumerate(context.annotated.mentions)
            if m.head == quantity.counted and m.kind != "pronoun"
        ),
        None,
    )


def _measures(context: Context, ontology: Ontology, matches: list[Match]) -> dict[Span, tuple[str, int]]:
    """For the head of each patient or theme of an event that measures something: the measure, and the clause that says it."""
    found: dict[Span, tuple[str, int]] = {}
    for match in matches:
        measure = ontology.measure(match.frame.event) if match.frame.event else None
        for filler in match.fillers if measure else ():
            if filler.role in ("patient", "theme"):
                found.setdefault(filler.argument.head, (measure or "", match.clause))
    return found


def _bare(context: Context, quantity: Quantity, ref: Ref, measures: dict[Span, tuple[str, int]]) -> Statement:
    measure, index = measures.get(quantity.counted or quantity.span) or measures.get(quantity.span) or ("other", -1)
    clause = context.clauses[index] if index >= 0 else None
    trigger = clause.trigger if clause else quantity.span
    sources = chain(context, trigger)
    features = (*(clause.features if clause else ()), "bare-count")
    return Statement(
        kind="quantity",
        predicate="hasCount",
        subject=ref,
        object=Literal_(quantity.span.of(context.text), "decimal", quantity.span),
        trigger=clause.trigger if clause else None,
        evidence=context.evidence(ref.span, quantity.span),
        polarity=clause.polarity if clause else "positive",
        certainty=clause.certainty if clause else "certain",
        tense=clause.tense if clause else "present",
        chain=sources,
        claim=claim(context, quantity, measure, ref, time_of(context, trigger), sources),
        confidence=confidence(features),
        extractor="count",
        features=features,
    )
