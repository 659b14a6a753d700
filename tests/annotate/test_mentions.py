"""Mentions: names of many countries and decades by the real parser, rules on Docs made by hand, laws on odd texts."""

from __future__ import annotations

import functools
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import tokens
from spacy.language import Language
from spacy.vocab import Vocab

from kg.annotate import parser
from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.mentions import MentionFinder
from kg.annotate.name_types import NameTyper
from kg.annotate.names import Name
from kg.annotate.parsed import Doc, plain
from kg.data import bundled
from kg.gazetteer import Gazetteer, GazetteerError
from kg.model import Article, Mention


@functools.cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load(bundled())


@functools.cache
def finder() -> MentionFinder:
    return MentionFinder(bundled(), gazetteer())


@functools.cache
def model() -> Language:
    return parser.load()


def parsed(text: str) -> Doc:
    return next(parser.parse(model(), [Article("t.txt", text)]))


def found(text: str) -> dict[str, str]:
    """Each mention's words and "kind type" in a text read by the real parser."""
    doc = parsed(text)
    return {mention.span.of(text): f"{mention.kind} {mention.type}" for mention in finder()(doc)}


# ---- names ----


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("Prime Minister Ingrid Solheim arrived in Oslo on Monday.", "Ingrid Solheim", "Person"),
        ("Nobody liked Biden and his climate decision.", "Biden", "Person"),
        ("Mr Adeyemi told reporters that the talks had failed.", "Adeyemi", "Person"),
        ("Marta Kovacs, 45, was elected mayor of Debrecen.", "Marta Kovacs", "Person"),
        ("Striker Luca Moretti scored twice for Juventus.", "Luca Moretti", "Person"),
        ("Oil workers in the Niger Delta went on strike, the AFL-CIO said.", "AFL-CIO", "Organization"),
        ("Inspectors of the IAEA visited the reactor.", "IAEA", "Organization"),
        ("The ship left Valparaiso for Lima in 1931.", "Lima", "City"),
        ("Floods hit the Hubei province in August.", "Hubei province", "Region"),
        ("Kenya's Rift Valley was calm.", "Kenya", "Country"),
        ("Troops of the USSR crossed the border in 1979.", "USSR", "Country"),
        ("The news agency Xinhua reported the accident.", "Xinhua", "MediaOrganization"),
        ("He spoke to the newspaper Le Monde.", "Le Monde", "MediaOrganization"),
        ("Economist Paula Reyes told the Economist that prices fell.", "Paula Reyes", "Person"),
        ("Voters in Alabama, Georgia and Ohio stayed away.", "Georgia", "Region"),
        ("Talks between Georgia and Armenia went on.", "Georgia", "Country"),
        ("Shops fear Amazon and Walmart.", "Amazon", "Company"),
        ("Fires burn in the Amazon.", "Amazon", "Region"),
        ("The group, Ghanaians Against Corruption, marched.", "Ghanaians Against Corruption", "Organization"),
        ("A gift of Americans for Prosperity came late.", "Americans for Prosperity", "Organization"),
        ("The University of Ghana closed its campus.", "University of Ghana", "Organization"),
        ("The Kremlin rejected the proposal.", "Kremlin", "Government"),
        ("Protesters gathered outside the White House.", "White House", "Facility"),
        ("Congress passed the Affordable Care Act.", "Affordable Care Act", "Document"),
        ("Carmaker Volvo cut 500 jobs.", "Volvo", "Company"),
        ("He was awarded the Nobel Peace Prize in 1987.", "Nobel Peace Prize", "Award"),
        ("Veterans of the Vietnam War marched.", "Vietnam War", "Conflict"),
        ("Republican Senator Joan Hartley voted against the bill.", "Joan Hartley", "Person"),
        ("She works at the National Pork Producers Council.", "National Pork Producers Council", "GovernmentBody"),
        ("The National Turkey Federation protested.", "National Turkey Federation", "Organization"),
        ("The Department of Veterans Affairs agreed.", "Department of Veterans Affairs", "GovernmentBody"),
        ("REUTERS Joan Hartley met Otto Krone.", "Joan Hartley", "Person"),
        ("The Joan Hartley-era rules ended.", "Joan Hartley", "Person"),
        ("South Korean President Moon Jae-in met them.", "Moon Jae-in", "Person"),
        ("War Must End, Hartley Says While Conceding Losses", "Hartley", "Person"),
    ],
)
def test_a_name_has_its_extent_and_class(text: str, name: str, type_: str) -> None:
    assert found(text).get(name) == f"name {type_}"


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Nice work, they said.", "Nice"),
        ("President Carlos Mendez spoke.", "President Carlos Mendez"),
        ("Brazil's economy grew.", "Brazil's"),
        ("The Hague's mayor resigned.", "Hague's"),
        ("She studied in Vienna in May.", "May"),
        ("She teaches French in Lagos.", "French"),
        ("Defense Secretary Ann Whitlock resigned.", "Defense"),
    ],
)
def test_what_is_no_name(text: str, absent: str) -> None:
    assert absent not in found(text)


