"""What tells an entity in other articles: whole names, no everyday words or parts of longer names; words that narrow a group."""

from __future__ import annotations

from functools import cache

import pytest

from kg.data import bundled
from kg.model import Annotated, Article, ArticleGraph, Entity, Mention, Resolution, Sentence, Span
from kg.pipeline import Options, Worker
from kg.resolve import resolve
from kg.resolve.lexicon import Lexicon
from kg.resolve.telling import Telling
from tests.resolve.made import One
from tests.resolve.test_reading import CHAD, PERU, one, person


@cache
def worker() -> Worker:
    return Worker(Options())


def read(*texts: str) -> tuple[list[ArticleGraph], Resolution]:
    """Articles of following days, by the real parser."""
    articles = [Article(f"{n}.txt", text, published=f"2024-03-0{n + 1}") for n, text in enumerate(texts)]
    graphs = [worker().graph(annotated) for annotated in worker().annotator.annotate(articles)]
    return graphs, resolve(graphs, (), worker().ontology, "urn:test/", worker().gazetteer)


def joined(left: str, right: str, words: str, other: str | None = None) -> bool:
    """Whether the mention `words` of the first text and `other` (or the same words) of the second are one."""
    graphs, found = read(left, right)
    return found.of[0, place(graphs[0], words)] == found.of[1, place(graphs[1], other or words)]


def place(graph: ArticleGraph, words: str) -> int:
    text, mentions = graph.annotated.article.text, graph.annotated.mentions
    fitting = [
        e for e, entity in enumerate(graph.entities) if any(mentions[m].span.of(text) == words for m in entity.mentions)
    ]
    assert fitting, f"{words!r} is none of {[m.span.of(text) for m in mentions]}"
    return fitting[0]


@pytest.mark.parametrize("name", ["Content", "WATCH", "Stories", "Tonight", "Chad Embassy"])
def test_an_everyday_word_tells_nothing(name: str) -> None:
    assert not one([One("Organization", name)], [One("Organization", name)])


def test_a_given_name_tells_no_place() -> None:
    assert not one([One("Region", "Paul")], [One("Region", "Paul")])
    assert one([One("Region", "Quorra")], [One("Region", "Quorra")])


def test_a_known_kind_of_body_may_be_called_by_one() -> None:
    assert one([One("Company", "Target")], [One("Company", "Target")])
    assert one([One("Organization", "Quorra")], [One("Organization", "Quorra")])


def test_a_son_of_one_name_is_not_the_father_with_a_middle_name() -> None:
    assert not one([PERU, person("Otto J. Falk", "minister", 0)], [PERU, person("Otto Falk Jr.", "minister", 0)])
    assert one([PERU, person("Otto J. Falk Jr.", "minister", 0)], [PERU, person("Otto Falk", "minister", 0)])


GROUPS = [
    ("the Peru mountain soldiers", "the Peru desert soldiers", False),
    ("the Peru mountain soldiers", "some 20 Peru mountain soldiers", True),
    ("other Peru soldiers", "other Peru soldiers", False),
    ("a Peru panel of soldiers", "a Peru panel of soldiers", False),
]


@pytest.mark.parametrize(("left", "right", "same"), GROUPS)
def test_what_narrows_a_group_is_part_of_it(left: str, right: str, same: bool) -> None:
    groups = [One("Group", name, of=0, head="soldier", kind="nominal") for name in (left, right)]
    assert one([PERU, groups[0]], [PERU, groups[1]]) is same


@pytest.mark.parametrize(
    ("head", "same"), [("soldier", True), ("people", False), ("voter", False), ("official", False)]
)
def test_a_group_lasts_if_it_is_a_force(head: str, same: bool) -> None:
    group = One("Group", f"the Peru {head}", of=0, head=head, kind="nominal")
    assert one([PERU, group], [PERU, group]) is same


@pytest.mark.parametrize(
    ("name", "same"), [("committee", False), ("Peru government", True), ("Peru foreign ministry", True)]
)
def test_a_nameless_body_of_many_belongs_to_its_article(name: str, same: bool) -> None:
    body = One("GovernmentBody", f"the {name}", of=0, kind="nominal")
    assert one([PERU, body], [PERU, body]) is same
    assert not one([PERU, body], [CHAD, body])


PARTS = [
    ("The report on the Northern Harbour Council was read on Tuesday.", True),
    ("The report on the Harbour Council was read on Tuesday.", False),
    ("Former Harbour Council chief Ann Lee spoke on Tuesday to reporters.", False),
    ("Mayor Meets Northern Harbour Council Over Late Ferries", False),  # in a headline all words are written so
    ("The shares of Harbour Council & Sons fell on Tuesday.", True),
]


@pytest.mark.parametrize(("text", "cut"), PARTS)
def test_a_part_of_a_longer_name_tells_nothing(text: str, cut: bool) -> None:
    span = Span(text.index("Harbour"), text.index("Council") + len("Council"))
    mention = Mention(span, "name", "Organization", span, span)
    entity = Entity("Organization", "Harbour Council", (0,))
    annotated = Annotated(
        Article("a.txt", text), (), (Sentence(Span(0, len(text)), "body"),), (mention,), *((),) * 4, (entity,)
    )
    telling = Telling(ArticleGraph(annotated, (entity,), (), ()), Lexicon.load(bundled()))
    assert telling.names(entity, ["Harbour Council"]) == (() if cut else ("Harbour Council",))


def test_a_common_name_is_that_of_the_country_spoken_of() -> None:
    american = "The United States was divided. The Senate in Washington passed the bill on Monday."
    assert not joined(american, "The French Senate passed a bill on Tuesday in Paris.", "Senate")
    assert joined(american, "Lawmakers in the United States were glad. The Senate had passed the bill.", "Senate")


