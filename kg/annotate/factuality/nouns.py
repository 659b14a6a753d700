"""An event noun in its scopes: adjectives, determiner, and the verb or noun that governs it."""

from __future__ import annotations

from dataclasses import replace

from kg.annotate.factuality.forms import VERBAL
from kg.annotate.factuality.marks import PLAIN, POSSIBLE, State, applied
from kg.annotate.factuality.verbs import DEPTH, Verbs


class Nouns(Verbs):
    """ "the planned visit", "called for a summit", "no attack took place"."""

    def noun(self, noun: int, depth: int = DEPTH) -> State:
        """An event noun: by its adjectives and determiner, then by what governs it; bare, it is past and certain."""
        own = self._adjectives(noun)
        if self._negative_phrase(noun):
            own = replace(own, negative=not own.negative)
        state = own.under(self._noun_context(noun, depth))
        return state if state.tense else replace(state, tense="past")

    def _adjectives(self, noun: int) -> State:
        tree, state = self.tree, PLAIN
        for kid in tree.children(noun, "amod", "det", "compound", "nmod"):
            effect = self.effects["adjectives"].get(tree.lower[kid], "")
            if effect and not (tree.lower[kid] == "next" and tree.child(noun, "relcl") is not None):
                state = applied(effect, PLAIN).under(state)
        return replace(state, tense="future") if state.tense == "future" else replace(state, tense=None)

    def _noun_context(self, noun: int, depth: int) -> State:
        tree = self.tree
        label, up = tree.dep[noun], tree.head[noun]
        if depth <= 0 or up == noun:
            return PLAIN
        if label == "conj":
            return self._noun_context(up, depth - 1)
        if label == "pobj":
            return self._after_preposition(noun, up, depth - 1)
        if tree.pos[up] not in VERBAL:
            return PLAIN
        if (
            label in ("nsubj", "nsubjpass")
            and tree.lemma[up] in self.sets["happening"]
            and not self._is_negative_itself(noun)
        ):
            return self.verb(up, depth - 1)
        if label in ("dobj", "nsubjpass", "attr"):
            return self._as_object(noun, up, self._named(up), depth - 1)
        return PLAIN

    def _is_negative_itself(self, noun: int) -> bool:
        """ "no attack took place": the verb was already read as negative for it; it is not denied twice."""
        return self._negative_phrase(noun)

    def _as_object(self, noun: int, verb: int, name: str, depth: int) -> State:
        governor = self.verb(verb, depth)
        predicate = self.tree.dep[noun] == "attr" and self.tree.lemma[verb] == "be"
        if self._negative_phrase(noun) and not predicate:
            governor = replace(governor, negative=not governor.negative)
        effect = self.effects["objects"].get(name, self.effects["objects"].get(self.tree.lemma[verb], ""))
        if effect:
            return applied(effect, governor)
        return self._unspecific(noun, governor)

    def _unspecific(self, noun: int, governor: State) -> State:
        """Under an ordinary verb a noun with "the" or a possessor is a thing known; another shares the verb's doubt and future."""
        if self._definite(noun):
            return PLAIN
        doubt = max(governor.doubt, POSSIBLE if governor.negative else 0)
        return State(doubt=doubt, tense="future" if governor.tense == "future" else None)

    def _after_preposition(self, noun: int, prep: int, depth: int) -> State:
        tree = self.tree
        word, up = tree.lower[prep], tree.head[prep]
        while tree.pos[up] == "ADP" and tree.head[up] != up:
            word, up = tree.lower[up], tree.head[up]
        if word in self.sets["negative_prepositions"]:
            return State(negative=True)
        if tree.pos[up] in VERBAL:
            return self._prepositional(noun, up, word, depth)
        effect = self.effects["nouns"].get(tree.lemma[up], "")
        if effect and word in ("of", "for", "to", "on", "about"):
            return applied(effect, State(tense="past"))
        if tree.pos[up] == "NOUN" and not self._definite(noun):
            outer = self._noun_context(up, depth).under(self._adjectives(up))
            return State(doubt=outer.doubt, tense="future" if outer.tense == "future" else None)
        return PLAIN

    def _prepositional(self, noun: int, verb: int, word: str, depth: int) -> State:
        governor = self.verb(verb, depth)
        effect = self.effects["objects"].get(f"{self._named(verb)} {word}", "")
        if effect:
            return applied(effect, governor)
        if word in ("on", "about", "after", "since", "following", "despite", "because"):
            return PLAIN
        return self._unspecific(noun, governor)
