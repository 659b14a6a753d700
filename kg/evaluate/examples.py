"""Each relation's own example sentence must give the triple that the ontology says it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.data import bundled
from kg.model import ArticleGraph, EventRef, Literal_, Ref
from kg.ontology import Ontology, Relation
from kg.pipeline import Options, Worker, extract_text

Triple = tuple[str, str, str]
PUBLISHED = "2024-06-10"
NOT_BY_WORDINGS = frozenset({"relatedTo"})  # open relations: off unless asked for


@dataclass(frozen=True, slots=True)
class Tried:
    """An example as it was read. Ends of what was found are words in the sentence and, on a second line, the entity's label."""

    relation: Relation
    found: tuple[Triple, ...]

    @property
    def missing(self) -> list[Triple]:
        return [wanted for wanted in self.relation.triples if not any(_gives(one, wanted) for one in self.found)]


def tried(ontology: Path | None = None) -> Iterator[Tried]:
    """The relations of a user's folder that the bundled ontology has not or has otherwise; without a folder the bundled ones."""
    worker = Worker(Options(ontology=ontology))
    known = Ontology.load(bundled()).relations if ontology else {}
    for name, relation in sorted(worker.ontology.relations.items()):
        if known.get(name) != relation and name not in NOT_BY_WORDINGS:
            yield Tried(relation, tuple(_said(extract_text(relation.example, PUBLISHED, worker))))


def report(ones: list[Tried]) -> str:
    """A line for each relation; under one that fails what was wanted and what was found instead."""
    lines = [f"{sum(not one.missing for one in ones)} of {len(ones)} examples give their triples"]
    for one in ones:
        lines.append(f"{'missing' if one.missing else 'found'}  {one.relation.name}: {one.relation.example}")
        lines += [f"    wanted  {' | '.join(triple)}" for triple in one.missing]
        lines += [f"    found   {' | '.join(end.split(chr(10))[0] for end in t)}" for t in one.found if one.missing]
        lines += ["    found   nothing"] if one.missing and not one.found else []
    return "\n".join(lines) + "\n"


def _said(graph: ArticleGraph) -> Iterator[Triple]:
    return ((_words(graph, s.subject), s.predicate, _words(graph, s.object)) for s in graph.statements)


def _words(graph: ArticleGraph, end: Ref | EventRef | Literal_) -> str:
    """All that an end of a statement is called: its words here and its entity's label."""
    here = end.span.of(graph.annotated.article.text)
    return f"{here}\n{graph.entities[end.entity].label}" if isinstance(end, Ref) else here


def _gives(found: Triple, wanted: Triple) -> bool:
    return found[1] == wanted[1] and wanted[0] in found[0] and wanted[2] in found[2]