def test_a_group_that_more_words_single_out_belongs_to_its_article() -> None:
    plain = "The Russian soldiers were late. Envoys waited for the Russian soldiers."
    assert not joined(
        plain, "On Monday agents watched the Russian soldiers who built the bridge.", "the Russian soldiers"
    )
    assert joined(plain, "On Monday agents watched the Russian soldiers.", "the Russian soldiers")


def test_a_people_is_in_each_article_other_people() -> None:
    assert not joined("Envoys waited for the Russians.", "On Monday agents watched the Russians.", "the Russians")


@pytest.mark.parametrize(("text", "rest"), [("Then Anna Kiehl Berg spoke.", True), ("Then Senator Berg spoke.", False)])
def test_the_rest_of_a_longer_name_is_nobody(text: str, rest: bool) -> None:
    span, given = (
        Span(text.index("Berg"), text.index("Berg") + 4),
        Span(text.index("Anna") if rest else 0, 15 if rest else 4),
    )
    berg, anna = (Mention(s, "name", "Person", s, s) for s in (span, given))
    entity = Entity("Person", "Berg", (0,))
    mentions = (berg, anna) if rest else (berg,)
    annotated = Annotated(
        Article("a.txt", text), (), (Sentence(Span(0, len(text)), "body"),), mentions, *((),) * 4, (entity,)
    )
    telling = Telling(ArticleGraph(annotated, (entity,), (), ()), Lexicon.load(bundled()))
    assert telling.names(entity, ["Berg"]) == (() if rest else ("Berg",))


def test_a_party_is_that_of_the_country_spoken_of() -> None:
    german = "Germany votes in May. The German Social Democrats lost in Berlin, and Germany waits."
    danish = "Denmark voted. Danish voters left the Social Democrats, and Denmark, unlike Germany, has a Danish liberal in office."
    assert not joined(
        german, f"{danish} Danes cheered in Copenhagen. Denmark and the Danish kroner gained.", "Social Democrats"
    )


TOWNS = [
    (
        "The fair in Alexandria, Louisiana, opened.",
        "Police in Alexandria, Virginia, searched a house.",
        "Alexandria",
        False,
    ),
    ("He spoke in Springfield, Illinois, on Monday.", "He spoke in Springfield on Friday.", "Springfield", True),
    ("He spoke in Washington on Monday.", "She held a rally in Washington, Michigan, on Friday.", "Washington", False),
    ("He spoke in Paris on Monday.", "She held a rally in Paris, Texas, on Friday.", "Paris", False),
    ("He spoke in Paris, France, on Monday.", "She held a rally in Paris on Friday.", "Paris", True),
]


@pytest.mark.parametrize(("left", "right", "town", "same"), TOWNS)
def test_towns_of_one_name(left: str, right: str, town: str, same: bool) -> None:
    assert joined(left, right, town) is same


def test_a_newspaper_called_by_an_everyday_word_has_an_article() -> None:
    paper = "He told the Independent on Monday that prices fell."
    assert not joined(paper, "He was an Independent and won. Many voted for him as an Independent.", "Independent")
    assert joined(paper, "She wrote for The Independent for ten years.", "Independent")


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("Guards closed the Danish Embassy in Peru.", "He left the Danish Embassy in Chad.", "Danish Embassy"),
        (
            "The 5th U.S. Circuit Court of Appeals ruled.",
            "Few knew the 7th U.S. Circuit Court of Appeals.",
            "U.S. Circuit Court of Appeals",
        ),
        ("The mill is run by the Quorra brothers.", "Otto Quorra sleeps. Quorra is ill.", "Quorra"),
    ],
)
def test_what_there_is_in_many_places_tells_nothing(left: str, right: str, words: str) -> None:
    assert not joined(left, right, words)


def test_a_convention_long_after_is_the_next_one() -> None:
    texts = "Delegates of Peru came to the Quorra Party Convention.", "The Quorra Party Convention began in Peru."
    articles = [Article(f"{n}.txt", text, published=f"20{12 + 4 * n}-03-01") for n, text in enumerate(texts)]
    graphs = [worker().graph(annotated) for annotated in worker().annotator.annotate(articles)]
    found = resolve(graphs, (), worker().ontology, "urn:test/", worker().gazetteer)
    names = [next(e for e, one in enumerate(g.entities) if "Convention" in one.label) for g in graphs]
    assert found.of[0, names[0]] != found.of[1, names[1]]


def test_a_last_name_is_nobody_who_is_named_in_full_beside_it() -> None:
    text = "Macron spoke. First lady Brigitte Macron came. Macron left."
    graphs, found = read("Brigitte Macron met teachers of Peru. Brigitte Macron smiled.", text)
    assert found.of[1, place(graphs[1], "Macron")] != found.of[0, place(graphs[0], "Brigitte Macron")]


def test_who_is_known_by_the_last_name_alone_is_the_president_of_that_name() -> None:
    texts = "President Macron met Lars Berg in Peru.", "Brigitte Macron met Lars Berg in Peru."
    articles = [Article(f"{n}.txt", text, published=f"2019-03-0{n + 1}") for n, text in enumerate(texts)]
    graphs = [worker().graph(annotated) for annotated in worker().annotator.annotate(articles)]
    found = resolve(graphs, (), worker().ontology, "urn:test/", worker().gazetteer)
    assert found.of[0, place(graphs[0], "Macron")] != found.of[1, place(graphs[1], "Brigitte Macron")]
