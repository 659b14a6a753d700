"""What a pronoun stands for: candidates that agree with it and that syntax allows, ranked by salience.

Plural and other nouns that are no mentions ("the talks … they") rank too: as rivals that keep a pronoun open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.annotate.coref.chains import ORGANIZATION, Chains, family
from kg.annotate.coref.syntax import (
    REFLEXIVE,
    SUBJECTS,
    bound_apart,
    clause_of,
    governing,
    is_coordinated,
    is_copula,
    is_empty_it,
    is_fronted,
    is_told,
    joins,
    place,
    speaks_outside,
    subjects,
    verb_of,
    whole,
)
from kg.annotate.quotations import quotations
from kg.model import Span

BACK = 3  # sentences
MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "hers", "herself"))
NEUTER = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
# Score below which nothing is taken, and lead over the second best, for persons, groups, things.
LEAST = {"person": 2.4, "group": 3.4, "thing": 4.2}
CLEAR = {"person": 0.75, "group": 0.9, "thing": 1.1}
ALONE = 3.0  # the lead of what has no rival
ROLES = {
    "nsubj": 1.25, "nsubjpass": 1.0, "csubj": 0.0, "dobj": 0.1, "agent": 0.2, "dative": 0.1, "pobj": -0.5, "poss": -0.2,
    "attr": -0.4, "compound": -1.5, "nmod": -1.5, "amod": -1.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The mention that a pronoun takes up, and how likely."""

    mention: int
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """`mention` None: a noun that is no mention, and a rival only."""

    head: Token
    mention: int | None


