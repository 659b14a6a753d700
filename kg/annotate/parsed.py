"""A parsed text as plain objects, made once of what the language model says: what the finders read.

It answers as spaCy's Doc, Token and Span do, in the words the finders use. spaCy makes an object at every question and looks each word up
in a table of strings; the finders ask some thousand times a sentence, and that cost as much as the parsing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, overload

from spacy.tokens import Doc as SpacyDoc

WRAP = 2**64  # an offset to the left is a large number in an unsigned array
STRINGS = ("LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
NUMBERS = ("ORTH", "HEAD", "SPACY", "SENT_START", "ENT_IOB", "IS_PUNCT", "IS_QUOTE", "LIKE_NUM")
IOB = ("", "I", "O", "B")


class Token:
    """One word. `lefts` and `rights` are its dependents in text order; a root is its own head."""

    __slots__ = (
        "children", "dep_", "doc", "end", "ent_iob_", "ent_type_", "head", "i", "idx", "is_punct", "is_quote", "is_sent_start",
        "left_edge", "lemma_", "like_num", "lower_", "pos_", "right_edge", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    idx: int
    end: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    ent_iob_: str
    whitespace_: str
    is_punct: bool
    is_quote: bool
    like_num: bool
    is_sent_start: bool
    head: Token
    children: tuple[Token, ...]
    left_edge: Token
    right_edge: Token
    sent: Span

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def lefts(self) -> list[Token]:
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        return [child for child in self.children if child.i > self.i]

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_title(self) -> bool:
        return self.text.istitle()

    @property
    def is_lower(self) -> bool:
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()

    def nbor(self, step: int = 1) -> Token:
        """The word so many places further; raises IndexError outside the text."""
        if self.i + step < 0:
            raise IndexError(self.i + step)
        return self.doc.tokens[self.i + step]

    @property
    def ancestors(self) -> Iterator[Token]:
        """What governs it, nearest first."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    @property
    def subtree(self) -> list[Token]:
        """It and all that depends on it, in text order where no arcs cross."""
        if not self.children:
            return [self]
        before = [word for child in self.children if child.i < self.i for word in child.subtree]
        return [*before, self, *(word for child in self.children if child.i > self.i for word in child.subtree)]

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The other members of its co-ordination."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for word in found:
            found.extend(child for child in word.rights if child.dep_ == "conj")
        return tuple(word for word in found if word is not self)


@dataclass(frozen=True, slots=True)
class Span:
    """The words from `start` to before `end`."""

    doc: Doc
    start: int
    end: int
    label_: str = ""

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, at: int) -> Token:
        return self.doc.tokens[self.start + at if at >= 0 else self.end + at]

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def start_char(self) -> int:
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        return self.doc.tokens[self.end - 1].end

    @property
    def sent(self) -> Span:
        """The sentence in which it begins."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The first word that is nearest to the sentence's root."""
        words = self.doc.tokens[self.start : self.end] or self.doc.tokens[self.start : self.start + 1]
        tops = [word for word in words if not self.start <= word.head.i < self.end or word.head is word]
        if len(tops) < 2:
            return tops[0] if tops else words[0]
        return min(tops, key=_depth)

    @property
    def noun_chunks(self) -> Iterator[Span]:
        return (chunk for chunk in self.doc.noun_chunks if chunk.start >= self.start and chunk.end <= self.end)


def _depth(word: Token) -> int:
    """Steps to the root; a mark or space that governs nothing comes last."""
    if word.head is not word and not word.children and (word.is_punct or word.is_space):
        return len(word.doc)
    return sum(1 for _ in word.ancestors)


