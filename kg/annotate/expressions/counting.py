"""What a figure counts: the head noun, by syntax; and numbers that turn out to count nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from kg.annotate.expressions.figures import Figure
from kg.annotate.expressions.words import Word
from kg.model import Quantity, Span

_NOUNS = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Counted:
    noun: Span | None
    additional: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    additional: frozenset[str]
    additional_after: frozenset[str]
    not_counted: frozenset[str]

    @classmethod
    def load(cls, data: Any) -> Counting:
        return cls(frozenset(data["additional"]), frozenset(data["additional-after"]), frozenset(data["not-counted"]))

    def of(self, doc: Doc, words: Sequence[Word], figure: Figure, before: Sequence[Quantity]) -> Counted | None:
        """What a figure counts, or None where it is no quantity ("one" as a pronoun)."""
        piece = doc.char_span(words[figure.number].start, words[figure.number].end, alignment_mode="expand")
        if piece is None:
            return Counted(None)
        noun = self._noun(doc, words, figure, piece.root)
        if (
            words[figure.number].lower == "one"
            and figure.low == figure.high == 1
            and figure.unit is None
            and not self._one_counts(words, figure, noun)
        ):
            return None
        if noun is None and figure.unit is None:
            return Counted(self._antecedent(doc, words, figure, piece.root, before), self._more(words, figure, None))
        return Counted(
            Span(noun.idx, noun.idx + len(noun)) if noun is not None else None, self._more(words, figure, noun)
        )

    def _noun(self, doc: Doc, words: Sequence[Word], figure: Figure, token: Token) -> Token | None:
        if figure.unit is not None and not figure.money and figure.unit not in ("percent", "times"):
            return None
        if figure.unit is not None:
            last = doc.char_span(words[figure.end - 1].start, words[figure.end - 1].end, alignment_mode="expand")
            return _after_of(last.root) if last is not None else None
        top = token
        while (
            top.dep_ in ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod")
            and top.head.i > top.i
            and top.head.i - token.i < 8
        ):
            top = top.head
            if top.pos_ in _NOUNS and top.dep_ not in ("compound", "nmod", "quantmod"):
                return top
        if top is not token and top.pos_ in _NOUNS:
            return top
        return _after_of(token)

    def _one_counts(self, words: Sequence[Word], figure: Figure, noun: Token | None) -> bool:
        after = words[figure.end].lower if figure.end < len(words) else ""
        previous = words[figure.first - 1].lower if figure.first else ""
        if (
            previous in ("no", "any", "every", "each", "some", "the", "this", "that", "another", "which")
            or after in self.not_counted
        ):
            return False
        return noun is not None

    def _more(self, words: Sequence[Word], figure: Figure, noun: Token | None) -> bool:
        """ "another 25,000", "25,000 more troops", "additional"."""
        near = [w.lower for w in words[max(0, figure.first - 3) : figure.first]]
        after = words[figure.end].lower if figure.end < len(words) else ""
        return bool(self.additional.intersection(near[-2:])) or (after in self.additional_after and after != "other")

    def _antecedent(
        self, doc: Doc, words: Sequence[Word], figure: Figure, token: Token, before: Sequence[Quantity]
    ) -> Span | None:
        """The noun that an elliptic figure takes over in its sentence: "15,000 soldiers, of whom 600"."""
        near = [w.lower for w in words[max(0, figure.first - 6) : figure.first]] + [
            w.lower for w in words[figure.end : figure.end + 3]
        ]
        partitive = any(a == "of" and b in ("whom", "which", "them") for a, b in zip(near, near[1:], strict=False))
        if not partitive:
            return None
        start = token.sent.start_char
        earlier = [q for q in before if q.span.start >= start and q.counted is not None and q.unit is None]
        return earlier[-1].counted if earlier else None


def _after_of(token: Token) -> Token | None:
    """The noun of an of-phrase: "600 of the soldiers", "dozens of people"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return (
                        _after_of(noun) or noun
                        if noun.lower_ in ("hundreds", "thousands", "millions", "dozens", "tens")
                        else noun
                        if noun.pos_ in _NOUNS
                        else None
                    )
    return None
