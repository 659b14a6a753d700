"""Whether a verb or a noun phrase is denied by its own words."""

from __future__ import annotations

from kg.annotate.factuality.forms import Forms


class Negation(Forms):
    """ "not", "never", "neither X", "no soldiers", "at no point"."""

    def _negated(self, verb: int) -> bool:
        negative = self._negation_word(verb) is not None or self._inherits_negation(verb)
        return negative != self._negative_argument(verb)

    def _negation_word(self, verb: int) -> int | None:
        tree = self.tree
        for kid in tree.kids[verb]:
            word = tree.lower[kid]
            listed = tree.dep[kid] == "neg" or (
                tree.dep[kid] in ("advmod", "cc", "preconj") and word in self._adverbs_of("negative")
            )
            if listed and not self._additive(kid) and not (tree.dep[kid] == "cc" and word == "neither"):
                return kid
        return next((kid for kid in tree.children(verb, "prep") if self._no_circumstance(kid)), None)

    def _additive(self, kid: int) -> bool:
        """ "not only X but Y" denies neither."""
        return kid + 1 < len(self.tree) and self.tree.lower[kid + 1] in self.sets["additive"]

    def _no_circumstance(self, prep: int) -> bool:
        """ "under no circumstances", "at no point"."""
        noun = self.tree.child(prep, "pobj")
        return (
            noun is not None
            and self.tree.lower[noun] in self.sets["negative_circumstances"]
            and self._denied_noun(noun)
        )

    def _inherits_negation(self, verb: int) -> bool:
        """ "did not attack or seize": the second verb shares the auxiliary and its "not"; after "but" it does not."""
        tree = self.tree
        if tree.dep[verb] != "conj" or not self._elliptic(verb):
            return self._nor(verb)
        up = tree.head[verb]
        joiners = {tree.lower[kid] for kid in tree.children(up, "cc") if kid < verb}
        own = list(tree.children(verb, "aux", "auxpass", "neg"))
        return not own and "but" not in joiners and self._negated(up)

    def _nor(self, verb: int) -> bool:
        """ "neither attacked nor seized": "nor" stands before the conjunct, a child of the one before it."""
        tree = self.tree
        if tree.dep[verb] != "conj":
            return any(tree.lower[kid] == "neither" for kid in tree.children(verb, "cc", "preconj", "advmod", "det"))
        return any(tree.lower[kid] == "nor" and kid < verb for kid in tree.children(tree.head[verb], "cc", "preconj"))

    def _negative_argument(self, verb: int) -> bool:
        tree = self.tree
        args = list(tree.children(verb, "nsubj", "nsubjpass", "dobj", "attr"))
        args += [noun for prep in tree.children(verb, "agent") for noun in tree.children(prep, "pobj")]
        attr_of_copula = tree.lemma[verb] == "be"
        return any(self._negative_phrase(arg) for arg in args if not (attr_of_copula and tree.dep[arg] == "attr"))

    def _negative_phrase(self, noun: int) -> bool:
        """ "no troops", "neither country", "none of the men", but not "no one but Lula", "no fewer than 20"."""
        return self._denied_noun(noun) and not self._excepted(noun)

    def _denied_noun(self, noun: int) -> bool:
        tree, negative = self.tree, self.sets["negative_words"]
        if tree.lower[noun] in negative:
            return True
        first = self.scene.phrase(noun)[0]
        if (
            first < noun
            and tree.lower[first] == "not"
            and tree.lower[first + 1] in ("all", "every", "everyone", "many", "a", "one")
        ):
            return True
        for kid in tree.kids[noun]:
            if kid < noun and tree.lower[kid] in negative and tree.lower[kid + 1] not in self.sets["number_words"]:
                return True
        return False

    def _excepted(self, noun: int) -> bool:
        return any(self.tree.lower[kid] in self.sets["exceptive"] for kid in self.tree.kids[noun] if kid > noun)

    def _short_of(self, prep: int) -> bool:
        """ "stopped short of V-ing"."""
        return self.tree.lower[max(prep - 1, 0) : prep + 1] in (("short", "of"), ("rather", "than"), ("instead", "of"))
