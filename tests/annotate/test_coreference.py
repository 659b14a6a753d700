"""Coreference: who is who within one article, on sentences of our own, with the real parser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import Annotator
from kg.data import bundled
from kg.gazetteer import Gazetteer
from kg.model import Annotated, Article, Entity


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    folder = bundled()
    return Annotator.load(folder, Gazetteer.load(folder))


def read(annotator: Annotator, text: str) -> Annotated:
    return next(annotator.annotate([Article("a.txt", text, published="2020-05-04")]))


def entity_of(annotated: Annotated, words: str) -> Entity:
    """The entity of the mention that is, or whose core is, these words (their first place)."""
    text = annotated.article.text
    found = [i for i, m in enumerate(annotated.mentions) if words in (m.span.of(text), m.core.of(text))]
    assert found, f"{words!r} is no mention: {[m.span.of(text) for m in annotated.mentions]}"
    return next(e for e in annotated.entities if found[0] in e.mentions)


SAME = [
    ("The Danish leader, Bo Falk, spoke. Then the president left.", "Bo Falk", "the president"),
    ("The rebel leader known as Bo Falk was seen.", "The rebel leader", "Bo Falk"),
    ("Angela Merkel flew to Oslo. Merkel returned on Sunday.", "Angela Merkel", "Merkel"),
    ("Poland's defence minister, Tomasz Siemoniak, resigned.", "Poland's defence minister", "Tomasz Siemoniak"),
    (
        "Finnish President Sauli Niinisto spoke. The Finnish president left early.",
        "Sauli Niinisto",
        "The Finnish president",
    ),
    ("Jacinda Ardern met the families. She wept with them.", "Jacinda Ardern", "She"),
    ("The Norwegian government fell. It had ruled for a year.", "The Norwegian government", "It"),
    ("French soldiers reached Gao. The soldiers were cheered.", "French soldiers", "The soldiers"),
    ("Nordholm AB hired engineers on Monday. The company said little.", "Nordholm AB", "The company"),
    (
        "Boris Falk resigned. His wife, Eva Falk, stayed. Mrs Falk wept.",
        "Eva Falk",
        "His wife",
    ),
    ('"Our country is free," Kenyan President William Ruto said in Paris.', "Our country", "Kenyan"),
    ("French soldiers reached Gao. French troops left again.", "French soldiers", "French troops"),
]

APART = [
    (
        "He was ousted as president of the Harbour Union. The president was glad.",
        "president of the Harbour Union",
        "The president",
    ),
    ("The state is short of water. California sent help. In Reno the state was praised.", "The state", "the state"),
    ("Ann Lee rules in Albany, New York, not in New York City.", "New York", "New York City"),
    ("I met our governor and Ann Lee on Monday.", "our governor", "Ann Lee"),
    (
        "Governor Bo Falk lost. He quarrelled with his own lieutenant governor.",
        "Bo Falk",
        "his own lieutenant governor",
    ),
    ("Either party may win. The party is glad.", "Either party", "The party"),
    ("It was decided by adviser Bo Falk, not the president.", "Bo Falk", "the president"),
    ("The Danish people voted. The people of Norway did not.", "The Danish people", "The people of Norway"),
    ("Danish President Bo Falk spoke. All it takes is to trust the leader.", "Bo Falk", "the leader"),
    ("Anna Falk may be president in May. The president was ill.", "Anna Falk", "The president"),
    ("Senator Ann Lee beat the club's candidate. Candidate Bo Falk wept.", "Bo Falk", "the club's candidate"),
    ("House Democrats met. A dozen House Democrats left.", "House Democrats", "A dozen House Democrats"),
    ("The committee wrote a report. Falk's report came later.", "a report", "Falk's report"),
    ("Many Danes left. Danes at home cheered.", "Many Danes", "Danes"),
    ("The young Danish voters stayed away. Danish voters marched.", "The young Danish voters", "Danish voters"),
    ("Danish voters marched. Then some 40 Danish voters left.", "Danish voters", "some 40 Danish voters"),
    ("The Republicans won. Some Republicans were sad.", "Republicans", "Some Republicans"),
    ("Boris Falk spoke. The Falk brothers own the mill.", "Boris Falk", "Falk"),
    ("He went to high school in Oslo. The high school he loved has closed.", "high school", "The high school"),
    ("Senator Ann Lee, the opposition leader, smiled. The president left.", "Ann Lee", "The president"),
    ("North Korea protested. South Korea did not.", "North Korea", "South Korea"),
    ("Kim Jong Un spoke. His sister, Kim Yo-jong, was there. Kim smiled.", "Kim Jong Un", "Kim Yo-jong"),
    ("French soldiers reached Gao. German soldiers stayed behind.", "French soldiers", "German soldiers"),
    ("Moscow sent a note. He was born in Moscow.", "Moscow", "He"),
    ("George Bush met Barbara Bush.", "George Bush", "Barbara Bush"),
    ("Donald Falk spoke. Donald Falk Jr. listened.", "Donald Falk", "Donald Falk Jr."),
    ("The French Senate voted. The US Senate did not.", "Senate", "US Senate"),
    ("Nordholm AB sued Lindal AB. The company said little.", "Nordholm AB", "The company"),
    ("The White House spoke. The House voted.", "White House", "House"),
    ("The White House waited. The House voted on Tuesday.", "White House", "House"),
]


@pytest.mark.parametrize(("text", "one", "other"), SAME)
def test_one_thing(annotator: Annotator, text: str, one: str, other: str) -> None:
    annotated = read(annotator, text)
    assert entity_of(annotated, one) == entity_of(annotated, other)


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_two_things(annotator: Annotator, text: str, one: str, other: str) -> None:
    annotated = read(annotator, text)
    assert entity_of(annotated, one) != entity_of(annotated, other)


def test_a_capital_acts_for_its_country_and_is_a_city_as_a_place(annotator: Annotator) -> None:
    acting = read(annotator, "Pyongyang sent a delegation to the talks.")
    assert entity_of(acting, "Pyongyang").key == "country/PRK"
    place = read(annotator, "The ceremony was held in Pyongyang.")
    assert entity_of(place, "Pyongyang").type == "City"


def test_a_group_is_named_by_adjective_and_head_without_number(annotator: Annotator) -> None:
    annotated = read(annotator, "About 600 Danish soldiers were flown home.")
    group = next(e for e in annotated.entities if e.type == "Group")
    assert (group.label, group.group_head) == ("Danish soldiers", "soldier")
    assert group.affiliation is not None
    assert annotated.entities[group.affiliation].label == "Denmark"


def test_a_region_is_told_from_the_town_of_its_name(annotator: Annotator) -> None:
    for text in ("Police in Tacoma, Washington, waited.", "Washington Gov. Ann Lee waited."):
        assert entity_of(read(annotator, text), "Washington").key == "region/washington-usa"
    assert entity_of(read(annotator, "He flew to Washington."), "Washington").type == "City"


def test_quoted_i_is_the_speaker(annotator: Annotator) -> None:
    annotated = read(annotator, '"I shall not resign over this matter," Boris Tadic told reporters.')
    assert entity_of(annotated, "I") == entity_of(annotated, "Boris Tadic")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([text for text, _, _ in SAME + APART]), min_size=1, max_size=4))
def test_every_mention_is_in_exactly_one_entity(texts: list[str]) -> None:
    annotated = read(_shared(), "\n\n".join(texts))
    members = sorted(m for entity in annotated.entities for m in entity.mentions)
    assert members == list(range(len(annotated.mentions)))
    for entity in annotated.entities:
        assert not entity.label.endswith((".", ","))
        assert {link.mention for link in entity.links} == set(entity.mentions)


_KEPT: list[Annotator] = []


def _shared() -> Annotator:
    if not _KEPT:
        folder = bundled()
        _KEPT.append(Annotator.load(folder, Gazetteer.load(folder)))
    return _KEPT[0]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Guerrillas shelled Kampala on Monday.", "city/kampala-uga"),
        ("Kampala was flooded on Monday.", "city/kampala-uga"),
        ("Kampala fell to the guerrillas in May.", "city/kampala-uga"),
        ("Guards closed Kampala's airport.", "city/kampala-uga"),
        ("He was taken to Kampala's old prison.", "city/kampala-uga"),
        ("Nobody wants to live in old Kampala.", "city/kampala-uga"),
        ("Kampala was accused of lying.", "country/UGA"),
        ("The bank criticised Kampala.", "country/UGA"),
        ("Kampala's foreign policy changed.", "country/UGA"),
    ],
)
def test_a_capital_is_the_town_where_a_town_is_spoken_of(annotator: Annotator, text: str, key: str) -> None:
    assert entity_of(read(annotator, text), "Kampala").key == key