@dataclass(slots=True)
class Antecedents:
    """Finds the antecedents of one article's pronouns, in text order."""

    chains: Chains
    quotes: tuple[Span, ...] = field(init=False)
    number: dict[int, int] = field(init=False)  # start of a sentence -> its place in the article
    starts: list[int] = field(init=False)  # starts of sentences, as tokens
    heads: dict[int, int] = field(init=False)  # token -> the mention it heads
    covered: frozenset[int] = field(init=False)  # tokens of names
    sources: frozenset[int] = field(init=False)  # mentions that are credited with words
    open: list[int] = field(init=False, default_factory=list)  # pronouns left open

    def __post_init__(self) -> None:
        chains = self.chains
        self.quotes = tuple(quote.span for quote in quotations(chains.doc))
        self.starts = [sent.start for sent in chains.doc.sents]
        self.number = {start: n for n, start in enumerate(self.starts)}
        self.heads = {chains.head(m).i: m for m in reversed(range(len(chains.mentions)))}
        self.sources = frozenset(s for a in chains.attributions for s in a.source_mentions if s is not None)
        names = (chains.words(m) for m, one in enumerate(chains.mentions) if one.kind == "name")
        self.covered = frozenset(t.i for words in names for t in words)

    def of(self, m: int) -> Antecedent | None:
        """None: left open."""
        token = self.chains.head(m)
        found = self._emphasised(token) if token.lower_ in REFLEXIVE else self._best(m, token)
        if found is None:
            self.open.append(m)
        return found

    def _emphasised(self, token: Token) -> Antecedent | None:
        """ "the president himself", "he hurt himself": the noun before it, or the subject of its verb."""
        verb = verb_of(token)
        before = [token.head] if token.dep_ in ("appos", "npadvmod") else []
        for noun in (*before, *subjects(verb)):
            n = self._mention(noun)
            if n is not None and n != self.heads.get(token.i) and self._agrees(n, token):
                return Antecedent(n, 0.9) if not self._is_lone(n) else None
        return None

    def _mention(self, noun: Token) -> int | None:
        """The mention that a noun heads or stands in as a part of a name."""
        if noun.i in self.heads:
            return self.heads[noun.i]
        return next(
            (
                m
                for m, one in enumerate(self.chains.mentions)
                if one.kind == "name" and one.span.start <= noun.idx < one.span.end
            ),
            None,
        )

    # ---- ranking ----

    def _best(self, m: int, token: Token) -> Antecedent | None:
        if token.lower_ in NEUTER and token.dep_ != "poss" and is_empty_it(token, self.chains.lexicon.empty_it):
            return None
        ranked = self._ranked(m, token)
        if not ranked:
            return None
        score, mention = ranked[0]
        lead = min(ALONE, score - ranked[1][0]) if len(ranked) > 1 else ALONE
        least, clear = self._demands(m, token, lead)
        if mention is None or score < least or lead < clear or (lead < ALONE and self._is_one_body(mention, token)):
            return None
        return Antecedent(mention, round(min(0.9, 0.45 + 0.05 * score + 0.05 * lead), 3))

    def _demands(self, m: int, token: Token, lead: float) -> tuple[float, float]:
        """The least score and the least lead: more after a pronoun left open, and for "it" that does nothing among other nouns."""
        kind = "person" if token.lower_ in MALE | FEMALE else "group" if token.lower_ in PLURAL else "thing"
        unclear = 0.4 if self._follows_open(m, token) else 0.0
        passive = 0.0
        if kind == "thing" and not self._acts(m, token):
            passive = {"pobj": 3.0, "dobj": 1.5, "dative": 1.5}.get(token.dep_, 1.0 if lead < ALONE else 0.0)
        return LEAST[kind] + unclear + passive, CLEAR[kind] + unclear

    def _acts(self, m: int, token: Token) -> bool:
        """Whether "it" does what bodies do, or owns; of what merely is or happens, all nouns and clauses before are rivals."""
        lexicon, verb = self.chains.lexicon, token.head
        if token.dep_ != "nsubj" or is_copula(verb):
            return token.dep_ == "poss"
        return self._is_source(m) or verb.lemma_.lower() in lexicon.person_verbs | lexicon.body_verbs

    def _ranked(self, m: int, token: Token) -> list[tuple[float, int | None]]:
        """The best score of each thing, with the mention that has it; best first."""
        best: dict[int, tuple[float, int | None]] = {}
        for candidate in self._candidates(m, token):
            score = self._score(candidate, m, token)
            thing = -candidate.head.i - 1 if candidate.mention is None else self.chains.root(candidate.mention)
            if thing not in best or score > best[thing][0]:
                best[thing] = (score, candidate.mention)
        return sorted(best.values(), key=lambda pair: (-pair[0], -(pair[1] or -1)))

    def _follows_open(self, m: int, token: Token) -> bool:
        """Whether a pronoun of the same kind, near before, was left open: what made it unclear is still there."""
        words = next(kind for kind in (MALE, FEMALE, NEUTER, PLURAL) if token.lower_ in kind)
        near = (o for o in self.open[-4:] if self.chains.sentences[m] - self.chains.sentences[o] <= 1)
        return any(self.chains.head(o).lower_ in words for o in near)

    # ---- candidates ----

    def _candidates(self, m: int, token: Token) -> Iterator[Candidate]:
        apart = self._apart(m, token)
        fronted = is_fronted(token)
        ahead = self._mention(fronted) if fronted is not None else None
        if ahead is not None and self.chains.root(ahead) not in apart and self._fits(ahead, m, token):
            yield Candidate(self.chains.head(ahead), ahead)
        for n in range(m - 1, -1, -1):
            if self.chains.sentences[m] - self.chains.sentences[n] > BACK:
                break
            if self.chains.root(n) not in apart and self._fits(n, m, token):
                yield Candidate(self.chains.head(n), n)
        if token.lower_ in NEUTER | PLURAL:
            yield from (Candidate(noun, None) for noun in self._other_nouns(m, token))

    def _apart(self, m: int, token: Token) -> frozenset[int]:
        """The things that syntax tells apart from the pronoun, whichever mention of theirs stands in its clause."""
        chains, found = self.chains, set()
        for step in (-1, 1):
            n = m + step
            while 0 <= n < len(chains.mentions) and chains.sentences[n] == chains.sentences[m]:
                if bound_apart(chains.head(n), token):
                    found.add(chains.root(n))
                n += step
        return frozenset(found)

    def _fits(self, n: int, m: int, token: Token) -> bool:
        chains = self.chains
        span = chains.mentions[n].span
        if span.covers(chains.mentions[m].span) or chains.root(n) == chains.root(m) or self._is_lone(n):
            return False
        return self._agrees(n, token) and self._may_refer(n, m, token) and not bound_apart(chains.head(n), token)

    def _is_lone(self, n: int) -> bool:
        return self.chains.kind(n) == "pronoun" and len(self.chains.chain(n)) == 1

    def _agrees(self, n: int, token: Token) -> bool:
        chains, word, kind = self.chains, token.lower_, self.chains.type(n)
        plural = chains.mentions[n].number == "plural"
        if word in MALE | FEMALE:
            return kind == "Person" and not plural and chains.sex(n) in (None, "male" if word in MALE else "female")
        if self._is_adjective(n):
            return False
        if word in NEUTER:
            if chains.folded(n) in chains.lexicon.adherents:
                return False  # "the Democrats … it"
            owning = token.dep_ == "poss" or kind not in ("Region", "City", "Place")
            return not plural and owning and family(kind) not in ("person", "group")
        if (kind == "Person" and chains.is_named(n)) or (
            not plural and kind != "Group" and is_coordinated(chains.head(n))
        ):
            return False  # together with another, or with a family
        return kind == "Group" or plural or (family(kind) == ORGANIZATION and place(chains.head(n)) in SUBJECTS)

    def _is_adjective(self, n: int) -> bool:
        """A name before a noun is seldom taken up: "the Polish minister … it"."""
        return self.chains.kind(n) == "name" and self.chains.head(n).dep_ in ("amod", "compound", "nmod")

    def _may_refer(self, n: int, m: int, token: Token) -> bool:
        """A speaker does not call himself "he" in his own words, nor is who says "he said" named in what he says."""
        chains, root = self.chains, self.chains.root(n)
        for attribution in chains.attributions:
            sources = [s for s in attribution.source_mentions if s is not None]
            inside = any(q.covers(chains.mentions[m].span) for q in attribution.quotes)
            if inside and any(chains.root(s) == root for s in sources):
                return False
            if m in sources and any(q.covers(chains.mentions[n].span) for q in attribution.quotes):
                return False
        return True

    def _other_nouns(self, m: int, token: Token) -> Iterator[Token]:
        """Nouns before the pronoun, in its sentence or the one before, that are no mentions and agree in number."""
        tags = ("NNS", "NNPS") if token.lower_ in PLURAL else ("NN",)
        roles = ROLES.keys() - {"compound", "nmod", "amod"}
        first = self.starts[max(0, self.chains.sentences[m] - 1)]
        for noun in self.chains.doc[first : token.i]:
            if token.lower_ in PLURAL and noun.i in self.heads and self._are_two(noun):
                yield noun
            unknown = noun.i not in self.heads and noun.i not in self.covered
            if unknown and noun.tag_ in tags and noun.dep_ in roles and not bound_apart(noun, token):
                yield noun

    def _are_two(self, noun: Token) -> bool:
        """ "Ann Lee and Bo Falk": several together, that no mention is of."""
        single = self.chains.mentions[self.heads[noun.i]].number != "plural"
        return single and any(child.dep_ == "conj" and child.i in self.heads for child in noun.children)

    # ---- salience ----

    def _score(self, candidate: Candidate, m: int, token: Token) -> float:
        head = candidate.head
        back = self.chains.sentences[m] - self.starts_before(head)
        score = 3.0 - (0.0 if back <= 0 else 0.4 + 1.0 * (back - 1))
        score += self._position(head, token, back)
        score += self._quoted(head, token) - self._reporting(candidate, m, back)
        if candidate.mention is not None:
            score += self._standing(candidate.mention, m, token)
        return score

    def starts_before(self, token: Token) -> int:
        return self.number[token.sent.start]

    def _position(self, head: Token, token: Token, back: int) -> float:
        """Subjects first; one whose clause holds the pronoun's is nearest of all; like roles attract."""
        role = place(head)
        score = ROLES.get(role, -0.6) - (0.3 if head.dep_ == "conj" else 0.0)
        if role in SUBJECTS:
            score += 0.0 if not back else 0.25 if clause_of(head).dep_ == "ROOT" else -0.15
            score += 0.5 if token.dep_ in SUBJECTS else 0.3 if _owns_subject(token) else 0.0
        if not back and token.dep_ == "poss":
            score += 2.5 if joins(token, head) else 0.6
        if back and token.lower_ in PLURAL and token.dep_ not in SUBJECTS:
            score -= 0.5
        above = governing(token)
        if whole(head).i in above:
            score += 1.2 if whole(head).i == above[0] else 0.5
        elif head.dep_ == "poss" and above and whole(head.head).i == above[0]:
            score += 0.8  # "Ann Lee's words revealed her wish"
        elif is_told(head, token):
            score += 2.5
        elif role == "dobj" and token.dep_ == "nsubjpass":
            score += 1.2
        elif role == token.dep_ == "dobj":
            score += 0.4
        score += 1.2 if self._is_topic(head, token) else 0.0
        return score - (0.5 if head.i > token.i else 0.0)

    def _is_topic(self, head: Token, token: Token) -> bool:
        """ "For Ann Lee, she": set before the clause as what it is about."""
        before = head.dep_ == "pobj" and head.i < token.i and head.head.head.i == token.head.i
        return before and token.dep_ in SUBJECTS and head.head.lower_ in self.chains.lexicon.topic_prepositions

    def _quoted(self, head: Token, token: Token) -> float:
        """What stands in a quotation is out of sight from outside it, and less so the other way."""
        ours, theirs = self._quote(token), self._quote(head)
        if ours == theirs:
            return 0.0
        return -1.0 if theirs is not None else -0.5

    def _reporting(self, candidate: Candidate, m: int, back: int) -> float:
        """Who is only credited with the words of an earlier sentence is not what the text is about."""
        if not back or candidate.mention is None or self._is_source(m):
            return 0.0
        return 0.7 if self._is_source(candidate.mention) else 0.0

    def _is_source(self, m: int) -> bool:
        return m in self.sources

    def _quote(self, token: Token) -> Span | None:
        return next((q for q in self.quotes if q.start <= token.idx < q.end), None)

    def _standing(self, n: int, m: int, token: Token) -> float:
        """How present a thing is: named, often spoken of, taken up by a pronoun before."""
        chains = self.chains
        earlier = [one for one in chains.chain(n) if one < m]
        score = 0.4 if chains.is_named(n) else 0.0
        score += min(0.6, 0.12 * len(earlier))
        score += 0.5 if chains.kind(n) == "pronoun" else 0.0
        return score + (self._as_person(n, m) if token.lower_ in MALE | FEMALE else self._as_other(n, token))

    def _as_person(self, n: int, m: int) -> float:
        """Of known gender; the last one quoted, where the pronoun is a source; not one of several."""
        score = 0.5 if self.chains.sex(n) else 0.0
        score += 0.8 if self._goes_on_speaking(n, m) else 0.0
        return score - (0.4 if is_coordinated(self.chains.head(n)) else 0.0)

    def _as_other(self, n: int, token: Token) -> float:
        """ "they" are people before things, and seldom one body; "it" is less often a thing than a body."""
        kind = family(self.chains.type(n))
        if token.lower_ in PLURAL:
            return 0.0 if kind in ("group", "person") else -1.3 if self._is_one_body(n, token) else -0.5
        return -1.0 if kind in ("document", "conflict", "gathering", "thing") else 0.0

    def _is_one_body(self, n: int, token: Token) -> bool:
        """ "the ministry … they" """
        single = self.chains.mentions[n].number != "plural"
        return single and token.lower_ in PLURAL and family(self.chains.type(n)) == ORGANIZATION

    def _goes_on_speaking(self, n: int, m: int) -> bool:
        """Whether the pronoun is a source, and the source before it the candidate."""
        chains, last = self.chains, None
        for attribution in chains.attributions:
            sources = [s for s in attribution.source_mentions if s is not None]
            if m in sources and speaks_outside(chains.head(m)):
                near = last is not None and chains.sentences[m] - chains.sentences[last] <= 1
                return near and last is not None and chains.root(last) == chains.root(n)
            if sources and sources[0] < m and (last is None or sources[0] > last):
                last = sources[0]
        return False


def _owns_subject(token: Token) -> bool:
    return token.dep_ == "poss" and place(token.head) in SUBJECTS
