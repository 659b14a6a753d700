"""What the server says of itself and of a resource: service description, VoID, pages."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

import pyoxigraph as ox

from kg.prefixes import PREFIXES
from kg.query import queries

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


# ---- pages -----------------------------------------------------------------------------------------------------------

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
textarea{width:100%;font:14px/1.4 ui-monospace,monospace}select{max-width:100%}.fault{color:#a00;white-space:pre-wrap}"""

_SCRIPT = """const named = JSON.parse(document.getElementById('named').textContent), $ = id => document.getElementById(id);
for (const q of named) $('choice').append(new Option(q.title, q.name));
$('choice').onchange = () => { const q = named.find(q => q.name === $('choice').value); if (q) { $('text').value = q.text; run(); } };
$('form').onsubmit = event => { event.preventDefault(); run(); };
async function run() {
  $('fault').textContent = ''; $('answer').replaceChildren();
  const reply = await fetch('/sparql', {method: 'POST', body: $('text').value,
    headers: {'Content-Type': 'application/sparql-query', 'Accept': 'application/sparql-results+json, text/turtle;q=0.9'}});
  if (!reply.ok) { $('fault').textContent = await reply.text(); return; }
  if (reply.headers.get('Content-Type').startsWith('text/turtle')) {
    const pre = document.createElement('pre'); pre.textContent = await reply.text(); $('answer').append(pre); return; }
  const data = await reply.json();
  if ('boolean' in data) { $('answer').textContent = data.boolean; return; }
  const table = document.createElement('table'), head = table.createTHead().insertRow();
  for (const name of data.head.vars) { const cell = document.createElement('th'); cell.textContent = name; head.append(cell); }
  for (const row of data.results.bindings.slice(0, 1000)) {
    const line = table.insertRow();
    for (const name of data.head.vars) line.insertCell().textContent = row[name] ? row[name].value : ''; }
  $('answer').append(data.results.bindings.length + ' rows', table);
}"""


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>{body}</body></html>'
    )


def query_page() -> str:
    named = json.dumps([{"name": q.name, "title": q.title, "text": q.text} for q in queries()]).replace("<", "\\u003c")
    prefixes = html.escape("".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items()))
    return _page(
        "Ask the graph",
        f"""<h1>Ask the graph</h1><p><a href="/">Graph</a> · endpoint <code>/sparql</code></p>
<form id="form"><label for="choice">Ready questions</label> <select id="choice"><option value="">…</option></select>
<label for="text">SPARQL</label><textarea id="text" rows="14" spellcheck="false">SELECT ?who ?whom {{ ?a nk:honored ?b .
  ?a rdfs:label ?who . ?b rdfs:label ?whom }}</textarea><button>Ask</button></form>
<details><summary>Prefixes known without being declared</summary><pre>{prefixes}</pre></details>
<p id="fault" class="fault" role="alert"></p><div id="answer" aria-live="polite"></div>
<script type="application/json" id="named">{named}</script><script>{_SCRIPT}</script>""",
    )


def entity_page(iri: str, base: str, ntriples: bytes) -> str:
    """A resource for people: what is said of it, then what points to it."""
    triples = [quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)]
    labels = {one.subject: one.object.value for one in triples if _is_label(one) and isinstance(one.object, ox.Literal)}
    node = ox.NamedNode(iri)
    out = sorted((one.predicate.value, _cell(one.object, labels, base)) for one in triples if one.subject == node)
    into = sorted((one.predicate.value, _cell(one.subject, labels, base)) for one in triples if one.object == node)
    title = labels.get(node, iri)
    body = f"<h1>{html.escape(title)}</h1><p><code>{html.escape(iri)}</code></p>{_table(out)}"
    return _page(title, body + (f"<h2>Named by</h2>{_table(into)}" if into else ""))


def _is_label(triple: ox.Triple) -> bool:
    return triple.predicate.value == PREFIXES["rdfs"] + "label"


def _table(rows: list[tuple[str, str]]) -> str:
    return f"<table>{''.join(_rows(rows))}</table>"


def _rows(rows: list[tuple[str, str]]) -> Iterator[str]:
    yield from (f"<tr><th>{html.escape(_short(name))}</th><td>{cell}</td></tr>" for name, cell in rows)


def _cell(term: object, labels: dict[object, str], base: str) -> str:
    """A term as HTML. Only resources of this server become links: what an article says leads nowhere."""
    if not isinstance(term, ox.NamedNode):
        return html.escape(str(getattr(term, "value", term)))
    text = html.escape(labels.get(term, _short(term.value)))
    if not term.value.startswith(base):
        return text
    return f'<a href="/id/{html.escape(term.value.removeprefix(base), quote=True)}">{text}</a>'


def _short(iri: str) -> str:
    prefix = next((name for name, space in PREFIXES.items() if iri.startswith(space)), None)
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri
