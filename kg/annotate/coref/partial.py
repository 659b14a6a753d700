"""A part of a name: "Merkel" after "Angela Merkel"."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.annotate.coref.chains import SUFFIXES, Chains
from kg.annotate.coref.names import is_family, title_before
from kg.annotate.coref.office_holders import is_office_holder
from kg.terms_of_office import holders

AGE = re.compile(r", \d{1,2},")
MAIN = 3  # times as often as another of the same last name is an article's main figure spoken of
OFTEN = 3  # sentences that call someone by a last name alone before a bearer of it is named


def partial_names(chains: Chains) -> None:
    """ "Merkel" after "Angela Merkel", "the Post" after "The Washington Post": a part of one longer name of the article."""
    full: dict[str, list[int]] = defaultdict(list)
    for m, mention in enumerate(chains.mentions):
        words = chains.folded(m).split()
        if mention.kind == "name" and " " in chains.text(m) and chains.type(m) == "Person":
            for word in _parts(words):
                full[word].append(m)
    # titles first: they tell who is called without one
    for m in sorted(range(len(chains.mentions)), key=lambda n: (title_before(chains, n) is None, n)):
        mention = chains.mentions[m]
        named = mention.kind == "name" and chains.key(m) is None and not is_family(chains, m) and not _is_kin(chains, m)
        other = chains.head(m).pos_ == "ADJ" or _is_case(chains, m)
        if named and not other and chains.type(m) in ("Person", "Organization", "City"):
            _join_part(chains, m, full.get(chains.folded(m), []))
    _join_rest(chains, frozenset(chains.root(m) for same in full.values() for m in same))


def _is_kin(chains: Chains, m: int) -> bool:
    """ "her husband, Scott": who is so introduced by one name is called by the first."""
    introduced = {chains.mentions[n].span.start for n in chains.chain(m) if chains.kind(n) == "name"}
    told = (n for n in chains.chain(m) if chains.kind(n) == "nominal")
    beside = (n for n in told if introduced & {chains.mentions[n].span.end + gap for gap in (1, 2)})
    heads = (chains.lexicon.heads.get(chains.head(n).lemma_.lower()) for n in beside)
    return " " not in chains.text(m) and any(head is not None and head.kind == "relative" for head in heads)


def _is_case(chains: Chains, m: int) -> bool:
    """ "Ohio v. Falk": parties of a case at law are seldom those of the news."""
    first = chains.words(m)[0]
    return first.i > 0 and first.nbor(-1).lower_ in ("v", "v.", "vs", "vs.")


def _join_rest(chains: Chains, named: frozenset[int]) -> None:
    """ "Falk … President Falk" in an article that names another Falk in full: both are the one that it does not."""
    first: dict[str, int] = {}
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "name" and chains.type(m) == "Person" and chains.root(m) not in named:
            form = chains.folded(m)
            if " " not in form and not is_family(chains, m) and holders(form, chains.day):
                chains.join(first.setdefault(form, m), m, "exact", 0.9)


def _parts(words: list[str]) -> set[str]:
    """What a person of that name may be called in short; "John Doe" is not the short name of "John Doe Jr"."""
    if words[-1] in SUFFIXES:
        return {words[0], " ".join(words[1:]), *words[-2:-1]}
    return {words[0], words[-1], " ".join(words[1:]), " ".join(words[:-1])}


def _join_part(chains: Chains, m: int, candidates: list[int]) -> None:
    """The one person of that part of a name; of several the one spoken of before, by the last name first."""
    word = chains.folded(m)
    roots = sorted({chains.root(n) for n in candidates})
    if not roots or chains.root(m) in roots:
        return  # nobody is so called, or it is known already who is
    by_last = [
        r
        for r in roots
        if any(chains.folded(n).endswith(f" {word}") for n in chains.chain(r) if chains.kind(n) == "name")
    ]
    pool = [r for r in by_last or roots if r < chains.root(m) or not _is_junior(chains, r)]
    pool = [r for r in pool if {chains.sex(r), chains.sex(m)} - {None} != {"male", "female"}]
    if " " not in word and _is_introduced(chains, m):
        return
    pool = [r for r in pool if not _is_known_before(chains, m, r) and not _is_named_behind(chains, m, r)]
    pool = [r for r in pool if not is_office_holder(chains, m, r)]
    pool = [r for r in pool if _is_so_titled(chains, r, title_before(chains, m))] or pool
    before = [r for r in pool if r < m]
    if len(pool) == 1:
        chains.join(pool[0], m, "partial-name", 0.93, sure=True)
    elif before:
        count = {r: sum(1 for n in chains.chain(r) if n < m) for r in before}
        often = max(before, key=lambda r: (count[r], -r))
        latest = max(before, key=lambda r: max(n for n in chains.chain(r) if n < m))
        if often == latest or (count[often] >= MAIN * count[latest] and not _is_just_named(chains, latest, m)):
            chains.join(often, m, "partial-name", 0.75, sure=True)


def _is_introduced(chains: Chains, m: int) -> bool:
    """ "Ann, 77, says": who is told the age of is somebody new."""
    return AGE.match(chains.written, chains.mentions[m].span.end) is not None


def _is_just_named(chains: Chains, root: int, m: int) -> bool:
    """Whether the sentence of a mention, or the one before, speaks of somebody already."""
    return any(0 <= chains.sentences[m] - chains.sentences[n] <= 1 for n in chains.chain(root) if n < m)


def _is_so_titled(chains: Chains, root: int, title: str | None) -> bool:
    """ "Dr. Ann Lee … Bo Lee … Dr. Lee … Lee": by a title whoever has it, without one whoever is never called "Dr. Lee"; a senator is
    called both.
    """
    if title:
        return any(title_before(chains, n) == title for n in chains.chain(root))
    short = (title_before(chains, n) for n in chains.chain(root) if len(chains.words(n)) == 1)
    return not any(word in chains.lexicon.honorifics for word in short)


def _is_named_behind(chains: Chains, m: int, root: int) -> bool:
    """ "President Falk came with Ann Falk": nobody is called by a part of the name first and in full later in the sentence."""
    full = [n for n in chains.chain(root) if chains.kind(n) == "name" and " " in chains.text(n)]
    whole = {chains.sentences[n]: n for n in reversed(full)}  # the first of each sentence
    return any(n < whole.get(chains.sentences[n], n) for n in chains.chain(m))


def _is_known_before(chains: Chains, m: int, root: int) -> bool:
    """Whether the article, past its headline, calls somebody so again and again before it names this bearer of the name."""
    before = {chains.sentences[n] for n in chains.chain(m) if n < root and chains.sentences[n]}
    return len(before) >= OFTEN and chains.sentences[root] - min(before) >= OFTEN


def _is_junior(chains: Chains, root: int) -> bool:
    """Whether one is known by a name with a suffix: who is called by the last name alone before is likely the other one."""
    return any(
        chains.folded(n).split()[-1:] in (["jr"], ["sr"]) for n in chains.chain(root) if chains.kind(n) == "name"
    )
