"""Frames, read from YAML and held against the terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from kg.ontology.faults import Faults, either
from kg.ontology.values import KINDS, Class, Frame, Relation, upwards

_KEYS = frozenset(("event", "relation", "support", "roles", "need", "where", "heads", "unless", *KINDS))
_ENDS = frozenset(("subject", "object"))
_FILE = frozenset(("frames", "words"))  # keys of a file


def grammatical_roles(data: Mapping[str, list[str]]) -> frozenset[str]:
    """What may stand as a grammatical role, from `lexicon/grammatical_roles.yaml`."""
    return frozenset((*data["roles"], *data["prepositions"]))


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of `frames`: its value, its line, and the lines of the words in it."""

    value: Any
    line: int
    lines: Mapping[str, int]
    doubled: tuple[tuple[str, int], ...]  # keys that stand twice in one mapping, with line


@dataclass(frozen=True, slots=True)
class Wordings:
    """Reads wordings files against the terms; what is wrong goes to `faults`, with its line."""

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    roles: frozenset[str]  # of events
    grammar: frozenset[str]
    faults: Faults

    def read(self, name: str, path: str, text: str, bundled: bool) -> Iterator[Frame]:
        """The frames of the file `name`, by which results speak of it; faults speak of its path on this machine.

        Of bundled files those without `frames` (cues) give none; a user's file must have some.
        """
        try:
            keys, entries = _compose(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.faults.add(
                f"{path}:{mark.line + 1 if mark else 0}", _advised(getattr(error, "problem", None) or str(error))
            )
            return
        self._check_keys(path, keys, bundled)
        for entry in entries:
            wrong = list(self._wrong(entry))
            for line, what in wrong:
                self.faults.add(f"{path}:{line}", what)
            if not wrong:
                yield from self._frames(entry.value, f"{name}:{entry.line}")

    def _check_keys(self, path: str, keys: Mapping[str, int], bundled: bool) -> None:
        if "frames" in keys:
            for key in sorted(keys.keys() - _FILE):
                self.faults.add(f"{path}:{keys[key]}", f"unknown key {key!r}{either(key, _FILE)}")
        elif not bundled:
            self.faults.add(path, "has no list named frames: nothing in it is read")

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

    def _wrong(self, entry: Entry) -> Iterator[tuple[int, str]]:
        """Line and message of each fault."""
        value = entry.value
        if not isinstance(value, dict):
            yield entry.line, f"a frame is a mapping, not {value!r}"
            return
        yield from ((line, f"the key {key!r} stands twice; only the last would be read") for key, line in entry.doubled)
        for word, what in (*self._wrong_subject(value), *self._wrong_roles(value), *self._wrong_values(value)):
            yield entry.lines.get(str(word), entry.line), what

    def _wrong_subject(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for key in sorted(entry.keys() - _KEYS, key=str):
            yield key, f"unknown key {key!r}{either(str(key), _KEYS)}"
        event, relation = entry.get("event"), entry.get("relation")
        if (event is None) == (relation is None):
            yield "", "a frame is of one event or of one relation"
        elif event is not None and "Event" not in (name for name in upwards(str(event), self.classes)):
            yield event, f"unknown event class {event}{either(str(event), self.classes)}"
        elif relation is not None and relation not in self.relations:
            yield relation, f"unknown relation {relation}{either(str(relation), self.relations)}"
        elif relation is not None and self.relations[relation].event:
            yield relation, f"{relation} stands for an event; word {self.relations[relation].event} instead"
        if not any(_strings(entry.get(kind)) for kind in KINDS):
            yield "", "a frame without verbs, nouns, titles or links"

    def _wrong_roles(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for key in ("roles", "where", "heads", "unless"):
            if not isinstance(entry.get(key, {}), dict):
                yield key, f"{key} is a mapping"
                return
        known = _ENDS if entry.get("relation") is not None else self.roles
        given = set(entry.get("roles", {}))
        if not given:
            yield "", "a frame without roles"
        for role in sorted(given - known, key=str):
            yield role, f"unknown role {role}{either(str(role), known)}"
        for key, named in (
            *((key, set(entry.get(key, {}))) for key in ("where", "heads")),
            ("need", set(_strings(entry.get("need")))),
        ):
            for role in sorted((named - given) & known, key=str):
                yield role, f"{key} speaks of {role}, which is not among the roles"
            for role in sorted(named - given - known, key=str):
                yield role, f"{key} speaks of the unknown role {role}{either(str(role), given)}"

    def _wrong_values(self, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for role, classes in _lists_of(entry, "where"):
            unknown = [one for one in classes if one not in self.classes]
            yield from ((one, f"unknown class {one} in where of {role}{either(one, self.classes)}") for one in unknown)
        grammatical = [
            *(word for _, words in _lists_of(entry, "roles") for word in words),
            *(word for word, _ in _lists_of(entry, "unless")),
        ]
        for word in dict.fromkeys(grammatical):
            if not set(word.split("/")) <= self.grammar:
                yield word, f"unknown grammatical role {word}{either(word, self.grammar)}"
        for kind in KINDS:
            words = Counter(_strings(entry.get(kind)))
            yield from ((word, f"{word!r} stands twice under {kind}") for word, count in words.items() if count > 1)
            yield from ((word, f"{word!r} is not in lower case") for word in words if word != word.lower())


def _lists_of(entry: dict[str, Any], key: str) -> list[tuple[str, tuple[str, ...]]]:
    value = entry.get(key)
    return list(_lists(value).items()) if isinstance(value, dict) else []


def _advised(problem: str) -> str:
    """The parser's words, and what to look for where they are about white space."""
    if "expected key" in problem or "expected <block end>" in problem or "mapping values" in problem:
        return f"{problem}: look at the indentation of this line and the one before"
    return f"{problem}: indent with spaces, not tabs" if "cannot start any token" in problem else problem


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which every scalar is a string, so that `on` and `no` are prepositions; merge keys (`<<`) work."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        "<": [("tag:yaml.org,2002:merge", re.compile("^<<$"))],
    }


def _compose(text: str) -> tuple[dict[str, int], list[Entry]]:
    """Keys of the file with their lines, and the entries of `frames`, in one pass over the text."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        value = loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()
    if not isinstance(value, dict):
        return {}, []
    keys = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    if "frames" not in value:
        return keys, []
    sequence = next(below for key, below in node.value if key.value == "frames")
    if not isinstance(sequence, yaml.SequenceNode):
        raise yaml.MarkedYAMLError(problem="frames is a list", problem_mark=sequence.start_mark)
    return keys, [_entry(one, found) for one, found in zip(sequence.value, value["frames"], strict=True)]


def _entry(node: yaml.Node, value: Any) -> Entry:
    lines: dict[str, int] = {}
    doubled: list[tuple[str, int]] = []
    for one in _below(node):
        if isinstance(one, yaml.MappingNode):
            keys = Counter(key.value for key, _ in one.value if key.value != "<<")
            doubled += [(key, one.start_mark.line + 1) for key, count in keys.items() if count > 1]
        elif isinstance(one, yaml.ScalarNode):
            lines.setdefault(one.value, one.start_mark.line + 1)
    return Entry(value, node.start_mark.line + 1, lines, tuple(doubled))


def _below(node: yaml.Node) -> Iterator[yaml.Node]:
    """The node and all below it, in the order of the text."""
    yield node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(key)
            yield from _below(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _below(one)


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


def duplicates(frames: Iterable[Frame], path: Callable[[str], object], faults: Faults) -> None:
    """A wording that stands twice, in one file or in two, is a fault. `path` of a file's name is what faults call it."""
    first: dict[Any, str] = {}
    for frame in frames:
        meaning = (frame.event or frame.relation, frame.kind, frame.support, *map(_hashable, _guards(frame)))
        for predicate in frame.predicates:
            before = first.setdefault((predicate, *meaning), frame.place)
            if before != frame.place:
                here, there = (_on_disk(place, path) for place in (frame.place, before))
                faults.add(here, f"{predicate!r} says the same as at {there}")


def _on_disk(place: str, path: Callable[[str], object]) -> str:
    name, _, line = place.rpartition(":")
    return f"{path(name)}:{line}"


def _guards(frame: Frame) -> tuple[Mapping[str, Iterable[str]], ...]:
    return frame.roles, frame.where, frame.heads, frame.unless


def _hashable(mapping: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(sorted(words))) for key, words in sorted(mapping.items()))
