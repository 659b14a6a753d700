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
    ("He met them in the town of Calexico, California, on Monday.", "Calexico", "California"),
    # names
    ("Ann Lee and Bo Lee came. Lee left.", "Ann Lee", "Lee"),
    ("Ann Lee and Bo Lee came. Lee left.", "Bo Lee", "Lee"),
    # parts
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


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_it_is_left_open(annotator: Annotator, text: str, one: str, other: str) -> None:
    annotated = read(annotator, text)
    assert not set(entities_of(annotated, one)) & set(entities_of(annotated, other))


SAME = [
    ("He read the report. Ann left. The report was long.", "the report", "The report"),
    ("Officer Bo Lee left. Ann slept. The officer slept, too.", "Bo Lee", "The officer"),
    ("President Bo Falk spoke. Ann Lee slept. The president left.", "Bo Falk", "The president"),
    ("Ann Lund, Ohio's outgoing governor, will come.", "Ann Lund", "Ohio's outgoing governor"),
    ("He fled to Allen, Texas, a Dallas suburb.", "Allen", "a Dallas suburb"),
    ("Bo Falk, the treasurer's son-in-law, left.", "Bo Falk", "the treasurer's son-in-law"),
    ("Rep. Jack Kingston came. Kingston looks well.", "Jack Kingston", "Kingston"),
    ("Rep. Steve Israel came. Israel says so.", "Steve Israel", "Israel"),
    ("Dr. Jane Moll wed Carl Moll. The town thanked Dr. Moll.", "Jane Moll", "Moll"),
    ("Michigan Democrat Ann Lee spoke.", "Michigan Democrat", "Ann Lee"),
]


@pytest.mark.parametrize(("text", "one", "other"), SAME)
def test_it_is_still_found(annotator: Annotator, text: str, one: str, other: str) -> None:
    annotated = read(annotator, text)
    assert entity_of(annotated, one) == entity_of(annotated, other)


def labels(annotated: Annotated, words: str) -> list[str]:
    return [annotated.entities[e].label for e in entities_of(annotated, words)]


def test_the_last_name_of_a_head_of_state_is_his(annotator: Annotator) -> None:
    text = "Macron spoke. First lady Brigitte Macron came. Mrs Macron smiled. Macron left. The president was tired."
    then = read(annotator, text, "2019-05-02")
    assert labels(then, "Macron") == ["Macron", "Brigitte Macron", "Macron"]
    assert labels(then, "The president") == ["Macron"]
    before = read(annotator, "Brigitte Macron came. Macron smiled.", "2009-05-02")
    assert labels(before, "Macron") == ["Brigitte Macron"]


def test_the_president_is_who_is_president_on_the_day(annotator: Annotator) -> None:
    text = "Macron met Jacques Chirac. It was late. They talked. The president was glad."
    assert labels(read(annotator, text, "2019-10-02"), "The president") == ["Macron"]
    assert labels(read(annotator, text, "2001-10-02"), "The president") == ["Jacques Chirac"]
    after = "Macron met Jacques Chirac. The president was glad."  # which of them?
    assert labels(read(annotator, after, "2019-10-02"), "The president") == ["president"]
    long_ago = "Macron spoke. In 1958 the president was glad."
    assert labels(read(annotator, long_ago, "2019-10-02"), "the president") == ["president"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The White House denied it.", "Government"),
        ("He met the White House staff.", "Government"),
        ("Guests left the White House at noon.", "Facility"),
        ("The White House lawn was green.", "Facility"),
        ("He was invited to the White House.", "Facility"),
        ("They met in the Rose Garden of the White House.", "Facility"),
    ],
)
def test_a_seat_of_government_is_also_a_house(annotator: Annotator, text: str, kind: str) -> None:
    assert entity_of(read(annotator, text), "White House").type == kind


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A threat from Kampala was heard.", "country/UGA"),
        ("He filmed it from Kampala.", "city/kampala-uga"),
        ("They took her to Kampala.", "city/kampala-uga"),
        ("They began a march on Kampala.", "city/kampala-uga"),
        ("They sold weapons to Kampala.", "country/UGA"),
    ],
)
def test_to_and_from_a_capital(annotator: Annotator, text: str, key: str) -> None:
    assert entity_of(read(annotator, text), "Kampala").key == key


@pytest.mark.parametrize(
    "text",
    [
        "Chuck Lund of New York spoke.",
        "He won the New York Republican primary.",
        "The New York delegates left.",
        "New York, Illinois and Ohio agreed.",
        "They fled to Albany, New York, at night.",
    ],
)
def test_a_state_called_like_its_city(annotator: Annotator, text: str) -> None:
    assert entity_of(read(annotator, text), "New York").key == "region/new-york-usa"


@pytest.mark.parametrize(
    "text", ["He asked in English.", "It was Election Day.", "JOE FALK IS GUILTY.", "The AG left."]
)
def test_what_names_nothing(annotator: Annotator, text: str) -> None:
    names = [m.span.of(text) for m in read(annotator, text).mentions if m.kind == "name"]
    assert not any({"English", "Election", "IS", "AG"} & set(name.split()) for name in names)


def test_a_state_and_the_town_of_its_name(annotator: Annotator) -> None:
    annotated = read(annotator, "Kansas and Washington voted. Democrats in Washington left.")
    keys = [annotated.entities[e].key for e in entities_of(annotated, "Washington")]
    assert keys == ["region/washington-usa", "city/washington-usa"]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("They held a virtual meeting. The meeting was short.", "a virtual meeting", "The meeting"),
        ("A home burned. The home was old.", "A home", "The home"),
        ("President Bo Falk spoke. Mary Johnson left. The president was glad.", "Bo Falk", "The president"),
    ],
)
def test_what_only_looks_like_it_is_found(annotator: Annotator, text: str, one: str, other: str) -> None:
    annotated = read(annotator, text, "2019-03-01")
    assert entity_of(annotated, one) == entity_of(annotated, other)


def test_a_name_that_is_written_as_an_acronym_elsewhere(annotator: Annotator) -> None:
    assert len(entities_of(read(annotator, "Arun Das said no. Mr. Das left. Das was sad."), "Das")) == 2


def test_another_office_is_no_reason(annotator: Annotator) -> None:
    text = "Chelsea Clinton smiled. The state was glad. Clinton left."
    assert labels(read(annotator, text, "2012-05-01"), "Clinton") == ["Chelsea Clinton"]


@pytest.mark.parametrize("glue", ["", " "])
def test_links_set_into_a_sentence_are_passed_over(annotator: Annotator, glue: str) -> None:
    links = "Bo Falk's plan fails Rivals rejoice over Falk MORE"
    text = f"Senator Ann Lee Ann Mary Lee{glue}{links} (D-Ohio) on Friday left Oslo."
    names = [m.span.of(text) for m in read(annotator, text).mentions if m.kind == "name"]
    assert "Ann Lee" in names
    assert "Oslo" in names
    assert not any("Falk" in name for name in names)
