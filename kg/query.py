"""Questions to a build in SPARQL, through rdflib over the Oxigraph store; the ready ones are files in `ontology/queries/`.

Nothing here imports spaCy or any stage of a build: a question must be answered before one notices the start of the program.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.prefixes import PREFIXES
from kg.store import open_graph

if TYPE_CHECKING:
    import rdflib
    from rdflib.query import Result

    from kg.data import Folder

Rows = Sequence[Sequence[Any]]  # of rdflib terms, None where unbound
WIDTH = 60  # of a column in a table


class QueryError(Exception):
    """A question that cannot be answered as put."""

    friendly = True


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A ready question. Title and description are the comments at its head: first line, following lines."""

    name: str
    title: str
    description: str
    text: str

    @classmethod
    def parse(cls, name: str, text: str) -> NamedQuery:
        """
        >>> NamedQuery.parse("all", "# All\\n# Every triple.\\nSELECT * { ?s ?p ?o }").description
        'Every triple.'
        """
        comments = []
        for line in text.splitlines():
            if not line.startswith("#"):
                break
            comments.append(line.lstrip("# ").rstrip())
        return cls(name, comments[0] if comments else name, " ".join(comments[1:]), text)


@cache
def queries(folder: Folder | None = None) -> tuple[NamedQuery, ...]:
    """The ready questions of an ontology folder, by name."""
    from kg.data import bundled

    folder = folder or bundled()
    files = folder.names("queries", ".rq")
    return tuple(NamedQuery.parse(Path(file).stem, folder.text(file)) for file in files)


def catalogue(folder: Folder | None = None) -> list[tuple[str, str]]:
    return [(one.name, one.title) for one in queries(folder)]


def run(
    directory: str | Path, query: str, form: str = "table", folder: Folder | None = None, only: Sequence[str] = ()
) -> str:
    """The answer to a SPARQL text or to a ready question given by name, as table, csv, tsv, json or ttl.

    `only`: COLUMN=TEXT each; of a SELECT the rows whose column holds the text, upper and lower case alike.
    Raises QueryError for an unknown name or column, a fault in the SPARQL or a format that does not fit the answer; kg.store.NoStore.
    """
    text = resolve(query, folder)
    graph = open_graph(directory)
    return render(ask(graph, text), form, only)


def resolve(query: str, folder: Folder | None = None) -> str:
    """The text of a ready question if `query` is a name, else `query` itself."""
    if not re.fullmatch(r"[\w-]+", query.strip()):
        return query
    known = {one.name: one.text for one in queries(folder)}
    if query.strip() in known:
        return known[query.strip()]
    near = difflib.get_close_matches(query.strip(), known, 3, 0.4)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise QueryError(f"no ready question is named {query.strip()!r}{hint}; `kg query DIR` lists them")


def ask(graph: rdflib.Graph, text: str) -> Result:
    try:
        return graph.query(text)
    except SyntaxError as error:
        raise QueryError(f"SPARQL: {_short(str(error))}") from error


def _short(message: str) -> str:
    """The parser lists every character it would have accepted; the place is what helps."""
    place, expected, rest = message.partition(": expected one of ")
    words = re.findall(r'"[^"]+"|\b[A-Z]{2,}\b', rest)
    return f"{place}: expected {', '.join(words[:12])} …" if expected else message


def render(result: Result, form: str, only: Sequence[str] = ()) -> str:
    if form not in FORMS:
        raise QueryError(f"no such format: {form}; there are {', '.join(FORMS)}")
    if only and result.type != "SELECT":
        raise QueryError("--only chooses among the rows of a SELECT")
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        return _turtle(result, form)
    if form == "ttl":
        raise QueryError("only CONSTRUCT and DESCRIBE give triples (format ttl)")
    if result.type == "ASK":
        answer = bool(result.askAnswer)
        return json.dumps({"head": {}, "boolean": answer}) + "\n" if form == "json" else f"{str(answer).lower()}\n"
    names = [str(name) for name in result.vars or ()]
    rows = [[row.get(name) for name in result.vars or ()] for row in result.bindings]
    return FORMS[form](names, _chosen(names, rows, only))