@dataclass(slots=True, eq=False)
class Doc:
    """A text with its words. Equal words of two questions are the same object."""

    text: str
    tokens: list[Token]
    sents: tuple[Span, ...]
    ents: tuple[Span, ...]
    user_data: dict[str, Any]
    chunks: tuple[Span, ...] | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...

    @overload
    def __getitem__(self, at: slice) -> Span: ...

    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self.tokens))
            return Span(self, start, max(start, stop))
        return self.tokens[at]

    def char_span(
        self, start: int, end: int, alignment_mode: Literal["strict", "contract", "expand"] = "strict"
    ) -> Span | None:
        """The words of a piece of the text; None where there are none. Space behind a word belongs to it."""
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        if alignment_mode == "strict":
            return Span(self, first.i, last.i + 1) if first.idx == start and last.end == end else None
        if alignment_mode == "expand":
            return Span(self, first.i + (first.end == start), last.i + 1)
        begin, stop = first.i + (first.idx < start), last.i - (end < last.end)
        return Span(self, begin, stop + 1) if begin <= stop else None

    def _at(self, offset: int) -> Token | None:
        """The word, or the word before the space, at an offset of the text."""
        at = bisect_right(self.tokens, offset, key=_place) - 1
        return self.tokens[at] if at >= 0 and offset < self.tokens[at].end + len(self.tokens[at].whitespace_) else None

    def forget(self) -> None:
        """Let go of the words: they hold each other, and a build runs without the collector that would find them."""
        for word in self.tokens:
            del word.doc, word.head, word.children, word.left_edge, word.right_edge, word.sent
        self.tokens, self.sents, self.ents, self.chunks = [], (), (), None

    @property
    def noun_chunks(self) -> tuple[Span, ...]:
        """Noun phrases without what follows their heads, as spaCy's rules for English find them."""
        if self.chunks is None:
            self.chunks = tuple(_noun_chunks(self))
        return self.chunks


def _place(word: Token) -> int:
    return word.idx


CHUNKS = frozenset(("oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr", "ROOT"))


def _noun_chunks(doc: Doc) -> Iterator[Span]:
    last = -1
    for word in doc.tokens:
        if word.pos_ in ("NOUN", "PROPN", "PRON") and word.left_edge.i > last and _heads_chunk(word):
            last = word.i
            yield Span(doc, word.left_edge.i, word.i + 1)


def _heads_chunk(word: Token) -> bool:
    if word.dep_ in CHUNKS:
        return True
    head = word.head
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    return word.dep_ == "conj" and head.dep_ in CHUNKS


# ---- from the model ----


def plain(doc: SpacyDoc) -> Doc:
    """What the language model says of a text, as plain objects."""
    columns = _columns(doc)
    heads = [(i + offset) % WRAP for i, offset in enumerate(columns["HEAD"])]
    made = Doc(doc.text, [Token() for _ in heads], (), (), doc.user_data)
    _fill(made, columns)
    _tie(made.tokens, heads, doc)
    made.sents = tuple(_sentences(made))
    made.ents = tuple(Span(made, ent.start, ent.end, ent.label_) for ent in doc.ents)
    for sent in made.sents:
        for word in sent:
            word.sent = sent
    return made


def _columns(doc: SpacyDoc) -> dict[str, list[Any]]:
    names = (*STRINGS, *NUMBERS)
    rows = doc.to_array(list(names)).T.tolist() if len(doc) else [[] for _ in names]
    strings = doc.vocab.strings
    columns = dict(zip(names, rows, strict=True))
    for name in (*STRINGS, "ORTH"):
        texts = {key: strings[key] if key else "" for key in set(columns[name])}
        columns[name] = [texts[key] for key in columns[name]]
    return columns


def _fill(doc: Doc, columns: dict[str, list[Any]]) -> None:
    place = 0
    lower = {word: word.lower() for word in set(columns["ORTH"])}
    rows = zip(doc.tokens, *(columns[name] for name in (*STRINGS, *NUMBERS)), strict=True)
    for i, (word, lemma, pos, tag, dep, ent, text, _, space, start, iob, punct, quote, number) in enumerate(rows):
        word.doc, word.i, word.idx, word.text, word.lower_ = doc, i, place, text, lower[text]
        word.lemma_, word.pos_, word.tag_, word.dep_ = lemma, pos, tag, dep
        word.ent_type_, word.ent_iob_ = ent, IOB[iob]
        word.is_punct, word.is_quote, word.like_num = bool(punct), bool(quote), bool(number)
        word.is_sent_start = start == 1
        word.end = place + len(text)
        word.whitespace_ = " " if space else ""
        place = word.end + space


def _tie(words: list[Token], heads: list[int], doc: SpacyDoc) -> None:
    """Heads, dependents, and the edges of what depends on each word."""
    children: list[list[Token]] = [[] for _ in heads]
    for word, head in zip(words, heads, strict=True):
        word.head = words[head]
        if head != word.i:
            children[head].append(word)
    for word, own, told in zip(words, children, doc, strict=True):
        word.children = tuple(own)
        word.left_edge, word.right_edge = words[told.left_edge.i], words[told.right_edge.i]


def _sentences(doc: Doc) -> Iterator[Span]:
    """Without boundaries the whole text is one sentence."""
    start = 0
    for word in doc.tokens[1:]:
        if word.is_sent_start:
            yield Span(doc, start, word.i)
            start = word.i
    if start < len(doc):
        yield Span(doc, start, len(doc))
