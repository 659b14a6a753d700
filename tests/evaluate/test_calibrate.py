"""Confidence is fitted: on made-up data with known odds, and the numbers that travel with newskg hold on the committed readings."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest

from kg.confidence import calibration
from kg.evaluate import calibrate
from kg.evaluate.calibrate import Judged

READINGS = Path(__file__).resolve().parents[1] / "judged" / "readings.json"


def made_up(odds: dict[str, float], intercept: float, count: int) -> list[Judged]:
    chance = random.Random(7)
    found = []
    for number in range(count):
        signs = frozenset(name for name in odds if chance.random() < 0.4)
        p = 1 / (1 + math.exp(-intercept - sum(odds[name] for name in signs)))
        found.append(Judged(f"a{number // 5}", signs, chance.random() < p))
    return found


def test_fit_finds_the_odds_it_was_made_with() -> None:
    odds = {"bad": -2.0, "good": 1.0, "idle": 0.0}
    fitted = calibrate.fit(made_up(odds, 1.5, 6000), list(odds))
    assert fitted.intercept == pytest.approx(1.5, abs=0.2)
    assert {name: fitted.weights[name] for name in odds} == pytest.approx(odds, abs=0.25)


def test_a_sign_never_seen_weighs_nothing() -> None:
    assert calibrate.fit(made_up({"bad": -1.0}, 1.0, 400), ["bad", "unseen"]).weights["unseen"] == 0


def test_a_fit_is_the_same_twice_in_any_order() -> None:
    judged = made_up({"bad": -1.0, "good": 0.5}, 1.0, 500)
    once, again = (calibrate.fit(rows, ["bad", "good"]) for rows in (judged, judged[::-1]))
    assert (once.intercept, once.weights) == (again.intercept, again.weights)


def test_cross_validation_never_sees_the_article() -> None:
    rare = [Judged("one", frozenset({"rare"}), False)] * 30
    mixed = [Judged(f"b{i}", frozenset(), i % 5 > 0) for i in range(60)]
    alone = calibrate.crossed([*rare, *mixed], ["rare"])[:30]
    assert min(alone) > 0.7, (
        "the sign is met in this article alone, so its weight is nothing where the article is left out"
    )


def test_bins_hold_everything_and_the_error_is_their_distance() -> None:
    judged = made_up({"bad": -1.0}, 1.0, 203)
    bins = calibrate.reliability([0.8] * len(judged), judged)
    assert sum(one.count for one in bins) == len(judged)
    share = sum(one.right for one in judged) / len(judged)
    assert calibrate.error(bins) >= abs(0.8 - share) - 1e-9
    assert calibrate.error([calibrate.Bin(10, 0.7, 0.9)]) == pytest.approx(0.2)


def test_threshold_lies_where_what_is_below_fails() -> None:
    judged = [Judged(str(i), frozenset(), i >= 50) for i in range(100)]
    assert calibrate.chosen_threshold([0.62] * 50 + [0.97] * 50, judged) == 0.95
    assert calibrate.chosen_threshold([0.62] * 100, [Judged("a", frozenset(), True)] * 100) == 0.6, (
        "nothing is known below"
    )


def test_the_numbers_that_travel_hold_on_the_readings() -> None:
    judged, sure = calibrate.readings(READINGS), calibration()
    bins = calibrate.reliability([sure(one.signs) for one in judged], judged)
    assert len(judged) > 800
    assert calibrate.error(bins) < 0.04
    assert bins[0].right < bins[-1].right


def test_readings_hold_no_text() -> None:
    rows = json.loads(READINGS.read_text(encoding="utf-8"))["statements"]
    assert {key for row in rows for key in row} == {"id", "verdict", "signs"}
    assert all(" " not in sign for row in rows for sign in row["signs"])
    assert not any(row["id"].startswith("http") for row in rows)


def test_every_weight_is_of_a_sign_that_is_met() -> None:
    met = {sign for one in calibrate.readings(READINGS) for sign in one.signs}
    assert set(calibration().weights) <= met
