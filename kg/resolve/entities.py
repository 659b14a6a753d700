"""Nodes to global entities: IRI, class, label, other names, affiliation, whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg import iri
from kg.gazetteer import Gazetteer
from kg.model import Entity, GlobalEntity
from kg.ontology import Ontology
from kg.resolve.lone import lone_pronouns
from kg.resolve.nodes import Local, Nodes
from kg.resolve.view import View

MOST = 6  # restrictions of a group whose subsets are looked up


@dataclass(frozen=True, slots=True)
class Maker:
    views: Sequence[View]
    rank: Mapping[int, int]  # article -> its place in the order of anchors
    nodes: Nodes
    ontology: Ontology
    base: str
    gazetteer: Gazetteer | None

    def entities(self) -> tuple[tuple[GlobalEntity, ...], dict[Local, int]]:
        """In the order of their anchors, with the number of each local entity's; pronouns left open have none."""
        lone = [lone_pronouns(view.graph) for view in self.views]
        sets = [sorted(node.members, key=self._order) for node in self.nodes.live() if node.members]
        sets = [members for members in sets if len(members) > 1 or members[0][1] not in lone[members[0][0]]]
        sets.sort(key=lambda members: self._order(members[0]))
        of = {local: n for n, members in enumerate(sets) for local in members}
        made = _distinct([self._entity(members) for members in sets])
        return tuple(self._linked(made, sets, of)), of

    def _order(self, local: Local) -> tuple[int, int, int]:
        return self.rank[local[0]], self.views[local[0]].start(local[1]), local[1]

    def _local(self, local: Local) -> Entity:
        return self.views[local[0]].entity(local[1])

    def _entity(self, members: list[Local]) -> GlobalEntity:
        locals_ = [self._local(local) for local in members]
        keys = sorted({one.key for one in locals_ if one.key})
        kind = self._type(locals_)
        label = self._label(locals_, kind, keys)
        forms = {name for a, e in members for name in self.views[a].names(e)}
        entries = [self.gazetteer.entries[key] for key in keys if self.gazetteer and key in self.gazetteer.entries]
        return GlobalEntity(
            iri=self._iri(members[0], keys),
            type=kind,
            label=label,
            aliases=tuple(sorted(forms - {label})),
            members=tuple(sorted(members)),
            named=any(one.named for one in locals_),
            same_as=tuple(sorted({same for entry in entries for same in entry.same_as})),
        )

    def _type(self, locals_: Sequence[Entity]) -> str:
        """The class most articles give; a class that only says less than another does not count against it."""
        if len(locals_) == 1:
            return locals_[0].type
        kinds = Counter(one.type for one in locals_)
        special = [k for k in kinds if not any(other != k and self.ontology.is_a(other, k) for other in kinds)]
        return max(special, key=lambda kind: (kinds[kind], kind))

    def _label(self, locals_: Sequence[Entity], kind: str, keys: Sequence[str]) -> str:
        """The gazetteer's name of a country; else what most articles say, of a person the full name."""
        if self.gazetteer and keys and keys[0].startswith("country/"):
            return self.gazetteer.entries[keys[0]].label
        if len(locals_) == 1:
            return locals_[0].label
        labels = Counter(one.label for one in locals_ if one.named) or Counter(one.label for one in locals_)
        full = [label for label in labels if " " in label] if kind == "Person" else []
        telling = [label for label in labels if label != label.lower()]  # "Peruvian police" before "police"
        return max(full or telling or labels, key=lambda label: (labels[label], len(label), label))

    def _iri(self, local: Local, keys: Sequence[str]) -> str:
        if keys and keys[0].startswith("country/"):
            return iri.keyed(self.base, keys[0])
        view, anchor = self.views[local[0]], self._local(local)
        longest = max(view.names(local[1]) or [anchor.label], key=lambda name: (len(name), name))
        return iri.entity(self.base, self.nodes.family(anchor.type), longest, view.anchor(local[1]))

    # ---- between entities ----

    def _linked(
        self, made: Sequence[GlobalEntity], sets: Sequence[list[Local]], of: Mapping[Local, int]
    ) -> Iterator[GlobalEntity]:
        """With affiliations; a restricted group is part of the unrestricted one, or else of the nearest that is less restricted."""
        bodies = [self._body(members, made, of) for members in sets]
        groups: dict[tuple[str, str], dict[frozenset[str], str]] = {}
        for entity, members, body in zip(made, sets, bodies, strict=True):
            head = self._local(members[0])
            if body and head.type == "Group" and head.group_head:
                groups.setdefault((body, head.group_head), {}).setdefault(frozenset(head.restrictions), entity.iri)
        for entity, members, body in zip(made, sets, bodies, strict=True):
            head = self._local(members[0])
            known = groups.get((body or "", head.group_head or ""), {}) if head.restrictions else {}
            yield replace(entity, affiliation=body, part_of=_whole(tuple(sorted(set(head.restrictions))), known))

    def _body(self, members: Sequence[Local], made: Sequence[GlobalEntity], of: Mapping[Local, int]) -> str | None:
        own = {of[members[0]]}
        found = [(a, self.views[a].entity(e).affiliation) for a, e in members]
        counted = Counter(made[of[a, body]].iri for a, body in found if body is not None and of[a, body] not in own)
        return max(counted, key=lambda name: (counted[name], name)) if counted else None


def _distinct(made: Sequence[GlobalEntity]) -> list[GlobalEntity]:
    """Two entities whose anchors are the same words of one article still have two names."""
    seen: Counter[str] = Counter()
    found = []
    for entity in made:
        seen[entity.iri] += 1
        nth = seen[entity.iri]
        found.append(entity if nth == 1 else replace(entity, iri=f"{entity.iri}-{nth}"))
    return found


def _whole(restrictions: tuple[str, ...], groups: Mapping[frozenset[str], str]) -> str | None:
    """The unrestricted group, or else the one with the most of these restrictions."""
    smaller = [
        frozenset(some)
        for size in range(min(len(restrictions), MOST) - 1, 0, -1)
        for some in combinations(restrictions, size)
    ]
    return next((groups[some] for some in (frozenset[str](), *smaller) if some in groups), None)
