"""kg eval: what the program finds, held against labelled text. The kind of gold is told by its keys."""

from __future__ import annotations

import json
from pathlib import Path

from kg.evaluate import chains, facts, factuality, pairs
from kg.evaluate.common import GoldError, load_gold
from kg.pipeline import Options, Worker


def run(gold: Path, differences: bool = False, as_json: bool = False, worker: Worker | None = None) -> str:
    """The figures of a gold file as text. Raises GoldError for a file of no known kind."""
    worker = worker or Worker(Options())
    if gold.is_dir() or isinstance(load_gold(gold), dict):
        whole = facts.evaluate_articles(gold, worker)
        return _shown(whole.figures(), facts.table(whole), facts.listed(whole) if differences else "", as_json)
    rows = load_gold(gold)
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    if "facts" in first:
        found = facts.evaluate(gold, worker)
        return _shown(found.figures(), facts.table(found), facts.listed(found) if differences else "", as_json)
    if "group" in first and "fact" in first:
        marks = factuality.evaluate(gold, worker)
        return _shown(
            marks.figures(), factuality.table(marks), factuality.listed(marks) if differences else "", as_json
        )
    if "chain" in first:
        links = chains.evaluate(gold, worker)
        return _shown(links.figures(), chains.table(links), chains.listed(links) if differences else "", as_json)
    if {"a", "b", "kind"} <= first.keys():
        compared = pairs.evaluate(gold, worker)
        return _shown(compared.figures(), pairs.table(compared), pairs.listed(compared) if differences else "", as_json)
    raise GoldError(
        f"{gold}: neither sentences nor articles with facts, nor sentences with one marked fact; see tests/gold/README.md"
    )


def _shown(figures: dict[str, float], table: str, differences: str, as_json: bool) -> str:
    if as_json:
        return json.dumps(figures) + "\n"
    return differences + table + "  ".join(f"{name} {value}" for name, value in figures.items()) + "\n"
