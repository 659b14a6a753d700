"""The ontology for people: its terms as a list, a page and a JSON-LD context, all made of the Turtle files.

`kg ontology` prints them; `docs/reference.md` and `ontology/context.jsonld` are its output, and a test holds them against it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Literal, get_args

import pyoxigraph as ox

from kg.data import Folder, bundled
from kg.prefixes import NK, PREFIXES

Kind = Literal["relation", "event", "class", "role", "property"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_TITLES: dict[Kind, str] = {
    "relation": "Relations: what a statement may say",
    "event": "Events: what relations stand for",
    "class": "Classes of things, and of what is said of them",
    "role": "Roles: how an event's participants take part",
    "property": "Properties of texts, statements, figures, times and of the ontology itself",
}
_RDF, _RDFS, _OWL, _SKOS = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "skos"))
_SCHEMA, _XSD = PREFIXES["schema"], PREFIXES["xsd"]
_ONTOLOGY = NK.rstrip("#")

Facts = Mapping[str, Sequence[str]]  # of one subject: predicate -> values, in the order of the files


@dataclass(frozen=True, slots=True)
class Term:
    """One term. Names of our own terms stand without prefix, others with theirs."""

    name: str
    kind: Kind
    label: str
    definition: str
    example: str
    triples: tuple[str, ...]  # what the example must give: "subject | predicate | object"
    parents: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool
    event: str  # "" where it stands for none
    roles: tuple[str, ...]  # of the event, that of the subject first
    close: tuple[str, ...]  # skos:closeMatch
    inverse: tuple[str, ...]  # skos:relatedMatch: theirs leads from our object to our subject

    @property
    def iri(self) -> str:
        return NK + self.name


@cache
def terms(folder: Folder | None = None) -> tuple[Term, ...]:
    """Every term of an ontology folder in the order of its files, the bundled ones first."""
    facts = _facts(folder or bundled())
    events = {iri for iri in facts if _below(iri, NK + "Event", facts)}
    own = [iri for iri in facts if iri.startswith(NK) and _RDF + "type" in facts[iri]]
    return tuple(_term(iri, facts[iri], events) for iri in own)


def metadata(folder: Folder | None = None) -> Facts:
    """What the ontology says of itself."""
    return _facts(folder or bundled())[_ONTOLOGY]


def _facts(folder: Folder) -> dict[str, dict[str, list[str]]]:
    facts: dict[str, dict[str, list[str]]] = {}
    for name in ("newskg.ttl", *folder.names("terms", ".ttl"), "alignments.ttl"):
        for quad in ox.parse(folder.path(name).read_bytes(), format=ox.RdfFormat.TURTLE):
            values = facts.setdefault(_value(quad.subject), {}).setdefault(quad.predicate.value, [])
            values.append(_value(quad.object))
    return facts


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _below(iri: str, ancestor: str, facts: Mapping[str, Facts]) -> bool:
    """Stands no cycle: ontologies are checked for them when they are loaded (kg.ontology)."""
    return iri == ancestor or any(
        _below(up, ancestor, facts) for up in facts.get(iri, {}).get(_RDFS + "subClassOf", ())
    )


def _term(iri: str, facts: Facts, events: set[str]) -> Term:
    def names(predicate: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(short(one) for one in facts.get(predicate, ())))

    def one(predicate: str) -> str:
        return next(iter(facts.get(predicate, ())), "")

    return Term(
        short(iri),
        _kind(iri, facts[_RDF + "type"], events),
        one(_RDFS + "label"),
        one(_SKOS + "definition"),
        one(_SKOS + "example"),
        tuple(facts.get(NK + "exampleTriple", ())),
        names(_RDFS + "subClassOf") + names(_RDFS + "subPropertyOf"),
        names(_SCHEMA + "domainIncludes"),
        names(_SCHEMA + "rangeIncludes"),
        one(NK + "symmetric") == "true",
        short(one(NK + "ofEvent")),
        names(NK + "subjectRole") + names(NK + "objectRole"),
        names(_SKOS + "closeMatch"),
        names(_SKOS + "relatedMatch"),
    )


def _kind(iri: str, types: Sequence[str], events: set[str]) -> Kind:
    if NK + "Relation" in types:
        return "relation"
    if NK + "EventRole" in types:
        return "role"
    if _OWL + "Class" in types:
        return "event" if iri in events else "class"
    return "property"


_OTHERS = {
    "oa": "http://www.w3.org/ns/oa#",
    "plover": "https://github.com/openeventdata/PLOVER#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}


def short(iri: str) -> str:
    """
    >>> short(NK + "met"), short("https://schema.org/Person"), short("http://www.wikidata.org/entity/Q5")
    ('met', 'schema:Person', 'wd:Q5')
    """
    if iri.startswith(NK):
        return iri.removeprefix(NK)
    known = {**PREFIXES, **_OTHERS}
    return next((f"{name}:{iri.removeprefix(space)}" for name, space in known.items() if iri.startswith(space)), iri)


# ---- as lists ----


def listing(form: str, kinds: Iterable[str] = ("relation",), folder: Folder | None = None) -> str:
    """The terms of these kinds as table, csv, json, md (the reference page) or jsonld (the context, always of all terms)."""
    chosen = [one for one in terms(folder) if one.kind in set(kinds)]
    return FORMS[form](chosen, folder)


def _table(chosen: Sequence[Term], folder: Folder | None) -> str:
    width = max((len(one.name) for one in chosen), default=0)
    lines = (f"{one.name:{width}}  {_ends(one):32}  {one.definition}".rstrip() for one in chosen)
    return "".join(f"{line}\n" for line in lines)


def _ends(term: Term) -> str:
    if term.kind in ("class", "event"):
        return f"⊑ {', '.join(term.parents)}" if term.parents else ""
    return f"{'|'.join(term.domain)} → {'|'.join(term.range)}" if term.range else "|".join(term.domain)


def _rows(chosen: Sequence[Term]) -> list[dict[str, Any]]:
    return [{"iri": one.iri, **asdict(one)} for one in chosen]


def _json(chosen: Sequence[Term], folder: Folder | None) -> str:
    return json.dumps(_rows(chosen), ensure_ascii=False, indent=1) + "\n"


def _csv(chosen: Sequence[Term], folder: Folder | None) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("iri", *Term.__slots__))
    for row in _rows(chosen):
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(value) if isinstance(value, tuple) else str(value)


# ---- as a page ----


def _markdown(chosen: Sequence[Term], folder: Folder | None) -> str:
    about = metadata(folder)
    own = {one.name for one in terms(folder)}
    parts = [*_head(about, chosen)]
    for kind in KINDS:
        of_kind = [one for one in chosen if one.kind == kind]
        if of_kind:
            parts.append(f"## {_TITLES[kind]}\n")
            parts += [_entry(one, own) for one in of_kind]
    return "\n".join(parts)


def _head(about: Facts, chosen: Sequence[Term]) -> Iterator[str]:
    terms_ = "http://purl.org/dc/terms/"
    yield f"# {about[terms_ + 'title'][0]}\n"
    yield f"{about[terms_ + 'description'][0]}\n"
    yield f"Version {about[_OWL + 'versionInfo'][0]} (`{about[_OWL + 'versionIRI'][0]}`), licence <{about[terms_ + 'license'][0]}>, "
    yield f"namespace `{NK}`, prefix `nk:`. {len(chosen)} terms. How to add one: [ontology.md](ontology.md).\n"
    yield "This page is made by `kg ontology --kind all --format md`; a test holds it against the ontology's files.\n"


def _entry(term: Term, own: set[str]) -> str:
    def listed(names: Iterable[str]) -> str:
        return ", ".join(f"[{name}](#nk-{name})" if name in own else f"`{name}`" for name in names)

    lines = [f'### <a id="nk-{term.name}"></a>{term.name}\n', f"**{term.label}**: {term.definition}\n"]
    lines.append(f"Example: {term.example}{''.join(f' → `{one}`' for one in term.triples)}\n")
    lines += [f"- {name} {value}" for name, value in _details(term, listed)]
    return "\n".join(lines) + "\n"


def _details(term: Term, listed: Callable[[Iterable[str]], str]) -> Iterator[tuple[str, str]]:
    if term.parents:
        yield "below", listed(term.parents)
    if term.domain or term.range:
        ends = [("from", term.domain), ("to", term.range)]
        yield "leads", " ".join(f"{word} {listed(names)}" for word, names in ends if names)
    if term.symmetric:
        yield "is", "symmetric"
    if term.event:
        yield "stands for", f"{listed([term.event])} ({listed(term.roles[:1])} → {listed(term.roles[1:])})"
    if term.close:
        yield "close to", listed(term.close)
    if term.inverse:
        yield "the other way round", listed(term.inverse)


# ---- as a JSON-LD context ----


def context(folder: Folder | None = None) -> dict[str, Any]:
    """Prefixes, and each property by its plain name with the type of its values where they are all of one."""
    found: dict[str, Any] = {"@version": 1.1, **PREFIXES}
    for one in terms(folder):
        coerced = None if one.kind in ("class", "event") else _coerced(one)
        found[one.name] = {"@id": f"nk:{one.name}", "@type": coerced} if coerced else f"nk:{one.name}"
    return found


def _coerced(term: Term) -> str | None:
    literal = [name for name in term.range if name.startswith("xsd:") or name == "rdfs:Literal"]
    if not literal:
        return "@id" if term.range or term.kind == "role" else None
    kinds = set(term.range)
    return kinds.pop() if len(kinds) == 1 and kinds <= {"xsd:date", "xsd:dateTime", "xsd:decimal"} else None


def _context(chosen: Sequence[Term], folder: Folder | None) -> str:
    lines = (f" {json.dumps(name)}: {json.dumps(value)}" for name, value in context(folder).items())
    return '{"@context": {\n' + ",\n".join(lines) + "\n}}\n"


FORMS: dict[str, Callable[[Sequence[Term], Folder | None], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "md": _markdown,
    "jsonld": _context,
}