def test_a_peoples_adjective_is_its_country_inside_a_larger_nominal() -> None:
    mentions = found("Two hundred Danish soldiers joined Estonian officers.")
    assert mentions["Danish"] == "name Country"
    assert mentions["Estonian"] == "name Country"
    assert mentions["Two hundred Danish soldiers"] == "nominal Group"


def test_a_peoples_noun_is_the_people() -> None:
    mentions = found("Thousands of Hungarians fled in 1956. A Swede was among the rescuers.")
    assert mentions["Hungarians"] == "nominal Group"
    assert mentions["A Swede"] == "nominal Person"


def test_all_places_of_a_name_agree() -> None:
    """The model takes the surname for a place or a body in some sentences; the full name settles it."""
    text = "Thandi Lincoln won the vote. Lincoln promised reforms. Supporters of Lincoln danced in Durban."
    assert [m.type for m in finder()(parsed(text)) if m.span.of(text) == "Lincoln"] == ["Person", "Person"]


def test_half_of_a_country_needs_the_country() -> None:
    assert found("North Korea fired a shell. Seoul said the North had broken the truce.")["North"] == "name Country"
    assert "North" not in found("Factories in the North closed.")


def test_an_unknown_acronym_is_a_body() -> None:
    mentions = found("The Sahel Rural Fund (SRF) was founded in Bamako. Farmers owe the SRF money.")
    assert mentions["SRF"] == "name Organization"


def test_hyphens_and_curly_quotes_keep_their_offsets() -> None:
    text = "“Choi Min-seo’s pro-European party won in Seoul,” he said."
    mentions = found(text)
    assert mentions["Choi Min-seo"] == "name Person"
    assert "pro-European" not in mentions
    assert mentions["European"] == "name Region"


@pytest.mark.parametrize("text", ["States that refuse must pay.", "Federal judges ruled.", "Central banks waited."])
def test_everyday_words_at_the_start_are_no_places(text: str) -> None:
    assert not [words for words, kind in found(text).items() if kind.startswith("name")]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The station broadcasts in English, Spanish, Arabic, Thai and Chinese.", set()),
        ("The novel was translated into Dutch, Hindi or Greek.", set()),
        ("She invests in Dutch and Greek companies.", {"Dutch", "Greek"}),
        ("Swedish, Danish and Thai diplomats met.", {"Swedish", "Danish", "Thai"}),
    ],
)
def test_rows_of_languages_are_no_countries(text: str, countries: set[str]) -> None:
    assert {words for words, kind in found(text).items() if kind == "name Country"} == countries
    assert not {"Arabic", "Hindi"} & found(text).keys()


# ---- nominals and pronouns ----


@pytest.mark.parametrize(
    ("text", "nominal", "type_"),
    [
        ("The Peruvian president resigned.", "The Peruvian president", "Person"),
        ("They met the foreign minister of Chad.", "the foreign minister of Chad", "Person"),
        ("About 40 fishermen were rescued.", "About 40 fishermen", "Group"),
        ("The spy agency denied the report.", "The spy agency", "IntelligenceAgency"),
        ("State media showed the parade.", "State media", "MediaOrganization"),
        ("They signed a peace treaty.", "a peace treaty", "Agreement"),
        ("The rebels captured two villages.", "two villages", "City"),
        ("He fired an anti-tank missile.", "an anti-tank missile", "Weapon"),
        ("The army fired on the crowd.", "The army", "ArmedForce"),
        ("The civil war lasted ten years.", "The civil war", "Conflict"),
    ],
)
def test_a_nominal_has_the_class_of_its_head(text: str, nominal: str, type_: str) -> None:
    assert found(text).get(nominal) == f"nominal {type_}"


@pytest.mark.parametrize("text", ["Freedom and hope returned.", "The ship lay at bay.", "He stood in front of them."])
def test_what_names_nothing_is_no_nominal(text: str) -> None:
    assert "Freedom" not in found(text)
    assert not [kind for words, kind in found(text).items() if words in ("bay", "front", "front of them")]


def test_core_and_head_leave_determiners_and_counts_out() -> None:
    text = "More than 300 Malian troops left the base."
    nominal = next(m for m in finder()(parsed(text)) if m.kind == "nominal")
    assert nominal.core.of(text) == "Malian troops"
    assert nominal.head.of(text) == "troops"
    assert nominal.number == "plural"


def test_it_that_stands_for_nothing_is_no_mention() -> None:
    assert "It" not in found("It is likely that prices will rise.")
    assert found("The bank failed. It had lent too much.")["It"].startswith("pronoun")


# ---- evidence, by hand ----

VOCAB: Vocab = spacy.blank("en").vocab


