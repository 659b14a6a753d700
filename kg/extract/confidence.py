"""How far a statement can be trusted, from the named features of how it was found."""

from __future__ import annotations

from collections.abc import Iterable

BASE = 0.9
# Factors by feature; those not named leave the confidence as it is. Placeholders until calibrated on development gold.
FACTORS = {
    "parse-suspect": 0.6,
    "governing-subject": 0.8,
    "second-hop": 0.8,
    "no-cue": 0.8,
    "shared-subject": 0.95,
    "event-object": 0.9,
}


def confidence(features: Iterable[str]) -> float:
    """A probability-like number in (0, 1], rounded to three digits."""
    value = BASE
    for feature in features:
        value *= FACTORS.get(feature, 1.0)
    return round(value, 3)
