"""Fit the weights of confidence on judged statements: `python -m kg.evaluate.calibrate`. How it was done: docs/confidence.md.

Fitted on statements of news articles that were read and judged (tests/judged/readings.json: id, verdict, the signs it was found with; no
text). `--gold FILE` holds the result against own gold sentences, whose labels are exhaustive: what is found and not in gold is wrong. Only
the signs that `ontology/confidence.yaml` lists are weighed; a new sign is a line there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from kg.confidence import FILE, Calibration
from kg.data import bundled
from kg.evaluate.common import agrees, article, graphs, load_gold
from kg.pipeline import Options, Worker

HERE = Path(__file__).resolve().parents[2] / "tests"
PENALTY = 1.0  # L2, on every weight but the intercept: a sign seen in a dozen statements says little
ROUNDS = 50  # of Newton's method; it stands still after about six
FOLDS = 10
BINS = 10
FEW, LEAST_RIGHT = 5, 0.75  # what is below the asserted layer: fewer judged statements than that, or less of them right


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, where it came from (statements of one article are fitted or held out together), and whether it is right."""

    article: str
    signs: frozenset[str]
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of like confidence: how many, mean confidence, share right."""

    count: int
    confidence: float
    right: float


def gold_sentences(path: Path, worker: Worker) -> list[Judged]:
    """What is found in gold sentences; facts that gold lists as optional are right too."""
    rows = load_gold(path)
    found: list[Judged] = []
    for row, graph in zip(rows, graphs(worker, [article(row) for row in rows]), strict=True):
        for one in graph.statements:
            if one.kind == "quantity":
                continue
            symmetric = bool(
                one.predicate in worker.ontology.relations and worker.ontology.relations[one.predicate].symmetric
            )
            right = any(agrees(graph, one, fact, symmetric) for fact in row["facts"])
            found.append(Judged(str(row["id"]), frozenset(one.features), right))
    return found


def readings(path: Path) -> list[Judged]:
    rows = json.loads(path.read_text(encoding="utf-8"))["statements"]
    return [Judged(row["id"].partition("#")[0], frozenset(row["signs"]), row["verdict"] == "right") for row in rows]


def fit(judged: Sequence[Judged], names: Sequence[str]) -> Calibration:
    """Logistic regression by Newton's method; weights in log-odds, to two digits."""
    x = np.array([[1.0, *(float(name in one.signs) for name in names)] for one in judged])
    y = np.array([float(one.right) for one in judged])
    penalty = np.diag([0.0, *([PENALTY] * len(names))])
    w = np.zeros(len(names) + 1)
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - penalty @ w
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, gradient)
    weights = {name: round(float(value), 2) for name, value in zip(names, w[1:], strict=True)}
    return Calibration(round(float(w[0]), 2), weights, 0.5)


def crossed(judged: Sequence[Judged], names: Sequence[str]) -> list[float]:
    """The confidence of each statement by weights fitted without its article."""
    folds = [int(hashlib.sha256(one.article.encode()).hexdigest(), 16) % FOLDS for one in judged]
    models = [
        fit([one for one, fold in zip(judged, folds, strict=True) if fold != left], names) for left in range(FOLDS)
    ]
    return [models[fold](one.signs) for one, fold in zip(judged, folds, strict=True)]


def reliability(confidences: Sequence[float], judged: Sequence[Judged]) -> list[Bin]:
    """Bins of about equal size, in order of confidence."""
    pairs = sorted(zip(confidences, (one.right for one in judged), strict=True), key=lambda pair: pair[0])
    bins = []
    for part in np.array_split(np.arange(len(pairs)), BINS):
        chosen = [pairs[int(i)] for i in part]
        if chosen:
            bins.append(Bin(len(chosen), _mean(c for c, _ in chosen), _mean(float(right) for _, right in chosen)))
    return bins


def error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and share right, by size of bin."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total


def chosen_threshold(confidences: Sequence[float], judged: Sequence[Judged]) -> float:
    """The greatest step of 0.05 below which judged statements are right less than `LEAST_RIGHT`, or hardly any was judged at all."""
    for step in range(19, 10, -1):
        below = [one.right for confidence, one in zip(confidences, judged, strict=True) if confidence < step / 20]
        if len(below) < FEW or _mean(map(float, below)) < LEAST_RIGHT:
            return step / 20
    return 0.5


def kept(confidences: Sequence[float], judged: Sequence[Judged]) -> str:
    """What each threshold would keep, and how much of that is right."""
    lines = ["| threshold | kept | right |", "|---:|---:|---:|"]
    for step in range(10, 20):
        above = [one.right for confidence, one in zip(confidences, judged, strict=True) if confidence >= step / 20]
        if above:
            lines.append(f"| {step / 20:.2f} | {len(above) / len(judged):.3f} | {_mean(map(float, above)):.3f} |")
    return "\n".join(lines)


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return math.fsum(numbers) / len(numbers)


def table(bins: Sequence[Bin]) -> str:
    lines = ["| statements | confidence | right |", "|---:|---:|---:|"]
    lines += [f"| {one.count} | {one.confidence:.3f} | {one.right:.3f} |" for one in bins]
    return "\n".join(lines)


def written(found: Calibration) -> str:
    """The YAML of a calibration; comments above it are the file's own."""
    weights = yaml.safe_dump(dict(found.weights), default_flow_style=True, width=120, sort_keys=False).strip()
    return f"intercept: {found.intercept}\nthreshold: {found.threshold}\nweights: {weights}\n"


def main(arguments: Sequence[str] | None = None) -> str:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--gold", type=Path, help="hold the result against these gold sentences too")
    parser.add_argument("--readings", type=Path, default=HERE / "judged" / "readings.json")
    parser.add_argument("--write", action="store_true", help=f"write ontology/{FILE}")
    chosen = parser.parse_args(arguments)
    known = Calibration.load(bundled())
    judged = readings(chosen.readings)
    names = tuple(known.weights)
    apart = crossed(judged, names)
    found = fit(judged, names)
    found = Calibration(found.intercept, found.weights, chosen_threshold(apart, judged))
    if chosen.write:
        path = bundled().path(FILE)
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        path.write_text("\n".join([*head, written(found)]), encoding="utf-8")
    bins = reliability(apart, judged)
    counts = ((name, sum(name in one.signs for one in judged)) for name in names)
    return "\n".join(
        (
            f"{len(judged)} statements, {sum(one.right for one in judged)} right; ECE (cross-validated) {error(bins):.3f}",
            table(bins),
            kept(apart, judged),
            ", ".join(f"{name} {count}" for name, count in counts),
            written(found),
            _held_against(found, chosen.gold) if chosen.gold else "",
        )
    )


def _held_against(found: Calibration, gold: Path) -> str:
    judged = gold_sentences(gold, Worker(Options()))
    bins = reliability([found(one.signs) for one in judged], judged)
    return f"{gold.name}: {len(judged)} statements, ECE {error(bins):.3f}\n{table(bins)}"


if __name__ == "__main__":
    print(main())
