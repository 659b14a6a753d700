"""Attributions: constructions with the real parser, quotation marks and chains on Docs made by hand, and laws on any text."""

from __future__ import annotations

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import tokens
from spacy.language import Language
from spacy.vocab import Vocab

from kg.annotate.attributions import AttributionFinder
from kg.annotate.cues import Cues
from kg.annotate.parsed import plain
from kg.annotate.parser import load, parse
from kg.annotate.quotations import quotations
from kg.data import bundled
from kg.model import Article, Attribution, Block, Mention, Span

VOCAB = Vocab()
STANCES = {"neutral", "factive", "claim", "denial", "accusation", "promise", "belief"}


@functools.cache
def finder() -> AttributionFinder:
    return AttributionFinder(bundled())


@functools.cache
def model() -> Language:
    return load()


@functools.cache
def found(text: str) -> tuple[Attribution, ...]:
    (doc,) = parse(model(), [Article(source="t", text=text)])
    return finder()(doc, ())


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def only(text: str) -> tuple[list[str], list[str], str]:
    """Sources, content and stance of the one attribution of a text."""
    (one,) = found(text)
    return words(text, one.sources), words(text, one.content), one.stance


def only_one(text: str) -> Attribution:
    (one,) = found(text)
    return one


def chain(text: str, inner: str) -> list[list[str]]:
    """Sources, outermost first, of the chain that ends at the attribution of the source `inner`."""
    every = found(text)
    at: int | None = next(i for i, one in enumerate(every) if inner in words(text, one.sources))
    levels = []
    while at is not None:
        levels.append(words(text, every[at].sources))
        at = every[at].outer
    return levels[::-1]


CASES = [
    ("The ministry said that the bridge was closed.", ["The ministry"], ["that the bridge was closed"], "neutral"),
    ("Engineers confirmed the dam had cracked.", ["Engineers"], ["the dam had cracked"], "factive"),
    ("The rebels claimed that they had won.", ["The rebels"], ["that they had won"], "claim"),
    ("The ministry denied that it had sent troops.", ["The ministry"], ["that it had sent troops"], "denial"),
    ("The mayor accused the firm of hiding the leak.", ["The mayor"], ["hiding the leak"], "accusation"),
    ("The president promised to rebuild the town.", ["The president"], ["to rebuild the town"], "promise"),
    ("Farmers fear that the river will rise.", ["Farmers"], ["that the river will rise"], "belief"),
    ("Estimates suggested that 300 people had died.", ["Estimates"], ["that 300 people had died"], "claim"),
    ("The town was flooded, according to two pilots.", ["two pilots"], ["The town was flooded"], "neutral"),
    (
        "The boats, officials said, were moved overnight.",
        ["officials"],
        ["The boats", "were moved overnight"],
        "neutral",
    ),
    ("As the council has pointed out, the road is open.", ["the council"], ["the road is open"], "factive"),
    ("The king did not say that the talks had failed.", ["The king"], ["that the talks had failed"], "claim"),
]


@pytest.mark.parametrize(("text", "sources", "content", "stance"), CASES)
def test_indirect_speech(text: str, sources: list[str], content: list[str], stance: str) -> None:
    assert only(text) == (sources, content, stance)


def test_a_headline_with_a_colon_names_who_says_it() -> None:
    text = "Anna Lund: The bridge is closed\n\nThe town waited."
    (doc,) = parse(model(), [Article(source="t", text=text)])
    lund = Mention(Span(0, 9), "name", "Person", Span(5, 9), Span(0, 9), "singular")
    (one,) = finder()(doc, (lund,))
    assert (words(text, one.sources), words(text, one.content)) == (["Anna Lund"], ["The bridge is closed"])
    assert finder()(doc, ()) == ()


def test_a_paragraph_after_a_colon_is_quoted_without_marks() -> None:
    text = "In her letter, the mayor wrote:\n\nThe bridge is safe. The town will keep it.\n\nThe council met at noon."
    one = only_one(text)
    assert words(text, one.sources) == ["the mayor"]
    assert words(text, one.content) == ["The bridge is safe. The town will keep it"]
    assert found("The mayor has three aims:\n\nThe bridge is safe and will be kept.") == ()


