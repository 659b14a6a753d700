"""Figures of people without a noun of theirs, of money, and of nobody: what each is read as, and by whose word."""

from __future__ import annotations

import pytest

from kg.model import Claim, Statement
from kg.pipeline import extract_text


def told(text: str) -> list[tuple[str, str, str]]:
    """Figure as written, measure and counted entity of each claim that measures something, in the order of the text."""
    graph = extract_text(text, "2024-05-06")
    claims: dict[int, tuple[Claim, Statement]] = {}
    for statement in graph.statements:
        claim = statement.claim
        if claim and claim.measure != "other":
            claims.setdefault(claim.span.start, (claim, statement))
    return [
        (claim.span.of(text), claim.measure, graph.entities[claim.counted.entity].label if claim.counted else "")
        for _, (claim, _) in sorted(claims.items())
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The Ferran coast guard counted 310 dead.", [("310", "killed")]),
        ("At least 12 deaths were reported in Lomé.", [("At least 12", "killed")]),
        ("The storm left 22 dead and 40 injured.", [("22", "killed"), ("40", "wounded")]),
        ("A truck bomb killed 30 in a market.", [("30", "killed")]),
        ("The bus overturned, killing three and wounding two others.", [("three", "killed"), ("two", "wounded")]),
        ("The death toll rose to 340.", [("340", "killed")]),
        ("The agency gave a toll of 3,000 dead.", [("3,000", "killed")]),
        ("The ministry put the number of wounded people at 4,000.", [("4,000", "wounded")]),
        ("The number of soldiers killed in the raid has risen to 37.", [("37", "killed")]),
        ("A crowd of 5,000 gathered outside parliament in Lima.", [("5,000", "attended")]),
        ("113 soldiers are dead and 78 are missing, officials said.", [("113", "killed"), ("78", "missing")]),
        ("Twenty people died and dozens were injured in Lima.", [("Twenty", "killed"), ("dozens", "wounded")]),
        ("A diplomat confirmed the count of 37,000 evacuated people.", [("37,000", "evacuated")]),
        ("Flooding Leaves At Least 10 Dead In Lomé", [("At Least 10", "killed")]),
        ("The storm claimed at least 34 lives.", [("at least 34", "killed")]),
        ("The bodies of 12 miners were recovered.", [("12", "killed")]),
        ("The death toll topped 1,000.", [("topped 1,000", "killed")]),
        ("The death toll, which stood at 22 on Monday, has reached 40.", [("22", "killed"), ("40", "killed")]),
        ("The fighting forced 12,000 people to flee.", [("12,000", "displaced")]),
        ("The drought affects 3 million people.", [("3 million", "affected")]),
        ("Seventeen people were taken to hospital.", [("Seventeen", "wounded")]),
        ("The rally drew 40,000 people.", [("40,000", "attended")]),
        ("Nine were killed and 12 hurt.", [("Nine", "killed"), ("12", "wounded")]),
        ("Forty people are feared dead.", [("Forty", "killed")]),
        ("The embassy reported at least four shot dead by soldiers.", [("at least four", "killed")]),
        ("Some 16,000 Sudanese were displaced.", [("Some 16,000", "displaced")]),
        ("Four Britons were among those killed.", [("Four", "killed")]),
    ],
)
def test_people_without_a_noun_of_theirs_are_counted(text: str, figures: list[tuple[str, str]]) -> None:
    assert [(figure, measure) for figure, measure, _ in told(text)] == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The 19 gunmen killed almost 300 people.", [("almost 300", "killed")]),  # who kills is not killed
        ("Gunmen killed 300 people in three cities.", [("300", "killed")]),
        ("He punched one of the protesters in the face.", []),
        ("Guns are involved in about 30,000 deaths a year.", []),
        ("Thousands of teachers missing their pay went home.", []),
        ("Nobody under 30 had died in Lomé.", []),
        ("The premier honoured dozens of soldiers who died in Mali.", [("dozens", "killed")]),
        ("45 of 48 sailors were killed.", [("45", "killed"), ("48", "strength")]),
    ],
)  # fmt: skip
def test_a_figure_measures_no_more_than_is_said(text: str, figures: list[tuple[str, str]]) -> None:
    found = [(figure, measure) for figure, measure, _ in told(text)]
    assert [one for one in found if one not in figures] == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("He put the damage to the city at 3 billion dollars.", [("3 billion dollars", "money", "city")]),
        ("The fund approved a $3 billion loan to Pakistan.", [("$3 billion", "money", "Pakistan")]),
        ("Norway's debt reached 3 million euros.", [("3 million euros", "money", "Norway")]),
        ("The bridge cost 5 million euros.", [("5 million euros", "money", "bridge")]),
        ("The campaign was fined $375,000 by the Ruritanian commission.", [("$375,000", "money", "campaign")]),
    ],
)
def test_a_sum_is_told_with_whom_it_concerns(text: str, figures: list[tuple[str, str, str]]) -> None:
    assert told(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Organisers said 40,000 people attended the rally. The police put the figure at 9,000.",
        "Organisers said 40,000 people attended the rally. The police put it at 9,000.",
        "Organisers said 40,000 people attended the rally, while the police said there were only 9,000.",
        "Organisers said 40,000 people attended the rally; the police spoke of 9,000.",
        "Organisers counted 40,000 marchers, the police 9,000.",
        "Organisers said 40,000 people attended the rally. The police's number was 9,000.",
        "Organisers said 40,000 people attended the rally. The police, the oldest of three forces, spoke of 9,000.",
        "Organisers said 40,000 people attended the rally. The police arrived at 9,000 people.",
    ],
)
def test_a_bare_figure_goes_on_with_the_count_before(text: str) -> None:
    figures = [(s.claim, s.chain) for s in extract_text(text).statements if s.claim and s.claim.value == 9000]
    assert [(claim.measure, chain[-1].label) for claim, chain in figures] == [("attended", "police")]


