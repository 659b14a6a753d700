"""Which quoted words are a quotation of their own."""

from __future__ import annotations

import pytest

from kg.model import Literal_
from kg.pipeline import extract_text


def said(text: str) -> list[str]:
    objects = [one.object for one in extract_text(text).statements if one.predicate == "said"]
    return [str(one.value) for one in objects if isinstance(one, Literal_)]


@pytest.mark.parametrize(
    "text",
    [
        'Lena Moor said it was time to show that the club has "a response in the age of machines and robots."',
        'Lena Moor said the plan was "a very bad deal for all of our workers."',
        'Lena Moor called the plan "bad".',
    ],
)
def test_words_that_say_nothing_of_their_own_are_no_quotation(text: str) -> None:
    assert said(text) == []


def test_a_sentence_quoted_within_indirect_speech_is_one() -> None:
    assert said('Lena Moor said that "workers must never forget the mines they built".') == [
        "workers must never forget the mines they built"
    ]
