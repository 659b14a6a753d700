"""Matches to events: one node for each happening that the article tells, with its roles, time and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.extract.when import time_of
from kg.model import Event, Ref, RoleFiller, Span, TimeRef


@dataclass(frozen=True, slots=True)
class Told:
    """Events of the article, and which event each match (by its place in the list of matches) tells."""

    events: tuple[Event, ...]
    of_match: dict[int, int]
    of_clause: dict[int, int]


def events(context: Context, matches: list[Match]) -> Told:
    """One event a match; matches of one kind that share all their main participants and no other time are one event told twice."""
    nodes: list[Event] = []
    of_match: dict[int, int] = {}
    of_clause: dict[int, int] = {}
    for index, match in enumerate(matches):
        if not match.frame.event:
            continue
        event = _event(context, match)
        twin = next((n for n, node in enumerate(nodes) if _same(node, event)), None)
        if twin is None:
            nodes.append(event)
            twin = len(nodes) - 1
        else:
            nodes[twin] = _merged(nodes[twin], event)
        of_match[index] = twin
        of_clause.setdefault(match.clause, twin)
    return Told(tuple(nodes), of_match, of_clause)


def _event(context: Context, match: Match) -> Event:
    clause = context.clauses[match.clause]
    roles = [RoleFiller(f.role, f.ref) for f in match.fillers if f.ref and f.role != "place"]
    place = next((f.ref for f in match.fillers if f.role == "place" and f.ref), None)
    return Event(match.frame.event or "", (clause.trigger,), tuple(roles), time_of(context, clause.trigger), place)


def _same(one: Event, other: Event) -> bool:
    """Whether two events are one told twice: same class, same fillers of at least two roles, no contradiction."""
    if one.type != other.type or not _agree(one.time, other.time):
        return False
    ours, theirs = _by_role(one.roles), _by_role(other.roles)
    shared = ours.keys() & theirs.keys()
    places = one.place is None or other.place is None or one.place.entity == other.place.entity
    participants = {entity for role in shared for entity in ours[role]}
    return places and len(participants) >= 2 and all(ours[role] == theirs[role] for role in shared)


def _agree(one: TimeRef | None, other: TimeRef | None) -> bool:
    if one is None or other is None:
        return True
    return (one.start or "") <= (other.end or "9") and (other.start or "") <= (one.end or "9")


def _by_role(roles: Iterable[RoleFiller]) -> dict[str, frozenset[int]]:
    names = {filler.role for filler in roles}
    return {name: frozenset(f.ref.entity for f in roles if f.role == name) for name in names}


def _merged(one: Event, other: Event) -> Event:
    triggers: tuple[Span, ...] = tuple(sorted({*one.triggers, *other.triggers}))
    have = {(f.role, f.ref.entity) for f in one.roles}
    roles = one.roles + tuple(f for f in other.roles if (f.role, f.ref.entity) not in have)
    place: Ref | None = one.place or other.place
    return Event(one.type, triggers, roles, one.time or other.time, place)
