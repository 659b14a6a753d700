"""Whether a nominal speaks of one particular thing: one spoken of before, or one that may be taken up again."""

from __future__ import annotations

from kg.annotate.coref.chains import Chains, is_any
from kg.annotate.coref.groups import is_told_apart, possessor

# Words before a prepositional phrase right behind a noun say which one is meant: "the report for 2015", "the poll from Oslo".
TELLING = frozenset(("for", "from", "by", "about", "between", "against"))
# Classes of things of which a noun without article names none in particular.
COUNTED = frozenset(("Document", "Agreement", "Facility", "Organization", "Company", "Gathering", "Artifact"))


def takes_up(chains: Chains, m: int) -> bool:
    """Whether a nominal that nothing names is definite, and means none that it tells itself, nor all of a kind."""
    if (
        chains.kind(m) != "nominal"
        or not chains.is_definite(m)
        or possessor(chains, m) is not None
        or chains.is_named(m)
    ):
        return False
    apart = (is_any, _is_speakers, _tells_which, is_told_apart)
    return not any(is_apart(chains, m) for is_apart in apart)


def may_be_taken_up(chains: Chains, m: int) -> bool:
    """Whether what is spoken of later by the same head word may be this."""
    nothing = (_is_bare_noun, is_any, _is_denied, _is_yet_to_come, _is_homeland)
    return chains.kind(m) == "name" or not any(is_nothing(chains, m) for is_nothing in nothing)


def is_in_general(chains: Chains, m: int) -> bool:
    """ "breaking the law", where no law is spoken of before that something is said of."""
    return chains.head(m).lemma_.lower() in chains.lexicon.in_general and not modifiers(chains, m)


def _is_denied(chains: Chains, m: int) -> bool:
    """ "it is not a good bill": no bill."""
    head = chains.head(m)
    return head.dep_ == "attr" and any(child.dep_ == "neg" for child in head.head.children)


def _is_homeland(chains: Chains, m: int) -> bool:
    """ "their native country": not the one that is spoken of as the country."""
    return possessor(chains, m) is not None and chains.head(m).lemma_.lower() in chains.lexicon.homelands


def _is_yet_to_come(chains: Chains, m: int) -> bool:
    """ "the next president": not the president."""
    return chains.type(m) == "Person" and not chains.lexicon.yet_to_come.isdisjoint(modifiers(chains, m))


def _is_speakers(chains: Chains, m: int) -> bool:
    """ "in this country": the speaker's, whichever country was named last."""
    return chains.words(m)[0].lower_ == "this" and chains.head(m).lemma_.lower() in chains.lexicon.homelands


def _tells_which(chains: Chains, m: int) -> bool:
    """ "the report for 2015", "the war in Mali": one of several of which the words right behind it say which."""
    head = chains.head(m)
    behind = [t for t in head.children if t.dep_ == "prep" and t.i == head.i + 1 and t.lower_ != "of"]
    return any(t.lower_ in TELLING or any(c.pos_ in ("PROPN", "NUM") for c in t.children) for t in behind)


def is_anybody(chains: Chains, m: int) -> bool:
    """ "safe for the child, so that the child": a person whom nothing named or introduced may be any such person."""
    word = chains.head(m).lemma_.lower()
    if chains.type(m) != "Person" or word in chains.lexicon.top_roles or word in chains.lexicon.titles:
        return False
    told = (n for n in chains.chain(m) if chains.kind(n) == "nominal")
    return not chains.is_named(m) and all(chains.is_definite(n) and possessor(chains, n) is None for n in told)


def _is_bare_noun(chains: Chains, m: int) -> bool:
    """ "in high school", "by Peruvian law", "ousted as president of the bank", "violent acts": no single thing, no one, not all."""
    head = chains.head(m)
    bare = not any(t.dep_ in ("det", "poss", "nummod", "appos") for t in head.children)
    if chains.mentions[m].number == "plural":
        return bare and not chains.inside(m)
    kind = chains.type(m)
    return bare and head.tag_ == "NN" and (kind in COUNTED or (kind == "Person" and not chains.is_named(m)))


def modifiers(chains: Chains, m: int) -> frozenset[str]:
    """What a nominal says besides its head: adjectives, compounds, possessors, in lower case."""
    head = chains.head(m)
    return frozenset(
        t.lower_ for t in chains.core(m) if t.i != head.i and t.pos_ in ("ADJ", "NOUN", "PROPN", "PRON", "VERB")
    )
