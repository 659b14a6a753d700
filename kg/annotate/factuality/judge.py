"""The marks of a draft, whatever its kind."""

from __future__ import annotations

from dataclasses import replace

from kg.annotate.clauses.draft import Draft
from kg.annotate.factuality.marks import CERTAINTY, Marks, State
from kg.annotate.factuality.nouns import Nouns
from kg.model import Polarity, Tense


class Judge(Nouns):
    """Judges the predicates of one article."""

    def marks(self, draft: Draft) -> Marks:
        state = self._state_of(draft)
        polarity: Polarity = "negative" if state.negative else "positive"
        return Marks(polarity, CERTAINTY[state.doubt], state.tense or "past", state.features)

    def _state_of(self, draft: Draft) -> State:
        if draft.kind == "verb":
            return self.verb(draft.token)
        if draft.kind == "noun":
            return self.noun(draft.token)
        if draft.kind == "copula" and draft.support is not None:
            return self._copula(draft.token, draft.support)
        return self._standing(draft)

    def _standing(self, draft: Draft) -> State:
        """Titles, appositions, links hold now, unless "former"; "alleged mastermind" is doubtful."""
        adjectives = self._adjectives(draft.token)
        tense: Tense = "past" if draft.former else "future" if "coming" in draft.features else "present"
        return State(adjectives.negative, adjectives.doubt, tense, adjectives.features)

    def _copula(self, noun: int, verb: int) -> State:
        if self.tree.lemma[verb] in self.scene.lexicon.leaving:
            return self._left(verb)
        state = self.verb(verb)
        if self._negative_phrase(noun):
            state = replace(state, negative=not state.negative)
        if self._adjectives(noun).tense == "future":
            state = replace(state, tense="future")
        return state

    def _left(self, verb: int) -> State:
        """ "resigned as mayor" has been mayor; "refused to resign", "may resign as mayor" is still mayor."""
        state = self.verb(verb)
        over = not state.negative and not state.doubt and state.tense == "past"
        return State(tense="past" if over else "present")
