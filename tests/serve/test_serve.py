"""The server as its clients meet it: formats, exact refusals, runaways, pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.sparql import reaches_out, with_dataset
from kg.store import build_store
from tests.serve.malformed import refused
from tests.serve.running import running
from tests.store.test_store import one, sample_triples

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MET = "SELECT ?n { ?a nk:met/rdfs:label ?n } ORDER BY ?n"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build_store(folder, sample_triples())
    (folder / "build.json").write_text('{"options": {"base": "https://kg.example/id/"}}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def client(build: Path) -> Iterator[httpx.Client]:
    with running(build, {"seconds": 1.5, "rows": 5000, "bytes": 2_000_000, "request": 100_000}) as found:
        yield found


def ask(client: httpx.Client, query: str, accept: str | None = None) -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept} if accept else {})


@pytest.mark.parametrize(
    ("accept", "kind", "form"),
    [
        (JSON, JSON, ox.QueryResultsFormat.JSON),
        ("application/json", JSON, ox.QueryResultsFormat.JSON),
        (XML, XML, ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values", ox.QueryResultsFormat.TSV),
        (f"text/html, {XML};q=0.3, */*;q=0.1", XML, ox.QueryResultsFormat.XML),
        ("*/*", JSON, ox.QueryResultsFormat.JSON),
    ],
)
def test_results_in_each_format(client: httpx.Client, accept: str, kind: str, form: ox.QueryResultsFormat) -> None:
    reply = ask(client, MET, accept)
    assert reply.headers["content-type"].partition(";")[0] == kind
    found = ox.parse_query_results(reply.content, format=form)
    assert isinstance(found, ox.QuerySolutions)
    assert [row["n"].value for row in found] == ["Ana Duarte", "Jonas Keller"]


def test_csv(client: httpx.Client) -> None:
    assert ask(client, MET, "text/csv").text == "n\r\nAna Duarte\r\nJonas Keller\r\n"


GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("kind", GRAPHS)
def test_triples_in_each_format(client: httpx.Client, kind: str) -> None:
    reply = ask(client, "CONSTRUCT WHERE { ?a nk:met ?b }", kind)
    assert reply.headers["content-type"].partition(";")[0] == kind
    assert len(list(ox.parse(reply.content, format=GRAPHS[kind]))) == 2


REFUSED = [
    (400, "GET", "/sparql?query=SELECT", None, None),
    (400, "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, None),
    (400, "GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", None, None),
    (400, "GET", "/sparql?query=%FF", None, None),
    (405, "GET", "/sparql?update=CLEAR%20ALL", None, None),
    (405, "PUT", "/sparql", "text/plain", b"x"),
    (405, "DELETE", "/sparql", None, None),
    (400, "POST", "/sparql", "application/x-www-form-urlencoded", b"text=ASK%7B%7D"),
    (400, "POST", "/sparql", "application/sparql-query", b"\xff\xfe"),
    (400, "POST", "/sparql?query=ASK%7B%7D", "application/sparql-query", b"ASK {}"),
    (403, "POST", "/sparql", "application/sparql-update", b"CLEAR ALL"),
    (403, "POST", "/sparql", "application/sparql-query", b"SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"),
    (413, "POST", "/sparql", "application/sparql-query", b"#" * 200_000),
    (415, "POST", "/sparql", "text/plain", b"ASK {}"),
    (415, "POST", "/sparql", None, b"ASK {}"),
    (415, "POST", "/sparql", "application/sparql-query; charset=utf-16", "ASK {}".encode("utf-16")),
    (404, "GET", "/nowhere", None, None),
    (404, "GET", "/id/person/nobody", None, None),
]


@pytest.mark.parametrize(("status", "method", "url", "kind", "body"), REFUSED)
def test_exact_refusals(
    client: httpx.Client, status: int, method: str, url: str, kind: str | None, body: bytes | None
) -> None:
    reply = client.request(method, url, content=body, headers={"Content-Type": kind} if kind else {})
    assert reply.status_code == status, reply.text
    assert reply.text.strip()


def test_a_format_nobody_serves(client: httpx.Client) -> None:
    assert ask(client, "ASK {}", "image/png").status_code == 406
    assert ask(client, "ASK {}", "text/turtle").status_code == 406


def test_malformed_requests_get_each_its_own_refusal(client: httpx.Client) -> None:
    cases = refused(300, limit=100_000)
    wrong = []
    for case in cases:
        reply = client.request(case.method, case.url, content=case.body, headers=case.headers)
        if reply.status_code != case.status or not reply.text.strip():
            wrong.append((case, reply.status_code, reply.text))
    assert wrong == []
    assert {case.status for case in cases} == {400, 403, 404, 405, 406, 413, 415}
    assert ask(client, MET).status_code == 200


def test_a_runaway_is_stopped_and_others_go_on(client: httpx.Client) -> None:
    with ThreadPoolExecutor(4) as pool:
        begun = time.monotonic()
        runaway = pool.submit(ask, client, RUNAWAY)
        honest = [pool.submit(ask, client, MET) for _ in range(20)]
        assert [one.result().status_code for one in honest] == [200] * 20
        reply = runaway.result()
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "10")
    assert "longer than" in reply.text
    assert time.monotonic() - begun < 10
    assert ask(client, MET).status_code == 200


def test_long_queries_are_answered_and_one_too_many_is_refused_at_once(build: Path) -> None:
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a nk:Person }"  # a second or two
    limits = {"seconds": 60, "quick": 0.05, "long": 1}
    with running(build, limits, workers=1) as one, ThreadPoolExecutor(1) as pool:
        running_one = pool.submit(ask, one, long, "text/csv")
        time.sleep(0.3)
        refused = ask(one, long)
        assert (refused.status_code, "try later" in refused.text) == (503, True)
        assert [ask(one, MET).status_code for _ in range(10)] == [200] * 10
        assert not running_one.done()
        answer = running_one.result()
        assert (answer.status_code, int(answer.text.split()[1]) > 10**6) == (200, True)
        assert ask(one, long, "text/csv").text == answer.text


@pytest.mark.parametrize("accept", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_too_many_rows_are_refused_not_cut(client: httpx.Client, accept: str) -> None:
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT "
    assert ask(client, query + "4000", accept).status_code == 200
    reply = ask(client, query + "6000", accept)
    assert (reply.status_code, "rows" in reply.text) == (503, True)


def test_too_many_bytes_are_refused(client: httpx.Client) -> None:
    reply = ask(client, "SELECT * { ?a a ?b . ?c a ?d . ?e a ?f } LIMIT 4900")
    assert (reply.status_code, "bytes" in reply.text) == (503, True)


def test_description_and_void(client: httpx.Client) -> None:
    for url in ("/sparql", "/.well-known/void"):
        reply = client.get(url, headers={"Accept": "application/n-triples"})
        found = {
            quad.predicate.value.rpartition("#")[2] for quad in ox.parse(reply.content, format=ox.RdfFormat.N_TRIPLES)
        }
        assert {"endpoint", "triples", "sparqlEndpoint", "resultFormat"} <= found


def test_any_page_may_ask(client: httpx.Client) -> None:
    reply = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://elsewhere.example"})
    assert reply.headers["access-control-allow-origin"] == "*"
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert client.options("/sparql", headers=asked).status_code == 200


def test_resources_are_found_under_their_own_path(client: httpx.Client) -> None:
    iri = ask(client, "SELECT ?d { ?d a nk:Person ; rdfs:label 'Ana Duarte' }", "text/csv").text.split()[1]
    path = iri.replace("https://kg.example", "")
    page = client.get(path, headers={"Accept": "text/html"})
    assert (page.status_code, "<h1>Ana Duarte</h1>" in page.text, "Jonas Keller" in page.text) == (200, True, True)
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    assert any(quad.subject.value == iri for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))
    assert client.get(path, headers={"Accept": "application/ld+json"}).json()


def test_hostile_text_is_inert_on_a_page(client: httpx.Client) -> None:
    iri = ask(
        client, "SELECT ?d { ?d a nk:Person ; rdfs:label ?l FILTER(CONTAINS(?l, 'script')) }", "text/csv"
    ).text.split()[1]
    page = client.get(iri.replace("https://kg.example", ""))
    assert "&lt;script&gt;alert" in page.text
    assert "<script>alert" not in page.text


def test_query_page_offers_the_ready_questions_under_a_strict_policy(client: httpx.Client) -> None:
    page = client.get("/query")
    assert "who-honoured-whom" in page.text
    assert client.get("/sparql", headers={"Accept": "text/html"}).text[:500] == page.text[:500]
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert page.text.count(nonce) == 1
    assert client.get("/query").headers["content-security-policy"] != policy


def test_assets_are_served_and_nothing_beside_them(client: httpx.Client) -> None:
    assert client.get("/assets/query.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert client.get("/assets/query.css").status_code == 200
    for name in ("pages.py", "..%2Fpages.py", "%2e%2e/pages.py", ".", "query.js%00"):
        assert client.get(f"/assets/{name}").status_code == 404


def test_an_article_holds_what_its_fragments_name(client: httpx.Client) -> None:
    """Clients send no fragment: whoever dereferences a statement or a mention gets the article's document."""
    query = "SELECT ?s { ?s a nk:Statement ; nk:attribution ?a } LIMIT 1"
    statement = ask(client, query, "text/csv").text.split()[1].replace("https://kg.example", "")
    document = client.get(statement.partition("#")[0], headers={"Accept": "text/turtle"})
    subjects = {quad.subject.value for quad in ox.parse(document.content, format=ox.RdfFormat.TURTLE)}
    marks = {one.partition("#")[2].partition("=")[0] for one in subjects}
    assert {"", "st", "at", "char", "ev"} <= marks
    page = client.get(statement.replace("#", "%23"), headers={"Accept": "text/html"})
    assert (page.status_code, "nk:polarity" in page.text) == (200, True)


