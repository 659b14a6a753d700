"""A build as one self-contained HTML file: graph, evidence, timeline, figures side by side, SPARQL; no request, ever."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kg.page.network import environment, network
from kg.page.payload import Row, Rows, payload
from kg.page.styles import NO_VOCABULARY, Vocabulary
from kg.page.triples import choose, lines, terms, urls

__all__ = ["PageOptions", "PageReport", "Rows", "Vocabulary", "write_page"]

ASSETS = Path(__file__).resolve().parent / "assets"
Query = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PageOptions:
    """`with_text` puts the whole articles in; above `max_triples` SPARQL has the newest articles only."""

    title: str = "Knowledge graph"
    no_sparql: bool = False
    with_text: bool = False
    max_nodes: int = 20_000
    max_triples: int = 100_000
    version: str = ""
    vocabulary: Vocabulary = NO_VOCABULARY


@dataclass(frozen=True, slots=True)
class PageReport:
    """What the file holds, and what limits left out."""

    bytes: int
    nodes: int
    edges: int
    triples: int
    nodes_left_out: int
    articles_left_out: int


def write_page(
    path: Path,
    rows: Rows,
    graph_nt: Iterable[str] | bytes,
    queries: Sequence[Query],
    options: PageOptions | None = None,
) -> PageReport:
    """Write the page of a build to `path`. `queries` are (name, title, text), `graph_nt` N-Triples for the SPARQL part.

    The same arguments give the same bytes.
    """
    options = options or PageOptions()
    graph = lines(graph_nt)
    data = payload(rows, options.vocabulary, urls(graph), options.with_text)
    net, nodes_left_out = network(data, options.max_nodes)
    published = {row["article"]: row["published"] for row in rows.annotations}
    chosen = choose(graph, published, options.max_triples, {row["id"] for row in rows.entities})
    data["about"] = {
        "title": options.title,
        "version": options.version,
        "triples": 0 if options.no_sparql else chosen.triples,
        "nodes_left_out": nodes_left_out,
        "articles_left_out": 0 if options.no_sparql else chosen.articles_left_out,
        "queries": [] if options.no_sparql else [list(query) for query in queries],
        "terms": []
        if options.no_sparql
        else terms(options.vocabulary.labels, chosen.text, [text for *_, text in queries]),
    }
    net.templateEnv = environment()
    net.path = "template.html"
    net.heading = options.title
    net.templateEnv.globals["page"] = _Page(data, "" if options.no_sparql else chosen.text)
    text = net.generate_html("graph.html")
    written = text.encode("utf-8", "replace")
    path.write_bytes(written)
    return PageReport(
        len(written),
        len(net.nodes),
        len(net.edges),
        data["about"]["triples"],
        nodes_left_out,
        data["about"]["articles_left_out"],
    )


class _Page:
    """What the template puts in verbatim; all of it is our own asset, or JSON or base64 that cannot end its element."""

    def __init__(self, data: Row, triples: str) -> None:
        scripts = ["app.js"] if not triples else ["editor.js", "app.js"]
        texts = [(ASSETS / name).read_text(encoding="utf-8") for name in scripts]
        self.scripts = [Markup(text) for text in texts]
        self.style = Markup((ASSETS / "app.css").read_text(encoding="utf-8"))
        self.data = self.json(data)
        self.blobs = _blobs(triples) if triples else []
        self.policy = _policy(texts)

    @staticmethod
    def json(value: Any) -> Markup:
        """JSON in which no character can end the element or start a comment."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for one in "<>&\u2028\u2029":  # not `translate`: it looks at every character of megabytes
            text = text.replace(one, f"\\u{ord(one):04x}")
        return Markup(text)


def _blobs(triples: str) -> list[tuple[str, str]]:
    """The parts that are unpacked at the first query: worker, WASM, triples; gzip in base64."""
    packed = gzip.compress(triples.encode("utf-8"), 9, mtime=0)
    files = {name: (ASSETS / f"{name}.gz").read_bytes() for name in ("worker.js", "oxigraph.wasm")}
    return [(name, base64.b64encode(part).decode("ascii")) for name, part in {**files, "triples.nt": packed}.items()]


def _policy(scripts: Sequence[str]) -> str:
    digests = [base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") for text in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed} 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
        "img-src data: blob:; font-src data:; worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
