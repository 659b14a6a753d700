"""How words mark whether something happened: ontology/lexicon/factuality.yaml as lookups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.data import Folder

NAME = "lexicon/factuality.yaml"


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


def words_of(words: Words) -> Iterator[str]:
    """Every listed word, for the lexicon's own test."""
    yield from (word for table in words.effects.values() for word in table)
