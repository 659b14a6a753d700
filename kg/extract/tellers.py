"""Who gives a figure where no attribution covers it: "the Red Cross counted 90 dead", "the ministry put the toll at 90"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.context import Context
from kg.extract.measures import lexicon, measures
from kg.model import Argument, Clause, Quantity, Ref, Source, Span

_LATER = 120  # characters from a figure to the words that take it up again
_NONE = -1  # of no attribution of the text


@dataclass(frozen=True, slots=True)
class Tellers:
    """The words that give, own and confirm a figure."""

    verbs: Mapping[str, re.Pattern[str]]  # and what must stand between each and the figure
    behind: frozenset[str]  # of these, those that may stand behind what they tell
    actors: frozenset[str]  # and those that only an actor tells by
    houses: frozenset[str]  # nouns for those that tell what they see, though they are no actors
    being: frozenset[str]  # verbs that say where a figure stands, not who gives it: "the ministry's number was 119,000"
    repeating: frozenset[str]  # verbs of giving another's figure again
    confirming: frozenset[str]  # words of saying that confirm another's figure
    confirmed_by: re.Pattern[str]  # before whoever confirms, the word as a group
    has_confirmed: re.Pattern[str]  # behind them
    tally: re.Pattern[str]  # a noun for a figure
    the_tally: re.Pattern[str]  # and such that take one up: "the figure", "an estimate"
    owned: re.Pattern[str]  # between an owner and the figure: "'s toll of"


@cache
def tellers() -> Tellers:
    data = lexicon()
    confirming = "|".join(sorted(data["confirming"], key=len, reverse=True))  # "bore out" before "bore"
    numbers, put_at = "|".join(data["numbers"]), "|".join(map(re.escape, data["put-at"]))
    nouns = "|".join((*data["numbers"], *data["again"]["nouns"]))
    return Tellers(
        verbs={verb: re.compile(between, re.IGNORECASE) for verb, between in data["tellers"].items()},
        behind=frozenset(data["tellers-behind"]),
        actors=frozenset(data["tellers-actors"]),
        houses=frozenset(data["telling-houses"]),
        being=measures().rises - frozenset(data["tellers"]),
        repeating=frozenset(data["repeating"]),
        confirming=frozenset(data["confirming"]),
        confirmed_by=re.compile(rf"\b({confirming}) by\s+(?:the\s+)?"),
        has_confirmed=re.compile(rf"\s+(?:(?:has|had|have|later|also)\s+)*({confirming})\b"),
        tally=re.compile(data["tally"], re.IGNORECASE),
        the_tally=re.compile(
            rf"(?:the|that|this|an?|its|their) (?:{numbers}|toll|death toll|estimate)s?", re.IGNORECASE
        ),
        owned=re.compile(rf"['’]s?\s+(?:own\s+|\w+\s+)?(?:{nouns})s?\s+(?:of|{put_at})\s+$", re.IGNORECASE),
    )


def telling(context: Context, quantity: Quantity) -> Clause | None:
    """The clause that gives the figure: the nearest of those that govern it."""
    for word in quantity.governors:
        clause = next((one for one in context.clauses if one.kind == "verb" and one.trigger.overlaps(word)), None)
        between = tellers().verbs.get(clause.predicate) if clause else None
        if clause and clause.predicate in tellers().behind and _is_complement(clause, quantity):
            return clause
        if clause and between and clause.trigger.end <= quantity.span.start:
            told = context.text[clause.trigger.end : quantity.span.start]
            return clause if between.search(told) and not re.search(r"[.;:]\s", told) else None
    return _before_colon(context, quantity)


def _before_colon(context: Context, quantity: Quantity) -> Clause | None:
    """The clause whose words end in "the toll:" right before the figure: "the doctors confirmed the group's toll: 23 people killed"."""
    sentence = context.evidence(quantity.span)
    if not re.search(r"\w:\s+(?:\w+\s+){0,2}$", context.text[sentence.start : quantity.span.start]):
        return None
    inside = (one for one in context.clauses if one.kind == "verb" and sentence.start <= one.trigger.start)
    before = (one for one in inside if one.trigger.end < quantity.span.start and one.predicate in tellers().verbs)
    clause = max(before, key=lambda one: one.trigger.start, default=None)
    told = context.text[clause.trigger.end : quantity.span.start] if clause else ""
    return clause if clause and tellers().tally.search(told) else None


def _by_name(context: Context, subject: Argument) -> Ref | None:
    """The name beside a description: the "Nima Tenzing" of "a mountain guide, Nima Tenzing, put the toll at 17"."""
    for clause in context.clauses:
        if clause.kind == "apposition" and clause.trigger.overlaps(subject.head):
            refs = (context.ref(one.mention) for one in clause.arguments if one.role == "subject")
            return next((ref for ref in refs if ref and context.entities[ref.entity].named), None)
    return None


def _is_complement(clause: Clause, quantity: Quantity) -> bool:
    """ "Rebuilding will cost 5 billion, the ministry calculated"."""
    return any(one.role == "complement" and one.span.covers(quantity.span) for one in clause.arguments)


def teller(context: Context, quantity: Quantity, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources with whoever gives the figure as the last link, if an actor does and is not credited already; and whose it is that he
    repeats.
    """
    clause, owner = telling(context, quantity), owning(context, quantity)
    if gap := gapped(context, quantity):
        return (gap,)
    if clause is None or clause.predicate in tellers().being:
        last = 1 + max((source.level for source in sources), default=-1)
        confirmed = any(source.cue_text.lower() in tellers().confirming for source in sources)
        known = owner is None or confirmed or any(source.entity == owner.entity for source in sources)
        return sources if known or owner is None else (*sources, replace(owner, level=last))
    if clause.polarity == "negative":
        return sources
    told = sources if any(source.cue == clause.trigger for source in sources) else _with(context, clause, sources)
    if told and owner and clause.predicate in tellers().repeating and owner.entity != told[-1].entity:
        return (*told, replace(owner, level=told[-1].level + 1))  # "the Red Cross repeated the ministry's figure"
    return told


