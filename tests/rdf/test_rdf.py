"""What stands in the graph, asked in SPARQL of a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import iri
from kg.data import bundled
from kg.findings import Findings
from kg.iri import PREFIXES
from kg.model import ArticleGraph, Resolution
from kg.rdf import Closure, foreign, literal, nk, ontology_triples, quads, triples
from tests.rdf import sample
from tests.rdf.sample import term


def loaded(resolution: Resolution | None = None, **options: object) -> ox.Store:
    store = ox.Store()
    found = triples(sample.findings(resolution), **options)  # type: ignore[arg-type]
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in found)
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return loaded()


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(value.value if value is not None else "" for value in row) for row in found)


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES))


def test_no_blank_node_and_nothing_twice() -> None:
    found = list(triples(sample.findings()))
    assert len(found) == len(set(found))
    assert not any(isinstance(end, ox.BlankNode) for one in found for end in (one.subject, one.object))


def test_every_resource_has_one_plain_label(store: ox.Store) -> None:
    subjects = {quad.subject for quad in store}
    for subject in subjects:
        labels = [quad.object for quad in store.quads_for_pattern(subject, term("rdfs:label"), None)]
        assert len(labels) == 1, subject
        assert isinstance(labels[0], ox.Literal)
        assert labels[0].language is None


def test_every_resource_that_is_pointed_to_is_described(store: ox.Store) -> None:
    subjects = {quad.subject for quad in store}
    pointed = {q.object for q in store if isinstance(q.object, ox.NamedNode) and q.object.value.startswith(sample.BASE)}
    assert pointed <= subjects


def test_mentions_are_the_words_of_the_article(store: ox.Store) -> None:
    texts = {iri.article(sample.BASE, one.annotated.article): one.annotated.article.text for one in sample.graphs()}
    found = rows(
        store,
        "SELECT ?a ?b ?e ?x { ?m a nk:Mention ; nk:inArticle ?a ; nk:beginIndex ?b ; nk:endIndex ?e ; nk:exact ?x }",
    )
    assert len(found) > 20
    for article, start, end, exact in found:
        assert texts[article][int(start) : int(end)] == exact


def test_both_mentions_and_the_trigger_lie_in_the_evidence(store: ox.Store) -> None:
    query = """SELECT ?s { ?s nk:evidence [ nk:beginIndex ?b ; nk:endIndex ?e ] ; ?p [ nk:beginIndex ?mb ; nk:endIndex ?me ] .
      VALUES ?p { nk:subjectMention nk:objectMention nk:trigger } FILTER(?mb < ?b || ?me > ?e) }"""
    assert rows(store, query) == []


def test_asserted_statements_stand_as_plain_triples_and_no_others(store: ox.Store) -> None:
    stated = "?s a nk:Statement ; rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b"
    assert rows(store, f"SELECT ?s {{ {stated} ; nk:asserted true FILTER NOT EXISTS {{ ?a ?p ?b }} }}") == []
    behind = "?o rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b ; nk:asserted true"
    bare = f"{stated} ; nk:asserted false . ?a ?p ?b FILTER NOT EXISTS {{ {behind} }}"
    assert rows(store, f"SELECT ?s {{ {bare} }}") == []
    assert not ask(store, "?a nk:hasCount ?b")
    assert ask(store, "?a nk:said 'We will rebuild the bridge,'")


def test_symmetric_triples_are_mirrored(store: ox.Store) -> None:
    met = rows(store, "SELECT ?x ?y { ?a nk:met ?b . ?a rdfs:label ?x . ?b rdfs:label ?y }")
    assert met == [("Ana Duarte", "Jonas Keller"), ("Jonas Keller", "Ana Duarte")]


def test_superclasses_and_superproperties_are_materialised(store: ox.Store) -> None:
    types = {name for (name,) in rows(store, "SELECT ?t { ?e rdfs:label 'Oslo' ; a ?t }")}
    assert {iri.NK + name for name in ("City", "Place", "Actor")} <= types
    assert ask(store, "?e a nk:Meeting, nk:Event, sem:Event ; nk:agent ?p ; nk:participant ?p ; sem:hasActor ?p")
    assert ask(store, "?a a nk:Article, schema:NewsArticle . ?c a nk:QuantityClaim, nk:Statement . ?t a sem:Time")


def test_only_an_event_with_an_asserted_statement_has_its_class(store: ox.Store) -> None:
    took_place = rows(
        store, "SELECT ?l ?a { ?e a nk:Visit ; rdfs:label ?l ; nk:inArticle/schema:publisher/rdfs:label ?a }"
    )
    assert [outlet for _, outlet in took_place] == ["Gazette"]
    planned = rows(store, "SELECT ?t ?who { ?e a nk:UnassertedEvent ; nk:eventType ?t ; nk:agent/rdfs:label ?who }")
    assert planned == [(iri.NK + "Visit", "Ana Duarte")]
    assert not ask(store, "?e a nk:UnassertedEvent, nk:Event")


def test_denial_points_to_the_event_denied(store: ox.Store) -> None:
    assert ask(store, "?k rdfs:label 'Jonas Keller' ; nk:denied ?e . ?e nk:eventType nk:Visit")


def test_chain_of_attribution(store: ox.Store) -> None:
    query = """SELECT ?level ?who ?cue { ?s nk:measure "wounded" ; nk:min ?min ; nk:attribution ?a .
      ?a nk:level ?level ; nk:source/rdfs:label ?who ; nk:cue/nk:exact ?cue }"""
    assert rows(store, query) == [("0", "The Harbour Wire", "reported"), ("1", "police", "citing")]
    ends = 'SELECT ?o ?u { ?s nk:measure "wounded" ; nk:min ?min ; nk:statedBy/rdfs:label ?o ; nk:ultimateSource/rdfs:label ?u }'
    assert rows(store, ends) == [("The Harbour Wire", "police")]


def test_sources_always_exist(store: ox.Store) -> None:
    assert not ask(store, "?s nk:evidence ?e FILTER NOT EXISTS { ?s nk:statedBy ?o ; nk:ultimateSource ?u }")
    own = rows(store, "SELECT ?l { ?s rdf:predicate nk:met ; nk:voice 'article' ; nk:ultimateSource/rdfs:label ?l }")
    assert own == [("The Harbour Wire",)]


def test_an_unresolved_source_is_its_mention(store: ox.Store) -> None:
    assert ask(store, "?s rdf:predicate nk:visited ; nk:statedBy ?m . ?m a nk:Mention ; nk:exact 'officials'")


def test_the_publisher_is_the_outlet_that_articles_name(store: ox.Store) -> None:
    assert rows(store, "SELECT ?l { ?x a nk:MediaOrganization ; rdfs:label ?l }") == [
        ("Gazette",),
        ("The Harbour Wire",),
    ]


def test_times(store: ox.Store) -> None:
    query = "SELECT DISTINCT ?t ?w ?f ?o { ?t a nk:TimeSpan ; nk:when ?w OPTIONAL { ?t nk:from ?f } OPTIONAL { ?t nk:to ?o } }"
    assert rows(store, query) == [
        (f"{sample.BASE}time/2025-05%2F..", "2025-05/..", "2025-05-01", ""),
        (f"{sample.BASE}time/2025-05-03", "2025-05-03", "2025-05-03", "2025-05-03"),
    ]
    assert ask(store, 'FILTER(EXISTS { ?e a nk:Meeting ; nk:time/nk:from "2025-05-03"^^xsd:date })')


def test_keys_join_what_two_articles_say() -> None:
    found = rows(loaded(), "SELECT ?k (COUNT(?s) AS ?n) { ?s nk:key ?k ; rdf:predicate nk:visited } GROUP BY ?k")
    assert [n for _, n in found] == ["2"]


def test_comparison_and_judgement(store: ox.Store) -> None:
    assert ask(store, "?c a nk:Comparison ; nk:kind 'conflict' ; nk:inGroup ?g ; nk:compares ?l, ?r FILTER(?l != ?r)")
    assert ask(
        store, "?j a nk:Judgement ; nk:verdict 'same' ; nk:judgedBy 'newskg' ; nk:score 0.9 ; nk:reason 'surname'"
    )


def test_a_rejected_statement_stays_but_is_not_asserted() -> None:
    article = iri.article(sample.BASE, sample.first().annotated.article)
    rejected = iri.statement(article, sample.first().statements[0])
    store = loaded(sample.rejecting(rejected))
    assert ask(
        store, f"<{rejected}> a nk:Statement ; nk:asserted false . ?j nk:verdict 'reject' ; nk:judges <{rejected}>"
    )
    assert not ask(store, "?a nk:met ?b")
    assert not ask(store, "?e a nk:Meeting")
    assert ask(store, "?e nk:eventType nk:Meeting")


def test_background_knowledge_can_be_switched_off() -> None:
    found = sample.resolution()
    oslo = next(one for one in found.entities if one.label == "Oslo")
    owned = replace(found.entities[4], affiliation=oslo.iri)
    linked = replace(found, entities=(*found.entities[:4], owned, *found.entities[5:]))
    on, off = loaded(linked), loaded(linked, background=False)
    query = (
        "SELECT ?l { ?s nk:extractor 'gazetteer' ; rdf:subject/rdfs:label ?l FILTER NOT EXISTS { ?s nk:evidence ?e } }"
    )
    assert rows(on, query) == [("police",)]
    assert ask(on, "?p nk:affiliatedWith ?o . ?o skos:exactMatch <https://sws.geonames.org/3143244/>")
    assert not ask(off, "?s nk:extractor 'gazetteer'")
    assert not ask(off, "?p skos:exactMatch ?o")


def test_a_role_has_title_and_body() -> None:
    found = sample.resolution()
    oslo = next(one for one in found.entities if one.label == "Oslo")
    role = replace(found.entities[7], label="prime minister of Oslo", affiliation=oslo.iri)
    store = loaded(replace(found, entities=(*found.entities[:7], role, *found.entities[8:])))
    assert ask(store, "?r a nk:Role ; nk:roleTitle 'prime minister' ; nk:roleIn/rdfs:label 'Oslo'")


def test_order_of_articles_makes_no_difference() -> None:
    graphs, resolution, comparisons = sample.shuffled()
    one = triples(sample.findings())
    other = triples(Findings.of(graphs, resolution, sample.ontology(), sample.BASE, comparisons))
    assert set(one) == set(other)


def test_statements_of_equal_spans_get_different_names() -> None:
    graph = sample.first()
    twice = replace(graph, statements=(*graph.statements, replace(graph.statements[0], tense="present")))
    names = iri.statements("urn:a", twice.statements)
    assert len(set(names)) == len(names)
    assert names[0] == iri.statement("urn:a", graph.statements[0])


def test_quads_name_the_article_of_each_triple() -> None:
    found = quads(sample.findings())
    graphs = {quad.graph_name for quad in found}
    articles = {ox.NamedNode(iri.article(sample.BASE, one.annotated.article)) for one in sample.graphs()}
    assert graphs == {*articles, ox.DefaultGraph()}


def used_terms(graphs: list[ArticleGraph]) -> Iterator[str]:
    for one in triples(Findings.of(graphs, sample.resolution(), sample.ontology(), sample.BASE, sample.comparisons())):
        named = one.object if one.predicate == term("rdf:type") else one.predicate
        if isinstance(named, ox.NamedNode) and named.value.startswith(iri.NK):
            yield named.value


def test_every_term_used_is_defined_in_the_ontology() -> None:
    defined = {getattr(one.subject, "value", "") for one in ontology_triples(bundled())}
    assert set(used_terms(sample.graphs())) <= defined


def test_closure_is_transitive_and_reaches_foreign_terms() -> None:
    above = Closure.of(bundled())(nk("Visit"))
    assert above[0] == f"<{iri.NK}Visit>"
    assert {f"<{iri.NK}Event>", f"<{PREFIXES['sem']}Event>"} <= set(above)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_literal_is_written_as_oxigraph_writes_it(text: str) -> None:
    triple = ox.Triple(term("nk:a"), term("nk:b"), ox.Literal(text))
    line = f"{nk('a')} {nk('b')} {literal(text)} ."
    assert (ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b"").decode() == f"{line}\n"


@pytest.mark.parametrize("text", ["no scheme", "urn:with space", "urn:<b>", 'urn:"', ""])
def test_what_is_no_iri_does_not_get_into_the_graph(text: str) -> None:
    with pytest.raises(ValueError, match="no IRI"):
        foreign(text)
