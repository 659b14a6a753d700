"""Resolution on articles made by hand: spellings, posts, homonyms, groups, agencies; and its laws."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import iri
from kg.data import bundled
from kg.export import build_rows
from kg.findings import Findings
from kg.gazetteer import Gazetteer
from kg.model import ArticleGraph, Judgement, Resolution
from kg.ontology import Ontology
from kg.resolve import resolved
from kg.resolve.splits import split
from tests.resolve.made import One, graph

BASE = "urn:test/"
ONTOLOGY, GAZETTEER = Ontology.load(bundled()), Gazetteer.load(bundled())
PERU, CHAD = One("Country", "Peru", "country/PER"), One("Country", "Chad", "country/TCD")


def run(graphs: Sequence[ArticleGraph], judgements: Sequence[Judgement] = ()) -> Resolution:
    return resolved(graphs, judgements, ONTOLOGY, BASE, GAZETTEER).resolution


def one(left: Sequence[One], right: Sequence[One], days: tuple[str, str] = ("2024-03-01", "2024-03-09")) -> bool:
    """Whether the last entities of two articles are one."""
    found = run([graph("a.txt", days[0], left), graph("b.txt", days[1], right)])
    return found.of[0, len(left) - 1] == found.of[1, len(right) - 1]


def person(name: str, post: str | None = None, of: int | None = None) -> One:
    return One("Person", name, post=post, of=of)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Taras Horodetsky", "Taras Horodetskyy"),
        ("Taras Horodetskiy", "Taras Horodetskyy"),
        ("Sergei Volkov", "Sergey Volkoff"),
        ("Park Min-jun", "Park Min Jun"),
        ("Mahmoud Rashidi", "Mahmud Rashidi"),
        ("Łukasz Wójcik", "Lukasz Wojcik"),
        ("Jörg Küppers", "Joerg Kueppers"),
        ("Karim al-Rashidi", "Karim Rashidi"),
        ("Al Moreno", "Al Moreno"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert one([person(left)], [person(right)])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Park Min Jun", "Park Min Ho"),
        ("Anna Berg", "Hanna Berg"),
        ("Otto Falk", "Otto Falk Jr."),
        ("Ida M. Falk", "Ida R. Falk"),
    ],
)
def test_other_names_stay_apart(left: str, right: str) -> None:
    assert not one([person(left)], [person(right)])


def test_a_name_without_a_middle_one_does_not_make_one_of_two() -> None:
    club = One("Organization", "Nordic Shipping Council")
    names = ["Ida Falk", "Ida M. Falk", "Ida R. Falk"]
    found = run([graph(f"{n}.txt", f"2024-03-0{n + 1}", [club, person(name)]) for n, name in enumerate(names)])
    assert found.of[0, 1] == found.of[1, 1] != found.of[2, 1]


def test_the_father_does_not_join_the_son() -> None:
    son = graph("a.txt", "2024-03-01", [person("Otto Falk Jr.")])
    father = graph("b.txt", "2024-03-02", [person("Otto Falk")])
    again = graph("c.txt", "2024-03-03", [person("Otto Falk Jr")])
    found = run([son, father, again])
    assert found.of[0, 0] == found.of[2, 0] != found.of[1, 0]


def test_a_short_first_name_needs_something_in_common() -> None:
    left, right = person("Robert Lindqvist"), person("Bob Lindqvist")
    assert not one([left], [right])
    assert one([One("Company", "Vesper Trading"), left], [One("Company", "Vesper Trading"), right])


def test_two_people_of_one_full_name() -> None:
    striker, senator = person("Jan Novak", "striker"), person("Jan Novak", "senator")
    assert not one([striker], [senator])
    assert one([striker], [person("Jan Novak", "goalkeeper")])
    assert not one([PERU, person("Jan Novak", "minister", 0)], [CHAD, person("Jan Novak", "senator", 0)])


def test_a_part_of_a_name_joins_the_only_likely_bearer() -> None:
    town = One("Company", "Vesper Trading")
    assert one([town, person("Mara Quist")], [town, person("Quist")])
    both = graph("a.txt", "2024-03-01", [town, person("Mara Quist"), person("Olaf Quist")])
    found = run([both, graph("b.txt", "2024-03-02", [town, person("Quist")])])
    assert found.of[1, 1] not in (found.of[0, 1], found.of[0, 2])


def test_last_names_explain_each_other() -> None:
    both = [person("Mara Quist"), person("Jan Novak")]
    first = [graph(f"{n}.txt", f"2024-03-0{n}", both, filler=str(n)) for n in (1, 2)]
    found = run([*first, graph("c.txt", "2024-03-09", [person("Quist"), person("Novak")])])
    assert (found.of[2, 0], found.of[2, 1]) == (found.of[0, 0], found.of[0, 1])
    alone = run([*first, graph("c.txt", "2024-03-09", [person("Quist"), person("Berg")])])
    assert alone.of[2, 0] != alone.of[0, 0]


@pytest.mark.parametrize(
    ("right", "same"), [("Mara Qusit", True), ("Mara Quint", True), ("Sara Quint", False), ("Mara Quest Jr.", False)]
)
def test_a_misspelt_last_name_needs_the_same_post(right: str, same: bool) -> None:
    left, other = person("Mara Quist", "president", 0), person(right, "president", 0)
    assert one([PERU, left], [PERU, other]) is same
    assert not one([left], [person(right)])
    assert not one([PERU, left], [CHAD, other])
    assert not one([PERU, person("Mara Quist", "senator", 0)], [PERU, person(right, "senator", 0)])


def test_an_administration_is_that_of_who_governs() -> None:
    town, government = One("Company", "Vesper Trading"), One("Government", "Quist administration", of=1, kind="nominal")
    rivals = [town, person("Mara Quist", "striker"), PERU, person("Olaf Quist", "president", 2)]
    found = run(
        [
            graph("a.txt", "2024-03-01", rivals),
            *(graph(f"{n}.txt", f"2024-03-0{n}", [town, person("Mara Quist"), person("Quist")]) for n in range(2, 6)),
            graph("z.txt", "2024-03-09", [town, person("Quist"), government]),
        ]
    )
    assert found.of[5, 1] not in (found.of[0, 1], found.of[1, 1])


def test_a_given_name_that_nobody_uses_alone_is_no_part() -> None:
    town = One("Company", "Vesper Trading")
    assert not one([town, person("Mara Quist")], [town, person("Mara")])
    first = graph("a.txt", "2024-03-01", [town, person("Park Min Jun"), person("Park")])
    whole = replace(first.entities[1], mentions=(1, 2))
    first = replace(
        first,
        annotated=replace(first.annotated, entities=(first.entities[0], whole)),
        entities=(first.entities[0], whole),
    )
    found = run(
        [
            first,
            graph("b.txt", "2024-03-02", [town, person("Park Min")]),
            graph("c.txt", "2024-03-03", [town, person("Park")]),
        ]
    )
    assert found.of[0, 1] == found.of[1, 1] == found.of[2, 1]


def test_a_post_means_its_holder_near_in_date() -> None:
    nominal = One("Person", "the Peru president", of=0, kind="nominal")
    holder = person("Mara Quist", "president", 0)
    assert one([PERU, holder], [PERU, nominal])
    assert not one([PERU, holder], [CHAD, nominal])
    assert not one([PERU, holder], [PERU, nominal], ("2020-03-01", "2024-03-01"))
    rivals = [PERU, holder, person("Olaf Berg", "president", 0)]
    found = run([graph("a.txt", "2024-03-01", rivals), graph("b.txt", "2024-03-02", [PERU, nominal])])
    assert found.of[1, 1] not in (found.of[0, 1], found.of[0, 2])


def test_articles_of_one_day_explain_each_other() -> None:
    nominal = One("Person", "the Peru president", of=0, kind="nominal")
    assert one([PERU, nominal], [PERU, person("Mara Quist", "president", 0)], ("2024-03-01", "2024-03-01"))


def test_common_names_need_a_country() -> None:
    ministry = One("GovernmentBody", "Defence Ministry", of=0)
    assert one([PERU, ministry], [PERU, One("GovernmentBody", "Ministry of Defense", of=0)])
    assert not one([PERU, ministry], [CHAD, ministry])
    assert not one([One("GovernmentBody", "Defence Ministry")], [One("GovernmentBody", "Defence Ministry")])


def test_classes_that_exclude_each_other() -> None:
    assert not one([One("Person", "Vesper Quell")], [One("Company", "Vesper Quell")])
    assert not one([One("City", "Vesper")], [One("Region", "Vesper")])
    assert one([One("Organization", "Vesper Quell")], [One("Company", "Vesper Quell")])


def two_names(first: str, second: str, day: str) -> ArticleGraph:
    """One body under two names."""
    made_ = graph(f"{first}.txt", day, [One("Organization", first), One("Organization", second)])
    both = replace(made_.entities[0], mentions=(0, 1))
    return replace(made_, annotated=replace(made_.annotated, entities=(both,)), entities=(both,))


def test_initials_of_different_names() -> None:
    survey = two_names("Arctic Climate Survey", "ACS", "2024-03-01")
    same = two_names("The Arctic Climate Survey", "ACS", "2024-03-02")
    sugar = two_names("Andean Crystal Sugar", "ACS", "2024-03-03")
    found = run([survey, same, sugar])
    assert found.of[0, 0] == found.of[1, 0] != found.of[2, 0]


def test_a_restricted_group_is_part_of_the_unrestricted() -> None:
    soldiers = One("Group", "soldiers", of=0, head="soldier", kind="nominal")
    fallen = One("Group", "fallen soldiers", of=0, head="soldier", narrow=("fallen",), kind="nominal")
    found = run([graph("a.txt", "2024-03-01", [PERU, soldiers, fallen]), graph("b.txt", "2024-03-02", [PERU, fallen])])
    part = found.entities[found.of[1, 1]]
    assert found.of[0, 2] == found.of[1, 1]
    assert part.part_of == found.entities[found.of[0, 1]].iri


def test_each_join_has_one_reason() -> None:
    graphs = [graph(f"{n}.txt", f"2024-03-0{n}", [person("Mara Quist")]) for n in range(1, 6)]
    joins = run(graphs).judgements
    assert len(joins) == 4
    assert all(join.note and join.score and join.by == "newskg" for join in joins)


# ---- laws ------------------------------------------------------------------------------------------------------------

POOL = [
    *map(person, ("Mara Quist", "Olaf Quist", "Quist", "Mara", "M. Quist", "Mara Quisst", "Jan Novak", "Novak")),
    person("Mara Quist", "president", 0),
    person("Olaf Quist", "president", 0),
    person("Jan Novak", "striker"),
    person("Jan Novak", "senator", 0),
    One("Person", "the president", of=0, kind="nominal"),
    One("IntelligenceAgency", "the spy agency", of=0, kind="nominal"),
    One("IntelligenceAgency", "Peruvian Intelligence Directorate", of=0),
    One("Organization", "Nordic Shipping Council"),
    One("Organization", "NSC"),
    One("Company", "Vesper Trading Co."),
    One("Organization", "Vesper Trading"),
    *map(person, ("Mara Quist Jr.", "Al Quist", "Mara Qusit")),
    One("Group", "the legal advisers", of=0, head="adviser", kind="nominal"),
    One("Group", "other advisers", of=0, head="adviser", kind="nominal"),
    One("Government", "the Quist administration", of=1, kind="nominal"),
    One("Organization", "Content"),
    One("Facility", "Vesper Hall"),
    One("Country", "Vesper"),
    One("City", "Vesper"),
    One("Place", "Vesper"),
    One("Region", "Vesper"),
    One("GovernmentBody", "Supreme Court", of=0),
    One("Group", "soldiers", of=0, head="soldier", kind="nominal"),
    One("Group", "fallen soldiers", of=0, head="soldier", narrow=("fallen",), kind="nominal"),
]

articles = st.lists(
    st.tuples(st.sampled_from([PERU, CHAD]), st.lists(st.sampled_from(POOL), max_size=5)), min_size=1, max_size=7
)


def made(drawn: list[tuple[One, list[One]]], days: Sequence[str | None]) -> list[ArticleGraph]:
    return [
        graph(f"{n}.txt", day, [country, *ones], filler=str(n))
        for n, ((country, ones), day) in enumerate(zip(drawn, days, strict=True))
    ]


def shape(graphs: Sequence[ArticleGraph]) -> set[tuple[str, str, str, frozenset[tuple[str, int]]]]:
    sources = [one.annotated.article.source for one in graphs]
    return {(e.iri, e.label, e.type, frozenset((sources[a], n) for a, n in e.members)) for e in run(graphs).entities}


@settings(max_examples=150, deadline=None)
@given(articles, st.data())
def test_newer_articles_move_no_iri(drawn: list[tuple[One, list[One]]], data: st.DataObject) -> None:
    graphs = made(drawn, [f"2024-0{1 + n // 3}-0{1 + n}" for n in range(len(drawn))])
    count = data.draw(st.integers(1, len(graphs)))
    before, after = run(graphs[:count]), run(graphs)
    for local, number in before.of.items():
        assert after.entities[after.of[local]].iri == before.entities[number].iri


@settings(max_examples=60, deadline=None)
@given(articles, st.data())
def test_the_order_of_the_input_makes_no_difference(drawn: list[tuple[One, list[One]]], data: st.DataObject) -> None:
    days = data.draw(
        st.lists(st.sampled_from(["2024-01-01", "2024-01-02", None]), min_size=len(drawn), max_size=len(drawn))
    )
    graphs = made(drawn, days)
    assert shape(data.draw(st.permutations(graphs))) == shape(graphs)


def test_two_entities_in_the_same_words_have_two_names() -> None:
    twice = graph("a.txt", "2024-03-01", [person("Mara Quist"), One("Person", "the dockhand", kind="nominal")])
    first = twice.annotated.mentions[0]
    mentions = (first, replace(twice.annotated.mentions[1], span=first.span))
    twice = replace(twice, annotated=replace(twice.annotated, mentions=mentions))
    entities = [replace(one, label="Mara Quist", type="Person") for one in twice.entities]
    twice = replace(twice, entities=tuple(entities), annotated=replace(twice.annotated, entities=tuple(entities)))
    assert len({e.iri for e in run([twice]).entities}) == len(run([twice]).entities) == 2


@settings(max_examples=60, deadline=None)
@given(articles)
def test_iris_differ_and_every_entity_has_one(drawn: list[tuple[One, list[One]]]) -> None:
    graphs = made(drawn, [f"2024-01-0{1 + n}" for n in range(len(drawn))])
    found = run(graphs)
    assert len({e.iri for e in found.entities}) == len(found.entities)
    assert set(found.of) == {(a, e) for a, one in enumerate(graphs) for e in range(len(one.entities))}


@settings(max_examples=60, deadline=None)
@given(articles, st.data())
def test_persons_win(drawn: list[tuple[One, list[One]]], data: st.DataObject) -> None:
    graphs = made(drawn, [f"2024-01-0{1 + n}" for n in range(len(drawn))])
    locals_ = [(a, e) for a, one in enumerate(graphs) for e in range(1, len(one.entities))]
    if len(locals_) < 2:
        return
    left, right = data.draw(st.lists(st.sampled_from(locals_), min_size=2, max_size=2, unique=True))
    rows = [Judgement(verdict, where(graphs, left), where(graphs, right), "ann") for verdict in ("same", "different")]
    same, different = run(graphs, rows[:1]), run(graphs, rows[1:])
    assert same.of[left] == same.of[right]
    assert different.of[left] != different.of[right]
    assert run(graphs) == run(graphs, ())


@settings(max_examples=60, deadline=None)
@given(articles)
def test_classes_that_exclude_each_other_never_share_an_entity(drawn: list[tuple[One, list[One]]]) -> None:
    graphs = made(drawn, [f"2024-01-0{1 + n}" for n in range(len(drawn))])
    for entity in run(graphs).entities:
        types = {graphs[a].entities[e].type for a, e in entity.members}
        assert all(compatible(left, right) for left in types for right in types), types


def compatible(left: str, right: str) -> bool:
    """One is the other or a kind of it; or both are organisations, and neither a government or a country."""
    bodies = all(ONTOLOGY.is_a(one, "Organization") and one != "Government" for one in (left, right))
    related = ONTOLOGY.is_a(left, right) or ONTOLOGY.is_a(right, left)
    return left == right or ((bodies or related) and "Country" not in (left, right))


@settings(max_examples=60, deadline=None)
@given(articles, st.data())
def test_a_row_that_says_what_is_decided_changes_nothing(
    drawn: list[tuple[One, list[One]]], data: st.DataObject
) -> None:
    graphs = made(drawn, [f"2024-01-0{1 + n}" for n in range(len(drawn))])
    before = run(graphs)
    locals_ = [(a, e) for a, one in enumerate(graphs) for e in range(len(one.entities))]
    if len(locals_) < 2:
        return
    left, right = data.draw(st.lists(st.sampled_from(locals_), min_size=2, max_size=2, unique=True))
    verdict: Literal["same", "different"] = "same" if before.of[left] == before.of[right] else "different"
    after = run(graphs, [Judgement(verdict, where(graphs, left), where(graphs, right), "ann")])
    assert after.entities == before.entities


@settings(max_examples=40, deadline=None)
@given(articles, st.data())
def test_a_row_taken_back_gives_the_former_bytes(drawn: list[tuple[One, list[One]]], data: st.DataObject) -> None:
    graphs = made(drawn, [f"2024-01-0{1 + n}" for n in range(len(drawn))])
    locals_ = [(a, e) for a, one in enumerate(graphs) for e in range(len(one.entities))]
    if len(locals_) < 2:
        return
    left, right = data.draw(st.lists(st.sampled_from(locals_), min_size=2, max_size=2, unique=True))
    before = lines(graphs, ())
    for verdict in ("same", "different"):
        lines(graphs, [Judgement(verdict, where(graphs, left), where(graphs, right), "ann")])
        assert lines(graphs, ()) == before


def lines(graphs: Sequence[ArticleGraph], judgements: Sequence[Judgement]) -> list[str]:
    """What a build writes of entities and mentions."""
    rows = build_rows(Findings.of(split(graphs, judgements, BASE), run(graphs, judgements), ONTOLOGY, BASE))
    return [json.dumps(row) for row in (*rows.entities, *rows.annotations)]


def where(graphs: Sequence[ArticleGraph], local: tuple[int, int]) -> str:
    annotated = graphs[local[0]].annotated
    return iri.mention(iri.article(BASE, annotated.article), annotated.mentions[local[1]].span)


def test_what_is_gone_is_stale() -> None:
    graphs = [graph("a.txt", "2024-03-01", [person("Mara Quist")])]
    gone = Judgement("same", "urn:test/article/gone#char=0,4", where(graphs, (0, 0)), "ann")
    found = resolved(graphs, [gone, Judgement("reject", "urn:test/article/gone#st=1", None, "ann")], ONTOLOGY, BASE)
    assert len(found.stale) == 2
    assert not found.resolution.judgements
