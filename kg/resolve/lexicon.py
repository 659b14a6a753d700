"""What resolution knows of names and posts, from `ontology/resolve.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.data import Folder


@dataclass(frozen=True, slots=True)
class Lexicon:
    spellings: tuple[tuple[re.Pattern[str], str], ...]
    given: dict[str, frozenset[int]]  # given name -> groups of its short forms
    given_names: frozenset[str]
    particles: frozenset[str]
    given_particles: frozenset[str]
    articles: frozenset[str]
    suffixes: frozenset[str]
    company_endings: frozenset[str]
    small_words: frozenset[str]
    common: frozenset[str]
    top_roles: frozenset[str]
    governing: tuple[str, ...]  # ends of posts below the highest that have an administration
    general_roles: frozenset[str]
    role_ends: tuple[str, ...]
    same_role: dict[str, str]
    fields: dict[str, frozenset[str]]  # word -> kinds of work
    bodies: dict[str, str]
    party_words: frozenset[str]
    unique: frozenset[str]
    ordinary: frozenset[str]
    everywhere: frozenset[str]
    families: re.Pattern[str]  # behind a last name that is a family's
    recurring: frozenset[str]  # last words of what there is anew every year or so
    titles: frozenset[str]
    before_names: frozenset[str]
    loose: frozenset[str]
    partial: frozenset[str]
    lasting: frozenset[str]
    going_on: re.Pattern[str]  # right behind a group

    @classmethod
    def load(cls, folder: Folder) -> Lexicon:
        return _load(folder.root)

    def governs(self, role: str) -> bool:
        """Whether who holds this post has an administration."""
        return role in self.top_roles or role.endswith(self.governing)

    def singular_role(self, role: str) -> bool:
        """Whether a country or body has one holder of this post at a time."""
        return role in self.top_roles | self.general_roles or role.endswith(self.role_ends)


@cache
def _load(root: Path) -> Lexicon:
    raw: dict[str, Any] = Folder(root).yaml("resolve.yaml")
    entities: dict[str, Any] = Folder(root).yaml("lexicon/entities.yaml")
    roles = raw["singular_roles"]
    return Lexicon(
        spellings=tuple((re.compile(pattern), text) for pattern, text in raw["spellings"]),
        given=_memberships(raw["given"]),
        given_names=frozenset(Folder(root).text("lexicon/given_names.tsv").split()[::2]),
        particles=frozenset(raw["particles"]),
        given_particles=frozenset(raw["given_particles"]),
        articles=frozenset(raw["articles"]),
        suffixes=frozenset(raw["suffixes"]),
        company_endings=frozenset(raw["company_endings"]),
        small_words=frozenset(raw["small_words"]),
        common=frozenset(raw["common"]),
        top_roles=frozenset(entities["singular_roles"]["top"]),
        governing=tuple(raw["governing"]),
        general_roles=frozenset(roles["general"]),
        role_ends=tuple(roles["ends"]),
        same_role={word: group[0] for group in roles["same"] for word in group},
        fields=_kinds(raw["fields"]),
        bodies={word: name for name, words in raw["bodies"].items() for word in words},
        party_words=frozenset(raw["party_words"]),
        unique=frozenset(raw["unique_bodies"]),
        ordinary=frozenset(Folder(root).text("resolve/ordinary_words.txt").split()) | frozenset(raw["ordinary"]),
        everywhere=frozenset(raw["everywhere"]),
        families=re.compile(rf" (?:{_any(raw['families'])})\b"),
        recurring=frozenset(raw["recurring"]),
        titles=frozenset(str(word) for name in ("titles", "honorifics") for word in entities[name]),
        before_names=frozenset(raw["before_names"]),
        loose=frozenset(raw["loose_words"]),
        partial=frozenset(raw["partial_words"]),
        lasting=frozenset(entities["lasting_groups"]),
        going_on=re.compile(rf"\s(?:(?:{_any(raw['going_on'])})\b|(?:{_any(raw['going_on_to_name'])}) [A-Z])"),
    )


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


def _memberships(groups: list[list[str]]) -> dict[str, frozenset[int]]:
    words = {word for group in groups for word in group}
    return {word: frozenset(i for i, group in enumerate(groups) if word in group) for word in sorted(words)}


def _kinds(fields: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    words = {word for group in fields.values() for word in group}
    return {word: frozenset(name for name, group in fields.items() if word in group) for word in sorted(words)}
