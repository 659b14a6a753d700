"""Day by day, in the order of dates: each local entity joins a node that stands already, or founds one.

Nothing that a later day tells changes what an earlier one decided, so that newer articles move no IRI. Only a person's judgement
joins two nodes that stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from kg.gazetteer import Gazetteer
from kg.model import Entity, Judgement
from kg.ontology import Ontology
from kg.resolve.bodies import Bodies, Named
from kg.resolve.judged import Judged
from kg.resolve.lexicon import Lexicon
from kg.resolve.names import fold
from kg.resolve.nodes import Local, Node, Nodes
from kg.resolve.people import CALL, JOIN, Context, Offer, People, context
from kg.resolve.view import Post, View

PROGRAM = "newskg"
LATER = 4  # rank of those who wait until all of the day's names are read
AGENCY = "IntelligenceAgency"
CALLS = 2  # of an entity's refused offers so many are kept


@dataclass(slots=True)
class Reading:
    views: Sequence[View]  # by article number of the build
    ontology: Ontology
    lexicon: Lexicon
    gazetteer: Gazetteer | None
    judged: Judged
    nodes: Nodes = field(init=False)
    people: People = field(init=False)
    bodies: Bodies = field(init=False)
    joins: list[Judgement] = field(init=False, default_factory=list)
    calls: list[Judgement] = field(init=False, default_factory=list)
    _company: dict[int, set[int]] = field(init=False, default_factory=dict)
    _likely: dict[int, frozenset[int]] = field(init=False, default_factory=dict)
    _ranked: dict[int, list[tuple[int, int, int]]] = field(init=False, default_factory=dict)
    _open: set[Local] = field(init=False, default_factory=set)
    _agencies: Counter[str | None] = field(init=False)  # how many the gazetteer knows, by country

    def __post_init__(self) -> None:
        known = self.gazetteer.entries.values() if self.gazetteer else ()
        self._agencies = Counter(one.country for one in known if one.type == AGENCY)
        self.nodes = Nodes(self.ontology)
        self.people = People(self.nodes, self.lexicon)
        self.bodies = Bodies(self.nodes, self.lexicon)

    def read(self, day: Sequence[int]) -> None:
        """Place all entities of one day's articles: what has a full name in any of them before parts of names and posts."""
        for article in day:
            self.nodes.dates[article] = self.views[article].date
        for known in (True, False):
            for article in day:
                self._read(article, known)

    def _read(self, article: int, known: bool) -> None:
        company = self._company.setdefault(article, set())
        if not known:
            self._likely[article] = self._likely_company(article)
        for rank, _, e in self._ranks(article):
            if (rank < LATER) == known:
                self._place((article, e))
        self.nodes.company[article] = frozenset(company)

    def _likely_company(self, article: int) -> frozenset[int]:
        """Who is probably meant by the last names of the article: "Quist" and "Novak" explain each other."""
        ranked = ((rank, e) for rank, _, e in self._ranks(article))
        names = [self.people.name(self.views[article].entity(e).label) for rank, e in ranked if rank == LATER]
        return frozenset(node.number for name in names if name.words and (node := self.people.likely(name)))

    def _ranks(self, article: int) -> list[tuple[int, int, int]]:
        """In the order in which the entities of an article are placed."""
        if article not in self._ranked:
            self._ranked[article] = sorted(
                self._rank(article, e) for e in range(len(self.views[article].graph.entities))
            )
        return self._ranked[article]

    def _rank(self, article: int, e: int) -> tuple[int, int, int]:
        """Names first, people after the bodies that tell of them, whoever is known by a part of a name or a post last."""
        view, entity = self.views[article], self.views[article].entity(e)
        if self.nodes.family(entity.type) == "person":
            rank = LATER + 1 if not entity.named else LATER - 1 if " " in fold(entity.label) else LATER
        else:
            rank = 0 if entity.key else 1 if entity.named and view.body(e) is None else 2
        return rank, view.start(e), e

    # ---- one entity ----

    def _place(self, local: Local) -> Node:
        placed = self.nodes.node(local)
        if placed:
            return placed
        self._open.add(local)
        view, entity = self.views[local[0]], self.views[local[0]].entity(local[1])
        if self.nodes.family(entity.type) == "person":
            return self._person(local, view, entity)
        if entity.named and entity.type != "Role":
            return self._named(local, view, entity)
        return self._nameless(local, view, entity)

    def _settle(self, local: Local, entity: Entity, offers: Sequence[Offer]) -> Node:
        """Put the entity where persons say, else to the best offer, else on its own."""
        decided = self._decided(local)
        allowed = [offer for offer in offers if self._may(local, entity, offer)]
        best = decided or (allowed[0] if allowed and allowed[0].score >= JOIN else None)
        node = best.node if best else self.nodes.found(self.nodes.family(entity.type))
        if best:
            self._explain(self.joins, "same", best, local)
        refused = [offer for offer in allowed if offer.node is not node and offer.score >= CALL]
        for offer in refused[:CALLS]:
            self._explain(self.calls, "different", offer, local)
        self.nodes.put(local, node, entity.type, entity.key)
        if entity.named:
            self._company[local[0]].add(node.number)
        return node

    def _decided(self, local: Local) -> Offer | None:
        found: Node | None = None
        for other in self.judged.same(local):
            node = self.nodes.node(other)
            if node and found and node is not found:
                found = self.nodes.merge(found, node)
            found = found or node
        return Offer(found, 1.0, "judged the same") if found else None

    def _may(self, local: Local, entity: Entity, offer: Offer) -> bool:
        apart = (self.nodes.node(other) for other in self.judged.different(local))
        loosely = offer.score >= 0.9
        return self.nodes.fits(offer.node, entity.type, entity.key, loosely) and not any(n is offer.node for n in apart)

    def _explain(self, into: list[Judgement], verdict: str, offer: Offer, local: Local) -> None:
        a, e = offer.node.members[0]
        if not self.views[local[0]].mentions(local[1]):
            return  # a post stands in no words of its own
        left, right = self.views[a].shown(e), self.views[local[0]].shown(local[1])
        into.append(Judgement(verdict, left, right, PROGRAM, None, offer.reason, round(offer.score, 3)))  # type: ignore[arg-type]

    # ---- by kind ----

    def _person(self, local: Local, view: View, entity: Entity) -> Node:
        posts = view.posts.get(local[1], [])
        at = self._context(local, view, posts)
        if not entity.named:
            return self._by_post(local, view, entity)
        name = self.people.name(entity.label)
        if not name.words or not view.telling(local[1]):
            return self._settle(local, entity, ())
        offers = self.people.offers(name, at)
        if not name.full:
            offers = [offer for offer in offers if not self._is_named_in_full(offer.node, local[0])]
        node = self._settle(local, entity, offers)
        self.people.learn(node, local[0], name, view.names(local[1])[1:], at)
        self._hold(node, local, view, posts)
        return node

    def _is_named_in_full(self, node: Node, article: int) -> bool:
        """Whether the article names that person in full: who is called by a part of the name there, and was not found to be the same, is
        not.
        """
        if node.articles[-1:] != [article]:
            return False
        here = takewhile(lambda local: local[0] == article, reversed(node.members))
        return any(self.people.name(self.views[article].entity(e).label).full for _, e in here)

    def _by_post(self, local: Local, view: View, entity: Entity) -> Node:
        post = view.nominal_post(local[1])
        body = self._token(local, post.body) if post and post.body is not None else None
        offer = self.people.holder(post, body, view.date) if post and body else None
        return self._settle(local, entity, [offer] if offer else ())

    def _context(self, local: Local, view: View, posts: Sequence[Post]) -> Context:
        known = [
            (post, self._token(local, post.body), self._country(local, post.body)) for post in posts if not post.former
        ]
        governs = local[1] in view.governing
        company = self._company[local[0]] | self._likely.get(local[0], frozenset())
        return context(self.nodes, self.lexicon, view.date, company, known, governs)

    def _hold(self, node: Node, local: Local, view: View, posts: Sequence[Post]) -> None:
        for post in posts:
            node.governs = node.governs or self.lexicon.governs(post.role)
            if post.former:
                continue
            held = (self.lexicon.same_role.get(post.role, post.role), self._token(local, post.body))
            node.held.setdefault(held, []).append(view.date)
            self.nodes.add(("post", held[0], held[1] or ""), node)

    def _named(self, local: Local, view: View, entity: Entity) -> Node:
        named = Named(
            kind=entity.type,
            key=entity.key,
            names=view.telling(local[1]),
            body=self._whose(local, view, entity),
            day=view.date,
            company=frozenset(self.nodes.telling(self._company[local[0]])),
            where=view.where(local[1]),
            shared=view.keyless(local[1]),
            known=bool(self.gazetteer and self.gazetteer.named(entity.label)),
        )
        offers = self.bodies.offers(named)
        country = self._of_lone_agency(entity.type, named.body)
        if country and not offers:
            offers = [
                Offer(n, 0.75, "the nameless agency of that country") for n in self.nodes.get("nameless", country)
            ][:1]
        node = self._settle(local, entity, offers)
        self.bodies.learn(node, named)
        if country:
            self.nodes.add(("agency", country), node)
        return node

    def _nameless(self, local: Local, view: View, entity: Entity) -> Node:
        body = self._whose(local, view, entity)
        identity = self._identity(local, view, entity, body)
        if identity is None or body is None:
            return self._settle(local, entity, ())
        offers = [Offer(node, 0.9, "same identity") for node in self.nodes.get(*identity)]
        country = self._of_lone_agency(entity.type, body)
        if country and not offers:
            offers = [offer for offer in [self.bodies.only_agency(entity.type, country)] if offer]
        node = self._settle(local, entity, offers)
        self.nodes.add(identity, node)
        if country and not node.names:
            self.nodes.add(("nameless", country), node)
        return node

    def _of_lone_agency(self, kind: str, country: str | None) -> str | None:
        """The country of a spy agency that can be the only one; where the gazetteer knows several, "its spy agency" may be any."""
        return country if kind == AGENCY and self._agencies[country] < 2 else None

    def _identity(self, local: Local, view: View, entity: Entity, body: str | None) -> tuple[str, ...] | None:
        """What a post, a group or a nameless body is known by in every article."""
        if body is None:
            return None
        if entity.type == "Role":
            title = fold(entity.label.split(" of ")[0])
            return ("role", body, self.lexicon.same_role.get(title, title))
        if entity.type == "Group":
            if entity.group_head not in self.lexicon.lasting:
                return None
            further = view.narrowed(local[1])
            known = (body, entity.group_head, *sorted(entity.restrictions))
            return None if further is None else ("group", *known, "", *further)
        if self.ontology.is_a(entity.type, "Organization") and not view.plural(local[1]):
            owner = view.body(local[1])
            label = view.without_body(entity.label.lower(), owner) if owner is not None else entity.label
            return self.bodies.identity(entity.type, label, body)
        return None

    # ---- whose ----

    def _whose(self, local: Local, view: View, entity: Entity) -> str | None:
        """Token of the country or body an entity belongs to; the gazetteer knows of more."""
        entry = self.gazetteer.entries.get(entity.key) if self.gazetteer and entity.key else None
        if entry and entry.country:
            return entry.country
        owner = view.body(local[1])
        if owner is None and entity.type == "Group" and self.gazetteer:
            people = self.gazetteer.people(entity.label)
            return people[0].key if people else None
        return self._token(local, owner) if owner not in (None, local[1]) else None

    def _token(self, local: Local, body: int | None) -> str | None:
        """Bodies are placed before whoever belongs to them; in a circle the one that is asked for twice has none."""
        if body is None:
            return None
        at = (local[0], body)
        if at not in self.nodes.of:
            if at in self._open:
                return None
            self._place(at)
        node = self.nodes.node(at)
        return self.nodes.token(node) if node else None

    def _country(self, local: Local, body: int | None) -> str | None:
        """The country of a post's body, if it is known."""
        if body is None:
            return None
        key = self.views[local[0]].entity(body).key or ""
        entry = self.gazetteer.entries.get(key) if self.gazetteer else None
        return key if key.startswith("country/") else entry.country if entry else None
