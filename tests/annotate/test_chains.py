"""Chains of mentions: what the sieves join and what they must leave apart, by the real parser; laws on odd texts."""

from __future__ import annotations

import functools
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate import parser
from kg.annotate.attributions import AttributionFinder
from kg.annotate.clauses import ClauseFinder
from kg.annotate.coreference import Coreference
from kg.annotate.mentions import MentionFinder
from kg.annotate.parsed import Doc
from kg.data import bundled
from kg.gazetteer import Gazetteer
from kg.model import Article, Entity, Mention


@functools.cache
def model() -> Language:
    return parser.load()


@functools.cache
def parts() -> tuple[MentionFinder, ClauseFinder, AttributionFinder, Coreference]:
    folder = bundled()
    gazetteer = Gazetteer.load(folder)
    mentions, coreference = MentionFinder(folder, gazetteer), Coreference(folder, gazetteer)
    return mentions, ClauseFinder(folder), AttributionFinder(folder), coreference


def parsed(text: str) -> Doc:
    return next(parser.parse(model(), [Article("t.txt", text)]))


def resolved(doc: Doc) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    mention_finder, clause_finder, attribution_finder, coreference = parts()
    mentions = mention_finder(doc)
    return mentions, coreference(doc, mentions, clause_finder(doc, mentions), attribution_finder(doc, mentions))


def chains(text: str) -> list[set[str]]:
    """The words of the mentions of each entity."""
    mentions, entities = resolved(parsed(text))
    return [{mentions[m].span.of(text) for m in entity.mentions} for entity in entities]


def entity(text: str, words: str) -> Entity:
    mentions, entities = resolved(parsed(text))
    return next(e for e in entities if any(mentions[m].span.of(text) == words for m in e.mentions))


JOINED = [
    ("Mr Tadesse Bekele spoke first. Mr Bekele was cheered.", ("Tadesse Bekele", "Bekele")),
    ("The Baltic Fisheries Union (BFU) met in Riga. The BFU wants higher quotas.", ("Baltic Fisheries Union", "BFU")),
    ("Peruvian miners struck in Peru.", ("Peruvian", "Peru")),
    ("Lima rejected the offer. Peru wants more.", ("Lima", "Peru")),
    ("Burma closed its border in 1962.", ("Burma", "its")),
    ("The president of Ghana, Kofi Mensah, flew to Accra.", ("The president of Ghana", "Kofi Mensah")),
    ("Chilean President Ana Rojas spoke. The Chilean leader promised jobs.", ("Ana Rojas", "The Chilean leader")),
    ("The space agency delayed the launch. The agency blamed the weather.", ("The space agency", "The agency")),
    ('Jan Holm spoke. "He is a born leader," Otto Falk said of Holm.', ("Jan Holm", "He", "a born leader")),
    ("Angela Moll spoke in Berlin. Chancellor Moll left.", ("Angela Moll", "Moll")),
    ("A Republican, Sen. Bo Lund of Ohio, left.", ("A Republican", "Bo Lund")),
    ("Danish soldiers landed at dawn. Later 20 Danish troops fell ill.", ("Danish soldiers", "20 Danish troops")),
    ('"I will not resign," Karim Haddad said.', ("I", "Karim Haddad")),
    ("The Security Council met. The UN Security Council voted.", ("Security Council", "UN Security Council")),
    (
        "The singer Choi Min Seo arrived on Friday. Fans of Choi Min-seo cheered in Busan.",
        ("Choi Min Seo", "Choi Min-seo"),
    ),
    ("He wrote for the Daily Herald. The Herald closed in 1964.", ("Daily Herald", "Herald")),
    (
        "The Bolivian president fell ill. Doctors flew in. The Bolivian leader died.",
        ("The Bolivian president", "The Bolivian leader"),
    ),
    ("Hungarians fled from Hungary. The Hungarians never came back.", ("Hungarians", "The Hungarians")),
]


@pytest.mark.parametrize(("text", "words"), JOINED)
def test_one_thing_is_one_entity(text: str, words: tuple[str, ...]) -> None:
    assert any(set(words) <= chain for chain in chains(text))


