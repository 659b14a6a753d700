"""Figures: which number counts whom in a statement, and numbers that no relation explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract import measures as words
from kg.extract.chain import chain
from kg.extract.confidence import confidence
from kg.extract.context import Context, singular
from kg.extract.frames import PLACES, Match
from kg.extract.going_on import former_day, gone_on, is_former, of_former
from kg.extract.tellers import confirmers, teller, telling
from kg.extract.when import as_ref, time_of
from kg.model import Argument, Claim, Clause, Entity, Literal_, Quantity, Ref, Source, Span, Statement, Tense, TimeRef
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
    counting = (
        q for q in context.annotated.quantities if q.counted and (q.counted in heads or ref.span.covers(q.span))
    )
    return next((q for q in counting if not words.singled_out(context, q)), None)


def claim(
    context: Context,
    quantity: Quantity,
    measure: str,
    tense: Tense,
    counted: Ref | None,
    as_of: TimeRef | None,
    sources: tuple[Source, ...],
) -> Claim:
    """The figure with its measure; of forces still to come a planned one."""
    planned = tense == "future" or (quantity.additional and tense != "past")
    return Claim(
        measure=words.measures().planned.get(measure, measure) if planned else measure,
        counted=counted,
        value=quantity.value,
        min=quantity.min,
        max=quantity.max,
        comparator=quantity.comparator,
        unit=quantity.unit,
        span=quantity.span,
        as_of=_as_of(context, quantity) or (None if of_former(context, quantity, as_of) else as_of),
        asserted_at=_said_when(context, sources),
    )


def measure_of(context: Context, quantity: Quantity, measure: str, counted: Ref | None) -> str:
    """What the noun or the words behind it say, else the clause's measure, else what its people are restricted to."""
    if words.rate(context, quantity):
        return "other"
    measure = "other" if measure == "money" and quantity.unit is None else measure
    noun = words.by_noun(context, quantity)
    if noun == words.STANDING and not quantity.additional and not _stands(context, quantity):
        noun = "other"
    if noun == "captured" and _freed(context, quantity):
        noun = "other"
    if words.out_of(context, quantity):
        return noun
    if said := words.prefixed(context, quantity):
        return said
    measure = noun if measure == "other" or noun in words.HARM else measure
    measure = words.behind(context, quantity)[0] or measure
    toll = words.toll(context, quantity) if measure == "other" else None
    if toll:  # "the union raised its toll to 97 civilians"
        return toll[0]
    if measure != "other" or counted is None or words.partitive(context, quantity):
        return measure  # "two of the dead Americans" are not all the dead
    return words.restricted(context, counted)


def _freed(context: Context, quantity: Quantity) -> bool:
    """Whether hostages are set free."""
    freeing = (one for one in context.clauses if one.kind == "verb" and one.predicate in words.measures().freed)
    return any(one.head == quantity.counted for clause in freeing for one in clause.arguments)


def _stands(context: Context, quantity: Quantity) -> bool:
    """Whether those counted by what they are ("140 soldiers") are said to be or stand somewhere, not to do or suffer something else."""
    noun, standing = quantity.counted, words.measures()
    for clause in context.clauses:
        role = next((one.role for one in clause.arguments if one.head == noun), None) if clause.kind == "verb" else None
        if role is None or clause.predicate in standing.standing:
            continue
        left = role == "object" and clause.predicate in standing.standing_objects
        if not left and telling(context, quantity) is None:
            return False
    return True


def _as_of(context: Context, quantity: Quantity) -> TimeRef | None:
    """ "As of Friday, the agency had counted 90 dead": the date that says of when the figure is, within its part of the sentence; one
    right behind the figure goes before ("against 40 as of Monday").
    """
    if is_former(context, quantity):
        return former_day(context, quantity)
    sentence = context.evidence(quantity.span)
    start = max(sentence.start, context.text.rfind(";", sentence.start, quantity.span.start) + 1)
    times = [t for t in context.annotated.times if start <= t.span.start < sentence.end and t.edtf]
    dated = [t for t in times if re.search(r"\b(as of|as at)\s*$", context.text[start : t.span.start], re.IGNORECASE)]
    behind = [
        t for t in dated if re.fullmatch(r"(\s\w+){0,2} as (of|at) ", context.text[quantity.span.end : t.span.start])
    ]
    before = [t for t in dated if t.span.start < quantity.span.start]
    return as_ref((behind or before)[-1]) if behind or before else None


