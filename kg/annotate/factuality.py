"""Polarity, certainty and tense of a clause, with scope."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.clauses.draft import Draft
from kg.annotate.clauses.scene import Scene
from kg.data import Folder
from kg.model import Certainty, Polarity, Tense


@dataclass(frozen=True, slots=True)
class Marks:
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "past"
    features: tuple[str, ...] = ()


class Factuality:
    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def judge(self, scene: Scene) -> Judge:
        return Judge()


class Judge:
    def marks(self, draft: Draft) -> Marks:
        return Marks()
