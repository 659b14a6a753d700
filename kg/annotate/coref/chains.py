"""The chains of mentions while they grow, with what each mention says of the thing it names."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.parsed import Doc, Token
from kg.gazetteer import Gazetteer, fold
from kg.model import Attribution, Clause, Link, Mention, Span

# Classes that may be one thing: each with those of its own family. A country is a place and an actor, but no city.
FAMILIES = {
    "Person": "person",
    "Group": "group",
    "Country": "country",
    "Region": "place",
    "City": "place",
    "Facility": "place",
    "Place": "place",
    "Weapon": "thing",
    "Award": "thing",
    "Artifact": "thing",
    "Document": "document",
    "Agreement": "document",
    "Conflict": "conflict",
    "Gathering": "gathering",
}
ORGANIZATION = "organization"
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
KINDS = ("name", "nominal", "pronoun")
NEAR = 4  # sentences back to which groups and posts are looked for


def family(kind: str) -> str:
    """The family of a class; all organisations are one.

    >>> family("Company"), family("City")
    ('organization', 'place')
    """
    return FAMILIES.get(kind, ORGANIZATION)


@dataclass(slots=True)
class Chains:
    """One article's mentions in disjoint chains. `root` of two mentions is equal when they speak of one thing."""

    doc: Doc
    mentions: tuple[Mention, ...]
    clauses: tuple[Clause, ...]
    attributions: tuple[Attribution, ...]
    lexicon: EntityLexicon
    gazetteer: Gazetteer
    day: str | None = None  # ISO date of the article
    written: str = field(init=False)  # the text; a Doc would join it anew at every call
    parent: list[int] = field(init=False)
    members: dict[int, list[int]] = field(init=False)
    links: dict[int, Link] = field(init=False, default_factory=dict)
    keys: dict[int, str] = field(init=False, default_factory=dict)  # root -> key of the gazetteer
    bodies: dict[int, int] = field(
        init=False, default_factory=dict
    )  # nominal -> mention of the body its possessor stands for
    sentences: tuple[int, ...] = field(init=False)  # number of the sentence of each mention
    # what was asked before: of mentions, which stays, and of chains by root, until they grow
    _spelt: dict[Span, tuple[Token, ...]] = field(init=False, default_factory=dict)
    _heads: dict[int, Token] = field(init=False, default_factory=dict)
    _texts: dict[int, str] = field(init=False, default_factory=dict)
    _folded: dict[int, str] = field(init=False, default_factory=dict)
    _titled: dict[int, str | None] = field(init=False, default_factory=dict)
    _types: dict[int, str] = field(init=False, default_factory=dict)
    _sexes: dict[int, str | None] = field(init=False, default_factory=dict)
    _spoken_of: frozenset[str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        count = len(self.mentions)
        self.written = self.doc.text
        self.parent = list(range(count))
        self.members = {m: [m] for m in range(count)}
        number = {token.i: n for n, sent in enumerate(self.doc.sents) for token in sent}
        self.sentences = tuple(number.get(self.head(m).i, 0) for m in range(count))

    # ---- what a mention says ----

    def words(self, m: int) -> tuple[Token, ...]:
        """The tokens of a mention."""
        return self._tokens(self.mentions[m].span)

    def core(self, m: int) -> tuple[Token, ...]:
        return self._tokens(self.mentions[m].core)

    def _tokens(self, span: Span) -> tuple[Token, ...]:
        if span not in self._spelt:
            found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
            self._spelt[span] = tuple(found) if found is not None else ()
        return self._spelt[span]

    def head(self, m: int) -> Token:
        """The head word; of a name, the word that stands in the sentence's tree for all of it."""
        if m not in self._heads:
            span = self.doc.char_span(self.mentions[m].head.start, self.mentions[m].head.end, alignment_mode="expand")
            self._heads[m] = span.root if span is not None else self.doc[0]
        return self._heads[m]

    def text(self, m: int) -> str:
        """The core without marks at its ends; the stop of an abbreviation stays."""
        if m not in self._texts:
            text = self.mentions[m].core.of(self.written).strip(" ,;:'\"")
            self._texts[m] = text if text[-2:-1].isupper() and "." in text[:-1] else text.rstrip(".")
        return self._texts[m]

    def folded(self, m: int) -> str:
        """As names are compared: "Choi Min-seo" and "Choi Min Seo" are one form."""
        if m not in self._folded:
            self._folded[m] = fold(self.text(m)).casefold().replace("-", " ")
        return self._folded[m]

    def kind(self, m: int) -> str:
        return self.mentions[m].kind

    def is_definite(self, m: int) -> bool:
        """Whether a nominal speaks of something known: the, this, a possessor."""
        first = self.words(m)[:1]
        marks = any(t.lower_ in ("the", "this", "that", "these", "those", "both") for t in first)
        return marks or any(t.dep_ == "poss" for t in self.head(m).children)

    def spoken_of(self) -> frozenset[str]:
        """The head words of all definite nominals in the singular."""
        if self._spoken_of is None:
            found = (m for m, one in enumerate(self.mentions) if one.kind == "nominal" and one.number != "plural")
            self._spoken_of = frozenset(self.head(m).lemma_.lower() for m in found if self.is_definite(m))
        return self._spoken_of

    def inside(self, m: int) -> list[int]:
        """The mentions nested before the head of a nominal: demonyms and possessors."""
        head, start = self.head(m).idx, self.mentions[m].span.start
        near = range(max(0, m - 6), min(len(self.mentions), m + 12))
        spans = ((n, self.mentions[n].span) for n in near if n != m)
        return [n for n, span in spans if start <= span.start and span.end <= head]

    def behind(self, m: int) -> list[int]:
        """The mentions nested behind the head of a nominal: those of its of-phrase."""
        head, end = self.head(m).idx, self.mentions[m].span.end
        near = range(m + 1, min(len(self.mentions), m + 8))
        return [n for n in near if head < self.mentions[n].span.start and self.mentions[n].span.end <= end]

    # ---- what a chain says ----

    def root(self, m: int) -> int:
        while self.parent[m] != m:
            self.parent[m] = self.parent[self.parent[m]]
            m = self.parent[m]
        return m

    def chain(self, m: int) -> list[int]:
        """All mentions of the same thing, in text order."""
        return self.members[self.root(m)]

    def key(self, m: int) -> str | None:
        return self.keys.get(self.root(m))

    def type(self, m: int) -> str:
        """The class of the chain: the gazetteer's, else that of its first name, else of its first nominal."""
        root = self.root(m)
        key = self.keys.get(root)
        if key:
            return self.gazetteer.entries[key].type
        if root not in self._types:
            first = min(self.members[root], key=lambda n: (KINDS.index(self.kind(n)), n))
            self._types[root] = self.mentions[first].type
        return self._types[root]

    def is_named(self, m: int) -> bool:
        return any(self.kind(n) == "name" for n in self.chain(m))

    def sex(self, m: int) -> str | None:
        """ "male" or "female", from titles, role nouns and pronouns of the chain, else from its given names; None where nothing tells."""
        root = self.root(m)
        if root not in self._sexes:
            self._sexes[root] = self._told(self.members[root])
        return self._sexes[root]

    def _told(self, chain: list[int]) -> str | None:
        for telling in (self.titled, self._sex_of_name):
            told = {sex for n in chain if (sex := telling(n))}
            if told:
                return told.pop() if len(told) == 1 else None
        return None

    def titled(self, m: int) -> str | None:
        """The gender that a mention's title, role noun or pronoun tells."""
        if m not in self._titled:
            self._titled[m] = self._sex_of_title(m)
        return self._titled[m]

    def _sex_of_title(self, m: int) -> str | None:
        mention = self.mentions[m]
        word = self.head(m).lower_
        if mention.kind == "name":
            first = self.words(m)[0]
            word = self.doc[first.i - 1].lower_ if first.i else ""
        if word in self.lexicon.male or (mention.kind == "pronoun" and word in ("he", "him", "his", "himself")):
            return "male"
        if word in self.lexicon.female or (mention.kind == "pronoun" and word in ("she", "her", "hers", "herself")):
            return "female"
        return None

    def _sex_of_name(self, m: int) -> str | None:
        """Told by the given name before a last name, or the first half of it ("Jean-Claude"); an initial tells nothing."""
        words = self.text(m).split() if self.kind(m) == "name" else []
        given = next((word for word in words[:-1] if len(word.rstrip(".")) > 1), "")
        first = self.words(m)[0] if len(words) == 1 else None
        before = first.nbor(-1) if first is not None and first.i else None
        found = before is not None and before.is_title and before.dep_ == "compound"
        if found and before is not None and before.lower_ not in self.lexicon.titles:  # there are men called Chancellor
            given = before.text  # a given name that was not found to be part of the name
        parts = (fold(part).lower() for part in given.split("-"))
        return next((sex for part in parts if (sex := self.lexicon.genders.get(part))), None)

    def _people_apart(self, one: int, other: int) -> bool:
        """Whether the fullest names of two people cannot be one person's: neither holds the other, first or last names differ."""
        ours, theirs = self.fullest(one), self.fullest(other)
        if min(len(ours), len(theirs)) > 1 and (ours[-1] in SUFFIXES) != (theirs[-1] in SUFFIXES):
            return True  # a son and his father
        if not ours or not theirs or set(ours) <= set(theirs) or set(theirs) <= set(ours):
            return False
        return ours[-1] != theirs[-1] or (ours[0][0] != theirs[0][0])

    def fullest(self, m: int) -> list[str]:
        """The words of the longest name of a chain, folded."""
        names = [self.folded(n).split() for n in self.chain(m) if self.kind(n) == "name"]
        return max(names, key=len, default=[])

    # ---- joining ----

    def compatible(self, one: int, other: int) -> bool:
        """Whether two chains may be one thing: family of classes, keys, sex."""
        ours, theirs = self.key(one), self.key(other)
        if ours and theirs:
            return ours == theirs
        sexes = {self.sex(one), self.sex(other)} - {None}
        return family(self.type(one)) == family(self.type(other)) and len(sexes) < 2

    def join(self, one: int, other: int, sieve: str, score: float, sure: bool = False) -> bool:
        """Make one chain of two if they are compatible (`sure`: even if not); says whether they are one now."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        if not sure and not self.compatible(a, b):
            return False
        if self.keys.get(a) and self.keys.get(b) and self.keys[a] != self.keys[b]:
            return False  # two things that the gazetteer tells apart are never one
        if self.type(a) == self.type(b) == "Person" and self._people_apart(a, b):
            return False
        first, later = min(a, b), max(a, b)
        before = one if a == first else other  # of the two mentions the one in the chain that begins first
        self.parent[later] = first
        self.members[first] = sorted(self.members.pop(first) + self.members.pop(later))
        self._types.pop(first, None)
        self._sexes.pop(first, None)
        key = self.keys.pop(later, None) or self.keys.get(first)
        if key:
            self.keys[first] = key
        late, early = max(one, other), min(one, other)
        link = Link(late, early, sieve, score) if late not in self.links else Link(later, before, sieve, score)
        self.links.setdefault(link.mention, link)
        return True


def is_any(chains: Chains, m: int) -> bool:
    """ "either party", "both parties", "every court", "what authority": no one of them."""
    return any(
        t.lower_ in ("either", "neither", "both", "each", "every", "any", "no", "what", "which", "whatever")
        for t in chains.head(m).children
    )
