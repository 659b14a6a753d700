"""How sure a statement is: a logistic function of named signs, fitted on development gold, its numbers in `ontology/confidence.yaml`.

docs/confidence.md says on what it was fitted and how far to trust it; `python -m kg.evaluate.calibrate` fits it anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.data import Folder, bundled

FILE = "confidence.yaml"


@dataclass(frozen=True, slots=True)
class Calibration:
    """`weights` in log-odds, by sign; a sign that has none says nothing. `threshold`: least confidence of what is asserted."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, folder: Folder) -> Calibration:
        data = folder.yaml(FILE)
        weights = {str(name): float(value) for name, value in data["weights"].items()}
        return cls(float(data["intercept"]), weights, float(data["threshold"]))

    def __call__(self, signs: Iterable[str]) -> float:
        """The share of statements with these signs that should be right, to three digits.

        >>> Calibration(2.0, {"parse-suspect": -2.0}, 0.5)(["parse-suspect", "active"])
        0.5
        """
        odds = self.intercept + sum(self.weights.get(sign, 0.0) for sign in sorted(set(signs)))
        return round(1 / (1 + math.exp(-odds)), 3)


@cache
def calibration() -> Calibration:
    """The one that travels with newskg."""
    return Calibration.load(bundled())
