"""Who can say, think or want something, and whether a cue speaks of a saying that took place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.annotate.cues import Cues
from kg.annotate.parsed import Token
from kg.annotate.sources import antecedent
from kg.model import Mention

Types = Callable[[Token], str | None]
ACTORS = frozenset(
    {"Person", "Group", "Organization", "Government", "GovernmentBody", "ArmedForce", "IntelligenceAgency"}
    | {"MediaOrganization", "PoliticalParty", "Company", "Country", "City"}
)
THINGS = frozenset({"Document", "Artifact", "Agreement", "Weapon", "Award", "Conflict", "Gathering"})
CAN = frozenset({"can", "could", "should", "may", "might", "must", "ca"})


def types_of(mentions: Sequence[Mention]) -> Types:
    """The class of the mention whose head holds a token."""
    heads = {place: m.type for m in mentions for place in range(m.head.start, m.head.end)}
    return lambda token: heads.get(token.idx)


def counted(token: Token, cues: Cues) -> Token:
    """Of "dozens of papers" and "one of the papers" the papers."""
    if token.lemma_.lower() not in cues.lists["counting"] and token.pos_ not in {"NUM", "DET"}:
        return token
    of = next((child for child in token.children if child.lower_ == "of"), None)
    return next((child for child in of.children if child.dep_ == "pobj"), token) if of is not None else token


def is_person_like(token: Token, cues: Cues, types: Types) -> bool:
    """Somebody with a will: a person, a body, a country that acts; not a paper, a plan or a figure."""
    token = counted(antecedent(token), cues)
    named_so = next((child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
    if token.pos_ == "NOUN" and named_so is not None and types(named_so) in ACTORS:
        return True  # "his running mate, Anna Lund"
    kind, lists = types(token) or cues.classes.get(token.lemma_.lower()), cues.lists
    named = token.pos_ == "PROPN" or (token.is_title and not token.is_sent_start)
    if kind in ACTORS or (named and kind not in THINGS):
        return True
    lemma = token.lemma_.lower()
    return (
        lemma in lists["speakers"]
        or token.lower_ in lists["persons_alone"]
        or any(token.lower_.endswith(ending) for ending in lists["persons"])
    )


def is_paper(token: Token, cues: Cues, types: Types) -> bool:
    """What can be read: a letter, an article, a banner."""
    token = counted(antecedent(token), cues)
    kind = types(token) or cues.classes.get(token.lemma_.lower())
    return kind == "Document" or token.lemma_.lower() in cues.lists["settings"] | cues.lists["boards"]


def is_unreal(verb: Token, cues: Cues) -> bool:
    """ "to deny them a visa", "could show that": not a saying or thinking that took place."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if helpers & CAN:
        return True
    if "to" not in helpers or verb.dep_ == "ROOT":
        return False
    return verb.head.lemma_.lower() not in cues.lists["goes_on"]