def test_this_will_goes_on_with_what_was_said() -> None:
    text = "Danish authorities said that Norway would triple its force. {} send another 500 soldiers to Mali."
    found = [extract_text(text.format(start)).statements for start in ("This will", "It will")]
    assert [{source.label for s in one if s.claim for source in s.chain} for one in found] == [
        {"Danish authorities"},
        set(),
    ]


def test_a_bare_figure_goes_on_with_no_count_that_nothing_takes_up() -> None:
    assert told("The ministry said 40 people died. The temperature was 90.") == [("40", "killed", "people")]


@pytest.mark.parametrize(
    ("behind", "day"),
    [("up from 22 a day earlier", "2024-05-05"), ("against 22 on Tuesday", "2024-04-30")],
)
def test_a_former_figure_holds_at_its_own_day(behind: str, day: str) -> None:
    graph = extract_text(f"The ministry said 40 people died, {behind}.", "2024-05-06")
    days = {s.claim.value: s.claim.as_of and s.claim.as_of.edtf for s in graph.statements if s.claim}
    assert days == {40.0: None, 22.0: day}


def test_a_place_behind_another_figure_is_that_ones() -> None:
    text = "457 people were arrested, 103 of them in Paris."
    graph = extract_text(text)
    places = {s.claim.value: s.place and graph.entities[s.place.entity].label for s in graph.statements if s.claim}
    assert places == {457.0: None, 103.0: "Paris"}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The rebels took 40 hostages.", [("40", "captured")]),
        ("The rebels handed over 40 hostages.", []),
        ("The forum says 40 people are still held.", [("40", "captured")]),
    ],
)
def test_hostages_are_captured_until_they_are_free(text: str, figures: list[tuple[str, str]]) -> None:
    assert [(figure, measure) for figure, measure, _ in told(text)] == figures


def test_a_toll_holds_when_it_rises_and_a_feared_one_is_probable() -> None:
    toll = extract_text("The toll passed 300 on Sunday, the ministry said.", "2024-05-06").statements[0]
    assert toll.claim is not None
    assert (toll.claim.comparator, toll.claim.value) == (">", 300)
    assert toll.claim.as_of is not None
    assert toll.claim.as_of.edtf == "2024-05-05"
    assert extract_text("Forty people are feared dead.").statements[0].certainty == "probable"


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("The Danish coast guard counted 310 dead.", "Danish coast guard"),
        ("The Danish health ministry put the death toll at 310.", "Danish health ministry"),
        ("The mayor, Lena Borg, spoke of 310 dead.", "Lena Borg"),
        ("Lena Borg confirmed the ministry's count of 310 people killed.", "Lena Borg"),
    ],
)
def test_who_gives_a_figure_stands_behind_it(text: str, teller: str) -> None:
    chains = [[source.label for source in s.chain] for s in extract_text(text).statements if s.claim]
    assert chains[0] == [teller]


@pytest.mark.parametrize(
    "text",
    [
        "The army said 163 people were killed, a figure confirmed by the Danish Red Cross.",
        "The army said 163 people were killed. The figure was confirmed by the Danish Red Cross.",
    ],
)
def test_a_figure_is_credited_to_whom_the_article_says_confirms_it_too(text: str) -> None:
    chains = [{(source.level, source.label) for source in s.chain} for s in extract_text(text).statements if s.claim]
    assert chains[0] == {(0, "army"), (0, "Danish Red Cross")}


def test_who_confirms_a_figure_is_cued_by_all_the_words_that_do() -> None:
    graph = extract_text("Norway said 40 people died, a figure that the Red Cross bore out.")
    cues = [[(source.label, source.cue_text) for source in one.chain] for one in graph.statements if one.claim]
    assert cues == [[("Norway", "said"), ("Red Cross", "bore out")]]