def test_of_those_counted_it_matters_who_they_are() -> None:
    assert [one.said for one in found("The plan was echoed by a number of mayors.")] == [False]
    assert found("The plan was echoed by a number of bridges.") == ()


def test_called_with_quoted_words() -> None:
    text = "The mayor called the new bridge “a dream.”"
    assert words(text, only_one(text).content) == ["the new bridge “a dream.”"]


def test_one_of_several_is_somebody() -> None:
    assert only("One of the pilots said that the ship had sunk.")[0] == ["One of the pilots"]
    assert found("One would say that the ship had sunk.") == ()


def test_nobody_is_credited_in_the_passive() -> None:
    text = "The ship is believed to have sunk."
    assert only(text)[0] == []
    assert found(text)[0].stance == "belief"


@pytest.mark.parametrize(
    ("text", "source", "quotes"),
    [
        ('The captain said: "We will sail. We will not wait."', "The captain", ["We will sail. We will not wait."]),
        ('"The bridge," said Anna Weber, "is closed."', "Anna Weber", ["The bridge,", "is closed."]),
        ('"Is it over?" he asked. "I hope so."', "he", ["Is it over?", "I hope so."]),
        ("“Nobody came,” the cook’s brother said.", "the cook’s brother", ["Nobody came,"]),
        ("‘We are ready,’ the pilot said.", "the pilot", ["We are ready,"]),
        ("“It leaks,” he said, shaking his head, “and it sinks.”", "he", ["It leaks,", "and it sinks."]),
        ("“It leaks,” she wrote to the board; “it sinks.”", "she", ["It leaks,", "it sinks."]),
        ("“It leaks,” the engineers’ report said. “It sinks.”", "the engineers’ report", ["It leaks,", "It sinks."]),
        ("“The pier is shut,” read a sign at the gate.", "a sign", ["The pier is shut,"]),
        ("One of the men shouted “Close it!” before he left.", "One of the men", ["Close it!"]),
        ("Anna Weber: “The pier is unsafe.”", "Anna Weber", ["The pier is unsafe."]),
        (
            "“We are ready,” one of the soldiers, a 19-year-old from Malin, said.",
            "one of the soldiers, a 19-year-old from Malin",
            ["We are ready,"],
        ),
    ],
)
def test_direct_speech(text: str, source: str, quotes: list[str]) -> None:
    (one,) = found(text)
    assert words(text, one.sources) == [source]
    assert words(text, one.quotes) == quotes
    assert one.quoted == "direct"


def test_what_is_added_to_quoted_words_is_the_speakers() -> None:
    text = "“The pier,” Mayor Weber told reporters on Tuesday, “is unsafe,” adding that it would be closed."
    assert [(words(text, one.sources), words(text, one.content)) for one in found(text)] == [
        (["Mayor Weber"], ["“The pier,”", "“is unsafe,”"]),
        (["Mayor Weber"], ["that it would be closed"]),
    ]


def test_a_fragment_makes_indirect_speech_mixed() -> None:
    text = 'The governor told reporters that the dam was "safe" and that nobody had left.'
    (one,) = found(text)
    assert one.quoted == "mixed"
    assert words(text, one.quotes) == ["safe"]
    assert words(text, one.content) == ['that the dam was "safe" and that nobody had left']


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = "The king spoke at noon:\n\n“We have waited long.\n\n“We wait no more.”\n\nCrowds cheered."
    (one,) = found(text)
    assert words(text, one.quotes) == ["We have waited long.", "We wait no more."]
    assert words(text, one.sources) == ["The king"]


def test_the_next_paragraph_carries_on_with_its_speaker() -> None:
    text = '"We lost the harvest," the farmer said.\n\n"Nobody has come to help us."'
    assert [words(text, one.sources) for one in found(text)] == [["the farmer"], ["the farmer"]]


