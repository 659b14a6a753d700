"""Coreference within an article: which mentions speak of one thing, by sieves from the surest to the least sure.

Each sieve looks at the mentions in text order and joins two chains when its evidence holds and their classes are compatible. Every
join is kept as a Link with the sieve's name and score, so that one can ask why. Groups are identified as the ontology says: class of
the head, affiliation, restrictions; numbers never belong to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.annotate.coref.appositions import appositions
from kg.annotate.coref.chains import Chains
from kg.annotate.coref.entities import entities
from kg.annotate.coref.groups import groups, possessed_groups, sent_groups
from kg.annotate.coref.known import known
from kg.annotate.coref.names import acronyms, same_name
from kg.annotate.coref.nominals import heads, possessed
from kg.annotate.coref.partial import partial_names
from kg.annotate.coref.peoples import peoples
from kg.annotate.coref.pronouns import resolve_pronouns
from kg.annotate.coref.roles import roles
from kg.annotate.coref.short import companies, offices, short_bodies
from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.parsed import Doc
from kg.data import Folder
from kg.gazetteer import Gazetteer
from kg.model import Attribution, Clause, Entity, Mention

# From the surest to the least sure. Groups whose possessor is a pronoun wait until the pronouns are known.
SIEVES: tuple[Callable[[Chains], None], ...] = (
    known, same_name, acronyms, appositions, partial_names, short_bodies, roles, offices, groups, peoples, heads, companies,
    resolve_pronouns, possessed, possessed_groups, sent_groups,
)  # fmt: skip


@dataclass(slots=True)
class Coreference:
    """Joins the mentions of one article into entities."""

    folder: Folder
    gazetteer: Gazetteer
    lexicon: EntityLexicon = field(init=False)

    def __post_init__(self) -> None:
        self.lexicon = EntityLexicon.load(self.folder)

    def __call__(
        self,
        doc: Doc,
        mentions: tuple[Mention, ...],
        clauses: tuple[Clause, ...],
        attributions: tuple[Attribution, ...],
        day: str | None = None,
    ) -> tuple[Entity, ...]:
        """Every mention in exactly one entity; entities in the order of their first mentions. `day`: the article's ISO date."""
        chains = Chains(doc, mentions, clauses, attributions, self.lexicon, self.gazetteer, day)
        for sieve in SIEVES:
            sieve(chains)
        return entities(chains)
