"""A parsed Doc as plain tuples, one entry a token: what the clause rules read, fast, and easy to repair by a changed arc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.annotate.parsed import Doc, Token
from kg.model import Span

# spaCy leaves the label of a token without arc empty; such a token is a root of its own.
ROOT = "ROOT"


@dataclass(frozen=True, slots=True)
class Tree:
    """Tokens by index. `head[i] == i` at a root; `kids[i]` are in text order; `sentence` counts `doc.sents` from 0."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    kids: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]  # first token and end of each sentence
    block: tuple[str, ...]  # kind of block of each sentence

    def __len__(self) -> int:
        return len(self.words)

    def children(self, i: int, *labels: str) -> list[int]:
        """The dependents of `i` under one of the labels, in text order."""
        kids, dep = self.kids[i], self.dep
        return [kid for kid in kids if dep[kid] in labels] if kids else []  # most words have none

    def child(self, i: int, *labels: str) -> int | None:
        dep = self.dep
        for kid in self.kids[i]:  # asked half a million times in sixty articles
            if dep[kid] in labels:
                return kid
        return None

    def ancestors(self, i: int) -> Iterator[int]:
        """The governors of `i`, nearest first. Ends also on an arc that a repair bent into a circle."""
        for _ in range(len(self)):
            if self.head[i] == i:
                return
            i = self.head[i]
            yield i

    def edges(self, i: int) -> tuple[int, int]:
        """First and last token of the subtree of `i`."""
        low = high = i
        todo, seen = [i], {i}
        while todo:
            for kid in self.kids[todo.pop()]:
                if kid not in seen:
                    seen.add(kid)
                    todo.append(kid)
                    low, high = min(low, kid), max(high, kid)
        return low, high

    def span(self, first: int, last: int) -> Span:
        return Span(self.starts[first], self.ends[last])

    def between(self, left: int, right: int) -> range:
        return range(left + 1, right)

    def attach(self, changes: dict[int, tuple[int, str]]) -> Tree:
        """The tree with other arcs: token -> (head, label). A change that would close a circle is passed over."""
        head, dep = list(self.head), list(self.dep)
        for token, (target, label) in changes.items():
            if not _below(head, target, token):
                head[token], dep[token] = target, label
        return replace(self, head=tuple(head), dep=tuple(dep), kids=_kids(head))


def _below(head: list[int], i: int, ancestor: int) -> bool:
    for _ in range(len(head)):
        if i == ancestor:
            return True
        if head[i] == i:
            return False
        i = head[i]
    return True


def _kids(head: list[int]) -> tuple[tuple[int, ...], ...]:
    kids: list[list[int]] = [[] for _ in head]
    for i, target in enumerate(head):
        if target != i:
            kids[target].append(i)
    return tuple(map(tuple, kids))


def tree_of(doc: Doc, lemmas: Mapping[str, str]) -> Tree:
    """The tree of a Doc; `lemmas` are verb forms the model lemmatises wrongly.

    Without sentence boundaries the whole Doc is one sentence."""
    words = doc.tokens
    bounds = tuple((sent.start, sent.end) for sent in doc.sents)
    head = _heads([word.head.i for word in words], bounds)
    return Tree(
        words=tuple([word.text for word in words]),
        lower=tuple([word.lower_ for word in words]),
        lemma=tuple([_lemma(word, lemmas) for word in words]),
        pos=tuple([word.pos_ for word in words]),
        tag=tuple([word.tag_ for word in words]),
        dep=tuple([word.dep_ or ROOT for word in words]),
        head=tuple(head),
        kids=_kids(head),
        starts=tuple([word.idx for word in words]),
        ends=tuple([word.end for word in words]),
        sentence=tuple(n for n, (first, end) in enumerate(bounds) for _ in range(first, end)),
        bounds=bounds,
        block=tuple(_block(doc, words[first].idx) for first, _ in bounds),
    )


def _lemma(word: Token, lemmas: Mapping[str, str]) -> str:
    lemma = (word.lemma_ or word.lower_).lower()
    return lemmas.get(word.lower_, lemma) if word.pos_ == "VERB" else lemma


def _heads(told: Iterable[int], bounds: tuple[tuple[int, int], ...]) -> list[int]:
    """Heads; an arc out of its sentence (hand-set boundaries) becomes a root."""
    heads = list(told)
    for first, end in bounds:
        for i in range(first, end):
            if not first <= heads[i] < end:
                heads[i] = i
    return heads


def _block(doc: Doc, offset: int) -> str:
    for block in doc.user_data.get("blocks", ()):
        if block.span.start <= offset < block.span.end:
            return str(block.kind)
    return "body"
