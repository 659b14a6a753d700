"""Plain words answer as those of spaCy do."""

from __future__ import annotations

import functools
import gc

import pytest
from spacy import tokens
from spacy.language import Language
from spacy.vocab import Vocab

from kg.annotate import Annotator, parser
from kg.annotate.parsed import Doc, Token, plain
from kg.data import bundled
from kg.gazetteer import Gazetteer
from kg.model import Article

TEXT = (
    "Harbour town waits\n\nMayor Ana Lund, 51, said on Monday that “the bridge won't open before 2031”, two or three years late, and "
    "she  blamed Oslo's builders.\n\nNeither Reuters nor the Larvik Post (which is  closing) could reach Lund, her deputy or them at "
    "the U.S. embassy; who else paid, what for and to whom is what the town's 1,200 people ask."
)
WORD = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_", "is_punct", "is_quote",
        "like_num", "is_space", "is_alpha", "is_title", "is_lower", "is_upper")  # fmt: skip
ONE = ("head", "left_edge", "right_edge")
SEVERAL = ("children", "lefts", "rights", "ancestors", "subtree", "conjuncts")


@functools.cache
def model() -> Language:
    return parser.load()


@functools.cache
def both() -> tuple[tokens.Doc, Doc]:
    doc = model()(parser.make_doc(model(), Article("t.txt", TEXT)))
    return doc, plain(doc)


def test_every_word() -> None:
    theirs, ours = both()
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert [getattr(one, name) for name in WORD] == [getattr(other, name) for name in WORD]
        assert [getattr(one, name).i for name in ONE] == [getattr(other, name).i for name in ONE]
        for name in SEVERAL:
            assert [word.i for word in getattr(one, name)] == [word.i for word in getattr(other, name)], name
        assert (one.sent.start, one.sent.end) == (other.sent.start, other.sent.end)
        assert (len(one), one.end, one.is_sent_start) == (len(other), other.idx + len(other), bool(other.is_sent_start))


def test_sentences_names_and_noun_phrases() -> None:
    theirs, ours = both()
    for name in ("sents", "ents", "noun_chunks"):
        spans = [(span.start, span.end, span.text, span.root.i) for span in getattr(ours, name)]
        assert spans == [(span.start, span.end, span.text, span.root.i) for span in getattr(theirs, name)]
        assert spans
    assert [ent.label_ for ent in ours.ents] == [ent.label_ for ent in theirs.ents]
    chunks = [[chunk.text for chunk in sent.noun_chunks] for sent in ours.sents]
    assert chunks == [[chunk.text for chunk in sent.noun_chunks] for sent in theirs.sents]


def test_every_slice() -> None:
    theirs, ours = both()
    for start in range(len(ours)):
        for end in range(start + 1, min(start + 9, len(ours) + 1)):
            one, other = ours[start:end], theirs[start:end]
            assert (one.text, one.root.i, one.start_char, one.end_char) == (
                other.text, other.root.i, other.start_char, other.end_char
            )  # fmt: skip
            assert (one[0].i, one[-1].i, len(one), one.sent.start) == (start, end - 1, len(other), other.sent.start)
    assert (ours[5:2].start, ours[5:2].end, ours[5:2].text) == (5, 5, "")
    assert (ours[-3:].start, ours[:999].end) == (len(ours) - 3, len(ours))


@pytest.mark.parametrize("mode", ["strict", "contract", "expand"])
def test_every_piece_of_the_text(mode: str) -> None:
    theirs, ours = both()
    for start in range(len(TEXT) + 1):
        for end in range(start, min(start + 40, len(TEXT)) + 1):
            one = ours.char_span(start, end, alignment_mode=mode)  # type: ignore[arg-type]
            other = theirs.char_span(start, end, alignment_mode=mode)
            assert (one is None) == (other is None), (start, end)
            if one is not None and other is not None:
                assert (one.start, one.end) == (other.start, other.end), (start, end)


def test_neighbours() -> None:
    _, ours = both()
    assert (ours[3].nbor().i, ours[3].nbor(-2).i) == (4, 1)
    for first, step in ((0, -1), (len(ours) - 1, 1)):
        with pytest.raises(IndexError):
            ours[first].nbor(step)


def test_a_text_that_nobody_parsed_is_one_sentence() -> None:
    ours = plain(tokens.Doc(Vocab(), words=["Peru", "voted", "."]))
    assert [(sent.start, sent.end) for sent in ours.sents] == [(0, 3)]
    assert [(word.head.i, word.dep_, word.children) for word in ours] == [(0, "", ()), (1, "", ()), (2, "", ())]
    assert len(plain(tokens.Doc(Vocab()))) == 0
    assert plain(tokens.Doc(Vocab())).sents == ()


def test_an_empty_word_is_no_falsehood() -> None:
    assert bool(Token())


def test_an_article_leaves_no_words_behind() -> None:
    """A build runs without the collector of cycles."""
    annotator = Annotator.load(bundled(), Gazetteer.load(bundled()))
    both.cache_clear()
    gc.collect()
    gc.disable()
    try:
        (found,) = annotator.annotate([Article("t.txt", TEXT)])
        left = sum(isinstance(one, Token) for one in gc.get_objects())
    finally:
        gc.enable()
    assert (bool(found.mentions), left) == (True, 0)
