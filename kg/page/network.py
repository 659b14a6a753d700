"""The graph of the page: a pyvis Network whose nodes and edges refer to the payload by number."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from pyvis.network import Network

from kg.page.layout import layout, weights
from kg.page.payload import Row, relation_facts
from kg.page.styles import FAMILIES

HERE = Path(__file__).resolve().parent
SHAPES = {family.name: family.shape for family in FAMILIES}

# How an edge is drawn, strongest first. One edge for each subject, relation, object and manner.
SOLID, CLAIMED, HEDGED, DENIED = "asserted", "claimed", "hedged", "denied"


def manner(fact: Mapping[str, Any]) -> str:
    """How sure a statement is said to be."""
    if fact.get("y"):
        return SOLID
    if fact.get("pl") == "negative":
        return DENIED
    return HEDGED if "ct" in fact or fact.get("tn") == "future" else CLAIMED


def network(data: Row, max_nodes: int) -> tuple[Network, int]:
    """The network, and how many nodes `max_nodes` left out (those with the fewest statements)."""
    edges, left_out = _edges(data, max_nodes)
    numbers = sorted({end for (subject, _, object_, _) in edges for end in (subject, object_)})
    row = {number: n for n, number in enumerate(numbers)}
    placed = layout(len(numbers), weights((row[s], row[o]) for (s, _, o, _), facts in edges.items() for _ in facts))
    net = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    degree: dict[int, set[int]] = defaultdict(set)
    for subject, _, object_, _ in edges:
        degree[subject].add(object_)
        degree[object_].add(subject)
    # Assigned, not added one by one: add_node looks for doubles in all nodes before it.
    net.nodes = [
        {
            "id": number,
            "label": data["entities"][number]["l"],
            "shape": SHAPES[data["entities"][number]["f"]],
            "x": x,
            "y": y,
            "size": round(min(30.0, 6 + 3 * math.sqrt(len(degree[number]))), 1),
            "community": community,
            "rank": rank,
        }
        for number, (x, y), community, rank in zip(numbers, placed.points, placed.communities, placed.rank, strict=True)
    ]
    net.edges = [
        {"from": subject, "to": object_, "label": predicate, "manner": how, "facts": facts}
        for (subject, predicate, object_, how), facts in edges.items()
    ]
    net.options = {"physics": {"enabled": False}}
    return net, left_out


def _edges(data: Row, max_nodes: int) -> tuple[dict[tuple[int, str, int, str], list[int]], int]:
    """Facts by subject, relation, object and manner; the ends of a symmetric relation in one order."""
    edges: dict[tuple[int, str, int, str], list[int]] = defaultdict(list)
    count: dict[int, int] = defaultdict(int)
    symmetric = set(data["symmetric"])
    for number, fact in relation_facts(data["facts"]):
        subject, object_ = fact["s"]["e"], fact["o"]["e"]
        if fact["p"] in symmetric and object_ < subject:
            subject, object_ = object_, subject
        edges[subject, fact["p"], object_, manner(fact)].append(number)
        count[subject] += 1
        count[object_] += 1
    kept = set(sorted(count, key=lambda node: (-count[node], node))[:max_nodes])
    shown = {key: facts for key, facts in sorted(edges.items()) if key[0] in kept and key[2] in kept}
    return shown, len(count) - len(kept)


def environment() -> Environment:
    """Jinja as pyvis uses it, with everything that comes from articles escaped."""
    return Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
