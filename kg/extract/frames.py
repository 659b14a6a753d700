"""Which wordings of the ontology fit a clause, and who fills which role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.extract.context import Context, arguments
from kg.model import Argument, Clause, ClauseKind, Ref
from kg.ontology import Frame, Kind, Ontology

WORDING_KINDS: dict[ClauseKind, Kind] = {
    "verb": "verbs", "noun": "nouns", "title": "titles", "apposition": "titles", "copula": "titles", "link": "links",
}  # fmt: skip
PLACES = ("in", "at", "on", "near", "outside", "across", "inside")
PARTNERS = frozenset({"object", "indirect", "with", "to", "from", "against", "alongside"})
ACTING = frozenset({"possessive", "by", "between", "subject"})  # who acts, said of a noun itself
OCCASIONS = ("at", "during", "in", "after")


@dataclass(frozen=True, slots=True)
class Filler:
    """An argument in a role: an entity, or (ref None) a clause whose event it may be, or a bare phrase."""

    role: str
    argument: Argument
    ref: Ref | None
    clause: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits a clause."""

    frame: Frame
    clause: int
    fillers: tuple[Filler, ...]

    def of(self, role: str) -> list[Filler]:
        return [filler for filler in self.fillers if filler.role == role]


def sides(fillers: list[Filler]) -> Iterator[tuple[Filler, Filler]]:
    """Who did it with whom. Where one side stands apart ("A and B met C", "talks with C and D"), those of one side are not each other's."""
    apart = any(filler.argument.role in PARTNERS for filler in fillers)
    for one, other in combinations(fillers, 2):
        roles = {one.argument.role, other.argument.role}
        if not apart or len(roles & PARTNERS) == 1 < len(roles) or roles == {"to", "from"}:
            yield one, other


def matches(context: Context, ontology: Ontology) -> list[Match]:
    """For each clause, the event frame that fits best and every static relation that fits."""
    found: list[Match] = []
    for index, clause in enumerate(context.clauses):
        fitting = list(_fitting(context, ontology, index, clause))
        events = [match for match in fitting if match.frame.event]
        if events:
            found.append(max(events, key=_filled))
        found += [match for match in fitting if match.frame.relation]
    return found


def _filled(match: Match) -> int:
    return len({filler.role for filler in match.fillers if filler.ref})


def _fitting(context: Context, ontology: Ontology, index: int, clause: Clause) -> Iterator[Match]:
    for frame in worded(ontology, clause):
        fillers, lack = tried(context, ontology, frame, clause)
        if not lack:
            yield Match(frame, index, tuple(fillers))


def worded(ontology: Ontology, clause: Clause) -> tuple[Frame, ...]:
    """The frames that speak of the clause's predicate."""
    return ontology.frames(WORDING_KINDS[clause.kind], clause.predicate)


def tried(context: Context, ontology: Ontology, frame: Frame, clause: Clause) -> tuple[list[Filler], str]:
    """Who fills which role of the frame; and why it does not fit the clause, "" where it does."""
    if frame.support and clause.support not in frame.support:
        return [], f"stands not under {', '.join(frame.support)}" + (
            f" but under {clause.support}" if clause.support else ""
        )
    if _blocked(context, frame, clause):
        return [], "a word under `unless` blocks it"
    fillers = _fill(context, ontology, frame, clause)
    missing = set(frame.need) - {filler.role for filler in fillers}
    return fillers, f"nothing fills {', '.join(sorted(missing))}" if missing else ""


def _blocked(context: Context, frame: Frame, clause: Clause) -> bool:
    return any(
        _bars(context, heads, argument) for role, heads in frame.unless.items() for argument in arguments(clause, role)
    )


def _bars(context: Context, heads: frozenset[str], argument: Argument) -> bool:
    """By the lemma of its head, by its class, or ("*") whatever it is."""
    if "*" in heads or context.head_lemma(argument) in heads or argument.head.of(context.text).lower() in heads:
        return True
    ref = context.ref(argument.mention)
    return ref is not None and context.ontology.fits(
        context.type_of(ref), [one for one in heads if one[:1].isupper()] or ["-"]
    )


def _fill(context: Context, ontology: Ontology, frame: Frame, clause: Clause) -> list[Filler]:
    fillers: list[Filler] = []
    used: set[Argument] = set()
    for role, grammatical in frame.roles.items():
        for name in grammatical:
            fitting = [
                filler
                for argument in _along(context, frame, clause, name)
                if argument not in used and (filler := _filler(context, ontology, frame, role, argument))
            ]
            used.update(filler.argument for filler in fitting)
            fillers += fitting
            if fitting and not _collective(ontology, frame, role):
                break
    if frame.event:
        fillers += _circumstances(context, ontology, clause, used, {filler.role for filler in fillers})
    return fillers


def _along(context: Context, frame: Frame, clause: Clause, name: str) -> list[Argument]:
    """The arguments of a grammatical role, or along a path of two: "object/of" are the of-phrases of the object's noun."""
    first, _, second = name.partition("/")
    found = list(arguments(clause, first)) or _borrowed(context, frame, clause, first)
    if not second:
        return found
    under = [
        context.clauses[index]
        for a in found
        if a.mention is None and (index := context.nouns_at.get(a.head)) is not None
    ]
    return [argument for inner in under for argument in arguments(inner, second)]


def _borrowed(context: Context, frame: Frame, clause: Clause, role: str) -> list[Argument]:
    """Under a verb that the frame names, what the verb has and the noun has not: "heaped praise [on the crew]".

    Where the noun says itself who acts, the verb's subject does not: "hosted talks between A and B".
    """
    verb = context.verbs_at.get(context.support_of.get(clause.trigger, clause.trigger)) if frame.support else None
    settled = role == "subject" and any(argument.role in ACTING for argument in clause.arguments)
    if verb is None or settled:
        return []
    return [argument for argument in arguments(verb, role) if argument.head != clause.trigger]


def _collective(ontology: Ontology, frame: Frame, role: str) -> bool:
    """Whether all who take part stand in one role ("met": agent and agent), so that every grammatical role adds to it."""
    names = [frame.relation] if frame.relation else ontology.readings(frame.event or "")
    relations = [ontology.relations[name] for name in names if name]
    return any(relation.subject_role == role and role in relation.object_roles for relation in relations)


def _filler(context: Context, ontology: Ontology, frame: Frame, role: str, argument: Argument) -> Filler | None:
    ref = context.ref(argument.mention)
    clause = None if ref else context.clause_under(argument)
    heads, where = frame.heads.get(role, ()), frame.where.get(role, ())
    if heads and context.head_lemma(argument) in heads:
        return Filler(role, argument, ref, clause)
    if where:
        fits = ref is not None and ontology.fits(context.type_of(ref), where)
        fits = fits or (clause is not None and "Event" in where)
        return Filler(role, argument, ref, clause) if fits else None
    return None if heads else Filler(role, argument, ref, clause)


def _circumstances(
    context: Context, ontology: Ontology, clause: Clause, used: set[Argument], taken: set[str]
) -> Iterator[Filler]:
    """Where and at what it happened: prepositional arguments that no role of the frame took."""
    for argument in clause.arguments:
        ref = context.ref(argument.mention)
        if argument in used or ref is None:
            continue
        kind = context.type_of(ref)
        if argument.role in PLACES and "place" not in taken and ontology.is_a(kind, "Place"):
            yield Filler("place", argument, ref, None)
        elif argument.role in OCCASIONS and "occasion" not in taken and ontology.fits(kind, ("Gathering", "Conflict")):
            yield Filler("occasion", argument, ref, None)
