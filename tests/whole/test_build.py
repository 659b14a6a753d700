"""A build as a user sees it: grounded, the same bytes whatever the order, incremental, and obedient to the ontology alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg import judge
from kg.cache import Locked, lock
from kg.cli import main
from kg.pipeline import LARGE, NothingBuilt, Options, Running, build, extract_text, formats
from kg.store import open_store
from tests.conftest import EXAMPLES

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def content(out: Path) -> dict[str, bytes]:
    """All files of a build but the cache and the store, and the store as sorted N-Triples."""
    found = {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] not in ("work", "store")
    }
    dump = ox.serialize((quad.triple for quad in open_store(out)), format=ox.RdfFormat.N_TRIPLES) or b""
    return {**found, "store": b"\n".join(sorted(dump.split(b"\n")))}


def differing(one: Path, other: Path) -> list[str]:
    left, right = content(one), content(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def spans(value: Any) -> Iterator[Row]:
    """Everything in a row that says where it stands and what stands there."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for one in value.values():
            yield from spans(one)
    elif isinstance(value, list):
        for one in value:
            yield from spans(one)


def test_every_word_stands_where_it_is_said_to(example_build: Path) -> None:
    texts = {row["article"]: row["text"] for row in rows(example_build / "annotations.jsonl")}
    checked = 0
    for name in ("facts.jsonl", "quarantine.jsonl", "annotations.jsonl"):
        for row in rows(example_build / name):
            for span in spans({key: value for key, value in row.items() if key != "text"}):
                assert texts[row["article"]][span["start"] : span["end"]] == span["text"]
                checked += 1
    assert checked > 1_000


def test_mentions_lie_in_the_evidence(example_build: Path) -> None:
    for row in rows(example_build / "facts.jsonl"):
        evidence = row["evidence"]
        for end in ("subject", "object"):
            mention = row[end]["mention"]
            assert evidence["start"] <= mention["start"] < mention["end"] <= evidence["end"]


def test_what_is_asserted_is_sure(example_build: Path) -> None:
    facts = [row for row in rows(example_build / "facts.jsonl") if row["asserted"]]
    assert facts
    for row in facts:
        assert (row["polarity"], row["certainty"]) == ("positive", "certain")
        assert row["tense"] != "future"
        assert {link["stance"] for link in row["attribution"]} <= {"neutral", "factive"}


def test_plain_triples_are_those_of_asserted_statements(example_build: Path) -> None:
    graph = set((example_build / "graph.nt").read_text(encoding="utf-8").split("\n"))
    nk = "https://w3id.org/newskg/ontology#"
    for row in rows(example_build / "facts.jsonl"):
        if row["kind"] == "relation" and row["object"]["id"]:
            triple = f"<{row['subject']['id']}> <{nk}{row['predicate']}> <{row['object']['id']}> ."
            if row["asserted"]:
                assert triple in graph


def test_the_order_of_input_and_the_hash_seed_change_no_byte(example_build: Path, tmp_path: Path) -> None:
    files = sorted(EXAMPLES.glob("*.txt"), reverse=True)
    command = [sys.executable, "-m", "kg", "build", *map(str, files), "-o", str(tmp_path / "out"), "-q"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert differing(example_build, tmp_path / "out") == []


def test_no_result_names_a_path_of_this_machine(example_build: Path) -> None:
    here = str(Path(__file__).resolve().parents[2]).encode()
    assert [p for p in sorted(example_build.rglob("*")) if p.is_file() and here in p.read_bytes()] == []


def test_one_more_article_equals_a_build_from_nothing(example_build: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    shutil.copytree(EXAMPLES, folder)
    last = sorted(folder.glob("*.txt"))[3]
    last.rename(tmp_path / "later.txt")
    build([folder], tmp_path / "out", Options())
    (tmp_path / "later.txt").rename(last)
    summary = build([folder], tmp_path / "out", Options())
    assert summary.annotated == 1
    assert differing(example_build, tmp_path / "out") == []


def test_added_changed_and_removed_articles_equal_a_build_from_nothing(tmp_path: Path) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))[:4]}
    first, second, third, fourth = texts
    days: list[dict[str, str]] = [
        {name: texts[name] for name in (first, second, third)},
        {**texts, second: texts[second] + "\n\nAna Duarte met Otto Krone in Lisbon."},
        {name: texts[name] for name in (second, fourth)},
    ]
    read = []
    for number, day in enumerate(days):
        shutil.rmtree(tmp_path / "in", ignore_errors=True)
        (tmp_path / "in").mkdir()
        for name, text in day.items():
            (tmp_path / "in" / name).write_text(text, encoding="utf-8")
        read.append(build([tmp_path / "in"], tmp_path / "out", Options()).annotated)
        build([tmp_path / "in"], tmp_path / f"fresh-{number}", Options())
        assert differing(tmp_path / f"fresh-{number}", tmp_path / "out") == []
    assert read == [3, 2, 1]  # the second article as it was before is gone from the cache


