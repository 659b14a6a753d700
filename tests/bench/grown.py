"""A graph of any size that is shaped as real ones are: the examples' graph many times over, with other articles and partly other actors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.pipeline import Options, build
from kg.store import build_store, open_store

ROOT = Path(__file__).resolve().parents[2]
_SHARED = ("country", "time")  # the same in every copy; articles are never, actors in one copy of four
_IRI = re.compile(r"<https://w3id\.org/newskg/id/(\w+)/([^>#]*)")
_KEY = re.compile(r'(ontology#key> "[0-9a-f]+)"')


def grown(folder: Path, triples: int) -> int:
    """A store in `folder` of about so many triples, and `graph.nt` with the same; returns how many there are."""
    build([ROOT / "examples" / "articles"], folder, Options(formats=("nt",)))
    lines = (folder / "graph.nt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(_copies(lines, max(1, round(triples / len(lines)))))
    build_store(folder, (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)))
    everything = (quad.triple for quad in open_store(folder))
    (folder / "graph.nt").write_bytes(ox.serialize(everything, format=ox.RdfFormat.N_TRIPLES) or b"")
    return len(open_store(folder))


def _copies(lines: list[str], count: int) -> Iterator[str]:
    for copy in range(count):
        actor = copy % max(1, count // 4)

        def renamed(found: re.Match[str], copy: int = copy, actor: int = actor) -> str:
            family, name = found[1], found[2]
            mark = "" if family in _SHARED else f"-{copy}" if family == "article" else f"-{actor}"
            return f"<https://w3id.org/newskg/id/{family}/{name}{mark}"

        yield from (_KEY.sub(rf'\g<1>{actor:x}"', _IRI.sub(renamed, line)) for line in lines)
