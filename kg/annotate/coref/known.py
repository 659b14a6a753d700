"""What the gazetteer knows: countries and their capitals, regions, halves of countries, bodies."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.annotate.coref.chains import Chains
from kg.annotate.coref.names import initials
from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.parsed import Token
from kg.gazetteer import Entry

SEAT = re.compile(r" (?:\([\w.-]+\) )?of ")  # between a representative and the state


def known(chains: Chains) -> None:
    """Names that the gazetteer knows: one key, one thing. An acting capital and a people's adjective are their country."""
    first: dict[str, int] = {}
    names = [m for m, mention in enumerate(chains.mentions) if mention.kind == "name"]
    chambers = _has_own_chambers(chains)
    foreign = {chains.folded(m) for m in names if _is_foreign(chains, m) or (chambers and _is_chamber(chains, m))}
    foreign |= _otherwise_spelt_out(chains, names)
    for m in names:
        if chains.folded(m) in foreign:
            continue
        key = _key(chains, m)
        if key is None:
            continue
        chains.keys[chains.root(m)] = key
        if key in first:
            chains.join(first[key], m, "gazetteer", 0.98)
        first.setdefault(key, m)


def _is_foreign(chains: Chains, m: int) -> bool:
    """ "the French Senate", "Kenya's Supreme Court": not the body that is so called where nothing is said."""
    if chains.mentions[m].type != "GovernmentBody":
        return False
    owners = {key for n in range(max(0, m - 2), m + 2) if (key := _owner(chains, n, m))}
    entries = chains.gazetteer.lookup(chains.text(m))
    if entries and chains.written.endswith((" state ", "State "), 0, chains.mentions[m].span.start):
        return True  # "the state Senate"
    return bool(owners) and bool(entries) and not any(entry.country in owners for entry in entries)


def _has_own_chambers(chains: Chains) -> bool:
    """Whether the article is on a state's legislature, and not on the country's as well."""
    words = {chains.head(m).lower_ for m in range(len(chains.mentions))}
    return "legislature" in words and not words & {"congress", "congressman", "congresswoman", "congressmen"}


def _is_chamber(chains: Chains, m: int) -> bool:
    """ "the House of Representatives", which in an article on a state's legislature is its own."""
    return chains.mentions[m].type == "GovernmentBody" and not chains.lexicon.chambers.isdisjoint(
        chains.folded(m).split()
    )


def _otherwise_spelt_out(chains: Chains, names: list[int]) -> set[str]:
    """The known initials for which the article spells out something else, and not what the gazetteer knows by them."""
    spelt: dict[str, set[str]] = defaultdict(set)
    for name in (chains.text(m) for m in names):
        for short in initials(name) if " " in name else ():
            spelt[short].add(name)
    found = set()
    for m in names:
        short = chains.text(m).replace(".", "")
        long = spelt.get(short, set()) if len(short) > 2 else set()  # "S.C." is no Susan Collins
        known = {name for entry in chains.gazetteer.lookup(chains.text(m)) for name in (entry.label, *entry.aliases)}
        if known and long and known.isdisjoint(long):
            found.add(chains.folded(m))
    return found


def _owner(chains: Chains, n: int, m: int) -> str | None:
    """The country whose name or adjective, mention `n`, stands right before mention `m`, or behind it after "in"; a region's own key."""
    if n == m or n >= len(chains.mentions) or chains.kind(n) != "name":
        return None
    first, later = sorted((n, m))
    between = chains.written[chains.mentions[first].span.end : chains.mentions[later].span.start]
    if between not in ((" ", "'s ", "' ") if n < m else (" in ", " of ")):
        return None
    owners = ("Country", "Region") if n < m else ("Country",)  # "run for the Senate in Ohio"
    return _key(chains, n) if chains.mentions[n].type in owners else None


def _key(chains: Chains, m: int) -> str | None:
    name, kind = chains.text(m), chains.mentions[m].type
    half = _half(chains, m) or _around(chains, m)
    if half:
        return half
    adjective = chains.gazetteer.adjective(name)
    if adjective and not chains.gazetteer.named(name):
        return adjective.key if kind in ("Country", "Group", "Region") else None
    capital = chains.gazetteer.capital(name)
    if capital and kind in ("City", "Country") and is_acting(chains, m):
        return capital.key
    entries = [entry for entry in chains.gazetteer.lookup(name) if entry.type == kind]
    return entries[0].key if len(entries) == 1 or (entries and kind in ("Country", "City")) else None


def _around(chains: Chains, m: int) -> str | None:
    """ "Tacoma, Washington", "New York Gov. Ann Lee": the region where a town is called the same."""
    entries = chains.gazetteer.lookup(chains.text(m))
    regions = [entry for entry in entries if entry.type == "Region"]
    if not regions:
        return None
    if _is_said_of_region(chains, m) or _is_seat(chains, m):
        return regions[0].key
    countries = {entry.country for entry in entries if entry.type == "City"}
    countries &= {entry.country for n in (m - 1, m + 1) for entry in _beside(chains, n, m)}
    return next((region.key for region in regions if region.country in countries), None)


