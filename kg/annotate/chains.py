"""Who passes on whose words: "said, citing", "quoted him as saying", "quoted by", "told the newspaper", "as reported by"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.annotate import contents
from kg.annotate.contents import Quotes, Range
from kg.annotate.cues import Cues
from kg.annotate.drafts import Draft
from kg.annotate.media import through_media
from kg.annotate.parsed import Doc, Token
from kg.annotate.sources import agent, antecedent, by_phrase, is_passive, members, source_heads, subject
from kg.annotate.voices import ACTORS, Types, is_person_like

# arcs inside a noun phrase behind its head
OF_NOUN = frozenset({"prep", "pobj", "det", "compound", "amod", "poss", "case", "nummod", "appos"})


def with_relays(doc: Doc, found: Sequence[Draft], cues: Cues, quotes: Quotes, types: Types) -> list[Draft]:
    """The drafts with those of who passes words on, each linked to the one it passes on or through which it comes."""
    drafts = list(found)
    for token in doc:
        if token.lemma_.lower() in cues.relay and token.pos_ == "VERB":
            cited = _cited(token, drafts, cues, types)
            drafts = cited or _quoting(token, drafts, quotes, cues) or _quoted_by(token, drafts)
        elif token.lemma_.lower() in cues.lists["reporting"] and token.pos_ == "VERB":
            drafts = _quoting(token, drafts, quotes, cues) or drafts
        elif token.lemma_.lower() in cues.lists["hearing"]:
            drafts += _heard_from(token, drafts, cues, types)
    return through_media(doc, drafts, cues, types)


# ---- the inner source -------------------------------------------------------------------------------------------------------------------


def _cited(verb: Token, drafts: list[Draft], cues: Cues, types: Types) -> list[Draft] | None:
    """ "citing Y", "which cited Y", "referring to Y": Y is the inner source of what governs the verb."""
    thing = _cited_thing(verb)
    if thing is None or not (_can_speak(verb, thing, cues, types) and (verb.tag_ == "VBG" or _of_medium(verb))):
        return None
    kept = [draft for draft in drafts if draft.anchor != verb.i]
    hole = (verb.left_edge.i if verb.dep_ == "relcl" else verb.i, thing.right_edge.i + 1)
    outer = _governor(verb, kept)
    if outer is None:
        return _cited_alone(verb, thing, hole, kept, cues)
    content = contents.cleaned(verb.doc, contents.without(outer.content, hole))
    inner = Draft(verb.i, (verb.i,), members(thing), content, "neutral", verb.lemma_.lower(), outer.anchor)
    return [replace(d, content=content) if d is outer else d for d in kept] + [inner]


def _heard_from(verb: Token, drafts: Sequence[Draft], cues: Cues, types: Types) -> list[Draft]:
    """ "The Post has learned from officials that": the officials."""
    outer = next((draft for draft in drafts if draft.anchor == verb.i), None)
    name = by_phrase(verb, "from")
    if outer is None or name is None or not is_person_like(name, cues, types):
        return []
    return [Draft(name.head.i, (name.head.i,), members(name), outer.content, "neutral", "from", verb.i)]


def _of_medium(verb: Token) -> bool:
    """ "the agency, which cited officials"."""
    who = subject(verb)
    return verb.dep_ == "relcl" and who is not None and who.lower_ in {"which", "who", "that"}


def _cited_thing(verb: Token) -> Token | None:
    """The object, also of "referring to" and "quoting from"."""
    nested = [t for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "from"} for t in c.children]
    things = [t for t in [*verb.children, *nested] if t.dep_ in {"dobj", "pobj"} and t.i > verb.i]
    return things[0] if things else None


def _cited_alone(verb: Token, thing: Token, hole: Range, drafts: list[Draft], cues: Cues) -> list[Draft] | None:
    """The clause hangs on "citing" instead of on the verb of saying, or there is none at all."""
    clause = contents.right_clause(verb)
    sent = verb.sent
    content = contents.cleaned(verb.doc, contents.without(clause or [(sent.start, sent.end)], hole))
    inner = Draft(verb.i, (verb.i,), members(thing), content, "neutral", verb.lemma_.lower())
    head = verb.head
    heads = source_heads(head) if head.lemma_.lower() in cues.verbs else ()
    if not clause or not heads:
        return [*drafts, inner]
    stance = cues.verbs[head.lemma_.lower()][0].stance
    outer = Draft(head.i, (head.i,), heads, content, stance, head.lemma_.lower(), kind="clause")
    return [*drafts, outer, replace(inner, through=outer.anchor)]


def _can_speak(verb: Token, thing: Token, cues: Cues, types: Types) -> bool:
    """ "citing officials", not "citing him as an example"; "referring to a report", not "referring to the mayor"."""
    if any(child.lower_ == "as" for word in (verb, thing) for child in word.children if child.i > verb.i):
        return False
    if thing.lemma_.lower() in cues.lists["speakers"] | cues.lists["settings"]:
        return True
    kind = types(thing) or cues.classes.get(thing.lemma_.lower())
    return verb.lemma_.lower() != "refer" and (thing.pos_ == "PROPN" or kind in ACTORS | {"Document"})


def _governor(verb: Token, drafts: Sequence[Draft]) -> Draft | None:
    """The attribution whose source it follows after a comma, else the nearest on the way up, by its cue or by its source."""
    before = verb.left_edge.i - 2
    for draft in drafts if verb.doc[before + 1].text == "," else ():
        cue = verb.doc[draft.anchor]
        if any(_ends_at(head, before) for head in draft.heads) or (
            cue.pos_ == "VERB" and cue.right_edge.i in {before, before + 1}
        ):
            return draft
    at = verb
    for _ in range(4):
        if at.head.i == at.i:
            return None
        at = at.head
        for draft in drafts:
            if draft.anchor == at.i or any(head.i == at.i for head in draft.heads) or _turned(at, verb, draft):
                return draft
    return None


def _ends_at(head: Token, place: int) -> bool:
    """Whether the noun phrase's own words end there."""
    return head.i <= place and all(token.dep_ in OF_NOUN or token.i == head.i for token in head.doc[head.i : place + 1])


