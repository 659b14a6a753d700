"""Titles, parties, links between names, quotations: what is stated, and what is not, with the real parser."""

from __future__ import annotations

import pytest

from kg.evaluate.facts import shown_statement
from kg.pipeline import extract_text


def stated(text: str) -> set[str]:
    graph = extract_text(text)
    return {shown_statement(graph, statement) for statement in graph.statements if statement.asserted}


def posts(text: str) -> set[str]:
    graph = extract_text(text)
    return {graph.entities[s.object.entity].label for s in graph.statements if s.predicate == "holdsRole"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Republican Senator Lindsey Graham left.", "senator"),
        ("Social Democratic leader Lars Klingbeil left.", "leader of Social Democratic"),
        ("Le Monde's Moscow correspondent Anne Martin left.", "correspondent of Le Monde"),
        ("She met Anna Schmidt, the German chairwoman of Siemens.", "chairwoman of Siemens"),
        ("Kenyan foreign minister Monica Juma left.", "foreign minister of Kenya"),
        ("Ana Silva, Siemens deputy legal director, left.", "deputy legal director of Siemens"),
        ("Ana Silva, the director of marketing at Siemens, left.", "director"),
    ],
)
def test_what_a_post_is_in(text: str, label: str) -> None:
    assert label in posts(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Republican Senator Lindsey Graham left.", "Lindsey Graham | memberOf | Republican"),
        ("Nigeria's army is large.", "Nigeria's army | affiliatedWith | Nigeria"),
        ("Anna Schmidt, chief executive of Siemens, left.", "Anna Schmidt | leads | Siemens"),
        ("Peru's Prime Minister Alberto Otarola left.", "Alberto Otarola | leads | Peru"),
    ],
)
def test_posts_parties_and_links(text: str, fact: str) -> None:
    assert fact in stated(text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Republican Senator Lindsey Graham left.", "| leads |"),
        ("British director Ken Loach won a prize.", "| leads |"),
        ("Anna Schmidt, the director of marketing at Siemens, left.", "| leads |"),
        ("Senate Minority Leader Chuck Schumer left.", "| leads |"),
        ("Union leader Mick Lynch left.", "| leads |"),
        ("The judges Emmanuel Macron has named are young.", "Macron | holdsRole |"),
        ("Anti-NATO campaigners marched.", "| affiliatedWith |"),
        ("Germany's neighbours protested.", "| affiliatedWith |"),
        ("Facebook users complained.", "| affiliatedWith |"),
        ("The company said it runs the Senate of advocates of Germany.", "partOf"),
        ("Macron was greeted with applause and met with silence by the unions.", "| met |"),
        ("He fired a rifle at the target, and Hamas fired dozens of rockets at Israel.", "| a rifle"),
    ],
)
def test_what_is_not_stated(text: str, never: str) -> None:
    assert not [fact for fact in stated(text) if never in fact]


def test_shot_and_killed_is_one_act() -> None:
    facts = stated("A gunman shot and killed a soldier in Toulouse.")
    assert "A gunman | killed | a soldier" in facts
    assert not [fact for fact in facts if "injured" in fact]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“As the bishops have often said, nobody may be left behind in this country,” Macron said.", {"Macron"}),
        ('"We are not aware of any survivors," a nurse, Marie Dubois, told Reuters.', {"a nurse"}),
        ('Johnny Cash recorded his famous song "Folsom Prison Blues," in California.', set()),
        ("“We have to leave,” Angela Merkel said.", {"Angela Merkel"}),
    ],
)
def test_who_speaks_the_quoted_words(text: str, speakers: set[str]) -> None:
    graph = extract_text(text)
    said = {s.subject.span.of(text) for s in graph.statements if s.predicate == "said"}
    assert said == speakers


@pytest.mark.parametrize(
    ("text", "fact", "asserted"),
    [
        ("A couple shot dead 14 people in Toulouse.", "A couple | killed | dead 14 people", True),
        (
            "Angela Merkel is speaking tomorrow at a conference in Paris.",
            "Angela Merkel | spokeAt | a conference",
            False,
        ),
        ("Mark Rutte is in the habit of criticizing Hungary.", "Mark Rutte | criticized | Hungary", True),
        ("Mark Rutte is not in the habit of criticizing Hungary.", "Mark Rutte | criticized | Hungary", False),
        ("Steve Martin, who police say killed two officers, fled.", "Steve Martin | killed | two officers", True),
    ],
)
def test_scopes_met_in_the_news(text: str, fact: str, asserted: bool) -> None:
    graph = extract_text(text)
    found = {shown_statement(graph, s): s.asserted for s in graph.statements}
    assert found.get(fact) is asserted


def test_a_passive_and_what_came_of_it() -> None:
    facts = stated("A crew of firefighters was overtaken by a mob in Lagos, killing 19 women.")
    assert not [fact for fact in facts if "firefighters | killed" in fact]


