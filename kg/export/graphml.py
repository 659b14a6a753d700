"""GraphML for network analysis: entities, and one edge for each thing said between two of them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.files import Built, write
from kg.export.kept import Row
from kg.export.rows import Rows

if TYPE_CHECKING:
    import networkx

# What an edge tells of facts.
TOLD = ("predicate", "published", "article", "asserted", "polarity", "voice", "publisher")


def graphml(built: Built, out: Path) -> None:
    import networkx

    buffer = io.BytesIO()
    networkx.write_graphml_xml(network(built.rows), buffer)
    write(out / "graph.graphml", [buffer.getvalue().decode()])


def network(rows: Rows) -> networkx.MultiDiGraph[str]:
    """A node is an entity that a statement names; an edge a key, weighed by the articles that assert it."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    said = _by_key(rows.facts)
    ends = {row[name] for facts in said.values() for row in facts for name in ("subject", "object")}
    for row in rows.entities:
        if row["id"] in ends:
            kind = {"type": row["type"], "named": row["named"], "mentions": row["mentions"]}
            graph.add_node(row["id"], label=row["label"], articles=len(row["articles"]), **kind)
    for key in sorted(said):
        first = said[key][0]
        graph.add_edge(first["subject"], first["object"], key=key, **_edge(said[key]))
    return graph


def _by_key(facts: Iterable[Row]) -> dict[str, list[Row]]:
    """Facts on two entities, with no more of each than an edge tells; subject and object by their IRIs."""
    found: dict[str, list[Row]] = {}
    for row in facts:
        if row["object"]["id"] and "#ev=" not in row["object"]["id"]:
            ends = {name: row[name]["id"] for name in ("subject", "object")}
            found.setdefault(row["key"], []).append({**{name: row[name] for name in TOLD}, **ends})
    return found


def _edge(facts: Sequence[Row]) -> dict[str, str | int | bool]:
    asserted = [row for row in facts if row["asserted"]]
    dates = sorted(row["published"] for row in facts if row["published"])
    return {
        "predicate": facts[0]["predicate"],
        "weight": len({row["article"] for row in asserted}),
        "asserted": bool(asserted),
        "statements": len(facts),
        "negative": sum(row["polarity"] == "negative" for row in facts),
        "reported": sum(row["voice"] == "reported" for row in facts),
        "articles": len({row["article"] for row in facts}),
        "outlets": len({row["publisher"] or row["article"] for row in facts}),
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
    }