@pytest.mark.parametrize(
    ("words", "votes", "type_"),
    [
        (["President", "Zorvan"], {"Organization": 1.0}, "Person"),
        (["Senator", "Georgia"], {"City": 1.0}, "Country"),  # a country's name outweighs one title
        (["carmaker", "Zorvan"], {"Person": 1.0}, "Company"),
        (["in", "Zorvan"], {}, "City"),
        (["the", "MH99"], {}, "Artifact"),
    ],
)
def test_evidence_outweighs_the_model(words: list[str], votes: dict[str, float], type_: str) -> None:
    tags = ["NN" if word.islower() else "NNP" for word in words]
    pos = ["NOUN" if word == "carmaker" else "ADP" if word in ("in", "the") else "PROPN" for word in words]
    doc = plain(tokens.Doc(VOCAB, words=words, tags=tags, pos=pos, lemmas=words, deps=["dep", "ROOT"], heads=[1, 1]))
    name = Name(1, 2, dict(votes))
    NameTyper(EntityLexicon.load(bundled()), gazetteer())(doc, [name])
    assert name.type == type_


# ---- the gazetteer ----


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Burma", "country/MMR"),
        ("Côte d’Ivoire", "country/CIV"),
        ("the U.S.", "country/USA"),
        ("Congolese", "country/COD"),
    ],
)
def test_a_country_by_any_name(name: str, key: str) -> None:
    assert gazetteer().lookup(name)[0].key == key


def test_capital_people_and_city() -> None:
    capital, people, city = (
        gazetteer().capital("Nairobi"),
        gazetteer().people("Norwegians"),
        next((entry for entry in gazetteer().lookup("Nairobi") if entry.type == "City"), None),
    )
    assert capital is not None
    assert capital.key == "country/KEN"
    assert people is not None
    assert (people[0].key, people[1]) == ("country/NOR", "plural")
    assert city is not None
    assert city.country == "country/KEN"
    assert city.same_as[0].startswith("https://sws.geonames.org/")


def test_every_key_is_found_by_its_label() -> None:
    lost = [e.key for e in gazetteer().entries.values() if e.key not in {x.key for x in gazetteer().lookup(e.label)}]
    assert lost == []


def test_a_users_table_is_found_first_and_faults_come_together(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "label,aliases,type,IRI\nZorvan Institute,ZI|Zorvan,Organization,https://example.org/zi\n", encoding="utf-8"
    )
    entry = Gazetteer.load(bundled(), table).lookup("ZI")[0]
    assert (entry.label, entry.same_as) == ("Zorvan Institute", ("https://example.org/zi",))
    table.write_text("label,aliases,type,IRI\n,x,City,\nY,,,\n", encoding="utf-8")
    with pytest.raises(GazetteerError) as fault:
        Gazetteer.load(bundled(), table)
    assert str(fault.value).splitlines() == ["mine.csv:2: no label", "mine.csv:3: no type"]


BAD_TABLES = [
    (b"name;kind\nX;Y\n", "mine.csv:1: the first line must be label,aliases,type,IRI; it is name;kind"),
    (b"label,type\nM\xfcller,Person\n", "mine.csv:2: is not UTF-8"),
    (b"label,type\nA B,Persn\n", "mine.csv:2: type 'Persn' is no class of the ontology; Person?"),
    (b"label,aliases,type,IRI\nA,b,Person,an id\n", "mine.csv:2: 'an id' is no IRI"),
    (b'label,aliases,type,IRI\n"A\nB",x,Person,\nC,x,y,Person,\n', "mine.csv:4: more cells than columns"),
    (b"", "mine.csv:1: .* it is empty"),
]


@pytest.mark.parametrize(("table", "message"), BAD_TABLES)
def test_a_faulty_table_of_a_user_is_named_with_its_line(tmp_path: Path, table: bytes, message: str) -> None:
    (tmp_path / "mine.csv").write_bytes(table)
    with pytest.raises(GazetteerError, match=message):
        Gazetteer.load(bundled(), tmp_path / "mine.csv", {"Person", "Organization"})


def test_loading_is_fast() -> None:
    start = time.process_time()
    Gazetteer.load(bundled())
    assert time.process_time() - start < 1.0  # 0.1 s where nothing else runs


# ---- laws ----

WORDS = st.sampled_from(
    [
        "the",
        "President",
        "Kenya",
        "'s",
        "Kenyan",
        "-",
        "Mr",
        "Ann",
        "Lee",
        "'s",
        "IAEA",
        "in",
        "of",
        "and",
        "troops",
        "\n",
        "“",
        "(",
        ")",
        "soldiers",
        "it",
        "She",
        "NATO",
        "12",
        "Bank",
        "North",
    ]
)


@given(st.lists(WORDS, max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spans_lie_in_the_text_and_names_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    mentions: tuple[Mention, ...] = finder()(parsed(text))
    assert list(mentions) == sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.kind))
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.covers(mention.head)
        assert mention.span.covers(mention.core)
    names = [m.span for m in mentions if m.kind == "name"]
    assert not any(a.overlaps(b) for n, a in enumerate(names) for b in names[:n])
