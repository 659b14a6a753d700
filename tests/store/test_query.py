"""`kg query` as a function: formats against rdflib's readers, names, faults."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.query import NamedQuery, QueryError, queries, run
from kg.store import build_store
from tests.store.test_store import sample_triples

HOSTILE = 'SELECT ?l ?n { ?s rdfs:label ?l . FILTER(CONTAINS(?l, "script")) BIND(1.50 AS ?n) }'


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build_store(folder, sample_triples())
    return folder


def test_table(build: Path) -> None:
    shown = run(build, "SELECT ?p ?n { ?a ?p ?b . ?a rdfs:label ?n FILTER(?p = nk:met) } ORDER BY ?n")
    assert shown.splitlines() == [
        "p       n",
        "------  ------------",
        "nk:met  Ana Duarte",
        "nk:met  Jonas Keller",
        "(2 rows)",
    ]


def test_rows_are_chosen_by_what_a_column_holds(build: Path) -> None:
    text = "SELECT ?p ?n { ?a ?p ?b . ?a rdfs:label ?n FILTER(?p = nk:met) } ORDER BY ?n"
    assert run(build, text, "csv", only=["n=ana", "p=nk:met"]).splitlines()[1:] == [
        "https://w3id.org/newskg/ontology#met,Ana Duarte"
    ]
    with pytest.raises(QueryError, match="the columns are p, n"):
        run(build, text, only=["who=ana"])
    with pytest.raises(QueryError, match="rows of a SELECT"):
        run(build, "ASK { ?a ?p ?b }", only=["n=ana"])


def test_a_cut_cell_says_so(build: Path) -> None:
    assert "--format csv has it whole" in run(build, f'SELECT ("{"x" * 99}" AS ?long) {{}}')


def test_csv_is_read_by_the_csv_module(build: Path) -> None:
    rows = list(csv.reader(io.StringIO(run(build, HOSTILE, "csv"), newline="")))
    assert rows[0] == ["l", "n"]
    assert ['<script>alert("x")</script> \\', "1.50"] in rows or ['<script>alert("x")</script> \\', "1.5"] in rows


@pytest.mark.parametrize("form", ["json", "tsv"])
def test_json_and_tsv_are_read_by_others(build: Path, form: str) -> None:
    text = run(build, HOSTILE, form)
    kind = ox.QueryResultsFormat.JSON if form == "json" else ox.QueryResultsFormat.TSV
    theirs = ox.parse_query_results(text.encode(), format=kind)
    assert isinstance(theirs, ox.QuerySolutions)
    assert {str(row["l"].value) for row in theirs} >= {'<script>alert("x")</script> \\'}


def test_unbound_is_left_out(build: Path) -> None:
    found = json.loads(run(build, "SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) } }", "json"))
    assert found["results"]["bindings"] == [
        {"a": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}
    ]


def test_ask(build: Path) -> None:
    assert run(build, "ASK { ?a nk:met ?b }") == "true\n"
    assert json.loads(run(build, "ASK { ?a nk:hasCount ?b }", "json"))["boolean"] is False


def test_construct_gives_turtle(build: Path) -> None:
    text = run(build, "CONSTRUCT WHERE { ?a nk:met ?b }", "ttl")
    assert "nk:met" in text
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 2


def test_a_fault_in_the_query_names_its_place(build: Path) -> None:
    with pytest.raises(QueryError, match="1:"):
        run(build, "SELECT * { ?s ?p")


@pytest.mark.parametrize(
    ("query", "form"), [("ASK {}", "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"), ("ASK {}", "xlsx")]
)
def test_a_format_that_does_not_fit(build: Path, query: str, form: str) -> None:
    with pytest.raises(QueryError):
        run(build, query, form)


def test_unknown_name_suggests_others(build: Path) -> None:
    name = queries()[0].name
    with pytest.raises(QueryError, match=name):
        run(build, name[:-1])


def test_control_characters_do_not_reach_the_terminal(build: Path) -> None:
    assert "\x1b" not in run(build, 'SELECT ("\\u001B[31m" AS ?x) {}')


def test_head_comments_are_title_and_description() -> None:
    found = NamedQuery.parse("n", "# Title\n# One.\n# Two.\n\n# inner\nSELECT * {}")
    assert (found.title, found.description) == ("Title", "One. Two.")


def test_a_query_imports_no_language_model(build: Path) -> None:
    code = """import sys; from kg.query import run; run(sys.argv[1], "ASK {}"); print("spacy" in sys.modules, "yaml" in sys.modules)"""
    done = subprocess.run([sys.executable, "-c", code, str(build)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"