def _said_when(context: Context, sources: Iterable[Source]) -> TimeRef | None:
    """When the innermost source that dates its words said so."""
    times = [time_of(context, source.cue) for source in sources if source.cue]
    return next((time for time in reversed(times) if time), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the events of an article measure: of the head words that suffer or take part, and of the triggers, measure and clause."""

    patients: dict[Span, tuple[str, int]] = field(default_factory=dict)
    triggers: dict[Span, tuple[str, int]] = field(default_factory=dict)
    doers: frozenset[Span] = frozenset()  # heads of those who do it: "19 men killed 30" does not kill 19

    def of(self, quantity: Quantity) -> tuple[str, int] | None:
        """The measure of those counted, or of the bare figure ("killing 12")."""
        if quantity.counted in self.patients:
            return self.patients[quantity.counted]
        bare = quantity.counted is None
        return next((told for head, told in self.patients.items() if bare and quantity.span.covers(head)), None)


@dataclass(frozen=True, slots=True)
class Count:
    """Who is counted, by which measure where the words around the figure say it, and the clause they belong to."""

    ref: Ref
    measure: str | None = None
    words: Span | None = None
    place: Ref | None = None  # of the earlier figure whose count this one goes on with


def bare_counts(
    context: Context, ontology: Ontology, matches: list[Match], found: Sequence[Statement]
) -> Iterator[Statement]:
    """`hasCount` statements for the numbers that no relation of `found` carries."""
    measured = _measured(context, ontology, matches)
    told = [statement for statement in found if statement.claim]
    used = {statement.claim.span for statement in told if statement.claim}
    for quantity in context.annotated.quantities:
        if quantity.span in used or quantity.unit or words.singled_out(context, quantity):
            continue
        count = _counted(context, quantity, measured) or _elliptic(context, ontology, quantity)
        count = count or _nameless(context, quantity, measured) or _again(context, quantity, told)
        if count and ontology.fits(context.type_of(count.ref), COUNTED_CLASSES):
            told.append(_taken_up(context, quantity, _bare(context, quantity, count, measured), measured, told))
            yield told[-1]


def _taken_up(
    context: Context, quantity: Quantity, found: Statement, measured: Measured, told: Sequence[Statement]
) -> Statement:
    """Of people at large, of whom nothing is said, the count that their figure goes on with: "... arrived at 9,000 people"."""
    noun = words.own_noun(quantity)
    people = noun is not None and noun.of(context.text).lower() in words.measures().people
    if not people or found.claim is None or found.claim.measure != "other":
        return found
    again = _again(context, quantity, told)
    return _bare(context, quantity, again, measured) if again else found


def _again(context: Context, quantity: Quantity, told: Sequence[Statement]) -> Count | None:
    """Whom the figure before counts, where this one goes on with it."""
    earlier = gone_on(context, quantity, told)
    if earlier is None or earlier.claim is None or earlier.claim.counted is None:
        return None
    return Count(earlier.claim.counted, earlier.claim.measure, quantity.span, earlier.place)


def _counted(context: Context, quantity: Quantity, measured: Measured) -> Count | None:
    """The entity whose mention has the counted noun for its head, or whose number a tally gives."""
    numbered = None if quantity.counted else words.number_of(context, quantity)
    ref = context.ref(numbered)
    if ref is not None and numbered is not None:
        mention = context.annotated.mentions[numbered]
        measure, said = words.after(context, mention.span.end)
        measure = measure or words.befallen(context, Span(mention.span.start, mention.head.start))
        own = words.noun_measure(mention.head.of(context.text))
        return Count(ref, measure or own or measured.patients.get(mention.head, (None,))[0], said)
    mentions = enumerate(context.annotated.mentions)
    found = (context.ref(i) for i, m in mentions if m.head == quantity.counted and m.kind != "pronoun")
    ref = next(found, None) if quantity.counted else None
    ref = ref and _inhabitants(context, quantity, ref)
    ref = ref or _thing(context, quantity)
    if ref and context.type_of(ref) != "Group" and words.by_noun(context, quantity) in words.OF_PEOPLE:
        return None  # "10 Dead In Lomé" names nobody
    return Count(ref) if ref else None


def _inhabitants(context: Context, quantity: Quantity, ref: Ref) -> Ref:
    """A country's adjective behind a number is its people: "16,000 Sudanese had crossed"."""
    noun = words.own_noun(quantity)
    if noun is None or context.type_of(ref) != "Country" or quantity.value == 1:
        return ref
    people = Entity("Group", noun.of(context.text), (), named=False, affiliation=ref.entity, group_head="people")
    return Ref(context.found(people), noun)


def _thing(context: Context, quantity: Quantity) -> Ref | None:
    noun = words.own_noun(quantity)
    kind = words.measures().things.get(noun.of(context.text).lower()) if noun else None
    label = noun.of(context.text).lower() if noun else ""
    return Ref(context.found(Entity(kind, label, (), named=False)), noun) if noun and kind else None


def _elliptic(context: Context, ontology: Ontology, quantity: Quantity) -> Count | None:
    """ "600 sailors were killed and two captured": a number and a participle; it counts those counted before it in the sentence."""
    participle = re.match(r" (\w+)ed\b", context.text[quantity.span.end : quantity.span.end + 24])
    if quantity.counted or participle is None:
        return None
    stem = participle.group(1)
    frames = (f for lemma in (stem, f"{stem}e", stem[:-1]) for f in ontology.frames("verbs", lemma) if f.event)
    measure = next((measure for frame in frames if (measure := ontology.measure(frame.event or ""))), None)
    sentence = context.evidence(quantity.span)
    before = [
        q for q in context.annotated.quantities if q.counted and sentence.start <= q.span.start < quantity.span.start
    ]
    count = _counted(context, before[-1], Measured()) if measure and before else None
    return Count(count.ref, measure) if count else None


def _nameless(context: Context, quantity: Quantity, measured: Measured) -> Count | None:
    """People whom a figure counts without a noun of theirs: "30 dead", "12 deaths", "killing 30", "two others", "the toll rose to 30"."""
    noun = words.own_noun(quantity)
    if words.rate(context, quantity):
        return None
    if noun and words.by_noun(context, quantity) in words.OF_PEOPLE:
        return Count(_people(context, noun), words.by_noun(context, quantity), noun)
    told = measured.of(quantity) or words.behind(context, quantity)[0] or words.prefixed(context, quantity)
    if told is None and noun is None and words.partitive(context, quantity):
        told = (_governed(context, quantity, measured) or (None,))[0]  # "the police detained 16 of them"
    if noun and told and words.is_doer(noun.of(context.text)):
        return Count(_kind(context, noun))
    participle = words.after(context, quantity.span.end)[0]  # "four shot dead"
    people = noun is not None and noun.of(context.text).lower() in words.measures().people
    if quantity.counted and not (people or participle):
        return None
    if noun is None and (tallied := words.tallied(context, quantity)):
        return Count(_kind(context, tallied[0]), *tallied[1:])
    toll = None if noun else words.toll(context, quantity)
    if toll:
        return Count(_people(context, toll[1]), toll[0], toll[1])
    if noun is None and quantity.comparator in ("<", "<="):
        return None  # "nobody under 30 had died": an age
    return Count(_people(context, noun or quantity.span)) if told else None


def _people(context: Context, span: Span) -> Ref:
    """The people of the article at large, under the words that stand for them."""
    return Ref(context.found(Entity("Group", "people", (), named=False, group_head="people")), span)


def _kind(context: Context, noun: Span) -> Ref:
    """People by what they do, whom no list knows."""
    head = noun.of(context.text).lower()
    one = f"{head[:-3]}man" if head.endswith("men") else singular(head)
    return Ref(context.found(Entity("Group", head, (), named=False, group_head=one)), noun)


def _measured(context: Context, ontology: Ontology, matches: list[Match]) -> Measured:
    found, doers = Measured(), set()
    for match in matches:
        measure = ontology.measure(match.frame.event) if match.frame.event else None
        if not measure:
            continue
        trigger = context.clauses[match.clause].trigger
        suffering = [f.argument.head for f in match.fillers if f.role in ("patient", "theme")]
        doers |= {f.argument.head for f in match.fillers if f.role == "agent"} - set(suffering)
        _learn(context, found.triggers, trigger, measure, match.clause)
        for head in suffering:
            _learn(context, found.patients, head, measure, match.clause)
    for head, told in _objects(context, ontology):
        found.patients.setdefault(head, told)
        found.triggers.setdefault(context.clauses[told[1]].trigger, told)
    return Measured(found.patients, found.triggers, frozenset(doers))


def _learn(context: Context, known: dict[Span, tuple[str, int]], head: Span, measure: str, clause: int) -> None:
    earlier, index = known.setdefault(head, (measure, clause))
    if {earlier, measure} == {"killed", "wounded"} and _joined(context, index, clause):
        known[head] = ("killedOrWounded", index)


def _joined(context: Context, one: int, other: int) -> bool:
    """ "killed or wounded": two predicates with nothing but a conjunction between them."""
    left, right = sorted((context.clauses[one].trigger, context.clauses[other].trigger))
    return context.text[left.end : right.start].strip() in ("or", "and", "and/or")


def _governed(context: Context, quantity: Quantity, measured: Measured) -> tuple[str, int] | None:
    """The measure of the nearest governing word that has one, if no other predicate stands between ("confirmed the count of 90 men")."""
    if quantity.counted in measured.doers or words.stands_aside(context, quantity):
        return None
    for word in quantity.governors:
        if word in measured.triggers or context.tells(word):
            return measured.triggers.get(word)
    return None


def _objects(context: Context, ontology: Ontology) -> Iterator[tuple[Span, tuple[str, int]]]:
    """Of verbs of harm the heads of objects that are nobody's mention: "killing 12", "wounded two others"; and those of verbs that no
    event has.
    """
    for index, clause in enumerate(context.clauses):
        if clause.kind != "verb":
            continue
        for argument in clause.arguments:
            if measure := _done_to(context, clause, argument):
                yield argument.head, (measure, index)
        frames = (f for f in ontology.frames("verbs", clause.predicate) if f.event)
        measure = next((m for f in frames if (m := ontology.measure(f.event or "")) in words.OF_PEOPLE), None)
        for argument in clause.arguments if measure else ():
            if argument.role == "object" and argument.mention is None:
                yield argument.head, (measure or "other", index)


def _done_to(context: Context, clause: Clause, argument: Argument) -> str | None:
    """What a verb that no event has measures of an argument."""
    verbs, heads = words.measures().sent
    if clause.predicate in verbs and argument.role == "object" and context.head_lemma(argument) in heads:
        return "deployed"
    arriving, flight = words.measures().flight
    if clause.predicate in arriving and argument.role == "subject" and flight.search(context.text):
        return "displaced"
    return words.measures().verbs.get((clause.predicate, argument.role))


def _told(context: Context, quantity: Quantity, measured: Measured) -> tuple[str, int] | None:
    """What the clauses around a figure measure by it, and the clause: of a noun taken over, what governs the figure itself."""
    if words.out_of(context, quantity):
        return None
    governed, counted = _governed(context, quantity, measured), measured.of(quantity)
    taken_over = quantity.counted is not None and quantity.counted.end <= quantity.span.start
    if governed and (counted is None or taken_over or _nearer(context, quantity, governed[1], counted[1])):
        return governed
    return counted


def _nearer(context: Context, quantity: Quantity, one: int, other: int) -> bool:
    """Whether the first clause stands nearer to the figure: "15,000 troops were sent, of whom 600 were killed"."""
    gaps = [abs(context.clauses[index].trigger.start - quantity.span.start) for index in (one, other)]
    return gaps[0] < gaps[1]


def _place(context: Context, quantity: Quantity, clause: Clause | None) -> Ref | None:
    """Where what is counted is or happened: of the clause that measures, else of the nearest that governs the figure, where it is said
    or of whom it is told ("Illinois has seen 12 deaths").
    """
    behind, opening = _behind(context, quantity), _opening(context, quantity)
    if behind:
        return behind
    if clause:
        return _located(context, clause, quantity) or _of_doing(context, clause) or opening
    for word in (quantity.counted, *quantity.governors):
        governing = next((one for one in context.clauses if word and one.trigger == word), None)
        if governing and (place := _suffering(context, governing)):
            return place
        if word and context.tells_who(word):
            return opening
        if governing and (place := _located(context, governing, quantity)):
            return place
    return opening


def _of_doing(context: Context, clause: Clause) -> Ref | None:
    """The place of what killed them: "bombings in Sri Lanka that killed 250 people"."""
    refs = (context.ref(one.mention) for one in clause.arguments if one.role == "subject")
    place = next((ref for ref in refs if ref and context.type_of(ref) == "Facility"), None)
    if place:  # "the shooting at a theater that killed 12"
        return _described_by(context, place.span) or place
    doers = [one.head for one in clause.arguments if one.role == "subject"]
    nouns = (one for one in context.clauses if one.kind == "noun" and one.trigger in doers)
    return next((place for noun in nouns if (place := _located(context, noun))), None)


def _behind(context: Context, quantity: Quantity) -> Ref | None:
    """The place named right behind the figure and its noun: "35 dead in Amatrice", "12 deaths near Lomé"."""
    noun = words.own_noun(quantity)
    at = noun.end if noun else quantity.span.end
    near = re.match(
        rf"(?:\sof (?:them|whom|those))?(?:\s\w+)?\s(?:{'|'.join(PLACES)})\s(?:the\s)?", context.text[at : at + 40]
    )
    if near is None:
        there = re.match(r"(?:\s\w+){0,3}\sthere\b", context.text[at : at + 40])
        return _last_place(context, quantity) if there else None
    start = at + near.end()
    mention = next((m for m, one in enumerate(context.annotated.mentions) if one.core.start == start), None)
    ref = context.ref(mention)
    return ref if ref and context.ontology.is_a(context.type_of(ref), "Place") else None


def _last_place(context: Context, quantity: Quantity) -> Ref | None:
    """What "there" stands for: the place named last before the figure."""
    before = (
        m
        for m, one in enumerate(context.annotated.mentions)
        if one.span.end <= quantity.span.start and one.kind == "name" and not context.inside(m)
    )
    refs = [ref for m in before if (ref := context.ref(m)) and context.ontology.is_a(context.type_of(ref), "Place")]
    return refs[-1] if refs else None


def _opening(context: Context, quantity: Quantity) -> Ref | None:
    """The place that the sentence opens with: "In Syria the toll stood at 1,832"."""
    start = context.evidence(quantity.span).start
    opens = words.measures().opens.match(context.text, start)
    if opens is None:
        return None
    at = opens.end()
    first = (m for m, one in enumerate(context.annotated.mentions) if at - 4 <= one.span.start <= at)
    ref = context.ref(next((m for m in first if context.annotated.mentions[m].span.end <= quantity.span.start), None))
    return ref if ref and context.ontology.is_a(context.type_of(ref), "Place") else None


def _suffering(context: Context, clause: Clause) -> Ref | None:
    """The place that sees, records or suffers it."""
    if clause.predicate not in words.measures().befalls:
        return None
    refs = (context.ref(one.mention) for one in clause.arguments if one.role == "subject")
    return next((ref for ref in refs if ref and context.ontology.is_a(context.type_of(ref), "Place")), None)


def _located(context: Context, clause: Clause, quantity: Quantity | None = None) -> Ref | None:
    """Where it is; of a place without a name the named one that it is described by ("at a Colorado movie theater"). A place behind another
    figure is that one's: "300 were arrested, 90 of them in Oslo".
    """
    for argument in (one for one in clause.arguments if one.role in PLACES):
        if quantity and _beyond(context, quantity, argument.span):
            continue
        ref = context.ref(argument.mention)
        if ref and context.ontology.is_a(context.type_of(ref), "Place"):
            return ref if context.entities[ref.entity].named else _described_by(context, argument.span) or ref
    return None


def _beyond(context: Context, quantity: Quantity, place: Span) -> bool:
    start = quantity.span.end
    return any(start <= q.span.start < place.start and q.unit is None for q in context.annotated.quantities)


def _described_by(context: Context, phrase: Span) -> Ref | None:
    inside = (m for m, one in enumerate(context.annotated.mentions) if one.kind == "name" and phrase.covers(one.span))
    refs = (context.ref(m) for m in inside)
    return next((ref for ref in refs if ref and context.ontology.is_a(context.type_of(ref), "Place")), None)


def _bare(context: Context, quantity: Quantity, count: Count, measured: Measured) -> Statement:
    """The count of the people or things. What stands right behind the figure goes before whatever governs it."""
    said = count.words or words.behind(context, quantity)[1]
    measure, index = _told(context, quantity, measured) or ("other", -1)
    clause = context.clauses[index] if index >= 0 else None
    if said:
        clause = next((one for one in context.clauses if one.kind == "verb" and said.covers(one.trigger)), None)
        clause = clause or words.rising(context, quantity)
    elif words.prefixed(context, quantity):
        clause = words.doing(context, quantity)
    trigger = clause.trigger if clause else quantity.span
    sources = confirmers(context, quantity, teller(context, quantity, chain(context, trigger)))
    features = (*(clause.features if clause else ()), "bare-count")
    tense: Tense = clause.tense if clause else "present"
    when = time_of(context, trigger)
    toll = clause and clause == words.rising(context, quantity) and words.toll(context, quantity)
    if when and toll and when.span.start < trigger.start:
        when = None  # "the toll of an explosion on Monday rose to 68"
    measure = measure_of(context, quantity, count.measure or measure, count.ref)
    feared = said is not None and words.feared(context, quantity, said)
    return Statement(
        kind="quantity",
        predicate="hasCount",
        subject=count.ref,
        object=Literal_(quantity.span.of(context.text), "decimal", quantity.span),
        trigger=clause.trigger if clause else None,
        evidence=context.evidence(count.ref.span, quantity.span),
        polarity=clause.polarity if clause else "positive",
        certainty="probable" if feared else clause.certainty if clause else "certain",
        tense=tense,
        chain=sources,
        claim=claim(context, quantity, measure, tense, count.ref, when, sources),
        place=_place(context, quantity, clause) or count.place,
        confidence=confidence(features),
        extractor="count",
        features=features,
    )
