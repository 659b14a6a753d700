"""The server's pages: the query page and a page for each resource. Everything they load is in `assets/`, which frontend/ builds.

Under a policy that lets nothing else run: a page's script comes from this server, styles that the editor makes carry the page's nonce.
"""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from starlette.responses import HTMLResponse, Response

from kg.prefixes import PREFIXES
from kg.query import queries
from kg.reference import terms

ASSETS = Path(__file__).resolve().parent / "assets"
_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_INERT = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


@cache
def asset(name: str) -> Response | None:
    """A file of `assets/` by its plain name."""
    path = ASSETS / name
    if path.parent != ASSETS or path.suffix not in _KINDS or not path.is_file():
        return None
    headers = {"Content-Type": _KINDS[path.suffix], "Cache-Control": "no-cache", **_INERT}
    return Response(path.read_bytes(), headers=headers)


def page(title: str, body: str) -> Response:
    """A page under the policy; `{nonce}` in the body becomes this answer's own."""
    nonce = secrets.token_urlsafe(12)
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="/assets/query.css"></head><body>{body.replace("{nonce}", nonce)}</body></html>'
    )
    return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY.format(nonce=nonce), **_INERT})


def query_page(base: str) -> Response:
    return page("Ask the graph", _query_body(base))


@cache
def _query_body(base: str) -> str:
    data = {
        "questions": [
            {"name": q.name, "title": q.title, "description": q.description, "text": q.text} for q in queries()
        ],
        "prefixes": PREFIXES,
        "terms": [one.name for one in terms()],
        "base": base,
    }
    known = html.escape("".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items()))
    inside = json.dumps(data).replace("<", "\\u003c")
    return f"""<header><h1>Ask the graph</h1>
<p class="quiet"><a href="/">The graph</a> · SPARQL endpoint <code>/sparql</code> ·
<a href="/context.jsonld">JSON-LD context</a></p></header>
<main><div class="bar"><label>Ready questions <select id="choice"><option value="">choose one …</option></select></label></div>
<p id="about" class="quiet"></p><div id="editor"></div>
<div class="bar"><button type="button" id="ask" class="primary">Ask</button><button type="button" id="stop" disabled>Stop</button>
<span class="quiet">Ctrl + Enter</span><span id="status" class="quiet" role="status"></span></div><div id="answer"></div>
<details><summary>Prefixes known without being declared</summary><pre>{known}</pre></details></main>
<script type="application/json" id="page">{inside}</script><script src="/assets/query.js" nonce="{{nonce}}"></script>"""


def entity_page(iri: str, base: str, ntriples: bytes) -> Response:
    """A resource for people: what is said of it, then what points to it."""
    triples = [quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)]
    labels = {one.subject: one.object.value for one in triples if _is_label(one) and isinstance(one.object, ox.Literal)}
    node = ox.NamedNode(iri)
    out = sorted((one.predicate.value, _cell(one.object, labels, base)) for one in triples if one.subject == node)
    into = sorted((one.predicate.value, _cell(one.subject, labels, base)) for one in triples if one.object == node)
    title = labels.get(node, iri)
    address = f'<code>{html.escape(iri)}</code> · <a href="/query">Ask the graph</a>'
    head = f'<header><h1>{html.escape(title)}</h1><p class="quiet">{address}</p></header>'
    body = f"{head}<main>{_table(out)}{f'<h2>Named by</h2>{_table(into)}' if into else ''}</main>"
    return page(title, body.replace("{nonce}", "&#123;nonce}"))


def _is_label(triple: ox.Triple) -> bool:
    return triple.predicate.value == PREFIXES["rdfs"] + "label"


def _table(rows: list[tuple[str, str]]) -> str:
    return f"<table><tbody>{''.join(_rows(rows))}</tbody></table>"


def _rows(rows: list[tuple[str, str]]) -> Iterator[str]:
    yield from (f'<tr><th scope="row">{html.escape(_short(name))}</th><td>{cell}</td></tr>' for name, cell in rows)


def _cell(term: object, labels: dict[object, str], base: str) -> str:
    """A term as HTML. Only resources of this server become links: what an article says leads nowhere."""
    if not isinstance(term, ox.NamedNode):
        return html.escape(str(getattr(term, "value", term)))
    text = html.escape(labels.get(term, _short(term.value)))
    if not term.value.startswith(base):
        return text
    path = term.value.removeprefix(base).replace("#", "%23")
    return f'<a href="/id/{html.escape(path, quote=True)}">{text}</a>'


def _short(iri: str) -> str:
    prefix = next((name for name, space in PREFIXES.items() if iri.startswith(space)), None)
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri
