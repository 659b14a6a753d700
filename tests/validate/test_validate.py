"""The sample conforms; each fault put into it is found, and named by the shape or law it breaks."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.data import bundled
from kg.prefixes import PREFIXES
from kg.store import build_store
from kg.validate import NoGraph, Report, check, check_store, laws
from tests.store.test_store import sample_triples


def store() -> ox.Store:
    found = ox.Store()
    found.extend(ox.Quad(one.subject, one.predicate, one.object) for one in sample_triples())
    return found


def changed(update: str) -> Report:
    found = store()
    before = set(found)
    found.update(update, prefixes=PREFIXES)
    assert set(found) != before
    return check_store(found, bundled())


def test_the_sample_conforms(tmp_path: Path) -> None:
    build_store(tmp_path, sample_triples())
    report = check(tmp_path)
    assert report.conforms, report.text()
    assert "no fault" in report.text()


SHAPES = {
    "Article": "DELETE { ?a nk:sha256 ?x } WHERE { ?a nk:sha256 ?x }",
    "Mention": "DELETE { ?m nk:endIndex ?e } INSERT { ?m nk:endIndex 0 } WHERE { ?m nk:endIndex ?e }",
    "Statement": "DELETE { ?s nk:evidence ?e } WHERE { ?s nk:evidence ?e ; nk:asserted false }",
    "StatementOfAnArticle": 'DELETE { ?s nk:polarity ?p } INSERT { ?s nk:polarity "denied" } WHERE { ?s nk:polarity ?p }',
    "Quotation": "DELETE { ?s rdf:predicate ?p } INSERT { ?s rdf:predicate nk:met } WHERE { ?s a nk:Quotation ; rdf:predicate ?p }",
    "QuantityClaim": "DELETE { ?s nk:value ?v } WHERE { ?s nk:value ?v }",
    "Attribution": "DELETE { ?a nk:stance ?s } WHERE { ?a nk:stance ?s }",
    "TimeSpan": 'INSERT { ?t nk:to "1900-01-01"^^xsd:date } WHERE { ?t nk:when "2025-05/.." }',
    "Comparison": 'DELETE { ?c nk:kind ?k } INSERT { ?c nk:kind "better" } WHERE { ?c nk:kind ?k }',
    "Judgement": 'DELETE { ?j nk:verdict ?k } INSERT { ?j nk:verdict "maybe" } WHERE { ?j nk:verdict ?k }',
    "Event": "INSERT { ?e nk:eventType nk:Meeting } WHERE { ?e a nk:Meeting }",
    "UnassertedEvent": "DELETE { ?e nk:eventType ?t } WHERE { ?e nk:eventType ?t }",
    "label": 'INSERT { ?p rdfs:label "Ana"@es } WHERE { ?p rdfs:label "Ana Duarte" ; a nk:Person }',
    "Role": "DELETE { ?r nk:roleTitle ?t } WHERE { ?r nk:roleTitle ?t }",
    "met-range": "INSERT { ?a nk:met ?b } WHERE { ?b a nk:Role . ?a a nk:Person }",
    "visited-domain": "INSERT { ?a nk:visited ?b } WHERE { ?a a nk:TimeSpan . ?b a nk:City }",
}

LAWS = {
    "asserted-stands": "DELETE { ?a nk:visited ?b } WHERE { ?a nk:visited ?b }",
    "plain-triple-has-statement": "INSERT { ?b nk:visited ?a } WHERE { ?a nk:visited ?b }",
    "symmetric-mirrored": 'DELETE { ?a nk:met ?b } WHERE { ?a nk:met ?b ; rdfs:label "Ana Duarte" }',
    "mention-length": 'DELETE { ?m nk:exact ?x } INSERT { ?m nk:exact "x" } WHERE { ?m nk:exact ?x }',
    "inside-the-evidence": "DELETE { ?s nk:evidence ?e } INSERT { ?s nk:evidence ?t } WHERE { ?s nk:evidence ?e ; nk:trigger ?t }",
    "same-article": "DELETE { ?s nk:inArticle ?a } INSERT { ?s nk:inArticle ?b } WHERE { ?s a nk:Statement ; nk:inArticle ?a . "
    "?b a nk:Article FILTER(?a != ?b) }",
    "event-has-asserted-statement": "DELETE { ?s nk:asserted true } INSERT { ?s nk:asserted false } WHERE { ?s nk:asserted true }",
    "source-levels": "DELETE { ?s nk:statedBy ?x } WHERE { ?s nk:statedBy ?x }",
    "last-level-is-ultimate": "DELETE { ?s nk:ultimateSource ?x } WHERE { ?s nk:ultimateSource ?x }",
    "counts-are-not-asserted": "INSERT { ?x nk:hasCount '40' } WHERE { ?x rdfs:label 'dockers' }",
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_fault_is_found_by_its_shape(name: str) -> None:
    report = changed(SHAPES[name])
    assert name in {fault.test for fault in report.faults}, report.text()
    assert name in report.text()


def test_every_law_has_a_fault_that_breaks_it() -> None:
    assert {law.name for law in laws(bundled())} == set(LAWS)


@pytest.mark.parametrize("name", LAWS)
def test_a_fault_is_found_by_its_law(name: str) -> None:
    report = changed(LAWS[name])
    assert name in {fault.test for fault in report.faults}, report.text()


def test_asserting_a_denial_is_a_fault() -> None:
    report = changed(
        'DELETE { ?s nk:asserted false } INSERT { ?s nk:asserted true } WHERE { ?s nk:asserted false ; nk:polarity "negative" }'
    )
    assert "Only what is positive, certain and not to come may be asserted." in {
        fault.message for fault in report.faults
    }


def test_a_foreign_file_is_checked_too(tmp_path: Path) -> None:
    file = tmp_path / "foreign.trig"
    file.write_text(f"@prefix nk: <{PREFIXES['nk']}> . <urn:g> {{ <urn:s> a nk:Statement }}", encoding="utf-8")
    report = check(file)
    assert report.triples == 1
    assert {fault.test for fault in report.faults} >= {"Statement", "label"}


def test_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(NoGraph):
        check(tmp_path)
    (tmp_path / "x.doc").write_text("x", encoding="utf-8")
    with pytest.raises(NoGraph, match="format"):
        check(tmp_path / "x.doc")
