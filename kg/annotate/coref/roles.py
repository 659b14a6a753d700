"""Posts that the article says somebody holds, and who is meant by them."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.annotate.coref.appositions import is_as, is_broken, is_gerund
from kg.annotate.coref.chains import NEAR, Chains
from kg.annotate.coref.syntax import bound_apart
from kg.terms_of_office import holders, is_holder, is_over

YEAR = re.compile(r"1[89]\d\d|20\d\d")
LONG_AGO = 8  # years
FAR = 2 * NEAR  # sentences in which the holder of the highest office is not named


def roles(chains: Chains) -> None:
    """ "the Norwegian president", "the minister": the one person of the article who is said to hold such a post."""
    held = posts_held(chains)
    held += _known_to_hold(chains)
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "nominal" or mention.type != "Person" or mention.number == "plural" or chains.is_named(m):
            continue
        if chains.is_definite(m):
            holder = _holder(chains, m, held)
            if holder is not None:
                chains.join(holder, m, "role", 0.85)


class Held(NamedTuple):
    """A post that the article says somebody holds: its noun, the key of its country, the mention of the person."""

    role: str
    country: str | None
    person: int
    of_body: bool  # of a body that is no country: "the president of the club"


def posts_held(chains: Chains) -> list[Held]:
    """In text order."""
    found = []
    for clause in chains.clauses:
        if clause.kind not in ("apposition", "title", "copula") or clause.polarity == "negative" or clause.former:
            continue
        if clause.tense == "future" or (clause.kind == "copula" and clause.certainty != "certain"):
            continue
        if is_gerund(chains, clause):
            continue
        person = next((a.mention for a in clause.arguments if a.role == "subject" and a.mention is not None), None)
        if person is None or chains.type(person) != "Person" or is_broken(chains, clause, person):
            continue
        bodies = [
            a.mention for a in clause.arguments if a.role in ("modifier", "of", "possessive") and a.mention is not None
        ]
        countries = [chains.key(b) for b in bodies if (chains.key(b) or "").startswith("country/")]
        role = _role_class(chains, clause.predicate)
        if is_over(role, " ".join(chains.fullest(person)), chains.day):
            continue
        found.append(Held(role, countries[0] if countries else None, person, bool(bodies) and not countries))
    return found


def _known_to_hold(chains: Chains) -> list[Held]:
    """Those whom news need not introduce: "Falk" in an article of a day on which a Falk was president."""
    found = []
    for root in sorted(chains.members):
        name = chains.fullest(root) if chains.type(root) == "Person" else []
        for one in holders(name[-1], chains.day) if name else ():
            if one.now and one.may_be(name):
                first = next(n for n in chains.chain(root) if chains.kind(n) == "name")
                found.append(Held(one.post, None, first, of_body=False))
    return found


def _role_class(chains: Chains, noun: str) -> str:
    """The noun of the highest office; a "majority leader" is no leader, but a "foreign minister" is a minister."""
    words = noun.split() or [noun]
    high = noun in chains.lexicon.top_roles or words[-1] in chains.lexicon.top_roles
    return noun if high or words[0] in chains.lexicon.seconds else words[-1]


def _role_of(chains: Chains, m: int) -> str:
    """The role noun of a nominal with the words that make it another post: "majority leader", "vice president"."""
    head = chains.head(m)
    before = [t.lower_ for t in chains.core(m) if t.i < head.i and t.text.islower() and t.dep_ in ("compound", "amod")]
    narrow = [word for word in before if word in chains.lexicon.title_modifiers or word in chains.lexicon.narrowing]
    return _role_class(chains, " ".join([*narrow, head.lemma_.lower()]))


def _same_role(chains: Chains, one: str, other: str, one_of_country: bool, other_of_country: bool) -> bool:
    """Whether two role nouns may be one post: a country's "leader" fits any high office there, "pope" no president."""
    top, offices = chains.lexicon.top_roles, chains.lexicon.offices
    if one == other or not {one, other} <= top:
        return one == other
    ours, theirs = [{n for n, office in enumerate(offices) if word in office} for word in (one, other)]
    if ours and theirs:
        return bool(ours & theirs)
    return one_of_country and (bool(theirs) or other_of_country)


def _holder(chains: Chains, m: int, held: list[Held]) -> int | None:
    words = chains.mentions[m].core.of(chains.written).lower().split()  # "would-be" is one here
    if any(word[:1].isdigit() or word in chains.lexicon.yet_to_come for word in words):
        return None  # "the 41st president", "the next president", "the 34-year-old officer" is seldom the one spoken of
    role = _role_of(chains, m)
    if (role in chains.lexicon.top_roles and _is_described(chains, m)) or is_as(chains, m):
        return None
    if chains.head(m).dep_ == "dobj" and chains.head(m).head.lemma_.lower() in chains.lexicon.filling:
        return None  # "people do not elect the president"
    bodies = chains.inside(m) + chains.behind(m)
    countries = {chains.key(n) for n in bodies if (chains.key(n) or "").startswith("country/")}
    if role == "counterpart":
        peers = {chains.root(one.person): one.person for one in held if one.country in countries}
        return next(iter(peers.values())) if len(peers) == 1 else None
    if not countries and (any(chains.kind(n) != "pronoun" for n in bodies) or _is_somebodys(chains, m)):
        return None  # "the president of the club", "the club's president", "the victim of a theft": a body that no title names
    alike = [one for one in held if _same_role(chains, one.role, role, one.country is not None, bool(countries))]
    fitting = [one for one in alike if not countries or one.country in countries]
    if countries:
        roots = {chains.root(one.person) for one in fitting}
        return fitting[0].person if len(roots) == 1 else None
    high = role in chains.lexicon.top_roles
    # "the president" is a club's only where the club's president has just been spoken of
    reach = {one.person: (1 if one.of_body else FAR) if high else NEAR - 1 for one in fitting}
    before = [p for p in reach if p < m and chains.sentences[m] - _last(chains, p, m) <= reach[p]]
    holder = _clear(chains, before, m)
    if holder is None or _is_met_behind(chains, m, holder) or _is_beside(chains, m, holder):
        return None
    another = _is_rivalled(chains, m, holder) if high else _is_another_since(chains, m, holder)
    apart = another or _is_said_by(chains, m, holder)
    return None if apart else holder


