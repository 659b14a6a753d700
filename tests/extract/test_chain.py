"""The chain over a fact: co-ordinated sources as groups of their own, what is not said, and who passes words on."""

from __future__ import annotations

import functools

import pytest

from kg.model import ArticleGraph, Statement
from kg.pipeline import extract_text


@functools.cache
def graph(text: str) -> ArticleGraph:
    return extract_text(text)


def told(text: str, predicate: str) -> Statement:
    return next(s for s in graph(text).statements if s.predicate == predicate)


def test_each_adjective_is_a_group_of_its_own_with_its_country() -> None:
    text = "Kenya arrested the pilot, according to Ugandan and western intelligence agencies."
    chain = told(text, "arrested").chain
    assert [source.label for source in chain] == ["Ugandan intelligence agencies", "western intelligence agencies"]
    entities = graph(text).entities
    groups = [entities[source.entity] for source in chain if source.entity is not None]
    homes = [entities[group.affiliation].label if group.affiliation is not None else None for group in groups]
    assert homes == ["Uganda", None]


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("The minister said that Kenya had arrested the pilot.", ["minister"]),
        ("The minister praised the rescuers, who said that Kenya had arrested the pilot.", ["rescuers"]),
    ],
)
def test_who_praises_is_credited_with_nothing(text: str, credited: list[str]) -> None:
    assert [source.label for source in told(text, "arrested").chain] == credited


def test_what_somebody_wants_is_neither_his_word_nor_asserted() -> None:
    statement = told("The minister wants Kenya to arrest the pilot.", "arrested")
    assert statement.chain == ()
    assert not statement.asserted


def test_a_medium_passes_on_quoted_words_but_has_not_spoken_them() -> None:
    text = '"Kenya arrested the pilot," the minister told the Evening Gazette.'
    assert [source.label for source in told(text, "arrested").chain] == ["Evening Gazette", "minister"]
    quoted = [one.quoted for one in graph(text).annotated.attributions]
    assert sorted(quoted) == ["direct", "indirect"]


def test_who_the_source_is_is_the_articles_own_word() -> None:
    text = "The tax office reported that Kenya arrested the pilot, according to Ann Lund, a spokeswoman for the navy."
    assert [source.label for source in told(text, "arrested").chain] == ["Ann Lund", "tax office"]
    assert told(text, "spokespersonFor").chain == ()
