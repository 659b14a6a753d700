"""What the clause rules know about words: ontology/lexicon/clauses.yaml as sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.data import Folder

NAME = "lexicon/clauses.yaml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lower-case lemmas by list; the lists are described where they stand, in the YAML."""

    measures: frozenset[str]
    void: frozenset[str]
    light: frozenset[str]
    entering: frozenset[str]
    converse: frozenset[str]
    own_acts: frozenset[str]
    mutual: frozenset[str]
    own_act_prepositions: frozenset[str]
    subject_control: frozenset[str]
    prepositional_control: frozenset[str]
    phrasal: frozenset[str]
    sending: frozenset[str]
    happening: frozenset[str]
    object_gerund: frozenset[str]
    infinitive_nouns: frozenset[str]
    ordinals: frozenset[str]
    second_hop: frozenset[str]
    copulas: frozenset[str]
    becoming: frozenset[str]
    as_role: frozenset[str]
    leaving: frozenset[str]
    replacing: frozenset[str]
    former: frozenset[str]
    acting: frozenset[str]
    coming: frozenset[str]
    additive: frozenset[str]
    roles: frozenset[str]
    role_modifiers: frozenset[str]
    seconds: frozenset[str]
    role_tails: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]
    actors: frozenset[str]
    bodies: frozenset[str]
    link_prepositions: frozenset[str]
    hyphen_suffixes: frozenset[str]
    side_prefixes: frozenset[str]
    fatal: frozenset[str]
    resultative: frozenset[str]
    ending: frozenset[str]
    idioms: frozenset[str]
    jointly: frozenset[str]
    including: frozenset[str]
    dedicated: frozenset[str]
    calendar: frozenset[str]
    caption_passives: frozenset[str]
    lemmas: dict[str, str]

    def is_void(self, word: str) -> bool:
        """Words that stand for nobody ("no one", "it" as a mere filler is not among them)."""
        return word in self.void

    @classmethod
    def load(cls, folder: Folder) -> Lexicon:
        data: dict[str, Any] = folder.yaml(NAME)
        names = [name for name in cls.__dataclass_fields__ if name != "lemmas"]
        lemmas = {str(form): str(lemma) for form, lemma in (data.get("lemmas") or {}).items()}
        return cls(**{name: frozenset(map(str, data.get(name) or ())) for name in names}, lemmas=lemmas)
