"""The model's rule lemmatiser, remembering the lemma of a word.

It looks at nothing but a word's form, part of speech and morphology. spaCy remembers only what its tables are searched for, and goes
through Token objects: a tenth of the whole pipeline's time.
"""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

NAME = "lemmatizer"


class Lemmas:
    """Sets what a Lemmatizer in mode "rule" sets."""

    lemmatizer: Lemmatizer  # set by `quicken`

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], int] = {}  # form, part of speech, morphology -> lemma, as hashes

    def __call__(self, doc: Doc) -> Doc:
        *rows, lemmas = doc.to_array(["ORTH", "POS", "MORPH", "LEMMA"]).T
        keys = zip(*(row.tolist() for row in rows), strict=True)
        told = lemmas.tolist() if not self.lemmatizer.overwrite else [0] * len(doc)
        found = [one or self._lemma(doc, i, key) for i, (one, key) in enumerate(zip(told, keys, strict=True))]
        return doc.from_array(["LEMMA"], np.array(found, dtype=np.uint64)[:, None])  # type: ignore[arg-type]

    def _lemma(self, doc: Doc, i: int, key: tuple[int, ...]) -> int:
        if key not in self._known:
            self._known[key] = doc.vocab.strings.add(self.lemmatizer.rule_lemmatize(doc[i])[0])
        return self._known[key]


@Language.factory("kg_lemmas")
def _make(nlp: Language, name: str) -> Lemmas:
    return Lemmas()


def quicken(nlp: Language) -> None:
    """Put it in the place of the model's own, where the model has one by rules."""
    own = nlp.get_pipe(NAME) if nlp.has_pipe(NAME) else None
    if isinstance(own, Lemmatizer) and own.mode == "rule":
        nlp.replace_pipe(NAME, "kg_lemmas")
        nlp.get_pipe(NAME).lemmatizer = own  # type: ignore[attr-defined]
        index = own.lookups.get_table("lemma_index")
        for part_of_speech, forms in list(index.items()):
            index[part_of_speech] = dict.fromkeys(forms)  # lists of ten thousands, searched for each new word