def _with(context: Context, clause: Clause, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources with the subject of the clause as the last link."""
    level = 1 + max((source.level for source in sources), default=-1)
    subjects = (one for one in clause.arguments if one.role == "subject")
    found = [source for subject in subjects if (source := _source(context, clause, subject, level))]
    if not found and sources and clause.trigger.of(context.text).endswith("ing"):
        # "the union said 40 had died, confirming the count of the police": its own words
        said = replace(sources[-1], cue=clause.trigger, cue_text=clause.trigger.of(context.text))
        return (*sources[:-1], said)
    return (*sources, *found)


def gapped(context: Context, quantity: Quantity) -> Source | None:
    """Who gives a figure where the verb is left out: the union of "the police counted 9,000 marchers, the union 40,000"."""
    start = context.evidence(quantity.span).start
    before = context.text[max(start, quantity.span.start - _LATER) : quantity.span.start]
    found = re.search(r"[,;]\s+(?:(?:and|but|while|whereas)\s+)?(?:the\s+)?([^,;\d]{2,60}?)\s+$", before)
    at = quantity.span.start - len(before)
    if found is None or not any(start <= q.span.start < at + found.start() for q in context.annotated.quantities):
        return None
    end = at + found.end(1)
    first = end - len(found.group(1))
    mention = next(
        (m for m, one in enumerate(context.annotated.mentions) if one.span.end == end and one.span.start <= first), None
    )
    ref = context.ref(mention)
    kind = context.type_of(ref) if ref else ""
    if ref is None or context.ontology.is_a(kind, "Place") or not context.ontology.is_a(kind, "Actor"):
        return None
    return _wordless(context, ref)


def _wordless(context: Context, ref: Ref) -> Source:
    """Who gives a figure without a word of saying."""
    return Source(0, ref.entity, context.entities[ref.entity].label, ref.span, None, "", "neutral", _NONE)


def owning(context: Context, quantity: Quantity) -> Source | None:
    """Whose figure it is: the ministry of "the ministry's toll of 40"."""
    start = max(0, quantity.span.start - _LATER)
    owned = tellers().owned.search(context.text[start : quantity.span.start])
    if owned is None:
        return None
    end = start + owned.start()
    mention = next((m for m, one in enumerate(context.annotated.mentions) if one.span.end == end), None)
    ref = context.ref(mention)
    if ref is None or not context.ontology.is_a(context.type_of(ref), "Actor"):
        return None
    return _wordless(context, ref)


def _source(context: Context, clause: Clause, subject: Argument, level: int) -> Source | None:
    """An actor, or whatever has a name or no entity at all: who counts is no award and no weapon."""
    ref = _by_name(context, subject) or context.ref(subject.mention)
    entity = context.entities[ref.entity] if ref else None
    if any(subject.head == quantity.counted for quantity in context.annotated.quantities):
        return None  # who is counted counts nobody
    if entity is None and clause.predicate in tellers().actors:
        return None
    tells = entity is None or entity.named or context.head_lemma(subject) in tellers().houses
    if entity and not tells and not context.ontology.is_a(entity.type, "Actor"):
        return None
    span = ref.span if ref else subject.span
    label = entity.label if entity else without_article(span.of(context.text))
    words = clause.trigger.of(context.text)
    return Source(level, ref.entity if ref else None, label, span, clause.trigger, words, "neutral", _NONE)


def confirmers(context: Context, quantity: Quantity, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources with those who are said to confirm the figure beside the last link: "the figure was confirmed by the army"."""
    level = max((source.level for source in sources), default=0)
    found: list[Source] = []
    told = (*_by_attribution(context, quantity), *_by_participle(context, quantity), *_by_relative(context, quantity))
    for ref, cue in told:
        label, words = context.entities[ref.entity].label, cue.of(context.text)
        if all(source.entity != ref.entity for source in (*sources, *found)):
            found.append(Source(level, ref.entity, label, ref.span, cue, words, "neutral", _NONE))
    return (*sources, *found)


def _by_attribution(context: Context, quantity: Quantity) -> Iterator[tuple[Ref, Span]]:
    for attribution in context.annotated.attributions:
        said = [piece for piece in attribution.content if tellers().the_tally.fullmatch(piece.of(context.text))]
        cue = next((cue for cue in attribution.cue if cue.of(context.text).lower() in tellers().confirming), None)
        if cue and said and _is_last_before(context, quantity, said[0]):
            refs = (context.ref(mention) for mention in attribution.source_mentions)
            yield from ((ref, cue) for ref in refs if ref)


def _by_participle(context: Context, quantity: Quantity) -> Iterator[tuple[Ref, Span]]:
    sentence = context.evidence(quantity.span)
    for cue in tellers().confirmed_by.finditer(context.text[quantity.span.end : sentence.end]):
        at, end = quantity.span.end + cue.start(), quantity.span.end + cue.end()
        between = context.text[quantity.span.end : at]
        said = re.search(r"\b(?:an?|the)\s+\w+\s+$", between)
        itself = re.fullmatch(r"(?:\s\w+)?\s(?:was|were|is|are|has been|have been)\s(?:\w+\s)?", between)
        if not itself and (said is None or not tellers().the_tally.fullmatch(said.group().strip())):
            continue
        by = next((m for m, one in enumerate(context.annotated.mentions) if end - 4 <= one.span.start <= end), None)
        ref = context.ref(by)
        if ref and _is_last_before(context, quantity, Span(at, end)):
            yield ref, Span(at, quantity.span.end + cue.end(1))


def _by_relative(context: Context, quantity: Quantity) -> Iterator[tuple[Ref, Span]]:
    """ "40 people died, a figure that the Red Cross confirmed"."""
    end = context.evidence(quantity.span).end
    said = re.search(r",\s+((?:an?|the)\s+\w+)\s+(?:(?:that|which)\s+)?", context.text[quantity.span.end : end])
    if said is None or not tellers().the_tally.fullmatch(said.group(1)):
        return
    at = quantity.span.end + said.end()
    for m, one in enumerate(context.annotated.mentions):
        cue = tellers().has_confirmed.match(context.text[one.span.end : end])
        ref = context.ref(m) if at <= one.span.start <= at + 4 and cue else None
        if ref and cue and _is_last_before(context, quantity, one.span):
            yield ref, Span(one.span.end + cue.start(1), one.span.end + cue.end(1))


def _is_last_before(context: Context, quantity: Quantity, word: Span) -> bool:
    """Whether no other figure stands between, and no sentence either."""
    between = context.text[quantity.span.end : word.start]
    others = (q for q in context.annotated.quantities if quantity.span.end <= q.span.start < word.start)
    return quantity.span.end <= word.start and len(between) < _LATER and next(others, None) is None


def without_article(phrase: str) -> str:
    """
    >>> without_article("The civil defence")
    'civil defence'
    """
    return re.sub(r"^(the|an?)\s+", "", phrase, flags=re.IGNORECASE)
