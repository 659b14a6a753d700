"""Clauses while they are made: over token indices, before spans, complements and factuality are known."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import ClauseKind


@dataclass(frozen=True, slots=True)
class Arg:
    """An argument by the token that heads it. `clause` is the token of the predicate it stands for, if it is one."""

    role: str
    token: int
    shared: bool = False
    clause: int | None = None
    feature: str | None = None  # what finding it so says about the clause
    first: int | None = None  # the span, where it is not the noun phrase around `token`
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """`token` is the predicate's word; `first` and `last` bound the trigger."""

    kind: ClauseKind
    predicate: str
    token: int
    first: int
    last: int
    args: tuple[Arg, ...]
    features: tuple[str, ...] = ()
    support: int | None = None  # the verb that carries or governs a noun
    former: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """A subject found for a verb and how: `feature` None is an arc of its own."""

    token: int
    feature: str | None = None
    shared: bool = False
