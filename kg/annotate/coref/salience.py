"""Salience: how present a thing is at a pronoun. Weights are sums of small signs, set on news texts read by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.coref.agreement import FEMALE, MALE, PLURAL, is_one_body
from kg.annotate.coref.chains import Chains, family
from kg.annotate.coref.syntax import (
    SUBJECTS,
    clause_of,
    governing,
    is_coordinated,
    is_told,
    joins,
    place,
    speaks_outside,
    whole,
)
from kg.annotate.parsed import Token
from kg.annotate.quotations import quotations
from kg.model import Span

START, BEFORE, FURTHER = 3.0, 0.4, 1.0  # score in the same sentence; less in the one before, and in each further one
ROLES = {
    "nsubj": 1.25, "nsubjpass": 1.0, "csubj": 0.0, "dobj": 0.1, "agent": 0.2, "dative": 0.1, "pobj": -0.5, "poss": -0.2,
    "attr": -0.4, "compound": -1.5, "nmod": -1.5, "amod": -1.5,
}  # fmt: skip
ELSEWHERE = -0.6  # any other role
JOINED, OWN, SUBJECT_TOO, OWNS_SUBJECT = 2.5, 0.6, 0.5, 0.3
MAIN, SUBORDINATE = 0.25, -0.15  # subjects of earlier sentences
NEAREST, ABOVE, OWNER_ABOVE, TOLD, DONE_TO, OBJECT_TOO, TOPIC = 1.2, 0.5, 0.8, 2.5, 1.2, 0.4, 1.2
MEMBER, AHEAD, OBLIQUE = 0.3, 0.5, 0.5  # less: one of several, what follows, "their" and "them" of an earlier sentence
INTO_QUOTE, OUT_OF_QUOTE, REPORTER = 0.5, 1.0, 0.7  # less
NAMED, OFTEN, EACH, PRONOUN = 0.4, 0.6, 0.12, 0.5
GENDER, SPEAKS_ON, NOT_ALONE, BODY, NO_PEOPLE, NO_BODY = 0.5, 0.8, 0.4, 1.3, 0.5, 1.0


@dataclass(slots=True)
class Salience:
    chains: Chains
    quotes: tuple[Span, ...] = field(init=False)
    number: dict[int, int] = field(init=False)  # first token of a sentence -> its place in the article
    speakers: tuple[tuple[int, ...], ...] = field(init=False)  # of each attribution, where they are mentions
    sources: frozenset[int] = field(init=False)  # mentions that are credited with words

    def __post_init__(self) -> None:
        chains = self.chains
        self.quotes = tuple(quote.span for quote in quotations(chains.doc))
        self.number = {sent.start: n for n, sent in enumerate(chains.doc.sents)}
        credited = (attribution.source_mentions for attribution in chains.attributions)
        self.speakers = tuple(tuple(s for s in sources if s is not None) for sources in credited)
        self.sources = frozenset(s for sources in self.speakers for s in sources)

    def score(self, head: Token, n: int | None, m: int, token: Token) -> float:
        """Of what the noun `head` names, mention `n` (None: no mention), at the pronoun `token`, mention `m`."""
        back = self.chains.sentences[m] - self.number[head.sent.start]
        score = START - (0.0 if back <= 0 else BEFORE + FURTHER * (back - 1))
        score += self._role(head, token, back) + self._clause(head, token) + self._quoted(head, token)
        return score if n is None else score + self._standing(n, m, token) - self._reporting(n, m, back)

    # ---- syntax ----

    def _role(self, head: Token, token: Token, back: int) -> float:
        """Subjects first; like roles attract; an owner is found in the same sentence."""
        role = place(head)
        score = ROLES.get(role, ELSEWHERE) - (MEMBER if head.dep_ == "conj" else 0.0)
        if role in SUBJECTS:
            score += 0.0 if not back else MAIN if clause_of(head).dep_ == "ROOT" else SUBORDINATE
            score += SUBJECT_TOO if token.dep_ in SUBJECTS else OWNS_SUBJECT if _owns_subject(token) else 0.0
        if not back and token.dep_ == "poss":
            score += JOINED if joins(token, head) else OWN
        if back and token.lower_ in PLURAL and token.dep_ not in SUBJECTS:
            score -= OBLIQUE
        return score

    def _clause(self, head: Token, token: Token) -> float:
        """One whose clause holds the pronoun's is nearest of all."""
        score = TOPIC if self._is_topic(head, token) else 0.0
        score -= AHEAD if head.i > token.i else 0.0
        above, role = governing(token), place(head)
        if whole(head).i in above:
            return score + (NEAREST if whole(head).i == above[0] else ABOVE)
        if head.dep_ == "poss" and above and whole(head.head).i == above[0]:
            return score + OWNER_ABOVE  # "Ann Lee's words revealed her wish"
        if is_told(head, token):
            return score + TOLD
        if role == "dobj" and token.dep_ == "nsubjpass":
            return score + DONE_TO  # "freed the hostages. They were taken …"
        return score + (OBJECT_TOO if role == token.dep_ == "dobj" else 0.0)

    def _is_topic(self, head: Token, token: Token) -> bool:
        """ "For Ann Lee, she": set before the clause as what it is about."""
        before = head.dep_ == "pobj" and head.i < token.i and head.head.head.i == token.head.i
        return before and token.dep_ in SUBJECTS and head.head.lower_ in self.chains.lexicon.topic_prepositions

    # ---- speech ----

    def _quoted(self, head: Token, token: Token) -> float:
        """What stands in a quotation is out of sight from outside it, and less so the other way."""
        ours, theirs = self._quote(token), self._quote(head)
        return 0.0 if ours == theirs else -OUT_OF_QUOTE if theirs is not None else -INTO_QUOTE

    def _quote(self, token: Token) -> Span | None:
        return next((q for q in self.quotes if q.start <= token.idx < q.end), None)

    def _reporting(self, n: int, m: int, back: int) -> float:
        """Who is only credited with the words of an earlier sentence is not what the text is about."""
        return REPORTER if back and m not in self.sources and n in self.sources else 0.0

    def _goes_on_speaking(self, n: int, m: int) -> bool:
        """Whether the pronoun is a source, and the source before it, near enough, the candidate."""
        chains, last = self.chains, None
        for sources in self.speakers:
            if m in sources and speaks_outside(chains.head(m)):
                near = last is not None and chains.sentences[m] - chains.sentences[last] <= 1
                return near and last is not None and chains.root(last) == chains.root(n)
            if sources and sources[0] < m and (last is None or sources[0] > last):
                last = sources[0]
        return False

    # ---- standing ----

    def _standing(self, n: int, m: int, token: Token) -> float:
        """Named, often spoken of, taken up by a pronoun before."""
        chains = self.chains
        earlier = sum(1 for one in chains.chain(n) if one < m)
        score = (NAMED if chains.is_named(n) else 0.0) + min(OFTEN, EACH * earlier)
        score += PRONOUN if chains.kind(n) == "pronoun" else 0.0
        return score + (self._as_person(n, m) if token.lower_ in MALE | FEMALE else self._as_other(n, token))

    def _as_person(self, n: int, m: int) -> float:
        """Of known gender; the last one quoted, where the pronoun is a source; not one of several."""
        score = GENDER if self.chains.sex(n) else 0.0
        score += SPEAKS_ON if self._goes_on_speaking(n, m) else 0.0
        return score - (NOT_ALONE if is_coordinated(self.chains.head(n)) else 0.0)

    def _as_other(self, n: int, token: Token) -> float:
        """ "they" are people before things, and seldom one body; "it" is less often a thing than a body."""
        kind = family(self.chains.type(n))
        if token.lower_ in PLURAL:
            return 0.0 if kind in ("group", "person") else -BODY if is_one_body(self.chains, n, token) else -NO_PEOPLE
        return -NO_BODY if kind in ("document", "conflict", "gathering", "thing") else 0.0


def _owns_subject(token: Token) -> bool:
    return token.dep_ == "poss" and place(token.head) in SUBJECTS