def test_two_processes_give_the_same_bytes(example_build: Path, tmp_path: Path) -> None:
    assert build([EXAMPLES], tmp_path, Options(), running=Running(workers=2)).annotated == 9
    assert differing(example_build, tmp_path) == []


def test_large_builds_leave_out_what_only_small_ones_need() -> None:
    assert {"ttl", "html"} <= set(formats(Options(), LARGE - 1))
    assert set(formats(Options(), LARGE - 1)) - set(formats(Options(), LARGE)) == {"ttl", "html"}
    assert formats(Options(formats=("html",)), LARGE) == ("html",)


def test_a_damaged_cache_changes_nothing(example_build: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(example_build, out)
    graphs, annotated = sorted(out.glob("work/graph/*/*")), sorted(out.glob("work/annotated/*/*"))
    for path in graphs[:2]:
        path.write_bytes(path.read_bytes()[:100])
    for path in annotated:
        path.write_bytes(b"damaged")
    assert build([EXAMPLES], out, Options()).annotated == 2
    assert differing(example_build, out) == []


def test_a_second_build_annotates_nothing(example_build: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(example_build, out)
    assert build([EXAMPLES], out, Options()).annotated == 0
    assert differing(example_build, out) == []


def test_two_builds_into_one_folder_are_refused(tmp_path: Path) -> None:
    with lock(tmp_path / "work"), pytest.raises(Locked, match="another kg build"):
        build([EXAMPLES], tmp_path, Options())


def test_a_relation_is_added_in_the_ontology_alone(tmp_path: Path) -> None:
    """In a copy of the folder: one property, one wording; the sentence then gives the triple, and did not before."""
    sentence = "Anna Berg outbid Carl Voss at the auction in Lisbon."
    own = tmp_path / "ontology"
    (own / "terms").mkdir(parents=True)
    (own / "wordings").mkdir()
    (own / "terms" / "auction.ttl").write_text(
        """@prefix nk: <https://w3id.org/newskg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
nk:Outbidding a owl:Class ; rdfs:subClassOf nk:Event ; rdfs:label "Outbidding" ; skos:definition "One bidder offers more than another." .
nk:outbid a owl:ObjectProperty, nk:Relation ; rdfs:label "outbid" ; skos:definition "Offered more than." ;
    skos:example "Otto Krone outbid Eva Lund." ; nk:exampleTriple "Krone | outbid | Lund" ;
    schema:domainIncludes nk:Actor ; schema:rangeIncludes nk:Actor ;
    nk:ofEvent nk:Outbidding ; nk:subjectRole nk:agent ; nk:objectRole nk:patient .
""",
        encoding="utf-8",
    )
    (own / "wordings" / "auction.yaml").write_text(
        "frames:\n- event: Outbidding\n  verbs: [outbid]\n  roles: {agent: [subject], patient: [object]}\n",
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text(sentence)
    build([tmp_path / "a.txt"], tmp_path / "out", Options(ontology=own, formats=("facts",)))
    found = [
        (r["subject"]["label"], r["predicate"], r["object"]["label"]) for r in rows(tmp_path / "out" / "facts.jsonl")
    ]
    assert ("Anna Berg", "outbid", "Carl Voss") in found
    assert "outbid" not in {s.predicate for s in extract_text(sentence).statements}


def test_nothing_to_build_is_an_error_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(" ")
    with pytest.raises(NothingBuilt, match=r"a\.txt: empty"):
        build([tmp_path / "in"], tmp_path / "out", Options())


def test_three_questions_of_the_first_issue(tmp_path: Path) -> None:
    """Honour, letter and deployment, in sentences of our own."""
    text = (
        "Russian President Vladimir Putin thanked the soldiers in a letter to Kim Jong Un.\n\n"
        "North Korea deployed about 11,000 troops to the Kursk region in 2024, officials said.\n\n"
        "Kim Jong Un paid tribute to the North Korean soldiers at a ceremony in Pyongyang."
    )
    (tmp_path / "a.txt").write_text(text)
    build([tmp_path / "a.txt"], tmp_path / "out", Options(formats=("facts",)))
    found = {
        (r["subject"]["label"], r["predicate"], r["object"]["label"]) for r in rows(tmp_path / "out" / "facts.jsonl")
    }
    assert ("Vladimir Putin", "sentLetterTo", "Kim Jong Un") in found
    assert any(s == "North Korea" and p == "deployedTo" and "Kursk" in o for s, p, o in found)
    assert any(s == "Kim Jong Un" and p == "honored" and "North Korean soldiers" in o for s, p, o in found)


def test_a_judgement_is_obeyed_and_undone_to_the_byte(example_build: Path, tmp_path: Path) -> None:
    """A statement rejected by a person leaves the asserted layer; without the row everything is as before."""
    out = tmp_path / "out"
    shutil.copytree(example_build, out)
    before = content(out)
    chosen = next(row for row in rows(out / "facts.jsonl") if row["asserted"])
    judge.decide(out, "reject", chosen["id"], by="ann", date="2026-01-01")
    build([EXAMPLES], out, Options())
    after = {row["id"]: row for row in rows(out / "facts.jsonl")}
    assert not after[chosen["id"]]["asserted"]
    (out / "judgements.csv").unlink()
    build([EXAMPLES], out, Options())
    assert content(out) == before


def test_what_coreference_joined_is_parted_by_a_person(tmp_path: Path) -> None:
    """Two mentions that one article's coreference made one become two entities, and a stale row is a warning."""
    (tmp_path / "a.txt").write_text("Ana Duarte met Otto Krone in Lisbon. Duarte thanked Krone.")
    out = tmp_path / "out"
    build([tmp_path / "a.txt"], out, Options(formats=("facts", "annotations", "entities")))
    mentions = [m for m in rows(out / "annotations.jsonl")[0]["mentions"] if m["text"] in ("Ana Duarte", "Duarte")]
    article = rows(out / "annotations.jsonl")[0]["article"]
    assert len({m["entity"] for m in mentions}) == 1
    ends = [f"{article}#char={m['start']},{m['end']}" for m in mentions]
    judge.decide(out, "different", ends[0], ends[1], by="ann", date="2026-01-01")
    gone = ("same", "urn:gone#char=1,2", "urn:gone#char=3,4", "", "", "ann", "2026-01-01", "")
    judge.append(out / "judgements.csv", gone)
    summary = build([tmp_path / "a.txt"], out, Options(formats=("facts", "annotations", "entities")))
    parted = [
        m["entity"] for m in rows(out / "annotations.jsonl")[0]["mentions"] if m["text"] in ("Ana Duarte", "Duarte")
    ]
    assert len(set(parted)) == 2
    assert [source for source, _ in summary.warnings] == ["judgements.csv"]


def test_the_closest_calls_are_asked_and_answers_kept(example_build: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(example_build, out)
    asked = CliRunner().invoke(main, ["judge", str(out), "--by", "ann"], input="n\nq\n")
    assert asked.exit_code == 0, asked.output
    assert "1 decisions written" in asked.output
    assert "ann" in (out / "judgements.csv").read_text()


def test_a_judgement_on_a_body_that_no_mention_names_is_an_iri_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The Ukrainian and German intelligence agency suggests that Norway sent 40 soldiers to Mali."
    )
    (tmp_path / "b.txt").write_text(
        "The BND in Berlin said that Norway sent 40 soldiers to Mali. Germany trusts the BND."
    )
    build([tmp_path], tmp_path / "out", Options(formats=("facts", "nt")))
    graph = (tmp_path / "out" / "graph.nt").read_text()
    assert "#role=German%20intelligence%20agency>" in graph


def test_of_a_country_with_several_spy_agencies_a_nameless_one_is_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The Ukrainian and US intelligence agency suggests that Norway sent 40 soldiers to Mali."
    )
    (tmp_path / "b.txt").write_text("The FBI said that Norway sent 40 soldiers to Mali.")
    build([tmp_path], tmp_path / "out", Options(formats=("facts", "nt")))
    assert "US%20intelligence%20agency" not in (tmp_path / "out" / "graph.nt").read_text()