def test_a_new_build_is_served_at_once(tmp_path: Path) -> None:
    build_store(tmp_path, [one("old")])
    with running(tmp_path) as client:
        assert ask(client, "ASK { <urn:old> ?p ?o }").json()["boolean"]
        build_store(tmp_path, [one("new")])
        assert ask(client, "ASK { <urn:new> ?p ?o }").json()["boolean"]


def test_updates_go_to_a_copy(build: Path) -> None:
    update = {"Content-Type": "application/sparql-update"}
    with running(build, writable=True) as client:
        assert client.post("/sparql", content=b"DELETE WHERE { ?a nk:met ?b }", headers=update).status_code == 204
        assert not ask(client, "ASK { ?a nk:met ?b }").json()["boolean"]
        assert client.post("/sparql", content=b"LOAD <http://127.0.0.1/x>", headers=update).status_code == 403
    with running(build) as client:
        assert ask(client, "ASK { ?a nk:met ?b }").json()["boolean"]


def test_keywords_are_found_only_where_they_are_keywords() -> None:
    assert (
        reaches_out('SELECT * { ?service ex:load "SERVICE" . <http://service/> ?p """LOAD " SERVICE""" } # SERVICE')
        is None
    )
    assert reaches_out("select * {?s ?p ?o.SeRvIcE?x{}}") == "SERVICE"
    assert reaches_out("LOAD<http://x>") == "LOAD"


def test_datasets_of_updates() -> None:
    update = "DELETE WHERE { ?s ?p ?o } ; INSERT { ?s ?p 'WHERE' } WHERE { { ?s ?p ?o } }"
    assert with_dataset(update, [], ["urn:n"]).count("USING NAMED <urn:n> WHERE { {") == 1
    with pytest.raises(ValueError, match="WITH"):
        with_dataset("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["urn:d"], [])
