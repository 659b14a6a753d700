"""The form of a verb group and of a noun phrase: auxiliaries, finite or not, headline, direct speech, definite."""

from __future__ import annotations

from kg.annotate.clauses.scene import Scene
from kg.annotate.factuality.words import Words

VERBAL = ("VERB", "AUX")
QUOTES = frozenset({'"', "“", "``", "''", "„", "«"})


class Forms:
    """What the shape of the words says; the layers above read it."""

    def __init__(self, scene: Scene, words: Words) -> None:
        self.scene = scene
        self.tree = scene.tree
        self.effects = words.effects
        self.sets = words.sets
        self._adverbs_by_effect: dict[str, frozenset[str]] = {}

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
        if up == verb or tree.child(verb, "nsubj", "nsubjpass") is not None or tree.pos[up] not in VERBAL:
            return False
        same = {"VBN": ("VBN",), "VBD": ("VBN",), "VBG": ("VBG",)}
        return tree.tag[verb] == "VB" or tree.tag[up] in same.get(tree.tag[verb], ())

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

    def _named(self, verb: int) -> str:
        particle = self.tree.child(verb, "prt")
        return self.tree.lemma[verb] if particle is None else f"{self.tree.lemma[verb]} {self.tree.lower[particle]}"

    def _headline(self, verb: int) -> bool:
        return self.tree.block[self.tree.sentence[verb]] == "headline"

    def _quoted(self, clause: int) -> bool:
        """ "We would oppose it," he said: in direct speech "would" is no future of the past."""
        first = self.tree.edges(clause)[0]
        return any(word in QUOTES for word in self.tree.words[max(first - 1, 0) : first + 1])

    def _definite(self, noun: int) -> bool:
        tree = self.tree
        if tree.child(noun, "poss") is not None:
            return True
        return any(tree.lower[kid] in ("the", "this", "that", "these", "those") for kid in tree.children(noun, "det"))

    def _adverbs_of(self, effect: str) -> frozenset[str]:
        if effect not in self._adverbs_by_effect:
            known = self.effects["adverbs"].items()
            self._adverbs_by_effect[effect] = frozenset(word for word, what in known if what == effect)
        return self._adverbs_by_effect[effect]
