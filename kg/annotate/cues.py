"""The cues of `wordings/cues.yaml`, looked up by lemma."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.parsed import Token
from kg.data import Folder
from kg.model import Stance

FILE = "wordings/cues.yaml"


@dataclass(frozen=True, slots=True)
class Use:
    """One way in which a cue is used."""

    stance: Stance
    takes: tuple[str, ...]
    said: bool = True


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
    classes: Mapping[str, str]  # lemma of a common noun -> the class of one such thing
    says: frozenset[str]  # the verbs that stand beside a sentence (", he said")

    @classmethod
    def load(cls, folder: Folder) -> Cues:
        data = folder.yaml(FILE)
        verbs = _uses(data["verbs"])
        return cls(
            verbs=verbs,
            nouns=_uses(data["nouns"]),
            adjectives=_uses(data["adjectives"]),
            holders=tuple(Holder(tuple(row["words"]), row["stance"]) for row in data["holders"]),
            possessive_holders=tuple(
                (frozenset(row["before"]), frozenset(row["nouns"]), row["stance"]) for row in data["possessive_holders"]
            ),
            relay=frozenset(data["relay"]),
            lists={name: frozenset(words) for name, words in data["lists"].items()},
            classes={lemma: head.one for lemma, head in EntityLexicon.load(folder).heads.items()},
            says=frozenset(lemma for lemma, uses in verbs.items() if any("aside" in use.takes for use in uses)),
        )

    def is_event(self, token: Token) -> bool:
        """A noun of words or of something that happens: what can be denied, confirmed or announced."""
        lemma, lists = token.lemma_.lower(), self.lists
        if token.pos_ != "NOUN":
            return False
        endings = any(token.lower_.endswith(ending) for ending in lists["event_endings"])
        return lemma in self.nouns or lemma in lists["event_nouns"] or endings


def _uses(groups: list[dict[str, Any]]) -> dict[str, tuple[Use, ...]]:
    """Lemma -> its uses, in the order of the file."""
    found: dict[str, tuple[Use, ...]] = {}
    for group in groups:
        use = Use(group["stance"], tuple(group["takes"]), group.get("said", True))
        for lemma in group["lemmas"]:
            found[lemma] = (*found.get(lemma, ()), use)
    return found
