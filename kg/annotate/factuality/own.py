"""What a verb's own words say: auxiliaries, adverbs, questions, conditions set for it."""

from __future__ import annotations

from dataclasses import replace

from kg.annotate.factuality.forms import VERBAL
from kg.annotate.factuality.marks import PLAIN, POSSIBLE, PROBABLE, State
from kg.annotate.factuality.negation import Negation
from kg.model import Tense


class Own(Negation):
    """The state of a verb before any scope around it is read."""

    def _own(self, verb: int) -> State:
        state = self._form(verb)
        negative = self._negated(verb)
        if negative and "refusable" in state.features:
            state = replace(state, doubt=0, tense="past")
        doubt, features = max(state.doubt, self._adverbs(verb)), state.features
        if self._asked(verb) or self._conditioned(verb):
            doubt = POSSIBLE
        if self._nearly(verb):
            negative, features = not negative, (*features, "nearly")
        return State(negative, doubt, state.tense, tuple(name for name in features if name != "refusable"))

    def _form(self, verb: int) -> State:
        tree = self.tree
        auxiliaries = self._auxiliaries(verb)
        perfect = any(tree.lemma[aux] in ("have", "'ve") and tree.tag[aux] != "MD" for aux in auxiliaries)
        modal = next((aux for aux in auxiliaries if tree.tag[aux] == "MD"), None)
        if modal is not None:
            return self._modal(verb, self.effects["modals"].get(tree.lower[modal], ""), tree.lower[modal], perfect)
        if perfect:
            return State(tense="past")
        finite = next((i for i in (*auxiliaries, verb) if tree.tag[i] in ("VBD", "VBZ", "VBP")), None)
        if finite is None:
            return State(doubt=POSSIBLE) if self._imperative(verb, auxiliaries) else PLAIN
        if tree.tag[finite] == "VBD":
            return State(tense="past")
        if self._ahead(verb):
            return State(tense="future")
        past = self._headline(verb) and tree.lemma[verb] not in self.sets["states"]
        return State(tense="past" if past else "present")

    def _ahead(self, verb: int) -> bool:
        """ "is speaking tomorrow", "leaves next week"."""
        tree = self.tree
        nouns = [
            *tree.children(verb, "npadvmod", "advmod"),
            *(n for p in tree.children(verb, "prep") for n in tree.children(p, "pobj")),
        ]
        words = {
            tree.lower[i]
            for noun in nouns
            if not tree.child(noun, "relcl")
            for i in (noun, *tree.children(noun, "amod"))
        }
        timed = tree.tag[verb] == "VBG" or tree.lemma[verb] not in self.sets["states"]
        return timed and not words.isdisjoint(self.sets["ahead"])

    def _modal(self, verb: int, kind: str, word: str, perfect: bool) -> State:
        negative = self._negated(verb)
        if kind == "future":
            return State(tense="past", doubt=PROBABLE) if perfect else State(tense="future")
        if perfect:
            if word == "must":
                return State(doubt=PROBABLE, tense="past")
            return State(doubt=POSSIBLE, tense="past", features=("counterfactual",) if kind != "possible" else ())
        if kind == "would":
            return self._would(verb, negative)
        if kind == "possible" and negative and word in ("could", "can", "ca"):
            return State(tense="past" if word == "could" else "present")
        tense: Tense = "present" if word in ("can", "ca") or self.tree.lemma[verb] in self.sets["states"] else "future"
        return State(doubt=POSSIBLE, tense=tense)

    def _would(self, verb: int, negative: bool) -> State:
        """Future in the past within reported speech; a refusal where negated; else a condition."""
        tree = self.tree
        clause = verb
        while tree.dep[clause] == "conj" and tree.head[clause] != clause:
            clause = tree.head[clause]
        if negative and tree.lemma[verb] in self.sets["withheld"] and tree.dep[clause] != "ccomp":
            return State(tense="past", features=("refusable",))
        if tree.dep[clause] == "ccomp" and not self._conditioned(verb) and not self._quoted(clause):
            return State(tense="future")
        return State(doubt=POSSIBLE, tense="future")

    def _imperative(self, verb: int, auxiliaries: list[int]) -> bool:
        tree = self.tree
        root = tree.dep[verb] == "ROOT" and tree.tag[verb] == "VB" and not self._headline(verb)
        return root and tree.child(verb, "nsubj", "nsubjpass") is None and not auxiliaries

    def _adverbs(self, verb: int) -> int:
        tree, doubt = self.tree, 0
        for kid in (*tree.children(verb, "advmod"), *(k for aux in self._auxiliaries(verb) for k in tree.kids[aux])):
            effect = self.effects["adverbs"].get(tree.lower[kid], "")
            doubt = max(doubt, {"probable": PROBABLE, "possible": POSSIBLE}.get(effect, 0))
        if not doubt and any(self._in_all_likelihood(prep) for prep in tree.children(verb, "prep")):
            return PROBABLE
        if not doubt and tree.dep[verb] == "conj" and tree.child(verb, "nsubj", "nsubjpass") is None:
            up = tree.head[verb]
            return self._adverbs(up) if tree.pos[up] in VERBAL and up < verb else 0
        return doubt

    def _in_all_likelihood(self, prep: int) -> bool:
        """ "in all probability": an adverb in two or three words."""
        noun = self.tree.child(prep, "pobj")
        return noun is not None and self.tree.lower[prep] == "in" and self.tree.lower[noun] in self.sets["likelihoods"]

    def _nearly(self, verb: int) -> bool:
        tree = self.tree
        return any(
            kid == verb - 1 and tree.lower[kid] in self._adverbs_of("nearly") for kid in tree.children(verb, "advmod")
        )

    def _asked(self, verb: int) -> bool:
        tree = self.tree
        return any(tree.lower[kid] == "?" for kid in tree.children(verb, "punct"))

    def _conditioned(self, verb: int) -> bool:
        """It holds under a condition: "will respond if X attacks". "Even if" sets none."""
        for clause in self.tree.children(verb, "advcl"):
            mark = self._hypothesis(clause)
            if (
                mark is not None
                and self.tree.lower[mark - 1 if mark else 0] != "even"
                and self.tree.lower[mark] != "whether"
            ):
                return True
        return False

    def _hypothesis(self, verb: int) -> int | None:
        tree = self.tree
        for kid in tree.kids[verb]:
            if (
                tree.dep[kid] in ("mark", "advmod", "prep")
                and tree.lower[kid] in self.sets["hypothetical"]
                and kid < verb
            ):
                return kid
        return None

    def _as_if(self, verb: int) -> bool:
        tree = self.tree
        marks = [kid for kid in tree.children(verb, "mark") if tree.lower[kid] in ("if", "though") and kid]
        return any(tree.lower[kid - 1] == "as" for kid in marks)

    def _inverted(self, verb: int) -> bool:
        """ "Had X V-ed", "should X V": a condition without "if"."""
        tree = self.tree
        if tree.dep[verb] != "advcl":
            return False
        subject, aux = tree.child(verb, "nsubj", "nsubjpass"), tree.child(verb, "aux", "auxpass")
        return (
            subject is not None and aux is not None and aux < subject and tree.lower[aux] in ("had", "were", "should")
        )
