"""The ontology as the stages see it: classes and relations from Turtle, frames from YAML, all faults at once.

Terms are known by local name ("Person", "deployedTo"). Read are `newskg.ttl`, any `terms/*.ttl` of a user's folder,
and `wordings/*.yaml`. How they are written: docs/ontology.md.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import pyoxigraph as ox
import yaml

from kg.data import Folder

NK = "https://w3id.org/newskg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"

TERMS = "newskg.ttl"
WORDINGS = "wordings"

Kind = Literal["verbs", "nouns", "titles", "links"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_KEYS = frozenset(("event", "relation", "support", "roles", "need", "where", "heads", "unless", *KINDS))
_ENDS = frozenset(("subject", "object"))


class OntologyError(Exception):
    """All faults found in an ontology folder, each with its file and line, or its IRI."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join((f"{len(self.faults)} fault(s) in the ontology:", *self.faults)))


@dataclass(frozen=True, slots=True)
class Class:
    """A class; `measure` is what a count of an event's patient or theme measures ("killed")."""

    name: str
    parents: tuple[str, ...]
    label: str
    definition: str
    example: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that a statement may have as its predicate.

    With `event`, it is one reading of that event: from the filler of `subject_role` to that of the first of
    `object_roles` that is filled.
    """

    name: str
    label: str
    definition: str
    example: str
    triples: tuple[tuple[str, str, str], ...]  # what the example must give: head words of subject, predicate, of object
    domain: tuple[str, ...]
    range: tuple[str, ...]
    parents: tuple[str, ...] = ()
    symmetric: bool = False
    event: str | None = None
    subject_role: str | None = None
    object_roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to word an event or a static relation. Exactly one of `event` and `relation` is given."""

    event: str | None
    relation: str | None
    kind: Kind
    predicates: tuple[str, ...]
    support: tuple[str, ...]  # verbs under which alone a noun counts; empty: any, or none
    roles: Mapping[
        str, tuple[str, ...]
    ]  # ontology role -> grammatical roles by preference; an argument serves the first role that takes it
    need: frozenset[str]
    where: Mapping[str, tuple[str, ...]]  # ontology role -> classes
    heads: Mapping[str, frozenset[str]]  # ontology role -> lemmas of heads, another way to fit `where`
    unless: Mapping[str, frozenset[str]]  # grammatical role -> lemmas of heads that block the frame
    place: str  # file:line


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
        for name in _upwards(event, self.classes):
            if self.classes[name].measure:
                return self.classes[name].measure
        return None


def _load(folder: Folder) -> Ontology:
    faults: list[str] = []
    sources = (TERMS, *folder.names("terms", ".ttl"))
    terms = _Terms(faults)
    for name in sources:
        terms.add(name, folder.path(name).read_bytes())
    classes, relations = terms.classes(), terms.relations()
    roles = tuple(sorted(terms.of_type(NK + "EventRole")))
    wordings = _own_first(folder, folder.names(WORDINGS, ".yaml"))
    ancestors = {name: frozenset(_upwards(name, classes)) - {name} for name in classes}
    faults += _class_faults(classes, ancestors)
    faults += _relation_faults(classes, relations, roles, ancestors)
    reader = _Wordings(classes, relations, frozenset(roles), faults)
    frames = tuple(frame for name in wordings for frame in reader.read(name, folder.text(name)))
    faults += _duplicates(frames)
    if faults:
        raise OntologyError(faults)
    digest = folder.digest((*sources, *wordings))
    return Ontology(
        classes, relations, roles, frames, sources, digest, ancestors, _by_predicate(frames), _by_event(relations)
    )


def _own_first(folder: Folder, names: list[str]) -> list[str]:
    """A user's wordings before ours: of two frames that fit a clause equally the first is taken."""
    return sorted(names, key=lambda name: (not folder.path(name).is_relative_to(folder.root), name))


