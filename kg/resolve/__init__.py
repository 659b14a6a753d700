"""resolve: local entities to global ones, by gazetteer key, strong names, group identity and role; persons' judgements win.

A name joins across articles only where it is strong: a country, an organisation, a place, a person's full name. A last name alone
joins the one person of that name who is clearly the most spoken of; unnamed persons and things belong to their article. Sets never
hold incompatible classes. Cost is near linear: each name is looked up, no pair is tried.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg import iri
from kg.gazetteer import Gazetteer
from kg.model import ArticleGraph, Entity, GlobalEntity, Judgement, Resolution
from kg.ontology import Ontology
from kg.resolve.clusters import Clusters
from kg.resolve.names import fold, parts, strong

Local = tuple[int, int]  # (article, entity)
DOMINANT = 3  # times as many articles as the next person of that last name
PROGRAM = "newskg"


def resolve(
    graphs: Sequence[ArticleGraph],
    judgements: Sequence[Judgement],
    ontology: Ontology,
    base: str,
    gazetteer: Gazetteer | None = None,
) -> Resolution:
    """The global entities of a build. The same graphs in any order give the same entities."""
    return _Resolver(graphs, ontology, base, gazetteer).run(judgements)


@dataclass(slots=True)
class _Resolver:
    graphs: Sequence[ArticleGraph]
    ontology: Ontology
    base: str
    gazetteer: Gazetteer | None
    order: list[int] = field(init=False)  # articles as anchors are chosen: by date, undated last, then by IRI
    clusters: Clusters[Local] = field(init=False)
    reasons: dict[Local, tuple[Local, str, float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        articles = [graph.annotated.article for graph in self.graphs]
        self.order = sorted(
            range(len(articles)), key=lambda a: (articles[a].published or "9999", iri.article(self.base, articles[a]))
        )
        self.clusters = Clusters(self._fits)
        for local in self._locals():
            self.clusters.add(local)

    def run(self, judgements: Sequence[Judgement]) -> Resolution:
        self._obey(judgements)
        self._by_key()
        self._by_name()
        self._by_last_name()
        self._by_identity()
        made, of = self._entities()
        return Resolution(tuple(self._linked(made, of)), of, (*judgements, *self._explained(of)))

    # ---- look-ups ----

    def _locals(self) -> Iterator[Local]:
        """All local entities in the order of anchors."""
        for a in self.order:
            yield from ((a, e) for e in range(len(self.graphs[a].entities)))

    def entity(self, local: Local) -> Entity:
        return self.graphs[local[0]].entities[local[1]]

    def family(self, kind: str) -> str:
        return iri.family([kind, *self.ontology.ancestors(kind)])

    def names(self, local: Local) -> list[str]:
        """The names an entity has in its article, as written; its label first."""
        annotated = self.graphs[local[0]].annotated
        mentions = (annotated.mentions[m] for m in self.entity(local).mentions)
        found = [one.core.of(annotated.article.text).strip(" .,;:'\"") for one in mentions if one.kind == "name"]
        entity = self.entity(local)
        return list(dict.fromkeys([entity.label, *found])) if entity.named else found

    def _fits(self, one: Local, other: Local) -> bool:
        ours, theirs = self.entity(one), self.entity(other)
        keys = {ours.key, theirs.key} - {None}
        same = self.family(ours.type) == self.family(theirs.type) and (ours.type == "Country") == (
            theirs.type == "Country"
        )
        return same and len(keys) < 2

    def _join(self, one: Local, other: Local, reason: str, score: float, force: bool = False) -> None:
        if self.clusters.join(one, other, force):
            self.reasons.setdefault(other, (one, reason, score))

    # ---- evidence ----

    def _obey(self, judgements: Sequence[Judgement]) -> None:
        """Persons' decisions: what is different first, so that nothing joins it afterwards."""
        at = self._by_mention() if judgements else {}
        for verdict in ("different", "same"):
            for one in judgements:
                left, right = at.get(one.left), at.get(one.right or "")
                if one.verdict != verdict or left is None or right is None:
                    continue
                if verdict == "different":
                    self.clusters.separate(left, right)
                else:
                    self._join(left, right, f"judged by {one.by}", 1.0, force=True)

    def _by_mention(self) -> dict[str, Local]:
        found = {}
        for a, e in self._locals():
            annotated = self.graphs[a].annotated
            article = iri.article(self.base, annotated.article)
            for m in self.entity((a, e)).mentions:
                found[iri.mention(article, annotated.mentions[m].span)] = (a, e)
        return found

    def _by_key(self) -> None:
        first: dict[str, Local] = {}
        for local in self._locals():
            key = self.entity(local).key
            if key and key in first:
                self._join(first[key], local, "gazetteer key", 0.98)
            elif key:
                first[key] = local

    def _by_name(self) -> None:
        """Strong names; of a person with several full names only the label, so that one wrong link joins no two people."""
        first: dict[tuple[str, str], Local] = {}
        for local in self._locals():
            entity = self.entity(local)
            if not entity.named or entity.type == "Role":
                continue
            family = self.family(entity.type)
            names = strong([entity.label] if family == "person" else self.names(local), family)
            for name in names:
                known = first.setdefault((family, name), local)
                self._join(known, local, "same name", 0.95)

    def _by_last_name(self) -> None:
        """A person called by a part of a name is the one of that full name who is clearly the most spoken of."""
        articles: dict[str, Counter[Local]] = defaultdict(Counter)
        single: list[tuple[str, Local]] = []
        for local in self._locals():
            entity = self.entity(local)
            if not entity.named or self.family(entity.type) != "person":
                continue
            name = fold(entity.label)
            if " " in name:
                for part in parts(name):
                    articles[part][self.clusters.root(local)] += 1
            single.append((name, local))
        for name, local in single:
            ranked = [one for one in articles[name].most_common(3) if one[0] != self.clusters.root(local)][:2]
            if ranked and (len(ranked) == 1 or ranked[0][1] >= DOMINANT * ranked[1][1]):
                self._join(ranked[0][0], local, "part of one person's name only", 0.8)

    def _by_identity(self) -> None:
        """Groups of one affiliation, head class and restrictions; roles of one title and body; bodies named by their country."""
        first: dict[tuple[str, ...], Local] = {}
        for local in self._locals():
            identity = self._identity(local)
            if identity:
                self._join(first.setdefault(identity, local), local, "same identity", 0.9)

    def _identity(self, local: Local) -> tuple[str, ...] | None:
        entity = self.entity(local)
        body = None if entity.affiliation is None else self.clusters.root((local[0], entity.affiliation))
        if body is None or entity.named != (entity.type == "Role"):
            return None
        place = f"{body[0]} {body[1]}"
        if entity.type == "Role":
            return ("role", place, fold(entity.label.split(" of ")[0]))
        if entity.type == "Group" and entity.group_head:
            return ("group", place, entity.group_head, *entity.restrictions)
        if entity.type == "IntelligenceAgency" and not self._is_plural(local):
            return ("body", place, entity.type)  # "its intelligence", "its spy agency": news means one
        if self.ontology.is_a(entity.type, "Organization"):
            return ("body", place, entity.type, fold(entity.label))
        return None

    def _is_plural(self, local: Local) -> bool:
        mentions = self.graphs[local[0]].annotated.mentions
        return any(mentions[m].number == "plural" for m in self.entity(local).mentions)

    # ---- results ----

    def _entities(self) -> tuple[list[GlobalEntity], dict[Local, int]]:
        rank = {a: n for n, a in enumerate(self.order)}
        sets = [sorted(members, key=lambda one: self._anchor_order(rank, one)) for members in self.clusters.all()]
        sets.sort(key=lambda members: self._anchor_order(rank, members[0]))
        of = {local: n for n, members in enumerate(sets) for local in members}
        return [self._entity(members) for members in sets], of

    def _anchor_order(self, rank: dict[int, int], local: Local) -> tuple[int, int, int]:
        entity = self.entity(local)
        mentions = self.graphs[local[0]].annotated.mentions
        start = mentions[entity.mentions[0]].span.start if entity.mentions else 1 << 40
        return rank[local[0]], start, local[1]

    def _entity(self, members: list[Local]) -> GlobalEntity:
        anchor = self.entity(members[0])
        kinds = Counter(self.entity(local).type for local in members)
        kind = max(kinds, key=lambda name: (kinds[name], len(self.ontology.ancestors(name)), name))
        keys = sorted({key for local in members if (key := self.entity(local).key)})
        label = self._label(members, kind, keys)
        forms = {name for local in members for name in self.names(local)}
        return GlobalEntity(
            iri=self._iri(members[0], anchor, keys),
            type=kind,
            label=label,
            aliases=tuple(sorted(forms - {label})),
            members=tuple(sorted(members)),
            named=any(self.entity(local).named for local in members),
            same_as=self._same_as(keys),
        )

    def _iri(self, local: Local, anchor: Entity, keys: list[str]) -> str:
        if keys and keys[0].startswith("country/"):
            return iri.keyed(self.base, keys[0])
        annotated = self.graphs[local[0]].annotated
        article = iri.article(self.base, annotated.article)
        span = annotated.mentions[anchor.mentions[0]].span if anchor.mentions else None
        where = iri.mention(article, span) if span else f"{article}#role={anchor.label}"
        return iri.entity(self.base, self.family(anchor.type), anchor.label, where)

    def _label(self, members: list[Local], kind: str, keys: list[str]) -> str:
        """The gazetteer's name of a country; else the label that most articles give, longer ones first among equals."""
        if self.gazetteer and keys and keys[0].startswith("country/"):
            return self.gazetteer.entries[keys[0]].label
        labels = Counter(self.entity(local).label for local in members)
        full = [label for label in labels if " " in label] if kind == "Person" else list(labels)
        return max(full or labels, key=lambda label: (labels[label], len(label), label))

    def _same_as(self, keys: list[str]) -> tuple[str, ...]:
        entries = [self.gazetteer.entries[key] for key in keys if self.gazetteer and key in self.gazetteer.entries]
        return tuple(sorted({one for entry in entries for one in entry.same_as}))

    def _linked(self, made: list[GlobalEntity], of: dict[Local, int]) -> Iterator[GlobalEntity]:
        """With affiliations, and a restricted group part of the unrestricted one."""
        wholes: dict[tuple[str, str], str] = {}
        bodies = [self._body(entity, made, of) for entity in made]
        for entity, body in zip(made, bodies, strict=True):
            local = self.entity(entity.members[0])
            if body and entity.type == "Group" and local.group_head and not local.restrictions:
                wholes.setdefault((body, local.group_head), entity.iri)
        for entity, body in zip(made, bodies, strict=True):
            local = self.entity(entity.members[0])
            whole = wholes.get((body or "", local.group_head or "")) if local.restrictions else None
            yield replace(entity, affiliation=body, part_of=whole)

    def _body(self, entity: GlobalEntity, made: list[GlobalEntity], of: dict[Local, int]) -> str | None:
        found = ((a, self.entity((a, e)).affiliation) for a, e in entity.members)
        counted = Counter(made[of[a, body]].iri for a, body in found if body is not None)
        counted.pop(entity.iri, None)
        return max(counted, key=lambda name: (counted[name], name)) if counted else None

    def _explained(self, of: dict[Local, int]) -> Iterator[Judgement]:
        """One judgement of the program for each join across articles: the two mentions, why, how sure."""
        for later, (earlier, reason, score) in self.reasons.items():
            left, right = self._mention(earlier), self._mention(later)
            if left and right and of[earlier] == of[later]:
                yield Judgement("same", left, right, PROGRAM, None, reason, score)

    def _mention(self, local: Local) -> str | None:
        annotated = self.graphs[local[0]].annotated
        mentions = self.entity(local).mentions
        if not mentions:
            return None
        return iri.mention(iri.article(self.base, annotated.article), annotated.mentions[mentions[0]].span)
