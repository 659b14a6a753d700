"""Quoted words that no cue governs: signed ones, those after a colon, and those that go on with a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.annotate import contents
from kg.annotate.contents import Quotes, Range
from kg.annotate.cues import Cues
from kg.annotate.drafts import Draft
from kg.annotate.parsed import Doc, Token
from kg.annotate.parsed import Span as SpanOfTokens
from kg.annotate.sources import TIMES, members, source_heads
from kg.annotate.voices import ACTORS, Types, is_paper, is_person_like

DASHES = contents.DASHES
# "Jane Smith: ..."; a headline has no more than this many words before the colon
HEADLINE = re.compile(r"((?:[A-Z][\w.'-]*)(?: [A-Z][\w.'-]*){0,3}): (?=\S)")
HEADLINES = 2  # blocks at the head of an article that may be one
REACH = 30  # most words between a quotation and its cue
# "SMITH: ..." at the head of a paragraph, as interviews are printed
TRANSCRIPT = re.compile(r"\"?([A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]+){0,3})(?: \([^)\n]*\))?:(?= )")


def spoken(doc: Doc, quotes: Quotes, found: Sequence[Draft], cues: Cues, types: Types) -> list[Draft]:
    """The drafts with those of quotations that no cue governs, or that carry one on."""
    drafts = [*found, *_transcripts(doc, cues.lists["labels"]), *_headlines(doc, cues, types)]
    drafts += _block_quotations(doc, quotes, drafts, cues, types)
    for k in range(len(quotes.all)):
        if (
            not quotes.all[k].follows
            and not _covered(quotes.spans[k], drafts)
            and contents.is_speech(doc, quotes.spans[k])
        ):
            drafts = _with_speaker(doc, quotes, k, drafts, cues, types)
    return drafts


def _covered(span: Range, drafts: Sequence[Draft]) -> bool:
    return any(a <= span[0] + 1 < b for draft in drafts for a, b in draft.content)


def _with_speaker(doc: Doc, quotes: Quotes, k: int, drafts: list[Draft], cues: Cues, types: Types) -> list[Draft]:
    """Tried in order: a signature after it, a colon before it, a cue after it, the paragraph's speaker, the last paragraph's.

    A quotation that ends in a comma goes on to a cue of its own.
    """
    content = contents.cleaned(doc, quotes.ranges(k))
    own = _beside(doc, quotes, k, content, cues, types)
    if own is not None and own.anchor not in {other.anchor for other in drafts}:
        return [*drafts, own]
    if doc.text[quotes.all[quotes.run(k)[-1]].inner.end - 1] == ",":
        return drafts
    before = _speaker_before(doc, quotes.spans[k][0], quotes, drafts)
    if before is None:
        return drafts
    if _same_paragraph(doc, before, quotes.spans[k][0]):
        longer = replace(before, content=contents.merged([*before.content, *content]))
        return [longer if draft is before else draft for draft in drafts]
    return [*drafts, Draft(content[0][0], (), before.heads, content, "neutral", "")]


def _beside(doc: Doc, quotes: Quotes, k: int, content: tuple[Range, ...], cues: Cues, types: Types) -> Draft | None:
    """With a signature behind it, else a colon before it, else a cue behind it."""
    last = quotes.spans[quotes.run(k)[-1]][1]
    return (
        _signed(doc, last, content)
        or _after_colon(doc, quotes.spans[k][0], content, cues, types)
        or _cue_behind(doc, last, content, cues.says)
    )


def _signed(doc: Doc, at: int, content: tuple[Range, ...]) -> Draft | None:
    """ "..." — Jane Smith"""
    while at < len(doc) and doc[at].is_space:
        at += 1
    if doc[at - 1].text[1:] in DASHES:
        at -= 1  # the mark and the dash are one token
    if at + 1 >= len(doc) or doc[at].text.lstrip("\"'") not in DASHES:
        return None
    end = at + 1
    while end < len(doc) and end - at < 6 and doc[end].text[:1].isalpha() and doc[end].text[:1].isupper():
        end += 1
    name = [token for token in doc[at + 1 : end] if not token.is_space]
    ends = end >= len(doc) or "\n" in doc[end].text or doc[end].text in {",", ".", "("}
    handle = end + 1 < len(doc) and doc[end].text == "(" and doc[end + 1].text.startswith("@")
    if not name or not ends or handle:
        return None
    return Draft(at, (at,), (_top(name),), content, "neutral", doc[at].text)


def _whose(head: Token, words: frozenset[str]) -> tuple[Token, ...]:
    """ "Her message to him: "..."": hers."""
    owner = next((child for child in head.children if child.dep_ == "poss"), None)
    worded = head.pos_ == "NOUN" and head.lemma_.lower() in words
    return members(owner) if owner is not None and worded else (head,)


def _top(name: Sequence[Token]) -> Token:
    """The word of a name that the others hang on."""
    inside = {token.i for token in name}
    return next((token for token in name if token.head.i not in inside or token.head.i == token.i), name[-1])


def _cue_behind(doc: Doc, at: int, content: tuple[Range, ...], says: frozenset[str]) -> Draft | None:
    """ "...," Anna Lund of Oslo, a baker, said; "...," said Anna Lund: read off the words where the parser lost its way."""
    verb = next((doc[i] for i in range(at, min(at + REACH, len(doc))) if _ends_search(doc[i], says)), None)
    if verb is None or verb.lemma_.lower() not in says or verb.tag_ not in {"VBD", "VBZ", "VBN"}:
        return None
    first = verb.i + 1 if verb.i == at else at
    name = _name_from(doc, first)
    return (
        Draft(verb.i, (verb.i,), members(name), content, "neutral", verb.lemma_.lower(), kind="quote") if name else None
    )


def _ends_search(token: Token, says: frozenset[str]) -> bool:
    return (
        token.lemma_.lower() in says
        or token.pos_ == "VERB"
        or token.is_quote
        or token.text in {".", "?", "!", ";", ":"}
    )


def _name_from(doc: Doc, at: int) -> Token | None:
    """The last word of the noun phrase that begins here, without what is added to it."""
    end = at
    while end < len(doc) and doc[end].pos_ in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"} and not doc[end].is_space:
        end += 1
    name = doc[end - 1] if end > at else None
    return name if name is not None and name.pos_ in {"NOUN", "PROPN", "PRON"} and name.ent_type_ not in TIMES else None


def _after_colon(doc: Doc, start: int, content: tuple[Range, ...], cues: Cues, types: Types) -> Draft | None:
    at = start - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    if at <= 0 or doc[at].text != ":":
        return None
    sent = doc[at].sent
    if at == sent.start:
        return None
    root = _top(list(doc[sent.start : at]))
    heads = source_heads(root) if root.pos_ in {"VERB", "AUX"} else members(root)
    owners = [owner for head in heads if head.i < at for owner in _whose(head, cues.lists["worded"])]
    heads = tuple(owner for owner in owners if is_person_like(owner, cues, types) or is_paper(owner, cues, types))
    return Draft(at, (at,), heads, content, "neutral", ":") if heads else None


def _speaker_before(doc: Doc, start: int, quotes: Quotes, drafts: Sequence[Draft]) -> Draft | None:
    """Who said what the sentence before says; else the last speaker of quoted words, if little of another voice lies between."""
    before = [d for d in drafts if d.heads and d.content and max(d.content[-1][1], d.anchor) <= start]
    spoke = [d for d in before if any(quotes.at(i) is not None for a, b in d.content for i in (a, b - 1))]
    spoke += [d for d in before if d not in spoke and _told_just_before(doc, d, start)]
    spoke = [d for d in spoke if d.kind != "holder"] or spoke
    if not spoke:
        return None
    last = max(spoke, key=lambda draft: (_end(draft), -draft.anchor))
    end = _end(last)
    between = doc[end:start].text
    gap = between.strip("\n \"'").count("\n")
    if _same_paragraph(doc, last, start):
        return last
    return last if gap == 0 or (gap <= 2 and "\n" not in between.strip()) else None


def _end(draft: Draft) -> int:
    return max(draft.content[-1][1], draft.anchor)


def _told_just_before(doc: Doc, draft: Draft, start: int) -> bool:
    """The indirect speech of the same sentence or of the one before: "Hunter said the move was a risk. "That could ..."."""
    voiced = draft.kind in {"clause", "aside"} and draft.said and draft.stance != "belief" and draft.through is None
    outermost = doc[draft.anchor].dep_ in {"ROOT", "conj"}
    near = doc[draft.anchor].sent.end >= start or doc[draft.anchor].sent.end == doc[start].sent.start
    return voiced and outermost and near


