"""What the server says of itself and of a resource in triples: service description, VoID, a resource's surroundings."""

from __future__ import annotations

from kg.prefixes import PREFIXES

_SD, _VOID, _FORMATS = (
    "http://www.w3.org/ns/sparql-service-description#",
    "http://rdfs.org/ns/void#",
    "http://www.w3.org/ns/formats/",
)
_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def description(endpoint: str, writable: bool) -> str:
    """A CONSTRUCT that gives the service description with the data set's VoID figures, counted in the store itself."""
    languages = "sd:SPARQL11Query, sd:SPARQL11Update" if writable else "sd:SPARQL11Query"
    formats = ", ".join(f"<{_FORMATS}{name}>" for name in _RESULT_FORMATS)
    return f"""PREFIX sd: <{_SD}> PREFIX void: <{_VOID}>
CONSTRUCT {{
  <{endpoint}#service> a sd:Service ; sd:endpoint <{endpoint}> ; sd:supportedLanguage {languages} ; sd:resultFormat {formats} ;
    sd:defaultDataset <{endpoint}#dataset> .
  <{endpoint}#dataset> a sd:Dataset, void:Dataset ; sd:defaultGraph <{endpoint}#graph> ; void:sparqlEndpoint <{endpoint}> ;
    void:vocabulary <{PREFIXES["nk"]}>, <{PREFIXES["schema"]}>, <{PREFIXES["sem"]}>, <{PREFIXES["prov"]}> .
  <{endpoint}#graph> a sd:Graph, void:Dataset ; void:triples ?triples ; void:properties ?properties ; void:classes ?classes .
}} WHERE {{
  {{ SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?p) AS ?properties) {{ ?s ?p ?o }} }}
  {{ SELECT (COUNT(DISTINCT ?c) AS ?classes) {{ ?x a ?c }} }}
}}"""


def entity_query(iri: str) -> str:
    """What is said of a resource and where it is the object, and the labels of all that stands in it."""
    return f"""CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> . ?o rdfs:label ?ol . ?s rdfs:label ?sl }} WHERE {{
  {{ <{iri}> ?p ?o OPTIONAL {{ ?o rdfs:label ?ol }} }}
  UNION {{ SELECT ?s ?q ?sl {{ ?s ?q <{iri}> OPTIONAL {{ ?s rdfs:label ?sl }} }} LIMIT 2000 }}
}}"""


def article_query(iri: str) -> str:
    """An article with its mentions, statements, events and attributions: their IRIs have a fragment, so this is where they are found."""
    return f"""CONSTRUCT {{ ?part ?p ?o }} WHERE {{
  {{ VALUES ?part {{ <{iri}> }} }} UNION {{ ?part nk:inArticle <{iri}> }} UNION {{ ?s nk:inArticle <{iri}> ; nk:attribution ?part }}
  ?part ?p ?o
}}"""
