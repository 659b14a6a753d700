"""Copies: verbatim, re-headlined, cut, spliced; two reports on one event in other words are none."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from kg.copies import MANY, find_copies
from kg.model import Article

LONG = " ".join(
    f"On day {n} the harbour master of port {n * 7} wrote in the log that ship {n * 13} had left with {n * 31} tons of grain."
    for n in range(1, 30)
)
OTHER = " ".join(
    f"The council of town {n * 5} heard witness {n * 11} speak about the flood of {1900 + n}." for n in range(1, 40)
)


def pairs(*texts: str) -> set[tuple[int, int]]:
    return {(copy.left, copy.right) for copy in find_copies([Article(f"{n}.txt", t) for n, t in enumerate(texts)])}


def test_copies_are_found() -> None:
    words = LONG.split()
    cut = " ".join(words[: len(words) * 2 // 3])
    spliced = OTHER[:400] + " " + LONG + " " + OTHER[400:800]
    assert pairs(LONG, LONG, "A new headline\n\n" + LONG, cut, spliced) >= {(0, 1), (0, 2), (0, 3), (0, 4)}


def test_other_texts_and_notices_are_no_copies() -> None:
    assert pairs(LONG, OTHER, "A short notice.", "A short notice.") == set()


def test_one_url_makes_versions() -> None:
    articles = [
        Article("a", LONG, url="https://example.org/1"),
        Article("b", LONG + " Updated.", url="https://example.org/1"),
    ]
    assert [copy.kind for copy in find_copies(articles)] == ["version"]


def test_half_an_article_in_another_is_found() -> None:
    half = LONG[: len(LONG) // 2] + " " + OTHER[: len(OTHER) // 2]
    assert pairs(LONG, half, OTHER) == {(0, 1), (1, 2)}


def test_the_order_makes_no_difference() -> None:
    texts = [LONG, OTHER, "A new headline\n\n" + LONG, OTHER[: len(OTHER) * 2 // 3]]
    forwards = {frozenset((texts[a], texts[b])) for a, b in pairs(*texts)}
    backwards = {frozenset((texts[::-1][a], texts[::-1][b])) for a, b in pairs(*texts[::-1])}
    assert forwards == backwards
    assert len(forwards) == 2


def test_a_report_in_very_many_outlets_is_a_copy_of_the_first_of_them() -> None:
    texts = [f"{LONG} Says outlet {n}." for n in range(MANY + 20)]
    found = pairs(*texts, OTHER)
    (_, most), *_ = Counter(chain.from_iterable(found)).most_common(1)
    assert most == len(texts) - 1
    assert len(found) < 2 * len(texts)


def test_furniture_that_very_many_pages_share_makes_no_copies() -> None:
    furniture = " ".join(f"Read item {n} of our list of things to see before the {n * 3}th." for n in range(8))
    texts = [" ".join(f"Report {n} of {k * n} says {n * k * 7}." for k in range(60)) for n in range(1, MANY + 20)]
    assert pairs(*(f"{text} {furniture}" for text in texts)) == set()