@pytest.mark.parametrize(
    ("text", "speaker", "quote"),
    [
        ('"It is over," said Berg. "We did all we could," added Lund.', "Lund", "We did all we could,"),
        ('"It is over," replied another guest, referring to the match.', "another guest", "It is over,"),
        ("Lund said the move was a risk. “That could make things worse.”", "Lund", "That could make things worse."),
        (
            "Berg said the city urges “all visitors to leave the square now.”",
            "Berg",
            "all visitors to leave the square now.",
        ),
        ("“The road is open,” Lund, a baker from Oslo, said Monday.", "Lund, a baker from Oslo", "The road is open,"),
        (
            "After trials showed promise, “we will go on with the plan,” Lund said.",
            "Lund",
            "we will go on with the plan,",
        ),
        (
            "“It is late,” Abe Lund, the harbour's night watchman, told CNN.",
            "Abe Lund, the harbour's night watchman",
            "It is late,",
        ),
        ("Her message to Berg: “We will go on with the plan.”", "Her", "We will go on with the plan."),
        ("“It is late,” he said, according to notes of the talk.", "he", "It is late,"),
        ("Lund said in a statement that he would quit if certain “red lines” were crossed.", "Lund", "red lines"),
    ],
)
def test_whose_words(text: str, speaker: str, quote: str) -> None:
    assert [words(text, one.sources) for one in found(text) if quote in words(text, one.quotes)] == [[speaker]]


@pytest.mark.parametrize("text", ["Lund wrote a book titled “The Open Road.”", "Lund said he was a “friend” of hers."])
def test_a_title_or_a_scare_quote_is_no_speech(text: str) -> None:
    assert [one for one in found(text) if one.quoted == "direct"] == []


def test_a_source_holds_no_mark_of_the_quotation_before_it() -> None:
    text = '"We won. #Bridge" Lund tweeted.'
    assert [source for one in found(text) for source in words(text, one.sources)] == ["Lund"]


@pytest.mark.parametrize("dash", [" — ", "— ", "― "])
def test_a_signature_names_the_speaker(dash: str) -> None:
    text = f"“They closed the school without a word.”{dash}Maria Lopez"
    (one,) = found(text)
    assert words(text, one.sources) == ["Maria Lopez"]


def test_words_quoted_within_quoted_words_end_nothing() -> None:
    text = "“He speaks of “hell” and of fire,” Lund said. “He scares us.”"
    assert words(text, only_one(text).quotes) == ["He speaks of “hell” and of fire,", "He scares us."]


