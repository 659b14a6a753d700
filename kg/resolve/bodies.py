"""Which organisation, place or thing of another article is meant: names, acronyms, what is common to many, what has no name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.resolve.lexicon import Lexicon
from kg.resolve.names import acronym, body_words, fold, is_common, looks_acronym
from kg.resolve.nodes import Node, Nodes, near
from kg.resolve.people import JOIN, Offer

STATE = ("PoliticalParty", "GovernmentBody", "ArmedForce", "IntelligenceAgency", "Government")
RECURRING = 120  # days; a later gathering of that name is the next one
SPELLINGS = {"defence": "defense", "labour": "labor", "centre": "center", "organisation": "organization"}


@dataclass(frozen=True, slots=True)
class Named:
    """An entity with a name: `names` are those that tell it, `body` is the token of whose it is, `where` of a town."""

    kind: str
    key: str | None
    names: tuple[str, ...]
    body: str | None
    day: str | None
    company: frozenset[int]
    where: str | None = None
    known: bool = False  # whether the gazetteer has the name
    shared: bool = False  # whether it is the name of another thing in the gazetteer


@dataclass(slots=True)
class Bodies:
    nodes: Nodes
    lexicon: Lexicon

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(SPELLINGS.get(word, word) for word in body_words(name, self.lexicon))

    def offers(self, one: Named) -> list[Offer]:
        if one.key:
            keyed = [
                Offer(n, 0.98, "the gazetteer's entry") for n in self.nodes.get("key", one.key) if self._there(one, n)
            ]
            if keyed:
                return keyed
        found = [offer for name in one.names for offer in self._named(one, name)]
        if not any(offer.score >= JOIN for offer in found):
            found += self._acronyms(one)
        return sorted(found, key=lambda offer: (-offer.score, offer.node.number))

    def learn(self, node: Node, one: Named) -> None:
        family = node.family
        if one.key:
            self.nodes.add(("key", one.key), node)
        node.body = node.body or one.body
        node.where = node.where or one.where
        for name in one.names:
            words = self.words(name)
            node.names.add(fold(name))
            if one.shared or is_common(name, self.lexicon):
                if one.body:
                    self.nodes.add(("common", family, one.body, *sorted(set(words))), node)
                continue
            self.nodes.add(("name", family, " ".join(words)), node)
            if initials := acronym(name, self.lexicon):
                self.nodes.add(("initials", family, initials), node)
            if looks_acronym(name):
                self.nodes.add(("acronym", family, fold(name)), node)

    def _named(self, one: Named, name: str) -> Iterable[Offer]:
        family, words = self.nodes.family(one.kind), self.words(name)
        if one.shared or is_common(name, self.lexicon):
            known = self.nodes.get("common", family, one.body, *sorted(set(words))) if one.body else []
            return [Offer(node, 0.9, "same kind of body of the same country or body") for node in known]
        found = [node for node in self.nodes.get("name", family, " ".join(words)) if self._there(one, node)]
        return [self._weighed(one, node) for node in found if not self._other_initials(one, node, name)]

    def _there(self, one: Named, node: Node) -> bool:
        """Whether no article says that the two lie in different regions; a town that is said to lie elsewhere is not the well-known one."""
        apart = bool(one.where and node.where and one.where != node.where)
        return not apart and not (one.where and not one.key and node.keys)

    def _other_initials(self, one: Named, node: Node, name: str) -> bool:
        """Whether both say in full what the initials stand for, and say different things."""
        if not looks_acronym(name):
            return False
        long = (
            {fold(n) for n in names if acronym(n, self.lexicon) == fold(name)}
            for names in (one.names, sorted(node.names))
        )
        ours, theirs = long
        return bool(ours and theirs) and not ours & theirs

    def _weighed(self, one: Named, node: Node) -> Offer:
        together = len(one.company & self.nodes.company_of(node))
        if one.kind in STATE and _other_country(one.body, node.body) and not together:
            return Offer(node, 0.4, "same name, but of another country")
        recurs = one.kind == "Gathering" or any(self._recurs(name) for name in one.names)
        if recurs and not self._lately(node, one.day):
            return Offer(node, 0.4, "same name, but long before")
        if one.kind == "Facility" and not together and not one.key and not one.known:
            return Offer(node, 0.55, "same name, nothing else in common")
        return Offer(node, 0.95, "same name")

    def _recurs(self, name: str) -> bool:
        """What there is anew every year or so: "the Party Convention"."""
        return fold(name).rpartition(" ")[2] in self.lexicon.recurring

    def _lately(self, node: Node, day: str | None) -> bool:
        return any(near(self.nodes.dates.get(a), day, RECURRING) for a in node.articles)

    def _acronyms(self, one: Named) -> Iterable[Offer]:
        """A full name for initials, or initials for a full name, in like company, if only one body is so called."""
        family = self.nodes.family(one.kind)
        found = {}
        for name in one.names:
            kinds = ("initials", fold(name)) if looks_acronym(name) else ("acronym", acronym(name, self.lexicon))
            found.update({node.number: node for node in self.nodes.get(kinds[0], family, kinds[1])} if kinds[1] else {})
        for node in found.values():
            together = len(one.company & self.nodes.company_of(node))
            same_country = bool(one.body) and one.body == node.body
            sure = len(found) == 1 and (together >= 2 or same_country)
            yield Offer(node, 0.75 if sure else 0.45, f"initials of the full name; {together} shared in their company")

    # ---- without a name ----

    def identity(self, kind: str, label: str, body: str) -> tuple[str, ...] | None:
        """A nameless body of a country: the army of one is not its navy, its government and its regime are one; None for one of many."""
        words = fold(label)
        head = next(
            (name for word, name in self.lexicon.bodies.items() if words == word or words.endswith(f" {word}")), None
        )
        known = head or (words if words in self.lexicon.unique or self._says_which(words) else None)
        return ("body", body, kind, known) if known else None

    def _says_which(self, words: str) -> bool:
        """ "foreign ministry", "national guard": every word is one of those that name bodies, and there are several."""
        return " " in words and is_common(words, self.lexicon)

    def only_agency(self, kind: str, body: str) -> Offer | None:
        """News calls the one named agency of a country "its spy agency"."""
        agencies = [n for n in self.nodes.get("agency", body) if n.types.get(kind)]
        return Offer(agencies[0], 0.75, "the only such agency known of that country") if len(agencies) == 1 else None


def _other_country(one: str | None, other: str | None) -> bool:
    return bool(one and other) and one != other and all(str(b).startswith("country/") for b in (one, other))