def _upwards(name: str, classes: Mapping[str, Class]) -> Iterator[str]:
    """`name` and its ancestors, nearest first; stands a cycle."""
    seen: set[str] = set()
    level = [name]
    while level:
        fresh = [one for one in dict.fromkeys(level) if one in classes and one not in seen]
        seen.update(fresh)
        yield from fresh
        level = [parent for one in fresh for parent in classes[one].parents]


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


# ---- terms (Turtle) ----


def _local(iri: str) -> str:
    """
    >>> _local("https://w3id.org/newskg/ontology#Person"), _local("https://schema.org/NewsArticle")
    ('Person', 'https://schema.org/NewsArticle')
    """
    return iri.removeprefix(NK)


class _Terms:
    """The triples of the Turtle files, by subject and property, read as classes and relations."""

    def __init__(self, faults: list[str]) -> None:
        self._facts: dict[str, dict[str, list[str]]] = {}
        self._faults = faults

    def add(self, name: str, turtle: bytes) -> None:
        try:
            for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
                values = self._facts.setdefault(_text(quad.subject), {}).setdefault(_text(quad.predicate), [])
                if _text(quad.object) not in values:
                    values.append(_text(quad.object))
        except SyntaxError as error:
            self._faults.append(f"{name}:{error.lineno or 0}: {error.msg}")

    def of_type(self, kind: str) -> Iterator[str]:
        """Local names of our own terms of that type, in order of name."""
        for iri, facts in sorted(self._facts.items()):
            if iri.startswith(NK) and kind in facts.get(RDF + "type", ()):
                yield _local(iri)

    def classes(self) -> dict[str, Class]:
        return {name: self._class(name) for name in self.of_type(OWL + "Class")}

    def relations(self) -> dict[str, Relation]:
        for iri, facts in sorted(self._facts.items()):
            if NK + "ofEvent" in facts and NK + "Relation" not in facts.get(RDF + "type", ()):
                self._fault(_local(iri), "has nk:ofEvent but is no nk:Relation: nothing would be extracted for it")
        return {name: self._relation(name) for name in self.of_type(NK + "Relation")}

    def _class(self, name: str) -> Class:
        parents = tuple(_local(one) for one in self._all(name, RDFS + "subClassOf") if one.startswith(NK))
        return Class(
            name,
            parents,
            self._need(name, RDFS + "label"),
            self._need(name, SKOS + "definition"),
            self._one(name, SKOS + "example"),
            self._one(name, NK + "measure"),
        )

    def _relation(self, name: str) -> Relation:
        if not self._all(name, NK + "exampleTriple"):
            self._fault(name, "has no nk:exampleTriple")
        return Relation(
            name,
            self._need(name, RDFS + "label"),
            self._need(name, SKOS + "definition"),
            self._need(name, SKOS + "example"),
            tuple(self._triple(name, text) for text in self._all(name, NK + "exampleTriple")),
            self._locals(name, SCHEMA + "domainIncludes", needed=True),
            self._locals(name, SCHEMA + "rangeIncludes", needed=True),
            self._locals(name, RDFS + "subPropertyOf"),
            self._one(name, NK + "symmetric") == "true",
            next(iter(self._locals(name, NK + "ofEvent")), None),
            next(iter(self._locals(name, NK + "subjectRole")), None),
            self._locals(name, NK + "objectRole"),
        )

    def _triple(self, name: str, text: str) -> tuple[str, str, str]:
        parts = [part.strip() for part in text.split("|")]
        if len(parts) != 3 or not all(parts):
            self._fault(name, f'nk:exampleTriple "{text}" is not "subject | predicate | object"')
            return ("", "", "")
        return (parts[0], parts[1], parts[2])

    def _all(self, name: str, predicate: str) -> list[str]:
        return self._facts.get(NK + name, {}).get(predicate, [])

    def _one(self, name: str, predicate: str) -> str | None:
        found = self._all(name, predicate)
        if len(found) > 1:
            self._fault(name, f"has {len(found)} values of {predicate}, one is allowed")
        return found[0] if found else None

    def _need(self, name: str, predicate: str) -> str:
        found = self._one(name, predicate)
        if not found:
            self._fault(name, f"has no {predicate}")
        return found or ""

    def _locals(self, name: str, predicate: str, needed: bool = False) -> tuple[str, ...]:
        found = tuple(_local(one) for one in self._all(name, predicate))
        if needed and not found:
            self._fault(name, f"has no {predicate}")
        return found

    def _fault(self, name: str, what: str) -> None:
        self._faults.append(f"<{NK}{name}> {what}")