CHAINS = [
    ("Kim thanked the troops, the minister said, KCNA reported.", "the minister", [["KCNA"], ["the minister"]]),
    (
        "Lawmakers said, citing the spy agency, that 600 soldiers had died.",
        "the spy agency",
        [["Lawmakers"], ["the spy agency"]],
    ),
    (
        "The agency quoted the envoy as saying that the talks had failed.",
        "the envoy",
        [["The agency"], ["the envoy"]],
    ),
    (
        "The envoy was quoted by the agency as saying the talks had failed.",
        "The envoy",
        [["the agency"], ["The envoy"]],
    ),
    (
        "The premier said that the army chief had said the town was lost.",
        "the army chief",
        [["The premier"], ["the army chief"]],
    ),
    (
        "Asked by Radio Malin, the bishop said that the nuns had left.",
        "the bishop",
        [["Radio Malin"], ["the bishop"]],
    ),
    (
        "A report seen by the Evening Gazette says that the dam leaked.",
        "A report seen by the Evening Gazette",
        [["the Evening Gazette"], ["A report seen by the Evening Gazette"]],
    ),
    (
        "Speaking to the Evening Gazette, the pilot said that the ship had sunk.",
        "the pilot",
        [["the Evening Gazette"], ["the pilot"]],
    ),
    ("The ministry said that the town respects the vote, BTA reported.", "The ministry", [["BTA"], ["The ministry"]]),
    (
        "The minister said the army had left the town, the Interfax news agency reported on Monday.",
        "The minister",
        [["the Interfax news agency"], ["The minister"]],
    ),
    (
        'The ministry said the town "respects the vote," reports Reuters.',
        "The ministry",
        [["Reuters"], ["The ministry"]],
    ),
    (
        "“The pier is unsafe,” Weber was quoted as saying by the Evening Gazette.",
        "Weber",
        [["the Evening Gazette"], ["Weber"]],
    ),
    (
        "“The pier is unsafe and must be closed,” Weber, the mayor of Malin since 2019, told Radio Malin.",
        "Weber",
        [["Radio Malin"], ["Weber"]],
    ),
    (
        "The rebels have seized the dam, Radio Malin has learned from two officials.",
        "two officials",
        [["Radio Malin"], ["two officials"]],
    ),
    (
        "As the Courier reported last week, citing police sources, the singer had been arrested.",
        "police sources",
        [["the Courier"], ["police sources"]],
    ),
    (
        "The agency said, quoting the minister, that, according to the police, the spy had fled.",
        "the police",
        [["The agency"], ["the minister"], ["the police"]],
    ),
    (
        "Iran has tested the missile, reported the Post, the Times and CNN, citing intelligence officials.",
        "intelligence officials",
        [["the Post", "the Times", "CNN"], ["intelligence officials"]],
    ),
    (
        "His family denied reports in the Turkish press that the colonel had been killed.",
        "the Turkish press",
        [["His family"], ["the Turkish press"]],
    ),
    (
        "The government's claim that rebels had burned the village was repeated by the ministry.",
        "The government",
        [["the ministry"], ["The government"]],
    ),
    (
        "Local media quoted an army source who said that rebels had shot down the jet.",
        "who",
        [["Local media"], ["who"]],
    ),
    (
        "The Evening Gazette has been told by two survivors that the captain left the ship.",
        "two survivors",
        [["The Evening Gazette"], ["two survivors"]],
    ),
    (
        "Radio Malin and the Evening Gazette have seen a memo that says the bank paid the judge.",
        "that",
        [["Radio Malin", "the Evening Gazette"], ["that"]],
    ),
    (
        "The police accuse the mayor of hiding the money, the agency reported on Monday.",
        "The police",
        [["the agency"], ["The police"]],
    ),
    (
        "An inmate's letter, which the Courier published on Monday, alleges that guards beat him.",
        "An inmate's letter",
        [["the Courier"], ["An inmate's letter"]],
    ),
    (
        "The minister told the broadcaster NRK on Sunday that the signal was jammed.",
        "The minister",
        [["the broadcaster NRK"], ["The minister"]],
    ),
    (
        "Captain Lund, whom the Evening Gazette quoted, said that the crew had left.",
        "Captain Lund",
        [["the Evening Gazette"], ["Captain Lund"]],
    ),
]


@pytest.mark.parametrize(("text", "inner", "levels"), CHAINS)
def test_chains(text: str, inner: str, levels: list[list[str]]) -> None:
    assert chain(text, inner) == levels


def test_what_is_cited_has_the_same_content() -> None:
    text = "Lawmakers said, citing the spy agency, that 600 soldiers had died."
    assert {tuple(words(text, one.content)) for one in found(text)} == {("that 600 soldiers had died",)}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("The mayor and the bishop said the fair would go on.", ["The mayor", "the bishop"]),
        (
            "U.S., Ukrainian and South Korean officials said the troops had left.",
            ["U.S.", "Ukrainian", "South Korean officials"],
        ),
        ("The mayor said, and two priests confirmed, that the fair would go on.", ["The mayor", "two priests"]),
        ("According to the mayor, and to the bishop, the fair went on.", ["the mayor", "the bishop"]),
        ("Weber, as well as two pilots, said that the fair would go on.", ["Weber", "two pilots"]),
        ("Officials, speaking on condition of anonymity, said the fair was over.", ["Officials"]),
        (
            "The premier, his spokesman and two ministers said the king left.",
            ["The premier", "his spokesman", "two ministers"],
        ),
    ],
)
def test_coordinated_sources_share_one_attribution(text: str, sources: list[str]) -> None:
    (one,) = found(text)
    assert words(text, one.sources) == sources


