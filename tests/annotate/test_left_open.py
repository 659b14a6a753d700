"""Links that look likely and were judged wrong again and again in samples of news: they are left open, and their likes are not."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.data import bundled
from kg.gazetteer import Gazetteer
from kg.model import Annotated, Article
from tests.annotate.test_coreference import entity_of

# (text, one, other): first places of the words.
APART = [
    # a head word alone
    ("He read the report. One. Two. Three. Ann left. The report was long.", "the report", "The report"),
    ("Violent acts were counted. The acts were a record.", "Violent acts", "The acts"),
    ("The 12 acts were new. He counted the 40 acts.", "The 12 acts", "the 40 acts"),
    ("Both parties lost. The party was sad.", "Both parties", "The party"),
    ("He fled his country. In this country it is quiet.", "his country", "this country"),
    ("The report was dull. But the report for 2015 is not.", "The report", "the report"),
    ("He fought in the Iraq War. Then came the war in Mali.", "Iraq War", "the war"),
    ("The Supreme Court ruled. It was blocked by the courts.", "Supreme Court", "the courts"),
    ("They wait for the next president. The president knows it.", "the next president", "The president"),
    ("President Bo Falk phoned the Kenyan president. The president was glad.", "the Kenyan president", "The president"),
    # posts
    ("Officer Bo Lee left. One. Two. Three. The officer slept.", "Bo Lee", "The officer"),
    ("Bo Falk, a lawyer, lied to the campaign's lawyer.", "Bo Falk", "the campaign's lawyer"),
    ("The victim was Bo Falk. He gave it to the victim of a theft.", "Bo Falk", "the victim of a theft"),
    ("President Bo Falk spoke. Ann Falk had urged the president.", "Ann Falk", "the president"),
    ("Officer Bo Lee left. Lee said that the officer was hurt.", "Bo Lee", "the officer"),
    ("Bo Lee, an official, wrote. A ministry official spoke. The official left.", "Bo Lee", "The official"),
    ("Officer Bo Lee left. The 34-year-old officer slept.", "Bo Lee", "The 34-year-old officer"),
    ("President Bo Falk ran the Executive Office of the President.", "Bo Falk", "the President"),
    # who is told of what
    ("Ann Falk praised Bo Lee for being the rare governor.", "Ann Falk", "the rare governor"),
    ("Falk's heir as party leader, Senator Ann Lee, spoke.", "party leader", "Ann Lee"),
    ("Bo Falk and Ann Lund, Ohio's outgoing governor, will come.", "Bo Falk", "Ohio's outgoing governor"),
    ("With Hilda, the president, the first lady and Bo Lee left.", "Hilda", "the president"),
    ("He spoke to the secretary, the president, and the speaker.", "the secretary", "the president"),
    ("He fled to Allen, Texas, a Dallas suburb.", "Texas", "a Dallas suburb"),
    ("He praised Lima as the capital of Peru.", "the capital of Peru", "Peru"),
    # names
    ("Ann Lee and Bo Lee came. Lee left.", "Ann Lee", "Lee"),
    ("Kansas and Washington voted. He flew to Washington.", "Kansas", "Washington"),
    # parts
    ("American troops landed. Most American troops left.", "American troops", "Most American troops"),
    ("The average American came across it. American farms are small.", "The average American", "American farms"),
]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    folder = bundled()
    return Annotator.load(folder, Gazetteer.load(folder))


def read(annotator: Annotator, text: str, day: str | None = None) -> Annotated:
    return next(annotator.annotate([Article("t.txt", text, published=day)]))


def entities_of(annotated: Annotated, words: str) -> list[int]:
    """The entity of every mention that is, or whose core is, these words."""
    text = annotated.article.text
    found = [i for i, m in enumerate(annotated.mentions) if words in (m.span.of(text), m.core.of(text))]
    assert found, f"{words!r} is no mention: {[m.span.of(text) for m in annotated.mentions]}"
    return [next(e for e, one in enumerate(annotated.entities) if m in one.mentions) for m in found]
