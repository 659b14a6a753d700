"""The ontology as the stages see it: classes and relations from Turtle, frames from YAML, all faults at once.

Terms are known by local name ("Person", "deployedTo"). Read are `newskg.ttl`, any `terms/*.ttl` of a user's folder,
and `wordings/*.yaml`. How they are written: docs/ontology.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.data import Folder, bundled
from kg.ontology.faults import Faults, OntologyError
from kg.ontology.terms import Terms
from kg.ontology.values import OWL, RDF, RDFS, SCHEMA, SKOS, Class, Frame, Kind, Relation, upwards
from kg.ontology.wordings import Wordings, duplicates, grammatical_roles
from kg.prefixes import NK

__all__ = [
    "NK",
    "OWL",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "Class",
    "Frame",
    "Kind",
    "Ontology",
    "OntologyError",
    "Relation",
]

TERMS = "newskg.ttl"
WORDINGS = "wordings"
GRAMMAR = "lexicon/grammatical_roles.yaml"
# Read of the bundled folder alone, whatever folder a build is given.
ONE_FOR_ALL = frozenset(
    {
        "confidence.yaml",
        "lexicon/measures.yaml",
        "lexicon/occasions.yaml",
        "lexicon/layout.yaml",
        "gazetteer/terms.yaml",
    }
)


@dataclass(frozen=True, slots=True)
class Ontology:
    classes: dict[str, Class]
    relations: dict[str, Relation]
    roles: tuple[str, ...]  # roles of events
    all_frames: tuple[Frame, ...]
    sources: tuple[str, ...]  # Turtle files the terms come from, names within the folder
    digest: str
    _ancestors: dict[str, frozenset[str]] = field(repr=False)
    _index: dict[tuple[str, str], tuple[Frame, ...]] = field(repr=False)
    _readings: dict[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def load(cls, folder: Folder) -> Ontology:
        """Read the folder; raises OntologyError with every fault in it."""
        return _load(folder)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether class `name` is `ancestor` or below it; a name that is no class is only itself."""
        return name == ancestor or ancestor in self._ancestors.get(name, ())

    def fits(self, name: str, classes: Iterable[str]) -> bool:
        """Whether class `name` is below one of `classes`; no classes: everything fits."""
        wanted = tuple(classes)
        return not wanted or any(self.is_a(name, one) for one in wanted)

    def ancestors(self, name: str) -> frozenset[str]:
        """All classes above `name`, itself not among them."""
        return self._ancestors.get(name, frozenset())

    def frames(self, kind: Kind, predicate: str) -> tuple[Frame, ...]:
        """The frames that a clause of this kind and predicate may express, in the order of the files.

        A title that is not worded itself is worded by its first word (`deputy *`), or else by its longest ending
        that is: "culture minister" by "minister".
        """
        if kind != "titles":
            return self._index.get((kind, predicate), ())
        found = (self._index.get((kind, words)) for words in _title_keys(predicate))
        return next((frames for frames in found if frames), ())

    def readings(self, event: str) -> tuple[str, ...]:
        """Names of the relations that stand for an event of this class, sorted."""
        return self._readings.get(event, ())

    def measure(self, event: str) -> str | None:
        """What a count of the patient or theme of such an event measures: its own or the nearest ancestor's."""
        for name in upwards(event, self.classes):
            if self.classes[name].measure:
                return self.classes[name].measure
        return None


def _load(folder: Folder) -> Ontology:
    faults = Faults()
    sources = (TERMS, *folder.names("terms", ".ttl"))
    terms = Terms(faults)
    for name in sources:
        terms.add(str(folder.path(name)), folder.path(name).read_bytes())
    faults.raised()  # where a file cannot be read, what follows would only be found missing
    _misplaced(folder, faults)
    classes, relations = terms.classes(), terms.relations()
    roles = tuple(sorted(terms.of_type(NK + "EventRole")))
    ancestors = {name: frozenset(upwards(name, classes)) - {name} for name in classes}
    terms.check(classes, relations, roles, ancestors)
    names = _own_first(folder, folder.names(WORDINGS, ".yaml"))
    reader = Wordings(classes, relations, frozenset(roles), grammatical_roles(folder.yaml(GRAMMAR)), faults)
    frames = tuple(
        frame
        for name in names
        for frame in reader.read(name, str(folder.path(name)), folder.text(name), bundled().has(name))
    )
    duplicates(frames, folder.path, faults)
    faults.raised()
    digest = folder.digest((*sources, *names))
    return Ontology(
        classes, relations, roles, frames, sources, digest, ancestors, _by_predicate(frames), _by_event(relations)
    )


def _misplaced(folder: Folder, faults: Faults) -> None:
    """Files of a user's folder that look as if they should be read, and are not."""
    for name in folder.own():
        if name.endswith(".yml"):
            faults.add(str(folder.root / name), "is not read: let its name end in .yaml")
        elif name in ONE_FOR_ALL:
            faults.add(str(folder.root / name), "is not read: this file is the same for every ontology")
        elif bundled().has(name):
            continue
        elif name.endswith(".yaml") and not name.startswith("wordings/"):
            faults.add(str(folder.root / name), "is not read: wordings go into the folder wordings/")
        elif name.endswith(".ttl") and not name.startswith("terms/"):
            faults.add(str(folder.root / name), "is not read: terms go into the folder terms/")


def _own_first(folder: Folder, names: list[str]) -> list[str]:
    """A user's wordings before ours: of two frames that fit a clause equally the first is taken."""
    return sorted(names, key=lambda name: (not folder.path(name).is_relative_to(folder.root), name))


def _title_keys(title: str) -> Iterator[str]:
    """
    >>> list(_title_keys("deputy foreign minister"))
    ['deputy foreign minister', 'deputy *', 'foreign minister', 'foreign *', 'minister', 'minister *']
    """
    words = title.split()
    for start in range(len(words)):
        yield " ".join(words[start:])
        yield f"{words[start]} *"


def _by_predicate(frames: Iterable[Frame]) -> dict[tuple[str, str], tuple[Frame, ...]]:
    index: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in frames:
        for predicate in frame.predicates:
            index[frame.kind, predicate].append(frame)
    return {key: tuple(found) for key, found in index.items()}


def _by_event(relations: Mapping[str, Relation]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name in sorted(relations):
        if event := relations[name].event:
            index[event].append(name)
    return {event: tuple(names) for event, names in index.items()}