WHO = [
    # a cue whose own subject shows that it is no passive
    ("The harbour master noted Friday that the pier was shut.", ["The harbour master"], ["that the pier was shut"]),
    ("The pilots are convinced that the pier is safe.", ["The pilots"], ["that the pier is safe"]),
    # the source behind "from", and in a poll
    ("The fire renewed worries from bishops that the hall was unsafe.", ["bishops"], ["that the hall was unsafe"]),
    ("In a poll of Friday, Lund led Weber by two points.", ["a poll of Friday"], ["Lund led Weber by two points"]),
    # what is called for, and what is wanted in a clause that has a gap for it
    ("The mayor called for taxes to be cut.", ["The mayor"], ["taxes to be cut"]),
    ("The hospital lacks the blood that the doctors wanted.", ["the doctors"], ["the blood"]),
    ("This is what the bishop said.", ["the bishop"], ["what"]),
    # whoever sends a paper says what it says
    ("The pilots sent a letter opposing the merger.", ["The pilots"], ["the merger"]),
    # the one object and what it is called
    ("Norway branded the captain a “pirate of the north.”", ["Norway"], ["the captain a “pirate of the north.”"]),
    ("The bishops demanded that police release the film.", ["The bishops"], ["that police release the film"]),
    ("The strike was first reported by the Evening Gazette.", ["the Evening Gazette"], ["The strike"]),
    ("His partner, Anna Lund, plans to leave.", ["His partner, Anna Lund"], ["to leave"]),
    (
        "Anna Lund, the director of the port, compared the pier to a dream.",
        ["Anna Lund, the director of the port"],
        ["a dream"],
    ),
    ("The mayor made it clear he would not pay.", ["The mayor"], ["he would not pay"]),
    ("Lawmakers have not said when they would meet.", ["Lawmakers"], ["when they would meet"]),
    ("Lund said after the vote he would leave the council.", ["Lund"], ["he would leave the council"]),
    ("Her ex-husband claimed that she had lied.", ["Her ex-husband"], ["that she had lied"]),
    ("Pilots weighed in Friday about whether the pier was safe.", ["Pilots"], ["whether the pier was safe"]),
    ("The paper printed police statements that the dam was safe.", ["police"], ["that the dam was safe"]),
    ("The bishop threw his support behind the mayor.", ["The bishop"], ["the mayor"]),
    ("Though he’s heralded the plan, nobody came.", ["he"], ["the plan"]),
    ("By the mayor's own admission, the pier was unsafe.", ["the mayor"], ["the pier was unsafe"]),
    ("The United Nations called on Israel to halt the raids.", ["The United Nations"], ["to halt the raids"]),
    (
        "Speaking on Radio Lagos, the chief of police said that four men had died.",
        ["the chief of police"],
        ["that four men had died"],
    ),
    ("The Latest: Mayor urges voters to watch the count", ["Mayor"], ["voters to watch the count"]),
    # another's claim within what is said
    (
        "Lund said the film contradicts the army's claim that the town was lost.",
        ["the army"],
        ["that the town was lost"],
    ),
]


@pytest.mark.parametrize(("text", "sources", "content"), WHO)
def test_who_says_or_wants_what(text: str, sources: list[str], content: list[str]) -> None:
    assert (sources, content) in [(words(text, one.sources), words(text, one.content)) for one in found(text)]


@pytest.mark.parametrize("text", ["Lund is ahead in the polls.", "Lund said in a poll that the pier was shut."])
def test_the_polls_alone_say_nothing(text: str) -> None:
    assert not any("poll" in source for one in found(text) for source in words(text, one.sources))


def test_a_medium_that_was_told_is_a_link_but_says_nothing() -> None:
    text = "The mayor told the Evening Gazette that the pier was shut."
    mayor, gazette = found(text)
    assert (mayor.medium, gazette.medium) == (False, True)
    assert chain(text, "The mayor") == [["the Evening Gazette"], ["The mayor"]]


def test_what_the_speaker_thinks_inside_quoted_words_is_no_attribution_of_its_own() -> None:
    text = '"I think that the road is open," the driver said.'
    assert [words(text, one.sources) for one in found(text)] == [["the driver"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The minister said that the bridge was closed.", True),
        ("The minister praised the rescuers.", False),
        ("The minister wants to close the bridge.", False),
        ("The minister refused to close the bridge.", False),
        ("Voters want to know that the bridge is safe.", False),
    ],
)
def test_what_is_praised_or_wanted_is_not_said(text: str, said: bool) -> None:
    assert {one.said for one in found(text)} == {said}


