"""Names that say the same; initials."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.annotate.coref.chains import SUFFIXES, Chains
from kg.terms_of_office import holders

ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def same_name(chains: Chains) -> None:
    """The same words as a name are the same thing; of a couple "Dr Falk" and "Mrs Falk" are two, and each "Falk" is left for later."""
    first: dict[tuple[str | int | None, ...], int] = {}
    here = _last_names(chains)
    couples = _couples(chains, here)
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "name" and len(chains.text(m)) > 1 and not (chains.key(m) or "").startswith("country/"):
            form = chains.folded(m)
            family_, couple = is_family(chains, m), form in couples
            called = (chains.titled(m), title_before(chains, m)) if couple else (None, None)
            alone = m if couple and called == (None, None) and len(here[form]) > 1 else None
            name = (form, "family" if family_ else None, *called, alone, _ordinal(chains, m))
            if name in first:
                chains.join(first[name], m, "exact", 0.97)
            first.setdefault(name, m)


def _ordinal(chains: Chains, m: int) -> str | None:
    """ "7th" of "the 7th Circuit Court", which is not the 5th."""
    first = chains.words(m)[0]
    before = first.nbor(-1).lower_ if first.i else ""
    return before if ORDINAL.fullmatch(before) else None


def is_family(chains: Chains, m: int) -> bool:
    """ "the Falk brothers", "the Falk family": none of those called so alone."""
    head, last = chains.head(m), chains.words(m)[-1]
    if last.i + 1 < len(chains.doc) and last.nbor().lower_ in ("family", "name", "dynasty", "clan"):
        return True  # "the Falk family foundation"
    first = chains.words(m)[0]
    if first.i > 0 and first.i == last.i and first.nbor(-1).text == "the" and chains.mentions[m].type == "Person":
        return last.i + 1 < len(chains.doc) and last.nbor().tag_ == "POS"  # "the Falk's home"
    kind = chains.lexicon.heads.get(head.head.lemma_.lower())
    several = head.head.lower_ == "family" or (head.head.tag_ == "NNS" and kind is not None and kind.kind == "relative")
    return head.dep_ in ("compound", "nmod", "poss") and head.head.i == chains.words(m)[-1].i + 1 and several


def _couples(chains: Chains, here: dict[str, set[str]]) -> frozenset[str]:
    """Last names that people of different first names, in this article or known to all, share."""
    known = {last: {one.given for one in holders(last, chains.day) if one.lately} for last in here}
    return frozenset(last for last, firsts in here.items() if len(firsts | known[last]) > 1)


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


def title_before(chains: Chains, m: int) -> str | None:
    """The word right before a name, if it is one that stands before names and tells more than the sex: "Dr."."""
    first, known = chains.words(m)[0], chains.lexicon
    word = first.nbor(-1).lower_ if first.i and chains.kind(m) == "name" else ""
    tells = word in known.titles or word in known.honorifics
    return word if tells and word not in known.male and word not in known.female else None
