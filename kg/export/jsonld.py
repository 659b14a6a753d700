"""JSON-LD: one node a line, terms by the names of the ontology's context, which stands in the file: reading it needs no network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.data import bundled
from kg.export.files import Built, parts, write
from kg.export.kept import dump
from kg.export.terms import Short
from kg.iri import PREFIXES

CONTEXT = "context.jsonld"  # in the ontology's folder
_NK = PREFIXES["nk"]
_TYPE = f"<{PREFIXES['rdf']}type>"


def jsonld(built: Built, out: Path) -> None:
    write(out / "graph.jsonld", document(built.lines, built.base))


def document(lines: Iterable[str], base: str) -> Iterator[str]:
    """A document of sorted N-Triples lines."""
    context = json.loads(bundled().text(CONTEXT))["@context"]
    writer = _Writer(Short(base), context)
    yield f'{{"@context": {dump({"@base": base, **context})},\n"@graph": ['
    between = "\n"
    for subject, triples in groupby(map(parts, lines), key=lambda one: one[0]):
        yield between + dump(writer.node(subject, triples))
        between = ",\n"
    yield "\n]}\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    short: Short
    context: Mapping[str, Any]

    def node(self, subject: str, triples: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self.short.node(subject)}
        for predicate, group in groupby(triples, key=lambda one: one[1]):
            objects = [one[2] for one in group]
            if predicate == _TYPE:
                node["@type"] = [self.name(one) for one in objects]
            else:
                values = [self.value(predicate, one) for one in objects]
                node[self.name(predicate)] = values[0] if len(values) == 1 else values
        return node

    def name(self, iri: str) -> str:
        """A class or property: by its plain name if the context has it (a user's own term has a prefix)."""
        plain = iri[1:-1].removeprefix(_NK)
        return plain if plain != iri[1:-1] and plain in self.context else self.short.node(iri)

    def value(self, predicate: str, text: str) -> Any:
        """Bare where the context says of which type it is; else with its type, which outdoes the context's."""
        said = self.context.get(self.name(predicate))
        coerced = said.get("@type") if isinstance(said, Mapping) else None
        full = self.short.value(text)
        if coerced is None:
            return full
        if text.startswith("<"):
            return full["@id"] if coerced == "@id" else full
        if isinstance(full, dict) and full.get("@type") == coerced:
            return full["@value"]
        return full if isinstance(full, dict) else {"@value": full}
