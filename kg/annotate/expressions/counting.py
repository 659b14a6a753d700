"""What a figure counts: the head of the counted noun phrase, by syntax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.annotate.expressions.amounts import Figure
from kg.annotate.expressions.figures import number_token
from kg.annotate.expressions.words import Row
from kg.annotate.parsed import Doc, Token
from kg.model import Quantity, Span, TimeExpression

_NOUNS = ("NOUN", "PROPN")
_DEPENDENT = ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod", "det", "predet")
_PARTS = (
    "tens",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "millions",
    "billions",
    "hundred",
    "thousand",
    "million",
    "number",
    "total",
    "majority",
)
_PARALLEL = 80  # characters between two figures of which the second takes over the noun of the first
_LENGTH = ("for", "in", "within", "just", "only", "than", "least", "after", "about", "nearly", "almost")
_WHO = ("whom", "which", "them", "these", "those")


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

    def of(
        self, doc: Doc, row: Row, figure: Figure, before: Sequence[Quantity], times: Sequence[TimeExpression]
    ) -> Counted | None:
        """What a figure counts, or None where it is no quantity ("one" as a pronoun)."""
        token = number_token(doc, row, figure)
        if token is None:
            return Counted(None)
        noun = self._noun(doc, row, figure, token)
        if noun is not None and any(t.span.start <= noun.idx < t.span.end for t in times):
            noun = None  # "2.1 last year" counts no years
        if row.lower(figure.number) == "one" and figure.high == 1 and not self._one_counts(row, figure, noun):
            return None
        more = self._more(row, figure)
        if noun is None and figure.unit is None:
            return Counted(_antecedent(row, figure, token, before), more)
        return Counted(Span(noun.idx, noun.idx + len(noun)) if noun is not None else None, more)

    def _noun(self, doc: Doc, row: Row, figure: Figure, token: Token) -> Token | None:
        if figure.unit is not None and not (figure.unit in ("percent", "times") or figure.money):
            return None
        if figure.unit is not None:
            piece = doc.char_span(row[figure.end - 1].start, row[figure.end - 1].end, alignment_mode="expand")
            return _after_of(piece.root) if piece is not None else None
        while token.dep_ == "conj" and token.head.pos_ == "NUM" and token.head.i < token.i:
            token = token.head  # "between 300 and 400 people"
        return _counted_above(token) or _after_of(token) or _plural_behind(doc, row, figure)

    def _one_counts(self, row: Row, figure: Figure, noun: Token | None) -> bool:
        """Whether "one" is a count ("one soldier", "one of the soldiers") and no pronoun."""
        if row.lower(figure.end - 1) == "day" and row[figure.end - 2].text != "-":
            return row.lower(figure.first - 1) in _LENGTH  # "for one day", not "he will one day return"
        if figure.unit is not None:
            return row.lower(figure.first - 1) != "at"
        if row.lower(figure.end) == "of":
            return row.lower(figure.first - 1) not in ("the", "this", "that", "no", "any", "every", "each")
        if row.lower(figure.first - 1) in (
            "no",
            "any",
            "every",
            "each",
            "some",
            "the",
            "this",
            "that",
            "another",
            "which",
        ):
            return False
        return noun is not None and row.lower(figure.end) not in self.not_counted

    def _more(self, row: Row, figure: Figure) -> bool:
        """As in "another 25,000", "25,000 more troops", "an additional 10"."""
        near = row.row(figure.first - 2, figure.first)
        behind = figure.unit is None and row.lower(figure.end) in self.additional_after
        return behind or bool(self.additional.intersection(near))


def _counted_above(token: Token) -> Token | None:
    """The noun that the number stands before.

    Before a singular head the number counts the noun between ("a 12-member team": members).
    """
    top = token
    while top.dep_ in _DEPENDENT and top.head.i > top.i and top.head.i - token.i < 8:
        top = top.head
        if top.pos_ in _NOUNS and top.dep_ not in ("compound", "nmod", "quantmod"):
            break
    if top is token or top.pos_ not in _NOUNS:
        return None
    inner = next((t for t in token.doc[token.i + 1 : token.i + 3] if t.text != "-"), None)
    singular = top.tag_ == "NN" and token.lower_ not in ("one", "1")
    if singular and inner is not None and inner.i < top.i and inner.tag_ == "NN":
        return inner
    return top


def _plural_behind(doc: Doc, row: Row, figure: Figure) -> Token | None:
    """The plural noun right behind the figure, adjectives between, where the parser sees no tie."""
    piece = (
        doc.char_span(row[figure.end].start, row[figure.end].end, alignment_mode="expand")
        if row[figure.end].kind == "word"
        else None
    )
    token = piece[0] if piece is not None and len(piece) else None
    while token is not None and token.pos_ in ("ADJ", "NOUN", "PROPN") and token.i + 1 < len(doc):
        if token.tag_ == "NNS":
            return token
        token = token.nbor()
    return None


def _after_of(token: Token) -> Token | None:
    """The noun of an of-phrase: "600 of the soldiers", "dozens of people", "half of its budget"."""
    for preposition in token.children:
        if preposition.dep_ != "prep" or preposition.lower_ != "of":
            continue
        for noun in preposition.children:
            if noun.dep_ == "pobj" and noun.pos_ in _NOUNS:
                return _after_of(noun) or noun if noun.lower_ in _PARTS else noun
            if noun.dep_ == "pobj" and noun.pos_ == "NUM":
                return _after_of(noun)
    return None


def _antecedent(row: Row, figure: Figure, token: Token, before: Sequence[Quantity]) -> Span | None:
    """The noun that an elliptic figure takes over in its sentence: "15,000 soldiers, of whom 600 …", "… killed and 30 wounded"."""
    near = (*row.row(figure.first - 6, figure.first), "", *row.row(figure.end, figure.end + 2))
    partitive = any((pair[0] == "of" and pair[1] in _WHO) or pair == ("out", "of") for pair in pairwise(near))
    parallel = row.lower(figure.first - 1) in ("and", ",", "another") and _befallen(token)
    if not partitive and not parallel:
        return None
    start = token.sent.start_char
    earlier = [q for q in before if q.span.start >= start and q.counted is not None and q.unit is None]
    if not earlier or (parallel and token.idx - earlier[-1].span.end > _PARALLEL):
        return None
    return earlier[-1].counted


def _befallen(number: Token) -> bool:
    """As in "20 soldiers were killed and 30 wounded", "… and another 5 are missing"."""
    after = number.nbor() if number.i + 1 < len(number.doc) else None
    return after is not None and (after.tag_ in ("VBN", "VBD") or after.lemma_ in ("be", "missing", "dead"))
