"""Quality has a floor: the figures last measured on our own gold. A change that lowers one fails; `make floors` records a rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.evaluate import run
from kg.pipeline import Options, Worker

HERE = Path(__file__).resolve().parent
FLOORS = json.loads((HERE / "quality.json").read_text(encoding="utf-8"))
LOWER_IS_BETTER = {"leak_rate"}


@pytest.fixture(scope="module")
def worker() -> Worker:
    return Worker(Options())


@pytest.mark.parametrize("gold", sorted(FLOORS))
def test_no_figure_falls(gold: str, worker: Worker) -> None:
    figures = json.loads(run(HERE / "gold" / gold, as_json=True, worker=worker))
    for name, floor in FLOORS[gold].items():
        fallen = figures[name] > floor if name in LOWER_IS_BETTER else figures[name] < floor
        assert not fallen, f"{gold}: {name} is {figures[name]}, was {floor}"


def record() -> None:
    """Write the figures as they are now; called by `make floors`."""
    own = Worker(Options())
    golds = (
        "sentences.yaml",
        "articles",
        "factuality.yaml",
        "chains.yaml",
        "chains-fresh.yaml",
        "chains-fresh2.yaml",
        "chains-fresh3.yaml",
        "comparisons/pairs.yaml",
        "comparisons/fresh2.yaml",
        "comparisons/fresh3.yaml",
        "comparisons/fresh4.yaml",
        "comparisons/fresh6.yaml",
    )
    found = {gold: json.loads(run(HERE / "gold" / gold, as_json=True, worker=own)) for gold in golds}
    (HERE / "quality.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