APART = [
    ("North Korean and South Korean envoys met.", "North Korean", "South Korean"),
    ("The ceremony in Nairobi ended. Kenya paid for it.", "Nairobi", "Kenya"),
    ("Anna Berg met Karl Berg.", "Anna Berg", "Karl Berg"),
    ("Danish soldiers met Swedish soldiers.", "Danish soldiers", "Swedish soldiers"),
    ("Danish soldiers returned. Fallen Danish soldiers were mourned.", "Danish soldiers", "Fallen Danish soldiers"),
    ("The Kenyan president met the Ghanaian president.", "The Kenyan president", "the Ghanaian president"),
    ("President Ana Rojas met the majority leader.", "Ana Rojas", "the majority leader"),
    ("President Ana Rojas spoke. The pope prayed.", "Ana Rojas", "The pope"),
    ("President Ana Rojas spoke. The president of the club left.", "Ana Rojas", "The president of the club"),
    ("As for Ruiz, Holm's brother, Lars Holm, was critical. Pedro Ruiz left.", "Lars Holm", "Pedro Ruiz"),
    ("Iranian negotiators met Iranian generals.", "Iranian negotiators", "Iranian generals"),
    ("The Indian government met in India.", "The Indian government", "India"),
    ("Native American tribes sued. American officials agreed.", "Native American", "American"),
    ("Asian-American voters waited. Asian markets fell.", "Asian-American", "Asian"),
    ("The inquiry names Democrats, including Bo Lund. Democrats won in Ohio.", "Democrats", "Bo Lund"),
    ("They met in other states. The states refused.", "other states", "The states"),
    ("A Texan was held. Texan officials agreed.", "A Texan", "Texan officials"),
    ("Jill Moll and her husband, Scott, met Gov. Rick Scott.", "Scott", "Rick Scott"),
    ("President Falk will come, accompanied by Anna Falk.", "Falk", "Anna Falk"),
    ("Senator Jan Holm spoke. The senator, who had opposed Holm, left.", "Jan Holm", "The senator"),
    ("They named the press, the green movement, Greenpeace, and banks.", "the green movement", "Greenpeace"),
    ("It is not a discriminatory bill. The bill failed.", "a discriminatory bill", "The bill"),
    ("The eastern district of Virginia sued. Virginia voted.", "The eastern district of Virginia", "Virginia"),
    ("The Senate in Mexico met. The US Senate voted.", "Senate", "US Senate"),
    ("Sen. Bo Lund (D) of Washington spoke. Ads ran in Washington, D.C.", "Bo Lund", "Washington"),
    ("No New Yorker has to wait. The New Yorker reported it.", "No New Yorker", "New Yorker"),
]


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_two_things_are_two_entities(text: str, one: str, other: str) -> None:
    found = chains(text)
    assert any(one in chain for chain in found)
    assert any(other in chain for chain in found)
    assert not any({one, other} <= chain for chain in found)


@pytest.mark.parametrize(
    "text",
    [
        "Inquiries into Democrats, including Bo Lund, went on. Democrats won in Ohio.",
        "Only 20% of Democrats agreed. Democrats won in Ohio.",
        "It is rarer among Democrats. Democrats won in Ohio.",
        "Most Republicans and Democrats have forgotten it. Democrats won in Ohio.",
    ],
)
def test_some_members_are_not_the_party(text: str) -> None:
    mentions, entities = resolved(parsed(text))
    own = [e for e in entities if any(mentions[m].span.of(text) == "Democrats" for m in e.mentions)]
    assert sorted(e.type for e in own) == ["Group", "PoliticalParty"]


def test_who_is_called_by_a_title_and_who_without() -> None:
    text = "Dr. Jane Moll wed Carl Moll. Moll said he was sorry. The town thanked Dr. Moll. Moll left."
    mentions, entities = resolved(parsed(text))
    starts = {
        e.label: [mentions[m].span.start for m in e.mentions if mentions[m].kind == "name"] for e in entities if e.named
    }
    assert starts == {"Jane Moll": [4, 74], "Carl Moll": [18, 29, 80]}


def test_another_one_like_it_is_not_the_one() -> None:
    text = "The Kerner Commission met. They want a new Kerner Commission."
    _, entities = resolved(parsed(text))
    assert sum(e.label == "Kerner Commission" for e in entities) == 2


@pytest.mark.parametrize("text", ["India differs. Indian removals went on.", "France waits. They ate French fries."])
def test_an_idiom_speaks_of_no_country(text: str) -> None:
    _, entities = resolved(parsed(text))
    assert [len(e.mentions) for e in entities if e.key and e.key.startswith("country/")] == [1]


