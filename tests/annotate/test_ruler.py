"""The quick ruler sets what spaCy's own sets."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from kg.annotate import parser
from kg.annotate.ruler import Ruler, quicken

# each kind of rule of the model: words of one tag, words alone, arcs, pairs of words
TEXT = (
    "Y'all gonna let's see whether it ain't so, said the mayor who's got ta go. There's a bridge; there were two.  What the town has "
    "had, hers and his, is better than its 1,200 people\n\nthink. C'mon! I'd like that, as he'd said that she would. It is what it is."
)
SET = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "NORM"]


def test_the_models_own_rules() -> None:
    own, quick = spacy.load(parser.DEFAULT_MODEL), parser.load()
    assert isinstance(quick.get_pipe("attribute_ruler"), Ruler)
    assert quick.pipe_names == ["kg_blocks", *own.pipe_names]
    for text in (TEXT, TEXT.lower(), TEXT.replace(". ", "\n"), "", " "):
        for _ in range(2):  # asked, and remembered
            assert shown(quick(text)) == shown(own(text))


def test_later_rules_go_before_earlier_ones_and_pairs_of_words_count() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    ruler.add([[{"LOWER": "peru"}]], {"POS": "NOUN", "LEMMA": "a"})
    ruler.add([[{"LOWER": "new"}, {"LOWER": "peru"}]], {"LEMMA": "b"}, index=-1)
    ruler.add([[{"LOWER": "peru"}], [{"LOWER": "chile"}]], {"POS": "PROPN"})
    ruler.add([[{"ORTH": "Peru", "OP": "+"}, {"LOWER": "votes"}]], {"LEMMA": "c"})
    text = "New Peru and peru , Chile ; Peru Peru votes"
    expected = shown(nlp(text))
    quicken(nlp)
    assert shown(nlp(text)) == expected
    assert [word.lemma_ for word in nlp(text)] == ["", "b", "", "a", "", "", "", "c", "c", ""]


def test_a_model_without_one_stays_as_it_is() -> None:
    nlp: Language = spacy.blank("en")
    quicken(nlp)
    assert nlp.pipe_names == []


def shown(doc: Doc) -> list[list[int]]:
    rows: list[list[int]] = doc.to_array(list(SET)).tolist()
    return rows
