"""What an ontology is made of: classes, relations, and the frames that word them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kg.prefixes import PREFIXES

RDF, RDFS, OWL, SKOS, SCHEMA = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "skos", "schema"))


Kind = Literal["verbs", "nouns", "titles", "links"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Class:
    """A class; `measure` is what a count of an event's patient or theme measures ("killed")."""

    name: str
    parents: tuple[str, ...]
    label: str
    definition: str
    example: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that a statement may have as its predicate.

    With `event`, it is one reading of that event: from the filler of `subject_role` to that of the first of
    `object_roles` that is filled.
    """

    name: str
    label: str
    definition: str
    example: str
    triples: tuple[tuple[str, str, str], ...]  # what the example must give: head words of subject, predicate, of object
    domain: tuple[str, ...]
    range: tuple[str, ...]
    parents: tuple[str, ...] = ()
    symmetric: bool = False
    event: str | None = None
    subject_role: str | None = None
    object_roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to word an event or a static relation. Exactly one of `event` and `relation` is given."""

    event: str | None
    relation: str | None
    kind: Kind
    predicates: tuple[str, ...]
    support: tuple[str, ...]  # verbs under which alone a noun counts; empty: any, or none
    roles: Mapping[
        str, tuple[str, ...]
    ]  # ontology role -> grammatical roles by preference; an argument serves the first role that takes it
    need: frozenset[str]
    where: Mapping[str, tuple[str, ...]]  # ontology role -> classes
    heads: Mapping[str, frozenset[str]]  # ontology role -> lemmas of heads, another way to fit `where`
    unless: Mapping[str, frozenset[str]]  # grammatical role -> lemmas of heads that block the frame
    place: str  # file:line, the file as it is called within the folder


def upwards(name: str, classes: Mapping[str, Class]) -> Iterator[str]:
    """`name` and its ancestors, nearest first; stands a cycle."""
    seen: set[str] = set()
    level = [name]
    while level:
        fresh = [one for one in dict.fromkeys(level) if one in classes and one not in seen]
        seen.update(fresh)
        yield from fresh
        level = [parent for one in fresh for parent in classes[one].parents]
