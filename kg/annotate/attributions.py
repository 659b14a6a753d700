"""Who says so: sources, cues and contents of quotations and indirect speech, and the chains they form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.annotate import drafts
from kg.annotate.chains import with_relays
from kg.annotate.contents import Quotes, Range
from kg.annotate.cues import Cues
from kg.annotate.drafts import Draft
from kg.annotate.parsed import Doc
from kg.annotate.rivals import audible, without_each_other, without_rivals
from kg.annotate.sources import mention_of, source_spans
from kg.annotate.speakers import spoken
from kg.annotate.voices import Types, types_of
from kg.data import Folder
from kg.model import Attribution, Mention, Quoted, Span

# quoted words are speech from this many characters on, or if a mark of punctuation ends them; fewer are a scare quote
SPEECH = 25
ENDS = frozenset(".,?!…")


class AttributionFinder:
    """Finds attributions with the cues of `wordings/cues.yaml`."""

    def __init__(self, folder: Folder) -> None:
        self.cues = Cues.load(folder)

    def __call__(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
        """Sorted by the cue (or the content where there is none); `outer` counts in this order."""
        quotes = Quotes.of(doc)
        found = sorted(self._drafts(doc, quotes, types_of(mentions)), key=lambda draft: (draft.anchor, draft.content))
        relays = {draft.through for draft in found}
        text = doc.text  # joined anew at every call
        done = [_finished(doc, text, draft, quotes, mentions, draft.anchor in relays) for draft in found]
        return _chained(found, done)

    def _drafts(self, doc: Doc, quotes: Quotes, types: Types) -> list[Draft]:
        found = [
            *drafts.verbs(doc, quotes, self.cues, types),
            *drafts.nouns(doc, quotes, self.cues, types),
            *drafts.adjectives(doc, quotes, self.cues, types),
            *drafts.holders(doc, self.cues),
            *drafts.polls(doc, quotes, self.cues),
            *drafts.possessive_holders(doc, self.cues),
        ]
        every = spoken(doc, quotes, with_relays(doc, found, self.cues, quotes, types), self.cues, types)
        heard = audible(doc, without_rivals(doc, [draft for draft in every if draft.content]))
        return without_each_other(doc, heard, quotes)


def _finished(
    doc: Doc, text: str, draft: Draft, quotes: Quotes, mentions: Sequence[Mention], relays: bool
) -> Attribution:
    """`relays`: this one passes on another's words, so that quoted ones are not its own."""
    sources = list(source_spans(draft.heads, draft.cue))
    content = tuple(_characters(doc, piece) for piece in draft.content)
    cue = tuple(_characters(doc, (i, i + 1)) for i in draft.cue)
    quoted, words = ("indirect", ()) if relays else _quoted(text, content, cue, quotes)
    return Attribution(
        sources=tuple(span for span, _ in sources),
        source_mentions=tuple(mention_of(token, mentions) for _, token in sources),
        cue=cue,
        content=content,
        stance=draft.stance,
        quoted=quoted,
        quotes=words,
        lemma=draft.lemma,
        said=draft.said,
        medium=draft.kind == "medium",
    )


def _characters(doc: Doc, piece: Range) -> Span:
    return Span(doc[piece[0]].idx, doc[piece[1] - 1].idx + len(doc[piece[1] - 1]))


def _quoted(text: str, content: Sequence[Span], cue: Sequence[Span], quotes: Quotes) -> tuple[Quoted, tuple[Span, ...]]:
    """Direct where next to nothing but quoted words, more than a scare quote, is in the content.

    Marks that hold the cue too are those of another's words.
    """
    own = [quote for quote in quotes.all if not any(quote.span.covers(word) for word in cue)]
    inside = [quote for quote in own if any(piece.overlaps(quote.inner) for piece in content)]
    if not inside:
        return "indirect", ()
    covered = sum(max(0, min(p.end, q.span.end) - max(p.start, q.span.start)) for p in content for q in inside)
    whole = sum(piece.end - piece.start for piece in content)
    words = tuple(quote.inner for quote in inside)
    speech = whole >= SPEECH or any(text[quote.end - 1 : quote.end] in ENDS for quote in words)
    return ("direct" if speech and covered >= 0.9 * whole else "mixed"), words


def _chained(found: Sequence[Draft], done: list[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with the one that passes it on, else the smallest one around its cue, as `outer`; never in a circle."""
    by_anchor = {draft.anchor: number for number, draft in enumerate(found)}
    for number, draft in enumerate(found):
        outer = by_anchor.get(draft.through) if draft.through in by_anchor else _around(number, found, done)
        if outer is not None and not _reaches(done, outer, number):
            done[number] = replace(done[number], outer=outer)
    return tuple(_own_words(one, number, found, done) for number, one in enumerate(done))


def _own_words(one: Attribution, number: int, found: Sequence[Draft], done: Sequence[Attribution]) -> Attribution:
    """Without the quoted words of whom it reports: " "...," he said, according to notes" quotes him alone."""
    inner = [
        other
        for other, draft in zip(done, found, strict=True)
        if other.outer == number or _beside(draft, found[number])
    ]
    taken = {quote for other in inner for quote in other.quotes}
    if taken.isdisjoint(one.quotes):
        return one
    left = tuple(quote for quote in one.quotes if quote not in taken)
    return replace(one, quotes=left, quoted="mixed" if left else "indirect")


def _beside(draft: Draft, phrase: Draft) -> bool:
    return phrase.kind == "holder" and draft.kind == "quote"


def _around(number: int, found: Sequence[Draft], done: Sequence[Attribution]) -> int | None:
    """The smallest content around the cue, of two the one that is passed on itself; else the verb whose object the cue is."""
    one = done[number]
    place = one.sources[0] if one.medium else one.cue[0] if one.cue else one.content[0]
    around = [
        (sum(piece.end - piece.start for piece in other.content), found[index].through is None, index)
        for index, other in enumerate(done)
        if index != number and any(piece.covers(place) for piece in other.content)
    ]
    if not around and found[number].kind == "noun":
        governor = found[number].governor
        return next((index for index, draft in enumerate(found) if draft.anchor == governor), None)
    return min(around)[-1] if around else None


def _reaches(done: Sequence[Attribution], start: int, goal: int) -> bool:
    at: int | None = start
    while at is not None:
        if at == goal:
            return True
        at = done[at].outer
    return False
