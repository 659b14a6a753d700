"""Agreement: which mention's kind, number and gender fit a pronoun."""

from __future__ import annotations

from kg.annotate.coref.chains import ORGANIZATION, Chains, family
from kg.annotate.coref.syntax import SUBJECTS, is_coordinated, place
from kg.annotate.parsed import Token

MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "hers", "herself"))
NEUTER = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))


def alike(word: str) -> frozenset[str]:
    """The pronouns that may stand for the same as this one."""
    return next(words for words in (MALE, FEMALE, NEUTER, PLURAL) if word in words)


def agrees(chains: Chains, n: int, token: Token) -> bool:
    """Whether mention `n` may be what the pronoun `token` stands for, by what it is."""
    word = token.lower_
    if word in MALE | FEMALE:
        return _is_person(chains, n, "male" if word in MALE else "female")
    if _is_adjective(chains, n):
        return False
    return _is_thing(chains, n, token) if word in NEUTER else _are_several(chains, n)


def _is_person(chains: Chains, n: int, sex: str) -> bool:
    return chains.type(n) == "Person" and not _is_plural(chains, n) and chains.sex(n) in (None, sex)


def _is_thing(chains: Chains, n: int, token: Token) -> bool:
    """A place is "it" only as an owner; members of a party are not."""
    kind = chains.type(n)
    fits = family(kind) not in ("person", "group") and (token.dep_ == "poss" or kind not in ("Region", "City", "Place"))
    return fits and not _is_plural(chains, n) and chains.folded(n) not in chains.lexicon.adherents


def _are_several(chains: Chains, n: int) -> bool:
    """People, things in the plural, or a body that acts; who is named among others is not "they", nor is one person."""
    kind, plural = chains.type(n), _is_plural(chains, n)
    together = not plural and kind != "Group" and is_coordinated(chains.head(n))
    if together or (kind == "Person" and chains.is_named(n)):
        return False
    return kind == "Group" or plural or (family(kind) == ORGANIZATION and place(chains.head(n)) in SUBJECTS)


def is_one_body(chains: Chains, n: int, token: Token) -> bool:
    """ "the ministry … they" """
    return not _is_plural(chains, n) and token.lower_ in PLURAL and family(chains.type(n)) == ORGANIZATION


def _is_plural(chains: Chains, n: int) -> bool:
    return chains.mentions[n].number == "plural"


def _is_adjective(chains: Chains, n: int) -> bool:
    """A name before a noun is seldom taken up: "the Polish minister … it"."""
    return chains.kind(n) == "name" and chains.head(n).dep_ in ("amod", "compound", "nmod")
