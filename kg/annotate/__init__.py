"""annotate: what stands in an article's text. The only stage with spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import tee

from spacy.language import Language

from kg.annotate import parser
from kg.annotate.attributions import AttributionFinder
from kg.annotate.clauses import ClauseFinder
from kg.annotate.coreference import Coreference
from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.mentions import MentionFinder
from kg.annotate.parsed import Doc
from kg.annotate.quantities import QuantityFinder
from kg.annotate.times import TimeFinder
from kg.data import Folder
from kg.gazetteer import Gazetteer
from kg.model import Annotated, Article, Block, BlockKind, Sentence, Span


@dataclass(frozen=True, slots=True)
class Annotator:
    """The language model with every finder, loaded once and used for all articles."""

    nlp: Language
    mentions: MentionFinder
    times: TimeFinder
    quantities: QuantityFinder
    attributions: AttributionFinder
    clauses: ClauseFinder
    coreference: Coreference

    @classmethod
    def load(cls, folder: Folder, gazetteer: Gazetteer, model: str = parser.DEFAULT_MODEL) -> Annotator:
        """Raises OSError when the model is not installed."""
        nlp, words = parser.load(model), EntityLexicon.load(folder)
        parser.keep_whole(nlp, (word for word in words.titles | words.honorifics if word.endswith(".")))
        return cls(
            nlp=nlp,
            mentions=MentionFinder(folder, gazetteer),
            times=TimeFinder(folder),
            quantities=QuantityFinder(folder),
            attributions=AttributionFinder(folder),
            clauses=ClauseFinder(folder),
            coreference=Coreference(folder, gazetteer),
        )

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotated]:
        """One `Annotated` for each article, in order."""
        left, right = tee(articles)
        for article, doc in zip(left, parser.parse(self.nlp, right), strict=True):
            found = self.read(article, doc)
            doc.forget()
            yield found

    def read(self, article: Article, doc: Doc) -> Annotated:
        """What stands in one parsed article."""
        mentions = self.mentions(doc)
        times = self.times(doc, article.published)
        attributions = self.attributions(doc, mentions)
        clauses = self.clauses(doc, mentions)
        blocks: Sequence[Block] = doc.user_data["blocks"]
        return Annotated(
            article=article,
            blocks=tuple(blocks),
            sentences=sentences(doc, blocks),
            mentions=mentions,
            clauses=clauses,
            attributions=attributions,
            times=times,
            quantities=self.quantities(doc, times),
            entities=self.coreference(doc, mentions, clauses, attributions, article.published),
        )


def sentences(doc: Doc, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """The sentences of the text without surrounding white space, each with the kind of its block."""
    found = []
    for sent in doc.sents:
        text = sent.text
        start = sent.start_char + len(text) - len(text.lstrip())
        end = sent.start_char + len(text.rstrip())
        if start < end:
            found.append(Sentence(Span(start, end), _block_kind(start, blocks)))
    return tuple(found)


def _block_kind(offset: int, blocks: Sequence[Block]) -> BlockKind:
    return next((block.kind for block in blocks if block.span.start <= offset < block.span.end), "body")
