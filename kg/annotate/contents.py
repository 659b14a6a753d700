"""What is said: the words a cue governs, as ranges of tokens (first, after the last)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.annotate.quotations import Quotation
from kg.annotate.sources import SUBJECTS

Range = tuple[int, int]
# what belongs to the inserted clause ", a spokesman said on Monday in Seoul," beside verb and subject
WITH_CUE = frozenset({"aux", "auxpass", "neg", "advmod", "npadvmod", "prt", "prep", "dobj", "dative", "agent", "oprd", "tmod"})


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations of a Doc, by token: `spans[k]` is the range of quotation k with its marks."""

    all: tuple[Quotation, ...]
    spans: tuple[Range, ...]

    @classmethod
    def of(cls, doc: Doc, found: Sequence[Quotation]) -> Quotes:
        kept, spans = [], []
        for quote in found:
            span = doc.char_span(quote.span.start, quote.span.end, alignment_mode="expand")
            if span is not None and span.end > span.start:
                kept.append(quote)
                spans.append((span.start, span.end))
        return cls(tuple(kept), tuple(spans))

    def at(self, token: int) -> int | None:
        """The quotation that holds the token."""
        return next((k for k, (start, end) in enumerate(self.spans) if start <= token < end), None)

    def starting(self, token: int) -> int | None:
        return next((k for k, (start, _) in enumerate(self.spans) if start == token), None)

    def ending(self, token: int) -> int | None:
        """The quotation whose last token this is."""
        return next((k for k, (_, end) in enumerate(self.spans) if end == token + 1), None)

    def run(self, k: int) -> list[int]:
        """The quotation with those that carry it on in the paragraphs before and after."""
        first = k
        while first > 0 and self.all[first].follows:
            first -= 1
        last = k
        while last + 1 < len(self.all) and self.all[last + 1].follows:
            last += 1
        return list(range(first, last + 1))


def complement(verb: Token, deps: frozenset[str]) -> Token | None:
    """The clause a cue governs to its right."""
    return next((child for child in verb.children if child.dep_ in deps and child.i > verb.i), None)


def subtree(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def cue_region(verb: Token, quotes: Quotes) -> Range:
    """The cue verb with its subject and adverbials: the words of an inserted clause."""
    parts = {verb.i}
    for child in verb.children:
        if child.dep_ in WITH_CUE or child.dep_ in SUBJECTS:
            parts.update(t.i for t in child.subtree)
    start = end = verb.i
    while start - 1 in parts and quotes.ending(start - 1) is None:
        start -= 1
    while end + 1 in parts and quotes.starting(end + 1) is None:
        end += 1
    return start, end + 1


def trimmed(doc: Doc, content: Range) -> Range:
    """Without white space and punctuation at its ends; quotation marks, and what ends a sentence inside one, stay."""
    start, end = content
    while start < end and (doc[start].is_space or (doc[start].is_punct and not doc[start].is_quote)):
        start += 1
    while start < end and (doc[end - 1].is_space or (doc[end - 1].is_punct and not doc[end - 1].is_quote)):
        end -= 1
    return start, end


def merged(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Sorted, overlapping and touching ranges joined."""
    found: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def without(content: Range, hole: Range) -> tuple[Range, ...]:
    """The content with a hole cut out."""
    return tuple((a, b) for a, b in ((content[0], min(content[1], hole[0])), (max(content[0], hole[1]), content[1])) if a < b)
