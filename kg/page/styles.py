"""How a class of the ontology looks on the page: a family, with a shape and a colour of its own.

The colours are Okabe and Ito's, which people of all kinds of colour vision tell apart; the shape says the same again.
The page darkens or lightens them for its theme, so only the family's name travels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology import Class, Ontology, Relation


@dataclass(frozen=True, slots=True)
class Family:
    """Classes that look alike. `shape` is one of vis-network's, `color` a hex colour on white."""

    name: str
    label: str
    shape: str
    color: str


FAMILIES = (
    Family("person", "People", "dot", "#0072B2"),
    Family("group", "Groups", "hexagon", "#56B4E9"),
    Family("organization", "Organisations", "square", "#E69F00"),
    Family("country", "Countries", "diamond", "#009E73"),
    Family("place", "Places", "triangle", "#7A9A01"),
    Family("thing", "Things and documents", "triangleDown", "#CC79A7"),
    Family("event", "Events and conflicts", "star", "#D55E00"),
    Family("role", "Posts", "ring", "#6F6B64"),
    Family("other", "Other", "dot", "#8C8880"),
)

# The first of a class and its ancestors that stands here decides. Country before Place: it is both a place and an actor.
OF_CLASS = {
    "Person": "person",
    "Group": "group",
    "Organization": "organization",
    "Country": "country",
    "Place": "place",
    "Artifact": "thing",
    "Event": "event",
    "Conflict": "event",
    "Gathering": "event",
    "Role": "role",
    "Actor": "other",
}

# For rows whose ontology is not at hand: what the fixed part of the ontology says.
PARENTS = {
    **dict.fromkeys(
        ("Government", "GovernmentBody", "ArmedForce", "MediaOrganization", "PoliticalParty", "Company"), "Organization"
    ),
    **dict.fromkeys(("Region", "City", "Facility"), "Place"),
    **dict.fromkeys(("Weapon", "Award", "Document"), "Artifact"),
    "IntelligenceAgency": "GovernmentBody",
    "Agreement": "Document",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the page needs to know of an ontology: labels, definitions, which relations are symmetric, which class is below which.

    `wordings`: the verbs, nouns and phrases that may express a relation, for finding it by them.
    """

    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    parents: Mapping[str, tuple[str, ...]]
    symmetric: frozenset[str] = frozenset()
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, ontology: Ontology) -> Vocabulary:
        terms: dict[str, Class | Relation] = {**ontology.classes, **ontology.relations}
        return cls(
            labels={name: term.label for name, term in terms.items()},
            definitions={name: term.definition for name, term in terms.items()},
            parents={name: term.parents for name, term in ontology.classes.items()},
            symmetric=frozenset(name for name, term in ontology.relations.items() if term.symmetric),
            wordings=_wordings(ontology),
        )

    def label(self, name: str) -> str:
        return self.labels.get(name) or _words(name)

    def family(self, name: str) -> str:
        """The family of a class: of itself, or of its nearest ancestor that has one. What is no known class is an event's."""
        queue = [name]
        seen = set(queue)
        while queue:
            one = queue.pop(0)
            if one in OF_CLASS:
                return OF_CLASS[one]
            above = self.parents.get(one) or ((PARENTS[one],) if one in PARENTS else ())
            queue += [parent for parent in above if parent not in seen]
            seen.update(above)
        return "other"


def _wordings(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for frame in ontology.all_frames:
        for name in (frame.relation,) if frame.relation else ontology.readings(frame.event or ""):
            found[name].update(frame.predicates)
    return {name: tuple(sorted(words)) for name, words in sorted(found.items())}


NO_VOCABULARY = Vocabulary({}, {}, {}, frozenset({"met", "phoned", "negotiatedWith", "alliedWith", "siblingOf"}))


def _words(name: str) -> str:
    """A local name as words.

    >>> _words("signedAgreementWith")
    'signed agreement with'
    """
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
