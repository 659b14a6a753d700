"""Matches to statements: the binary readings of an event, and static relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from kg.extract.chain import chain, unsourced
from kg.extract.confidence import confidence, signs
from kg.extract.context import Context, arguments
from kg.extract.events import Told
from kg.extract.figures import claim, measure_of, quantity_of
from kg.extract.frames import Filler, Match, sides
from kg.extract.measures import HARM, behind
from kg.extract.when import is_long_past, time_of
from kg.model import Argument, Claim, Clause, Entity, EventRef, Ref, RoleFiller, Source, Span, Statement, Tense, TimeRef
from kg.ontology import Ontology, Relation
from kg.terms_of_office import is_over

# What a post is in: behind it before in front of it ("the Moscow correspondent of Le Temps").
BODY_ROLES = ("of", "for", "at", "modifier", "possessive", "in")
RELATIONAL = (
    "title",
    "apposition",
    "copula",
    "link",
)  # kinds of clauses that say what one is rather than what one does


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns the matches of one article into statements."""

    context: Context
    ontology: Ontology
    told: Told
    matches: list[Match]

    def statements(self) -> Iterator[Statement]:
        for index, match in enumerate(self.matches):
            if match.frame.event:
                yield from self._readings(index, match)
            else:
                yield from self.static(match)

    def _readings(self, index: int, match: Match) -> Iterator[Statement]:
        event = self.told.of_match[index]
        for name in self.ontology.readings(match.frame.event or ""):
            relation = self.ontology.relations[name]
            for left, right in self._pairs(match, relation):
                yield from self._statement(match, relation, left, right, event)

    def static(self, match: Match) -> Iterator[Statement]:
        relation = self.ontology.relations[match.frame.relation or ""]
        for left, right in product(match.of("subject"), match.of("object")):
            yield from self._statement(match, relation, left, right, None)
        if relation.symmetric and not match.of("object"):
            for left, right in combinations(match.of("subject"), 2):
                yield from self._statement(match, relation, left, right, None)

    def _pairs(self, match: Match, relation: Relation) -> Iterator[tuple[Filler, Filler]]:
        """Subject and object fillers: the object is in the first of the relation's object roles that is filled by another, the one that the
        verb's own object fills before others ("visited the refugees in Calais")."""
        subjects = match.of(relation.subject_role or "")
        direct = {filler.role for filler in match.fillers if filler.argument.role == "object"}
        for role in sorted(relation.object_roles, key=lambda role: role not in direct):
            same = role == relation.subject_role
            pairs = list(sides(subjects) if same else product(subjects, match.of(role)))
            if pairs:
                return iter(pairs)
        return iter(())

    def _statement(
        self, match: Match, relation: Relation, left: Filler, right: Filler, event: int | None
    ) -> Iterator[Statement]:
        clause = self.context.clauses[match.clause]
        subject, target = left.ref, self._target(relation, match, right)
        if subject is None or target is None or self._same(subject, target):
            return
        if clause.kind in RELATIONAL and isinstance(target, Ref) and self._is_no_place(target):
            return  # "the nation's largest party"
        if any(self._is_we(filler) for filler in (left, right)):
            return
        if event is None and "Role" in relation.range and not self.context.entities[subject.entity].named:
            return  # "the spokesman" is nobody whose post is news
        trigger = clause.trigger
        evidence = self.context.evidence(trigger, subject.span, target.span)
        sources = chain(self.context, trigger, presupposed=clause.kind in ("title", "link"))
        features = self._features(match, clause, target, (left, right))
        time = None if clause.kind in ("title", "apposition") else time_of(self.context, trigger)
        roles = tuple(
            RoleFiller(f.role, f.ref) for f in match.fillers if f.ref and f not in (left, right) and f.role != "place"
        )
        place = next((f.ref for f in match.fillers if f.role == "place" and f.ref), None)
        yield Statement(
            kind="relation",
            predicate=relation.name,
            subject=subject,
            object=target,
            trigger=None if clause.kind in ("title", "apposition", "link") else trigger,
            evidence=evidence,
            polarity=clause.polarity,
            certainty=clause.certainty,
            tense=self._tense(clause, subject, time),
            chain=sources,
            event=event,
            roles=roles if event is not None else (),
            claim=self._claim(match, left, right, time, sources) if event is not None else None,
            time=time,
            place=place,
            confidence=confidence(features),
            extractor=f"{clause.kind}:{match.frame.place}",
            features=features,
        )

    def _tense(self, clause: Clause, subject: Ref, time: TimeRef | None) -> Tense:
        """A title has no tense of its own: it was held when what the sentence tells happened. "He returns on Friday" is yet to come."""
        day = self.context.annotated.article.published
        if clause.tense == "present" and clause.kind == "verb" and day and time and (time.start or "") > day:
            return "future"
        if clause.kind not in ("title", "apposition") or clause.tense != "present":
            return clause.tense
        name = self.context.entities[subject.entity].label
        body = self._body(clause)
        club = body is not None and self.ontology.is_a(self.context.type_of(body), "Organization")
        over = (not club and is_over(clause.predicate, name, day)) or is_long_past(self.context, subject.span)
        return "past" if over else "present"

    def _features(
        self, match: Match, clause: Clause, target: Ref | EventRef, ends: tuple[Filler, Filler]
    ) -> tuple[str, ...]:
        own = signs(self.context, match, clause, target, ends)
        return (*clause.features, *own, *unsourced(self.context, clause.trigger))

    def _same(self, subject: Ref, target: Ref | EventRef) -> bool:
        return isinstance(target, Ref) and subject.entity == target.entity

    def _is_no_place(self, target: Ref) -> bool:
        """Whether it is a place without a name: which one is meant the sentence does not say."""
        kind = self.context.type_of(target)
        place = any(self.ontology.is_a(kind, name) for name in ("Country", "Region", "City"))
        return place and not self.context.entities[target.entity].named

    def _is_we(self, filler: Filler) -> bool:
        """Whether "we", "us" or "they" was read as the one person who speaks: who else is meant nobody knows."""
        index = filler.argument.mention
        if index is None or filler.ref is None:
            return False
        mention = self.context.annotated.mentions[index]
        plural = mention.kind == "pronoun" and mention.number == "plural"
        return plural and self.context.type_of(filler.ref) == "Person"

    def _target(self, relation: Relation, match: Match, filler: Filler) -> Ref | EventRef | None:
        """What the object argument stands for: its entity, the role it names, or the event of its clause."""
        if filler.ref:
            return filler.ref
        if "Role" in relation.range:
            return self._role(match, filler)
        if filler.clause is None:
            return None
        event = self.told.of_clause.get(filler.clause)
        trigger = self.context.clauses[filler.clause].trigger
        return EventRef(event, trigger) if event is not None and "Event" in relation.range else None

    def _role(self, match: Match, filler: Filler) -> Ref:
        """The post that a title names, as an entity: title and the body or country it is in."""
        clause = self.context.clauses[match.clause]
        body = self._body(clause)
        name = clause.predicate if clause.kind in ("title", "apposition", "copula") else self._post(filler)
        if body and self.context.type_of(body) == "GovernmentBody":
            parties = (a.span.of(self.context.text) for a in arguments(clause, "party"))
            name = " ".join((*parties, name))  # "the Senate's Republican leader"
        label = name + (f" of {self.context.entities[body.entity].label}" if body else "")
        entity = Entity("Role", label, (), named=body is not None, affiliation=body.entity if body else None)
        return Ref(self.context.found(entity), filler.argument.span)

    def _post(self, filler: Filler) -> str:
        """The post that an argument names ("her seat in parliament"): its words from the last determiner on."""
        span, head = filler.argument.span, filler.argument.head
        words = Span(span.start, head.end).of(self.context.text).split()
        return " ".join(words[-2:] if len(words) > 2 else words[-1:]).lower()

    def _body(self, clause: Clause) -> Ref | None:
        """What the post is in: a body rather than a person (before a name also than a place), a party only where it has such posts."""
        title = clause.kind == "title"
        order: tuple[str, ...] = ("modifier", "of", "possessive", "in") if title else BODY_ROLES
        if arguments(clause, "of") and not title:
            order = tuple(role for role in order if role not in ("for", "at"))  # "director of sales at Fjord Lines"
        found = [ref for role in (*order, "party") for a in arguments(clause, role) if (ref := self._known(a))]
        bodies = [ref for ref in found if not self._is_no_place(ref)]
        if not self._is_party_post(clause.predicate):
            bodies = [ref for ref in bodies if self.context.type_of(ref) != "PoliticalParty"]
        wanted = self._bodies_wanted(clause.predicate)
        return min(bodies, key=lambda ref: self._rank(ref, title, wanted), default=None)

    def _rank(self, ref: Ref, title: bool, wanted: tuple[str, ...]) -> tuple[bool, bool, bool]:
        kind = self.context.type_of(ref)
        return not self.ontology.fits(kind, wanted), kind == "Person", title and self.ontology.is_a(kind, "Place")

    def _bodies_wanted(self, title: str) -> tuple[str, ...]:
        """The classes that the wordings let such a post lead or work for ("ambassador": a country)."""
        frames = [f for f in self.ontology.frames("titles", title) if f.relation in ("leads", "worksFor")]
        return tuple(one for frame in frames for one in frame.where.get("object", ()))

    def _known(self, argument: Argument) -> Ref | None:
        """Its entity, unless it is a pronoun of which nobody knows whose it is."""
        ref = self.context.ref(argument.mention)
        if ref is None or argument.mention is None:
            return None
        pronoun = self.context.annotated.mentions[argument.mention].kind == "pronoun"
        return None if pronoun and not self.context.entities[ref.entity].named else ref

    def _is_party_post(self, title: str) -> bool:
        return any(
            "party" in frame.roles.get("object", ())
            for frame in self.ontology.frames("titles", title)
            if frame.relation in ("leads", "spokespersonFor")
        )

    def _claim(
        self, match: Match, left: Filler, right: Filler, time: TimeRef | None, sources: tuple[Source, ...]
    ) -> Claim | None:
        """The figure that counts a participant. Where the event measures nothing it says how many took part, and no toll:
        who honours dozens of soldiers that died has not counted the dead; who confirms a count of 90 men confirms no men.
        """
        measure = self.ontology.measure(match.frame.event or "")
        tense = self.context.clauses[match.clause].tense
        for filler in (*match.of("patient"), *match.of("theme"), left, right):
            quantity = quantity_of(self.context, filler.ref)
            if quantity and filler.role != "topic":
                suffers = measure and not (filler.role == "agent" and measure in HARM)
                told = measure_of(self.context, quantity, measure or "other", filler.ref) if suffers else "other"
                if measure is None and filler.role == "agent":  # "2,000 people had joined Monday's protest"
                    told = behind(self.context, quantity)[0] or told
                return claim(self.context, quantity, told, tense, filler.ref, time, sources)
        return None


def used_quantities(statements: list[Statement]) -> set[Span]:
    return {s.claim.span for s in statements if s.claim}