def _turned(at: Token, verb: Token, draft: Draft) -> bool:
    """ "A reported, quoting B, that C came" parsed with "came" on top."""
    cue = verb.doc[draft.anchor]
    return cue.dep_ == "ccomp" and cue.head.i == at.i and cue.i < verb.i < at.i


# ---- the outer source -------------------------------------------------------------------------------------------------------------------


def _quoting(verb: Token, drafts: list[Draft], quotes: Quotes, cues: Cues) -> list[Draft] | None:
    """ "A quoted B as saying": A is the outer source, B the inner, also with the words before it."""
    saying = next((c for p in verb.children if p.lower_ == "as" for c in p.children if c.dep_ == "pcomp"), None)
    if saying is None or saying.lemma_.lower() not in cues.verbs:
        return None
    heads = members(agent(verb) or agent(saying)) if is_passive(verb) else source_heads(verb)
    inner = next((draft for draft in drafts if draft.anchor == saying.i), None)
    if inner is None:
        words = contents.quoted_words(verb, quotes, fragments=True) or contents.rest_of_sentence(verb, quotes)
        inner = Draft(saying.i, (saying.i,), source_heads(saying), words, "neutral", saying.lemma_.lower())
    rest = [draft for draft in drafts if draft.anchor not in {saying.i, verb.i}]
    if not heads:
        return [*rest, inner]
    outer = Draft(verb.i, (verb.i,), heads, inner.content, "neutral", verb.lemma_.lower())
    return [*rest, outer, replace(inner, through=verb.i)]


def _quoted_by(verb: Token, drafts: list[Draft]) -> list[Draft]:
    """ "X, quoted by Y, said", "in a telegram cited by Y, X said": Y is the outer source."""
    if (said := _quoted_who(verb, drafts)) is not None:
        outer = Draft(verb.i, (verb.i,), source_heads(verb), said.content, "neutral", verb.lemma_.lower(), said.through)
        kept = [replace(d, through=verb.i) if d is said else d for d in drafts if d.anchor != verb.i]
        return [*kept, outer]
    heads = members(agent(verb) or _quoted_in(verb)) if verb.tag_ == "VBN" else _whom_they_quote(verb)
    inner = _governor(verb, drafts) if heads else None
    if inner is None or inner.anchor == verb.i:
        return drafts
    content = contents.cleaned(verb.doc, contents.without(inner.content, contents.subtree(verb)))
    outer = Draft(verb.i, (verb.i,), heads, content, "neutral", verb.lemma_.lower(), inner.through)
    kept = [replace(d, through=verb.i, content=content) if d is inner else d for d in drafts if d.anchor != verb.i]
    return [*kept, outer]


def _quoted_who(verb: Token, drafts: Sequence[Draft]) -> Draft | None:
    """ "The paper quoted an official who said that": what the official said."""
    whom = None if is_passive(verb) else next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    theirs = (d for d in drafts if d.heads and whom is not None and antecedent(d.heads[0]).i == whom.i != d.heads[0].i)
    return next(theirs, None)


def _whom_they_quote(verb: Token) -> tuple[Token, ...]:
    """ "Major Tui, whom the Star quotes": the Star."""
    whom = any(child.lower_ == "whom" and child.dep_ == "dobj" for child in verb.children)
    return members(subject(verb)) if whom and verb.dep_ == "relcl" else ()


def _quoted_in(verb: Token) -> Token | None:
    return next((t for c in verb.children if c.lower_ == "in" for t in c.children if t.dep_ == "pobj"), None)
