"""The words that name entities: heads of nominals, titles, endings of names, read from `ontology/lexicon/entities.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.data import Folder

FILE = "lexicon/entities.yaml"
GIVEN_NAMES = "lexicon/given_names.tsv"  # folded to lower case ASCII, and "male" or "female"


@dataclass(frozen=True, slots=True)
class Head:
    """What a head word names: the class of one, the class of several; for people the kind and the class of the group.

    The kind is coarse ("relative"); the group holds words for the same people alone ("soldier" of troops, servicemen).
    """

    one: str
    several: str
    kind: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class EntityLexicon:
    heads: Mapping[str, Head]  # by lemma, words joined by a space
    honorifics: frozenset[str]
    titles: frozenset[str]
    title_modifiers: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    top_roles: frozenset[str]
    offices: tuple[frozenset[str], ...]  # of the top roles those that exclude each other
    endings: Mapping[str, str]  # last word of a name, lower case -> class
    counts: frozenset[str]
    first_names: frozenset[str]
    adherents: frozenset[str]
    person_verbs: frozenset[str]
    body_verbs: frozenset[str]
    name_prefixes: frozenset[str]
    no_names: frozenset[str]
    languages: frozenset[str]
    restrictions: Mapping[str, str]  # adjective, participle or verb -> what it narrows a group to
    city_prepositions: frozenset[str]
    dealing: frozenset[str]  # what goes from government to government
    governing: frozenset[str]  # what a head of state or government has
    seat: Mapping[
        str, frozenset[str]
    ]  # words beside which a seat of government is the house (in, owning, doing) or the office (sought)
    after_the: Mapping[str, str]  # what a newspaper's name is behind a small "the"
    in_office: frozenset[str]
    filling: frozenset[str]  # verbs of which a post is the object
    in_general: frozenset[str]  # nouns that with "the" mean all of a kind
    polled: frozenset[str]  # lemmas beside which a party's plural noun means its voters
    chambers: frozenset[str]  # words of the names of a legislature's houses
    held_in_regions: frozenset[str]
    no_acronyms: frozenset[str]  # in capitals these name nothing
    members: frozenset[str]  # adherents that are no adjectives
    going: frozenset[str]
    towns: Mapping[
        str, frozenset[str]
    ]  # lemmas beside which a capital is the town: suffering, hit, doing, being, owning
    narrowing: frozenset[str]
    named_by_of: frozenset[str]
    no_kind: frozenset[str]
    own_forces: frozenset[str]
    empty_it: frozenset[str]
    companies: frozenset[str]
    topic_prepositions: frozenset[str]
    homelands: frozenset[str]
    of_regions: frozenset[str]
    last_names: frozenset[str]
    seconds: frozenset[str]
    yet_to_come: frozenset[str]
    naming_some: frozenset[str]
    no_titles: frozenset[str]
    credits: frozenset[str]
    anew: frozenset[str]
    of_no_people: Mapping[str, frozenset[str]]  # adjective of a people -> nouns before which it names none
    lasting_groups: frozenset[str]
    genders: Mapping[str, str]  # given name, lower case without accents -> "male" or "female"

    @classmethod
    def load(cls, folder: Folder) -> EntityLexicon:
        data = folder.yaml(FILE)
        return cls(
            heads=_heads(data),
            honorifics=frozenset(data["honorifics"]),
            titles=frozenset(data["titles"]),
            title_modifiers=frozenset(data["title_modifiers"]),
            male=frozenset(data["sex"]["male"]),
            female=frozenset(data["sex"]["female"]),
            top_roles=frozenset(data["singular_roles"]["top"]),
            offices=tuple(frozenset(words) for words in data["singular_roles"]["offices"]),
            endings={word: type_ for type_, words in data["name_endings"].items() for word in words},
            counts=frozenset(data["counts"]),
            first_names=frozenset(str(data.get("first_names", "")).split()),
            adherents=frozenset(data["adherents"]),
            person_verbs=frozenset(data["person_verbs"]),
            body_verbs=frozenset(data["body_verbs"]),
            name_prefixes=frozenset(data["name_prefixes"]),
            no_names=frozenset(data["no_names"]),
            languages=frozenset(data["languages"]),
            restrictions={word: name for name, words in data["restrictions"].items() for word in words},
            city_prepositions=frozenset(data["city_prepositions"]),
            dealing=frozenset(data["dealing"]),
            governing=frozenset(data["governing"]),
            seat={name: frozenset(words) for name, words in data["seat"].items()},
            after_the=data["after_the"],
            in_office=frozenset(data["in_office"]),
            filling=frozenset(data["filling"]),
            in_general=frozenset(data["in_general"]),
            polled=frozenset(data["polled"]),
            chambers=frozenset(data["chambers"]),
            held_in_regions=frozenset(data["held_in_regions"]),
            no_acronyms=frozenset(data["no_acronyms"]),
            members=frozenset(data["members"]),
            going=frozenset(data["going"]),
            towns={name: frozenset(words) for name, words in data["towns"].items()},
            narrowing=frozenset(data["narrowing"]),
            no_kind=frozenset(data["no_kind"]),
            named_by_of=frozenset(data["named_by_of"]),
            own_forces=frozenset(data["own_forces"]),
            homelands=frozenset(data["homelands"]),
            of_regions=frozenset(data["of_regions"]),
            last_names=frozenset(data["last_names"]),
            seconds=frozenset(data["seconds"]),
            yet_to_come=frozenset(data["yet_to_come"]),
            naming_some=frozenset(data["naming_some"]),
            no_titles=frozenset(data["no_titles"]),
            credits=frozenset(data["credits"]),
            anew=frozenset(data["anew"]),
            of_no_people={word: frozenset(nouns) for word, nouns in data["of_no_people"].items()},
            lasting_groups=frozenset(data["lasting_groups"]),
            topic_prepositions=frozenset(data["topic_prepositions"]),
            companies=frozenset(data["companies"]),
            empty_it=frozenset(data["empty_it"]),
            genders=dict(line.split("\t") for line in folder.text(GIVEN_NAMES).splitlines()),
        )


def _heads(data: Mapping[str, Any]) -> dict[str, Head]:
    """Where two classes claim a word, the first in the file has it; people come before bodies, bodies before places."""
    found: dict[str, Head] = {}
    same = {word: name for name, words in data["same_people"].items() for word in words}
    for kind, words in data["people"].items():
        for word in words:
            _claim(found, [word], Head("Person", "Group", kind, same.get(word, word)))
    for kind, words in data["collectives"].items():
        for word in words:
            _claim(found, [word], Head("Group", "Group", kind, same.get(word, word)))
    for family in ("organizations", "places", "artifacts", "happenings"):
        for type_, words in data[family].items():
            _claim(found, words, Head(type_, type_))
    return found


def _claim(found: dict[str, Head], words: Iterable[str], head: Head) -> None:
    for word in words:
        found.setdefault(str(word).lower(), head)
