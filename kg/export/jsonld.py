"""JSON-LD: one node a line, terms shortened by an inline context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.export.files import Built, dump, parts, write
from kg.export.terms import Short
from kg.iri import PREFIXES

_TYPE = f"<{PREFIXES['rdf']}type>"


def jsonld(built: Built, out: Path) -> None:
    write(out / "graph.jsonld", document(built.lines, built.base))


def document(lines: Iterable[str], base: str) -> Iterator[str]:
    """A document of sorted N-Triples lines."""
    short = Short(base)
    yield f'{{"@context": {dump({"@base": base, **PREFIXES})},\n"@graph": ['
    between = "\n"
    for subject, triples in groupby(map(parts, lines), key=lambda one: one[0]):
        yield between + dump(_node(subject, triples, short))
        between = ",\n"
    yield "\n]}\n"


def _node(subject: str, triples: Iterable[tuple[str, str, str]], short: Short) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": short.node(subject)}
    for predicate, group in groupby(triples, key=lambda one: one[1]):
        objects = [one[2] for one in group]
        if predicate == _TYPE:
            node["@type"] = [short.node(one) for one in objects]
        else:
            values = [short.value(one) for one in objects]
            node[short.node(predicate)] = values[0] if len(values) == 1 else values
    return node
