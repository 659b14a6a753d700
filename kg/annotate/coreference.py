"""Coreference within an article: which mentions speak of one thing, by sieves from the surest to the least sure."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.data import Folder
from kg.gazetteer import Gazetteer
from kg.model import Attribution, Clause, Entity, Link, Mention


@dataclass(slots=True)
class Coreference:
    folder: Folder
    gazetteer: Gazetteer

    def __call__(
        self,
        doc: Doc,
        mentions: tuple[Mention, ...],
        clauses: tuple[Clause, ...],
        attributions: tuple[Attribution, ...],
    ) -> tuple[Entity, ...]:
        """Every mention in exactly one entity; entities in the order of their first mentions."""
        text = doc.text
        groups: dict[tuple[str, str], list[int]] = {}
        for n, mention in enumerate(mentions):
            key = (mention.span.of(text), mention.type) if mention.kind == "name" else (str(n), "")
            entries = self.gazetteer.lookup(mention.span.of(text)) if mention.kind == "name" else ()
            if mention.type == "Country" and entries:
                key = (entries[0].key, "")
            groups.setdefault(key, []).append(n)
        return tuple(_entity(text, mentions, members, key) for key, members in groups.items())


def _entity(text: str, mentions: tuple[Mention, ...], members: list[int], key: tuple[str, str]) -> Entity:
    first = mentions[members[0]]
    links = tuple(Link(n, None if n == members[0] else members[0], "exact", 1.0) for n in members)
    return Entity(first.type, first.span.of(text), tuple(members), links,
                  key[0] if key[0].startswith("country/") else None, first.kind == "name")  # fmt: skip
