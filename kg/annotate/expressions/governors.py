"""The verbs and nouns that govern a piece of text by syntax, and what their form says about the time."""

from __future__ import annotations

from kg.annotate.parsed import Doc, Token
from kg.model import Span

_CONTENT = ("VERB", "AUX", "NOUN", "PROPN", "ADJ")
_MODALS = frozenset(("will", "'ll", "shall", "would", "wo", "can", "could", "may", "might", "should", "must"))
_PAST = frozenset(("was", "were", "had", "did", "has", "have", "'ve"))
_PRESENT = frozenset(("is", "are", "am", "'s", "'re", "'m", "do", "does"))


def head(doc: Doc, span: Span) -> Token | None:
    """The token of the span that its other tokens depend on."""
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    return piece.root if piece is not None and len(piece) else None


def chain(doc: Doc, span: Span) -> list[Token]:
    """The words above the span, nearest first, prepositions and particles left out."""
    top = head(doc, span)
    return (
        [t for t in top.ancestors if t.pos_ in _CONTENT and not span.start <= t.idx < span.end]
        if top is not None
        else []
    )


def governors(doc: Doc, span: Span) -> tuple[Span, ...]:
    """The heads of the verbs and nouns (and predicative adjectives) that govern an expression by syntax, nearest first.

    The chain runs to the root of the sentence: what an expression belongs to is the first governor that is an event.
    """
    return tuple(
        Span(token.idx, token.idx + len(token)) for token in chain(doc, span) if token.dep_ not in ("aux", "auxpass")
    )


def modifies_noun(doc: Doc, span: Span) -> bool:
    """Whether it stands before the noun that it belongs to: "a June agreement", "Friday's meeting"."""
    top = head(doc, span)
    return top is not None and top.dep_ in ("compound", "nmod", "amod", "nummod", "poss") and top.head.i > top.i


def tense(doc: Doc, span: Span, ahead: frozenset[str]) -> str | None:
    """`past`, `present` or `future` by the nearest governing verb; None without one.

    `ahead` are the lemmas that make what stands below them lie ahead ("expect", "plan", "due").
    """
    for token in chain(doc, span):
        said = _of_verb(token, ahead) if token.pos_ in ("VERB", "AUX") else _of_noun(token, ahead)
        if said:
            return said
    return None


def _of_noun(noun: Token, ahead: frozenset[str]) -> str | None:
    return "future" if noun.lemma_.lower() in ahead else None


def _of_verb(verb: Token, ahead: frozenset[str]) -> str | None:
    aux = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if aux & _MODALS:
        return None if "have" in aux else "future"
    if _looks_ahead(verb, ahead):
        return "future"
    if verb.tag_ == "VBD" or aux & _PAST:
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or aux & _PRESENT:
        return "present"
    if "to" in aux or verb.tag_ == "VB":
        return "future"
    return None  # a bare participle or gerund: what stands above it decides


def _looks_ahead(verb: Token, ahead: frozenset[str]) -> bool:
    """As in "is expected", "plans", "was set (to)", "is due"; not a plain past ("promised on Monday")."""
    if verb.lemma_.lower() in ahead:
        return verb.tag_ != "VBD"
    return any(
        child.dep_ in ("acomp", "xcomp") and child.pos_ == "ADJ" and child.lemma_.lower() in ahead
        for child in verb.children
    )
