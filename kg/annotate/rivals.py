"""Where attributions meet: whose words the quoted ones are, what is no link of its own, which words are nobody's content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.annotate import contents
from kg.annotate.contents import Quotes, Range
from kg.annotate.drafts import Draft
from kg.annotate.parsed import Doc, Token


def audible(doc: Doc, found: Sequence[Draft]) -> list[Draft]:
    """Within what another says, only what is said counts, not what is wanted, praised or thought by a pronoun's bearer.

    Those are that speaker's own words, and annotators of news do not count them either.
    """
    return [
        draft
        for draft in found
        if not (_inside_another(draft, found) and (not _speaks(draft) or _anothers_words(doc, draft, found)))
    ]


def _anothers_words(doc: Doc, draft: Draft, found: Sequence[Draft]) -> bool:
    """ "He said the city urges "calm"": a present tense that was not shifted is his, and so are the quoted words."""
    around = [o for o in found if o is not draft and o.kind == "clause" and _holds(o.content, draft.anchor)]
    present = draft.kind == "quote" and doc[draft.anchor].tag_ in {"VBZ", "VBP"} and draft.content[-1][1] > draft.anchor
    return present and any(doc[other.anchor].tag_ in {"VBD", "VBN"} for other in around)


def without_rivals(doc: Doc, found: Sequence[Draft]) -> list[Draft]:
    """Words that one cue takes for what follows and another for what precedes it are the latter's: said A. "..." added B.

    A noun of speech that nobody is named for is no link of its own where a verb of saying stands over it.
    """
    own = [replace(draft, content=_own_words(doc, draft, found)) for draft in found]
    done = [draft for draft in own if draft.content]
    named = {draft.anchor: draft.content for draft in done if draft.heads}
    return [
        draft
        for draft in done
        if draft.heads or draft.kind != "noun" or not _within_cue(doc[draft.anchor], draft, named)
    ]


def _within_cue(noun: Token, draft: Draft, named: dict[int, tuple[Range, ...]]) -> bool:
    """ "said in a statement that": the statement."""
    return draft.content in named.values() or (noun.dep_ == "pobj" and noun.head.head.i in named)


def _own_words(doc: Doc, draft: Draft, found: Sequence[Draft]) -> tuple[Range, ...]:
    own = draft.content
    for other in found:
        if draft.kind == other.kind == "quote" and draft.anchor < other.anchor:
            shared = contents.common(own, other.content)
            later = [r for r in shared if _is_behind(doc, draft, r) and r[1] <= other.anchor]
            for piece in later:
                own = contents.without(own, piece)
    return own


def _is_behind(doc: Doc, draft: Draft, piece: Range) -> bool:
    """In a later sentence than the cue, or ending in the comma that leads to the next cue ("it showed promise, "we wait," he said")."""
    comma = doc[piece[1] - 1].is_quote and doc[piece[1] - 2].text == ","
    return doc[draft.anchor].sent.end <= piece[0] or (comma and doc[piece[0] - 1].text != ":")


def _speaks(draft: Draft) -> bool:
    if draft.kind in {"phrase", "holder", "medium"}:
        return True
    named = bool(draft.heads) and draft.heads[0].pos_ != "PRON"
    said = draft.stance in {"neutral", "claim", "denial", "accusation"}
    if draft.kind == "noun":
        return draft.said and said and named and draft.stance != "neutral"
    accuses = draft.stance == "accusation" and draft.said and named
    return accuses or (draft.kind in {"quote", "clause", "aside"} and (said or named))


def _inside_another(draft: Draft, found: Sequence[Draft]) -> bool:
    return any(other is not draft and a <= draft.anchor < b for other in found for a, b in other.content)


def without_each_other(doc: Doc, found: Sequence[Draft], quotes: Quotes) -> list[Draft]:
    """ "P, X said, Y reported": what Y adds is no part of X's words; "X said that, according to Y, P": Y speaks of P alone."""
    done = []
    for draft in found:
        content = draft.content
        for other in found:
            if _added(doc, draft, other):
                region = _cue_with_source(doc, other, quotes)
                content = contents.cleaned(doc, contents.without(content, region))
            trails = other.kind == "holder" and other is not draft and _holds(content, other.anchor)
            if trails and not _within(other, draft):
                content = contents.cleaned(doc, contents.without(content, _phrase_of(other)))
            if draft.kind == "holder" and other.kind == "clause" and _within(draft, other):
                content = contents.common(draft.content, other.content)
        done.append(replace(draft, content=content) if content else draft)
    return done


def _phrase_of(holder: Draft) -> Range:
    """ "according to Lund, a spokesman for the town": nobody's words but the reporter's."""
    return holder.anchor, max([holder.cue[-1], *(head.right_edge.i for head in holder.heads)]) + 1


def _cue_with_source(doc: Doc, draft: Draft, quotes: Quotes) -> Range:
    start, end = contents.cue_region(doc[draft.anchor], quotes)
    if doc[draft.anchor].dep_ == "acl":  # see sources.trailing
        start = min([start, *(head.left_edge.i for head in draft.heads)])
    return start, end


def _is_last(doc: Doc, draft: Draft) -> bool:
    """The cue and its source end their sentence."""
    last = max([draft.anchor, *(head.i for head in draft.heads)])
    return all(token.is_punct for token in doc[last + 1 : doc[draft.anchor].sent.end])


def _added(doc: Doc, draft: Draft, other: Draft) -> bool:
    behind = other.anchor > draft.anchor and (other.kind == "aside" or (other.kind == "quote" and _is_last(doc, other)))
    return behind and _holds(draft.content, other.anchor) and _holds(other.content, draft.anchor)


def _holds(content: Sequence[Range], token: int) -> bool:
    return any(a <= token < b for a, b in content)


def _within(phrase: Draft, other: Draft) -> bool:
    """The phrase stands inside the other's content, not at its end, where it speaks of the whole sentence."""
    inside = [(a, b) for a, b in other.content if a <= phrase.anchor < b]
    return bool(inside) and any(a > phrase.anchor and b <= inside[0][1] for a, b in phrase.content)