def _is_described(chains: Chains, m: int) -> bool:
    """ "the incapacitated president", not "the current president", "the Danish president": an article's own is not so introduced."""
    names = {t.i for n in chains.inside(m) for t in chains.words(n)}
    known = chains.lexicon.title_modifiers | chains.lexicon.narrowing | chains.lexicon.in_office
    return any(t.dep_ == "amod" and t.i not in names and t.lower_ not in known for t in chains.head(m).children)


def _is_somebodys(chains: Chains, m: int) -> bool:
    """ "the victim of a theft", "the campaign's lawyer"; "the Office of the President" """
    head = chains.head(m)
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.text[:1].isupper():
        return True
    of = any(t.lower_ == "of" and t.dep_ == "prep" and t.i == head.i + 1 for t in head.children)
    owners = (t for t in head.children if t.dep_ == "poss" and t.pos_ != "PRON")
    return of or any(t.lemma_.lower() not in chains.lexicon.homelands for t in owners)


def _is_rivalled(chains: Chains, m: int, person: int) -> bool:
    """ "Chirac's advisers smiled when the president": somebody else who once held such an office is named since in this sentence or the one
    before; or the sentence tells of an earlier year.
    """
    near = (n for n in range(_last_mention(chains, person, m) + 1, m) if chains.sentences[m] - chains.sentences[n] <= 1)
    named = (chains.fullest(n) for n in near if chains.kind(n) == "name" and chains.type(n) == "Person")
    rivals = any(is_holder(name, chains.day) for name in named if name)
    years = (t.text for t in chains.head(m).sent if YEAR.fullmatch(t.text))
    return rivals or any(int(year) < int(chains.day[:4]) - LONG_AGO for year in years if chains.day)


def _last_mention(chains: Chains, person: int, m: int) -> int:
    return max((n for n in chains.chain(person) if n < m), default=-1)


def _is_another_since(chains: Chains, m: int, person: int) -> bool:
    """ "Ann Lee, an official … an official of the ministry … the official": somebody else was called so since."""
    last = _last_mention(chains, person, m)
    word = chains.head(m).lemma_.lower()
    since = (n for n in range(last + 1, m) if chains.kind(n) == "nominal" and chains.mentions[n].number != "plural")
    return any(chains.head(n).lemma_.lower() == word and chains.root(n) != chains.root(person) for n in since)


def _is_beside(chains: Chains, m: int, person: int) -> bool:
    """ "Ann Falk had urged the president": two of one verb are two people."""
    here = (n for n in chains.chain(person) if n != m and chains.sentences[n] == chains.sentences[m])
    return any(chains.kind(n) != "pronoun" and bound_apart(chains.head(n), chains.head(m)) for n in here)


def _is_said_by(chains: Chains, m: int, person: int) -> bool:
    """ "Falk said that the officer was hurt": who speaks does not call himself so."""
    span, own = chains.mentions[m].span, chains.chain(person)
    told = (one for one in chains.attributions if any(part.covers(span) for part in (*one.content, *one.quotes)))
    return any(source in own for one in told for source in one.source_mentions)


def _is_met_behind(chains: Chains, m: int, person: int) -> bool:
    """ "The senator, who had opposed Falk": somebody else than who is named later in the sentence."""
    later = (n for n in chains.chain(person) if n > m and chains.sentences[n] == chains.sentences[m])
    return any(
        chains.kind(n) == "name" and chains.head(n).dep_ in ("dobj", "pobj", "nsubj", "nsubjpass") for n in later
    )


def _clear(chains: Chains, people: list[int], m: int) -> int | None:
    """The one holder of a post, or of several the one who is spoken of last and twice as often as any other."""
    by_root = {chains.root(p): p for p in people}
    if len(by_root) < 2:
        return people[-1] if people else None
    often = {root: sum(1 for n in chains.chain(root) if n < m) for root in by_root}
    first, second = sorted(often, key=lambda root: (-often[root], root))[:2]
    latest = max(by_root, key=lambda root: (_last(chains, by_root[root], m), -root))
    return by_root[first] if often[first] >= 2 * often[second] and latest == first else None


def _last(chains: Chains, person: int, m: int) -> int:
    """The sentence in which the person was last spoken of before mention `m`."""
    return max((chains.sentences[n] for n in chains.chain(person) if n < m), default=-1)