def test_we_is_not_the_one_who_speaks() -> None:
    assert not [
        fact
        for fact in stated('"We met Angela Merkel and congratulated Hungary," Mark Rutte said.')
        if "| met |" in fact
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Six in 10 doctors agreed.", set()),
        ("Two of the G7 members met in Rome.", set()),
        ("Thousands of Spanish work in Germany.", set()),
        ("The Gang of Eight senators met in Rome.", set()),
        ("Hungary sent 40 doctors to Peru.", set()),  # the statement carries it
        ("The hall held 40 doctors.", {"40"}),
        ("Two of the soldiers were killed in Mali.", {"Two"}),
    ],
)
def test_counts_that_would_mislead(text: str, counts: set[str]) -> None:
    graph = extract_text(text)
    bare = {s.object.span.of(text) for s in graph.statements if s.kind == "quantity"}
    told = {s.claim.span.of(text) for s in graph.statements if s.claim}
    assert bare == counts or counts <= told


def test_a_past_post_is_past() -> None:
    graph = extract_text("Parnas met Marie Yovanovitch, who was the U.S. ambassador to Ukraine.")
    assert {s.tense for s in graph.statements if s.predicate == "holdsRole"} == {"past"}


def test_an_ambassador_works_for_a_country() -> None:
    facts = stated("Israel's deputy UN ambassador, Daniel Carmon, spoke. U.N. Ambassador Samantha Power left.")
    assert [fact for fact in facts if "| worksFor | Israel" in fact]
    assert not [fact for fact in facts if "| worksFor | UN" in fact or "| worksFor | U.N." in fact]


def test_a_post_that_is_left_is_named_by_its_own_words() -> None:
    graph = extract_text("John Allen resigned his army post.")
    assert {e.label for e in graph.entities if e.type == "Role"} == {"army post"}


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Rep. Ted Lunde Theodore LundeGOP lawmakers press on MORE met Angela Merkel in Oslo.", False),
        ("Rep. Ted Lunde met Angela Merkel of YouTube and McDonald in Oslo.", True),
    ],
)
def test_links_run_into_the_text_assert_nothing(text: str, asserted: bool) -> None:
    assert any(s.asserted for s in extract_text(text).statements) is asserted


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("She works at the Chalmers University in Gothenburg, Sweden.", "Chalmers University | locatedIn | Gothenburg"),
        ("India's state-owned aviation giant Air India announced it.", "Air India | headquarteredIn | India"),
        ("The Nigerian states of Borno, Yobe and Adamawa were hit.", "Yobe | locatedIn | Nigerian"),
        ("He sat in a cafe in Berlin's Kreuzberg district.", "Berlin's Kreuzberg district | locatedIn | Berlin"),
    ],
)
def test_where_things_lie(text: str, fact: str) -> None:
    assert fact in stated(text)


def test_the_state_of_a_name_does_not_lie_in_itself() -> None:
    assert not [fact for fact in stated("The state of Hawaii and the city of Lyon protested.") if "locatedIn" in fact]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("A gunman stabbed a nurse to death in Lyon.", "A gunman | killed | a nurse"),
        ("Macron took Hungary to task for its budget.", "Macron | criticized | Hungary"),
        ("Police took three men into custody.", "Police | arrested | three men"),
        ("Three men hijacked a bus in Lagos.", "Three men | seized | a bus"),
        ("Renault laid off 600 engineers.", "Renault | dismissed | 600 engineers"),
    ],
)
def test_words_found_beside_ours_in_wordnet(text: str, fact: str) -> None:
    assert fact in stated(text)


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("She was an aide to President Gerald Ford.", "past"),
        ("The panel was set up by President Ana Rojas in 2014.", "past"),
        ("President Ana Rojas said on Monday that the talks failed.", "present"),
        ("Bo Lund, the incoming chairman of the Harbour Council, spoke.", "future"),
    ],
)
def test_when_a_post_is_held(text: str, tense: str) -> None:
    held = [s for s in extract_text(text, "2020-05-20").statements if s.predicate == "holdsRole"]
    assert [s.tense for s in held] == [tense]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Texas Lt. Gov. Bo Lund left.", "lt. gov. of Texas"),
        ("Senate Republican leader Bo Lund left.", "Republican leader of Senate"),
        ("Bo Lund, a 25-year career intelligence officer, left.", "career intelligence officer"),
        ("Outgoing Finance Chairman Sen. Bo Lund left.", "sen."),
        ("Bo Lund was the nation's most famous reporter.", "reporter"),
    ],
)
def test_what_a_post_is_called(text: str, label: str) -> None:
    assert posts(text) == {label}


@pytest.mark.parametrize("text", ["Dictator Bo Lund left.", "Bo Lund is a pundit, not a military strategist."])
def test_what_is_no_post(text: str) -> None:
    assert not posts(text)


def test_who_backs_whom() -> None:
    assert "Iran | supports | Iran-backed militias" in stated("Iran-backed militias attacked Norway.")
