"""The development gold beside the checkout, by its own scorers: floors under what was last measured. Needs ../shared."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import Options, build
from tests.shared import measure_across

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
KINDS = {"dwie-dev": "dwie", "polnear-dev": "polnear", "timebank-dev": "timeml", "newsquant-dev": "newsquant"}
SCORERS = {
    "seeds-dev": "score_facts.py",
    "dwie-dev": "score_dwie.py",
    "polnear-dev": "score_attribution.py",
    "timebank-dev": "score_times.py",
    "newsquant-dev": "score_quantities.py",
}

pytestmark = pytest.mark.skipif(
    not (SHARED / "eval").is_dir(), reason="no folder ../shared: development gold not measured"
)


def figures(name: str, folder: Path) -> dict[str, float]:
    """Build one set and score it."""
    source = SHARED / "seeds" if name == "seeds-dev" else SHARED / "gold" / name
    inputs, out = folder / "in", folder / "out"
    make = [sys.executable, str(SHARED / "eval" / "make_inputs.py"), KINDS.get(name, "txt"), str(source), str(inputs)]
    subprocess.run(make, check=True, capture_output=True)
    build([inputs], out, Options(formats=("facts", "annotations", "entities")))
    facts, notes = str(out / "facts.jsonl"), str(out / "annotations.jsonl")
    arguments = {
        "seeds-dev": [str(SHARED / "gold" / "seeds-dev.yaml"), facts, "--annotations", notes],
        "dwie-dev": [str(source), notes, facts],
    }.get(name, [str(source), notes])
    score = [sys.executable, str(SHARED / "eval" / SCORERS[name]), *arguments, "--json", str(folder / "figures.json")]
    subprocess.run(score, check=True, capture_output=True)
    found: dict[str, float] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["figures"]
    if name == "dwie-dev":
        found |= measure_across.figures(source, out / "annotations.jsonl", out / "entities.jsonl")
    return found


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls(name: str, tmp_path: Path) -> None:
    found = figures(name, tmp_path)
    for figure, floor in FLOORS[name].items():
        fallen = found[figure] > floor if figure == "FACT_LEAKS" else found[figure] < floor
        assert not fallen, f"{name}: {figure} is {found[figure]:.4f}, was {floor}"
