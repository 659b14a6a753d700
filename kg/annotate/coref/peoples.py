"""Peoples: "Hungarians" are a group of Hungary, and the same group wherever nothing narrows it."""

from __future__ import annotations

from kg.annotate.coref.chains import Chains
from kg.annotate.coref.groups import group_restrictions, is_counted, narrowing


def peoples(chains: Chains) -> None:
    """Gives a people its country, where the article speaks of it, and joins its mentions."""
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "nominal" or mention.type != "Group":
            continue
        people = chains.gazetteer.people(chains.head(m).text)
        if people is None:
            continue
        country = people[0].key
        named = next((n for n in range(len(chains.mentions)) if chains.key(n) == country), None)
        if named is not None:
            chains.bodies[m] = named
        if narrowing(chains, m) or is_counted(chains, m):
            continue
        identity = (country, group_restrictions(chains, m))
        if identity in first:
            chains.join(first[identity], m, "people", 0.8, sure=True)
        first.setdefault(identity, m)
