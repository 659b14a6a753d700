"""Polarity, certainty and tense of a clause, with scope, by the table in the ontology's documentation.

A predicate's own words (auxiliaries, negation, adverbs) are read first; then what governs it, up through complements and conjuncts, each
step by the effect that ontology/lexicon/factuality.yaml gives for the governing word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.annotate.clauses.draft import Draft
from kg.annotate.clauses.scene import Scene
from kg.data import Folder
from kg.model import Certainty, Polarity, Tense

NAME = "lexicon/factuality.yaml"
_CERTAINTY: tuple[Certainty, ...] = ("certain", "probable", "possible")
PROBABLE, POSSIBLE = 1, 2
_VERBAL = ("VERB", "AUX")
_DEPTH = 15
QUOTES = frozenset({'"', "“", "``", "''", "„", "«"})


@dataclass(frozen=True, slots=True)
class Marks:
    """What a clause says of itself."""

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "past"
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """`doubt` indexes certain, probable, possible; `tense` None: a form that has none of its own."""

    negative: bool = False
    doubt: int = 0
    tense: Tense | None = None
    features: tuple[str, ...] = ()

    def under(self, outer: State) -> State:
        """This state within another's scope: negations cancel, the greater doubt stands, the own tense goes first."""
        return State(
            self.negative != outer.negative,
            max(self.doubt, outer.doubt),
            self.tense or outer.tense,
            tuple(dict.fromkeys(self.features + outer.features)),
        )


PLAIN = State()


@dataclass(frozen=True, slots=True)
class Words:
    """The YAML as lookups: word -> effect for each kind of governed thing, and plain sets."""

    effects: dict[str, dict[str, str]]
    sets: dict[str, frozenset[str]]

    @classmethod
    def load(cls, folder: Folder) -> Words:
        data: dict[str, Any] = folder.yaml(NAME)
        effects = {
            name: {str(word): effect for effect, words in value.items() for word in words or ()}
            for name, value in data.items()
            if isinstance(value, dict)
        }
        sets = {name: frozenset(map(str, value or ())) for name, value in data.items() if not isinstance(value, dict)}
        return cls(effects, sets)


class Factuality:
    """Makes a judge for an article."""

    def __init__(self, folder: Folder) -> None:
        self.words = Words.load(folder)

    def judge(self, scene: Scene) -> Judge:
        return Judge(scene, self.words)


