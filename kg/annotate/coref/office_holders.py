"""Who shares the last name of a head of state or government, and who is meant by it alone."""

from __future__ import annotations

from kg.annotate.coref.chains import Chains
from kg.annotate.coref.names import title_before
from kg.terms_of_office import Holder, holders


def is_office_holder(chains: Chains, m: int, root: int) -> bool:
    """ "Falk said … first lady Ann Falk", "President Falk", "the Falk administration": not she, but the president of that name whom
    news need not introduce.
    """
    known = holders(chains.folded(m), chains.day)
    if not known or any(_has_given_name(chains, root, one) for one in known):
        return False
    chain = [n for n in chains.chain(m) if chains.kind(n) == "name"]
    titled = any(_noun(one.post) == title_before(chains, n) for n in chain for one in known)
    lately = [one for one in known if one.lately]
    unasked = lately and (chain[0] < root or any(_is_spoken_of(chains, one.post) for one in lately))
    called = any(chains.titled(n) for n in chain)  # "Mrs. Falk"
    return titled or (bool(unasked) and not called) or any(_governs(chains, n) for n in chain)


def _is_spoken_of(chains: Chains, post: str) -> bool:
    """Whether the article speaks of "the president"."""
    return _noun(post) in chains.spoken_of()


def _has_given_name(chains: Chains, root: int, one: Holder) -> bool:
    names = (chains.folded(n).split() for n in chains.chain(root) if chains.kind(n) == "name")
    return any(one.may_be(name) for name in names if len(name) > 1)


def _governs(chains: Chains, m: int) -> bool:
    """ "the Falk administration" """
    after = chains.words(m)[-1].i + 1
    return after < len(chains.doc) and chains.doc[after].lower_ in chains.lexicon.governing


def _noun(post: str) -> str:
    """ "secretary" of "secretary of state"."""
    return post.partition(" of ")[0].split()[-1]
