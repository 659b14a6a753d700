"""Who says so: sources, cues and contents of quotations and indirect speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate import contents
from kg.annotate.contents import Quotes, Range
from kg.annotate.cues import Cues, Use
from kg.annotate.sources import members, mention_of, source_heads, source_spans
from kg.data import Folder
from kg.model import Attribution, Mention, Quoted, Span, Stance

PREPOSITIONS = frozenset("of for about on over against with in that".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in tokens. `anchor` is the cue's main word, or the first of the content where there is no cue."""

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
        quotes = Quotes.of(doc)
        drafts = [*self._verbs(doc, quotes), *self._holders(doc)]
        drafts.sort(key=lambda d: (d.anchor, d.content))
        return _nested([_finished(doc, draft, quotes, mentions) for draft in drafts if draft.content])

    def _verbs(self, doc: Doc, quotes: Quotes) -> Iterator[Draft]:
        for token in doc:
            if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound", "aux", "auxpass"}:
                lemma = lemma_of(token)
                draft = verb_draft(token, lemma, self.cues.verbs.get(lemma, ()), quotes)
                if draft is not None:
                    yield draft

    def _holders(self, doc: Doc) -> Iterator[Draft]:
        """ "according to": the whole sentence without the phrase itself."""
        words = [token.lower_ for token in doc]
        for holder in self.cues.holders:
            size = len(holder.words)
            for at in range(len(words) - size):
                if words[at] == holder.words[0] and tuple(words[at : at + size]) == holder.words:
                    draft = self._holder(doc, at, at + size, holder.stance)
                    if draft is not None:
                        yield draft

    def _holder(self, doc: Doc, start: int, end: int, stance: Stance) -> Draft | None:
        last = doc[end - 1]
        name = next((child for child in last.children if child.dep_ in {"pobj", "pcomp"}), None)
        if name is None or name.lemma_.lower() in self.cues.lists["not_holders"]:
            return None
        hole = (start, name.right_edge.i + 1)
        sent = doc[start].sent
        content = contents.cleaned(doc, contents.without([(sent.start, sent.end)], hole))
        return Draft(
            start, tuple(range(start, end)), members(name), content, stance, " ".join(t.lower_ for t in doc[start:end])
        )


def lemma_of(verb: Token) -> str:
    """The lemma with its particle: "point out"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    return f"{verb.lemma_.lower()} {particle}" if particle else verb.lemma_.lower()


def verb_draft(verb: Token, lemma: str, uses: Sequence[Use], quotes: Quotes) -> Draft | None:
    """The first kind of content, of those its uses allow, that the verb has here."""
    for kind in ("quote", "clause", "aside", "as", "to", "preposition", "noun"):
        for use in uses:
            content, more = verb_content(verb, kind, use, quotes)
            if content:
                cue = tuple(sorted({verb.i, *more, *(c.i for c in verb.children if c.dep_ == "prt")}))
                wide = contents.widened(verb.doc, content, quotes)
                return Draft(verb.i, cue, source_heads(verb), wide, use.stance, lemma)
    return None


def verb_content(verb: Token, kind: str, use: Use, quotes: Quotes) -> tuple[tuple[Range, ...], tuple[int, ...]]:
    """The content of one kind, and further words of the cue."""
    if kind == "preposition":
        found, at = contents.prepositional(verb, [word for word in use.takes if word in PREPOSITIONS])
        return found, (at,) if found else ()
    if kind not in use.takes:
        return (), ()
    if kind == "quote":
        found = contents.quoted_words(verb, quotes)
        clause = contents.right_clause(verb)
        return (contents.merged([*found, *clause]) if found else ()), ()
    if kind == "aside":
        return contents.rest_of_sentence(verb, quotes), ()
    simple = {
        "clause": contents.right_clause,
        "as": contents.predication,
        "to": contents.infinitive,
        "noun": contents.noun_object,
    }
    return simple[kind](verb), ()


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
