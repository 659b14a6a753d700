"""The notebooks run from top to bottom and show what they promise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.data import bundled_root
from kg.store import build_store
from tests.store.test_store import sample_triples

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("pandas")
pytest.importorskip("matplotlib")

FOLDER = bundled_root().parent / "notebooks"
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def run(name: str) -> list[str]:
    """The text outputs of a notebook's code cells, in order."""
    book: Any = nbformat.read(FOLDER / name, as_version=4)
    nbclient.NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    outputs = [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
    return [str(one.get("text") or one.get("data", {}).get("text/plain", "")) for one in outputs]


def test_notebooks_are_committed_without_output() -> None:
    for path in FOLDER.glob("*.ipynb"):
        book: Any = nbformat.read(path, as_version=4)
        assert all(not cell.outputs for cell in book.cells if cell.cell_type == "code"), path


def test_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_store(tmp_path, sample_triples())
    monkeypatch.setenv("NEWSKG_DIR", str(tmp_path))
    shown = "\n".join(run("ask.ipynb"))
    assert "who-honoured-whom" in shown
    assert "Ana Duarte" in shown
    assert "Figure" in shown
    assert "wounded" in shown


def test_your_own_ontology() -> None:
    shown = run("your-own-ontology.ipynb")
    assert "Mila Rosen - signedFor - Manchester United (positive, asserted: true)" in "\n".join(shown)
    assert "Ana Duarte - signedFor - Manchester United (negative, asserted: false)" in "\n".join(shown)
    assert shown[-1] == "['Mila Rosen']"
