"""The ready questions: each documented, the same rows in rdflib's own engine, and the right ones on a build made by hand."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg.data import bundled
from kg.prefixes import PREFIXES
from kg.query import NamedQuery, queries
from kg.rdf import ontology_triples
from tests.store.test_store import sample_triples

ALL = {one.name: one for one in queries()}
Row = tuple[str | None, ...]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    for triples in (sample_triples(), ontology_triples(bundled())):
        found.extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    return found


@pytest.fixture(scope="module")
def memory(store: ox.Store) -> rdflib.Graph:
    text = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


def rows(store: ox.Store, query: NamedQuery) -> list[Row]:
    found = store.query(query.text, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(None if cell is None else str(getattr(cell, "value", cell)) for cell in row) for row in found]


def test_there_are_thirty() -> None:
    assert len(ALL) >= 30


@pytest.mark.parametrize("name", ALL)
def test_is_documented_and_in_a_total_order(name: str) -> None:
    assert len(ALL[name].title) > 15
    assert ALL[name].text.startswith("# ")
    assert "ORDER BY" in ALL[name].text


@pytest.mark.parametrize("name", ALL)
def test_rdflib_gives_the_same_rows(name: str, store: ox.Store, memory: rdflib.Graph) -> None:
    result = memory.query(ALL[name].text, initNs=PREFIXES)
    theirs = [[row.get(one) for one in result.vars or ()] for row in result.bindings]
    cells = [str(tuple(None if cell is None else str(cell) for cell in row)) for row in theirs if any(row)]
    assert sorted(map(str, rows(store, ALL[name]))) == sorted(cells)


# Cells that must stand together in a row of the answer; an empty list: no row at all.
ANSWERS: dict[str, list[set[str]]] = {
    "figures-for-the-dead": [],
    "conflicting-figures": [{"dockers", "wounded", "at least 40", "Some 52", "police"}],
    "figures-compared": [{"conflict", "at least 40", "Some 52"}],
    "figures-over-time": [{"2025-05-04", "40", ">=", "police"}, {"2025-05-06", "52", "~"}],
    "rests-on-one-source": [{"Ana Duarte", PREFIXES["nk"] + "met", "Jonas Keller", "The Harbour Wire"}],
    "sources-credited-by-outlet": [{"The Harbour Wire", "police", "1"}, {"Gazette", "officials", "1"}],
    "planned-and-done": [{"Ana Duarte", "Bergen", "Duarte meets Keller", "gazette/day-2.txt"}],
    "still-to-come": [],
    "left-out-by-outlet": [{"Gazette", "Ana Duarte", "Jonas Keller", "1"}],
    "quotations": [{"Ana Duarte", "We will rebuild the bridge,", "2025-05-04", "The Harbour Wire"}],
    "who-says-what-about-whom": [{"Jonas Keller", "Ana Duarte", "Bergen", "denial"}],
    "events-by-place-and-time": [
        {"Oslo", "2025-05-03", "Ana Duarte"},
        {"Oslo", "Jonas Keller"},
        {"Bergen", "Ana Duarte"},
    ],
    "timeline": [{"2025-05-03", PREFIXES["nk"] + "Meeting"}],
    "roles-held": [{"Ana Duarte", "prime minister", "present"}],
    "who-met-whom": [{"Ana Duarte", "Jonas Keller", "2025-05-03", "Oslo"}],
    "denials": [{"Jonas Keller", PREFIXES["nk"] + "denied"}],
    "accusations": [],
    "hearsay": [{"dockers", "0", "The Harbour Wire"}, {"dockers", "1", "police"}],
    "unnamed-sources": [{"Gazette", "officials", "1"}],
    "articles": [{"2025-05-04", "The Harbour Wire", "Duarte meets Keller"}],
    "most-spoken-of": [{"Ana Duarte", "2"}],
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answer(name: str, store: ox.Store) -> None:
    found = rows(store, ALL[name])
    for wanted in ANSWERS[name]:
        assert any(wanted <= set(row) for row in found), found
    assert bool(found) == bool(ANSWERS[name]), found


ACTS = [
    ("who-honoured-whom", "honored"),
    ("agreements", "signedAgreementWith"),
    ("supplies", "supplied"),
    ("attacks-and-losses", "attacked"),
    ("accusations", "accused"),
    ("deployments", "deployed"),
    ("affiliations", "leads"),
]


@pytest.mark.parametrize(("name", "relation"), ACTS)
def test_answer_where_one_met_the_other_by_another_act(name: str, relation: str, store: ox.Store) -> None:
    other = ox.Store()
    other.extend(store)
    other.update(
        f"DELETE {{ ?s rdf:predicate nk:met }} INSERT {{ ?s rdf:predicate nk:{relation} }} WHERE {{ ?s rdf:predicate nk:met }}",
        prefixes=PREFIXES,
    )
    assert any("Ana Duarte" in row for row in rows(other, ALL[name]))


QUALIFIED = [
    ("denied-then-confirmed", "polarity", "negative"),
    ("contradictions", "polarity", "negative"),
    ("told-with-different-certainty", "certainty", "possible"),
]


@pytest.mark.parametrize(("name", "quality", "value"), QUALIFIED)
def test_answer_where_the_first_article_says_otherwise(name: str, quality: str, value: str, store: ox.Store) -> None:
    other = ox.Store()
    other.extend(store)
    where = f'?s rdf:predicate nk:visited ; nk:tense "future" ; nk:{quality} ?x'
    change = f'DELETE {{ ?s nk:{quality} ?x }} INSERT {{ ?s nk:{quality} "{value}" }} WHERE {{ {where} }}'
    assert rows(other, ALL[name]) == []
    other.update(change, prefixes=PREFIXES)
    assert [row[:3] for row in rows(other, ALL[name])] == [("Ana Duarte", PREFIXES["nk"] + "visited", "Bergen")]


def test_told_by_several(store: ox.Store) -> None:
    other = ox.Store()
    other.extend(store)
    other.update(
        "DELETE { ?s nk:asserted false } INSERT { ?s nk:asserted true } WHERE { ?s nk:asserted false ; rdf:predicate nk:visited }",
        prefixes=PREFIXES,
    )
    assert rows(other, ALL["told-by-several"]) == [("Ana Duarte", PREFIXES["nk"] + "visited", "Bergen", "2", "2")]