def test_a_paper_says_but_does_not_want() -> None:
    assert found("The plan wants to close the bridge.") == ()


@pytest.mark.parametrize("text", ["The work went according to plan.", "The storm reached the coast at noon."])
def test_nothing_is_credited(text: str) -> None:
    assert found(text) == ()


def test_the_source_points_to_its_mention() -> None:
    text = "The old mayor said that the bridge was closed."
    (doc,) = parse(model(), [Article(source="t", text=text)])
    mayor = Mention(Span(0, 13), "nominal", "Person", Span(8, 13), Span(4, 13), "singular")
    assert finder()(doc, (mayor,))[0].source_mentions == (0,)
    assert finder()(doc, ())[0].source_mentions == (None,)


# ---- quotation marks on Docs made by hand -----------------------------------------------------------------------------------------------


def marked(text: str) -> list[str]:
    """The words in marks of a text, one paragraph to a line."""
    doc = plain(tokens.Doc(VOCAB, words=list(text), spaces=[False] * len(text)))
    starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    doc.user_data["blocks"] = tuple(Block(Span(a, b), "body") for a, b in zip(starts, ends, strict=True))
    return words(text, tuple(quote.inner for quote in quotations(doc)))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('He said "no" and "never".', ["no", "never"]),
        ("The soldiers' families don't know.", []),
        ("'Our soldiers' families know it,' she said.", ["Our soldiers' families know it,"]),
        ("Back in the '90s, rock 'n' roll ruled.", []),
        ("She said 'the \"old\" way' was best.", ['the "old" way']),
        ('"One.\n"Two." Three.', ["One.", "Two."]),
        ('A screen of 21" across.', []),
    ],
)
def test_marks(text: str, inner: list[str]) -> None:
    assert marked(text) == inner


# ---- a verb of saying on a Doc made by hand: no parser's luck is needed -----------------------------------------------------------------


def test_a_complement_governed_by_the_cue() -> None:
    doc = plain(
        tokens.Doc(
            VOCAB,
            words=["Anna", "says", "it", "rains", "."],
            heads=[1, 1, 3, 1, 1],
            deps=["nsubj", "ROOT", "nsubj", "ccomp", "punct"],
            pos=["PROPN", "VERB", "PRON", "VERB", "PUNCT"],
            tags=["NNP", "VBZ", "PRP", "VBZ", "."],
            lemmas=["Anna", "say", "it", "rain", "."],
            sent_starts=[True, False, False, False, False],
        )
    )
    (one,) = finder()(doc, ())
    assert (one.sources, one.cue, one.content) == ((Span(0, 4),), (Span(5, 9),), (Span(10, 18),))


# ---- the lexicon and laws ---------------------------------------------------------------------------------------------------------------


def test_every_use_has_a_known_stance_and_content() -> None:
    cues = Cues.load(bundled())
    kinds = {
        "quote",
        "aside",
        "clause",
        "to",
        "noun",
        "as",
        "of",
        "for",
        "about",
        "on",
        "over",
        "against",
        "with",
        "in",
        "at",
        "behind",
        "that",
        "event",
        "to_noun",
    }
    for table in (cues.verbs, cues.nouns, cues.adjectives):
        for lemma, uses in table.items():
            for use in uses:
                assert use.stance in STANCES, lemma
                assert set(use.takes) <= kinds, lemma


PIECES = [
    "The mayor",
    "said",
    "that",
    "it was over",
    ",",
    ".",
    '"',
    "'",
    "citing officials",
    "according to",
    "\n",
    "he added",
    ":",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_laws(text: str) -> None:
    every = found(text)
    for one in every:
        for span in (*one.sources, *one.cue, *one.content, *one.quotes):
            assert 0 <= span.start < span.end <= len(text)
        assert one.content
        assert len(one.sources) == len(one.source_mentions)
        assert not any(source.overlaps(cue) for source in one.sources for cue in one.cue)
        assert list(one.content) == sorted(one.content)
        assert (one.quoted == "indirect") == (one.quotes == ())
    for number in range(len(every)):
        seen, at = set(), number
        while (outer := every[at].outer) is not None:
            assert outer not in seen
            seen.add(outer)
            at = outer
