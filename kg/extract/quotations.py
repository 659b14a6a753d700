"""Quotations as statements: who said which words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.chain import chain
from kg.extract.confidence import confidence
from kg.extract.context import Context
from kg.extract.when import time_of
from kg.model import Attribution, Literal_, Ref, Span, Statement

FRAGMENT_WORDS = (
    5  # shorter quoted pieces inside indirect speech are the reporter's sentence, no quotation of their own
)


def quotations(context: Context) -> Iterator[Statement]:
    """A `said` statement for each direct quotation, and for each long quoted passage in indirect speech, with a known speaker."""
    for attribution in context.annotated.attributions:
        quotes = _worth(context, attribution)
        for mention in attribution.source_mentions:
            speaker = context.ref(mention)
            if quotes and speaker:
                yield _said(context, attribution, speaker, quotes)


def _worth(context: Context, attribution: Attribution) -> tuple[Span, ...]:
    """The quotes that are a quotation: all of direct speech, the long ones of mixed."""
    quotes = attribution.quotes
    words = sum(len(quote.of(context.text).split()) for quote in quotes)
    if attribution.quoted == "direct" and quotes and (words >= FRAGMENT_WORDS or _closed(context, quotes[-1])):
        return quotes
    return tuple(quote for quote in quotes if len(quote.of(context.text).split()) >= FRAGMENT_WORDS)


def _closed(context: Context, quote: Span) -> bool:
    """Whether a mark of a sentence ends the quoted words, within the quotation marks or right behind them."""
    around = context.text[quote.end - 1 : quote.end + 2]
    return any(mark in around for mark in ".,?!…")


def _said(context: Context, attribution: Attribution, speaker: Ref, quotes: tuple[Span, ...]) -> Statement:
    words = Span(quotes[0].start, quotes[-1].end)
    cue = attribution.cue[0] if attribution.cue else None
    outer = tuple(s for s in chain(context, cue or speaker.span) if s.span != speaker.span)
    features = ("quotation", attribution.quoted, *(() if cue else ("no-cue",)))
    return Statement(
        kind="quotation",
        predicate="said",
        subject=speaker,
        object=Literal_(" … ".join(q.of(context.text) for q in quotes), "string", words),
        trigger=cue,
        evidence=context.evidence(words, speaker.span),
        polarity="positive",
        certainty="certain",
        tense="past",
        chain=outer,
        time=time_of(context, cue) if cue else None,
        confidence=confidence(features),
        extractor="quotation",
        features=features,
    )