def test_an_acting_capital_is_its_country_and_the_city_stays_apart() -> None:
    text = "Ankara sent troops to Libya. A ceremony was held in Ankara. Turkey denied it."
    mentions, entities = resolved(parsed(text))
    spoken = [(e.type, m) for e in entities for m in e.mentions if mentions[m].span.of(text) == "Ankara"]
    assert sorted(kind for kind, _ in spoken) == ["City", "Country"]
    assert entity(text, "Turkey").key == "country/TUR"


def test_a_group_knows_its_class_country_and_restriction() -> None:
    text = "Polish soldiers marched. The families mourned 12 fallen Polish troops."
    _, entities = resolved(parsed(text))
    groups = [e for e in entities if e.type == "Group" and e.group_head == "soldier"]
    assert [group.restrictions for group in groups] == [(), ("dead",)]
    assert {entities[g.affiliation].key for g in groups if g.affiliation is not None} == {"country/POL"}
    assert groups[0].label == "Polish soldiers"


def test_a_people_is_of_its_country() -> None:
    text = "Ukrainians voted. Ukraine has a parliament."
    people = entity(text, "Ukrainians")
    _, entities = resolved(parsed(text))
    assert (people.type, people.label, people.group_head) == ("Group", "Ukrainians", "people")
    assert people.affiliation is not None
    assert entities[people.affiliation].key == "country/UKR"


def test_a_government_belongs_to_its_country() -> None:
    text = "The Bolivian government fell. Bolivia voted again."
    government = entity(text, "The Bolivian government")
    _, entities = resolved(parsed(text))
    assert government.type == "Government"
    assert government.affiliation is not None
    assert entities[government.affiliation].key == "country/BOL"


def test_a_region_and_its_city_by_what_the_article_calls_it() -> None:
    text = "Shells fell on the region of Kharkiv. In Kharkiv, windows broke."
    mentions, entities = resolved(parsed(text))
    assert {e.type for e in entities for m in e.mentions if mentions[m].span.of(text) == "Kharkiv"} == {"Region"}
    assert entity("Shells fell on Kharkiv.", "Kharkiv").type == "City"


def test_the_label_is_the_fullest_name() -> None:
    assert entity("Ruiz won. Pedro Ruiz is 40. Ruiz lives in Quito.", "Ruiz").label == "Pedro Ruiz"
    assert entity("The UK voted. Britain left.", "Britain").label == "United Kingdom"


def test_every_link_says_why() -> None:
    text = "Astrid Holm visited Bergen. Holm met the mayor. She praised him."
    links = entity(text, "Holm").links
    assert [link.sieve for link in links] == ["first", "partial-name", "pronoun"]
    assert all(0.0 < link.score <= 1.0 for link in links)
    assert all(link.antecedent is None or link.antecedent < link.mention for link in links)


# ---- laws ----

NAMES = ["Kenya", "Kenyan", "Ann", "Lee", "Nairobi", "NATO", "North", "Korea", "South", "Korean"]
OTHERS = ["the", "President", "'s", "Mr", "said", "attacked", "soldiers", "it", "She", "they", "fallen", "agency", "of"]
WORDS = st.sampled_from([*NAMES, *OTHERS, ".", ",", '"', "I", "\n"])


@given(st.lists(WORDS, max_size=30))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_mention_is_in_exactly_one_entity(words: list[str]) -> None:
    mentions, entities = resolved(parsed(" ".join(words)))
    assert sorted(m for entity in entities for m in entity.mentions) == list(range(len(mentions)))
    assert [entity.mentions[0] for entity in entities] == sorted(entity.mentions[0] for entity in entities)
    keys = [entity.key for entity in entities if entity.key and entity.key.startswith("country/")]
    assert len(keys) == len(set(keys))
    for one in entities:
        assert one.affiliation is None or 0 <= one.affiliation < len(entities)
        assert one.label


def test_mentions_and_coreference_take_a_small_part_of_the_parsers_time() -> None:
    parsed("A first sentence loads the model.")
    assert min(_share() for _ in range(3)) < 0.4


def _share() -> float:
    """Time of mentions and coreference over time of the parser."""
    text = " ".join([*(text for text, _ in JOINED), *(text for text, _, _ in APART)]) * 3
    mention_finder, clause_finder, _, coreference = parts()
    start = time.process_time()
    doc = parsed(text)
    read = time.process_time()
    mentions = mention_finder(doc)
    found = time.process_time()
    clauses = clause_finder(doc, mentions)
    again = time.process_time()
    coreference(doc, mentions, clauses, ())
    return (time.process_time() - again + found - read) / (read - start)
