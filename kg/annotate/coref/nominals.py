"""Definite nominals and what they take up: the same head word, the same owner."""

from __future__ import annotations

from collections import defaultdict

from kg.annotate.coref.chains import Chains
from kg.annotate.coref.groups import possessor
from kg.annotate.coref.particular import is_anybody, is_in_general, may_be_taken_up, modifiers, takes_up
from kg.annotate.coref.roles import posts_held
from kg.terms_of_office import holders, is_holder

# Sentences back to which the same head word is looked for: of 274 links judged, 9 of 33 over four sentences were wrong, else 24 of 241.
REACH = 3


def heads(chains: Chains) -> None:
    """ "the agency" after "the space agency" or after a name that ends so: same head word, no modifier of its own that contradicts."""
    recent: dict[str, list[int]] = defaultdict(list)
    held = frozenset(one.role for one in posts_held(chains))
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "pronoun" or chains.type(m) in ("Group", "ArmedForce"):
            continue
        word = (
            chains.words(m)[-1].lower_ if mention.kind == "name" and chains.words(m) else chains.head(m).lemma_.lower()
        )
        if takes_up(chains, m):
            antecedent = _nearest(chains, [n for n in reversed(recent[word]) if _may_be(chains, n, m)])
            if antecedent is not None and not (word in held and _is_of_land(chains, antecedent, m)):
                chains.join(antecedent, m, "head", 0.75)
        if may_be_taken_up(chains, m):
            recent[word].append(m)


def _is_of_land(chains: Chains, antecedent: int, m: int) -> bool:
    """ "the Kenyan president … the president" where the article names another president."""
    theirs = any((chains.key(n) or "").startswith("country/") for n in chains.inside(antecedent))
    return theirs and not any(chains.key(n) for n in chains.inside(m))


def _nearest(chains: Chains, candidates: list[int]) -> int | None:
    """The last of them, unless another thing is spoken of in the same sentence as well ("one court … another court … the court")."""
    if not candidates:
        return None
    first = candidates[0]
    rivals = (n for n in candidates if chains.root(n) != chains.root(first))
    return None if any(chains.sentences[n] == chains.sentences[first] for n in rivals) else first


def possessed(chains: Chains) -> None:
    """ "his wife … his wife" of one man; "our country" is the speaker's: the one whose post he holds."""
    first: dict[tuple[str, int, frozenset[str]], int] = {}
    homes = _homes(chains)
    for m, mention in enumerate(chains.mentions):
        owner = possessor(chains, m) if mention.kind == "nominal" and mention.number != "plural" else None
        if owner is None or len(chains.chain(owner)) < 2:
            continue
        word, owned = chains.head(m).lemma_.lower(), modifiers(chains, m)
        if word in chains.lexicon.homelands and chains.root(owner) in homes:
            chains.join(homes[chains.root(owner)], m, "homeland", 0.8)
        own = (word, chains.root(owner), owned - {chains.head(owner).lower_})
        if own in first and chains.type(m) not in ("Group", "ArmedForce"):
            chains.join(first[own], m, "possessor", 0.8)
        first.setdefault(own, m)


def _homes(chains: Chains) -> dict[int, int]:
    """Person -> a mention of the country that all posts said of him are of."""
    found: dict[int, set[str]] = defaultdict(set)
    for one in posts_held(chains):
        if one.country:
            found[chains.root(one.person)].add(one.country)
    first = {key: min(chains.chain(root)) for root, key in chains.keys.items()}
    return {person: first[min(keys)] for person, keys in found.items() if len(keys) == 1 and min(keys) in first}


def _may_be(chains: Chains, antecedent: int, m: int) -> bool:
    if chains.sentences[m] - chains.sentences[antecedent] > REACH:
        return False
    ours, theirs = modifiers(chains, m), modifiers(chains, antecedent)
    apart = chains.mentions[m].span.overlaps(chains.mentions[antecedent].span)
    # "the report … Ann Lee's report", "a lawyer … the campaign's lawyer" are two
    owned = owner(chains, m) <= owner(chains, antecedent) and _owning(chains, m) <= _owning(chains, antecedent)
    others = chains.mentions[m].number == "plural" and "other" in theirs - ours  # "in other states … the states"
    told = ours <= theirs and not others and _counts(chains, m) <= _counts(chains, antecedent)
    if apart or not owned or not told or not _same_number(chains, antecedent, m):
        return False
    if not chains.compatible(antecedent, m) or _is_overtaken(chains, antecedent, m):
        return False
    particular = not is_in_general(chains, m) or bool(theirs) or not _is_named_or_definite(chains, antecedent)
    return particular and not _is_of_club(chains, antecedent, m) and not is_anybody(chains, antecedent)


def _is_named_or_definite(chains: Chains, m: int) -> bool:
    return chains.kind(m) == "name" or chains.is_definite(m)


def _same_number(chains: Chains, antecedent: int, m: int) -> bool:
    """Not "the Supreme Court … the courts"; of a name in the plural both numbers may be meant."""
    ours = chains.mentions[m].number == "plural"
    if chains.kind(antecedent) == "name":
        return not ours or chains.text(antecedent).endswith("s")
    return ours == (chains.mentions[antecedent].number == "plural")


def _counts(chains: Chains, m: int) -> frozenset[str]:
    """The number words of a nominal: "the 2,107 acts"."""
    return frozenset(t.lower_ for t in chains.head(m).children if t.dep_ == "nummod")


def _is_of_club(chains: Chains, antecedent: int, m: int) -> bool:
    """Whether "the president" would be that of a club named with him, or of a country named some sentences ago: it may be anybody's."""
    high = chains.kind(antecedent) == "nominal" and chains.head(m).lemma_.lower() in chains.lexicon.top_roles
    bodies = (*chains.behind(antecedent), *owner(chains, antecedent)) if high else ()
    club = any(not (chains.key(n) or "").startswith("country/") for n in bodies)
    return bool(bodies) and (club or chains.sentences[m] - chains.sentences[antecedent] > 1)


def _is_overtaken(chains: Chains, antecedent: int, m: int) -> bool:
    """Whether another one of that kind is named since: "the state" behind Oregon is no longer the state before it."""
    kinds = {"Country", "Region"} if chains.type(m) in ("Country", "Region") else {chains.type(m)} & {"City"}
    since = [n for n in range(antecedent + 1, m) if chains.kind(n) == "name"]
    if (
        chains.head(m).lemma_.lower() in chains.lexicon.governing
    ):  # "the Falk administration … President Lund … the administration"
        own = chains.folded(antecedent).split()
        names = (chains.folded(n).split() for n in since if chains.type(n) == "Person")
        led = any(holders(word, chains.day) for word in own)
        return led and any(name[-1] not in own and is_holder(name, chains.day) for name in names)
    return any(chains.root(n) != chains.root(antecedent) for n in since if chains.type(n) in kinds)


def owner(chains: Chains, m: int) -> frozenset[int]:
    """Whose a nominal says a thing is, as chains: "Ann Lee's report", "the government's report"."""
    return frozenset(chains.root(n) for n in chains.inside(m) if chains.head(n).dep_ == "poss")


def _owning(chains: Chains, m: int) -> frozenset[str]:
    """The nouns before "'s" that are no mentions."""
    inside = {t.i for n in chains.inside(m) for t in chains.words(n)}
    owners = (t for t in chains.head(m).children if t.dep_ == "poss" and t.pos_ != "PRON" and t.i not in inside)
    return frozenset(t.lemma_.lower() for t in owners)