def _chosen(names: Sequence[str], rows: Rows, only: Sequence[str]) -> Rows:
    """
    >>> _chosen(["who", "act"], [["Ana", "met"], ["Bo", "met"]], ["who=an"])
    [['Ana', 'met']]
    """
    for wish in only:
        column, equals, text = wish.partition("=")
        if not equals or column not in names:
            raise QueryError(f"--only {wish}: write COLUMN=TEXT; the columns are {', '.join(names)}")
        at = list(names).index(column)
        rows = [row for row in rows if text.casefold() in _shown(row[at]).casefold()]
    return rows


def _turtle(result: Result, form: str) -> str:
    if form not in ("ttl", "table") or result.graph is None:
        raise QueryError(f"CONSTRUCT and DESCRIBE give triples (format ttl), not {form}")
    for prefix, namespace in PREFIXES.items():
        result.graph.bind(prefix, namespace, override=True)
    return result.graph.serialize(format="turtle")


def _csv(names: Sequence[str], rows: Rows) -> str:
    """SPARQL 1.1 CSV: values without types, CRLF."""
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([["" if cell is None else _plain(cell) for cell in row] for row in rows])
    return out.getvalue()


def _tsv(names: Sequence[str], rows: Rows) -> str:
    """SPARQL 1.1 TSV: terms as in Turtle."""
    head = "\t".join(f"?{name}" for name in names)
    lines = ("\t".join("" if cell is None else _n3(cell) for cell in row) for row in rows)
    return "".join(f"{line}\n" for line in (head, *lines))


def _json(names: Sequence[str], rows: Rows) -> str:
    """SPARQL 1.1 JSON."""
    bindings = [{n: _binding(cell) for n, cell in zip(names, row, strict=True) if cell is not None} for row in rows]
    return json.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}}, ensure_ascii=False) + "\n"


def _table(names: Sequence[str], rows: Rows) -> str:
    cells = [[_shown(cell) for cell in row] for row in rows]
    widths = [min(WIDTH, max(map(len, column))) for column in zip(names, *cells, strict=True)]
    rule = ["-" * width for width in widths]
    lines = (
        "  ".join(_fit(c, w) for c, w in zip(line, widths, strict=True)).rstrip() for line in (names, rule, *cells)
    )
    cut = any(len(cell) > width for row in cells for cell, width in zip(row, widths, strict=True))
    count = f"{len(rows)} row{'s' if len(rows) != 1 else ''}" + (
        "; … is a cut cell, --format csv has it whole" if cut else ""
    )
    return "".join(f"{line}\n" for line in lines) + f"({count})\n"


def _fit(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"


def _shown(cell: Any) -> str:
    """A term for people: IRIs by prefix, literals without type, control characters made visible."""
    if cell is None:
        return ""
    text = str(cell)
    if _is_iri(cell):
        prefix = next((p for p, space in PREFIXES.items() if text.startswith(space)), None)
        return f"{prefix}:{text[len(PREFIXES[prefix]) :]}" if prefix else text
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "␣", text)


def _is_iri(cell: Any) -> bool:
    from rdflib import URIRef

    return isinstance(cell, URIRef)


def _plain(cell: Any) -> str:
    from rdflib import BNode

    return f"_:{cell}" if isinstance(cell, BNode) else str(cell)


def _n3(cell: Any) -> str:
    from rdflib import BNode, URIRef

    if isinstance(cell, URIRef):
        return f"<{cell}>"
    if isinstance(cell, BNode):
        return f"_:{cell}"
    text = str(cell).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    quoted = '"' + text.replace('"', '\\"') + '"'
    kind = _datatype(cell)
    return f"{quoted}@{cell.language}" if cell.language else f"{quoted}^^<{kind}>" if kind else quoted


def _binding(cell: Any) -> dict[str, str]:
    from rdflib import BNode, URIRef

    if isinstance(cell, URIRef | BNode):
        return {"type": "uri" if isinstance(cell, URIRef) else "bnode", "value": str(cell)}
    found = {"type": "literal", "value": str(cell)}
    if cell.language:
        return {**found, "xml:lang": cell.language}
    kind = _datatype(cell)
    return {**found, "datatype": kind} if kind else found


def _datatype(cell: Any) -> str | None:
    """Plain literals are strings in RDF 1.1: their type is not written."""
    kind = str(cell.datatype) if cell.datatype else None
    return None if kind == PREFIXES["xsd"] + "string" else kind


FORMS: dict[str, Callable[[Sequence[str], Rows], str]] = {"table": _table, "csv": _csv, "tsv": _tsv, "json": _json}
FORMS["ttl"] = lambda names, rows: ""  # of triples only
