"""Claims with all that the rule of comparison looks at: what is counted, where, and by whose word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from kg.data import bundled
from kg.model import (
    ArticleGraph,
    Claim,
    Clause,
    Entity,
    GlobalEntity,
    Resolution,
    Source,
    Span,
    Statement,
    TimeExpression,
    TimeRef,
)
from kg.ontology import Ontology
from kg.stories import Stories

Place = tuple[int, int]  # (article index, statement index)
# Two places of one of these classes are different places; a square and a city may be one within the other.
LEVELS = ("Country", "City", "Region", "Facility", "Conflict")
PAST = 45  # days
YEAR = 365
_NEAR = 24  # characters before a date or figure
TAKEN_UP = 200  # characters from a source to the pronoun that takes it up
WORLD = "several together"  # "globally", "in both countries": on a level with countries, and none of them
OWNERS = ("Country", "Government", "ArmedForce", "Organization", "GovernmentBody")
NARROWING = ("place", "occasion", "destination")


@dataclass(frozen=True, slots=True)
class Item:
    """A claim with all that the rule looks at."""

    at: Place
    statement: Statement
    claim: Claim
    counted: GlobalEntity
    # what is counted, the same for claims on the same thing; without a name of its own, of a chain of stories
    thing: str
    places: frozenset[tuple[str, str]]  # class and IRI of places and conflicts that narrow the claim
    sources: frozenset[str]  # ultimate ones
    confirming: bool  # its innermost source is said to confirm it
    # sources whose figure it confirms, and those of the same figure in its article
    confirms: frozenset[str] = frozenset()
    # up to where a vague word reaches, beyond the claim's own maximum: "thousands" may be 25,000
    most: float | None = None
    at_large: bool = False  # people of no kind: "four Americans"
    published: str | None = None  # ISO date of the article
    # of a toll: first and last day of those that it holds at, its own date or else that of saying it or of the article
    holds: tuple[str, str] | None = None
    dated: bool = False  # it holds at a date of its own
    giver: str | None = None  # of money: whose aid it is
    part: bool = False  # of those that a figure before it counts: "60 people, 12 of them in Goma"
    placed: bool = False  # it is said where, by a name or not: "in the country"
    leading: bool = False  # told in the headline or the first sentence: what all of the article is about
    named: bool = True  # the thing has a name or a country to meet by; else only articles that tell one story meet


@dataclass(slots=True)
class Reading:
    """Reads the claims of all articles. `_names`: within a chain of stories one name is one source, joined or not."""

    graphs: Sequence[ArticleGraph]
    resolution: Resolution
    ontology: Ontology
    told: Stories
    _names: dict[int, Mapping[str, str]] = field(default_factory=dict)
    _owners: dict[int, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    _homes: dict[int, str | None] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        rejected = {judgement.left for judgement in self.resolution.judgements if judgement.verdict == "reject"}
        for a, graph in enumerate(self.graphs):
            seen = _incidental(graph)
            for s, statement in enumerate(graph.statements):
                claim = statement.claim
                if claim is None or claim.counted is None or claim.span in seen or not self._total(a, claim):
                    continue
                counted = self._global(a, claim.counted.entity)
                if counted.iri not in rejected:
                    seen.add(claim.span)  # one figure may stand in several readings of one event
                    yield self._item((a, s), statement, claim, counted)

    def _total(self, a: int, claim: Claim) -> bool:
        """Whether a claim says what it measures, and counts more than those besides some others."""
        if claim.measure == "other" and claim.unit is None:
            return self._done(a, claim) is not None
        if not measured(claim):
            return False
        if claim.measure in words().planned:
            return True
        text = self.graphs[a].annotated.article.text
        near = (text[: claim.span.start][-16:].split()[-1:], text[claim.span.end :][:16].split()[:1])
        own = claim.span.of(text).casefold().split()
        before, behind = words().besides
        return not (before & {*(word.casefold() for word in near[0]), *own}) and not (
            behind & {word.casefold().strip(".,;:)") for word in near[1]}
        )

    def _item(self, at: Place, statement: Statement, claim: Claim, counted: GlobalEntity) -> Item:
        counted_ref = claim.counted
        assert counted_ref is not None
        thing, named = self._thing(at[0], statement, claim, counted)
        holds, dated = self._held(at[0], statement, claim)
        confirming = self._confirming(at[0], statement, claim)
        return Item(
            at,
            statement,
            claim,
            counted,
            thing,
            self._places(at[0], statement),
            self._ultimate(at[0], statement),
            bool(confirming),
            self._confirmed(at[0], claim, confirming),
            most=self._reach(at[0], claim),
            at_large=self.graphs[at[0]].entities[counted_ref.entity].group_head in words().people["any"],
            published=self.graphs[at[0]].annotated.article.published,
            holds=holds,
            dated=dated,
            giver=self._giver(at[0], statement, claim),
            part=self._part(at[0], statement, claim, thing),
            placed=statement.place is not None,
            leading=self._leading(at[0], claim),
            named=named,
        )

    def _part(self, a: int, statement: Statement, claim: Claim, thing: str) -> bool:
        """Whether the words around a figure make it a part of one of its measure before it in the sentence."""
        text, (before, behind) = self.graphs[a].annotated.article.text, words().parts
        near = text[max(statement.evidence.start, claim.span.start - _NEAR) : claim.span.start]
        if words().among.match(text, claim.span.end):
            # "61 people from her state were among the dead", but all the children who were
            return thing.endswith(" people")
        if not (before.search(near) or behind.match(text, claim.span.end)):
            return False
        earlier = (one.claim for one in self.graphs[a].statements if one.claim and one.claim.measure == claim.measure)
        return any(statement.evidence.covers(one.span) and one.span.end <= claim.span.start for one in earlier)

    def _leading(self, a: int, claim: Claim) -> bool:
        prose = (one for one in self.graphs[a].annotated.sentences if one.block == "body")
        first = next(prose, None)
        return first is None or claim.span.start < first.span.end

    def _held(self, a: int, statement: Statement, claim: Claim) -> tuple[tuple[str, str] | None, bool]:
        """The days that a toll holds at. When they were killed is not when they were counted; "as of Friday", "rose on Friday" is."""
        article = self.graphs[a].annotated.article
        own = claim.as_of if claim.as_of and self._counted_at(a, statement, claim, claim.as_of) else None
        time = own or claim.asserted_at
        if time and (time.start or time.end):
            return (time.start or "", time.end or "9"), own is not None
        return ((article.published, article.published) if article.published else None), False

    def _counted_at(self, a: int, statement: Statement, claim: Claim, time: TimeRef) -> bool:
        """Whether a date says of when the figure is: "as of Friday", "the toll rose to 40 on Friday", "up from 22 on Friday"."""
        annotated, known = self.graphs[a].annotated, words()
        text, places = annotated.article.text, (time.span.start, claim.span.start)
        near, before = (text[max(0, at - _NEAR) : at] for at in places)
        verb = next((one.predicate for one in annotated.clauses if one.trigger == statement.trigger), "")
        return bool(verb in known.rises or known.as_of.search(near) or known.against.search(before))

    def _global(self, a: int, local: int) -> GlobalEntity:
        return self.resolution.entities[self.resolution.of[a, local]]

    def _reach(self, a: int, claim: Claim) -> float | None:
        figure = claim.span.of(self.graphs[a].annotated.article.text).casefold().split()
        return words().reach.get(figure[-1]) if figure[-2:-1] != ["of"] else None

    # ---- what ----

    def _thing(self, a: int, statement: Statement, claim: Claim, counted: GlobalEntity) -> tuple[str, bool]:
        """The entity; people by what they are and whose; without either, within the story. Of money also what it is for."""
        assert claim.counted is not None
        entity = self.graphs[a].entities[claim.counted.entity]
        whose = self._whose(a, claim)
        named = counted.named or (whose is not None and entity.group_head is not None)
        if entity.group_head or (entity.type == "Person" and not named):
            what = self._people(a, claim.measure, entity, whose)
        elif claim.measure == "other" and not named:
            what = kind_of(entity.label)
        else:
            what = whole(counted)
        if claim.measure == "other":
            what = f"{what} {self._done(a, claim)}"
        if claim.measure == "money":
            kind = _sum(self.graphs[a], statement)
            if self._alone(a, claim.counted.entity, kind):
                what, named = "", False
            what = what if named else "" if not what else kind_of(entity.label)
            what = f"{what} {claim.unit} {kind}"
        if expected(statement, claim):
            what = f"expected {what}"
        if past := self._past(a, statement, claim):
            what = f"in {past} {what}"
        return (what if named else f"story {self.told.of[a]} {what}"), named

    def _alone(self, a: int, local: int, kind: str) -> bool:
        """Whether a sum is told of nobody, or of the place that suffered: "the damage", and "the damage to the city", of one story."""
        entity = self.graphs[a].entities[local]
        itself = entity.label == words().alone.get(kind)
        return kind in words().alone and (itself or entity.type in ("Country", "Region", "City"))

    def _giver(self, a: int, statement: Statement, claim: Claim) -> str | None:
        """Who gives a sum: the aid of one country is no figure for that of another."""
        graph = self.graphs[a]
        if claim.measure != "money" or _sum(graph, statement) not in words().given:
            return None
        giving = (one for one in graph.annotated.clauses if one.kind == "verb" and _has_object(one, claim.span))
        givers = {one.mention for clause in giving for one in clause.arguments if one.role == "subject"}
        named = (e for e, one in enumerate(graph.entities) if one.named and givers.intersection(one.mentions))
        return next((self._global(a, e).iri for e in named), None)

    def _past(self, a: int, statement: Statement, claim: Claim) -> str | None:
        """The time of an event that was over long before the article: its dead are not those of the news."""
        published = self.graphs[a].annotated.article.published
        if not published or claim.measure in words().forces or claim.measure == "money":
            return None
        told = claim.as_of or self._dated(a, statement, claim)
        over, since = (told.end, told.start) if told else (None, None)
        long_over = over is not None and _days(over, published) > PAST
        # "45 have been killed since 2001"
        for_years = over is None and since is not None and _days(since, published) > YEAR
        return told.edtf if told and (long_over or for_years) else None

    def _dated(self, a: int, statement: Statement, claim: Claim) -> TimeExpression | None:
        """The date nearest to the figure in its sentence, with a year and not that of saying it: "in August 2012, when he killed six"."""
        annotated = self.graphs[a].annotated
        said = claim.asserted_at.span if claim.asserted_at else None
        own = (
            time
            for time in annotated.times
            if time.type == "DATE" and (time.end or time.start) and time.edtf and statement.evidence.covers(time.span)
            if time.span != said and re.search(r"\d{4}|9/11", time.span.of(annotated.article.text))
        )
        return min(own, key=lambda time: abs(time.span.start - claim.span.start), default=None)

    def _people(self, a: int, measure: str, entity: Entity, whose: str | None) -> str:
        head = _head(entity)
        if whose is not None:
            return f"{head} of {whose}"
        at_large = words().people
        known = head in at_large["any"] or head in at_large.get(measure, ())
        return "people" if known or self._sole(a, measure, head) else head

    def _sole(self, a: int, measure: str, head: str) -> bool:
        """Whether an article tells of no others whom it befell: its "747 injured passengers" are the injured of the story."""
        graph = self.graphs[a]
        claims = (one.claim for one in graph.statements if one.claim and one.claim.measure == measure)
        heads = {_head(graph.entities[claim.counted.entity]) for claim in claims if claim.counted}
        return measure in words().people and head not in words().kinds and heads == {head}

    def _whose(self, a: int, claim: Claim) -> str | None:
        """Whose people they are: their own country or body, of those that somebody has that one; else, of soldiers
        and the like, whose the only ones of that kind in the story are.
        """
        own = self._own(a, claim)
        head = self.graphs[a].entities[claim.counted.entity].group_head if claim.counted else None
        if own is not None and head in words().people["any"] and own == self._home(self.told.of[a]):
            return None  # "16,000 Sudanese" are the people of a story of Sudan
        if own is not None or claim.counted is None or claim.measure in words().people:
            return own
        known = self._affiliations(self.told.of[a]).get(head or "", ())
        return next(iter(known)) if len(known) == 1 and head not in words().people["any"] else None

    def _own(self, a: int, claim: Claim) -> str | None:
        if claim.counted is None:
            return None
        graph, counted = self.graphs[a], claim.counted
        if (affiliation := graph.entities[counted.entity].affiliation) is not None:
            return self._global(a, affiliation).iri
        having = (one for one in graph.annotated.clauses if one.predicate in words().having)
        objects = ((one, argument) for one in having for argument in one.arguments if argument.role == "object")
        clause = next((one for one, argument in objects if argument.span == counted.span), None)
        if clause is None:
            return None
        owners = {one.mention for one in clause.arguments if one.role == "subject"}
        has = (e for e, one in enumerate(graph.entities) if one.type in OWNERS and owners.intersection(one.mentions))
        return next((whose for e in has if (whose := self._itself(a, e))), None)

    def _itself(self, a: int, owner: int) -> str | None:
        """Who has a name, or else the country or body whose army or ministry it is: "Sweden's army has 200 soldiers"."""
        entity = self.graphs[a].entities[owner]
        named = owner if entity.named else entity.affiliation
        return None if named is None else self._global(a, named).iri

    def _articles(self, story: int) -> Iterator[tuple[int, ArticleGraph]]:
        """The articles of a chain of stories."""
        return ((a, self.graphs[a]) for a, own in enumerate(self.told.of) if own == story)

    def _home(self, story: int) -> str | None:
        """The country that a story names most often."""
        if story not in self._homes:
            named: Counter[str] = Counter()
            for a, graph in self._articles(story):
                for e, one in enumerate(graph.entities):
                    if one.type == "Country" and one.named and (a, e) in self.resolution.of:
                        named[self._global(a, e).iri] += len(one.mentions)
            self._homes[story] = min(named, key=lambda iri: (-named[iri], iri), default=None)
        return self._homes[story]

    def _affiliations(self, story: int) -> Mapping[str, frozenset[str]]:
        """Of the people counted in a story, by what they are: whose they are said to be."""
        if story not in self._owners:
            found: dict[str, set[str]] = defaultdict(set)
            for a, graph in self._articles(story):
                for claim in (one.claim for one in graph.statements if one.claim and one.claim.counted):
                    entity = graph.entities[claim.counted.entity] if claim.counted else None
                    if entity and entity.group_head and (whose := self._own(a, claim)):
                        found[entity.group_head].add(whose)
            self._owners[story] = {head: frozenset(whose) for head, whose in found.items()}
        return self._owners[story]

    def _done(self, a: int, claim: Claim) -> str | None:
        """What is done to those counted, or by them, where no measure says it: "1,200 houses were destroyed", "42 people were rescued"."""
        counted = claim.counted
        for clause in self.graphs[a].annotated.clauses:
            role = next((one.role for one in clause.arguments if counted and one.span.overlaps(counted.span)), None)
            if clause.kind == "verb" and role in ("object", "subject") and clause.predicate not in words().said:
                return f"{role} {words().acts.get(clause.predicate, clause.predicate)}"
        return None

    # ---- where ----

    def _places(self, a: int, statement: Statement) -> frozenset[tuple[str, str]]:
        """Places and conflicts that narrow the claim, those with a name."""
        fillers = (filler.ref for filler in statement.roles if filler.role in NARROWING)
        counted = statement.claim.counted if statement.claim and statement.claim.measure == "money" else None
        locals_ = [ref.entity for ref in (statement.place, counted, *fillers) if ref]
        named = frozenset(level for local in locals_ for level in self._levels(a, local))
        told = statement.evidence.of(self.graphs[a].annotated.article.text)
        return named or (frozenset((("Country", WORLD),)) if words().worldwide.search(told) else frozenset())

    def _levels(self, a: int, local: int) -> Iterator[tuple[str, str]]:
        """A named place or conflict by class and identity, and the country that the gazetteer puts it in."""
        key, known = self.graphs[a].entities[local].key or "", self._global(a, local)
        if not known.named or known.type not in LEVELS:
            return
        country = re.fullmatch(r"(?:city|region)/.*-([a-z]{3})", key)
        yield known.type, key if known.type == "Country" and key else known.iri
        if country:
            yield "Country", f"country/{country.group(1).upper()}"

    # ---- by whose word ----

    def _ultimate(self, a: int, statement: Statement) -> frozenset[str]:
        """Who is credited at the last level; the outlet, or the article, where nobody is."""
        if not statement.chain:
            article = self.graphs[a].annotated.article
            return frozenset((f"publisher {article.publisher}" if article.publisher else f"article {a}",))
        last = max(source.level for source in statement.chain)
        return frozenset(self._source(a, source) for source in statement.chain if source.level == last)

    def _source(self, a: int, source: Source) -> str:
        """A named source by its IRI; "the health ministry", or "the county" beside "Maui County", is one within a story."""
        if source.label.casefold() in ("it", "they"):
            source = self._antecedent(a, source)
        entity = None if source.entity is None else self._global(a, source.entity)
        return self._alias(self.told.of[a], _name(entity.label if entity else source.label), entity)

    def _antecedent(self, a: int, source: Source) -> Source:
        """Who spoke last before "it" or "they": "The ministry said 41 had died. It has recorded 1,900 cases"."""
        graph = self.graphs[a]
        before = (
            (span, mention)
            for one in graph.annotated.attributions
            for span, mention in zip(one.sources, one.source_mentions, strict=True)
            if 0 <= source.span.start - span.end < TAKEN_UP and span != source.span
        )
        span, mention = max(before, key=lambda one: one[0].start, default=(None, None))
        entity = next((e for e, one in enumerate(graph.entities) if mention in one.mentions), None)
        if span is None:
            return source
        known = entity if (a, entity) in self.resolution.of else None
        return replace(source, entity=known, label=span.of(graph.annotated.article.text))

    def _alias(self, story: int, name: str, entity: GlobalEntity | None) -> str:
        """One name for a source within a story: that of the only one whose name ends in this one, or who has it."""
        known = self._known(story)
        longer = {one for other, one in known.items() if other.endswith(f" {name}")}
        if len(longer) == 1:
            return longer.pop()
        return known.get(name) or _identity(entity) or f"story {story} {name}"

    def _known(self, story: int) -> Mapping[str, str]:
        """The sources of figures in a story by name: a named one's IRI."""
        if story not in self._names:
            found: dict[str, str] = {}
            for a, graph in self._articles(story):
                for source in (one for said in graph.statements if said.claim for one in said.chain):
                    entity = None if source.entity is None else self._global(a, source.entity)
                    name, iri = _name(entity.label if entity else source.label), _identity(entity)
                    if iri:
                        found[name] = min(found.get(name, iri), iri)
                    else:
                        found.setdefault(name, f"story {story} {name}")
            self._names[story] = found
        return self._names[story]

    def _confirming(self, a: int, statement: Statement, claim: Claim) -> list[Span]:
        """The words that confirm a figure: those its source says it by, or else such that take up another's ("bore him out: ...")."""
        own = [one.cue for one in statement.chain if one.cue and one.cue_text.lower() in words().confirming]
        annotated = self.graphs[a].annotated
        start = max((one.span.start for one in annotated.sentences if one.span.start <= claim.span.start), default=0)
        taken_up = words().bearing_out.search(annotated.article.text, start, claim.span.start)
        return own or ([Span(*taken_up.span(1))] if taken_up and statement.chain else [])

    def _confirmed(self, a: int, claim: Claim, confirming: Sequence[Span]) -> frozenset[str]:
        """Whose figure it is that a source is said to confirm: "the Red Cross confirmed the ministry's count of 40 dead"."""
        annotated, found = self.graphs[a].annotated, set()
        for cue in confirming:
            between = Span(cue.end, claim.span.start)
            inside = {m for m, one in enumerate(annotated.mentions) if between.covers(one.span)}
            for local, entity in enumerate(self.graphs[a].entities):
                if inside.intersection(entity.mentions) and (a, local) in self.resolution.of:
                    known = self._global(a, local)
                    found.add(self._alias(self.told.of[a], _name(known.label), known))
        return frozenset(found)


