"""Nominals (noun phrases whose head word the lexicon knows) and pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.annotate.entity_lexicon import EntityLexicon, Head
from kg.annotate.parsed import Doc, Token

MASS = frozenset({"Weapon", "Government", "GovernmentBody", "ArmedForce", "IntelligenceAgency"})
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
    for width in (3, 2, 1):
        first = token.i - width + 1
        if first < 0:
            continue
        before = "".join(f"{doc[i].lower_} " for i in range(first, token.i))
        head = lexicon.heads.get(before + token.lemma_.lower()) or lexicon.heads.get(before + token.lower_)
        if head:
            return first, head
    return None


def nominals(doc: Doc, lexicon: EntityLexicon, names: bytearray) -> Iterator[Nominal]:
    """`names` marks the tokens of names."""
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or names[token.i] or token.dep_ in ("compound", "amod", "nmod"):
            continue
        if token.pos_ == "ADJ":
            continue
        known = head_of(token, lexicon)
        if known is None or _titles_name(token, names) or not _denotes(token, known[1]) or _is_caption(token, names):
            continue
        yield _nominal(doc, token, known)


def _denotes(token: Token, head: Head) -> bool:
    """ "at bay", "in front of", "of publication": a bare singular noun names no single thing, save bodies, goods, people at large."""
    if token.lower_ == "front" and token.i and token.nbor(-1).lower_ == "in":
        return False
    if token.lower_ == "head" and not any(c.lower_ == "of" or c.dep_ == "compound" for c in token.children):
        return False
    bare = token.tag_ in ("NN", "NNP") and not any(c.dep_ in LEFT for c in token.lefts)
    return not bare or head.one in MASS or head.one == "Group" or any(c.lower_ == "of" for c in token.rights)


def _is_caption(token: Token, names: bytearray) -> bool:
    """ "Ann Lee meeting with", read as a noun: a name right before a word in -ing acts."""
    before = token.i - 1
    return token.lower_.endswith("ing") and before >= 0 and bool(names[before]) and token.doc[before].dep_ == "compound"


def _titles_name(token: Token, names: bytearray) -> bool:
    """ "President Halonen", "counterpart Tarja Halonen": the title belongs to the name's clause, it is no mention."""
    after = token.i + 1
    return after < len(token.doc) and bool(names[after]) and token.doc[after].pos_ == "PROPN" and token.tag_ != "NNS"


def _nominal(doc: Doc, token: Token, known: tuple[int, Head]) -> Nominal:
    head_start, head = known
    plural = token.tag_ in ("NNS", "NNPS")
    start, core = noun_phrase(token)
    return Nominal(
        start, _right_edge(token), min(token.i, max(start, head_start)), token.i + 1, core,
        head.several if plural else head.one, head.group, plural,
    )  # fmt: skip


def noun_phrase(token: Token) -> tuple[int, int]:
    """Where a noun's phrase begins, and where its core does: behind determiners and counts."""
    start = _left_edge(token)
    core = start
    while core < token.i and _outside_core(token.doc[core], token):
        core += 1
    return start, core


def _left_edge(token: Token) -> int:
    start = min((child.left_edge.i for child in token.lefts if child.dep_ in LEFT), default=token.i)
    for word in reversed(token.doc[start : token.i]):
        acting = word.tag_ == "VBG" and word.i > start and word.nbor(-1).pos_ == "PROPN"
        if (
            acting or word.is_space or word.tag_ == "WRB"
        ):  # "Ann Lee pinning medals", read as a compound; "how divided government"
            return int(word.i) + 1
    while start < token.i and token.doc[start].is_punct:
        start += 1
    return start


def _right_edge(token: Token) -> int:
    """An of-phrase belongs to the nominal if it is short and holds no verb; a comma ends it."""
    for child in token.rights:
        if child.lower_ == "of" and child.dep_ == "prep":
            end = child.i + 1
            while end < child.right_edge.i + 1 and not _is_mark(token.doc[end]):
                end += 1
            if end - child.i <= 7 and not any(t.pos_ in ("VERB", "AUX") for t in token.doc[child.i : end]):
                return end
    return _hyphened(token) + 1


def _is_mark(token: Token) -> bool:
    """A mark that ends a phrase, not a hyphen nor the sign of a possessor."""
    return bool(token.is_punct) and token.text != "-" and token.tag_ != "POS"


def _hyphened(token: Token) -> int:
    """The last word of "son-in-law"."""
    behind = token.doc[token.i + 1 : token.i + 5]
    return token.i + len(behind) if behind.text == "-in-law" else token.i


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
