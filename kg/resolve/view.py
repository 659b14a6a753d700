"""One article as resolution sees it: the names of its entities, the posts people hold in it, and to whom bodies belong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from kg import iri
from kg.gazetteer import Entry, Gazetteer
from kg.model import ArticleGraph, Clause, Entity, Mention
from kg.resolve.lexicon import Lexicon
from kg.resolve.names import fold, is_common, is_ordinary
from kg.resolve.telling import PLACES, Telling

PASSING = 5  # a country named so many times less than another is named in passing
POSTS = ("title", "apposition", "copula")
BODIES = ("of", "modifier", "possessive", "in", "for", "at")
UNSURE = re.compile(r"\b(former|ex|late|then|next|future|new|incoming|outgoing|would-be|designate|elect|previous)\b")


@dataclass(frozen=True, slots=True)
class Post:
    """A post held by someone; `body` is the entity (of the article) it is in."""

    role: str
    body: int | None
    former: bool = False


@dataclass(slots=True)
class View:
    """Built once for each article; entities are numbered as in the graph."""

    graph: ArticleGraph
    iri: str
    lexicon: Lexicon
    gazetteer: Gazetteer | None = None
    posts: dict[int, list[Post]] = field(init=False)
    bodies: dict[int, int] = field(init=False)  # whose a body or a nameless person is, from links
    _telling: Telling = field(init=False)
    _keyless: frozenset[int] = field(init=False, default=frozenset())
    _seen: list[Entity] = field(init=False)  # see `entity`
    _named: dict[int, list[str]] = field(init=False, default_factory=dict)
    _of: dict[int, int] = field(init=False)
    _starting: dict[int, int] = field(init=False)  # offset -> entity of the name that begins there
    _copulas: list[Clause] = field(init=False)
    _told: Counter[str] | None = field(init=False, default=None)

    @classmethod
    def of(cls, graph: ArticleGraph, base: str, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> View:
        return cls(graph, iri.article(base, graph.annotated.article), lexicon, gazetteer)

    def __post_init__(self) -> None:
        self._telling = Telling(self.graph, self.lexicon)
        self._seen = list(self.graph.entities)
        self._of = {m: e for e, entity in enumerate(self.graph.entities) for m in entity.mentions}
        named = ((m, self.graph.annotated.mentions[m]) for m in self._of)
        self._starting = {mention.span.start: self._of[m] for m, mention in named if mention.kind == "name"}
        self._copulas = [c for c in self.graph.annotated.clauses if c.kind == "copula"]
        posts: dict[int, list[Post]] = defaultdict(list)
        bodies: dict[int, int] = {}
        for clause in self.graph.annotated.clauses:
            if clause.kind in POSTS and _is_so(clause):
                for holder in self._entities(clause, ("subject",)):
                    posts[holder].append(self._post(clause, holder))
            elif clause.kind == "link":
                self._belonging(clause, bodies)
        self.posts, self.bodies = dict(posts), bodies
        self._keyless = frozenset(e for e in range(len(self.graph.entities)) if self._mistaken(e))
        for e in self._keyless:
            self._seen[e] = replace(self._seen[e], key=None)

    @property
    def governing(self) -> frozenset[int | None]:
        """Who has an administration: "the Obama administration"."""
        return frozenset(e.affiliation for e in self.graph.entities if e.type == "Government")

    @property
    def date(self) -> str | None:
        return self.graph.annotated.article.published

    def entity(self, e: int) -> Entity:
        """As the article has it, but without the gazetteer's key where that is of another thing of that name."""
        return self._seen[e]

    def mentions(self, e: int) -> list[Mention]:
        return [self.graph.annotated.mentions[m] for m in self._seen[e].mentions]

    def start(self, e: int) -> int:
        found = self.entity(e).mentions
        return self.graph.annotated.mentions[found[0]].span.start if found else 1 << 40

    def anchor(self, e: int) -> str:
        """IRI of the first mention; of a post, which has none, a name of its own."""
        mentions = self.mentions(e)
        return iri.mention(self.iri, mentions[0].span) if mentions else f"{self.iri}#role={quote(self.entity(e).label)}"

    def shown(self, e: int) -> str:
        """IRI of the mention that tells a reader most: the first name, else the first description."""
        kinds = ("name", "nominal", "pronoun")
        mentions = sorted(self.mentions(e), key=lambda m: (kinds.index(m.kind), m.span))
        return iri.mention(self.iri, mentions[0].span) if mentions else self.anchor(e)

    def names(self, e: int) -> list[str]:
        """As written, the label first."""
        if e not in self._named:
            self._named[e] = self._as_written(e)
        return self._named[e]

    def _as_written(self, e: int) -> list[str]:
        text = self.graph.annotated.article.text
        found = [m.core.of(text).strip(" .,;:'\"") for m in self.mentions(e) if m.kind == "name"]
        entity = self.entity(e)
        return [name for name in dict.fromkeys([entity.label, *found] if entity.named else found) if name]

    def telling(self, e: int) -> tuple[str, ...]:
        """The names by which other articles may mean the same."""
        known = self.gazetteer.named if self.gazetteer else _unknown
        return self._telling.names(self.entity(e), self.names(e), known)

    def narrowed(self, e: int) -> tuple[str, ...] | None:
        """See `Telling.narrowed`."""
        owner = self.body(e)
        return self._telling.narrowed(self.entity(e), self.names(owner) if owner is not None else ())

    def where(self, e: int) -> str | None:
        """The region or country that the article names with a town: "Athens, Georgia", "the Ohio town of Athens"."""
        if self.graph.entities[e].type not in ("City", "Place", "Facility"):
            return None
        text = self.graph.annotated.article.text
        ends = (m.span.end for m in self.mentions(e) if m.kind == "name")
        behind = (self._starting.get(end + 2) for end in ends if text[end : end + 2] == ", ")
        told = (m for m in self.mentions(e) if m.kind == "nominal")
        inside = (at for m in told for start, at in self._starting.items() if m.span.start <= start < m.head.start)
        found = next((at for at in (*behind, *inside) if at is not None and self._is_land(at)), None)
        return None if found is None else self.graph.entities[found].key or fold(self.graph.entities[found].label)

    def _is_land(self, e: int) -> bool:
        return self.graph.entities[e].type in ("Region", "Country")

    def _mistaken(self, e: int) -> bool:
        """Whether the gazetteer's entry is another's: "the French Senate" is not the one of the United States, "National [Security
        Council]" not the one of the United Nations.
        """
        entity = self.graph.entities[e]
        entry = self._entry(e)
        if entry is None or entity.type in PLACES:
            return entry is not None and self._elsewhere(e, entry)
        everyday = entity.type == "MediaOrganization" and is_ordinary(
            entity.label, self.lexicon
        )  # "The Independent", "independent"
        if self._telling.is_cut(entity) or (everyday and not self._telling.has_article(entity)):
            return True
        if not all(is_common(name, self.lexicon, entity.type == "PoliticalParty") for name in self.names(e)):
            return False
        owner = self._owner(e)
        return owner != entry.country if owner else not self._speaks_of(entry.country)

    def _elsewhere(self, e: int, entry: Entry) -> bool:
        """Whether the article says that a town lies elsewhere than the one known so: "Paris, Texas", "Washington, Michigan"."""
        where = self.where(e) if entry.type == "City" and self.gazetteer else None
        known = self.gazetteer.entries.get(where) if where and self.gazetteer else None
        if known is None or entry.country is None or self.gazetteer is None:
            return False
        capital = self.gazetteer.capital(entry.label) is not None and known.type == "Region"
        return capital or entry.country != (known.key if known.type == "Country" else known.country)

    def _entry(self, e: int) -> Entry | None:
        key = self.graph.entities[e].key
        return self.gazetteer.entries.get(key) if self.gazetteer and key else None

    def _owner(self, e: int) -> str | None:
        """Key of the country or region that an entity is said to belong to."""
        owner = self.body(e)
        entry = self._entry(owner) if owner is not None else None
        return entry.key if entry and entry.type in ("Country", "Region") else None

    def _speaks_of(self, country: str | None) -> bool:
        """Whether the article speaks of this country, or of none; one named in passing beside another is not what it speaks of."""
        told = self._countries()
        return country is None or not told or told[country] * PASSING >= max(told.values())

    def _countries(self) -> Counter[str]:
        """How often each country is named, or something that lies or belongs there."""
        if self._told is None:
            entries = ((e, self._entry(e)) for e in range(len(self.graph.entities)))
            known = [
                (e, entry) for e, entry in entries if entry and not is_common(entry.label, self.lexicon, party=True)
            ]
            self._told = Counter()
            for e, entry in known:
                self._told[entry.country or entry.key] += len(self.graph.entities[e].mentions)
            self._told = Counter({key: count for key, count in self._told.items() if key.startswith("country/")})
        return self._told

    def keyless(self, e: int) -> bool:
        """Whether the gazetteer knows another thing of that name."""
        return e in self._keyless

    def body(self, e: int) -> int | None:
        """The country or body that an entity belongs to."""
        known = self.entity(e).affiliation
        return known if known is not None else self.bodies.get(e)

    def plural(self, e: int) -> bool:
        return any(m.number == "plural" for m in self.mentions(e) if m.kind != "pronoun")

    def nominal_post(self, e: int) -> Post | None:
        """The post by which alone the article calls someone: "the Danish prime minister"."""
        nominals = [m for m in self.mentions(e) if m.kind == "nominal" and self._definite(m)]
        body = self.body(e)
        if not nominals or body is None or self.plural(e):
            return None
        text = self.graph.annotated.article.text
        for mention in nominals:
            words = mention.core.of(text).lower()
            if not UNSURE.search(words):
                role = self.without_body(words, body)
                if self.lexicon.singular_role(role):
                    return Post(role, body)
        return None

    def _definite(self, mention: Mention) -> bool:
        """ "the president of Peru", "Peru's president"; neither "a president" nor "who became president of Peru"."""
        text = self.graph.annotated.article.text
        words = mention.span.of(text)
        possessed = bool(re.search(r"['’]s?\s", words))
        said_of = any(
            a.role == "title" and a.span.overlaps(mention.span) for clause in self._copulas for a in clause.arguments
        )
        definite = words.lower().startswith("the ") or possessed
        return definite and not said_of

    def without_body(self, words: str, body: int) -> str:
        """ "danish prime minister" and "prime minister of denmark" without the country."""
        words = re.split(r"\s(?:of|in|for)\s(?!state|staff)", words, maxsplit=1)[0]
        for name in sorted({name.lower() for name in self.names(body)}, key=len, reverse=True):
            words = re.sub(rf"^{re.escape(name)}(?:['’]s)?\s+", "", words)
        return words

    def _entities(self, clause: Clause, roles: tuple[str, ...]) -> list[int]:
        return [
            self._of[a.mention]
            for a in clause.arguments
            if a.role in roles and a.mention is not None and a.mention in self._of
        ]

    def _post(self, clause: Clause, holder: int) -> Post:
        bodies = [e for e in self._entities(clause, BODIES) if e != holder]
        return Post(clause.predicate, bodies[0] if bodies else None, clause.former)

    def _belonging(self, clause: Clause, bodies: dict[int, int]) -> None:
        """ "Peru's parliament", "the parliament of Peru", "the Peruvian parliament"."""
        subjects, objects = self._entities(clause, ("subject",)), self._entities(clause, ("object",))
        if not subjects or not objects or subjects[0] == objects[0]:
            return
        if clause.predicate == "'s":
            bodies.setdefault(objects[0], subjects[0])
        elif clause.predicate in ("of", "demonym"):
            bodies.setdefault(subjects[0], objects[0])


def _unknown(name: str) -> bool:
    return False


def _is_so(clause: Clause) -> bool:
    """Neither denied nor wished nor planned: "would be president" holds no post."""
    return clause.polarity == "positive" and clause.certainty == "certain" and clause.tense != "future"