def _name(label: str) -> str:
    """
    >>> _name("The police"), _name("Prigozhin himself")
    ('police', 'prigozhin')
    """
    return re.sub(r"^(?:the|an?) | (?:him|her|it|them)sel(?:f|ves)$", "", label.casefold())


def _identity(entity: GlobalEntity | None) -> str | None:
    """Of a source that has a name, or is somebody's who has one."""
    return entity.iri if entity and (entity.named or entity.affiliation) else None


def _incidental(graph: ArticleGraph) -> set[Span]:
    """Figures of those to whom something else was done too ("honoured dozens of soldiers who died"): no count of all who died."""
    told = [one for one in graph.statements if one.claim]
    harmed = {one.claim.span for one in told if one.claim and one.claim.measure != "other"}
    own = (one.claim for one in told if one.claim and one.kind == "relation")
    return {claim.span for claim in own if claim.measure == "other" and claim.span in harmed}


def measured(claim: Claim) -> bool:
    """Whether a claim says what it measures; of figures with a unit only sums of money do."""
    return claim.measure != "other" and (claim.unit is None or claim.measure == "money")


def expected(statement: Statement, claim: Claim) -> bool:
    """Whether a harm is feared or foretold: "could kill 200,000" is no count of the dead, "we can say that 275 died" is one."""
    ahead = statement.tense == "future" or (statement.certainty == "possible" and statement.tense != "past")
    return ahead and claim.measure != "money" and claim.measure not in words().forces


