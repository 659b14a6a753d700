"""`kg check`: is a graph, ours or another's, as it must be?

Three tests: the SHACL shapes in `ontology/shapes.ttl`; a shape for each relation, made of its domain and range; and laws between the
layers, which are queries (`ontology/laws/`) whose every row is a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg.data import Folder, bundled
from kg.prefixes import NK, PREFIXES
from kg.query import NamedQuery
from kg.rdf import ontology_triples
from kg.store import open_store

_INCLUDES = PREFIXES["schema"] + "domainIncludes", PREFIXES["schema"] + "rangeIncludes"


class NoGraph(Exception):
    """There is no graph to check at that path."""

    friendly = True


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is not as it must be: where, in which shape or law, and what should be."""

    focus: str
    test: str
    message: str
    path: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    faults: tuple[Fault, ...]
    triples: int

    @property
    def conforms(self) -> bool:
        return not self.faults

    def text(self, examples: int = 3) -> str:
        """Faults by test and message, each with some examples."""
        if self.conforms:
            return f"{self.triples} triples, no fault\n"
        lines = [f"{self.triples} triples, {len(self.faults)} faults"]
        for (test, message), count in Counter((one.test, one.message) for one in self.faults).most_common():
            lines.append(f"\n{test}: {message} ({count})")
            shown = [one for one in self.faults if (one.test, one.message) == (test, message)][:examples]
            lines += [f"  {' '.join(filter(None, (one.focus, one.path, one.value)))}" for one in shown]
        return "\n".join(lines) + "\n"


def check(path: str | Path, folder: Folder | None = None) -> Report:
    """Check a build's folder or an RDF file of any format. Raises NoGraph, SyntaxError for a file that cannot be parsed."""
    return check_store(_load(Path(path)), folder or bundled())


def check_store(store: ox.Store, folder: Folder) -> Report:
    """Check what is in the default graph, or in all graphs together if that is empty."""
    data = _united(store)
    count = len(data)
    data.extend(ox.Quad(one.subject, one.predicate, one.object) for one in ontology_triples(folder))
    faults = {*_shacl(data, folder), *_laws(data, folder)}
    return Report(tuple(sorted(faults)), count)


def _load(path: Path) -> ox.Store:
    if path.is_dir() and (path / "store" / "current").exists():
        return open_store(path)
    if path.is_dir():
        path = path / "graph.nt"
    if not path.is_file():
        raise NoGraph(f"no graph at {path}: give a build's folder, or a file in an RDF format")
    kind = ox.RdfFormat.from_extension(path.suffix[1:])
    if kind is None:
        raise NoGraph(f"unknown RDF format {path.suffix}: {path}")
    store = ox.Store()
    store.bulk_load(path=str(path), format=kind)
    return store


def _united(store: ox.Store) -> ox.Store:
    united = ox.Store()
    found: Iterable[ox.Quad] = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    whole = {quad.triple for quad in found} or {quad.triple for quad in store}
    united.extend(ox.Quad(one.subject, one.predicate, one.object) for one in whole)
    return united


# ---- SHACL -----------------------------------------------------------------------------------------------------------


def _shacl(data: ox.Store, folder: Folder) -> Iterator[Fault]:
    from pyshacl import validate

    shapes = Graph().parse(data=folder.text("shapes.ttl"), format="turtle")
    for triple in relation_shapes(ontology_triples(folder)):
        shapes.add(triple)
    _, results, _ = validate(_memory(data), shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(results, Graph)
    for result in results.subjects(RDF.type, SH.ValidationResult):
        yield _fault(results, shapes, result)


def _memory(store: ox.Store) -> Graph:
    """pySHACL asks the graph triple by triple: rdflib's own memory is faster for that. Strings lose the type oxrdflib gives them."""
    graph = Graph()
    for subject, predicate, object_ in Graph(OxigraphStore(store=store), DATASET_DEFAULT_GRAPH_ID):
        plain = isinstance(object_, Literal) and object_.datatype == XSD.string
        graph.add((subject, predicate, Literal(str(object_)) if plain else object_))
    return graph


def _fault(results: Graph, shapes: Graph, result: Node) -> Fault:
    shape = results.value(result, SH.sourceShape)
    owner = shape if isinstance(shape, URIRef) else shapes.value(None, SH.property, shape)
    message = results.value(result, SH.resultMessage)
    path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
    return Fault(
        focus=str(results.value(result, SH.focusNode)),
        test=_local(str(owner or "shape")),
        message=str(message or "").strip().splitlines()[0] if message else "",
        path=_local(str(path or "")),
        value=str(value if value is not None else "")[:120],
    )


def _local(iri: str) -> str:
    return iri.rpartition("#")[2] or iri


def relation_shapes(triples: Iterable[ox.Triple]) -> Iterator[tuple[Node, Node, Node]]:
    """For each relation two shapes: its subjects are of its domain, its objects of its range."""
    ends: dict[tuple[str, str], list[str]] = {}
    relations = set()
    for one in triples:
        subject, object_ = getattr(one.subject, "value", ""), getattr(one.object, "value", "")
        if one.predicate.value in _INCLUDES:
            ends.setdefault((subject, one.predicate.value), []).append(object_)
        elif one.predicate.value == PREFIXES["rdf"] + "type" and object_ == NK + "Relation":
            relations.add(subject)
    for (relation, end), classes in sorted(ends.items()):
        if relation in relations:
            target = SH.targetSubjectsOf if end == _INCLUDES[0] else SH.targetObjectsOf
            unasserted = [NK + "UnassertedEvent"] if NK + "Event" in classes else []
            yield from _end_shape(relation, target, [*classes, *unasserted])


def _end_shape(relation: str, target: URIRef, classes: Sequence[str]) -> Iterator[tuple[Node, Node, Node]]:
    side = "domain" if target == SH.targetSubjectsOf else "range"
    shape = URIRef(f"https://w3id.org/newskg/shapes#{relation.removeprefix(NK)}-{side}")
    yield shape, RDF.type, SH.NodeShape
    yield shape, target, URIRef(relation)
    options = []
    for name in sorted(classes):
        option = BNode()
        options.append(option)
        yield option, SH.datatype if name.startswith(str(XSD)) else SH["class"], URIRef(name)
    head = BNode()
    listed = Graph()
    Collection(listed, head, list(options))
    yield from listed
    yield shape, SH["or"], head


# ---- laws ------------------------------------------------------------------------------------------------------------


def laws(folder: Folder) -> list[NamedQuery]:
    return [NamedQuery.parse(Path(name).stem, folder.text(name)) for name in folder.names("laws", ".rq")]


def _laws(store: ox.Store, folder: Folder) -> Iterator[Fault]:
    for law in laws(folder):
        rows = store.query(law.text, prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            cells = [str(getattr(cell, "value", "")) for cell in row]
            yield Fault(cells[0], law.name, law.title, value=" ".join(cells[1:]))
