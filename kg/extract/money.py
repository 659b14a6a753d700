"""Sums of money with what they are: the damage to a city, the cost of a bridge, a loan to a country.

A sum is read where a noun of the lexicon says what it is and an entity of the text whom or what it concerns; other sums are no claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain as chain_of

from kg.extract.chain import chain
from kg.extract.confidence import confidence
from kg.extract.context import Context
from kg.extract.figures import claim
from kg.extract.measures import lexicon
from kg.extract.tellers import teller
from kg.extract.when import time_of
from kg.model import Clause, Entity, Literal_, Quantity, Ref, Span, Statement
from kg.ontology import Ontology

CONCERNED = ("Actor", "Artifact", "Place")
_BEFORE = 110  # characters from the noun to the figure behind it
_AFTER = 40
_ACT = re.compile(r" to (?:re)?build| in all| in total")  # is no part: "the cost to rebuild"
_PRONOUN = re.compile(r"it|this|that|these|those|they|which|what|i|we|you|he|she", re.IGNORECASE)
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
    alone: Mapping[str, str]
    to: re.Pattern[str]
    verbs: frozenset[str]
    giving: frozenset[str]
    getting: frozenset[str]
    getters: tuple[str, ...]
    again: re.Pattern[str]
    of_noun: re.Pattern[str]  # a noun of no list behind a figure, and before one
    noun_of: re.Pattern[str]
    no_kind: frozenset[str]  # nouns that say nothing of what a sum is


@dataclass(frozen=True, slots=True)
class Sum:
    """The words that say what a sum is, and whom or what it concerns."""

    noun: Span
    ref: Ref
    at: Span | None = None  # of the figure, of the sum before
    kind: str | None = None  # where a verb says it


@cache
def sums() -> Sums:
    data = lexicon()
    money = data["money"]
    kind = {noun: name for name, nouns in money["nouns"].items() for noun in nouns}
    nouns = "|".join(re.escape(noun) for noun in sorted(kind, key=len, reverse=True))
    kind |= {verb: name for name, verbs in money["giving"].items() for verb in verbs if verb not in kind}
    tally = rf"\b(?:the|that|this|its|their|an?|own) (?:\w+ )?(?:{'|'.join(data['numbers'])})"
    put_at = "|".join((*data["put-at"], *money["put-at"]))
    return Sums(
        kind=kind,
        before=re.compile(rf"\b(?P<noun>{nouns})\b", re.IGNORECASE),
        after=re.compile(
            rf"(?:-|\s+)(?:in\s+|of\s+|worth of\s+)?(?:[\w-]+\s+){{0,2}}?(?P<noun>{nouns})\b", re.IGNORECASE
        ),
        put_at=re.compile(rf"^[^.;:!?\n\d]*?\b(?:{put_at})\s+$", re.IGNORECASE),
        concerning=re.compile(rf"^\s+(?:{'|'.join(money['concerning'])})\s+(?:\w+ing\s+)?", re.IGNORECASE),
        owned=frozenset(money["owned"]),
        alone=money["alone"],
        to=re.compile(r"^\s+(?:in \w+ )?(?:to|for)\s+(?:\w+ing\s+)?", re.IGNORECASE),
        verbs=frozenset(money["verbs"]),
        giving=frozenset(verb for verbs in money["giving"].values() for verb in verbs),
        getting=frozenset(verb for verbs in money["getting"].values() for verb in verbs),
        getters=tuple(money["getters"]),
        again=re.compile(
            rf"(?:{tally}\b[^.;:!?\n\d]*?\b(?:{put_at})|\b(?:{'|'.join(data['again']['it'])}))\s+$", re.IGNORECASE
        ),
        of_noun=re.compile(
            r" (?:in|of|worth of) (?!(?:the|its|their|his|her|an?|all|this|that)\b)(?:[a-z-]+ ){0,2}?(?P<noun>[a-z-]{3,}(?<!ed))"
            rf"(?=\W*$|[.,;:)]| (?:{'|'.join(data['ends'])}|to|for|that|has|had|have|was|were|is|are|will|would)\b)"
        ),
        noun_of=re.compile(r"\b(?P<noun>[a-z-]{3,}) of (?:some |about |around |nearly |almost |up to )?$"),
        no_kind=frozenset((*money["no-kind"], *data["numbers"], *data["again"]["nouns"], *data["rates"])),
    )


def money(context: Context, ontology: Ontology, used: set[Span]) -> Iterator[Statement]:
    """`hasCount` statements of what is concerned, for the sums that no relation carries."""
    last: Sum | None = None
    for quantity in context.annotated.quantities:
        if quantity.span in used or not re.fullmatch(r"[A-Z]{3}(?: per \w+)?", quantity.unit or ""):
            continue
        found = _costing(context, ontology, quantity) or _named(context, ontology, quantity, last)
        found = found or _given(context, ontology, quantity, last) or _again(context, quantity, last)
        found = found or _plain(context, quantity)
        if found:
            last = replace(found, at=quantity.span)
            yield _statement(context, quantity, found)


def _again(context: Context, quantity: Quantity, last: Sum | None) -> Sum | None:
    """The sum before, where the words before the figure take it up: "a broker put the figure at 5 billion dollars"."""
    before = context.text[max(0, quantity.span.start - _BEFORE) : quantity.span.start]
    return last if last and _near(context, last, quantity) and sums().again.search(before) else None


def _plain(context: Context, quantity: Quantity) -> Sum | None:
    """A sum of what a plain noun beside it says, and no list knows: "346 billion shillings in extra tax", "extra tax of 346 billion"."""
    start = max(0, quantity.span.start - _NEXT)
    behind = sums().of_noun.match(context.text, quantity.span.end)
    found = behind or sums().noun_of.search(context.text[start : quantity.span.start])
    shift = 0 if behind else start
    if found is None or found["noun"] in sums().no_kind:
        return None
    noun = Span(shift + found.start("noun"), shift + found.end("noun"))
    return Sum(noun, Ref(context.found(Entity("Artifact", found["noun"], (), named=False)), noun))


def _near(context: Context, last: Sum, quantity: Quantity) -> bool:
    """Whether the sum before stands in the same sentence or the one before."""
    return last.at is not None and context.follows(last.at, quantity.span)


def _given(context: Context, ontology: Ontology, quantity: Quantity, last: Sum | None) -> Sum | None:
    """As in "gave Libya 50 million euros", "Tunisia will receive 1.9 billion dollars": who gets it, on a list or not; else whoever got the
    sum of this kind before.
    """
    for clause in context.clauses:
        gets = clause.predicate in sums().getting
        if clause.kind != "verb" or not (gets or clause.predicate in sums().giving):
            continue
        if not (_is_object(clause, quantity) or _behind_object(context, clause, quantity)):
            continue
        for role in ("subject",) if gets else sums().getters:
            refs = (context.ref(one.mention) for one in clause.arguments if one.role == role)
            ref = next((ref for ref in refs if ref and ontology.fits(context.type_of(ref), CONCERNED)), None)
            if ref:
                return Sum(clause.trigger, ref)
        between = context.text[clause.trigger.end : quantity.span.start].strip()
        mentions = enumerate(context.annotated.mentions)
        owner = next((m for m, one in mentions if between and one.span.of(context.text) == between), None)
        ref = context.ref(owner)
        if ref:
            return Sum(clause.trigger, ref)
        unlisted = None if gets else _unlisted(context, clause, *sums().getters)
        return unlisted or _same_kind(context, clause, quantity, last)
    return None


def _same_kind(context: Context, clause: Clause, quantity: Quantity, last: Sum | None) -> Sum | None:
    kind = sums().kind.get(clause.predicate)
    if last and kind and _near(context, last, quantity) and kind in (_kind(context, last.noun), last.kind):
        return Sum(clause.trigger, last.ref, kind=kind)
    return _alone(context, clause.trigger, kind)


def _alone(context: Context, words: Span, kind: str | None) -> Sum | None:
    """A sum that is told of nobody, or of what is no entity ("the damage to nature"), stands for itself."""
    if kind is None or kind not in sums().alone:
        return None
    of = re.match(r"\s+(?:to|in|on)\s+(?:the\s+)?[a-z]+(?:\s[a-z]+s\b)?", context.text[words.end : words.end + _NEXT])
    label = sums().alone[kind] + (of.group() if of and not _ACT.search(of.group()) else "")
    return Sum(words, Ref(context.found(Entity("Artifact", label, (), named=False)), words))


def _named(context: Context, ontology: Ontology, quantity: Quantity, last: Sum | None) -> Sum | None:
    """As in "put the damage to the city at $3bn", "a $3 billion loan to Pakistan"."""
    start = max(context.evidence(quantity.span).start, quantity.span.start - _BEFORE)
    before = reversed(list(sums().before.finditer(context.text, start, quantity.span.start)))
    fitting = (m for m in before if sums().put_at.match(context.text[m.end() : quantity.span.start]))
    behind = sums().after.match(context.text, quantity.span.end, quantity.span.end + _AFTER)
    nouns = [Span(*match.span("noun")) for match in (*fitting, behind) if match]
    found = (_sum(context, ontology, noun, quantity) for noun in nouns)
    alike = (_same_sum(context, noun, quantity, last) for noun in nouns)
    return next((one for one in chain_of(found, alike) if one), None)


def _same_sum(context: Context, noun: Span, quantity: Quantity, last: Sum | None) -> Sum | None:
    """A sum of the kind of the one before ("cost 400 million euros; the auditor put the cost at 510 million"), or of nobody."""
    kind = _kind(context, noun)
    if last and _near(context, last, quantity) and _kind(context, last.noun) == kind:
        return Sum(noun, last.ref)
    return _alone(context, noun, kind)


def _kind(context: Context, noun: Span) -> str | None:
    word = noun.of(context.text).lower()
    return sums().kind.get(word, "cost" if word.startswith("cost") else None)


def _costing(context: Context, ontology: Ontology, quantity: Quantity) -> Sum | None:
    """As in "the bridge would cost 5 million euros": what the subject names."""
    for clause in context.clauses:
        if clause.kind == "verb" and clause.predicate in sums().verbs and _is_object(clause, quantity):
            subject = next((argument.span for argument in clause.arguments if argument.role == "subject"), None)
            inside = (m for m, one in enumerate(context.annotated.mentions) if subject and subject.covers(one.span))
            ref = _first(context, ontology, inside)
            return Sum(clause.trigger, ref) if ref else _unlisted(context, clause, "subject")
    return None


def _unlisted(context: Context, clause: Clause, *roles: str) -> Sum | None:
    """What costs or gets a sum and is no entity ("the programme"); what a noun for sums names is said by that noun ("rebuilding")."""
    figures = [quantity.span for quantity in context.annotated.quantities]
    fillers = (one for role in roles for one in clause.arguments if one.role == role)
    concerned = next((one for one in fillers if not any(span.overlaps(one.head) for span in figures)), None)
    word = context.head_lemma(concerned) if concerned else None
    if (
        concerned is None
        or word is None
        or word in sums().kind
        or not re.fullmatch(r"[^\W\d]+", word)
        or _PRONOUN.fullmatch(word)
    ):
        return None
    ref = Ref(context.found(Entity("Artifact", word, (), named=False)), concerned.head)
    return Sum(clause.trigger, ref, kind=sums().kind.get(clause.predicate))


def _behind_object(context: Context, clause: Clause, quantity: Quantity) -> bool:
    """ "Would save the system 18 billion a year": the parser has one object."""
    ends = (one.span.end for one in clause.arguments if one.role == "object")
    return any(context.text[end : quantity.span.start].isspace() for end in ends)


def _is_object(clause: Clause, quantity: Quantity) -> bool:
    return any(one.role == "object" and quantity.span.overlaps(one.head) for one in clause.arguments)


def _sum(context: Context, ontology: Ontology, noun: Span, quantity: Quantity) -> Sum | None:
    """The sum with the entity that follows its noun ("damage to the city") or figure ("a grant of 5 million to Libya"), or owns it."""
    figure = quantity.span.start
    found = (
        (end, pattern.match(context.text[end : end + _NEXT]))
        for end, pattern in ((noun.end, sums().concerning), (quantity.span.end, sums().to))
    )
    places = (end + concerning.end() for end, concerning in found if concerning)
    at = next((place for place in places if place != figure), None)
    owned = sums().kind[noun.of(context.text).lower()] in sums().owned
    mentions = context.annotated.mentions
    behind = (m for m, one in enumerate(mentions) if at is not None and at <= one.head.start < at + _NEXT)
    before = (m for m, one in enumerate(mentions) if owned and _owns(context, one.span, noun))
    reach = figure if at is not None and noun.end < at <= figure else len(context.text)
    ref = _first(context, ontology, (m for m in behind if mentions[m].span.start < reach))
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
