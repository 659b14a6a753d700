"""The verbs and nouns that govern a piece of text by syntax, and what their form says about the time."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.model import Span

_CONTENT = ("VERB", "AUX", "NOUN", "PROPN")


def head(doc: Doc, span: Span) -> Token | None:
    """The token of the span that its other tokens depend on."""
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    return piece.root if piece is not None and len(piece) else None


def chain(doc: Doc, span: Span) -> list[Token]:
    """The tokens above the span, nearest first, prepositions and particles left out."""
    top = head(doc, span)
    if top is None:
        return []
    return [token for token in top.ancestors if token.pos_ in _CONTENT and not (span.start <= token.idx < span.end)]


def governors(doc: Doc, span: Span) -> tuple[Span, ...]:
    """The heads of the verbs and nouns that govern an expression by syntax, nearest first.

    A time that stands before its sentence's verb, or after a comma, still reaches the verb: the chain runs to the root.
    """
    return tuple(
        Span(token.idx, token.idx + len(token)) for token in chain(doc, span) if token.dep_ not in ("aux", "auxpass")
    )


def tense(doc: Doc, span: Span, ahead: frozenset[str]) -> str | None:
    """`past`, `present` or `future` by the nearest governing verb; None without one.

    `ahead` are the lemmas that make an infinitive below them speak of the future ("expect", "plan", "due").
    """
    for token in chain(doc, span):
        if token.pos_ in ("VERB", "AUX"):
            said = _of_verb(token, ahead)
            if said:
                return said
        elif token.lemma_.lower() in ahead:
            return "future"
    return None


def _of_verb(verb: Token, ahead: frozenset[str]) -> str | None:
    aux = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass", "neg")}
    if aux & {"will", "'ll", "shall", "would", "wo", "can", "could", "may", "might", "should", "must"}:
        return None if "have" in aux else "future"
    if verb.tag_ == "VBD" or aux & {"was", "were", "had", "did", "has", "have", "'ve"}:
        return "future" if _looks_ahead(verb, ahead) else "past"
    if verb.tag_ in ("VBZ", "VBP") or aux & {"is", "are", "am", "'s", "'re", "'m", "do", "does"}:
        return "future" if _looks_ahead(verb, ahead) else "present"
    if "to" in aux or verb.tag_ == "VB":
        return "future"
    return None  # a bare participle or gerund: what stands above it decides


def _looks_ahead(verb: Token, ahead: frozenset[str]) -> bool:
    return (
        (verb.lemma_.lower() in ahead
        and verb.tag_ != "VBD")
        or any(
            child.dep_ in ("acomp", "xcomp") and child.lemma_.lower() in ahead and child.pos_ == "ADJ"
            for child in verb.children
        )
    )
