"""Figures: which number counts whom in a statement, and numbers that no relation explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.data import bundled
from kg.extract.chain import chain
from kg.extract.confidence import confidence
from kg.extract.context import Context, singular
from kg.extract.frames import Match
from kg.extract.when import as_ref, time_of
from kg.model import Claim, Literal_, Quantity, Ref, Source, Span, Statement, Tense, TimeRef
from kg.ontology import Ontology

HARM = ("killed", "wounded", "killedOrWounded")  # "4,700 casualties": the noun says it better than any verb
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
    tense: Tense,
    counted: Ref | None,
    as_of: TimeRef | None,
    sources: tuple[Source, ...],
) -> Claim:
    """The figure with its measure: the clause's, else that of the noun counted; of forces still to come a planned one."""
    noun = _by_noun(context, quantity)
    measure = noun if measure == "other" or noun in HARM else measure
    measure = _behind(context, quantity)[0] or measure
    measure = _restricted(context, counted) if measure == "other" and counted else measure
    planned = quantity.additional or tense == "future"
    return Claim(
        measure=measures_of_nouns()[1].get(measure, measure) if planned else measure,
        counted=counted,
        value=quantity.value,
        min=quantity.min,
        max=quantity.max,
        comparator=quantity.comparator,
        unit=quantity.unit,
        span=quantity.span,
        as_of=_as_of(context, quantity) or as_of,
        asserted_at=_said_when(context, sources),
    )


@cache
def measures_of_nouns() -> tuple[dict[str, str], dict[str, str]]:
    """Measure by lemma of the counted noun, and the planned measure of each that has one."""
    data = bundled().yaml("lexicon/measures.yaml")
    return {noun: measure for measure, nouns in data["counted"].items() for noun in nouns}, data["planned"]