def _same_paragraph(doc: Doc, draft: Draft, start: int) -> bool:
    first = min([draft.anchor, *(a for a, _ in draft.content)])
    return "\n" not in doc[max(first, draft.content[-1][0]) : start].text


def _transcripts(doc: Doc, labels: frozenset[str]) -> Iterator[Draft]:
    """Paragraphs that begin with the name of who speaks."""
    text = doc.text  # joined anew at every call
    for block in doc.user_data.get("blocks", ()):
        match = TRANSCRIPT.match(text, block.span.start, block.span.end)
        name = doc.char_span(*match.span(1), alignment_mode="expand") if match else None
        rest = doc.char_span(match.end(), block.span.end, alignment_mode="contract") if match else None
        if name is not None and rest is not None and name.text.lower() not in labels:
            content = contents.cleaned(doc, [(rest.start, rest.end)])
            yield Draft(name.end, (rest.start - 1,), (_top(list(name)),), content, "neutral", ":")


def _headlines(doc: Doc, cues: Cues, types: Types) -> Iterator[Draft]:
    """ "Lund: the bridge is safe", "Poll: most want a bridge" as a headline."""
    for block in doc.user_data.get("blocks", ())[:HEADLINES]:
        match = HEADLINE.match(doc.text, block.span.start, block.span.end)
        name = doc.char_span(*match.span(1), alignment_mode="expand") if match else None
        rest = doc.char_span(match.end(), block.span.end, alignment_mode="contract") if match else None
        if name is None or rest is None or not _speaks(name, cues, types):
            continue
        if any(token.pos_ in {"VERB", "AUX"} for token in rest):
            content = contents.cleaned(doc, [(rest.start, rest.end)])
            yield Draft(name.end, (rest.start - 1,), (_top(list(name)),), content, "neutral", ":", kind="phrase")


