"""Which figures meet on the board: of one story, one place and one time; and which do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.pipeline import Options, build

QUAKE = "An earthquake struck Farang, where Mayor Lena Borg and engineer Otto Krone spoke of the quake. "


def kinds(folder: Path, *articles: tuple[str, str]) -> list[tuple[str, list[str]]]:
    """Kinds and figures of the pairs of articles, given by day and text."""
    lines = [
        json.dumps({"id": n, "published": day, "publisher": f"Daily {n}", "text": text})
        for n, (day, text) in enumerate(articles)
    ]
    (folder / "in.jsonl").write_text("\n".join(lines))
    build([folder / "in.jsonl"], folder / "out", Options(formats=("facts", "comparisons")))
    rows = [json.loads(line) for line in (folder / "out" / "comparisons.jsonl").read_text().splitlines()]
    return sorted((row["kind"], sorted(row["values"])) for row in rows)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("05-02", "30 people were killed, Lena Borg said."), ("05-02", "40 people were killed, Otto Krone said."), "conflict"),
        # the later figure is dated after the earlier article was out
        (("05-02", "30 people were killed, Lena Borg said."), ("05-06", "Otto Krone said on Sunday that 40 people were killed."),
         "differentTime"),
        # one source, a later article: the toll has grown
        (("05-02", "30 people were killed, Lena Borg said."), ("05-04", "40 people were killed, Lena Borg said."), "differentTime"),
    ],
)  # fmt: skip
def test_tolls_of_one_story(tmp_path: Path, one: tuple[str, str], other: tuple[str, str], kind: str) -> None:
    found = kinds(tmp_path, *((f"2024-{day}", QUAKE + text) for day, text in (one, other)))
    assert found == [(kind, ["30", "40"])]


@pytest.mark.parametrize(
    "text",
    [
        "30 people were killed, Lena Borg said. In August 2012, when a bridge fell, 7 people were killed, a union said.",
        "30 people were killed, Lena Borg said. Otto Krone said that 200 people could be killed in the next quake.",
        "Lena Borg said 30 people were killed. Otto Krone said that two others were killed.",
        "In Norway 30 people were killed, Lena Borg said. In Denmark 7 people were killed, Otto Krone said.",
        "Worldwide 900 people were killed, Lena Borg said. In Denmark 7 people were killed, Otto Krone said.",
        "There were 30 deaths, and 7 deaths in one house.",
        "Lena Borg said 60 people were killed, 12 of them in Karang.",
        "In Norway, Lena Borg said, 60 people were killed. Another country fell. In the country, Otto Krone said, 12 people died.",
        "400 homes were destroyed, Lena Borg said. Otto Krone said 900 houses were damaged.",
        "30 people were killed, Lena Borg said. Since 2001, 700 people have been killed in quakes, Otto Krone said.",
        "30 people were killed, Lena Borg said. Otto Krone said 12 people from his town were among the dead.",
        "30 people were wounded, Lena Borg said. Otto Krone said 12 children were wounded.",
        "30 people were killed, Lena Borg said. Otto Krone said there had been 300 people on board.",
        "Lena Borg spoke of 3 million euros in extra tax. Otto Krone spoke of 5 million euros in gold.",
        "Norway gave Farang 5 million euros in aid. Denmark gave Farang 7 million euros in aid.",
    ],
)
def test_figures_of_other_times_places_and_parts_do_not_meet(tmp_path: Path, text: str) -> None:
    assert kinds(tmp_path, ("2024-05-02", QUAKE + text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # what is done to whom, where no measure says it; verbs and nouns that say the same
        ("Lena Borg said 400 homes were destroyed. Otto Krone said 900 houses were destroyed.", "conflict"),
        ("Lena Borg said 40 people were rescued. Otto Krone said 40 people were rescued.", "differentSource"),
        # one source by a longer and a shorter name
        ("The Farang health ministry said 40 people died. The health ministry said 40 people died.", "repetition"),
        # who is meant by "it"
        ("The Farang coast guard spoke. 40 people died, the Farang coast guard said. It reported 40 deaths.", "repetition"),
        # whose figure it is that is confirmed
        ("Lena Borg said 40 people died. Otto Krone confirmed Lena Borg's count of 40 dead.", "corroboration"),
        ("Lena Borg said 40 people died. Otto Krone, who was there, bore her out: 40 people died, he said.", "corroboration"),
        ("Lena Borg said 40 people died. Otto Krone confirmed her toll: 40 people killed.", "corroboration"),
        ("Lena Borg said 40 people died. Otto Krone could not confirm her figure, but said 40 people died.", "differentSource"),
        ("Lena Borg said 40 people died. Lena Borg stood by her report that 40 people died.", "repetition"),
        ("Lena Borg put the damage to Farang at 3 million euros. Otto Krone said the damage was 5 million euros.", "conflict"),
        # words between those counted and what befell them
        ("Lena Borg said 30 people who went to the fair were still missing. Otto Krone logged 40 people as missing.", "conflict"),
        ("Some fled. Lena Borg said 300 people had come to the concert. Otto Krone put the concert crowd at 500.", "conflict"),
        # sums of what no list names
        ("It brought in 3 million euros in extra tax, Lena Borg said. Otto Krone expected extra tax of 5 million euros.", "conflict"),
        ("Lena Borg expected 3 million euros in extra tax. Otto Krone forecast 3 million euros in extra tax.", "differentSource"),
        # a kind of people, and all of them
        ("The quake killed 12 children, Lena Borg said. Otto Krone said 14 children were among the dead.", "conflict"),
        ("Lena Borg said it would save the system 3 million euros a year. Otto Krone said it would save 2 million euros a year.",
         "conflict"),
        # said to be so is not expected; people of the story's country are the people of the story
        ('"We can say that 30 people died," Lena Borg said. Otto Krone said 40 people died.', "conflict"),
        ("Norwegians live in Norway. Lena Borg said 300 Norwegians were killed. Otto Krone said 400 people were killed.", "conflict"),
        ("As of Monday, 22 people were killed, Lena Borg said. The toll rose to 40 on Wednesday, Lena Borg said.", "differentTime"),
    ],
)  # fmt: skip
def test_figures_on_one_thing_meet(tmp_path: Path, text: str, kind: str) -> None:
    assert [found for found, _ in kinds(tmp_path, ("2024-05-02", QUAKE + text))] == [kind]


def test_a_toll_of_the_place_that_an_article_opens_with_is_the_whole(tmp_path: Path) -> None:
    text = "A bridge fell in Oslo, where 30 people were killed, Lena Borg said. Otto Krone said 40 people were killed."
    assert kinds(tmp_path, ("2024-05-02", text)) == [("conflict", ["30", "40"])]


def test_a_handful_of_a_week_that_shares_one_rare_name_is_one_story(tmp_path: Path) -> None:
    one, other = (
        "The Reef Club's pier gave way. 31 people died, a guard said.",
        "31 people of the Reef Club died, a nurse said.",
    )
    assert kinds(tmp_path, ("2024-05-02", one), ("2024-05-02", other)) == [("differentSource", ["31", "31"])]


def test_a_handful_of_articles_on_one_war_is_one_story(tmp_path: Path) -> None:
    one = "Battles raged in Farang, where the Harbour Union fights. 30 people were killed, said Lena Borg of the Reef Club."
    other = "A truce in Farang ended the fighting of the Harbour Union. 40 people were killed, said Otto Krone of the Port Club."
    assert kinds(tmp_path, ("2024-05-02", one), ("2024-05-02", other)) == [("conflict", ["30", "40"])]


def test_an_article_s_only_injured_are_those_of_the_story_whatever_they_are(tmp_path: Path) -> None:
    one, other = "70 people were hurt, Lena Borg said.", "90 passengers were hurt, Otto Krone said."
    assert kinds(tmp_path, *(("2024-05-02", QUAKE + text) for text in (one, other))) == [("conflict", ["70", "90"])]


def test_a_small_chain_of_articles_is_one_story(tmp_path: Path) -> None:
    one = "Floods hit Farang. 30 people were killed, said Lena Borg."
    both = "Floods hit Farang, where Lena Borg and Otto Krone wept at the Harbour Union's hall."
    other = "Otto Krone left the Harbour Union on Friday. He said 40 people were killed in Farang's floods."
    assert kinds(tmp_path, ("2024-05-02", one), ("2024-05-03", both), ("2024-05-04", other)) == [
        ("differentTime", ["30", "40"])
    ]


def test_people_of_a_country_meet_in_akin_stories_only(tmp_path: Path) -> None:
    one = "In Benghazi, where Lena Borg leads the Harbour Union, four Americans were killed."
    other = "In Karachi, where Otto Krone leads the Railway Union, two Americans were killed."
    assert kinds(tmp_path, ("2012-05-02", one), ("2014-05-02", other)) == []


def test_vague_words_reach_as_far_as_they_do(tmp_path: Path) -> None:
    text = "{} more Norwegian troops will be sent to Mali, {} said."
    thousands = ("2024-05-02", text.format("Thousands", "Lena Borg"))
    assert kinds(tmp_path, thousands, ("2024-05-02", text.format("25,000", "Otto Krone"))) == [
        ("compatible", ["25,000", "Thousands"])
    ]
