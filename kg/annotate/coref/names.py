"""Names that say the same, whole or in part; initials."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.annotate.coref.chains import SUFFIXES, Chains
from kg.terms_of_office import Holder, holders

AGE = re.compile(r", \d{1,2},")
MAIN = 3  # times as often as another of the same last name is an article's main figure spoken of
OFTEN = 3  # sentences that call someone by a last name alone before a bearer of it is named


def same_name(chains: Chains) -> None:
    """The same words as a name are the same thing; of a couple, "Dr Falk" and "Mrs Falk" are two, and each "Falk" is left to the next sieve."""
    first: dict[tuple[str | int | None, ...], int] = {}
    couples, here = _couples(chains), _last_names(chains)
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "name" and len(chains.text(m)) > 1 and not (chains.key(m) or "").startswith("country/"):
            form = chains.folded(m)
            family_, couple = _is_family(chains, m), form in couples
            called = (chains.titled(m), title_before(chains, m)) if couple else (None, None)
            alone = m if couple and called == (None, None) and len(here[form]) > 1 else None
            name = (form, "family" if family_ else None, *called, alone)
            if name in first:
                chains.join(first[name], m, "exact", 0.97)
            first.setdefault(name, m)


def _is_family(chains: Chains, m: int) -> bool:
    """ "the Falk brothers", "the Falk family": none of those called so alone."""
    head, last = chains.head(m), chains.words(m)[-1]
    if last.i + 1 < len(chains.doc) and last.nbor().lower_ == "family":
        return True  # "the Falk family foundation"
    first = chains.words(m)[0]
    if first.i > 0 and first.i == last.i and first.nbor(-1).text == "the" and chains.mentions[m].type == "Person":
        return last.i + 1 < len(chains.doc) and last.nbor().tag_ == "POS"  # "the Falk's home"
    kind = chains.lexicon.heads.get(head.head.lemma_.lower())
    several = head.head.lower_ == "family" or (head.head.tag_ == "NNS" and kind is not None and kind.kind == "relative")
    return head.dep_ in ("compound", "nmod", "poss") and head.head.i == chains.words(m)[-1].i + 1 and several


def _is_kin(chains: Chains, m: int) -> bool:
    """ "her husband, Scott": who is so introduced by one name is called by the first."""
    introduced = {chains.mentions[n].span.start for n in chains.chain(m) if chains.kind(n) == "name"}
    told = (n for n in chains.chain(m) if chains.kind(n) == "nominal")
    beside = (n for n in told if introduced & {chains.mentions[n].span.end + gap for gap in (1, 2)})
    heads = (chains.lexicon.heads.get(chains.head(n).lemma_.lower()) for n in beside)
    return " " not in chains.text(m) and any(head is not None and head.kind == "relative" for head in heads)


def _couples(chains: Chains) -> frozenset[str]:
    """Last names that people of different first names, in this article or known to all, share."""
    given = _last_names(chains)
    for last, firsts in given.items():
        firsts.update(one.given for one in holders(last, chains.day) if one.lately)
    return frozenset(last for last, firsts in given.items() if len(firsts) > 1)


def _last_names(chains: Chains) -> dict[str, set[str]]:
    """Last name -> the first names of those who are named in full."""
    given: dict[str, set[str]] = defaultdict(set)
    for m, mention in enumerate(chains.mentions):
        words = chains.folded(m).split() if mention.kind == "name" and chains.type(m) == "Person" else []
        if len(words) > 1 and words[-1] not in SUFFIXES:
            given[words[-1]].add("".join(filter(str.isalpha, words[0])))
    return given


def acronyms(chains: Chains) -> None:
    """ "International Atomic Energy Agency (IAEA)": initials of a name, behind it in brackets or alone where one name fits."""
    long = [m for m, one in enumerate(chains.mentions) if one.kind == "name" and " " in chains.text(m)]
    for m, mention in enumerate(chains.mentions):
        short = chains.text(m).replace(".", "")
        if mention.kind != "name" or not (2 <= len(short) <= 7 and short.isupper()) or chains.key(m):
            continue
        fitting = {chains.root(n) for n in long if short in initials(chains.text(n)) and n != m}
        if len(fitting) == 1:
            chains.join(fitting.pop(), m, "acronym", 0.9, sure=True)


def initials(name: str) -> set[str]:
    words = [w.replace(".", "") for w in name.replace("-", " ").split() if w[0] != "("]
    parts = [w if w.isupper() else w[:1] for w in words]  # "US Postal Service" is USPS, not UPS
    return {"".join(p for p in parts if p.isupper()), "".join(p.upper() for p in parts)}


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
        named = (
            mention.kind == "name" and chains.key(m) is None and not _is_family(chains, m) and not _is_kin(chains, m)
        )
        other = chains.head(m).pos_ == "ADJ" or _is_case(chains, m)
        if named and not other and chains.type(m) in ("Person", "Organization", "City"):
            _join_part(chains, m, full.get(chains.folded(m), []))
    _join_rest(chains, frozenset(chains.root(m) for same in full.values() for m in same))


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
            if " " not in form and not _is_family(chains, m) and holders(form, chains.day):
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
    pool = [r for r in pool if not _is_office_holder(chains, m, r)]
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


def title_before(chains: Chains, m: int) -> str | None:
    """The word right before a name, if it is one that stands before names and tells more than the sex: "Dr."."""
    first, known = chains.words(m)[0], chains.lexicon
    word = first.nbor(-1).lower_ if first.i and chains.kind(m) == "name" else ""
    tells = word in known.titles or word in known.honorifics
    return word if tells and word not in known.male and word not in known.female else None


def _is_so_titled(chains: Chains, root: int, title: str | None) -> bool:
    """ "Dr. Ann Lee … Bo Lee … Dr. Lee … Lee": by a title whoever has it, without one whoever is never called "Dr. Lee"; a senator is
    called both.
    """
    if title:
        return any(title_before(chains, n) == title for n in chains.chain(root))
    short = (title_before(chains, n) for n in chains.chain(root) if len(chains.words(n)) == 1)
    return not any(word in chains.lexicon.honorifics for word in short)


def _is_office_holder(chains: Chains, m: int, root: int) -> bool:
    """ "Falk said … first lady Ann Falk", "President Falk", "the Falk administration": not she, but the president of that name whom
    news need not introduce.
    """
    known = holders(chains.folded(m), chains.day)
    if not known or any(_has_given_name(chains, root, one) for one in known):
        return False
    chain = [n for n in chains.chain(m) if chains.kind(n) == "name"]
    titled = any(one.post.split()[-1] == title_before(chains, n) for n in chain for one in known)
    lately = [one for one in known if one.lately]
    unasked = lately and (chain[0] < root or any(_is_spoken_of(chains, one.post) for one in lately))
    called = any(chains.titled(n) for n in chain)  # "Mrs. Falk"
    return titled or (bool(unasked) and not called) or any(_governs(chains, n) for n in chain)


def _is_spoken_of(chains: Chains, post: str) -> bool:
    """Whether the article speaks of "the president"."""
    nominal = (n for n, one in enumerate(chains.mentions) if one.kind == "nominal" and one.number != "plural")
    return any(chains.head(n).lemma_.lower() == post.split()[-1] for n in nominal)


def _has_given_name(chains: Chains, root: int, one: Holder) -> bool:
    """Also by the initial, or by a short form that begins alike."""
    names = (chains.folded(n).split() for n in chains.chain(root) if chains.kind(n) == "name")
    return any(name[0][:2] == one.given[:2] or name[0].rstrip(".") == one.given[:1] for name in names if len(name) > 1)


def _governs(chains: Chains, m: int) -> bool:
    """ "the Falk administration" """
    after = chains.words(m)[-1].i + 1
    return after < len(chains.doc) and chains.doc[after].lower_ in chains.lexicon.governing


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
