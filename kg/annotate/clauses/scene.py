"""One article as the clause rules see it: tree, mentions by token, lexicon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.clauses.lexicon import Lexicon
from kg.annotate.clauses.tree import Tree
from kg.model import Mention, Span

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET", "SYM"})
BEFORE_NOUN = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "case", "advmod", "neg"}
)
_RANK = {"name": 0, "pronoun": 1, "nominal": 2}


@dataclass(frozen=True, slots=True)
class Scene:
    tree: Tree
    lexicon: Lexicon
    mentions: tuple[Mention, ...]
    at: tuple[int | None, ...]  # token -> mention of which it is (part of) the head
    inside: tuple[int | None, ...]  # token -> longest name it belongs to

    def mention(self, token: int) -> Mention | None:
        index = self.at[token]
        return None if index is None else self.mentions[index]

    def type(self, token: int) -> str:
        """Class of the mention headed here, or ""."""
        mention = self.mention(token)
        return mention.type if mention else ""

    def heads(self, token: int) -> bool:
        """The one token of a mention's head that its governor is outside of."""
        up = self.tree.head[token]
        return up == token or self.at[up] != self.at[token]

    def modifiers(self, noun: int) -> Iterator[int]:
        """The mentions before a noun, one token each ("U.S." of "U.S. officials"), but not whose side it is on ("pro-U.S. officials")."""
        seen: set[int | None] = {None, self.at[noun]}
        for kid in self.tree.children(noun, "amod", "compound", "nmod"):
            if self.at[kid] not in seen and kid < noun:
                seen.add(self.at[kid])
                if self.side(kid) is None:
                    yield kid

    def side(self, token: int) -> int | None:
        """Where the prefix of "non-British", "anti-NATO", "pro-Russian" stands: whose side they are on, not whose they are."""
        words, prefixes, first = self.tree.lower, self.lexicon.side_prefixes, self.first_of_name(token)
        if words[first] in prefixes and words[first + 1 : first + 2] == ("-",):
            return first
        return first - 2 if first > 1 and words[first - 1] == "-" and words[first - 2] in prefixes else None

    def first_of_name(self, token: int) -> int:
        while token > 0 and self.same_name(token, token - 1):
            token -= 1
        return token

    def same_name(self, left: int, right: int) -> bool:
        return self.inside[left] is not None and self.inside[left] == self.inside[right]

    def members(self, token: int) -> Iterator[int]:
        """A noun and those co-ordinated with it, each freed from its measure ("hundreds of X" is X)."""
        seen = {token}
        todo = [token]
        while todo:
            noun = todo.pop(0)
            if self._nobody(noun):
                yield from self._excepted(noun)
            else:
                yield self.content(noun)
            todo += [kid for kid in self._included(noun) if kid not in seen]
            for kid in self.tree.children(noun, "conj"):
                if kid not in seen and self.tree.pos[kid] in NOUNS and not self.same_name(noun, kid):
                    seen.add(kid)
                    todo.append(kid)

    def _included(self, noun: int) -> Iterator[int]:
        """ "three ministers, including Lunde"."""
        for prep in self.tree.children(noun, "prep"):
            if self.tree.lower[prep] in self.lexicon.including:
                yield from self.tree.children(prep, "pobj")

    def _nobody(self, token: int) -> bool:
        tree = self.tree
        if tree.lower[token] == "one":
            return any(tree.lower[kid] == "no" for kid in tree.kids[token])
        return self.lexicon.is_void(tree.lower[token]) and self.content(token) == token

    def _excepted(self, token: int) -> Iterator[int]:
        """ "no one but Lula" is Lula."""
        for prep in self.tree.kids[token]:
            if self.tree.lower[prep] in ("but", "except", "besides"):
                yield from (kid for kid in self.tree.kids[prep] if self.tree.pos[kid] in NOUNS)

    def content(self, token: int) -> int:
        """The noun a measure word measures: "dozens of soldiers", "one of the ministers", "the group of lawmakers"."""
        tree = self.tree
        for _ in range(4):
            of = next((kid for kid in tree.children(token, "prep") if tree.lower[kid] == "of"), None)
            inner = None if of is None else tree.child(of, "pobj")
            if inner is None or not self._measure(token):
                return token
            token = inner
        return token

    def _measure(self, token: int) -> bool:
        mention = self.mention(token)
        if mention is not None and mention.kind == "nominal":
            return False
        return self.tree.lemma[token] in self.lexicon.measures or self.tree.pos[token] in ("NUM", "DET")

    def phrase(self, token: int) -> tuple[int, int]:
        """First and last token of the noun phrase headed here, without what follows the head."""
        first = token
        while True:
            kids = [kid for kid in self.tree.kids[first] if kid < first and self.tree.dep[kid] in BEFORE_NOUN]
            if not kids:
                return first, token
            first = min(kids)

    def span(self, token: int) -> tuple[Span, Span]:
        """Span and head span: the mention's, else of the noun phrase around the token."""
        mention = self.mention(token)
        if mention:
            return mention.span, mention.head
        first, last = self.phrase(token)
        return self.tree.span(first, last), self.tree.span(token, token)


def scene_of(tree: Tree, lexicon: Lexicon, mentions: tuple[Mention, ...]) -> Scene:
    at = _cover(tree, [mention.head for mention in mentions], [_rank(mention) for mention in mentions])
    names = [mention.head if mention.kind == "name" else Span(0, 0) for mention in mentions]
    inside = _cover(tree, names, [(0, span.start - span.end) for span in names])
    return Scene(tree, lexicon, mentions, at, inside)


def _rank(mention: Mention) -> tuple[int, int]:
    return _RANK[mention.kind], mention.head.end - mention.head.start


def _cover(tree: Tree, spans: list[Span], rank: list[tuple[int, int]]) -> tuple[int | None, ...]:
    """For each token the index of the best ranked span that touches it."""
    best: list[int | None] = [None] * len(tree)
    for index in sorted(range(len(spans)), key=lambda i: (rank[i], spans[i].start), reverse=True):
        span = spans[index]
        token = bisect_right(tree.ends, span.start)
        while token < len(tree) and tree.starts[token] < span.end:
            best[token] = index
            token += 1
    return tuple(best)
