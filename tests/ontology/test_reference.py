"""The ontology as others meet it: metadata, explained terms, alignments, and the page and context that are made of it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import main
from kg.data import Folder, bundled
from kg.ontology import Ontology
from kg.prefixes import NK, PREFIXES
from kg.reference import KINDS, Term, context, listing, metadata, terms

ROOT = Path(__file__).parents[2]
TERMS = "http://purl.org/dc/terms/"


@pytest.mark.parametrize("term", terms(), ids=lambda one: one.name)
def test_every_term_of_every_file_is_explained(term: Term) -> None:
    assert term.label
    assert term.definition.endswith(".")
    assert len(term.definition.split()) >= 3
    assert term.example
    assert term.kind != "relation" or (term.triples and term.domain and term.range)


def test_the_page_and_the_context_are_those_of_the_ontology() -> None:
    """To make them anew: make reference."""
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == listing("md", KINDS)
    assert bundled().text("context.jsonld") == listing("jsonld")


def test_every_link_of_the_page_leads_somewhere() -> None:
    page = listing("md", KINDS)
    assert set(re.findall(r"\(#(nk-\w+)\)", page)) <= set(re.findall(r'<a id="(nk-\w+)">', page))


def test_the_ontology_says_what_it_is() -> None:
    about = metadata()
    for name in ("title", "description", "license", "creator", "created"):
        assert len(about[TERMS + name]) == 1
    assert about[PREFIXES["owl"] + "versionIRI"] == [
        f"https://w3id.org/newskg/ontology/{about[PREFIXES['owl'] + 'versionInfo'][0]}"
    ]
    assert about["http://purl.org/vocab/vann/preferredNamespaceUri"] == [NK]


def test_the_list_knows_what_the_stages_know() -> None:
    ontology = Ontology.load(bundled())
    assert {one.name for one in terms() if one.kind == "relation"} == set(ontology.relations)
    assert {one.name for one in terms() if one.kind in ("class", "event")} == set(ontology.classes)
    assert {one.name for one in terms() if one.kind == "role"} == set(ontology.roles)
    events = {one.name for one in terms() if one.kind == "event"}
    assert events == {name for name in ontology.classes if ontology.is_a(name, "Event")}


def test_alignments_name_terms_that_there_are_and_vocabularies_that_are_known() -> None:
    known = {one.iri for one in terms()}
    spaces = ("sem:", "prov:", "schema:", "plover:", "wd:", "wdt:", "oa:", "time:")
    for quad in ox.parse(bundled().path("alignments.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.subject.value in known
    used = {name for one in terms() for name in (*one.close, *one.inverse)}
    assert {name for name in used if not name.startswith(spaces)} == set()
    assert {name.partition(":")[0] + ":" for name in used} == set(spaces)


def test_most_event_classes_are_aligned() -> None:
    events = [one for one in terms() if one.kind == "event"]
    assert sum(1 for one in events if one.close) / len(events) > 0.8


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib warns of its own calls
def test_a_document_by_the_context_means_what_it_seems_to() -> None:
    document = {
        "@context": [{"@base": "https://kg.example/id/"}, json.loads(bundled().text("context.jsonld"))["@context"]],
        "@id": "person/a",
        "@type": "Person",
        "honored": ["group/b", "group/c"],
        "place": "city/d",
        "confidence": "0.9",
        "from": "2024-05-01",
        "polarity": "positive",
    }
    found = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    base, nk, xsd = rdflib.Namespace("https://kg.example/id/"), rdflib.Namespace(NK), rdflib.XSD
    person = base["person/a"]
    assert set(found) == {
        (person, rdflib.RDF.type, nk.Person),
        (person, nk.honored, base["group/b"]),
        (person, nk.honored, base["group/c"]),
        (person, nk.place, base["city/d"]),
        (person, nk.confidence, rdflib.Literal("0.9", datatype=xsd.decimal)),
        (person, nk["from"], rdflib.Literal("2024-05-01", datatype=xsd.date)),
        (person, nk.polarity, rdflib.Literal("positive")),
    }


def test_the_context_has_every_term_once() -> None:
    assert {one.name for one in terms()} == set(context()) - set(PREFIXES) - {"@version"}


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["ontology", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_lists_relations_with_definitions() -> None:
    lines = run().splitlines()
    assert len(lines) == sum(1 for one in terms() if one.kind == "relation")
    assert "Actor → Place|Conflict" in next(line for line in lines if line.startswith("deployedTo "))


def test_the_command_gives_tables_for_programs() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--kind", "relation", "--format", "csv"))))
    met = next(row for row in rows if row["name"] == "met")
    assert (met["event"], met["symmetric"], met["iri"]) == ("Meeting", "true", NK + "met")
    roles = json.loads(run("--kind", "role", "--kind", "event", "--format", "json"))
    assert {row["kind"] for row in roles} == {"role", "event"}


def test_an_unknown_kind_is_refused() -> None:
    result = CliRunner().invoke(main, ["ontology", "--kind", "verb"])
    assert (result.exit_code, "there are: relation" in result.output) == (2, True)


def test_a_users_own_terms_are_listed(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "own.ttl").write_text(
        f"@prefix nk: <{NK}> . @prefix skos: <{PREFIXES['skos']}> . @prefix rdfs: <{PREFIXES['rdfs']}> .\n"
        'nk:rescued a nk:Relation ; rdfs:label "rescued" ; skos:definition "Brought out of danger." .\n',
        encoding="utf-8",
    )
    assert "rescued" in {one.name for one in terms(Folder(tmp_path))}
    assert "Brought out of danger." in run("--ontology", str(tmp_path))
