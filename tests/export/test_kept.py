"""Rows and triples that stand on disk while a build is written come back as they were, whole and in order."""

from __future__ import annotations

import gc
from itertools import chain, permutations
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.kept import KeptRows, KeptTriples, Scratch

ARTICLES = ("urn:a/one-1", "urn:a/one-1-2", "urn:a/two")
SHARED = [f'<{name}> <urn:p> "{n}" .' for name in (*ARTICLES, "urn:z", "urn:A") for n in range(2)]
OWN = {
    name: [f'<{name}#{part}> <urn:p> "{n}" .' for part in ("st=1", "char=1,2") for n in range(2)] for name in ARTICLES
}


def lines(*found: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(found))


@settings(deadline=None)
@given(st.tuples(*(lines(*OWN[name], *SHARED) for name in ARTICLES), lines(*chain(*OWN.values()), *SHARED)))
def test_triples_are_there_once_and_sorted_whatever_stands_in_which_part(found: tuple[list[str], ...]) -> None:
    """What begins with an article's name stands in its own part or in that of all, as kg.rdf writes it."""
    parts = dict(zip((*ARTICLES, ""), found, strict=True))
    kept = KeptTriples.of(Scratch(), parts.items())
    assert list(kept) == sorted(set().union(*found))
    assert len(kept) == len(list(kept))
    assert dict(kept.graphs()) == {name: sorted(set(some)) for name, some in sorted(parts.items()) if some}


def test_the_order_of_the_parts_makes_no_difference() -> None:
    parts = [
        (name, [f"<{name}#st=1> <urn:p> <urn:b> .", f"<{name}> <urn:p> <urn:z> .", "<urn:z> a ."]) for name in ARTICLES
    ]
    every = {tuple(KeptTriples.of(Scratch(), some)) for some in permutations([*parts, ("", ["<urn:a/two#ev> a ."])])}
    assert len(every) == 1
    assert list(*every) == sorted(*every)


def test_rows_come_back_as_they_were_as_often_as_one_asks(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "a\u2028b\r\nc", "value": 2.5, "none": None, "list": [1, True]},
        {"text": "𝄞"},
    ]
    kept = KeptRows(Scratch(tmp_path), "rows")
    with kept.filling():
        kept.add(rows[:1])
        kept.add(rows[1:])
    assert (list(kept), list(kept), len(kept)) == (rows, rows, 2)


def test_nothing_stays_on_disk(tmp_path: Path) -> None:
    kept = KeptTriples.of(Scratch(tmp_path), [("", ["<urn:a> <urn:b> <urn:c> ."])])
    assert list(kept)
    assert len(list(tmp_path.iterdir())) == 1
    del kept
    gc.collect()
    assert list(tmp_path.iterdir()) == []
