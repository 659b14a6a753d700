"""Headlines, bylines, datelines, captions and boilerplate told from body text, and text levelled, without changing an offset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from kg.data import bundled
from kg.model import Block, BlockKind, Span

# One character for one: curly quotes, dashes and odd spaces as the models know them.
LEVELLED = str.maketrans(
    {
        "’": "'", "‘": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "–": "-", "‒": "-", "−": "-", "‐": "-", "‑": "-",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\t": " ",
        "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n",
    }
)  # fmt: skip
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_SENTENCE_END = re.compile(r"[.!?:;][\"')\]]*$")
HEADLINE_WORDS = 25  # a longer line without a final mark is a sentence that lost it
WRAPPED_LINES = 4  # a text of fewer lines shows no habit of wrapping
WRAPPED_WIDTH = (50, 100)  # characters in a line of a text with hard line breaks


def level(text: str) -> str:
    """The text with typographic variants levelled; same length, same offsets.

    >>> level("“It’s over”")
    '"It\\'s over"'
    """
    return text.translate(LEVELLED)


def prose(text: str, blocks: Sequence[Block]) -> str:
    """Levelled text in which a line break inside a block is a space (hard-wrapped lines read as one), and so is every character of a list
    of links that a page sets into a sentence.

    >>> prose("Ann Lee Ann Mary LeeBo Falk's plan fails MORE said so.", ())
    'Ann Lee                                       said so.'
    """
    levelled = _without_insets(level(text))
    parts, last = [], 0
    for block in blocks:
        parts += [levelled[last : block.span.start], block.span.of(levelled).replace("\n", " ")]
        last = block.span.end
    return "".join([*parts, levelled[last:]])


def _without_insets(text: str) -> str:
    found = rules()
    for pattern in found.inset if any(mark in text for mark in found.inset_marks) else ():
        for match in pattern.finditer(text):
            start, end = match.span("inset")
            text = text[:start] + " " * (end - start) + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Rules:
    """lexicon/layout.yaml, compiled."""

    boilerplate: tuple[re.Pattern[str], ...]
    byline: tuple[re.Pattern[str], ...]
    dateline: tuple[re.Pattern[str], ...]
    credit: tuple[re.Pattern[str], ...]
    inset: tuple[re.Pattern[str], ...]
    inset_marks: tuple[str, ...]  # of which an article with insets has one
    place: re.Pattern[str]
    dash: re.Pattern[str]
    caption_words: int

    @classmethod
    def of(cls, data: dict[str, Any]) -> Rules:
        names = ("boilerplate", "byline", "dateline", "credit", "inset")
        lists = {name: tuple(map(re.compile, data[name])) for name in names}
        place, dash = re.compile(data["dateline_place"]), re.compile(data["dateline_dash"])
        marks = tuple(data["inset_marks"])
        return cls(**lists, inset_marks=marks, place=place, dash=dash, caption_words=data["caption_words"])


@cache
def rules() -> Rules:
    return Rules.of(bundled().yaml("lexicon/layout.yaml"))


def layout(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; white space between them belongs to none.

    >>> [b.kind for b in layout("Talks fail again\\n\\nBy Ann Lee\\n\\nThe talks in Oslo failed on Monday.")]
    ['headline', 'byline', 'body']
    """
    levelled = level(text)
    pieces = list(_pieces(levelled))
    blocks: list[Block] = []
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        blocks += _classify(levelled, piece, after, first=not any(b.kind == "body" for b in blocks))
    return tuple(blocks)


def _pieces(text: str) -> Iterator[Span]:
    """Paragraphs where lines are hard-wrapped, else lines."""
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text)]
    if not _hard_wrapped(text, lines):
        yield from lines
        return
    run: list[Span] = []
    for line in lines:
        if run and "\n" in text[run[-1].end : line.start].replace("\n", "", 1):
            yield Span(run[0].start, run[-1].end)
            run = []
        run.append(line)
    if run:
        yield Span(run[0].start, run[-1].end)


def _hard_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether most lines that another one follows at once stop in the middle of a sentence at about one width."""
    inner = [a for a, b in pairwise(lines) if text[a.end : b.start].count("\n") == 1]
    if len(inner) < WRAPPED_LINES:
        return False
    low, high = WRAPPED_WIDTH
    broken = [a for a in inner if low <= a.end - a.start <= high and not _SENTENCE_END.search(a.of(text))]
    return len(broken) > 0.6 * len(inner)


def _classify(text: str, piece: Span, after: Span | None, first: bool) -> list[Block]:
    words = piece.of(text).replace("\n", " ")
    found = rules()
    if any(pattern.search(words) for pattern in found.boilerplate):
        kind: BlockKind = "dateline" if first and found.dash.search(words) else "boilerplate"
        return [Block(piece, kind)]
    if first and after and found.place.search(words) and found.dash.search(after.of(text)):
        return [Block(piece, "dateline")]
    if any(pattern.search(words) for pattern in found.byline):
        return [Block(piece, "byline")]
    return _caption(piece, words, found) or _dateline(piece, words, found) or [Block(piece, _prose_kind(words))]


def _caption(piece: Span, words: str, found: Rules) -> list[Block] | None:
    if len(words.split()) > found.caption_words:
        return None
    credit = next((match for pattern in found.credit if (match := pattern.search(words))), None)
    if credit is None:
        return None
    before = words[: credit.start()].rstrip()
    blocks = [Block(Span(piece.start, piece.start + len(before)), "caption")] if before else []
    return [*blocks, Block(Span(piece.start + credit.start(), piece.end), "boilerplate")]


def _dateline(piece: Span, words: str, found: Rules) -> list[Block] | None:
    match = next((m for pattern in found.dateline if (m := pattern.search(words))), None)
    if match is None or match.end("dateline") == len(words):
        return None
    place = match.group("dateline").rstrip()
    return [
        Block(Span(piece.start, piece.start + len(place)), "dateline"),
        Block(Span(piece.start + match.end("dateline"), piece.end), "body"),
    ]


def _prose_kind(words: str) -> BlockKind:
    """A short line without a final mark is a headline or a heading."""
    short = len(words.split()) <= HEADLINE_WORDS
    return "headline" if short and not _SENTENCE_END.search(words) and not words.endswith(('"', ",")) else "body"
