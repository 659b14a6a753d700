"""Quantities: tables of own sentences with the figures they must give, and laws that hold for every number."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import tokens
from spacy.language import Language
from spacy.vocab import Vocab

from kg.annotate import parser
from kg.annotate.expressions.words import Numerals, split
from kg.annotate.parsed import Doc, plain
from kg.annotate.quantities import QuantityFinder
from kg.annotate.times import TimeFinder
from kg.data import bundled
from kg.model import Article, Quantity
from kg.pipeline import extract_text

Find = Callable[[str], tuple[Quantity, ...]]
LEXICON = bundled().yaml("lexicon/quantities.yaml")
NUMERALS = Numerals.load(LEXICON["numerals"])


@pytest.fixture(scope="module")
def nlp() -> Language:
    return parser.load()


@pytest.fixture(scope="module")
def find(nlp: Language) -> Find:
    times, quantities = TimeFinder(bundled()), QuantityFinder(bundled())

    def found(text: str) -> tuple[Quantity, ...]:
        doc = plain(nlp(parser.make_doc(nlp, Article("a.txt", text))))
        return quantities(doc, times(doc, "2024-11-24"))

    return found


# text, words of the figure, value or (min, max), comparator, unit, counted noun
FIGURES = [
    ("The navy sent 15,000 sailors.", "15,000", 15000, "=", None, "sailors"),
    ("The navy sent fifteen hundred sailors.", "fifteen hundred", 1500, "=", None, "sailors"),
    ("Two hundred and five sailors drowned.", "Two hundred and five", 205, "=", None, "sailors"),
    ("The navy sent 1.5 million sailors.", "1.5 million", 1.5e6, "=", None, "sailors"),
    ("Half a million workers marched.", "Half a million", 5e5, "=", None, "workers"),
    ("The navy lost two dozen boats.", "two dozen", 24, "=", None, "boats"),
    ("The navy lost more than 20 boats.", "more than 20", 20, ">", None, "boats"),
    ("The navy lost at least 20 boats.", "at least 20", 20, ">=", None, "boats"),
    ("The navy lost as many as 20 boats.", "as many as 20", 20, "<=", None, "boats"),
    ("The navy lost no fewer than 20 boats.", "no fewer than 20", 20, ">=", None, "boats"),
    ("The navy lost no more than 20 boats.", "no more than 20", 20, "<=", None, "boats"),
    ("The navy lost fewer than 20 boats.", "fewer than 20", 20, "<", None, "boats"),
    ("The navy lost nearly 20 boats.", "nearly 20", 20, "~", None, "boats"),
    ("The navy lost an estimated 20 boats.", "an estimated 20", 20, "~", None, "boats"),
    ("The navy lost 20 or more boats.", "20 or more", 20, ">=", None, "boats"),
    ("Between 300 and 400 villagers fled.", "Between 300 and 400", (300, 400), "range", None, "villagers"),
    ("Some 300 to 400 villagers fled.", "Some 300 to 400", (300, 400), "~", None, "villagers"),
    ("Four to five thousand villagers fled.", "Four to five thousand", (4000, 5000), "range", None, "villagers"),
    ("Dozens of villagers fled.", "Dozens", (12, 120), "range", None, "villagers"),
    ("Tens of thousands of villagers fled.", "Tens of thousands", (1e4, 1e5), "range", None, "villagers"),
    ("Several hundred villagers fled.", "Several hundred", (300, 900), "range", None, "villagers"),
    ("Taxes rose by 12 per cent.", "12 per cent", 12, "=", "percent", None),
    ("About 12% of shoppers pay cash.", "About 12%", 12, "~", "percent", "shoppers"),
    ("Two-thirds of shoppers pay cash.", "Two-thirds", 2 / 3, "=", "fraction", "shoppers"),
    ("A quarter of shoppers pay cash.", "A quarter", 0.25, "=", "fraction", "shoppers"),
    ("One in five shoppers pays cash.", "One in five", 0.2, "=", "fraction", "shoppers"),
    ("The bridge cost $2.5bn.", "$2.5bn", 2.5e9, "=", "USD", None),
    ("The bridge cost 3.2 million euros.", "3.2 million euros", 3.2e6, "=", "EUR", None),
    ("The bridge cost £40m.", "£40m", 4e7, "=", "GBP", None),
    ("The bridge cost 90 billion won.", "90 billion won", 9e10, "=", "KRW", None),
    ("The bridge cost A$7 million.", "A$7 million", 7e6, "=", "AUD", None),
    ("Oil rose to $85 a barrel.", "$85 a barrel", 85, "=", "USD per barrel", None),
    ("The mine made a $2 million-a-day loss.", "$2 million-a-day", 2e6, "=", "USD per day", None),
    ("A repair would cost $10 to $15 million.", "$10 to $15 million", (1e7, 1.5e7), "range", "USD", None),
    ("The missile flew 450 km.", "450 km", 450, "=", "kilometre", None),
    ("The missile flew 450km.", "450km", 450, "=", "kilometre", None),
    ("Winds reached 90 miles per hour.", "90 miles per hour", 90, "=", "mile per hour", None),
    ("The barn covers 1.2m square feet.", "1.2m square feet", 1.2e6, "=", "square foot", None),
    ("A 90-square-metre flat burned.", "90-square-metre", 90, "=", "square metre", None),
    ("It was minus 40 degrees Celsius.", "minus 40 degrees Celsius", -40, "=", "celsius", None),
    ("The siege lasted three months.", "three months", 3, "=", "month", None),
    ("The 41-year-old lawyer won.", "41-year-old", 41, "=", "year of age", None),
    ("The poll asked women aged 18 to 34.", "18 to 34", (18, 34), "range", "year of age", None),
    ("A 12-member team met.", "12", 12, "=", None, "member"),
    ("One of the boats sank.", "One", 1, "=", None, "boats"),
]


@pytest.mark.parametrize(
    ("text", "words", "value", "comparator", "unit", "counted"), FIGURES, ids=[row[0] for row in FIGURES]
)
def test_figures(
    find: Find,
    text: str,
    words: str,
    value: float | tuple[float, float],
    comparator: str,
    unit: str | None,
    counted: str | None,
) -> None:
    (q,) = find(text)
    assert q.span.of(text) == words
    found = (q.min, q.max) if q.value is None else q.value
    assert found == pytest.approx(value)
    assert (q.comparator, q.unit, q.counted.of(text) if q.counted else None) == (comparator, unit, counted)


@pytest.mark.parametrize(
    "text",
    [
        "The treaty of June 2023 was signed on 5 May at 10:30 a.m.",
        "The Boeing 737 landed in Room 12.",
        "An F-16 and an MH17 crashed on Flight 370.",
        "She won the first round and the 2nd.",
        "They won 2-1.",
        "No one knew which one.",
        "He lives at 575 Oak Hill Road.",
        "It works 24/7.",
        "They want (1) a ban and (2) a court.",
        "Call 555-014-2277.",
        "1. Wash the rice.",
        "The virus called COVID-19 spread.",
    ],
)
def test_no_figure(find: Find, text: str) -> None:
    assert find(text) == ()


ADDITIONAL = [
    ("The navy will send another 25,000 sailors.", True),
    ("The navy will send another 25,000.", True),
    ("The navy will send an additional 25,000 sailors.", True),
    ("The navy will send 25,000 more sailors.", True),
    ("The navy will send 25,000 sailors.", False),
    ("The navy will send more than 25,000 sailors.", False),
]


@pytest.mark.parametrize(("text", "additional"), ADDITIONAL, ids=[row[0] for row in ADDITIONAL])
def test_additional(find: Find, text: str, additional: bool) -> None:
    assert [(q.value, q.additional) for q in find(text)] == [(25000, additional)]


ELLIPTIC = [
    ("The navy sent 900 sailors, of whom an estimated 60 were lost.", ["sailors", "sailors"]),
    ("In the flood 20 farmers were killed and 30 wounded.", ["farmers", "farmers"]),
    ("About 60 miners were killed out of a workforce of 900.", ["miners", "miners"]),
    ("The navy sent sailors. An estimated 60 were lost.", [None]),
    ("Cases rose to 43.", [None]),
]


@pytest.mark.parametrize(("text", "counted"), ELLIPTIC, ids=[row[0] for row in ELLIPTIC])
def test_elliptic_figures(find: Find, text: str, counted: list[str | None]) -> None:
    assert [q.counted.of(text) if q.counted else None for q in find(text)] == counted


def test_ages_in_apposition(find: Find) -> None:
    text = "Maria Gomez, 52, lost 3 goats."
    assert [(q.value, q.unit, q.counted.of(text) if q.counted else None) for q in find(text)] == [
        (52, "year of age", None),
        (3, None, "goats"),
    ]


def test_governors(find: Find) -> None:
    text = "Officials said 43 miners died."
    (q,) = find(text)
    assert [span.of(text) for span in q.governors] == ["miners", "died", "said"]


def test_a_figure_of_a_hand_made_doc() -> None:
    words = ["Rebels", "freed", "40", "hostages", "."]
    doc = plain(
        tokens.Doc(
            Vocab(),
            words=words,
            spaces=[True, True, True, False, False],
            heads=[1, 1, 3, 1, 1],
            deps=["nsubj", "ROOT", "nummod", "dobj", "punct"],
            pos=["NOUN", "VERB", "NUM", "NOUN", "PUNCT"],
            tags=["NNS", "VBD", "CD", "NNS", "."],
            lemmas=words,
        )
    )
    (q,) = QuantityFinder(bundled())(doc, ())
    assert (q.value, q.counted and q.counted.of(doc.text)) == (40, "hostages")


def test_the_articles_own_marks_count_like_plain_ones(find: Find) -> None:
    assert [(q.min, q.max) for q in find("Between 15–20 boats sank.")] == [(15, 20)]


# ---- figures on development gold --------------------------------------------------------------------------------------------------------

SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.skipif(not SHARED.is_dir(), reason="no development gold beside the checkout")
def test_figures_on_gold_have_a_floor(nlp: Language, tmp_path: Path) -> None:
    scorer, gold = SHARED / "eval" / "score_quantities.py", SHARED / "gold" / "newsquant-dev"
    subprocess.run(
        [sys.executable, SHARED / "eval" / "make_inputs.py", "newsquant", gold, tmp_path / "in"],
        check=True,
        capture_output=True,
    )
    articles = [Article(path.name, path.read_text()) for path in sorted((tmp_path / "in").glob("*.txt"))]
    times, quantities = TimeFinder(bundled()), QuantityFinder(bundled())
    with (tmp_path / "annotations.jsonl").open("w") as out:
        for article, doc in zip(articles, parser.parse(nlp, articles), strict=True):
            found = [row(q, article.text) for q in quantities(doc, times(doc, None))]
            out.write(json.dumps(annotation(article, quantities=found)) + "\n")
    result = subprocess.run(
        [sys.executable, scorer, gold, tmp_path / "annotations.jsonl"], check=True, capture_output=True, text=True
    )
    words = result.stdout.split()
    assert float(words[words.index("QUANT_VALUE_F1") + 1]) >= 0.94
    assert float(words[words.index("QUANT_VALUE_UNIT_F1") + 1]) >= 0.86


def row(q: Quantity, text: str) -> dict[str, object]:
    """A quantity as annotations.jsonl has it; the unit of a plain count is the noun counted."""
    unit = q.unit or (q.counted.of(text) if q.counted else None)
    bounds = {"value": q.value, "min": q.min, "max": q.max}
    return {"start": q.span.start, "end": q.span.end} | bounds | {"comparator": q.comparator, "unit": unit}


def annotation(article: Article, **found: list[dict[str, object]]) -> dict[str, object]:
    """A line of annotations.jsonl with nothing but what was found."""
    keys = ["sentences", "mentions", "times", "quantities", "attributions", "facts"]
    head = {
        "article": article.source,
        "source": article.source,
        "title": None,
        "published": article.published,
        "publisher": None,
    }
    return head | {"text": article.text} | {key: found.get(key, []) for key in keys}


# ---- the lexicon ------------------------------------------------------------------------------------------------------------------------


def test_currencies_are_iso_4217() -> None:
    codes = set(LEXICON["currencies"]) - {"cent", "pence"}
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes)


def test_no_spelling_stands_for_two_units() -> None:
    after = [s for forms in LEXICON["units"].values() for s in forms]
    money = [s for forms in LEXICON["currencies"].values() for s in forms["words"]]
    signs = [s for forms in LEXICON["currencies"].values() for s in forms["signs"]]
    for spellings in (after, money, signs):
        assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("unit", "spelling"),
    [(name, s) for name, forms in LEXICON["units"].items() for s in forms if len(s) > 3 and s.isascii()],
)
def test_every_spelled_unit_is_read(find: Find, unit: str, spelling: str) -> None:
    (q,) = find(f"It was 7 {spelling}.")
    assert (q.value, q.unit) == (7, unit)


# ---- laws -------------------------------------------------------------------------------------------------------------------------------

SMALL: dict[int, str] = {value: word for word, value in LEXICON["numerals"]["small"].items()}


def in_letters(number: int) -> str:
    """A whole number below a billion as Britons write it."""
    for size, name in ((10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = in_letters(number % size) if number % size else ""
            return f"{in_letters(number // size)} {name}{' and' if rest and number % size < 100 else ''} {rest}".strip()
    if number >= 100:
        rest = f" and {in_letters(number % 100)}" if number % 100 else ""
        return f"{SMALL[number // 100]} hundred{rest}"
    if number in SMALL:
        return SMALL[number]
    return f"{SMALL[number // 10 * 10]}-{SMALL[number % 10]}"


@given(st.integers(0, 999_999_999))
def test_numbers_in_letters_are_read_back(number: int) -> None:
    words = split(in_letters(number), NUMERALS)
    assert [(w.kind, w.value) for w in words] == [("number", number)]


@given(st.integers(0, 10**12))
def test_numbers_in_figures_are_read_back(number: int) -> None:
    for text in (str(number), f"{number:,}"):
        assert [(w.kind, w.value) for w in split(text, NUMERALS)] == [("number", number)]


PIECES = (
    "The navy lost|20|1,500|three|million|boats|$|£|5.5|%|percent|km|more than|between|and|to|-|from|half|"
    "a|dozen|dozens of|one|of|whom|another|were killed|,|.|(|)|years old|2019|third|several|hundred|/"
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14))
def test_laws_of_every_quantity(find: Find, pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find(text)
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    for q in found:
        if q.value is not None:
            assert (q.min, q.max) == (None, None)
            assert q.comparator != "range"
        else:
            assert (q.min or 0) < (q.max or 0)
            assert q.comparator in ("range", "~")
        assert q.counted is None or q.counted.of(text).strip()
    assert find(text) == found


def test_finding_takes_a_tenth_of_parsing(nlp: Language) -> None:
    finder = QuantityFinder(bundled())
    finder(plain(nlp("The mayor sold 3 boats.")), ())
    assert min(_share(nlp, lambda doc: finder(doc, ())) for _ in range(5)) < 0.1


def _share(nlp: Language, run: Callable[[Doc], object]) -> float:
    """Time of the finder over time of the parser, on prose with as many figures as news has."""
    text = PROSE * 12
    start = time.process_time()
    doc = plain(nlp(parser.make_doc(nlp, Article("a.txt", text))))
    middle = time.process_time()
    run(doc)
    return (time.process_time() - middle) / (middle - start)


PROSE = (
    "The harbour town has waited a long while for its new bridge, and the council voted by nine votes to four to "
    "build it after all. Engineers had warned that the old one would not carry the 200 lorries that the cannery now "
    "sends across it, some of them of more than 30 tonnes. The mayor told reporters that the work would cost between "
    "$12 million and $15 million and that the road behind the church would be closed. Shopkeepers along the quay were "
    "less sure. They remember how a burst main kept thousands of visitors away, and they ask who is to pay if the "
    "same happens again. A spokeswoman for the builders said that nobody would be left without a way to the market.\n\n"
)


@pytest.mark.parametrize(
    "text", ["The firm cheated customers of millions", "They earn at least $15 an hour", "It cost three million"]
)
def test_a_figure_may_be_the_last_word_of_the_text(text: str) -> None:
    """Phrases were once matched beyond the end."""
    assert extract_text(text).annotated.quantities[-1].span.end == len(text)
