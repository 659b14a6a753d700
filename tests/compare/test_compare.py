"""Figures side by side: the ordered rule, on articles of our own; no claim is merged, averaged or dropped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.compare import bounds
from kg.model import Claim, Comparator, Span
from kg.pipeline import Options, build

ARTICLES = {
    "a": (
        "2024-03-02",
        "Daily A",
        "About 600 Danish soldiers were killed in the war, said the Danish defence ministry.",
    ),
    "b": ("2024-03-02", "Daily B", "Thousands of Danish soldiers were killed in the war, a charity said."),
    "c": (
        "2024-03-04",
        "Daily C",
        "As many as 4,000 Danish soldiers were killed or wounded in the war, Swedish officials said.",
    ),
    "d": (
        "2024-03-05",
        "Daily D",
        "About 600 Danish soldiers were killed in the war, according to the Danish defence ministry.",
    ),
}


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[frozenset[str], str]:
    folder = tmp_path_factory.mktemp("figures")
    lines = [
        json.dumps({"id": name, "published": day, "publisher": outlet, "text": text})
        for name, (day, outlet, text) in ARTICLES.items()
    ]
    (folder / "in.jsonl").write_text("\n".join(lines))
    build([folder / "in.jsonl"], folder / "out", Options(formats=("facts", "comparisons")))
    rows = [json.loads(line) for line in (folder / "out" / "comparisons.jsonl").read_text().splitlines()]
    facts = [json.loads(line) for line in (folder / "out" / "facts.jsonl").read_text().splitlines()]
    source = {fact["article"]: fact["source"].partition("#")[2] for fact in facts}
    return {frozenset(source[article] for article in row["articles"]): row["kind"] for row in rows}


@pytest.mark.parametrize(
    ("one", "other", "kind"), [("a", "b", "conflict"), ("a", "c", "differentScope"), ("a", "d", "repetition")]
)
def test_kind(pairs: dict[frozenset[str], str], one: str, other: str, kind: str) -> None:
    assert pairs[frozenset((one, other))] == kind


@pytest.mark.parametrize(
    ("comparator", "value", "low", "high"),
    [("=", 5.0, 5.0, 5.0), ("~", 100.0, 90.0, 110.0), (">", 5.0, 5.0, float("inf")), ("<=", 5.0, 0.0, 5.0)],
)
def test_bounds(comparator: Comparator, value: float, low: float, high: float) -> None:
    claim = Claim("killed", None, value, None, None, comparator, None, Span(0, 1))
    assert bounds(claim)[:2] == pytest.approx((low, high))


def test_every_figure_is_still_there(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps({"text": text}) for _, _, text in ARTICLES.values()))
    build([tmp_path / "in.jsonl"], tmp_path / "out", Options(formats=("facts",)))
    figures = [json.loads(line)["quantity"] for line in (tmp_path / "out" / "facts.jsonl").read_text().splitlines()]
    written = [figure["mention"]["text"] for figure in figures if figure]
    assert sorted(set(written)) == ["About 600", "As many as 4,000", "Thousands"]


STORY = [
    ("2024-05-02", "Daily A", "A dam broke at Farang. 135 people were killed, Mayor Lena Borg of Farang said. Engineer Otto Krone wept."),
    ("2024-05-02", "Daily B", "At Farang, 90 people were killed, according to engineer Otto Krone. Mayor Lena Borg denied it."),
    ("2024-05-03", "Daily C", "A train crashed in Ruritania. 12 people were killed, the operator Railway Union said."),
]  # fmt: skip


def test_the_nameless_dead_are_compared_within_one_story_alone(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": n, "published": day, "publisher": by, "text": text})
        for n, (day, by, text) in enumerate(STORY)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    build([tmp_path / "in.jsonl"], tmp_path / "out", Options(formats=("facts", "comparisons")))
    rows = [json.loads(line) for line in (tmp_path / "out" / "comparisons.jsonl").read_text().splitlines()]
    assert [(row["kind"], sorted(row["values"])) for row in rows] == [("conflict", ["135", "90"])]


def test_a_figure_that_the_article_says_is_confirmed_is_corroborated(tmp_path: Path) -> None:
    text = (
        "The Danish defence ministry said that 163 Danish soldiers were killed. "
        "The Danish Red Cross confirmed that 163 Danish soldiers were killed."
    )
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "published": "2024-05-02", "text": text}))
    build([tmp_path / "in.jsonl"], tmp_path / "out", Options(formats=("facts", "comparisons")))
    rows = [json.loads(line) for line in (tmp_path / "out" / "comparisons.jsonl").read_text().splitlines()]
    assert [row["kind"] for row in rows] == ["corroboration"]


@pytest.mark.parametrize(
    ("then", "kind"),
    [
        ("The Danish Red Cross bore out the ministry's figure of 163 dead.", "corroboration"),
        ("The ministry's toll of 163 was confirmed by the Danish Red Cross.", "corroboration"),
        ("The Danish Red Cross repeated the ministry's figure of 163 dead.", "repetition"),
        ("The Danish Red Cross's own count was 163 dead.", "differentSource"),
    ],
)
def test_whose_figure_it_is(tmp_path: Path, then: str, kind: str) -> None:
    text = f"The defence ministry said that 163 people were killed. {then}"
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "published": "2024-05-02", "text": text}))
    build([tmp_path / "in.jsonl"], tmp_path / "out", Options(formats=("facts", "comparisons")))
    rows = [json.loads(line) for line in (tmp_path / "out" / "comparisons.jsonl").read_text().splitlines()]
    assert [row["kind"] for row in rows] == [kind]
