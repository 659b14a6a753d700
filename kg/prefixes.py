"""Namespaces: of the ontology, of resources unless `--base` says otherwise, and all that queries and files may abbreviate."""

from __future__ import annotations

NK = "https://w3id.org/newskg/ontology#"
BASE = "https://w3id.org/newskg/id/"
PREFIXES = {
    "nk": NK,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
}
