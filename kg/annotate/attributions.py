"""Who says so: sources, cues and contents of quotations and indirect speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.contents import Quotes, Range, complement, cue_region, merged, subtree, trimmed
from kg.annotate.cues import Cues, Use
from kg.annotate.quotations import quotations
from kg.annotate.sources import mention_of, source_heads, source_spans
from kg.data import Folder
from kg.model import Attribution, Mention, Quoted, Span, Stance

CLAUSES = frozenset({"ccomp"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in tokens. `anchor` is the cue's main word, -1 where there is none."""

    anchor: int
    cue: tuple[int, ...]
    heads: tuple[Token, ...]
    content: tuple[Range, ...]
    stance: Stance
    lemma: str


class AttributionFinder:
    """Finds attributions with the cues of `wordings/cues.yaml`."""

    def __init__(self, folder: Folder) -> None:
        self.cues = Cues.load(folder)

    def __call__(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
        quotes = Quotes.of(doc, quotations(doc))
        drafts = list(self._drafts(doc, quotes))
        drafts.sort(key=lambda d: (d.anchor, d.content))
        return _nested([_finished(doc, draft, quotes, mentions) for draft in drafts if draft.content])

    def _drafts(self, doc: Doc, quotes: Quotes) -> Iterator[Draft]:
        for token in doc:
            if token.pos_ in {"VERB", "AUX"}:
                lemma = lemma_of(token)
                uses = self.cues.verbs.get(lemma, ())
                draft = _verb(token, lemma, uses, quotes) if uses else None
                if draft is not None:
                    yield draft


def lemma_of(verb: Token) -> str:
    """The lemma with its particle: "point out"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    return f"{verb.lemma_.lower()} {particle}" if particle else verb.lemma_.lower()


def _verb(verb: Token, lemma: str, uses: Sequence[Use], quotes: Quotes) -> Draft | None:
    for use in uses:
        content = _content(verb, use, quotes)
        if content:
            return Draft(verb.i, (verb.i,), source_heads(verb), content, use.stance, lemma)
    return None


def _content(verb: Token, use: Use, quotes: Quotes) -> tuple[Range, ...]:
    clause = complement(verb, CLAUSES) if "clause" in use.takes else None
    if clause is not None:
        return merged([trimmed(verb.doc, subtree(clause))])
    if "aside" in use.takes:
        start, end = cue_region(verb, quotes)
        sent = verb.sent
        if start > sent.start and verb.doc[start - 1].is_punct:
            return merged([trimmed(verb.doc, (sent.start, start - 1))])
    return ()


def _finished(doc: Doc, draft: Draft, quotes: Quotes, mentions: Sequence[Mention]) -> Attribution:
    sources = list(source_spans(draft.heads, draft.cue))
    content = tuple(_characters(doc, piece) for piece in draft.content)
    quoted, words = _quoted(content, quotes)
    return Attribution(
        sources=tuple(span for span, _ in sources),
        source_mentions=tuple(mention_of(token, mentions) for _, token in sources),
        cue=tuple(_characters(doc, (i, i + 1)) for i in draft.cue),
        content=content,
        stance=draft.stance,
        quoted=quoted,
        quotes=words,
        lemma=draft.lemma,
    )


def _characters(doc: Doc, piece: Range) -> Span:
    return Span(doc[piece[0]].idx, doc[piece[1] - 1].idx + len(doc[piece[1] - 1]))


def _quoted(content: Sequence[Span], quotes: Quotes) -> tuple[Quoted, tuple[Span, ...]]:
    inside = [quote for quote in quotes.all if any(piece.overlaps(quote.inner) for piece in content)]
    if not inside:
        return "indirect", ()
    covered = sum(max(0, min(p.end, q.span.end) - max(p.start, q.span.start)) for p in content for q in inside)
    whole = sum(piece.end - piece.start for piece in content)
    return ("direct" if covered >= 0.9 * whole else "mixed"), tuple(quote.inner for quote in inside)


def _nested(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with the smallest one around its cue as `outer`."""
    return tuple(replace(one, outer=_outer(number, found)) for number, one in enumerate(found))


def _outer(number: int, found: Sequence[Attribution]) -> int | None:
    one = found[number]
    around = [
        (sum(piece.end - piece.start for piece in other.content), index)
        for index, other in enumerate(found)
        if index != number and one.cue and any(piece.covers(one.cue[0]) for piece in other.content)
    ]
    return min(around)[1] if around else None
