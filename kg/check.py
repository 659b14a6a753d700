"""check: what the ontology does not allow is set apart with its reason; what may be asserted is marked. Nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.confidence import calibration
from kg.model import ArticleGraph, Entity, Event, EventRef, Literal_, Ref, SetApart, Statement
from kg.ontology import Ontology

Assert = Literal["all", "article"]
ASSERTABLE = ("neutral", "factive")
# Signs of a clause under a denial, claim or the like whose speaker is not named; of a sentence that a web page's links run through.
UNASSERTABLE = frozenset(
    (
        "denied",
        "accused",
        "glued-words",
        *(f"unsourced-{stance}" for stance in ("claim", "denial", "accusation", "promise", "belief")),
    )
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check needs to know of the article."""

    ontology: Ontology
    entities: Sequence[Entity]
    bare_pronouns: frozenset[int]

    def type_of(self, ref: Ref | EventRef | Literal_) -> str:
        if isinstance(ref, Literal_):
            return ref.datatype
        return "Event" if isinstance(ref, EventRef) else self.entities[ref.entity].type


Check = Callable[[Checked, Statement], str | None]  # the reason for setting apart, or None


def check(
    graph: ArticleGraph, ontology: Ontology, asserting: Assert = "all", threshold: float | None = None
) -> ArticleGraph:
    """The graph with faulty and repeated statements set apart, and `asserted` decided for the others.

    `threshold`: least confidence of what is asserted; None: the one chosen on data.
    """
    least = calibration().threshold if threshold is None else threshold
    checked = Checked(ontology, graph.entities, _bare_pronouns(graph))
    kept: list[Statement] = []
    apart: list[SetApart] = list(graph.set_apart)
    seen: dict[tuple[object, ...], int] = {}
    for statement in graph.statements:
        fault = next(((name, reason) for name, test in CHECKS.items() if (reason := test(checked, statement))), None)
        if fault:
            apart.append(SetApart(statement, *fault))
        elif (twin := seen.get(_identity(statement))) is not None:
            kept[twin], weaker = _stronger(kept[twin], statement)
            apart.append(SetApart(weaker, "repeated", "the same sentence says this by other words too"))
        else:
            seen[_identity(statement)] = len(kept)
            kept.append(statement)
    marked = tuple(replace(s, asserted=_may_assert(s, asserting, least)) for s in kept)
    return _without_orphans(replace(graph, set_apart=tuple(apart)), marked)


def _bare_pronouns(graph: ArticleGraph) -> frozenset[int]:
    mentions = graph.annotated.mentions
    return frozenset(
        i for i, e in enumerate(graph.entities) if e.mentions and all(mentions[m].kind == "pronoun" for m in e.mentions)
    )


def _identity(statement: Statement) -> tuple[object, ...]:
    target = statement.object
    end: object = (
        target.entity if isinstance(target, Ref) else target.event if isinstance(target, EventRef) else target.span
    )
    ends = (statement.subject.entity, end)
    figure = statement.claim.span if statement.claim else None
    return (statement.predicate, ends, statement.evidence, statement.polarity, figure, statement.open)


def _stronger(one: Statement, other: Statement) -> tuple[Statement, Statement]:
    return (other, one) if other.confidence > one.confidence else (one, other)


def _may_assert(statement: Statement, asserting: Assert, threshold: float) -> bool:
    """ONTOLOGY.md, "What is asserted"."""
    return (
        statement.kind != "quantity"
        and statement.open is None
        and statement.polarity == "positive"
        and statement.certainty == "certain"
        and statement.tense != "future"
        and statement.confidence >= threshold
        and UNASSERTABLE.isdisjoint(statement.features)
        and all(source.stance in ASSERTABLE for source in statement.chain)
        and (asserting == "all" or not statement.chain)
    )


def _without_orphans(graph: ArticleGraph, statements: tuple[Statement, ...]) -> ArticleGraph:
    """The graph without events that no statement supports any more; indices follow.

    An event that only a statement set apart confirms or denies stays, so that its line can still say what it was about.
    """
    held = [one.statement for one in graph.set_apart]
    used = {s.event for s in statements} | {
        s.object.event for s in (*statements, *held) if isinstance(s.object, EventRef)
    }
    order = [i for i in range(len(graph.events)) if i in used]
    new = {old: index for index, old in enumerate(order)}
    events: tuple[Event, ...] = tuple(graph.events[i] for i in order)
    apart = tuple(replace(one, statement=_renumbered(one.statement, new)) for one in graph.set_apart)
    return replace(graph, events=events, statements=tuple(_renumbered(s, new) for s in statements), set_apart=apart)


def _renumbered(statement: Statement, new: dict[int, int]) -> Statement:
    event = None if statement.event is None else new.get(statement.event)
    target = statement.object
    if isinstance(target, EventRef):
        target = EventRef(new[target.event], target.span)
    return replace(statement, event=event, object=target)


# ---- the checks ----


def _domain(checked: Checked, statement: Statement) -> str | None:
    relation = checked.ontology.relations.get(statement.predicate)
    kind = checked.type_of(statement.subject)
    if relation is None or not relation.domain or checked.ontology.fits(kind, relation.domain):
        return None
    return f"a {kind} is no subject of {statement.predicate} (domain: {', '.join(sorted(relation.domain))})"


def _range(checked: Checked, statement: Statement) -> str | None:
    relation = checked.ontology.relations.get(statement.predicate)
    kind = checked.type_of(statement.object)
    if relation is None or not relation.range or isinstance(statement.object, Literal_):
        return None
    if checked.ontology.fits(kind, relation.range):
        return None
    return f"a {kind} is no object of {statement.predicate} (range: {', '.join(sorted(relation.range))})"


def _antecedent(checked: Checked, statement: Statement) -> str | None:
    for ref in (statement.subject, statement.object):
        if isinstance(ref, Ref) and ref.entity in checked.bare_pronouns:
            return "a pronoun whose antecedent was not found"
    return None


def _self_loop(checked: Checked, statement: Statement) -> str | None:
    target = statement.object
    same = isinstance(target, Ref) and target.entity == statement.subject.entity
    return "subject and object are the same entity" if same else None


CHECKS: dict[str, Check] = {"domain": _domain, "range": _range, "antecedent": _antecedent, "self-loop": _self_loop}
