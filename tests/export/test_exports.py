"""Each export read back by a reader that is not ours, and compared with what was built."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from kg.export import FORMATS, Built, build_rows, export
from kg.findings import Findings
from kg.iri import PREFIXES
from kg.pipeline import Options, build
from kg.rdf import by_graph
from tests.rdf import sample
from tests.rdf.sample import term

Lines = list[dict[str, Any]]
deprecated = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib warns of its own calls


def built() -> Built:
    rows = build_rows(sample.findings())
    return Built.of(rows, parts(), sample.BASE)


def parts() -> Iterator[tuple[str, list[str]]]:
    return by_graph(sample.findings())


def everything() -> set[ox.Triple]:
    return triples("\n".join(line for _, found in parts() for line in found).encode(), ox.RdfFormat.N_TRIPLES)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    export(built(), folder)
    return folder


def read(path: Path) -> Lines:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def triples(text: bytes, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=form)}


# ---- RDF ----------------------------------------------------------------------------------------


def test_ntriples_are_sorted_and_each_is_there_once(out: Path) -> None:
    lines = (out / "graph.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert triples((out / "graph.nt").read_bytes(), ox.RdfFormat.N_TRIPLES) == everything()


@deprecated
@pytest.mark.parametrize(("name", "form"), [("graph.ttl", "turtle"), ("graph.jsonld", "json-ld")])
def test_rdflib_reads_the_same_graph(out: Path, name: str, form: str) -> None:
    ours = rdflib.Graph().parse(data=(out / name).read_text(encoding="utf-8"), format=form)
    plain = rdflib.Graph().parse(data=(out / "graph.nt").read_text(encoding="utf-8"), format="nt")
    assert to_isomorphic(ours) == to_isomorphic(plain)


def test_oxigraph_reads_the_same_turtle_and_jsonld(out: Path) -> None:
    plain = triples((out / "graph.nt").read_bytes(), ox.RdfFormat.N_TRIPLES)
    assert triples((out / "graph.ttl").read_bytes(), ox.RdfFormat.TURTLE) == plain
    assert triples((out / "graph.jsonld").read_bytes(), ox.RdfFormat.JSON_LD) == plain


@deprecated
def test_trig_has_a_graph_for_each_article(out: Path) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=(out / "graph.trig").read_text(encoding="utf-8"), format="trig")
    named = {str(one.identifier) for one in dataset.graphs()} - {"urn:x-rdflib:default"}
    assert named == {row["article"] for row in read(out / "annotations.jsonl")}
    assert triples((out / "graph.trig").read_bytes(), ox.RdfFormat.TRIG) == everything()


def test_rdf12_reifies_every_statement_of_an_article(out: Path) -> None:
    found = triples((out / "graph.ttl12").read_bytes(), ox.RdfFormat.TURTLE)
    reifies = ox.NamedNode(PREFIXES["rdf"] + "reifies")
    plain = triples((out / "graph.nt").read_bytes(), ox.RdfFormat.N_TRIPLES)
    reified = {one.subject: one.object for one in found if one.predicate == reifies}
    for subject, triple in reified.items():
        assert isinstance(triple, ox.Triple)
        assert ox.Triple(subject, term("rdf:object"), triple.object) in plain
    assert {one.subject for one in plain if one.predicate == term("rdf:predicate")} == set(reified)


def test_turtle_is_readable(out: Path) -> None:
    text = (out / "graph.ttl").read_text(encoding="utf-8")
    assert "@base <https://kg.example/id/> ." in text
    assert "a nk:Mention ;\n    rdfs:label" in text
    assert "<https://kg.example/id/article" not in text


def test_jsonld_uses_the_names_of_the_context(out: Path) -> None:
    graph = json.loads((out / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
    statements = [node for node in graph if "Statement" in node.get("@type", ())]
    assert statements
    for node in statements:
        assert {"polarity", "certainty", "evidence", "confidence"} <= set(node)
        assert isinstance(node["evidence"], str)


# ---- rows ---------------------------------------------------------------------------------------

FACT = [
    *(
        "id",
        "key",
        "kind",
        "article",
        "source",
        "published",
        "publisher",
        "predicate",
        "event",
        "event_type",
        "subject",
    ),
    *("object", "trigger", "roles", "polarity", "certainty", "tense", "voice", "asserted", "attribution"),
    *("ultimate_sources", "quantity", "time", "place", "confidence", "extractor", "evidence"),
]


def test_facts_have_every_key_in_order(out: Path) -> None:
    rows = read(out / "facts.jsonl")
    assert rows
    assert all(list(row)[: len(FACT)] == FACT for row in rows)  # further keys may follow
    assert len({tuple(row) for row in rows}) == 1
    further = list(rows[0])[len(FACT) :]
    assert all(list(row) == [*FACT, *further, "reason", "check"] for row in read(out / "quarantine.jsonl"))


def test_facts_are_sorted_by_article_and_place(out: Path) -> None:
    keys = [(row["article"], row["evidence"]["start"], row["id"]) for row in read(out / "facts.jsonl")]
    assert keys == sorted(keys)


def spans(value: Any) -> Lines:
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} <= set(value) else []
        return own + [found for one in value.values() for found in spans(one)]
    return [found for one in value for found in spans(one)] if isinstance(value, list) else []


def test_every_span_gives_its_text(out: Path) -> None:
    texts = {row["article"]: row["text"] for row in read(out / "annotations.jsonl")}
    rows = [*read(out / "facts.jsonl"), *read(out / "quarantine.jsonl"), *read(out / "annotations.jsonl")]
    found = [(row["article"], one) for row in rows for one in spans(row)]
    assert len(found) > 50
    for article, one in found:
        assert texts[article][one["start"] : one["end"]] == one["text"]


def test_facts_and_rdf_say_the_same(out: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=str(out / "graph.nt"), format=ox.RdfFormat.N_TRIPLES)
    query = """SELECT ?s ?p ?o ?key ?polarity ?asserted ?source { ?s nk:evidence ?e ; rdf:predicate ?p ; rdf:object ?o ; nk:key ?key ;
      nk:polarity ?polarity ; nk:asserted ?asserted ; nk:ultimateSource ?source }"""
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    in_rdf = {tuple(value.value for value in row) for row in found}
    in_rows = {
        (
            row["id"],
            PREFIXES["nk"] + row["predicate"],
            row["object"]["id"] or row["object"]["label"],
            row["key"],
            row["polarity"],
            str(row["asserted"]).lower(),
            source,
        )
        for row in read(out / "facts.jsonl")
        for source in row["ultimate_sources"]
    }
    assert in_rdf == in_rows


def test_attribution_is_outermost_first(out: Path) -> None:
    chains = [row["attribution"] for row in read(out / "facts.jsonl") if len(row["attribution"]) > 1]
    assert [[link["label"] for link in chain] for chain in chains] == [["The Harbour Wire", "police"]]


def test_a_medium_that_was_told_stands_beside_whose_words_it_knows() -> None:
    (first, *_) = sample.graphs()
    wire, police = first.annotated.attributions
    told = replace(first, annotated=replace(first.annotated, attributions=(replace(wire, medium=True), police)))
    rows = build_rows(Findings.of([told, *sample.graphs()[1:]], sample.resolution(), sample.ontology(), sample.BASE))
    ((row,), _) = [note["attributions"] for note in rows.annotations]
    assert row["through"] == [[span.start, span.end] for span in wire.sources]
    assert row["source"] == [[span.start, span.end] for span in police.sources]


def test_numbers_are_whole_where_they_are(out: Path) -> None:
    assert '"min": 40, ' in (out / "facts.jsonl").read_text(encoding="utf-8")
    assert '"confidence": 0.912, ' in (out / "facts.jsonl").read_text(encoding="utf-8")


def test_entities_count_their_mentions(out: Path) -> None:
    rows = {row["label"]: row for row in read(out / "entities.jsonl")}
    assert rows["Ana Duarte"]["mentions"] == 4
    assert rows["Ana Duarte"]["aliases"] == ["Duarte"]
    assert len(rows["Ana Duarte"]["articles"]) == 2
    assert rows["Gazette"]["type"] == "MediaOrganization"


def test_comparison_stands_side_by_side(out: Path) -> None:
    (row,) = read(out / "comparisons.jsonl")
    assert list(row) == [
        "id",
        "group",
        "kind",
        "measure",
        "counted",
        "event",
        "claims",
        "values",
        "sources",
        "articles",
    ]
    assert sorted(row["values"]) == ["Some 52", "at least 40"]
    assert {row["counted"]["label"]} == {"dockers"}


def test_quarantine_names_reason_and_check(out: Path) -> None:
    (row,) = read(out / "quarantine.jsonl")
    assert (row["check"], row["asserted"]) == ("range", False)
    assert row["id"] not in {fact["id"] for fact in read(out / "facts.jsonl")}


def test_text_can_be_left_out(tmp_path: Path) -> None:
    rows = built().rows
    export(Built.of(rows, [], sample.BASE, with_text=False), tmp_path, ["annotations"])
    assert [row["text"] for row in read(tmp_path / "annotations.jsonl")] == [None, None]


# ---- tables and network -------------------------------------------------------------------------


def test_tables_are_read_by_the_csv_module(out: Path) -> None:
    facts = list(csv.DictReader(io.StringIO((out / "tables" / "facts.csv").read_bytes().decode(), newline="")))
    assert [row["id"] for row in facts] == [row["id"] for row in read(out / "facts.jsonl")]
    wounded = next(row for row in facts if row["measure"] and row["min"] == "40")
    assert (wounded["stated_by"], wounded["ultimate_source"]) == ("The Harbour Wire", "police")
    assert wounded["attribution"] == "police (citing) < The Harbour Wire (reported)"
    for name in ("entities", "claims", "quotations"):
        assert (out / "tables" / f"{name}.csv").read_text(encoding="utf-8").count("\n") > 1


def test_graphml_is_read_by_networkx(out: Path) -> None:
    graph = networkx.read_graphml(out / "graph.graphml", force_multigraph=True)
    edges = {
        (graph.nodes[a]["label"], data["predicate"], graph.nodes[b]["label"]): data
        for a, b, data in graph.edges(data=True)
    }
    assert edges["Ana Duarte", "visited", "Bergen"]["articles"] == 2
    assert edges["Ana Duarte", "visited", "Bergen"]["weight"] == 1
    assert edges['<script>alert("x")</script> \\', "warned", "Jonas Keller"]["negative"] == 1


# ---- the same bytes -----------------------------------------------------------------------------


def test_order_of_the_articles_changes_no_byte(out: Path, tmp_path: Path) -> None:
    graphs, resolution, comparisons = sample.shuffled()
    found = Findings.of(graphs, resolution, sample.ontology(), sample.BASE, comparisons)
    export(Built.of(build_rows(found), by_graph(found), sample.BASE), tmp_path)
    files = sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(files) > len(FORMATS)
    for name in files:
        assert (out / name).read_bytes() == (tmp_path / name).read_bytes(), name


# ---- a real build -------------------------------------------------------------------------------


@deprecated
def test_the_examples_are_the_same_graph_in_every_format(tmp_path: Path) -> None:
    forms = ("nt", "ttl", "jsonld", "trig", "ttl12", "graphml")
    build([Path(__file__).parents[2] / "examples" / "articles"], tmp_path, Options(formats=forms))
    plain = triples((tmp_path / "graph.nt").read_bytes(), ox.RdfFormat.N_TRIPLES)
    assert len(plain) > 10_000
    for name, form in (("ttl", "turtle"), ("jsonld", "json-ld"), ("trig", "trig")):
        read_by_rdflib = rdflib.Dataset(default_union=True)
        read_by_rdflib.parse(tmp_path / f"graph.{name}", format=form)
        assert len(set(read_by_rdflib.triples((None, None, None)))) == len(plain)
        own = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG}[name]
        assert triples((tmp_path / f"graph.{name}").read_bytes(), own) == plain
    reified = triples((tmp_path / "graph.ttl12").read_bytes(), ox.RdfFormat.TURTLE)
    assert unreified(reified) == plain
    graph = networkx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert set(graph) <= {one.subject.value for one in plain if isinstance(one.subject, ox.NamedNode)}


def unreified(found: set[ox.Triple]) -> set[ox.Triple]:
    """With rdf:subject, rdf:predicate and rdf:object in place of rdf:reifies."""
    plain = {one for one in found if not isinstance(one.object, ox.Triple)}
    for one in found - plain:
        assert isinstance(one.object, ox.Triple)
        for name in ("subject", "predicate", "object"):
            plain.add(ox.Triple(one.subject, term(f"rdf:{name}"), getattr(one.object, name)))
    return plain
