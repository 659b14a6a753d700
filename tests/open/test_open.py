"""Open relations and suggestions, the whole way: a phrase nobody worded, its entry, the edit, and the relation in the graph."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.pipeline import Options, Worker, extract_text

Row = dict[str, Any]
ARTICLES = {
    "one": "Norway's premier, Clara Jensen, sketched Jonas Keller on Monday. Jensen thanked Keller.\n\n"
    "Maria Olsen interviewed Erik Hansen in Bergen. The visit ended on Tuesday.\n",
    "two": "Maria Olsen did not sketch Erik Hansen. The police arrested Erik Hansen on Friday.\n\n"
    "Anna Berg may sketch Maria Olsen next week, officials said.\n",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def facts(out: Path) -> list[Row]:
    return [json.loads(line) for line in (out / "facts.jsonl").read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert run("build", articles, "-o", folder, "--open", "--formats", "facts nt store").exit_code == 0
    return folder


def test_open_relations_are_statements_and_never_triples(out: Path) -> None:
    found = [row for row in facts(out) if row["predicate"] == "relatedTo"]
    said = {(row["subject"]["label"], row["open"]["phrase"], row["object"]["label"], row["polarity"]) for row in found}
    assert ("Clara Jensen", "sketched", "Jonas Keller", "positive") in said
    assert ("Maria Olsen", "sketch", "Erik Hansen", "negative") in said
    assert not any(row["asserted"] for row in found)
    graph = (out / "graph.nt").read_text(encoding="utf-8")
    assert 'ontology#phrase> "sketched"' in graph
    assert not [line for line in graph.split("\n") if " <https://w3id.org/newskg/ontology#relatedTo> <" in line]


def test_a_query_finds_them_by_phrase(out: Path) -> None:
    asked = run(
        "query", out, 'SELECT ?who { ?s nk:phrase "sketched" ; rdf:subject/rdfs:label ?who }', "--format", "csv"
    )
    assert asked.output.split() == ["who", "Clara", "Jensen"]


def test_what_a_wording_covers_is_not_open(out: Path) -> None:
    words = {row["open"]["phrase"] for row in facts(out) if row["open"]}
    assert words.isdisjoint({"thanked", "arrested", "visit"})


def test_off_by_default(articles: Path, out: Path, tmp_path: Path) -> None:
    assert run("build", articles, "-o", tmp_path, "--formats", "facts").exit_code == 0
    rest = [row for row in facts(out) if row["predicate"] != "relatedTo"]
    assert [row["id"] for row in facts(tmp_path)] == [row["id"] for row in rest]
    assert all(row["open"] is None for row in facts(tmp_path))
    refused = run("suggest", tmp_path)
    assert refused.exit_code == 1
    assert "build again with --open" in refused.output


def test_a_light_verb_is_said_with_its_noun() -> None:
    worker = Worker(Options(open_relations=True))
    graph = extract_text("Norway has close ties to Denmark. Clara Jensen took aim at Jonas Keller.", worker=worker)
    words = {(s.open.words, s.open.support, s.open.predicate) for s in graph.statements if s.open}
    assert ("took aim at", "take", "aim") in words
    assert not any(s.open and s.open.predicate == "take" for s in graph.statements)


def test_suggestions_count_and_show(out: Path) -> None:
    rows = json.loads(run("suggest", out, "--format", "json").output)
    first = rows[0]
    assert (first["predicate"], first["count"], first["articles"]) == ("sketch", 3, 2)
    assert first["subject_types"] == {"Person": 3}
    assert first["examples"][0]["sentence"].startswith("Norway's premier, Clara Jensen, sketched")
    table = list(csv.DictReader(io.StringIO(run("suggest", out, "--format", "csv").output)))
    assert [row["phrase"] for row in table] == [row["phrase"] for row in rows]
    assert len(json.loads(run("suggest", out, "--top", "1", "--format", "json").output)) == 1


def test_from_the_phrase_to_the_relation(articles: Path, out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shown = run("suggest", out, "--phrase", "sketch", "--into", mine)
    assert shown.exit_code == 0, shown.output
    assert "verbs: [sketch]" in shown.output
    term = mine / "terms" / "suggested.ttl"
    text = term.read_text(encoding="utf-8")
    edited = text.replace("The subject sketched the object. (Say it better.)", "The subject drew the object.")
    assert edited != text
    term.write_text(edited, encoding="utf-8")
    built = run("build", articles, "-o", out, "--open", "--ontology", mine, "--formats", "facts nt store")
    assert "(0 newly read)" in built.output, "an edited wording parses nothing again"
    asked = run(
        "query", out, "SELECT ?a ?b { ?x nk:sketched ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }", "--format", "csv"
    )
    assert asked.output.splitlines()[1:] == ["Clara Jensen,Jonas Keller"]
    told = [row for row in facts(out) if row["predicate"] == "sketched"]
    assert sorted(row["asserted"] for row in told) == [False, False, True]
    assert not [row for row in facts(out) if row["open"] and row["open"]["predicate"] == "sketch"]
    again = run("suggest", out, "--into", mine)
    assert again.exit_code == 1
    assert "is there already" in again.output


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Clara Jensen took aim at Jonas Keller.", "took aim at"),
        ("Clara Jensen is a rival of Jonas Keller.", "rival of"),
        ("Erik Hansen lost patience with Maria Olsen.", "lost patience with"),
        ("Jonas Keller works with Maria Olsen.", "works with"),
    ],
)
def test_every_kind_of_entry_makes_its_own_example_true(text: str, phrase: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert run("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--open", "--formats", "facts").exit_code == 0
    made = run("suggest", tmp_path / "out", "--phrase", phrase, "--into", tmp_path / "mine", "--format", "json")
    assert made.exit_code == 0, made.output
    built = run(
        "build", tmp_path / "a.txt", "-o", tmp_path / "out", "--ontology", tmp_path / "mine", "--formats", "facts"
    )
    assert built.exit_code == 0, built.output
    name = json.loads(made.output)[0]["relation"]
    assert [row["asserted"] for row in facts(tmp_path / "out") if row["predicate"] == name] == [True]