class Judge:
    """Judges the predicates of one article; remembers what it worked out for governing verbs."""

    def __init__(self, scene: Scene, words: Words) -> None:
        self.scene = scene
        self.tree = scene.tree
        self.effects = words.effects
        self.sets = words.sets
        self._known: dict[int, State] = {}

    def marks(self, draft: Draft) -> Marks:
        state = self._state_of(draft)
        polarity: Polarity = "negative" if state.negative else "positive"
        return Marks(polarity, _CERTAINTY[state.doubt], state.tense or "past", state.features)

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
        return State(adjectives.negative, adjectives.doubt, "past" if draft.former else "present", adjectives.features)

    def _copula(self, noun: int, verb: int) -> State:
        if self.tree.lemma[verb] in self.scene.lexicon.leaving:
            return self._left(verb)
        state = self.verb(verb)
        if self._negative_phrase(noun):
            state = replace(state, negative=not state.negative)
        return state

    def _left(self, verb: int) -> State:
        """ "resigned as mayor" has been mayor; "refused to resign", "may resign as mayor" is still mayor."""
        state = self.verb(verb)
        over = not state.negative and not state.doubt and state.tense == "past"
        return State(tense="past" if over else "present")

    # ---- verbs ----

    def verb(self, verb: int, depth: int = _DEPTH) -> State:
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

    def _auxiliaries(self, verb: int, depth: int = 6) -> list[int]:
        """Its auxiliaries; those of the first conjunct where a conjunct repeats none: "will meet X and visit Y"."""
        tree = self.tree
        own = list(tree.children(verb, "aux", "auxpass"))
        if own or tree.dep[verb] != "conj" or not depth or not self._elliptic(verb):
            return own
        return self._auxiliaries(tree.head[verb], depth - 1)

    def _elliptic(self, verb: int) -> bool:
        """A conjunct that goes on with the form of the one before it."""
        tree = self.tree
        up = tree.head[verb]
        if up == verb or tree.child(verb, "nsubj", "nsubjpass") is not None or tree.pos[up] not in _VERBAL:
            return False
        same = {"VBN": ("VBN",), "VBD": ("VBN",), "VBG": ("VBG",)}
        return tree.tag[verb] == "VB" or tree.tag[up] in same.get(tree.tag[verb], ())

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
        past = self._headline(verb) and tree.lemma[verb] not in self.sets["states"]
        return State(tense="past" if past else "present")

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

    def _quoted(self, clause: int) -> bool:
        """ "We would oppose it," he said: in direct speech "would" is no future of the past."""
        first = self.tree.edges(clause)[0]
        return any(word in QUOTES for word in self.tree.words[max(first - 1, 0) : first + 1])

    def _imperative(self, verb: int, auxiliaries: list[int]) -> bool:
        tree = self.tree
        root = tree.dep[verb] == "ROOT" and tree.tag[verb] == "VB" and not self._headline(verb)
        return root and tree.child(verb, "nsubj", "nsubjpass") is None and not auxiliaries

    def _headline(self, verb: int) -> bool:
        return self.tree.block[self.tree.sentence[verb]] == "headline"

    # ---- negation, adverbs, questions, conditions ----

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

    def _adverbs_of(self, effect: str) -> frozenset[str]:
        return frozenset(word for word, what in self.effects["adverbs"].items() if what == effect)

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

    def _adverbs(self, verb: int) -> int:
        tree, doubt = self.tree, 0
        for kid in (*tree.children(verb, "advmod"), *(k for aux in self._auxiliaries(verb) for k in tree.kids[aux])):
            effect = self.effects["adverbs"].get(tree.lower[kid], "")
            doubt = max(doubt, {"probable": PROBABLE, "possible": POSSIBLE}.get(effect, 0))
        if not doubt and tree.dep[verb] == "conj" and tree.child(verb, "nsubj", "nsubjpass") is None:
            up = tree.head[verb]
            return self._adverbs(up) if tree.pos[up] in _VERBAL and up < verb else 0
        return doubt

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

    # ---- what governs ----

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
        if self.tree.pos[up] not in _VERBAL:
            return PLAIN
        outer = self._context(up, depth)
        return outer if outer.tense or self._form(verb).tense else replace(outer, tense=self.verb(up, depth).tense)

    def _shape(self, verb: int) -> str:
        """infinitive, gerund (with participles) or finite."""
        tree = self.tree
        auxiliaries = self._auxiliaries(verb)
        if any(tree.tag[i] in ("VBD", "VBZ", "VBP", "MD") for i in auxiliaries):
            return "finite"
        if any(tree.lower[i] == "to" for i in auxiliaries):
            return "infinitive"
        if tree.tag[verb] in ("VBD", "VBZ", "VBP"):
            return "finite"
        if tree.tag[verb] == "VB":
            return "finite" if tree.child(verb, "mark") is not None else "infinitive"
        return "gerund"

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
        if effect == "denied" and shape == "finite":
            return State(features=("denied",))
        return self._apply(effect, governor)

    def _effect(self, shape: str, up: int) -> str:
        effects = self.effects[shape]
        adjective = self.tree.child(up, "acomp") if self.tree.lemma[up] == "be" else None
        if adjective is not None:
            return effects.get(self.tree.lemma[adjective], "")
        return effects.get(self._named(up), effects.get(self.tree.lemma[up], ""))

    def _named(self, verb: int) -> str:
        particle = self.tree.child(verb, "prt")
        return self.tree.lemma[verb] if particle is None else f"{self.tree.lemma[verb]} {self.tree.lower[particle]}"

    def _governor(self, up: int, depth: int) -> State:
        """State of a governing verb; of an adjective or adverb ("is likely to") its verb's."""
        tree = self.tree
        if tree.pos[up] in _VERBAL:
            return self.verb(up, depth)
        parent = tree.head[up]
        if parent != up and tree.pos[parent] in _VERBAL:
            return self.verb(parent, depth)
        return PLAIN

    def _is_modal_phrase(self, verb: int, up: int) -> bool:
        """ "had to V", "is going to V", "was able to V", "used to V"."""
        lemma = self.tree.lemma[up]
        if self.tree.lower[verb - 2 : verb] == ("yet", "to"):
            return True
        going = lemma == "go" and self.tree.tag[up] == "VBG" and up == verb - 2
        return lemma in ("have", "able") or going

    def _modal_phrase(self, up: int, governor: State) -> State:
        if self.tree.lemma[up] == "go":
            return replace(governor, tense="future")
        return governor if governor.tense == "past" or governor.negative else replace(governor, doubt=POSSIBLE)

    def _apply(self, effect: str, governor: State) -> State:
        """What an effect makes of a thing under a governor in this state."""
        tense = governor.tense
        if effect == "reported":
            doubt = POSSIBLE if governor.negative else governor.doubt
            return State(doubt=doubt, features=governor.features)
        if effect == "implicative":
            return governor
        if effect == "negative":
            return replace(governor, negative=True, doubt=max(governor.doubt, POSSIBLE if governor.negative else 0))
        if effect == "negation":
            return replace(governor, negative=True, doubt=POSSIBLE)
        if effect == "unlikely":
            return State(True, max(PROBABLE, governor.doubt), tense)
        if effect == "denied":
            return State(doubt=POSSIBLE, tense=tense, features=("denied",))
        ahead: Tense | None = "future" if effect in ("future", "expected") or tense != "past" else tense
        doubt = {"possible": POSSIBLE, "probable": PROBABLE, "expected": PROBABLE}.get(effect, 0)
        if effect == "probable":
            ahead = tense
        return State(governor.negative, max(doubt, governor.doubt), ahead, governor.features)

    def _adverbial(self, verb: int, up: int, depth: int) -> State:
        tree = self.tree
        shape = self._shape(verb)
        if tree.pos[up] not in _VERBAL:
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
            return self._apply(effect, governor)
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
            return outer if ordinal else self._apply(effect or "possible", outer)
        if shape == "finite" and (effect or self._denied_noun(noun)):
            doubt = PROBABLE if effect == "probable" else POSSIBLE
            return State(doubt=doubt)
        if tree.tag[verb] == "VBN":
            return State(tense="past")
        return self._tense_of_noun(noun, depth)

    def _tense_of_noun(self, noun: int, depth: int) -> State:
        """The tense and doubt of the verb around a noun."""
        for up in self.tree.ancestors(noun):
            if self.tree.pos[up] in _VERBAL:
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
        if word in self.sets["possible_prepositions"]:
            return State(doubt=POSSIBLE, tense=self._tense_of_noun(prep, depth).tense)
        if word == "of" and tree.dep[up] == "dobj" and tree.lemma[tree.head[up]] in self.sets["accusing"]:
            return replace(self._tense_of_noun(up, depth), features=("accused",))
        if tree.pos[up] in ("NOUN", "PROPN"):
            return self._in_noun(verb, up, depth) if tree.lemma[up] not in self.effects["nouns"] else self._apply(
                self.effects["nouns"][tree.lemma[up]], self._tense_of_noun(up, depth))  # fmt: skip
        governor = self._governor(up, depth)
        if word == "from" and tree.lemma[up] in self.sets["from_negative"]:
            return replace(governor, negative=not governor.negative)
        if word in ("of", "with", "for") and tree.lemma[up] in self.sets["accusing"]:
            return replace(governor, features=(*governor.features, "accused"))
        effect = self.effects["objects"].get(f"{tree.lemma[up]} {word}", "") or (
            "possible" if tree.lemma[up] in ("aim", "think", "plan", "insist") else ""
        )
        return self._apply(effect, governor) if effect else replace(governor, negative=False)

    def _short_of(self, prep: int) -> bool:
        """ "stopped short of V-ing"."""
        return self.tree.lower[max(prep - 1, 0) : prep + 1] in (("short", "of"), ("rather", "than"), ("instead", "of"))

    # ---- event nouns ----

    def noun(self, noun: int, depth: int = _DEPTH) -> State:
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
                state = self._apply(effect, PLAIN).under(state)
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
        if tree.pos[up] not in _VERBAL:
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
            return self._apply(effect, governor)
        return self._unspecific(noun, governor)

    def _unspecific(self, noun: int, governor: State) -> State:
        """Under an ordinary verb a noun with "the" or a possessor is a thing known; another shares the verb's doubt and future."""
        if self._definite(noun):
            return PLAIN
        doubt = max(governor.doubt, POSSIBLE if governor.negative else 0)
        return State(doubt=doubt, tense="future" if governor.tense == "future" else None)

    def _definite(self, noun: int) -> bool:
        tree = self.tree
        if tree.child(noun, "poss") is not None:
            return True
        return any(tree.lower[kid] in ("the", "this", "that", "these", "those") for kid in tree.children(noun, "det"))

    def _after_preposition(self, noun: int, prep: int, depth: int) -> State:
        tree = self.tree
        word, up = tree.lower[prep], tree.head[prep]
        while tree.pos[up] == "ADP" and tree.head[up] != up:
            word, up = tree.lower[up], tree.head[up]
        if word in self.sets["negative_prepositions"]:
            return State(negative=True)
        if tree.pos[up] in _VERBAL:
            return self._prepositional(noun, up, word, depth)
        effect = self.effects["nouns"].get(tree.lemma[up], "")
        if effect and word in ("of", "for", "to", "on", "about"):
            return self._apply(effect, State(tense="past"))
        if tree.pos[up] == "NOUN" and not self._definite(noun):
            outer = self._noun_context(up, depth).under(self._adjectives(up))
            return State(doubt=outer.doubt, tense="future" if outer.tense == "future" else None)
        return PLAIN

    def _prepositional(self, noun: int, verb: int, word: str, depth: int) -> State:
        governor = self.verb(verb, depth)
        effect = self.effects["objects"].get(f"{self._named(verb)} {word}", "")
        if effect:
            return self._apply(effect, governor)
        if word in ("on", "about", "after", "since", "following", "despite", "because"):
            return PLAIN
        return self._unspecific(noun, governor)


def words_of(words: Words) -> Iterator[str]:
    """Every listed word, for the lexicon's own test."""
    yield from (word for table in words.effects.values() for word in table)
