"""Short forms: a body by one word of its name, and the holder of a high office who is never named."""

from __future__ import annotations

from collections import defaultdict

from kg.annotate.coref.chains import ORGANIZATION, Chains, family

NEAR = 3  # sentences


def short_bodies(chains: Chains) -> None:
    """ "the Post" after "The Morning Post": one capitalised word that begins or ends one body's name of the article."""
    full: dict[str, set[int]] = defaultdict(set)
    alone: set[str] = set()  # called so before any longer name: "Medicare … Medicare Advantage"
    for m, mention in enumerate(chains.mentions):
        words = chains.folded(m).split()
        if mention.kind == "name" and len(words) == 1:
            alone.add(words[0])
        if mention.kind == "name" and len(words) > 1 and _may_be_short(chains.type(m)):
            if chains.type(m) != "Organization" or words[-1] not in alone:  # "Medicaid … ACA Medicaid"
                full[words[-1]].add(m)
            brief = len(words) == 2 and chains.type(m) in ("Company", "MediaOrganization", "Organization")
            if brief and words[0] not in alone:
                full[words[0]].add(m)
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "name" or family(chains.type(m)) != ORGANIZATION or chains.key(m):
            continue
        if any(entry.country for entry in chains.gazetteer.lookup(chains.text(m))) or _is_rest(chains, m):
            continue  # a place that the body is called after; what is left of another name
        form = chains.folded(m)
        before = chains.head(m).dep_ in ("compound", "amod", "nmod")  # "solar power" is not the Solar Foundation's
        fitting = [n for n in full.get(form, ()) if n != m and not (before and chains.folded(n).startswith(f"{form} "))]
        roots = {chains.root(n) for n in fitting}
        if len(roots) == 1:
            chains.join(roots.pop(), m, "short-name", 0.8)


def _is_rest(chains: Chains, m: int) -> bool:
    """ "the Upper [House]": a capitalised word before it belongs to its name."""
    first = chains.words(m)[0]
    before = first.nbor(-1) if first.i > first.sent.start + 1 else None
    return before is not None and before.text.istitle() and before.pos_ in ("PROPN", "ADJ") and before.head.i == first.i


def companies(chains: Chains) -> None:
    """ "the company" after the one company that the sentences before name."""
    named = [m for m, one in enumerate(chains.mentions) if one.kind == "name" and _may_be_company(chains, m)]
    for m, mention in enumerate(chains.mentions):
        generic = mention.kind == "nominal" and chains.head(m).lemma_.lower() in chains.lexicon.companies
        if not generic or mention.number == "plural" or chains.is_named(m):
            continue
        if not all(_is_bare(chains, n) for n in chains.chain(m) if chains.kind(n) == "nominal"):
            continue  # "its parent company … the company"
        near = {chains.root(n) for n in named if n < m and chains.sentences[m] - chains.sentences[n] <= NEAR}
        if len(near) == 1 and chains.type(next(iter(near))) == "Company":
            chains.join(near.pop(), m, "company", 0.75)


def _may_be_company(chains: Chains, m: int) -> bool:
    return chains.type(m) in ("Company", "Organization", "MediaOrganization")


def _is_bare(chains: Chains, m: int) -> bool:
    """ "the company", "the firm": nothing but the article before it, nothing of-like behind."""
    return [t.lower_ for t in chains.words(m)[:-1]] in (["the"], ["this"])


def _may_be_short(kind: str) -> bool:
    """A seat of government is no body to shorten: "the House" is a parliament's, not the White House."""
    return family(kind) == ORGANIZATION and kind != "Government"


def offices(chains: Chains) -> None:
    """ "the Bolivian president … the Bolivian leader": one office has one holder, also where he is never named."""
    first: dict[str, int] = {}
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "nominal" or mention.number == "plural" or not chains.is_definite(m):
            continue
        if chains.is_named(m) or chains.head(m).lemma_.lower() not in chains.lexicon.top_roles:
            continue
        countries = [key for n in chains.inside(m) if (key := chains.key(n) or "").startswith("country/")]
        if len(countries) == 1:
            if countries[0] in first:
                chains.join(first[countries[0]], m, "office", 0.75)
            first.setdefault(countries[0], m)
