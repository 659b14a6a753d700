"""Headlines, bylines, datelines, captions and boilerplate told from body text, and text levelled, without changing an offset."""

from __future__ import annotations

import re

from kg.model import Block, Span

# One character for one: curly quotes, dashes and odd spaces as the models know them.
LEVELLED = str.maketrans({"’": "'", "‘": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
                          "–": "-", "‒": "-", "−": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2028": "\n", "\u2029": "\n"})


def level(text: str) -> str:
    """The text with typographic variants levelled; same length, same offsets.

    >>> level("“It’s over”")
    '"It\\'s over"'
    """
    return text.translate(LEVELLED)


def layout(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; white space between them belongs to none."""
    return tuple(Block(Span(m.start(), m.end()), "body") for m in re.finditer(r"\S[^\n]*(?<=\S)", text))
