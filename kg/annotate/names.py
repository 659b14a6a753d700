"""Names in a parsed text: where each begins and ends, and what it is, by all the evidence of the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kg.annotate.entity_lexicon import EntityLexicon
from kg.gazetteer import Gazetteer

# What the model's labels mean in the ontology, where nothing better is known.
LABELS = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "City", "LOC": "Region", "FAC": "Facility", "EVENT": "Gathering",
    "WORK_OF_ART": "Document", "LAW": "Document", "PRODUCT": "Artifact", "NORP": "Group",
}  # fmt: skip
PLACES = frozenset({"Place", "Country", "Region", "City", "Facility"})
PLACE_PREPOSITIONS = frozenset({"in", "near", "from", "across", "outside", "into", "at", "toward", "towards", "to"})
PARTICLES = frozenset({"de", "da", "del", "della", "di", "du", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le",
                       "ul", "ur", "dos", "das", "ben", "abu", "of", "for", "and", "the", "zu", "&", "'", "-"})  # fmt: skip
MONTHS = re.compile(r"^(January|February|March|April|May|June|July|August|September|October|November|December|"
                    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?$")  # fmt: skip


@dataclass(slots=True)
class Name:
    """A name found, as token indices, with the weight of evidence for each class."""

    start: int
    end: int
    votes: dict[str, float] = field(default_factory=dict)
    demonym: bool = False
    type: str = ""

    def vote(self, type_: str, weight: float) -> None:
        self.votes[type_] = self.votes.get(type_, 0.0) + weight

    def text(self, doc: Doc) -> str:
        return doc[self.start : self.end].text


@dataclass(frozen=True, slots=True)
class NameFinder:
    lexicon: EntityLexicon
    gazetteer: Gazetteer

    def __call__(self, doc: Doc) -> list[Name]:
        """All names in text order; they never overlap."""
        taken = bytearray(len(doc))
        found: list[Name] = []
        for name in sorted(self._candidates(doc), key=lambda n: (-(n.end - n.start), n.start)):
            if not any(taken[name.start : name.end]):
                taken[name.start : name.end] = b"\x01" * (name.end - name.start)
                found.append(name)
        found.sort(key=lambda n: n.start)
        return decide(doc, found, self)

    def _candidates(self, doc: Doc) -> Iterator[Name]:
        yield from self._known(doc)
        for ent in doc.ents:
            if ent.label_ in LABELS:
                yield from self._recognised(doc, ent)

    def _known(self, doc: Doc) -> Iterator[Name]:
        """Names and adjectives of the gazetteer, longest first at each word."""
        text, at = doc.text, 0
        for token in doc:
            if token.i < at or not token.text[0].isupper():
                continue
            longest = self.gazetteer.longest(token.text)
            if not longest:
                continue
            for end in range(min(token.i + 10, len(doc)), token.i, -1):
                last = doc[end - 1]
                length = last.idx + len(last.text) - token.idx
                if length > longest + 4 or last.is_space or (last.is_punct and end > token.i + 1):
                    continue
                words = text[token.idx : token.idx + length]
                if self.gazetteer.named(words) or self.gazetteer.adjective(words):
                    yield Name(token.i, end)
                    at = end
                    break

    def _recognised(self, doc: Doc, ent: Span) -> Iterator[Name]:
        start, end = self.trim(doc, ent.start, ent.end, ent.label_ == "PERSON")
        if start < end and any(t.text[0].isupper() or t.text[0].isdigit() for t in doc[start:end]):
            name = Name(start, end)
            name.vote(LABELS[ent.label_], 1.0)
            yield name

    def trim(self, doc: Doc, start: int, end: int, person: bool) -> tuple[int, int]:
        """Without article, title and possessive mark."""
        while start < end and (
            doc[start].lower_ in ("the", "a", "an", "'s", "'") or doc[start].is_space or doc[start].is_punct
        ):
            start += 1
        while start < end and (doc[end - 1].lower_ in ("'s", "'") or doc[end - 1].is_space or doc[end - 1].is_punct):
            end -= 1
        while start + 1 < end and (
            doc[start].lower_ in self.lexicon.honorifics or (person and self._is_title(doc[start]))
        ):
            start += 1
        return start, end

    def _is_title(self, token: Token) -> bool:
        return token.lower_ in self.lexicon.titles or token.lower_ in self.lexicon.title_modifiers


def decide(doc: Doc, found: list[Name], finder: NameFinder) -> list[Name]:
    """Gives each name its class: the votes of all names of one form in the article together."""
    by_form: dict[str, list[Name]] = defaultdict(list)
    for name in found:
        _own_evidence(doc, name, finder)
        by_form[name.text(doc)].append(name)
    for names in by_form.values():
        total: dict[str, float] = defaultdict(float)
        for name in names:
            for type_, weight in name.votes.items():
                total[type_] += weight / len(names)
        best = max(sorted(total), key=lambda t: total[t]) if total else "Organization"
        for name in names:
            name.type = best
    return found


def _own_evidence(doc: Doc, name: Name, finder: NameFinder) -> None:
    text = name.text(doc)
    entries = finder.gazetteer.lookup(text)
    for entry in entries[:1]:
        name.vote(entry.type, 3.0)
    name.demonym = bool(finder.gazetteer.adjective(text)) and not finder.gazetteer.named(text)
    ending = finder.lexicon.endings.get(doc[name.end - 1].lower_)
    if ending and name.end - name.start > 1:
        name.vote(ending, 2.5)
    if name.start and doc[name.start - 1].lower_ in finder.lexicon.honorifics | finder.lexicon.titles:
        name.vote("Person", 3.0)
