"""Classes and relations, read from Turtle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.ontology.faults import Faults, either
from kg.ontology.values import OWL, RDF, RDFS, SCHEMA, SKOS, Class, Relation
from kg.prefixes import NK, PREFIXES


def _local(iri: str) -> str:
    """
    >>> _local("https://w3id.org/newskg/ontology#Person"), _local("https://schema.org/NewsArticle")
    ('Person', 'https://schema.org/NewsArticle')
    """
    return iri.removeprefix(NK)


_SUBJECT = re.compile(r"^(?:[\w-]*:|<\S*[#/])([\w-]+)>?\s")  # of a statement that begins a line


class Terms:
    """The triples of the Turtle files, by subject and property, read as classes and relations."""

    def __init__(self, faults: Faults) -> None:
        self._facts: dict[str, dict[str, list[str]]] = {}
        self._places: dict[str, str] = {}  # local name -> file:line
        self._faults = faults

    def add(self, name: str, turtle: bytes) -> None:
        for number, line in enumerate(turtle.decode("utf-8", "replace").splitlines(), 1):
            if found := _SUBJECT.match(line):
                self._places.setdefault(found[1], f"{name}:{number}")
        try:
            for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
                self._add(_text(quad.subject), _text(quad.predicate), _text(quad.object), name)
        except SyntaxError as error:
            self._faults.add(f"{name}:{error.lineno or 0}", error.msg)

    def _add(self, subject: str, predicate: str, value: str, file: str) -> None:
        values = self._facts.setdefault(subject, {}).setdefault(predicate, [])
        self._places.setdefault(_local(subject), file)
        if value not in values:
            values.append(value)

    def of_type(self, kind: str) -> Iterator[str]:
        """Local names of our own terms of that type, in order of name."""
        for iri, facts in sorted(self._facts.items()):
            if iri.startswith(NK) and kind in facts.get(RDF + "type", ()):
                yield _local(iri)

    def classes(self) -> dict[str, Class]:
        return {name: self._class(name) for name in self.of_type(OWL + "Class")}

    def relations(self) -> dict[str, Relation]:
        for iri, facts in sorted(self._facts.items()):
            types = facts.get(RDF + "type", ())
            if NK + "ofEvent" in facts and NK + "Relation" not in types:
                self._fault(_local(iri), "has nk:ofEvent but is no nk:Relation: nothing would be extracted for it")
            if not iri.startswith(NK) and (NK + "Relation" in types or _is_ours(facts)):
                self._fault(iri, f"is not read: terms must be in the namespace {NK}")
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
            self._fault(name, f"has {len(found)} values of {_short(predicate)}, one is allowed")
        return found[0] if found else None

    def _need(self, name: str, predicate: str) -> str:
        found = self._one(name, predicate)
        if not found:
            self._fault(name, f"has no {_short(predicate)}")
        return found or ""

    def _locals(self, name: str, predicate: str, needed: bool = False) -> tuple[str, ...]:
        found = tuple(_local(one) for one in self._all(name, predicate))
        if needed and not found:
            self._fault(name, f"has no {_short(predicate)}")
        return found

    def _fault(self, name: str, what: str) -> None:
        place = self._places.get(name.rpartition("/")[2].rpartition("#")[2]) or self._places.get(name, "")
        self._faults.add(place, f"{name} {what}" if ":" in name else f"nk:{name} {what}")

    def check(
        self,
        classes: Mapping[str, Class],
        relations: Mapping[str, Relation],
        roles: tuple[str, ...],
        ancestors: Mapping[str, frozenset[str]],
    ) -> None:
        """Classes, relations and roles that terms name must be there."""
        for name, one in classes.items():
            for what in _class_faults(name, one, classes, ancestors):
                self._fault(name, what)
        for name, relation in relations.items():
            for what in _relation_faults(relation, classes, relations, roles, ancestors):
                self._fault(name, what)


def _is_ours(facts: Mapping[str, list[str]]) -> bool:
    return any(up.startswith(NK) for up in facts.get(RDFS + "subClassOf", ()))


def _short(iri: str) -> str:
    """
    >>> _short(SKOS + "example")
    'skos:example'
    """
    found = ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space))
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in found), iri)


def _text(term: Any) -> str:
    return str(getattr(term, "value", term))


def _class_faults(
    name: str, one: Class, classes: Mapping[str, Class], ancestors: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    for parent in one.parents:
        if parent not in classes:
            yield f"is below the unknown class {parent}{either(parent, classes)}"
        elif name == parent or name in ancestors[parent]:
            yield f"is below itself (by {parent})"


def _relation_faults(
    one: Relation,
    classes: Mapping[str, Class],
    relations: Mapping[str, Relation],
    roles: tuple[str, ...],
    ancestors: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    for end in (*one.domain, *one.range):
        if end not in classes and not end.startswith("http"):
            yield f"has the unknown class {end} in its domain or range{either(end, classes)}"
    yield from (
        f"is below the unknown relation {up}{either(up, relations)}" for up in one.parents if up not in relations
    )
    for _, given, _ in one.triples:
        if given and given not in relations:
            yield f"has an example that gives the unknown relation {given}{either(given, relations)}"
    if one.event is None:
        return
    if "Event" not in ancestors.get(one.event, ()):
        yield f"is of event {one.event}, which is no class below nk:Event{either(one.event, classes)}"
    if one.subject_role is None or not one.object_roles:
        yield "has an event but no nk:subjectRole and nk:objectRole"
    used = (one.subject_role, *one.object_roles)
    yield from (f"has the unknown role {role}{either(role, roles)}" for role in used if role and role not in roles)