def _speaks(name: SpanOfTokens, cues: Cues, types: Types) -> bool:
    """Somebody named, or a poll or paper; no place and no label."""
    last = name[-1]
    if name.text.lower() in cues.lists["labels"]:
        return False
    return types(last) in ACTORS - {"Country", "City"} or last.lemma_.lower() in cues.lists["settings"]


def _block_quotations(doc: Doc, quotes: Quotes, drafts: Sequence[Draft], cues: Cues, types: Types) -> Iterator[Draft]:
    """ "Lund wrote:" at the end of a paragraph, and what he wrote as the next one, without marks."""
    anchors = {draft.anchor for draft in drafts}
    for block, after in pairwise(doc.user_data.get("blocks", ())):
        colon = doc.char_span(block.span.end - 1, block.span.end)
        words = doc.char_span(after.span.start, after.span.end)
        if colon is None or words is None or colon.text != ":" or quotes.at(words.start) is not None:
            continue
        verb = next((t for t in colon.sent if t.lemma_.lower() in cues.says and t.i not in anchors and _ends(t)), None)
        heads = source_heads(verb) if verb is not None else ()
        if (
            verb is not None
            and heads
            and all(is_person_like(h, cues, types) or is_paper(h, cues, types) for h in heads)
        ):
            content = contents.cleaned(doc, [(words.start, words.end)])
            yield Draft(verb.i, (verb.i,), heads, content, "neutral", verb.lemma_.lower(), kind="phrase")


def _ends(verb: Token) -> bool:
    """Nothing is said within the sentence itself."""
    return verb.pos_ == "VERB" and not any(child.dep_ in {"ccomp", "xcomp"} for child in verb.children)
