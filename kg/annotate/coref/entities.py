"""Finished chains to entities: class, label, affiliation, and what identifies a group."""

from __future__ import annotations

from collections import Counter

from kg.annotate.coref.chains import Chains
from kg.annotate.coref.groups import affiliation, group_head, group_restrictions
from kg.model import Entity, Link

OF_BODIES = (
    "Group",
    "ArmedForce",
    "Government",
    "GovernmentBody",
    "IntelligenceAgency",
    "MediaOrganization",
    "PoliticalParty",
)


def entities(chains: Chains) -> tuple[Entity, ...]:
    """One entity a chain, in the order of first mentions."""
    roots = sorted(chains.members)
    number = {root: n for n, root in enumerate(roots)}
    return tuple(_entity(chains, root, number) for root in roots)


def _entity(chains: Chains, root: int, number: dict[int, int]) -> Entity:
    members = chains.chain(root)
    kind, key = chains.type(root), chains.key(root)
    nominals = [m for m in members if chains.kind(m) == "nominal"]
    of_each = ((affiliation(chains, m), chains.bodies.get(m)) for m in nominals if kind in OF_BODIES)
    bodies = [body for pair in of_each for body in pair if body is not None]
    own = number[root]
    known = [number[chains.root(body)] for body in bodies if number[chains.root(body)] != own]
    is_group = kind == "Group" and bool(nominals) and not chains.is_named(root)
    return Entity(
        type=kind,
        label=_label(chains, root, kind, is_group, bodies),
        mentions=tuple(members),
        links=tuple(_link(chains, m, root) for m in members),
        key=key,
        named=chains.is_named(root),
        affiliation=known[0] if known else None,
        group_head=_head(chains, nominals[0]) if is_group else None,
        restrictions=group_restrictions(chains, nominals[0]) if is_group else (),
    )


def _head(chains: Chains, m: int) -> str:
    return "people" if chains.gazetteer.people(chains.head(m).text) else group_head(chains, m)


def _link(chains: Chains, m: int, root: int) -> Link:
    return Link(m, None, "first", 1.0) if m == root else chains.links.get(m, Link(m, root, "joined", 0.8))


def _label(chains: Chains, root: int, kind: str, is_group: bool, bodies: list[int]) -> str:
    key = chains.key(root)
    if key and key.startswith("country/"):
        return chains.gazetteer.entries[key].label
    names = [chains.text(m) for m in chains.chain(root) if chains.kind(m) == "name"]
    if names:
        counted = Counter(names)
        return (
            max(
                counted,
                key=lambda name: (
                    len(name.split()) > 1 < len(name.split()[-1]),
                    counted[name],
                    len(name.split()),
                    len(name),
                    name,
                ),
            )
            if kind == "Person"
            else max(counted, key=lambda name: (not chains.gazetteer.adjective(name), len(name), name))
        )
    nominals = [m for m in chains.chain(root) if chains.kind(m) == "nominal"]
    if is_group and bodies and chains.gazetteer.people(chains.head(nominals[0]).text) is None:
        heads: Counter[str] = Counter()
        for m in nominals:  # a nominal that says whose people it names tells better what they are called
            heads[chains.head(m).text] += 3 if affiliation(chains, m) is not None else 2
        head = max(heads, key=lambda word: heads[word])  # of equals the first one
        adjective = chains.gazetteer.adjective_of(chains.key(bodies[0]) or "") or chains.text(bodies[0])
        narrow = group_restrictions(chains, nominals[0])
        return " ".join((*narrow, adjective, head))
    if is_group and chains.gazetteer.people(chains.head(nominals[0]).text) is not None:
        return " ".join((*group_restrictions(chains, nominals[0]), chains.head(nominals[0]).text))
    return chains.text(nominals[0]) if nominals else chains.text(root)
