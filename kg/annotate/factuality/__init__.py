"""Polarity, certainty and tense of a clause, with scope, by the table in the ontology's documentation.

A predicate's own words (auxiliaries, negation, adverbs) are read first; then what governs it, up through complements and conjuncts, each
step by the effect that ontology/lexicon/factuality.yaml gives for the governing word. Layers, each reading those below: forms, negation,
own, verbs, nouns, judge.
"""

from __future__ import annotations

from kg.annotate.clauses.scene import Scene
from kg.annotate.factuality.judge import Judge
from kg.annotate.factuality.marks import Marks, State
from kg.annotate.factuality.words import NAME, Words, words_of
from kg.data import Folder

__all__ = ["NAME", "Factuality", "Judge", "Marks", "State", "Words", "words_of"]


class Factuality:
    """Makes a judge for an article."""

    def __init__(self, folder: Folder) -> None:
        self.words = Words.load(folder)

    def judge(self, scene: Scene) -> Judge:
        return Judge(scene, self.words)
