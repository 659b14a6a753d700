"""The W3C tests of the SPARQL 1.1 protocol and service description, against a real server; they lie beside the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import Namespace
from rdflib.term import Node

from tests.serve.running import running

SUITE = Path(__file__).parents[3] / "shared" / "gold" / "w3c-sparql11"
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = "http://www.w3.org/ns/sparql-service-description#"

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the W3C test suite is not beside this checkout (../shared/gold/w3c-sparql11)"
)


def manifest() -> rdflib.Graph:
    file = SUITE / "protocol" / "manifest.ttl"
    base = "http://manifest.example/"
    return (
        rdflib.Graph().parse(data=file.read_text(encoding="utf-8"), format="turtle", publicID=base)
        if file.is_file()
        else rdflib.Graph()
    )


GRAPH = manifest()
TESTS = sorted(GRAPH.subjects(rdflib.RDF.type, MF.ProtocolTest), key=str)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with running(None, writable=True) as found:
        yield found


def update(client: httpx.Client, text: str) -> None:
    client.post(
        "/sparql", content=text.encode(), headers={"Content-Type": "application/sparql-update"}
    ).raise_for_status()


def prepare(client: httpx.Client, test: Node) -> None:
    update(client, "CLEAR ALL")
    for data in GRAPH.objects(test, UT.graphData):
        file = SUITE / "protocol" / str(GRAPH.value(data, UT.graph)).rpartition("/")[2]
        name = GRAPH.value(data, rdflib.RDFS.label)
        update(client, f"INSERT DATA {{ GRAPH <{name}> {{ {file.read_text(encoding='utf-8')} }} }}")


def requests(test: Node) -> list[Node]:
    action = GRAPH.value(test, MF.action)
    head = GRAPH.value(action, HT.requests)
    assert head is not None
    return list(Collection(GRAPH, head))


def send(client: httpx.Client, request: Node) -> httpx.Response:
    headers = {}
    if (listed := GRAPH.value(request, HT.headers)) is not None:
        for header in Collection(GRAPH, listed):
            headers[str(GRAPH.value(header, HT.fieldName))] = str(GRAPH.value(header, HT.fieldValue))
    content: Any = None
    if (body := GRAPH.value(request, HT.body)) is not None:
        encoding = str(GRAPH.value(body, CNT.characterEncoding))
        content = str(GRAPH.value(body, CNT.chars)).encode(encoding)
    method, path = str(GRAPH.value(request, HT.methodName)), str(GRAPH.value(request, HT.absolutePath))
    return client.request(method, path, content=content, headers=headers)


def check(response: httpx.Response, wanted: Node) -> None:
    statuses = {str(one).rpartition("StatusCode")[2][0] for one in GRAPH.objects(wanted, MF.expectedStatus)}
    assert str(response.status_code)[0] in statuses, (response.status_code, response.text)
    kind = response.headers.get("content-type", "").partition(";")[0]
    form = GRAPH.value(wanted, MF.expectedFormat)
    if form is not None:
        formats = {
            "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
            "tabular": {
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            },
            "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
        }
        assert kind in formats[str(form)]
    boolean = GRAPH.value(wanted, MF.expectedBoolean)
    if boolean is not None:
        assert response.json()["boolean"] is (str(boolean) == "true")


@pytest.mark.parametrize("test", TESTS, ids=lambda one: str(one).rpartition("#")[2])
def test_protocol(test: Node, client: httpx.Client) -> None:
    prepare(client, test)
    for request in requests(test):
        wanted = GRAPH.value(request, HT.resp)
        assert wanted is not None
        check(send(client, request), wanted)


def test_all_are_run() -> None:
    assert len(TESTS) == 34


def described(client: httpx.Client) -> rdflib.Graph:
    response = client.get("/sparql")
    response.raise_for_status()
    return rdflib.Graph().parse(data=response.text, format="turtle")


def test_description_is_rdf(client: httpx.Client) -> None:
    assert len(described(client)) > 5


def test_description_has_the_endpoint(client: httpx.Client) -> None:
    endpoint = rdflib.URIRef(str(client.base_url.join("/sparql")))
    assert endpoint in set(described(client).objects(None, rdflib.URIRef(SD + "endpoint")))
    assert urlsplit(endpoint).path == "/sparql"


def test_description_conforms_to_the_vocabulary(client: httpx.Client) -> None:
    graph = described(client)
    (service,) = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(SD + "Service")))
    one = set(graph.objects(service, rdflib.URIRef(SD + "supportedLanguage")))
    assert one == {rdflib.URIRef(SD + "SPARQL11Query"), rdflib.URIRef(SD + "SPARQL11Update")}
    terms = {str(term) for triple in graph for term in triple[1:] if str(term).startswith(SD)}
    known = {
        "Service",
        "Dataset",
        "Graph",
        "endpoint",
        "supportedLanguage",
        "resultFormat",
        "defaultDataset",
        "defaultGraph",
    }
    assert terms <= {SD + name for name in (*known, "SPARQL11Query", "SPARQL11Update")}
