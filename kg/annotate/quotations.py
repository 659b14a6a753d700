"""Quoted words: pairs of marks in levelled text, double or single, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.parsed import Doc
from kg.model import Block, Span

DOUBLE = re.compile(r"\"|''|``")
# an apostrophe opens only before a word and after white space or an opening sign; 'em, '90s and the like are elisions
SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[\-:]))'(?=\w)(?!\d0s|(?:em|til|tis|twas|cause|round|bout|n)\b)")
SINGLE_CLOSE = re.compile(r"(?<=[^\s'(\[])'(?!\w|')")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: `span` with the marks, `inner` without. `follows`: carries on the paragraph before."""

    span: Span
    inner: Span
    follows: bool = False


def quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The quotations of a Doc in text order; those inside another are left to it."""
    blocks: Sequence[Block] = doc.user_data.get("blocks", ())
    text = doc.text  # joined anew at every call
    spans = [block.span for block in blocks] or [Span(0, len(text))]
    doubles = list(_doubles(text, spans))
    singles = [quote for span in spans for quote in _singles(text, span, doubles)]
    kept = [q for q in doubles if not any(s.span.covers(q.span) for s in singles)]
    return tuple(sorted(kept + singles, key=lambda quote: quote.span))


def _doubles(text: str, blocks: Sequence[Span]) -> Iterator[Quotation]:
    """A quotation left open at a paragraph's end goes on where the next begins with a mark; it ends where its block ends."""
    carried = False
    for block in blocks:
        opened: list[re.Match[str]] = []  # marks that wait for theirs: the later ones stand within quoted words
        closed: list[Quotation] = []
        follows = carried
        for mark in DOUBLE.finditer(text, block.start, block.end):
            closes = bool(opened) and _closes(text, mark, block)
            if not closes and _opens(text, mark, block):
                opened.append(mark)
            elif closes:
                whole = _between(opened.pop(), mark.start(), mark.end(), block, follows)
                closed = [*(one for one in closed if not whole.span.covers(one.span)), whole]
        carried = bool(opened) and not any(opened[-1].end() <= one.span.start for one in closed)
        yield from closed
        if carried:
            yield _between(opened[-1], block.end, block.end, block, follows)


def _between(opened: re.Match[str], inner: int, end: int, block: Span, follows: bool) -> Quotation:
    start = opened.start()
    return Quotation(Span(start, end), Span(opened.end(), inner), follows and start == block.start)


def _opens(text: str, mark: re.Match[str], block: Span) -> bool:
    return mark.end() < block.end and not text[mark.end()].isspace() and text[mark.end()] not in ",.;!?)"


def _closes(text: str, mark: re.Match[str], block: Span) -> bool:
    return mark.start() > block.start and not text[mark.start() - 1].isspace() and text[mark.start() - 1] not in "(["


def _singles(text: str, block: Span, doubles: Sequence[Quotation]) -> Iterator[Quotation]:
    free = block.start
    for mark in SINGLE_OPEN.finditer(text, block.start, block.end):
        if mark.start() < free or any(q.span.start <= mark.start() < q.span.end for q in doubles):
            continue
        after = SINGLE_OPEN.search(text, mark.end(), block.end)
        limit = after.start() if after else block.end
        ends = [m.start() for m in SINGLE_CLOSE.finditer(text, mark.end(), limit)]
        if ends:
            end = _best_end(text, ends)
            free = end + 1
            yield Quotation(Span(mark.start(), end + 1), Span(mark.end(), end))


def _best_end(text: str, ends: list[int]) -> int:
    """A plural's apostrophe looks like a closing mark, but does not follow punctuation or a letter other than s."""
    punctuated = [end for end in ends if text[end - 1] in ".,!?;:-"]
    plain = [end for end in ends if text[end - 1] not in "sS"]
    return (punctuated or plain or ends)[0]
