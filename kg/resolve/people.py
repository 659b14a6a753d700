"""Who a person of another article is: full names with their context, parts of names, posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.resolve.lexicon import Lexicon
from kg.resolve.names import PersonName, a_letter_apart, one_less, other_middle, same_person_name
from kg.resolve.nodes import Node, Nodes
from kg.resolve.view import Post
from kg.terms_of_office import holders

JOIN = 0.6  # least score of a join; what lies below is a candidate for a person to judge
CALL = 0.3  # least score of such a candidate
KNOWN = 8  # articles from which on a full name is taken for the well-known one, whatever the context
DAYS = 60  # within which a part of a name is taken to mean the same bearer
CLEARLY = 0.8  # share of the likelihood that one bearer of a part of a name must have against the next


@dataclass(frozen=True, slots=True)
class Offer:
    """A node that an entity may be: how likely, and why."""

    node: Node
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """What an article tells of a person besides the name."""

    day: str | None
    company: frozenset[int]  # named nodes of the article so far
    posts: tuple[tuple[str, str | None], ...]  # (role, body token)
    fields: frozenset[str]
    countries: frozenset[str]
    governs: bool = False  # has an administration


def context(
    nodes: Nodes,
    lexicon: Lexicon,
    day: str | None,
    company: Iterable[int],
    posts: Iterable[tuple[Post, str | None, str | None]],
    governs: bool = False,
) -> Context:
    """`posts`: each with its body's token and the body's country."""
    known = list(posts)
    words = {post.role if post.role in lexicon.fields else post.role.split()[-1] for post, _, _ in known}
    return Context(
        day,
        frozenset(nodes.telling(company)),
        tuple((lexicon.same_role.get(post.role, post.role), body) for post, body, _ in known),
        frozenset(kind for word in words for kind in lexicon.fields.get(word, ())),
        frozenset(country for _, _, country in known if country),
        governs,
    )


@dataclass(slots=True)
class People:
    nodes: Nodes
    lexicon: Lexicon
    _known: dict[str, PersonName] = field(default_factory=dict)

    def name(self, text: str) -> PersonName:
        if text not in self._known:
            self._known[text] = PersonName.of(text, self.lexicon)
        return self._known[text]

    def offers(self, name: PersonName, at: Context) -> list[Offer]:
        """Most likely first."""
        found = list(self._full(name, at) if name.full else ())
        if name.full and not any(offer.score >= JOIN for offer in found):
            found += self._misspelt(name, at)
        if not any(offer.score >= JOIN for offer in found):
            found += self._part(name, at) if self._is_part(name) else self._whole(name, at)
        return sorted(found, key=lambda offer: (-offer.score, -len(offer.node.articles), offer.node.number))

    def likely(self, name: PersonName) -> Node | None:
        """The only one known who is called by this part of a name."""
        bearers = [node for node in self.nodes.get("part", " ".join(name.sounds)) if not node.partial]
        return bearers[0] if len(bearers) == 1 and self._usual(bearers[0], " ".join(name.sounds)) else None

    def learn(self, node: Node, article: int, name: PersonName, others: Iterable[str], at: Context) -> None:
        """Index what this article tells of a person; `others`: further names it uses."""
        for part in {" ".join(one.sounds) for one in map(self.name, others) if one.words and one != name} | (
            {name.sounds[0]} if len(name.words) == 1 else set()
        ):
            known = node.called.setdefault(part, [])
            if known[-1:] != [article]:
                known.append(article)
        if node.partial or not node.names:
            node.partial = not name.full
        node.names.add(name.written())
        node.fields |= at.fields
        node.countries |= at.countries
        for key in self._keys(name):
            self.nodes.add(key, node)

    def _keys(self, name: PersonName) -> Iterator[tuple[str, ...]]:
        if not name.words:
            return
        if not name.full:
            yield ("only", name.sounds[0])
            return
        yield ("joined", "".join(name.sounds))
        yield ("last", name.sounds[-1])
        yield ("part", name.sounds[-1])
        yield ("part", name.sounds[0])
        yield from (("near", name.sounds[0], rest) for rest in one_less(name.words[-1]))
        if len(name.sounds) > 2:
            yield ("part", " ".join(name.sounds[:2]))
            yield ("part", " ".join(name.sounds[1:]))

    # ---- full names ----

    def _full(self, name: PersonName, at: Context) -> Iterator[Offer]:
        known = {n.number: n for n in self.nodes.get("joined", "".join(name.sounds))}
        known.update((n.number, n) for n in self.nodes.get("last", name.sounds[-1]))
        for node in known.values():
            if not node.partial:
                score, reason = self._named(name, node)
                if score:
                    yield self._weighed(node, score, reason, at)

    def _misspelt(self, name: PersonName, at: Context) -> Iterator[Offer]:
        """Someone in the same post or company whose last name differs by a letter: "Markel" for "Merkel"."""
        near = {n.number: n for rest in one_less(name.words[-1]) for n in self.nodes.get("near", name.sounds[0], rest)}
        for number in sorted(near):
            node = near[number]
            if not any(a_letter_apart(name, self.name(one)) for one in node.names):
                continue
            post = any(self._same_seat(node, post) for post in at.posts)
            together = len(at.company & self.nodes.company_of(node))
            sure = (post or together > 2) and not self._against(node, at)
            reason = f"last name a letter apart; {'the same post' if post else f'{together} shared in their company'}"
            yield Offer(node, 0.7 if sure else 0.35, reason)

    def _same_seat(self, node: Node, post: tuple[str, str | None]) -> bool:
        """A post of which there is one ("chancellor"), or any in one organisation; a country has many senators."""
        role, body = post
        one = self.lexicon.singular_role(role) and self._holds(node, post)
        return one or bool(body and not body.startswith("country/") and post in node.held)

    def _named(self, name: PersonName, node: Node) -> tuple[float, str]:
        full = [one for one in map(self.name, sorted(node.names)) if one.full]
        if any(other_middle(name, one) for one in full):
            return 0.0, "another middle name"
        return max((same_person_name(name, one, self.lexicon) for one in full), default=(0.0, ""))

    def _weighed(self, node: Node, score: float, reason: str, at: Context) -> Offer:
        """A name's score after the context spoke for or against it."""
        shared = self._shared(node, at)
        against = self._against(node, at)
        if against and not shared:
            if score >= 0.9 and len(node.articles) >= KNOWN:
                return Offer(node, 0.7, f"{reason}, a well-known one, but {against}")
            return Offer(node, 0.4, f"{reason}, but {against} and nothing in common")
        if score < 0.88 and not shared:
            return Offer(node, min(score, JOIN - 0.05), f"{reason}, nothing else in common")
        return Offer(node, min(0.99, score + 0.02 * bool(shared)), f"{reason}; {shared}" if shared else reason)

    def _shared(self, node: Node, at: Context) -> str:
        if any(post in node.held and post[1] for post in at.posts):
            return "the same post"
        together = len(at.company & self.nodes.company_of(node))
        return f"{together} shared in their company" if together else ""

    def _against(self, node: Node, at: Context) -> str:
        if at.fields and node.fields and not at.fields & node.fields:
            return "other work"
        if at.countries and node.countries and not at.countries & node.countries:
            return "another country"
        return ""

    # ---- parts of names ----

    def _is_part(self, name: PersonName) -> bool:
        return not name.full or bool(self.nodes.get("part", " ".join(name.sounds)))

    def _part(self, name: PersonName, at: Context) -> list[Offer]:
        """The one bearer of the full name who is clearly the most likely here; else one called the same in like company."""
        part = " ".join(name.sounds)
        known = [node for node in self.nodes.get("part", part) if not node.partial and self._of_age(node, name)]
        weights = [(node, self._likely(node, part, at)) for node in known]
        offers = [
            self._bearer(node, part, _share(n, [w for _, w in weights]), at) for n, (node, _) in enumerate(weights)
        ]
        if not any(offer.score >= JOIN for offer in offers) and not name.full:
            offers += [self._alike(node, at) for node in self.nodes.get("only", part) if node.partial]
        return offers

    def _of_age(self, node: Node, name: PersonName) -> bool:
        """ "Falk Jr." is nobody who is never called Jr."""
        return not name.suffix or any(self.name(one).suffix == name.suffix for one in node.names)

    def _bearer(self, node: Node, part: str, share: float, at: Context) -> Offer:
        evidence = self._evidence(node, part, at)
        sure = self._usual(node, part) and bool(evidence) and share >= CLEARLY
        score = share * 0.85 if sure else min(share, 0.5) * 0.9
        reason = f"part of the name; {share:.0%} of the likelihood; {evidence or 'no context'}"
        return Offer(node, round(score, 3), reason)

    def _usual(self, node: Node, part: str) -> bool:
        """Whether people are called so: by the last name, by what articles call them alone, by a family name that comes first and more."""
        return bool({part, part.split()[0]} & node.called.keys()) or node.number in self.nodes.numbers("last", part)

    def _likely(self, node: Node, part: str, at: Context) -> float:
        """Bearers who are often called so these days, in like company, are likely."""
        if (self._against(node, at) and not self._shared(node, at)) or (at.governs and not node.governs):
            return 0.0
        together = len(at.company & self.nodes.company_of(node))
        post = any(self._holds(node, post) for post in at.posts)
        often = 0.1 + self.nodes.called(node, part, at.day, DAYS) + 0.1 * self.nodes.recent(node, at.day, DAYS)
        return often * (1 + 2 * min(together, 3)) * (4 if post else 1)

    def _holds(self, node: Node, post: tuple[str, str | None]) -> bool:
        return any(role == post[0] and (body == post[1] or None in (body, post[1])) for role, body in node.held)

    def _evidence(self, node: Node, part: str, at: Context) -> str:
        if any(self._holds(node, post) for post in at.posts):
            return "the same post"
        together = len(at.company & self.nodes.company_of(node))
        if together > 1 or (together and (len(node.articles) > 1 or self.nodes.recent(node, at.day))):
            return f"{together} shared in their company"
        often = self.nodes.called(node, part, at.day, DAYS)
        return f"called so in {often} articles of these days" if often >= 3 else ""

    def _alike(self, node: Node, at: Context) -> Offer:
        together = len(at.company & self.nodes.company_of(node))
        near = self.nodes.recent(node, at.day, DAYS) > 0 and not self._against(node, at)
        post = any(self._holds(node, post) and post[1] for post in at.posts)
        score = 0.7 if near and (post or together >= 2) else 0.35
        return Offer(node, score, f"called by the same part of a name; {together} shared in their company")

    def _whole(self, name: PersonName, at: Context) -> list[Offer]:
        """Someone known so far by the last name alone; that is hardly the wife of the president of that name."""
        lately = [one for one in holders(name.words[-1], at.day) if one.lately]
        if lately and not any(one.may_be(name.words) for one in lately):
            return []
        found = [self._alike(node, at) for node in self.nodes.get("only", name.sounds[-1]) if node.partial]
        strict = [offer for offer in found if offer.score >= JOIN]
        return found if len(strict) < 2 else [Offer(o.node, 0.4, o.reason) for o in found]

    # ---- posts ----

    def holder(self, post: Post, body: str, day: str | None) -> Offer | None:
        """The one person known to hold that post about that day."""
        roles = {self.lexicon.same_role.get(post.role, post.role)}
        holders = self.nodes.holders(sorted(roles), body, day)
        if not holders and post.role in self.lexicon.general_roles:
            roles = {self.lexicon.same_role.get(role, role) for role in self.lexicon.top_roles}
            holders = self.nodes.holders(sorted(roles), body, day)
        if len(holders) != 1 or self._rivals(holders[0], roles, body, day):
            return None
        return Offer(holders[0], 0.75, f"the only known {post.role} there about that time")

    def _rivals(self, node: Node, roles: set[str], body: str, day: str | None) -> bool:
        """Whether someone more in the news has that post, of which no article says where it is, against a single word for `node`."""
        said = {date for (role, where), dates in node.held.items() if role in roles and where == body for date in dates}
        if len(said) > 1:
            return False
        own = self.nodes.recent(node, day)
        others = (other for other in self.nodes.holders(sorted(roles), None, day) if other is not node)
        return any(
            self.nodes.recent(other, day) >= own and not any(role in roles and where for role, where in other.held)
            for other in others
        )


def _share(at: int, weights: Sequence[float]) -> float:
    """How likely one is against the likeliest of the others.

    >>> _share(0, [4.0, 1.0, 0.5]), _share(1, [4.0, 1.0]), _share(0, [0.0])
    (0.8, 0.2, 0.0)
    """
    rival = max((weight for n, weight in enumerate(weights) if n != at), default=0.0)
    return weights[at] / (weights[at] + rival) if weights[at] else 0.0
