"""A build's files replace those of the one before together, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.outputs import LAST, MADE, MARK, incomplete, replacing
from kg.store import build_store, open_store


def fill(folder: Path, text: str, *names: str) -> None:
    for name in (*names, LAST):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def triple(name: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(f"urn:{name}"), ox.NamedNode("urn:p"), ox.Literal("x"))


def says(folder: Path, name: str) -> bool:
    return bool(open_store(folder).query(f"ASK {{ <urn:{name}> ?p ?o }}"))


def test_new_files_come_and_old_ones_go(tmp_path: Path) -> None:
    fill(tmp_path, "old", "facts.jsonl", "graph.ttl", "tables/facts.csv", "tables/claims.csv")
    (tmp_path / "judgements.csv").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    with replacing(tmp_path) as beside:
        fill(beside, "new", "facts.jsonl", "tables/facts.csv")
        assert (tmp_path / "facts.jsonl").read_text() == "old"
    assert files(tmp_path) == {"facts.jsonl": "new", LAST: "new", "judgements.csv": "mine", "notes.txt": "mine"}
    assert files(tmp_path / "tables") == {"facts.csv": "new"}
    assert not beside.exists()


def test_an_error_leaves_all_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path, "old", "facts.jsonl", "graph.ttl")

    def failing() -> None:
        with replacing(tmp_path) as beside:
            fill(beside, "new", "facts.jsonl")
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        failing()
    assert files(tmp_path) == {"facts.jsonl": "old", "graph.ttl": "old", LAST: "old"}
    assert list((tmp_path / "work").iterdir()) == []
    assert not incomplete(tmp_path)


def test_what_a_killed_build_left_is_not_taken_up(tmp_path: Path) -> None:
    left = tmp_path / "work" / "next"
    left.mkdir(parents=True)
    (left / "facts.jsonl").write_text("half a li")
    with replacing(tmp_path) as beside:
        fill(beside, "new", "entities.jsonl")
    assert files(tmp_path) == {"entities.jsonl": "new", LAST: "new"}


def test_the_store_is_replaced_while_somebody_reads_it(tmp_path: Path) -> None:
    build_store(tmp_path, [triple("old")])
    reader = open_store(tmp_path)
    with replacing(tmp_path) as beside:
        fill(beside, "new")
        build_store(beside, [triple("new")])
    assert says(tmp_path, "new")
    assert not says(tmp_path, "old")
    assert reader.query("ASK { <urn:old> ?p ?o }")


def test_files_are_on_disk_before_they_get_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    sync, replace = os.fsync, os.replace

    def synced(opened: int) -> None:
        said.append(Path(os.readlink(f"/proc/self/fd/{opened}")).name)
        sync(opened)

    def replaced(old: Path, new: Path) -> None:
        assert old.name in said
        replace(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    with replacing(tmp_path) as beside:
        fill(beside, "new", "facts.jsonl", "tables/facts.csv")
    assert {"facts.jsonl", "facts.csv", LAST} <= set(said)
    assert said[-1] == tmp_path.name


def test_a_build_without_a_store_leaves_none(tmp_path: Path) -> None:
    build_store(tmp_path, [triple("old")])
    with replacing(tmp_path) as beside:
        fill(beside, "new")
    assert not (tmp_path / "store").exists()


def test_a_build_that_lacks_its_report_is_marked(tmp_path: Path) -> None:
    """As if it was killed between two renames: whoever reads is told, and the next build mends it."""

    def cut_short() -> None:
        with replacing(tmp_path) as beside:
            (beside / "facts.jsonl").write_text("new")

    with pytest.raises(FileNotFoundError):
        cut_short()
    assert incomplete(tmp_path)
    assert (tmp_path / MARK).exists()
    with replacing(tmp_path) as beside:
        fill(beside, "newer", "facts.jsonl")
    assert not incomplete(tmp_path)


def test_all_files_of_a_build_are_known(example_build: Path) -> None:
    """A file that the list lacks would outlive its build."""
    made = {path.name for path in example_build.iterdir()} - {"work", "store", LAST}
    assert made <= set(MADE)
