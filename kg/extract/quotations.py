"""Quotations as statements: who said which words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.chain import chain
from kg.extract.confidence import confidence
from kg.extract.context import Context
from kg.extract.when import time_of
from kg.model import Attribution, Literal_, Ref, Span, Statement

# Shorter quoted pieces inside indirect speech, or such that say nothing, are the reporter's sentence, no quotation of their own.
FRAGMENT_WORDS = 5

SMALL, LONG_TITLE = 3, 8  # letters of a word that a title may leave small; words of a title


def quotations(context: Context) -> Iterator[Statement]:
    """A `said` statement for each direct quotation, and for each long quoted passage in indirect speech, with a known speaker."""
    for index, attribution in enumerate(context.annotated.attributions):
        quotes = _own(context, index, _worth(context, attribution))
        for mention in attribution.source_mentions if quotes else ():
            speaker = context.ref(mention)
            if speaker and not any(quote.covers(speaker.span) for quote in quotes):
                yield _said(context, attribution, speaker, quotes)


def _own(context: Context, index: int, quotes: tuple[Span, ...]) -> tuple[Span, ...]:
    """The quotes that this source speaks itself: not what holds its own cue, nor what it reports another to have said."""
    found = context.annotated.attributions
    mine = found[index]
    if mine.stance == "belief" or (mine.stance == "factive" and mine.quoted != "direct"):
        return ()
    nearer = [
        one
        for i, one in enumerate(found)
        if i != index and _is_nearer(one, mine, index) and not any(q.covers(cue) for q in quotes for cue in one.cue)
    ]
    return tuple(
        quote
        for quote in quotes
        if not any(quote.covers(cue) for cue in mine.cue)
        and not any(other.covers(quote) for one in nearer for other in one.quotes)
        and not _is_title(context, quote)
    )


def _is_nearer(one: Attribution, mine: Attribution, index: int) -> bool:
    """Whether the words are rather the other's: told through me, or I am named without a word of saying."""
    return one.stance != "belief" and (one.outer == index or (bool(one.cue) and not mine.cue))


def _is_title(context: Context, quote: Span) -> bool:
    """Quotation marks around a name ("The Long Way Home"): every word of weight begins with a capital."""
    words = quote.of(context.text).strip(" ,.").split()
    block = next((s.block for s in context.annotated.sentences if s.span.overlaps(quote)), "body")
    capitals = all(word[:1].isupper() for word in words if len(word) > SMALL)
    return 1 < len(words) <= LONG_TITLE and block != "headline" and capitals


def _worth(context: Context, attribution: Attribution) -> tuple[Span, ...]:
    """The quotes that are a quotation: all of direct speech, the long ones of mixed."""
    quotes = attribution.quotes
    words = sum(len(quote.of(context.text).split()) for quote in quotes)
    if not quotes:
        return ()
    whole = _closed(context, quotes[-1]) and not quotes[0].of(context.text)[:1].islower()
    if attribution.quoted == "direct" and (words >= FRAGMENT_WORDS or whole):
        return quotes
    long = (quote for quote in quotes if len(quote.of(context.text).split()) >= FRAGMENT_WORDS)
    return tuple(quote for quote in long if _speaks(context, quote))


def _speaks(context: Context, quote: Span) -> bool:
    """Whether a verb stands within the quoted words; "a response in the age of machines" says nothing."""
    return any(clause.kind == "verb" and quote.covers(clause.trigger) for clause in context.clauses)


def _closed(context: Context, quote: Span) -> bool:
    """Whether a mark of a sentence ends the quoted words, within the quotation marks or right behind them."""
    around = context.text[quote.end - 1 : quote.end + 2]
    return any(mark in around for mark in ".,?!…")


def _said(context: Context, attribution: Attribution, speaker: Ref, quotes: tuple[Span, ...]) -> Statement:
    words = Span(quotes[0].start, quotes[-1].end)
    cue = attribution.cue[0] if attribution.cue else None
    outer = tuple(s for s in chain(context, cue or speaker.span) if s.span != speaker.span)
    told = context.verbs_at.get(cue) if cue else None
    features = ("quotation", attribution.quoted, *(() if cue else ("no-cue",)))
    return Statement(
        kind="quotation",
        predicate="said",
        subject=speaker,
        object=Literal_(" … ".join(q.of(context.text) for q in quotes), "string", words),
        trigger=cue,
        evidence=context.evidence(words, speaker.span),
        polarity="positive",
        certainty=told.certainty if told else "certain",
        tense="past",
        chain=outer,
        time=time_of(context, cue) if cue else None,
        confidence=confidence(features),
        extractor="quotation",
        features=features,
    )
