"""Times: tables of own sentences with the values they must give, and laws that hold for every text and date."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import tokens
from spacy.language import Language
from spacy.vocab import Vocab

from kg.annotate import parser
from kg.annotate.expressions.calendar import at, bounds, edtf, season_of, shift
from kg.annotate.expressions.governors import governors, tense
from kg.annotate.expressions.grammar import Grammar
from kg.annotate.expressions.resolving import HOW
from kg.annotate.expressions.words import Numerals, split
from kg.annotate.parsed import Doc, plain
from kg.annotate.times import TimeFinder
from kg.data import bundled
from kg.model import Article, Span, TimeExpression

Find = Callable[[str, str | None], tuple[TimeExpression, ...]]
NUMERALS = Numerals.load(bundled().yaml("lexicon/quantities.yaml")["numerals"])
SUNDAY = "2024-11-24"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return parser.load()


@pytest.fixture(scope="module")
def find(nlp: Language) -> Find:
    finder = TimeFinder(bundled())
    return lambda text, published: finder(plain(nlp(parser.make_doc(nlp, Article("a.txt", text)))), published)


# text, article's date, words of the expression, TIMEX3 type and value, EDTF
RESOLVED = [
    ("The envoy flew home on 5 May 1981.", None, "5 May 1981", "DATE", "1981-05-05", "1981-05-05"),
    ("The envoy flew home on May 5, 1981.", None, "May 5, 1981", "DATE", "1981-05-05", "1981-05-05"),
    ("The treaty was signed in June 2023.", None, "June 2023", "DATE", "2023-06", "2023-06"),
    ("The bridge fell in the summer of 2021.", None, "the summer of 2021", "DATE", "2021-SU", "2021-22"),
    ("The factory was built in the late 1960s.", None, "the late 1960s", "DATE", "196", "196X"),
    ("The church dates from the 12th century.", None, "the 12th century", "DATE", "11", "11XX"),
    (
        "Profit doubled in the third quarter of 2019.",
        None,
        "the third quarter of 2019",
        "DATE",
        "2019-Q3",
        "2019-07/2019-09",
    ),
    ("Exports fell in the first half of 2022.", None, "the first half of 2022", "DATE", "2022-H1", "2022-01/2022-06"),
    ("The fair ran on 3-5 March 2020.", None, "3-5 March 2020", "DATE", "2020-03-05", "2020-03-03/2020-03-05"),
    ("The mine closed in nineteen eighty-four.", None, "nineteen eighty-four", "DATE", "1984", "1984"),
    ("The mayor resigned on Friday.", SUNDAY, "Friday", "DATE", "2024-11-22", "2024-11-22"),
    ("The mayor resigned on Sunday.", SUNDAY, "Sunday", "DATE", "2024-11-24", "2024-11-24"),
    ("The mayor will resign on Friday.", SUNDAY, "Friday", "DATE", "2024-11-29", "2024-11-29"),
    ("The talks are due to resume on Wednesday.", SUNDAY, "Wednesday", "DATE", "2024-11-27", "2024-11-27"),
    ("The mayor spoke last Tuesday.", SUNDAY, "last Tuesday", "DATE", "2024-11-19", "2024-11-19"),
    ("Nurses marched on Monday morning.", SUNDAY, "Monday morning", "TIME", "2024-11-18TMO", "2024-11-18"),
    ("Nurses marched today.", SUNDAY, "today", "DATE", "2024-11-24", "2024-11-24"),
    ("Nurses marched yesterday.", SUNDAY, "yesterday", "DATE", "2024-11-23", "2024-11-23"),
    ("Nurses marched last week.", SUNDAY, "last week", "DATE", "2024-W46", "2024-11-11/2024-11-17"),
    ("Nurses marched last month.", SUNDAY, "last month", "DATE", "2024-10", "2024-10"),
    ("A law will pass next year.", SUNDAY, "next year", "DATE", "2025", "2025"),
    ("The lake dried up last autumn.", SUNDAY, "last autumn", "DATE", "2023-FA", "2023-23"),
    ("The lake dried up last summer.", SUNDAY, "last summer", "DATE", "2024-SU", "2024-22"),
    ("The lake froze last winter.", SUNDAY, "last winter", "DATE", "2023-WI", "2023-24"),
    ("Earlier this summer the lake dried up.", SUNDAY, "Earlier this summer", "DATE", "2024-SU", "2024-22"),
    ("A storm hit the coast in April this year.", SUNDAY, "April this year", "DATE", "2024-04", "2024-04"),
    ("A storm hit the coast in June last year.", SUNDAY, "June last year", "DATE", "2023-06", "2023-06"),
    ("A storm hit the coast in December.", SUNDAY, "December", "DATE", "2023-12", "2023-12"),
    ("The show will open in February.", SUNDAY, "February", "DATE", "2025-02", "2025-02"),
    ("She died on March 3.", SUNDAY, "March 3", "DATE", "2024-03-03", "2024-03-03"),
    ("He left the firm five years ago.", SUNDAY, "five years ago", "DATE", "2019", "2019"),
    ("He left the firm 10 days ago.", SUNDAY, "10 days ago", "DATE", "2024-11-14", "2024-11-14"),
    (
        "He left the firm about three weeks ago.",
        SUNDAY,
        "about three weeks ago",
        "DATE",
        "2024-W44",
        "2024-10-28/2024-11-03",
    ),
    (
        "Rents rose in the past three months.",
        SUNDAY,
        "the past three months",
        "DURATION",
        "P3M",
        "2024-08-24/2024-11-24",
    ),
    (
        "Rents rose in the fourth quarter of last year.",
        SUNDAY,
        "the fourth quarter of last year",
        "DATE",
        "2023-Q4",
        "2023-10/2023-12",
    ),
    ("The vote takes place by the end of the year.", SUNDAY, "the end of the year", "DATE", "2024", "2024"),
    ("She has led the bank since 2019.", SUNDAY, "2019", "DATE", "2019", "2019/.."),
    ("She led the bank until 2015.", SUNDAY, "2015", "DATE", "2015", "../2015"),
    ("A concert was held around 5 June.", SUNDAY, "around 5 June", "DATE", "2024-06-05", "2024-06-05~"),
    ("The train left at 5:30 p.m. on Friday.", SUNDAY, "5:30 p.m. on Friday", "TIME", "2024-11-22T17:30", "2024-11-22"),
    ("Prices rose in the 1998 election year.", SUNDAY, "1998", "DATE", "1998", "1998"),
    ("Output grew in 2010-11.", SUNDAY, "2010-11", "DATE", "2010", "2010/2011"),
    ("Output grew over the past year.", SUNDAY, "the past year", "DATE", "2023", "2023-11/2024-11"),
    ("Output will grow over the next decade.", SUNDAY, "the next decade", "DATE", "203", "2024-11/2034-11"),
    ("Shops were closed last Christmas.", SUNDAY, "last Christmas", "DATE", "2023-12-25", "2023-12-25"),
    ("The ship left two Sundays ago.", SUNDAY, "two Sundays ago", "DATE", "2024-11-10", "2024-11-10"),
    (
        "The ship will be back in two weeks' time.",
        SUNDAY,
        "two weeks' time",
        "DATE",
        "2024-W49",
        "2024-12-02/2024-12-08",
    ),
    (
        "The ship left at 0600 GMT on Wednesday.",
        SUNDAY,
        "0600 GMT on Wednesday",
        "TIME",
        "2024-11-20T06:00",
        "2024-11-20",
    ),
    ("The two met the other two Thursday.", SUNDAY, "Thursday", "DATE", "2024-11-21", "2024-11-21"),
    ("The 2016 elections were close.", SUNDAY, "2016", "DATE", "2016", "2016"),
]


@pytest.mark.parametrize(
    ("text", "published", "words", "kind", "value", "when"), RESOLVED, ids=[row[0] for row in RESOLVED]
)
def test_resolved(find: Find, text: str, published: str | None, words: str, kind: str, value: str, when: str) -> None:
    found = {t.span.of(text): (t.type, t.value, t.edtf, (t.start, t.end)) for t in find(text, published)}
    assert found.get(words) == (kind, value, when, bounds(when))


# Loose references, lengths and repetitions: a TIMEX3 value, no date
LOOSE = [
    ("The army now holds the town.", "now", "DATE", "PRESENT_REF"),
    ("The army recently took the town.", "recently", "DATE", "PAST_REF"),
    ("More troops will follow in the coming months.", "the coming months", "DATE", "FUTURE_REF"),
    ("He moved away several years ago.", "several years ago", "DATE", "PAST_REF"),
    ("The strike lasted for two weeks.", "two weeks", "DURATION", "P2W"),
    ("The strike lasted more than four hours.", "more than four hours", "DURATION", "PT4H"),
    ("He served a five-year term.", "five-year", "DURATION", "P5Y"),
    ("The ruin stood there for two decades.", "two decades", "DURATION", "P20Y"),
    ("They argued for a year and a half or for months.", "months", "DURATION", "PXM"),
    ("Villagers dance there every July.", "every July", "SET", "XXXX-07"),
    ("The clinic opens every Tuesday.", "every Tuesday", "SET", "XXXX-WXX-2"),
    ("The board meets every two weeks.", "every two weeks", "SET", "P2W"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), LOOSE, ids=[row[0] for row in LOOSE])
def test_loose(find: Find, text: str, words: str, kind: str, value: str) -> None:
    found = {t.span.of(text): (t.type, t.value, t.edtf, t.start, t.end) for t in find(text, SUNDAY)}
    assert found.get(words) == (kind, value, None, None, None)


# Without an article's date: what TIMEX3 can say, and never a day of the calendar
UNDATED = [
    ("The mayor resigned on Friday.", "XXXX-WXX-5"),
    ("The mayor resigned in October.", "XXXX-10"),
    ("The mayor resigned on March 3.", "XXXX-03-03"),
    ("The mayor resigned last week.", "PAST_REF"),
    ("The mayor will resign next month.", "FUTURE_REF"),
    ("The mayor resigned today.", "PRESENT_REF"),
    ("The mayor resigned five years ago.", "PAST_REF"),
    ("The mayor resigned last autumn.", "XXXX-FA"),
    ("The mayor resigned in the third quarter.", "XXXX-Q3"),
]


@pytest.mark.parametrize("published", [None, "", "yesterday", "2024-13-40"])
@pytest.mark.parametrize(("text", "value"), UNDATED, ids=[row[0] for row in UNDATED])
def test_without_a_date_nothing_is_guessed(find: Find, text: str, value: str, published: str | None) -> None:
    (found,) = find(text, published)
    assert (found.value, found.edtf, found.start, found.end) == (value, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        '"We will leave," May said.',
        "Theresa May said so.",
        "They may march and fall behind.",
        "She gave him a second chance.",
        "Some 2,016 people and 2000 soldiers came.",
        "The 41-year-old lawyer lost 2-1.",
        "It cost $1999 at 1600 Oak Street.",
        "He runs USA Today.",
        "He hopes to return one day.",
        "The court took on 10 Second Amendment cases.",
    ],
)
def test_no_time(find: Find, text: str) -> None:
    assert find(text, SUNDAY) == ()


@pytest.mark.parametrize(
    "text", ["9" * 400, "million " * 60, "1 " + "trillion " * 40, "9" * 400 + " years ago", "in the 1st century"]
)
def test_numbers_without_end_are_no_times(find: Find, text: str) -> None:
    for t in find(text, SUNDAY):
        assert t.start is None or date.fromisoformat(t.start)


def test_both_ends_of_a_range_carry_it(find: Find) -> None:
    text = "They fought from June to August 2023, and prices rose between 1990 and 1995."
    assert [(t.value, t.edtf) for t in find(text, SUNDAY)] == [
        ("2023-06", "2023-06/2023-08"),
        ("2023-08", "2023-06/2023-08"),
        ("1990", "1990/1995"),
        ("1995", "1990/1995"),
    ]


def test_counted_from_another_time(find: Find) -> None:
    text = "On March 3, the mayor resigned. Two days later the council met. The following month he was tried."
    assert [(t.span.of(text), t.edtf) for t in find(text, SUNDAY)] == [
        ("March 3", "2024-03-03"),
        ("Two days", "2024-03-05"),
        ("The following month", "2024-04"),
    ]
    text = "A week after the flood on 5 May 2020, they met."
    assert [(t.value, t.edtf) for t in find(text, None)] == [
        ("P1W", "2020-05-11/2020-05-17"),
        ("2020-05-05", "2020-05-05"),
    ]


def test_a_length_after_an_undated_event_stays_open(find: Find) -> None:
    (found,) = find("A week after the flood, they met.", SUNDAY)
    assert (found.value, found.edtf) == ("P1W", None)


def test_a_story_told_in_years(find: Find) -> None:
    assert [t.edtf for t in find("He resigned in 2008. The next year he died.", None)] == ["2008", "2009"]
    assert [t.edtf for t in find("The bank failed in 2008. In September of that year it closed.", SUNDAY)] == [
        "2008",
        "2008-09",
    ]


def test_a_report_on_a_quarter_keeps_to_it(find: Find) -> None:
    text = "Sales rose in the third quarter from $2m a year earlier. The latest quarter was good."
    values = [t.value for t in find(text, "2019-11-05")]
    assert values == ["2019-Q3", "2018-Q3", "2019-Q3"]


def test_governors(find: Find) -> None:
    text = "Officials said the two presidents met in June."
    (found,) = find(text, SUNDAY)
    assert [span.of(text) for span in found.governors] == ["met", "said"]


def test_governors_of_a_hand_made_doc() -> None:
    words = ["Rebels", "took", "the", "town", "after", "talks", "in", "May", "."]
    heads = [1, 1, 3, 1, 1, 4, 5, 6, 1]
    deps = ["nsubj", "ROOT", "det", "dobj", "prep", "pobj", "prep", "pobj", "punct"]
    pos = ["NOUN", "VERB", "DET", "NOUN", "ADP", "NOUN", "ADP", "PROPN", "PUNCT"]
    tags = ["NNS", "VBD", "DT", "NN", "IN", "NNS", "IN", "NNP", "."]
    doc = plain(tokens.Doc(Vocab(), words=words, heads=heads, deps=deps, pos=pos, tags=tags, lemmas=words))
    start = doc.text.index("May")
    assert [span.of(doc.text) for span in governors(doc, Span(start, start + 3))] == ["talks", "took"]
    assert tense(doc, Span(start, start + 3), frozenset()) == "past"


# ---- figures on development gold --------------------------------------------------------------------------------------------------------

SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.skipif(not SHARED.is_dir(), reason="no development gold beside the checkout")
def test_figures_on_gold_have_a_floor(nlp: Language, tmp_path: Path) -> None:
    scorer, gold = SHARED / "eval" / "score_times.py", SHARED / "gold" / "timebank-dev"
    subprocess.run(
        [sys.executable, SHARED / "eval" / "make_inputs.py", "timeml", gold, tmp_path / "in"],
        check=True,
        capture_output=True,
    )
    with (tmp_path / "in" / "articles.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    articles = [
        Article(row["file"], (tmp_path / "in" / row["file"]).read_text(), published=row["published"]) for row in rows
    ]
    finder = TimeFinder(bundled())
    with (tmp_path / "annotations.jsonl").open("w") as out:
        for article, doc in zip(articles, parser.parse(nlp, articles), strict=True):
            times: list[dict[str, object]] = [
                {"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value}
                for t in finder(doc, article.published)
            ]
            out.write(json.dumps(annotation(article, times=times)) + "\n")
    result = subprocess.run(
        [sys.executable, scorer, gold, tmp_path / "annotations.jsonl"], check=True, capture_output=True, text=True
    )
    words = result.stdout.split()
    assert float(words[words.index("VALUE_F1") + 1]) >= 0.86


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


def test_every_rule_has_a_resolver() -> None:
    hows = {rule["how"] for rule in bundled().yaml("lexicon/times.yaml")["rules"]}
    assert hows <= set(HOW)
    assert set(HOW) <= hows


@pytest.mark.parametrize("broken", ["<nosuchclass> day", "<unit", "the ) day ["])
def test_a_broken_rule_is_named(broken: str) -> None:
    grammar = Grammar({"unit": {"day": "D"}}, [{"find": broken, "how": "date"}])
    with pytest.raises(ValueError, match=r"no word belongs|cannot read"):
        grammar.find([], lambda word: False, lambda left, right: False)


# ---- laws -------------------------------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))


@given(DAYS, st.integers(-3000, 3000))
def test_days_and_weeks_shift_back(day: date, count: int) -> None:
    there = shift(day, count, "D")
    assert there == day + timedelta(days=count)
    weeks = shift(day, count % 100, "W")
    assert weeks is not None
    assert shift(weeks, -(count % 100), "W") == day


@given(DAYS)
def test_coarser_values_hold_finer_ones(day: date) -> None:
    spans = [bounds(edtf(at(day, unit))) for unit in ("D", "M", "Q", "H", "Y", "E", "C")]
    for (first, last), (start, end) in pairwise(spans):
        assert (start or "") <= (first or "") <= day.isoformat() <= (last or "") <= (end or "")


@given(DAYS)
def test_seasons_and_weeks_hold_their_day(day: date) -> None:
    year, season = season_of(day)
    for value in (f"{year:04d}-{season}", at(day, "W")):
        start, end = bounds(edtf(value))
        assert (start or "9") <= day.isoformat() <= (end or "0")


@given(st.text(max_size=80))
def test_bounds_never_fail(text: str) -> None:
    start, end = bounds(edtf(text) or text)
    assert start is None or date.fromisoformat(start)
    assert end is None or date.fromisoformat(end)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_words_are_slices_in_order(text: str) -> None:
    words = split(text, NUMERALS)
    assert all(text[w.start : w.end] == w.text and w.text for w in words)
    assert all(left.end <= right.start for left, right in pairwise(words))


PIECES = (
    "The mayor resigned|Troops will leave|It is due|in|on|by|since|until|from|to|last|next|this|the|"
    "Monday|May|June|3|2021|1990s|week|years|two|ago|later|summer|third quarter|past|first|of|5 p.m.|,|.|"
    "-|'80s|31"
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14), DAYS)
def test_laws_of_every_expression(find: Find, pieces: list[str], published: date) -> None:
    text = " ".join(pieces)
    found = find(text, published.isoformat())
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    for t in found:
        assert (t.start, t.end) == bounds(t.edtf)
        assert t.start is None or t.end is None or t.start <= t.end
    assert find(text, published.isoformat()) == found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAYS)
def test_past_tense_never_leads_ahead(find: Find, published: date) -> None:
    text = "The mayor resigned on Friday. The court ruled in March. The council met last week. The bank failed two years ago."
    for t in find(text, published.isoformat()):
        assert t.start is not None
        assert t.start <= published.isoformat()


def test_finding_takes_a_tenth_of_parsing(nlp: Language) -> None:
    finder = TimeFinder(bundled())
    finder(plain(nlp("The mayor left on Friday.")), SUNDAY)
    assert min(_share(nlp, lambda doc: finder(doc, SUNDAY)) for _ in range(5)) < 0.1


def _share(nlp: Language, run: Callable[[Doc], object]) -> float:
    """Time of the finder over time of the parser, on prose with as many times as news has."""
    text = PROSE * 12
    start = time.process_time()
    doc = plain(nlp(parser.make_doc(nlp, Article("a.txt", text))))
    middle = time.process_time()
    run(doc)
    return (time.process_time() - middle) / (middle - start)


PROSE = (
    "The harbour town has waited a long while for its new bridge, and on Friday the council voted to build it after "
    "all. Engineers had warned that the old one, opened in 1931, would not carry the lorries that the cannery now "
    "sends across it every morning. The mayor, who came to office last spring, told reporters that work could begin "
    "in June and that the road behind the church would be closed for three months. Shopkeepers along the quay were "
    "less sure. They remember the summer of 2015, when a burst main kept visitors away, and they ask who is to pay if "
    "the same happens again. A spokeswoman for the builders said that nobody would be left without a way to the "
    "market.\n\n"
)
