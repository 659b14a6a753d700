"""A verb in all its scopes: what governs it, up through complements and conjuncts."""

from __future__ import annotations

from dataclasses import replace

from kg.annotate.clauses.scene import Scene
from kg.annotate.factuality.forms import VERBAL
from kg.annotate.factuality.marks import PLAIN, POSSIBLE, PROBABLE, State, applied
from kg.annotate.factuality.own import Own
from kg.annotate.factuality.words import Words
from kg.model import Tense

DEPTH = 15


class Verbs(Own):
    """Remembers what it worked out for governing verbs."""

    def __init__(self, scene: Scene, words: Words) -> None:
        super().__init__(scene, words)
        self._known: dict[int, State] = {}

    def verb(self, verb: int, depth: int = DEPTH) -> State:
        """The state of a verb in all scopes."""
        if not depth:
            return PLAIN
        if verb not in self._known:
            self._known[verb] = self._verb(verb, depth)
        return self._known[verb]

    def _verb(self, verb: int, depth: int) -> State:
        own = self._own(verb)
        outer = self._context(verb, depth - 1)
        state = own.under(outer)
        if outer.tense == "future" and self.tree.dep[verb] == "advcl" and self._shape(verb) == "finite":
            state = replace(state, tense="future")
        return state if state.tense else replace(state, tense=self._default_tense(verb))

    def _default_tense(self, verb: int) -> Tense:
        """A headline's participle is past, its infinitive future; so is a reduced relative's."""
        if self.tree.tag[verb] == "VB" and any(self.tree.lower[aux] == "to" for aux in self._auxiliaries(verb)):
            return "future"
        return "present" if self.tree.tag[verb] == "VBG" and not self._headline(verb) else "past"

    def _context(self, verb: int, depth: int) -> State:
        """The scopes a verb stands in."""
        if depth <= 0:
            return PLAIN
        tree = self.tree
        label, up = tree.dep[verb], tree.head[verb]
        unreal = self._hypothesis(verb) is not None or self._as_if(verb) or self._inverted(verb)
        unreal = unreal or (verb > 0 and tree.lower[verb - 1] == "than")
        hypothesis = State(doubt=POSSIBLE) if unreal else PLAIN
        if up == verb:
            return hypothesis
        return hypothesis.under(self._governed(verb, label, up, depth))

    def _governed(self, verb: int, label: str, up: int, depth: int) -> State:
        if label == "conj":
            return self._conjunct(verb, up, depth)
        if label in ("xcomp", "ccomp", "oprd", "acomp", "csubj", "csubjpass", "attr", "dobj"):
            return self._complement(verb, up, depth)
        if label == "advcl":
            return self._adverbial(verb, up, depth)
        if label in ("acl", "relcl"):
            return self._in_noun(verb, up, depth)
        if label == "pcomp":
            return self._gerund(verb, up, depth)
        if label == "amod":
            return State(tense="past")
        return PLAIN

    def _conjunct(self, verb: int, up: int, depth: int) -> State:
        if self.tree.pos[up] not in VERBAL:
            return PLAIN
        outer = self._context(up, depth)
        return outer if outer.tense or self._form(verb).tense else replace(outer, tense=self.verb(up, depth).tense)

    def _complement(self, verb: int, up: int, depth: int) -> State:
        if self.tree.pos[up] in ("NOUN", "PROPN"):
            return self._in_noun(verb, up, depth)
        shape = self._shape(verb)
        effect = self._effect(shape, up)
        governor = self._governor(up, depth)
        if shape == "infinitive" and self._is_modal_phrase(verb, up):
            if self.tree.lower[verb - 2] == "yet":
                return replace(governor, negative=True)
            return self._modal_phrase(up, governor)
        if not effect:
            effect = {"infinitive": "possible", "gerund": "implicative", "finite": "reported"}[shape]
        if shape == "finite" and governor.negative and self.tree.lemma[up] in self.sets["doubting"]:
            return State(doubt=governor.doubt, features=governor.features)
        if effect == "denied" and shape == "finite":
            return State(features=("denied",))
        return applied(effect, governor)

    def _effect(self, shape: str, up: int) -> str:
        effects = self.effects[shape]
        adjective = self.tree.child(up, "acomp") if self.tree.lemma[up] == "be" else None
        if adjective is not None:
            return effects.get(self.tree.lemma[adjective], "")
        return effects.get(self._named(up), effects.get(self.tree.lemma[up], ""))

    def _governor(self, up: int, depth: int) -> State:
        """State of a governing verb; of an adjective or adverb ("is likely to") its verb's."""
        tree = self.tree
        if tree.pos[up] in VERBAL:
            return self.verb(up, depth)
        parent = tree.head[up]
        if parent != up and tree.pos[parent] in VERBAL:
            return self.verb(parent, depth)
        return PLAIN

    def _is_modal_phrase(self, verb: int, up: int) -> bool:
        """ "had to V", "is going to V", "was able to V", "used to V"."""
        lemma = self.tree.lemma[up]
        if self.tree.lower[verb - 2 : verb] == ("yet", "to"):
            return True
        to = [kid for kid in self.tree.children(verb, "aux") if self.tree.lower[kid] == "to"]
        going = lemma == "go" and self.tree.tag[up] == "VBG" and up + 1 in to
        return lemma in ("have", "able") or going

    def _modal_phrase(self, up: int, governor: State) -> State:
        if self.tree.lemma[up] == "go":
            return replace(governor, tense="future")
        return governor if governor.tense == "past" or governor.negative else replace(governor, doubt=POSSIBLE)

    def _adverbial(self, verb: int, up: int, depth: int) -> State:
        tree = self.tree
        shape = self._shape(verb)
        if tree.pos[up] not in VERBAL:
            return self._complement(verb, up, depth) if shape == "infinitive" else PLAIN
        governor = self.verb(up, depth)
        if shape == "infinitive":
            return self._purpose(verb, up, governor)
        if shape == "finite":
            return self._when(verb, governor)
        return replace(governor, negative=False)

    def _when(self, verb: int, governor: State) -> State:
        """A clause of time under a future verb is future, whatever its form: "when they meet, they will"."""
        marks = {self.tree.lower[kid] for kid in self.tree.children(verb, "mark", "advmod")}
        ahead = governor.tense == "future" and not marks.isdisjoint(self.sets["temporal"])
        return State(tense="future") if ahead and self._form(verb).tense == "present" else PLAIN

    def _purpose(self, verb: int, up: int, governor: State) -> State:
        """A bare infinitive says what for; "only to V" says what came of it; listed verbs govern it as a complement."""
        first = self.tree.edges(verb)[0]
        if (first and self.tree.lower[first - 1] == "only") or self.tree.lower[first] == "only":
            return governor
        effect = self._effect("infinitive", up)
        if effect and up < verb:
            return applied(effect, governor)
        return State(doubt=POSSIBLE, tense=governor.tense, features=("purpose",))

    def _in_noun(self, verb: int, noun: int, depth: int) -> State:
        """Within a noun's clause: "the plan to V", "fears that X V", "no evidence that", "soldiers killed in"."""
        tree = self.tree
        shape = self._shape(verb)
        effect = "" if self.scene.inside[noun] is not None else self.effects["nouns"].get(tree.lemma[noun], "")
        if tree.dep[verb] == "relcl" and shape == "finite":
            return PLAIN
        if shape == "infinitive":
            ordinal = (
                any(tree.lower[kid] in self.scene.lexicon.ordinals for kid in tree.kids[noun])
                or tree.lower[noun] in self.scene.lexicon.ordinals
            )
            outer = self._tense_of_noun(noun, depth)
            return outer if ordinal else applied(effect or "possible", outer)
        if shape == "finite" and (effect or self._denied_noun(noun)):
            doubt = PROBABLE if effect == "probable" else POSSIBLE
            return State(doubt=doubt)
        if tree.tag[verb] == "VBN":
            return State(tense="past")
        return self._tense_of_noun(noun, depth)

    def _tense_of_noun(self, noun: int, depth: int) -> State:
        """The tense and doubt of the verb around a noun."""
        for up in self.tree.ancestors(noun):
            if self.tree.pos[up] in VERBAL:
                state = self.verb(up, depth)
                return State(self._denied_noun(noun), state.doubt, state.tense)
        return State(self._denied_noun(noun))

    def _gerund(self, verb: int, prep: int, depth: int) -> State:
        tree = self.tree
        word, up = tree.lower[prep], tree.head[prep]
        while tree.pos[up] == "ADP" and tree.head[up] != up:
            word, up = tree.lower[up], tree.head[up]
        if word in self.sets["negative_prepositions"] or self._short_of(prep):
            return State(True, tense=self._tense_of_noun(prep, depth).tense)
        if word in self.sets["possible_prepositions"] and f"{tree.lemma[up]} {word}" not in self.effects["objects"]:
            return State(doubt=POSSIBLE, tense=self._tense_of_noun(prep, depth).tense)
        if word == "of" and tree.dep[up] == "dobj" and tree.lemma[tree.head[up]] in self.sets["accusing"]:
            return replace(self._tense_of_noun(up, depth), features=("accused",))
        if tree.lemma[up] in self.sets["habits"] and word == "of":
            return next((self.verb(one, depth) for one in tree.ancestors(up) if tree.pos[one] in VERBAL), PLAIN)
        if tree.pos[up] == "NOUN" and word == "to" and tree.lemma[up] not in self.sets["granted"]:
            return State(doubt=POSSIBLE, tense=self._tense_of_noun(up, depth).tense)
        if tree.pos[up] in ("NOUN", "PROPN"):
            return self._in_noun(verb, up, depth) if tree.lemma[up] not in self.effects["nouns"] else applied(
                self.effects["nouns"][tree.lemma[up]], self._tense_of_noun(up, depth))  # fmt: skip
        governor = self._governor(up, depth)
        if word == "from" and tree.lemma[up] in self.sets["from_negative"]:
            return replace(governor, negative=not governor.negative)
        if word in ("of", "with", "for") and tree.lemma[up] in self.sets["accusing"]:
            return replace(governor, features=(*governor.features, "accused"))
        effect = self.effects["objects"].get(f"{tree.lemma[up]} {word}", "") or (
            "possible" if tree.lemma[up] in ("aim", "think", "plan", "insist") else ""
        )
        if effect:
            return applied(effect, governor)
        over = word in self.sets["after"] and governor.tense == "present"
        return replace(governor, negative=False, tense="past" if over else governor.tense)
