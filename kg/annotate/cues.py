"""The cues of `wordings/cues.yaml`, looked up by lemma."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.data import Folder
from kg.model import Stance

FILE = "wordings/cues.yaml"


@dataclass(frozen=True, slots=True)
class Use:
    """One way in which a cue is used."""

    stance: Stance
    takes: tuple[str, ...]
    addressee: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Words before the source ("according to"), in lower case."""

    words: tuple[str, ...]
    stance: Stance


@dataclass(frozen=True, slots=True)
class Cues:
    verbs: dict[str, tuple[Use, ...]]
    nouns: dict[str, tuple[Use, ...]]
    adjectives: dict[str, tuple[Use, ...]]
    holders: tuple[Holder, ...]
    possessive_holders: tuple[tuple[frozenset[str], frozenset[str], Stance], ...]
    relay: frozenset[str]
    lists: dict[str, frozenset[str]]

    @classmethod
    def load(cls, folder: Folder) -> Cues:
        data = folder.yaml(FILE)
        return cls(
            verbs=_uses(data["verbs"]),
            nouns=_uses(data["nouns"]),
            adjectives=_uses(data["adjectives"]),
            holders=tuple(Holder(tuple(row["words"]), row["stance"]) for row in data["holders"]),
            possessive_holders=tuple(
                (frozenset(row["before"]), frozenset(row["nouns"]), row["stance"]) for row in data["possessive_holders"]
            ),
            relay=frozenset(data["relay"]),
            lists={name: frozenset(words) for name, words in data["lists"].items()},
        )


def _uses(groups: list[dict[str, Any]]) -> dict[str, tuple[Use, ...]]:
    """Lemma -> its uses, in the order of the file."""
    found: dict[str, tuple[Use, ...]] = {}
    for group in groups:
        use = Use(group["stance"], tuple(group["takes"]), group.get("addressee", False))
        for lemma in group["lemmas"]:
            found[lemma] = (*found.get(lemma, ()), use)
    return found