def _text(term: Any) -> str:
    return str(getattr(term, "value", term))


def _class_faults(classes: Mapping[str, Class], ancestors: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for name, one in classes.items():
        for parent in one.parents:
            if parent not in classes:
                yield f"<{NK}{name}> is below the unknown class {parent}"
            elif name == parent or name in ancestors[parent]:
                yield f"<{NK}{name}> is below itself (by {parent})"


def _relation_faults(
    classes: Mapping[str, Class],
    relations: Mapping[str, Relation],
    roles: tuple[str, ...],
    ancestors: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    for name, one in relations.items():
        iri = f"<{NK}{name}>"
        yield from (
            f"{iri} has the unknown class {end} in its domain or range"
            for end in (*one.domain, *one.range)
            if end not in classes and not end.startswith("http")
        )
        yield from (f"{iri} is below the unknown relation {up}" for up in one.parents if up not in relations)
        yield from (
            f"{iri}: its example gives the unknown relation {p}" for _, p, _ in one.triples if p and p not in relations
        )
        if one.event is None:
            continue
        if "Event" not in ancestors.get(one.event, ()):
            yield f"{iri} is of event {one.event}, which is no class below nk:Event"
        if one.subject_role is None or not one.object_roles:
            yield f"{iri} has an event but no nk:subjectRole and nk:objectRole"
        used = (one.subject_role, *one.object_roles)
        yield from (f"{iri} has the unknown role {role}" for role in used if role and role not in roles)


# ---- wordings (YAML) ----


class _Wordings:
    """Reads wordings files against the terms; what is wrong goes to `faults`, with its line."""

    def __init__(
        self,
        classes: Mapping[str, Class],
        relations: Mapping[str, Relation],
        roles: frozenset[str],
        faults: list[str],
    ) -> None:
        self._classes, self._relations, self._roles, self._faults = classes, relations, roles, faults

    def read(self, name: str, text: str) -> Iterator[Frame]:
        """The frames of one file. A file without `frames` (cues, lexicons) gives none."""
        try:
            lines, entries = _compose(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self._faults.append(f"{name}:{mark.line + 1 if mark else 0}: {getattr(error, 'problem', error)}")
            return
        for line, entry in zip(lines, entries, strict=True):
            place = f"{name}:{line}"
            if not isinstance(entry, dict):
                self._faults.append(f"{place}: a frame is a mapping, not {entry!r}")
            elif not (wrong := list(self._wrong(entry, place))):
                yield from self._frames(entry, place)
            else:
                self._faults += wrong

    def _frames(self, entry: dict[str, Any], place: str) -> Iterator[Frame]:
        heads, unless = _lists(entry.get("heads")), _lists(entry.get("unless"))
        for kind in KINDS:
            if kind in entry:
                yield Frame(
                    entry.get("event"),
                    entry.get("relation"),
                    kind,
                    _strings(entry[kind]),
                    _strings(entry.get("support")) if kind == "nouns" else (),
                    _lists(entry.get("roles")),
                    frozenset(_strings(entry.get("need"))),
                    _lists(entry.get("where")),
                    {role: frozenset(lemmas) for role, lemmas in heads.items()},
                    {role: frozenset(lemmas) for role, lemmas in unless.items()},
                    place,
                )

    def _wrong(self, entry: dict[str, Any], place: str) -> Iterator[str]:
        for key in sorted(entry.keys() - _KEYS, key=str):
            yield f"{place}: unknown key {key!r}"
        event, relation = entry.get("event"), entry.get("relation")
        if (event is None) == (relation is None):
            yield f"{place}: a frame is of one event or of one relation"
        elif event is not None and "Event" not in (name for name in _upwards(str(event), self._classes)):
            yield f"{place}: unknown event class {event}"
        elif relation is not None and relation not in self._relations:
            yield f"{place}: unknown relation {relation}"
        elif relation is not None and self._relations[relation].event:
            yield f"{place}: {relation} stands for an event; word {self._relations[relation].event} instead"
        if not any(_strings(entry.get(kind)) for kind in KINDS):
            yield f"{place}: a frame without verbs, nouns, titles or links"
        known = _ENDS if relation is not None else self._roles
        yield from self._wrong_roles(entry, place, known)
        yield from self._wrong_values(entry, place)

    def _wrong_roles(self, entry: dict[str, Any], place: str, known: frozenset[str]) -> Iterator[str]:
        for key in ("roles", "where", "heads"):
            if not isinstance(entry.get(key, {}), dict):
                yield f"{place}: {key} is a mapping"
                return
        given = set(entry.get("roles", {}))
        if not given:
            yield f"{place}: a frame without roles"
        yield from (f"{place}: unknown role {role}" for role in sorted(given - known, key=str))
        for key in ("where", "heads"):
            idle = set(entry.get(key, {})) - given
            yield from (
                f"{place}: {key} speaks of {role}, which is not among the roles" for role in sorted(idle, key=str)
            )
        idle = set(_strings(entry.get("need"))) - given
        yield from (f"{place}: need speaks of {role}, which is not among the roles" for role in sorted(idle))

    def _wrong_values(self, entry: dict[str, Any], place: str) -> Iterator[str]:
        where = entry.get("where", {})
        for role, classes in where.items() if isinstance(where, dict) else ():
            unknown = [one for one in _strings(classes) if one not in self._classes]
            yield from (f"{place}: unknown class {one} in where of {role}" for one in unknown)
        for kind in KINDS:
            words = Counter(_strings(entry.get(kind)))
            yield from (f"{place}: {word!r} stands twice under {kind}" for word, count in words.items() if count > 1)
            yield from (f"{place}: {word!r} is not in lower case" for word in words if word != word.lower())


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which every scalar is a string, so that `on` and `no` are prepositions; merge keys (`<<`) work."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        "<": [("tag:yaml.org,2002:merge", re.compile("^<<$"))],
    }


def _compose(text: str) -> tuple[list[int], list[Any]]:
    """Line and value of each entry of `frames`, in one pass over the text."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        value = loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()
    if not isinstance(value, dict) or "frames" not in value:
        return [], []
    sequence = next(below for key, below in node.value if key.value == "frames")
    if not isinstance(sequence, yaml.SequenceNode):
        raise yaml.MarkedYAMLError(problem="frames is a list", problem_mark=sequence.start_mark)
    return [one.start_mark.line + 1 for one in sequence.value], value["frames"]


def _strings(value: Any) -> tuple[str, ...]:
    """The words of a list, lists within it flattened (an alias `*fighters` adds its words); one word is a list of one.

    >>> _strings(["rebel", ["soldier", "troop"]]), _strings("rebel"), _strings(None)
    (('rebel', 'soldier', 'troop'), ('rebel',), ())
    """
    if not value:
        return ()
    if isinstance(value, list):
        return tuple(word for one in value for word in _strings(one))
    return (str(value),)


def _lists(value: Any) -> dict[str, tuple[str, ...]]:
    return {str(key): _strings(words) for key, words in (value or {}).items()}


def _duplicates(frames: Iterable[Frame]) -> Iterator[str]:
    first: dict[Any, str] = {}
    for frame in frames:
        meaning = (frame.event or frame.relation, frame.kind, frame.support, *map(_hashable, _guards(frame)))
        for predicate in frame.predicates:
            before = first.setdefault((predicate, *meaning), frame.place)
            if before != frame.place:
                yield f"{frame.place}: {predicate!r} says the same as at {before}"


def _guards(frame: Frame) -> tuple[Mapping[str, Iterable[str]], ...]:
    return frame.roles, frame.where, frame.heads, frame.unless


def _hashable(mapping: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(sorted(words))) for key, words in sorted(mapping.items()))