def _has_object(clause: Clause, figure: Span) -> bool:
    return any(one.role == "object" and one.span.overlaps(figure) for one in clause.arguments)


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def _head(entity: Entity) -> str:
    return entity.group_head or kind_of(entity.label)


def kind_of(label: str) -> str:
    """What a thing or person without a name is, of words alike one: "burned houses" and "homes" are houses."""
    word = singular(label.casefold().split()[-1]) if label.split() else label
    return words().alike.get(word, word)


def singular(word: str) -> str:
    """
    >>> singular("houses"), singular("aircraft"), singular("cities")
    ('house', 'aircraft', 'city')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def whole(counted: GlobalEntity) -> str:
    return counted.part_of or counted.iri


def _sum(graph: ArticleGraph, statement: Statement) -> str:
    said = statement.trigger.of(graph.annotated.article.text).casefold() if statement.trigger else ""
    verb = next((one.predicate for one in graph.annotated.clauses if one.trigger == statement.trigger), said)
    return words().sums.get(said) or words().sums.get(verb, said)


@dataclass(frozen=True, slots=True)
class Words:
    """What claims are read by, from `lexicon/measures.yaml`."""

    confirming: frozenset[str]  # words of saying that confirm another's figure
    bearing_out: re.Pattern[str]  # and with whose they confirm: "bore him out", "confirmed the company's figure"
    besides: tuple[frozenset[str], frozenset[str]]  # before and behind a figure that counts so many besides others
    forces: frozenset[str]  # measures with a planned one beside them, and the planned
    planned: frozenset[str]  # of these the planned ones, where a further figure is a claim of its own
    worldwide: re.Pattern[str]  # makes a count that of several countries together
    reach: Mapping[str, float]  # up to where a vague number word reaches at the most
    sums: Mapping[str, str]  # what a sum is, by the noun or verb that says it
    given: frozenset[str]  # sums that somebody gives
    alone: Mapping[str, str]  # sums that a story has one of, whomever it is told of
    as_of: re.Pattern[str]  # before a date of which a figure is
    against: re.Pattern[str]  # before a former figure
    rises: frozenset[str]  # verbs that say where a toll stands
    said: frozenset[str]  # verbs that say nothing of what is done to those counted
    parts: tuple[re.Pattern[str], re.Pattern[str]]  # what stands before and behind a figure that is a part
    among: re.Pattern[str]  # what stands behind one that is a part of no figure
    kinds: frozenset[str]  # people who are never taken for all those whom it befell
    having: frozenset[str]  # verbs whose subject owns those counted
    acts: Mapping[str, str]  # verbs of doing the same, to one of them
    alike: Mapping[str, str]  # and nouns
    people: Mapping[str, frozenset[str]]  # words for people that narrow them to no kind, by measure


@cache
def words() -> Words:
    data = bundled().yaml("lexicon/measures.yaml")
    planned, further = data["planned"], data["further"]
    return Words(
        confirming=frozenset(data["confirming"]),
        bearing_out=re.compile(
            rf"(?<!not )(?<!never )\b({'|'.join(data['confirming'])})\b(?: (?:him|her|them)\b|[^.;:!?\d]*?"
            rf"(?:['’]s?|\b(?:the|that|their|his|her)) (?:\w+ )?(?:{data['tally']})"
            r"|[^.;:!?\d]* (?:was|were|is|had been) (?:right|correct|accurate)\b)",
            re.IGNORECASE,
        ),
        besides=(frozenset(further["before"]), frozenset(further["behind"])),
        forces=frozenset((*planned, *planned.values())),
        planned=frozenset(planned.values()),
        worldwide=re.compile(rf"\b(?:{'|'.join(map(re.escape, data['worldwide']))})\b", re.IGNORECASE),
        reach={word: float(most) for word, most in data["reach"].items()},
        sums={
            word: kind
            for part in ("nouns", "giving", "getting")
            for kind, forms in data["money"][part].items()
            for word in forms
        },
        given=frozenset(data["money"]["given"]),
        alone=data["money"]["alone"],
        as_of=re.compile(rf"\b(?:{'|'.join(data['as-of'])})\s+(?:\w+\s+)?$", re.IGNORECASE),
        against=re.compile(rf"\b(?:{'|'.join(data['against'])})\s+$", re.IGNORECASE),
        rises=frozenset(data["rises"]),
        said=frozenset((*data["tellers"], *data["standing"], *data["befalls"], *data["other"]["said"])),
        parts=(
            re.compile(rf"\b(?:{'|'.join(data['parts']['before'])})\s+(?:\w+\s+)?$", re.IGNORECASE),
            re.compile(rf"\s+(?:{'|'.join(data['parts']['behind'])})\b", re.IGNORECASE),
        ),
        among=re.compile(rf"(?:\s[\w'’-]+){{0,6}}\s(?:{'|'.join(data['parts']['among'])})\b", re.IGNORECASE),
        kinds=frozenset((*data["kinds"], *data["counted"]["strength"])),
        having=frozenset(data["having"]),
        acts={verb: verbs[0] for verbs in data["other"]["acts"] for verb in verbs},
        alike={noun: nouns[0] for nouns in data["other"]["alike"] for noun in nouns},
        people={measure: frozenset(nouns) for measure, nouns in data["at-large"].items()},
    )
