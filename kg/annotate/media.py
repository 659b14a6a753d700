"""Through which medium words are known: "told the Gazette", "in an interview with", "asked by", "a report seen by"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.annotate.contents import before_relative
from kg.annotate.cues import Cues
from kg.annotate.drafts import Draft
from kg.annotate.parsed import Doc, Token
from kg.annotate.sources import agent, antecedent, members, subject
from kg.annotate.voices import Types

# who asks or sees without being a medium
NO_MEDIUM = frozenset(
    {"Person", "Group", "Country", "City", "Region", "Government", "GovernmentBody", "ArmedForce", "PoliticalParty"}
    | {"IntelligenceAgency"}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Who may be the medium and the words that say so. `sure`: whoever stands there is one, if not plainly something else."""

    head: Token
    cue: tuple[int, ...] = ()
    sure: bool = False


def through_media(doc: Doc, drafts: Sequence[Draft], cues: Cues, types: Types) -> list[Draft]:
    """The drafts, those known through a medium linked to one of that medium."""
    found = list(drafts)
    for draft in drafts:
        passage = _passage(doc, draft, cues, types) if draft.heads and draft.through is None else None
        if passage is not None:
            outer = Draft(
                passage.head.i, passage.cue, members(passage.head), draft.content, "neutral", "", kind="medium"
            )
            found = [replace(d, through=passage.head.i) if d is draft else d for d in found] + [outer]
    return found


def _passage(doc: Doc, draft: Draft, cues: Cues, types: Types) -> Passage | None:
    if draft.kind == "phrase" or draft.anchor in {head.i for head in draft.heads}:
        return None
    verb = doc[draft.anchor]
    told: Iterable[Passage] = _told(verb) if draft.kind != "holder" else ()
    for passage in (
        *told,
        *_reader(verb, draft.heads, cues),
        *_in_setting(verb, cues),
        *_participles(verb, draft.heads, cues),
    ):
        if is_medium(passage.head, cues, types) or (passage.sure and _may_be_medium(passage.head, types)):
            return passage
    return None


def _told(verb: Token) -> Iterator[Passage]:
    """ "told X", "confirmed to X", "X was told by"."""
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "nsubjpass"} and verb.lemma_.lower() == "tell":
            yield Passage(child if child.pos_ != "ADP" else next(iter(child.children), child))
        elif child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            yield from (Passage(name, (child.i,)) for name in child.children if name.dep_ == "pobj")


def _reader(verb: Token, heads: Sequence[Token], cues: Cues) -> Iterator[Passage]:
    """ "X has seen a letter that says", "a letter, which X printed, says"."""
    papers = [antecedent(head) for head in heads]
    readings = [paper.head for paper in papers if paper.dep_ == "dobj"]
    readings += [
        child for paper in papers for child in paper.children if child.dep_ == "relcl" and before_relative(child)
    ]
    for reading in readings:
        reader = subject(reading) if reading.lemma_.lower() in cues.lists["seen"] else None
        if reader is not None and reader.i != verb.i:
            yield Passage(reader, (reading.i,))


def _in_setting(verb: Token, cues: Cues) -> Iterator[Passage]:
    """ "in an interview with X", "in remarks to X"."""
    settings = [t for c in verb.children if c.dep_ == "prep" and c.lower_ in {"in", "during"} for t in c.children]
    for setting in settings:
        for word in setting.children:
            if setting.lemma_.lower() in cues.lists["settings"] and word.lower_ in {"with", "to", "for"}:
                talk = setting.lemma_.lower() == "interview"
                cue = (setting.head.i, setting.i, word.i)
                yield from (Passage(name, cue, talk) for name in word.children if name.dep_ == "pobj")


def _participles(verb: Token, heads: Sequence[Token], cues: Cues) -> Iterator[Passage]:
    """ "speaking to X", "asked by X", "a report seen by X", hung on the verb, on its source or on what it stands in."""
    own = [child for child in verb.children if child.dep_ in {"advcl", "csubj"}]
    around = [*heads, *(t for c in verb.children if c.dep_ == "prep" and c.lower_ == "in" for t in c.children)]
    theirs = [token for head in around for token in head.subtree if token.dep_ in {"acl", "relcl"}]
    for word in (*own, *theirs):
        lemma = word.lemma_.lower()
        if word.tag_ == "VBN" and lemma in cues.lists["asked"] | cues.lists["seen"] and (name := agent(word)):
            yield Passage(name, (word.i, name.head.i), sure=True)
        if word.tag_ == "VBG" and lemma in cues.lists["speaking"]:
            for to in (child for child in word.children if child.lower_ in {"to", "with", "on"}):
                yield from (Passage(name, (word.i, to.i)) for name in to.children if name.dep_ == "pobj")


def is_medium(token: Token, cues: Cues, types: Types) -> bool:
    """A medium by its class, by a word of its name ("the Evening Gazette") or by what stands beside it ("Tamani, a local radio")."""
    noun = cues.classes.get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if "MediaOrganization" in {types(token), noun}:
        return True
    if token.pos_ == "NOUN" and _names_media(token, cues):
        return any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in token.children)  # "the broadcaster NRK"
    if token.pos_ != "PROPN":
        return False
    beside = [child for child in token.children if child.dep_ == "appos" or (child.i < token.i and child.is_lower)]
    if any(_names_media(child, cues) for child in beside):
        return True
    words = {t.lower_ for t in token.subtree if t.i <= token.i}
    named = any(child.dep_ == "det" for child in token.children) and token.lower_ in cues.lists["media"]
    return named or (types(token) != "Person" and bool(words & cues.lists["media"]))


def _names_media(noun: Token, cues: Cues) -> bool:
    lemma = noun.lemma_.lower()
    return cues.classes.get(lemma) == "MediaOrganization" or lemma in cues.lists["media"]


def _may_be_medium(token: Token, types: Types) -> bool:
    return token.pos_ == "PROPN" and types(token) not in NO_MEDIUM
