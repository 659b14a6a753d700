"""A build says what stands behind each triple, which articles are copies, and which version of an article is the newer."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.pipeline import Options, build
from kg.prefixes import NK

FILLER = " ".join(f"The harbour master spoke of berth {n} and of crane {n + 3} for a while." for n in range(8))
TOLD = f"Mara Quist met Jan Novak in Bergen on Monday. {FILLER}"
ARTICLES = [
    {"id": "a", "published": "2024-05-02", "publisher": "Daily A", "url": "https://a.example/1", "text": TOLD},
    {"id": "b", "published": "2024-05-03", "publisher": "Daily B", "url": "https://b.example/1", "text": TOLD},
    {"id": "c", "published": "2024-05-04", "publisher": "Daily C", "text": "In Bergen, Mara Quist met Jan Novak."},
    {"id": "d", "published": "2024-05-05", "publisher": "Daily A", "url": "https://a.example/1", "text": f"{TOLD} It was cold."},
]  # fmt: skip


def test_support_copies_and_versions(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)))
    build([tmp_path / "in.jsonl"], tmp_path / "out", Options(formats=("facts", "tables", "nt")))
    with (tmp_path / "out" / "tables" / "support.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["predicate"] == "met"]
    assert [(row["articles"], row["outlets"], row["copies"]) for row in rows] == [("2", "2", "2")]
    triples = [quad.triple for quad in parse((tmp_path / "out" / "graph.nt").read_bytes(), format=RdfFormat.N_TRIPLES)]
    ours = [one for one in triples if one.predicate.value.startswith(NK)]
    supporting = [one for one in ours if one.predicate.value == NK + "supportingArticle"]
    assert len([one for one in supporting if rows[0]["key"] in str(one.subject)]) == 2
    assert len([one for one in ours if one.predicate.value == NK + "nearDuplicateOf"]) == 6
    newer = [one for one in ours if one.predicate.value == NK + "newerVersionOf"]
    assert len(newer) == 1
    assert len([one for one in ours if one.predicate.value == NK + "sha256"]) == len(ARTICLES)
