"""The answers of the ready questions on the example articles, as a reader of the articles knows them (answers.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from kg.prefixes import PREFIXES
from kg.query import queries
from kg.store import open_store

ANSWERS = yaml.safe_load(Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8"))
ALL = {one.name: one.text for one in queries()}
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def store(example_build: Path) -> ox.Store:
    return open_store(example_build)


def rows(store: ox.Store, name: str) -> list[Row]:
    found = store.query(ALL[name], prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    names = [one.value for one in found.variables]
    return [{name: _text(row[name]) for name in names if row[name] is not None} for row in found]


def _text(cell: object) -> str:
    return str(getattr(cell, "value", cell)).removeprefix(PREFIXES["nk"])


def fits(wanted: Row, row: Row) -> bool:
    return all(row.get(name) == value for name, value in wanted.items())


def test_each_question_has_an_answer_and_each_answer_a_question() -> None:
    assert set(ANSWERS) == set(ALL)
    assert all(answer.get("has") for answer in ANSWERS.values())


@pytest.mark.parametrize("name", ALL)
def test_columns_are_those_of_the_question(name: str, store: ox.Store) -> None:
    found = store.query(ALL[name], prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    named = {column for key in ("has", "lacks") for row in ANSWERS[name].get(key, ()) for column in row}
    assert named <= {one.value for one in found.variables}


@pytest.mark.parametrize("name", ALL)
def test_answer(name: str, store: ox.Store) -> None:
    found, wanted = rows(store, name), ANSWERS[name]
    missing = [one for one in wanted["has"] if not any(fits(one, row) for row in found)]
    surplus = [row for row in found for one in wanted.get("lacks", ()) if fits(one, row)]
    assert (missing, surplus) == ([], []), found
    assert len(found) == wanted.get("rows", len(found))
