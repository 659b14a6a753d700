"""What a figure measures by the words around it: the noun counted, what stands right behind it, the toll or number that it is put at.

The words stand in `lexicon/measures.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.data import bundled
from kg.extract.context import Context, singular
from kg.model import Clause, Quantity, Ref, Span

HARM = ("killed", "wounded", "killedOrWounded")  # "4,700 casualties": the noun says it better than any verb
STANDING = "strength"  # "140 soldiers": counted by what they are, whatever is said of them
# "12 deaths" are 12 people, "12 arrests" too
OF_PEOPLE = (*HARM, "missing", "arrested", "displaced", "captured", "affected")
_NEAR = 40  # characters from a figure to the noun that it stands before
_BEHIND = 80  # characters looked at behind a figure or its noun
_TALLY = 100  # characters from "the number of" to the figure that it is put at


@dataclass(frozen=True, slots=True)
class Measures:
    """The lexicon. `nouns`: measure by lemma of the counted noun; `planned`: what a measure becomes of forces still to come."""

    nouns: Mapping[str, str]
    planned: Mapping[str, str]
    restricted: Mapping[str, str]
    cases: tuple[frozenset[str], re.Pattern[str]]  # nouns for those who fell ill, and the names of diseases
    things: Mapping[str, str]  # class of things that no list of entities knows, by noun
    people: frozenset[str]  # nouns that stand for people at large: "others"
    behind: re.Pattern[str]
    tolls: re.Pattern[str]
    tally: re.Pattern[str]
    put_at: re.Pattern[str]
    aside: re.Pattern[str]
    partitive: re.Pattern[str]
    rate: re.Pattern[str]
    befalls: frozenset[str]  # verbs whose subject is the place where it happened
    standing_objects: frozenset[str]  # verbs whose object stands somewhere
    standing: frozenset[str]  # verbs of being and standing somewhere
    opens: re.Pattern[str]  # what leads to the place that a sentence opens with
    verbs: Mapping[tuple[str, str], str]  # measure by verb and the role of those counted
    sent: tuple[frozenset[str], frozenset[str]]  # verbs of sending, and who is deployed by them
    freed: frozenset[str]  # verbs that end captivity
    flight: tuple[frozenset[str], re.Pattern[str]]  # verbs of arriving, and words that speak of people in flight
    before: re.Pattern[str]  # "the lives of"
    lives: tuple[re.Pattern[str], re.Pattern[str]]  # "claimed" before a figure, "lives" behind it
    rises: frozenset[str]  # verbs that say where a toll stands
    hedged: re.Pattern[str]
    doers: tuple[tuple[str, ...], frozenset[str]]  # endings of nouns for people, and nouns that end so and are nobody


_WHO = r"(?:\swho [^.,;:\d]{3,40}?(?=\s(?:was|were|is|are|had|have)\b))?"  # "29 people who went there were missing"


@cache
def lexicon() -> Any:
    """The parsed `lexicon/measures.yaml`."""
    return bundled().yaml("lexicon/measures.yaml")


@cache
def measures() -> Measures:
    data = lexicon()
    passed = "|".join(map(re.escape, data["passed"]))
    ends = rf"(?=\s*(?:[^\w\s'’-]|$)|\s(?:{'|'.join(data['ends'])})\b)"
    told = [f"(?P<{measure}>{'|'.join(forms)})" for measure, forms in data["behind"].items()]
    nouns = [f"(?P<{measure}>{'|'.join(forms)})" for measure, forms in data["before"].items()]
    bare = [f"(?P<{measure}_>(?:{'|'.join(forms)})){ends}" for measure, forms in data["suffered"].items()]
    return Measures(
        nouns={noun: measure for measure, nouns in data["counted"].items() for noun in nouns},
        planned=data["planned"],
        restricted=data["restricted"],
        cases=(frozenset(data["cases"]["nouns"]), _folded(rf"\b(?:{'|'.join(data['cases']['diseases'])})\b")),
        things=data["things"],
        people=frozenset(data["people"]),
        behind=_folded(rf"{_WHO}(?:\s(?:{passed}|\w+ly)\b)*\s(?:{'|'.join(told + bare)})"),
        tolls=_folded("|".join(f"(?P<{measure}>{'|'.join(forms)})" for measure, forms in data["tolls"].items())),
        tally=_folded(rf"\b(?:{'|'.join(data['numbers'])}) of (?:the )?(?:\w+ly )?"),
        put_at=_folded(rf"^[^.;:!?\n\d]*?\b(?:{'|'.join(data['put-at'])})\s+$"),
        aside=_folded(rf"\b(?:{'|'.join(data['aside'])})\s+(?:the\s+|these\s+|those\s+)?$"),
        partitive=_folded(r"\s+of\s+(?:the|these|those|its|their|his|her|our|my|your|whom|them)\b"),
        rate=_folded(
            rf"\s+(?:per|each|every|an?\s+(?:{'|'.join(data['rates'])})(?!\s+(?:ago|earlier|later|before|after)))\b"
        ),
        befalls=frozenset(data["befalls"]),
        standing_objects=frozenset(data["standing-objects"]),
        standing=frozenset(data["standing"]),
        opens=_folded(rf"(?:{'|'.join(data['opens'])}) (?:the )?"),
        verbs={
            (verb, role): name for role, by in data["verbs"].items() for name, verbs in by.items() for verb in verbs
        },
        sent=(frozenset(data["sent"]["verbs"]), frozenset(data["sent"]["heads"])),
        freed=frozenset(data["freed"]),
        flight=(frozenset(data["flight"]["verbs"]), _folded(rf"\b(?:{'|'.join(data['flight']['words'])})\b")),
        before=_folded(rf"\b(?:{'|'.join(nouns)})\s+$"),
        lives=(_folded(rf"\b{data['lives'][0]}\s+$"), _folded(rf"\s+(?:\w+\s+)?{data['lives'][1]}\b")),
        rises=frozenset(data["rises"]),
        hedged=_folded(rf"\b(?:{'|'.join(data['hedged'])})\b"),
        doers=(tuple(data["doers"]["endings"]), frozenset(data["doers"]["nobody"])),
    )


def _folded(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def by_noun(context: Context, quantity: Quantity) -> str:
    """The measure that the counted noun gives by itself; "16 of the victims" are not 16 victims of all."""
    if quantity.counted is None or partitive(context, quantity):
        return "other"
    if _lives(context, quantity):
        return "killed"
    nouns, diseases = measures().cases
    if quantity.counted.of(context.text).lower() in nouns:
        return "affected" if diseases.search(context.text) else "other"
    return _before_noun(context, quantity) or noun_measure(quantity.counted.of(context.text)) or "other"


def _lives(context: Context, quantity: Quantity) -> bool:
    """ "The storm claimed 34 lives"."""
    before, behind = measures().lives
    near = context.text[max(0, quantity.span.start - _NEAR) : quantity.span.start]
    return bool(before.search(near) and behind.match(context.text, quantity.span.end))


def prefixed(context: Context, quantity: Quantity) -> str | None:
    """The measure of the noun whose figure it is: "the lives of 34 people", "the bodies of 12 miners"."""
    near = context.text[max(0, quantity.span.start - _NEAR) : quantity.span.start]
    match = measures().before.search(near)
    return match.lastgroup if match else None


def feared(context: Context, quantity: Quantity, said: Span) -> bool:
    """Whether what is said behind a figure is only feared: "40 people are feared dead"."""
    return measures().hedged.search(context.text[quantity.span.end : said.start]) is not None


def noun_measure(noun: str) -> str | None:
    word = noun.lower()
    return measures().nouns.get(word) or measures().nouns.get(singular(word))


def _before_noun(context: Context, quantity: Quantity) -> str | None:
    """What the words between figure and noun say befell them: "37,000 evacuated people"."""
    noun = own_noun(quantity)
    return befallen(context, Span(quantity.span.end, noun.start)) if noun else None


def befallen(context: Context, words: Span) -> str | None:
    """The measure of the first word that says what befell people: the "displaced" of "displaced people"."""
    known = measures().restricted
    return next((known[word] for word in words.of(context.text).lower().split() if word in known), None)


def is_doer(noun: str) -> bool:
    """Whether a plural noun that no list knows is of people, by its ending.

    >>> [is_doer(noun) for noun in ("climbers", "tigers", "houses")]
    [True, False, False]
    """
    endings, nobody = measures().doers
    return noun.lower().endswith(endings) and noun.lower() not in nobody


def partitive(context: Context, quantity: Quantity) -> bool:
    """As in "one of the soldiers", "16 of them"."""
    return measures().partitive.match(context.text, quantity.span.end) is not None


def singled_out(context: Context, quantity: Quantity) -> bool:
    """ "One of the soldiers" picks somebody out and counts nobody."""
    return (quantity.value, quantity.comparator) == (1, "=") and partitive(context, quantity)


def rate(context: Context, quantity: Quantity) -> bool:
    """ "30,000 deaths a year", "eight per 10,000": so many each time, and no count of anybody."""
    noun = own_noun(quantity)
    return measures().rate.match(context.text, noun.end if noun else quantity.span.end) is not None


def out_of(context: Context, quantity: Quantity) -> bool:
    """The 48 of "45 of 48 sailors", "45 out of the 48": of how many, and no count of what befell them."""
    before = re.search(
        r"(\w+)\s+(?:out\s+)?of\s+(?:the\s+|its\s+|their\s+)?$", context.text[: quantity.span.start][-40:]
    )
    return before is not None and any(
        other.span.end == quantity.span.start - len(before.group(0)) + len(before.group(1))
        for other in context.annotated.quantities
    )


def own_noun(quantity: Quantity) -> Span | None:
    """The counted noun where it stands with the figure, and is not taken over from an earlier one."""
    noun = quantity.counted
    return noun if noun is not None and 0 <= noun.start - quantity.span.end < _NEAR else None


def behind(context: Context, quantity: Quantity) -> tuple[str | None, Span | None]:
    """The measure that the words right behind the counted noun, or behind the bare figure, give; and those words. What was read as
    the noun may be one of them: "four shot dead".
    """
    noun = own_noun(quantity)
    own = after(context, quantity.span.end)
    return after(context, noun.end) if noun and own[0] is None else own


def after(context: Context, at: int) -> tuple[str | None, Span | None]:
    match = measures().behind.match(context.text, at, at + _BEHIND)
    group = match.lastgroup if match else None
    return (group.rstrip("_"), Span(*match.span(group))) if match and group else (None, None)


def restricted(context: Context, counted: Ref) -> str:
    known = measures().restricted
    return next((known[one] for one in context.entities[counted.entity].restrictions if one in known), "other")


def stands_aside(context: Context, quantity: Quantity) -> bool:
    """Behind "in", "by", "from" ...: it counts where or by whom, not who suffered what the verb says."""
    return measures().aside.search(context.text[: quantity.span.start][-24:]) is not None


def toll(context: Context, quantity: Quantity) -> tuple[str, Span] | None:
    """The measure and words of the toll that the figure gives: "a death toll of 300", "the toll rose to 300"."""
    start = context.evidence(quantity.span).start
    found = list(measures().tolls.finditer(context.text, max(start, quantity.span.start - _TALLY), quantity.span.start))
    if not found or found[-1].lastgroup is None:
        return None
    between = context.text[found[-1].end() : quantity.span.start]
    topped = re.match(r"\w+\s+", quantity.span.of(context.text))  # "topped 1,000" is read as one
    put_at = measures().put_at.match(between) or measures().put_at.match(between + (topped.group() if topped else ""))
    if re.fullmatch(r"\s+of\s+", between) or put_at or _is_subject(context, quantity, Span(*found[-1].span())):
        return found[-1].lastgroup, Span(*found[-1].span())
    return None


def tallied(context: Context, quantity: Quantity) -> tuple[Span, str | None, Span | None] | None:
    """The noun that no mention has, whose number the figure gives ("the number of airmen killed"), what befell those, and its words."""
    start = max(context.evidence(quantity.span).start, quantity.span.start - 2 * _TALLY)
    for tally in measures().tally.finditer(context.text, start, quantity.span.start):
        noun = re.compile(r"(?:[\w-]+ ){0,2}?([\w-]{4,})\b").match(context.text, tally.end())
        if noun is None or not is_doer(noun.group(1)):
            continue
        between = context.text[noun.end() : quantity.span.start]
        measure, said = after(context, noun.end())
        if measure and len(between) < _TALLY and measures().put_at.match(between):
            return Span(*noun.span(1)), measure, said
    return None


def rising(context: Context, quantity: Quantity) -> Clause | None:
    """The verb that says where a toll stands: the "passed" of "the toll passed 300 on Sunday"."""
    nearest = doing(context, quantity)
    return nearest if nearest and nearest.predicate in measures().rises else None


def doing(context: Context, quantity: Quantity) -> Clause | None:
    """The nearest verb above a figure."""
    verbs = (context.verbs_at.get(word) for word in quantity.governors)
    return next((clause for clause in verbs if clause), None)


def _is_subject(context: Context, quantity: Quantity, noun: Span) -> bool:
    """ "The death toll, which stood at 22 on Monday, has reached 40"."""
    clause = rising(context, quantity)
    return clause is not None and any(one.role == "subject" and noun.covers(one.head) for one in clause.arguments)


def number_of(context: Context, quantity: Quantity) -> int | None:
    """The mention whose number the figure gives: "put the number of wounded people at 4,000"."""
    start = max(context.evidence(quantity.span).start, quantity.span.start - 2 * _TALLY)
    told = measures().tally.finditer(context.text, start, quantity.span.start)
    ends = {match.end() for match in told}
    for m, mention in enumerate(context.annotated.mentions):
        if mention.span.start not in ends or mention.kind == "pronoun" or mention.span.end > quantity.span.start:
            continue
        between = context.text[mention.span.end : quantity.span.start]
        if len(between) < _TALLY and measures().put_at.match(between):
            return m
    return None
