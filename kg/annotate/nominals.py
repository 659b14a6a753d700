"""Nominals (noun phrases whose head word the lexicon knows) and pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from kg.annotate.entity_lexicon import EntityLexicon, Head

LEFT = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "quantmod", "advmod", "case", "punct"})
DETERMINERS = frozenset({"det", "predet", "poss", "nummod", "quantmod", "advmod"})
PRONOUNS: dict[str, tuple[str, Literal["singular", "plural"]]] = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), ("Person", "singular")),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ("Person", "singular")),
    **dict.fromkeys(("it", "its", "itself"), ("Organization", "singular")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("Group", "plural")),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("Group", "plural")),
}


@dataclass(frozen=True, slots=True)
class Nominal:
    """Token indices of span, head (last word of it) and core, and what the head names."""

    start: int
    end: int
    head_start: int
    head_end: int
    core_start: int
    type: str
    group: str | None
    plural: bool


def head_of(token: Token, lexicon: EntityLexicon) -> tuple[int, Head] | None:
    """The longest head of the lexicon that ends with this word: its first token and what it names."""
    doc = token.doc
    last = token.lemma_.lower()
    for width in (3, 2, 1):
        if token.i - width + 1 < 0:
            continue
        words = " ".join([*(doc[i].lower_ for i in range(token.i - width + 1, token.i)), last])
        head = lexicon.heads.get(words) or (lexicon.heads.get(token.lower_) if width == 1 else None)
        if head:
            return token.i - width + 1, head
    return None


def nominals(doc: Doc, lexicon: EntityLexicon, names: bytearray) -> Iterator[Nominal]:
    """`names` marks the tokens of names."""
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or names[token.i] or token.dep_ in ("compound", "amod", "nmod"):
            continue
        if token.pos_ == "ADJ":
            continue
        known = head_of(token, lexicon)
        if known is None or _titles_name(token, names):
            continue
        yield _nominal(doc, token, known)


def _titles_name(token: Token, names: bytearray) -> bool:
    """ "President Putin", "counterpart Vladimir Putin": the title belongs to the name's clause, it is no mention."""
    after = token.i + 1
    return after < len(token.doc) and bool(names[after]) and token.doc[after].pos_ == "PROPN" and token.tag_ != "NNS"


def _nominal(doc: Doc, token: Token, known: tuple[int, Head]) -> Nominal:
    head_start, head = known
    plural = token.tag_ in ("NNS", "NNPS")
    start = _left_edge(token)
    core = start
    while core < token.i and _outside_core(doc[core], token):
        core += 1
    return Nominal(
        start, _right_edge(token), min(token.i, max(start, head_start)), token.i + 1, core,
        head.several if plural else head.one, head.group, plural,
    )  # fmt: skip


def _left_edge(token: Token) -> int:
    left = [child.left_edge.i for child in token.lefts if child.dep_ in LEFT]
    return min(left, default=token.i)


def _right_edge(token: Token) -> int:
    """An of-phrase belongs to the nominal if it is short and holds no verb."""
    for child in token.rights:
        if child.lower_ == "of" and child.dep_ == "prep":
            phrase = list(child.subtree)
            if len(phrase) <= 7 and not any(t.pos_ in ("VERB", "AUX", "PUNCT") for t in phrase):
                return phrase[-1].i + 1
    return token.i + 1


def _outside_core(token: Token, head: Token) -> bool:
    if token.dep_ in DETERMINERS and token.head.i == head.i:
        return True
    return any(a.head.i == head.i and a.dep_ in DETERMINERS for a in token.ancestors if a.i < head.i)


def pronouns(doc: Doc) -> Iterator[tuple[int, str, Literal["singular", "plural"]]]:
    for token in doc:
        known = PRONOUNS.get(token.lower_)
        if known and token.pos_ == "PRON" and not _expletive(token):
            yield token.i, *known


def _expletive(token: Token) -> bool:
    """ "It rained", "it is likely that": no one is meant."""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl":
        return True
    verb = token.head
    return token.dep_ in ("nsubj", "nsubjpass") and any(
        c.dep_ in ("ccomp", "csubj", "acomp") and (c.dep_ != "acomp" or any(g.dep_ in ("ccomp", "xcomp", "advcl") for g in c.children))
        for c in verb.rights
    ) and verb.lemma_ in ("be", "seem", "appear", "become", "remain", "take", "happen", "turn")  # fmt: skip
