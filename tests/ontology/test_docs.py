"""What docs/ontology.md shows works as it says: its blocks, put into a folder, give its example without a line of Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.data import Folder
from kg.ontology import Ontology
from kg.pipeline import Options, Worker, extract_text

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the page builds step by step."""
    blocks = re.findall(r"```(turtle|yaml)\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    (turtle, terms), (yaml, wordings) = blocks[:2]
    assert (turtle, yaml) == ("turtle", "yaml")
    root = tmp_path_factory.mktemp("mine")
    for name, text in (("terms/rescue.ttl", terms), ("wordings/rescue.yaml", wordings)):
        (root / name).parent.mkdir()
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_the_folder_of_the_page_loads(folder: Path) -> None:
    assert Ontology.load(Folder(folder)).readings("Rescue") == ("rescued",)


def test_the_new_relation_is_extracted_without_python(folder: Path) -> None:
    worker = Worker(Options(ontology=folder))
    graph = extract_text(worker.ontology.relations["rescued"].example, worker=worker)
    found = [(s.predicate, graph.events[s.event].type) for s in graph.statements if s.event is not None]
    assert ("rescued", "Rescue") in found


def test_the_page_lists_the_roles_and_the_keys_there_are() -> None:
    text = PAGE.read_text(encoding="utf-8")
    roles = re.search(r"The roles there are: (.*?)\.", text)
    assert roles is not None
    assert {*roles[1].split(", "), "participant"} == set(Ontology.load(Folder(PAGE)).roles)
