"""Pronouns: the speaker of quoted "I" and "we"; others by agreement, syntax and salience, or left open.

A wrong antecedent costs more than none: one is taken only if it is likely by itself and clearly more so than any other.
"""

from __future__ import annotations

from kg.annotate.coref.antecedents import Antecedents
from kg.annotate.coref.chains import Chains, family

FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"))


def resolve_pronouns(chains: Chains) -> None:
    """In text order, so that an earlier pronoun carries its antecedent on."""
    antecedents = Antecedents(chains)
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "pronoun":
            continue
        if chains.head(m).lower_ in FIRST_PERSON:
            speaker = _speaker(chains, m)
            if speaker is not None:
                chains.join(speaker, m, "speaker", 0.9, sure=True)
            continue
        found = antecedents.of(m)
        if found is not None:
            chains.join(found.mention, m, "pronoun", found.score, sure=True)


def _speaker(chains: Chains, m: int) -> int | None:
    """Whose quoted words hold the pronoun: the last link of the chain that can say I or we."""
    mention, found = chains.mentions[m], None
    for attribution in chains.attributions:
        if not any(quote.covers(mention.span) for quote in attribution.quotes) or len(attribution.source_mentions) != 1:
            continue
        source = attribution.source_mentions[0]
        if source is not None and (mention.number == "plural" or family(chains.type(source)) == "person"):
            found = source
    return found