def _by_noun(context: Context, quantity: Quantity) -> str:
    word = quantity.counted.of(context.text).lower() if quantity.counted else ""
    by_noun = measures_of_nouns()[0]
    return by_noun.get(word) or by_noun.get(singular(word)) or "other"


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all that may stand behind a counted noun, a group a measure; and the measure of each restriction."""
    data = bundled().yaml("lexicon/measures.yaml")
    passed = "|".join(map(re.escape, data["passed"]))
    told = "|".join(f"(?P<{measure}>{'|'.join(forms)})" for measure, forms in data["behind"].items())
    return re.compile(rf"(?:\s(?:{passed})\b)*\s(?:{told})", re.IGNORECASE), data["restricted"]


def _behind(context: Context, quantity: Quantity) -> tuple[str | None, Span | None]:
    """The measure that the words right behind the counted noun give, and those words."""
    noun = quantity.counted
    if (
        noun is None or not 0 <= noun.start - quantity.span.end < 40
    ):  # the noun that stands with the figure, not one taken over
        return None, None
    match = _phrases()[0].match(context.text, noun.end, noun.end + 80)
    measure = match.lastgroup if match else None
    return (measure, Span(*match.span(measure))) if match and measure else (None, None)


def _told(context: Context, quantity: Quantity, measures: dict[Span, tuple[str, int]]) -> tuple[str, int] | None:
    """The measure of the nearest governing word that has one, if no other predicate stands between ("confirmed the count of 90 men")."""
    for word in quantity.governors:
        if word in measures or context.tells(word):
            return measures.get(word)
    return None


def _restricted(context: Context, counted: Ref) -> str:
    restrictions = context.entities[counted.entity].restrictions
    return next((_phrases()[1][one] for one in restrictions if one in _phrases()[1]), "other")


def _as_of(context: Context, quantity: Quantity) -> TimeRef | None:
    """ "As of Friday, the agency had counted 90 dead": the date that says of when the figure is, within its part of the sentence."""
    sentence = context.evidence(quantity.span)
    start = max(sentence.start, context.text.rfind(";", sentence.start, quantity.span.start) + 1)
    near = (t for t in context.annotated.times if start <= t.span.start < quantity.span.start and t.edtf)
    dated = [t for t in near if re.search(r"\b(as of|as at)\s*$", context.text[start : t.span.start], re.IGNORECASE)]
    return as_ref(dated[-1]) if dated else None


def _said_when(context: Context, sources: Iterable[Source]) -> TimeRef | None:
    """When the innermost source that dates its words said so."""
    times = [time_of(context, source.cue) for source in sources if source.cue]
    return next((time for time in reversed(times) if time), None)


def bare_counts(context: Context, ontology: Ontology, matches: list[Match], used: set[Span]) -> Iterator[Statement]:
    """`hasCount` statements for the numbers that no relation carries."""
    measures = _measures(context, ontology, matches)
    for quantity in context.annotated.quantities:
        ref, measure = _counted(context, quantity), None
        if ref is None:
            ref, measure = _elliptic(context, ontology, quantity)
        if quantity.span in used or ref is None or not ontology.fits(context.type_of(ref), COUNTED_CLASSES):
            continue
        yield _bare(context, quantity, ref, measures, measure)


def _nearer(context: Context, quantity: Quantity, one: int, other: int) -> bool:
    """Whether the first clause stands nearer to the figure: "15,000 troops were sent, of whom 600 were killed"."""
    gaps = [abs(context.clauses[index].trigger.start - quantity.span.start) for index in (one, other)]
    return gaps[0] < gaps[1]


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


def _elliptic(context: Context, ontology: Ontology, quantity: Quantity) -> tuple[Ref | None, str | None]:
    """ "600 sailors were killed and two captured": a number and a participle; it counts those counted before it in the sentence."""
    participle = re.match(r" (\w+)ed\b", context.text[quantity.span.end : quantity.span.end + 24])
    if quantity.counted or quantity.unit or participle is None:
        return None, None
    stem = participle.group(1)
    frames = (f for lemma in (stem, f"{stem}e", stem[:-1]) for f in ontology.frames("verbs", lemma) if f.event)
    measure = next((measure for frame in frames if (measure := ontology.measure(frame.event or ""))), None)
    sentence = context.evidence(quantity.span)
    before = [
        q for q in context.annotated.quantities if q.counted and sentence.start <= q.span.start < quantity.span.start
    ]
    return (_counted(context, before[-1]) if measure and before else None), measure


def _measures(context: Context, ontology: Ontology, matches: list[Match]) -> dict[Span, tuple[str, int]]:
    """For the trigger of each event that measures something, and for the heads of its patient and theme: measure and clause."""
    found: dict[Span, tuple[str, int]] = {}
    for match in matches:
        measure = ontology.measure(match.frame.event) if match.frame.event else None
        if not measure:
            continue
        for head in (
            context.clauses[match.clause].trigger,
            *(f.argument.head for f in match.fillers if f.role in ("patient", "theme")),
        ):
            earlier, index = found.setdefault(head, (measure, match.clause))
            if {earlier, measure} == {"killed", "wounded"} and _joined(context, index, match.clause):
                found[head] = ("killedOrWounded", index)
    return found


def _joined(context: Context, one: int, other: int) -> bool:
    """ "killed or wounded": two predicates with nothing but a conjunction between them."""
    left, right = sorted((context.clauses[one].trigger, context.clauses[other].trigger))
    return context.text[left.end : right.start].strip() in ("or", "and", "and/or")


def _bare(
    context: Context, quantity: Quantity, ref: Ref, measures: dict[Span, tuple[str, int]], own: str | None = None
) -> Statement:
    """The count of `ref`; `own`: the measure that the words right behind the figure give."""
    said = _behind(context, quantity)[1]
    told = _told(context, quantity, measures)
    counted = measures.get(quantity.counted or quantity.span)
    nearer = told and (counted is None or _nearer(context, quantity, told[1], counted[1]))
    measure, index = (told if nearer else counted) or ("other", -1)
    clause = context.clauses[index] if index >= 0 else None
    if said:  # whatever governs the figure besides: these words are the ones that say what befell the people counted
        clause = next((one for one in context.clauses if one.kind == "verb" and said.covers(one.trigger)), None)
    trigger = clause.trigger if clause else quantity.span
    sources = chain(context, trigger)
    features = (*(clause.features if clause else ()), "bare-count")
    tense: Tense = clause.tense if clause else "present"
    return Statement(
        kind="quantity",
        predicate="hasCount",
        subject=ref,
        object=Literal_(quantity.span.of(context.text), "decimal", quantity.span),
        trigger=clause.trigger if clause else None,
        evidence=context.evidence(ref.span, quantity.span),
        polarity=clause.polarity if clause else "positive",
        certainty=clause.certainty if clause else "certain",
        tense=tense,
        chain=sources,
        claim=claim(context, quantity, own or measure, tense, ref, time_of(context, trigger), sources),
        confidence=confidence(features),
        extractor="count",
        features=features,
    )
