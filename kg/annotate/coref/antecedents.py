"""What a pronoun stands for: candidates that agree with it and that syntax allows, ranked by salience.

Plural and other nouns that are no mentions ("the talks … they") rank too: as rivals that keep a pronoun open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.annotate.coref.agreement import FEMALE, MALE, NEUTER, PLURAL, agrees, alike, is_one_body
from kg.annotate.coref.chains import Chains
from kg.annotate.coref.salience import ROLES, Salience
from kg.annotate.coref.syntax import REFLEXIVE, bound_apart, is_copula, is_empty_it, is_fronted, subjects, verb_of
from kg.annotate.parsed import Token
from kg.model import Attribution, Span

BACK = 3  # sentences
# Score below which nothing is taken, and lead over the second best, for persons, groups, things.
LEAST = {"person": 2.4, "group": 3.4, "thing": 4.2}
CLEAR = {"person": 0.75, "group": 0.9, "thing": 1.1}
ALONE = 3.0  # the lead of what has no rival


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
    salience: Salience = field(init=False)
    starts: list[int] = field(init=False)  # starts of sentences, as tokens
    heads: dict[int, int] = field(init=False)  # token -> the mention it heads
    covered: frozenset[int] = field(init=False)  # tokens of names
    turns: frozenset[int] = field(init=False)  # attributions of a transcript
    open: list[int] = field(init=False, default_factory=list)  # pronouns left open
    _quoted: dict[int, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        chains = self.chains
        self.salience = Salience(chains)
        self.starts = [sent.start for sent in chains.doc.sents]
        self.heads = {chains.head(m).i: m for m in reversed(range(len(chains.mentions)))}
        names = (chains.words(m) for m, one in enumerate(chains.mentions) if one.kind == "name")
        self.covered = frozenset(t.i for words in names for t in words)
        self.turns = frozenset(n for n, one in enumerate(chains.attributions) if self._is_turn(one))

    def _quoting(self, m: int) -> list[int]:
        """The attributions whose quoted words hold a mention."""
        if m not in self._quoted:
            span, attributions = self.chains.mentions[m].span, enumerate(self.chains.attributions)
            self._quoted[m] = [n for n, one in attributions if _holds(self._spoken(n, one), span)]
        return self._quoted[m]

    def _spoken(self, number: int, one: Attribution) -> Sequence[Span]:
        """The words in quotation marks; in a transcript all that is said."""
        return one.quotes or (one.content if number in self.turns else ())

    def _is_turn(self, one: Attribution) -> bool:
        """Whether it is one of a transcript: a speaker's name and a colon, and what he says."""
        named = one.sources[-1].end if one.sources and not one.cue else None
        return named is not None and self.chains.written[named : named + 1] == ":"

    def of(self, m: int) -> Antecedent | None:
        """None: left open."""
        token = self.chains.head(m)
        found = (
            self._emphasised(token) if token.lower_ in REFLEXIVE else self._spoken_of(m, token) or self._best(m, token)
        )
        if found is None:
            self.open.append(m)
        return found

    def _emphasised(self, token: Token) -> Antecedent | None:
        """ "the president himself", "he hurt himself": the noun before it, or the subject of its verb."""
        verb = verb_of(token)
        before = [token.head] if token.dep_ in ("appos", "npadvmod") else []
        for noun in (*before, *subjects(verb)):
            n = self._mention(noun)
            if n is not None and n != self.heads.get(token.i) and agrees(self.chains, n, token):
                return Antecedent(n, 0.9) if not self._is_lone(n) else None
        return None

    def _spoken_of(self, m: int, token: Token) -> Antecedent | None:
        """ ""He's a born leader," Lee said of Falk": the pronoun of quoted words, where the cue says of whom they are."""
        doc, attributions = self.chains.doc, self.chains.attributions
        spans = (cue for number in self._quoting(m) for cue in attributions[number].cue)
        cues = (piece.root for span in spans if (piece := doc.char_span(span.start, span.end)) is not None)
        preps = (child for cue in cues for child in cue.children if child.lower_ in ("of", "about"))
        for noun in (child for prep in preps for child in prep.children if child.dep_ == "pobj"):
            n = self._mention(noun)
            person = n is not None and self.chains.type(n) == "Person" and token.lower_ in MALE | FEMALE
            if n is not None and person and agrees(self.chains, n, token) and self._may_refer(n, m, token):
                return Antecedent(n, 0.88)
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
        if (
            mention is None
            or score < least
            or lead < clear
            or (lead < ALONE and is_one_body(self.chains, mention, token))
        ):
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
        return m in self.salience.sources or verb.lemma_.lower() in lexicon.person_verbs | lexicon.body_verbs

    def _ranked(self, m: int, token: Token) -> list[tuple[float, int | None]]:
        """The best score of each thing, with the mention that has it; best first."""
        best: dict[int, tuple[float, int | None]] = {}
        for candidate in self._candidates(m, token):
            score = self.salience.score(candidate.head, candidate.mention, m, token)
            thing = -candidate.head.i - 1 if candidate.mention is None else self.chains.root(candidate.mention)
            if thing not in best or score > best[thing][0]:
                best[thing] = (score, candidate.mention)
        return sorted(best.values(), key=lambda pair: (-pair[0], -(pair[1] or -1)))

    def _follows_open(self, m: int, token: Token) -> bool:
        """Whether a pronoun of the same kind, near before, was left open: what made it unclear is still there."""
        words = alike(token.lower_)
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
        return agrees(self.chains, n, token) and self._may_refer(n, m, token) and not bound_apart(chains.head(n), token)

    def _is_lone(self, n: int) -> bool:
        """A pronoun that stands for nobody known: "he … I"."""
        return all(self.chains.kind(m) == "pronoun" for m in self.chains.chain(n))

    def _may_refer(self, n: int, m: int, token: Token) -> bool:
        """A speaker does not call himself "he" in his own words, nor is who says "he said" named in what he says."""
        chains, root = self.chains, self.chains.root(n)
        speakers, told = self.salience.speakers, self._quoting(m)
        if told and self.turns.issuperset(told):
            told = sorted(self.turns)  # who talks with me is "you"
        if any(chains.root(speaker) == root for number in told for speaker in speakers[number]):
            return False
        return not any(m in speakers[number] for number in self._quoting(n))

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


def _holds(quotes: Sequence[Span], span: Span) -> bool:
    return any(quote.covers(span) for quote in quotes)