def _is_said_of_region(chains: Chains, m: int) -> bool:
    """ "New York Gov. Ann Lee", "New York's Republican primary", "the delegates from New York", "upstate New York" """
    first, last, head = chains.words(m)[0], chains.words(m)[-1], chains.head(m)
    beside = [last.nbor().lower_] if last.i + 1 < len(chains.doc) else []
    beside += [first.nbor(-1).lower_] if first.i else []
    if head.dep_ in ("compound", "poss", "nmod"):
        beside.append(head.head.lemma_.lower())
    told = head.head.head.lemma_.lower() if head.dep_ == "pobj" else ""
    if head.dep_ == "pobj" and head.head.lower_ in ("of", "from"):
        beside.append(told)
    if head.dep_ == "pobj" and head.head.lower_ == "in" and told in chains.lexicon.held_in_regions:
        return True
    return not chains.lexicon.of_regions.isdisjoint(beside)


def _beside(chains: Chains, n: int, m: int) -> tuple[Entry, ...]:
    """What the gazetteer knows by the name `n` if it is a town right before `m` ("Tacoma, Washington"), or a region in one breath with it
    ("Kansas and Washington"), by which it is a region, too.
    """
    if not 0 <= n < len(chains.mentions) or chains.kind(n) != "name":
        return ()
    first, later = sorted((n, m))
    between = chains.written[chains.mentions[first].span.end : chains.mentions[later].span.start]
    entries = chains.gazetteer.lookup(chains.text(n))
    if n < m and between == ", " and chains.mentions[n].type == "City":
        return tuple(entry for entry in entries if entry.type == "City")
    regions = tuple(entry for entry in entries if entry.type == "Region")
    return regions if between in (", ", " and ", ", and ") and len(regions) == len(entries) else ()


def _is_seat(chains: Chains, m: int) -> bool:
    """ "Rep. Ann Lee of New York", "Sen. Ann Lee (D) of Washington" """
    if not m or chains.mentions[m - 1].kind != "name" or chains.mentions[m - 1].type != "Person":
        return False
    return SEAT.fullmatch(chains.written, chains.mentions[m - 1].span.end, chains.mentions[m].span.start) is not None


def _half(chains: Chains, m: int) -> str | None:
    """ "the North": the country of the article whose name begins so."""
    name = chains.text(m)
    if name not in ("North", "South"):
        return None
    for n, mention in enumerate(chains.mentions):
        if mention.kind == "name" and chains.text(n).startswith(f"{name} "):
            entry = chains.gazetteer.adjective(chains.text(n)) or next(
                iter(chains.gazetteer.lookup(chains.text(n))), None
            )
            if entry and entry.type == "Country":
                return entry.key
    return None


def is_acting(chains: Chains, m: int) -> bool:
    """Whether a capital stands for its government: a subject, a possessor, a partner, not the place where something is."""
    if any(child.dep_ == "det" for child in chains.head(m).children):
        return False  # "another Madrid"
    head = _conjunct_head(chains.head(m))
    if _is_end_of_name(chains.head(m)):
        return False  # "Recycle Beirut"
    if head.dep_ in ("nsubj", "nsubjpass", "poss", "agent"):
        return not _is_town(head, chains.lexicon)
    if head.dep_ in ("pobj", "pcomp") and head.head.pos_ == "ADP":
        preposition = head.head
        if preposition.lower_ in chains.lexicon.city_prepositions:
            return False
        if _on_a_way(preposition):
            return False
        governor = preposition.head.lemma_.lower()
        if preposition.lower_ in ("to", "from"):
            return governor in chains.lexicon.dealing
        if preposition.lower_ in ("for", "on"):
            return governor not in chains.lexicon.going  # "a march on Rome"
        if preposition.lower_ == "against":
            return True
        return preposition.lower_ in ("by", "with", "between")
    suffering = chains.lexicon.going | chains.lexicon.towns["suffering"]
    return head.dep_ in ("dobj", "iobj", "dative") and head.head.lemma_.lower() not in suffering


def _is_town(head: Token, lexicon: EntityLexicon) -> bool:
    """Whether what is said of a capital is said of a town: "Kyiv was shelled", "Kabul fell", "Paris's streets"."""
    said = head.head.lemma_.lower()
    if head.dep_ == "nsubjpass":
        return said in lexicon.towns["suffering"] | lexicon.towns["hit"]
    if head.dep_ != "poss":
        is_place = any(c.dep_ == "attr" and c.lemma_.lower() in lexicon.towns["being"] for c in head.head.children)
        return said in lexicon.towns["doing"] or is_place
    kind = lexicon.heads.get(said)
    if head.head.pos_ == "PROPN" and lexicon.endings.get(said) in (None, "Facility"):
        return True  # "Lima's Plaza Mayor"
    return said in lexicon.towns["owning"] or (kind is not None and kind.one in ("Facility", "City"))


def _is_end_of_name(token: Token) -> bool:
    """Whether a capitalised word that is no title stands before it, as part of one name with it."""
    before = token.nbor(-1) if token.i > token.sent.start else None
    return before is not None and before.dep_ == "compound" and before.head.i == token.i and before.text.istitle()


def _on_a_way(preposition: Token) -> bool:
    """ "from Nice to London": two ends of a way."""
    ends = {preposition.lower_, *(t.lower_ for t in (preposition.head, *preposition.children) if t.dep_ == "prep")}
    return {"from", "to"} <= ends


def _conjunct_head(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token
