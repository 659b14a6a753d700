"""N-Triples, Turtle, TriG and Turtle 1.2, sorted and readable, at a speed that rdflib's serializers do not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kg.export.files import Built, copy, parts, write
from kg.export.terms import Short
from kg.iri import PREFIXES

_RDF = PREFIXES["rdf"]
_TYPE, _LABEL = f"<{_RDF}type>", f"<{PREFIXES['rdfs']}label>"
_REIFIED = tuple(f"<{_RDF}{name}>" for name in ("subject", "predicate", "object"))


def ntriples(built: Built, out: Path) -> None:
    copy(built.lines.path, out / "graph.nt")


def turtle(built: Built, out: Path) -> None:
    write(out / "graph.ttl", (*_header(built.base), *_subjects(built.lines, Short(built.base))))


def trig(built: Built, out: Path) -> None:
    """A graph for each article; what lies across articles in the default graph."""
    write(out / "graph.trig", _trig(built))


def turtle12(built: Built, out: Path) -> None:
    """RDF 1.2: a statement is a reifier (`rdf:reifies`) of the triple it states, be that asserted or not."""
    short = Short(built.base)
    write(out / "graph.ttl12", (*_header(built.base), *_reifiers(built.lines, short)))


def _header(base: str) -> Iterator[str]:
    yield f"@base <{base}> .\n"
    yield from (f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items())
    yield "\n"


def _trig(built: Built) -> Iterator[str]:
    short = Short(built.base)
    yield from _header(built.base)
    for name, lines in built.lines.graphs():
        if not name:
            yield from _subjects(lines, short)
            continue
        yield f"{short.iri(f'<{name}>')} {{\n"
        yield from _subjects(lines, short)
        yield "}\n\n"


def _subjects(lines: Iterable[str], short: Short) -> Iterator[str]:
    for subject, triples in groupby(map(parts, lines), key=lambda one: one[0]):
        yield _block(short.iri(subject), _predicates(triples, short))


def _block(subject: str, predicates: Iterable[str]) -> str:
    return f"{subject} " + " ;\n    ".join(predicates) + " .\n\n"


def _predicates(triples: Iterable[tuple[str, str, str]], short: Short) -> Iterator[str]:
    """`a …`, then the label, then the others."""
    objects: dict[str, list[str]] = {_TYPE: [], _LABEL: []}
    for _, predicate, object_ in triples:
        objects.setdefault(predicate, []).append(short.term(object_))
    for predicate, found in objects.items():
        if found:
            yield f"{'a' if predicate == _TYPE else short.iri(predicate)} {', '.join(found)}"


def _reifiers(lines: Iterable[str], short: Short) -> Iterator[str]:
    for subject, group in groupby(map(parts, lines), key=lambda one: one[0]):
        triples = list(group)
        stated = {predicate: object_ for _, predicate, object_ in triples if predicate in _REIFIED}
        rest = [one for one in triples if one[1] not in _REIFIED] if len(stated) == 3 else triples
        predicates = list(_predicates(rest, short))
        if len(stated) == 3:
            said = " ".join(short.term(stated[name]) for name in _REIFIED)
            predicates.insert(1, f"rdf:reifies <<( {said} )>>")
        yield _block(short.iri(subject), predicates)
