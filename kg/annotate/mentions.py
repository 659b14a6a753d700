"""Mentions: the words that refer to somebody or something, with the ontology's classes."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.name_types import NameTyper
from kg.annotate.names import Name, NameFinder
from kg.annotate.nominals import LEFT, Nominal, nominals, noun_phrase, pronouns
from kg.annotate.parsed import Doc, Token
from kg.data import Folder
from kg.gazetteer import NO_PLURAL, Gazetteer, Number
from kg.model import Mention, Span

BEFORE = ("amod", "compound", "nmod", "poss")  # arcs of what stands before a noun and belongs to it


@dataclass(slots=True)
class MentionFinder:
    """Finds the names, nominals and pronouns of a parsed text."""

    folder: Folder
    gazetteer: Gazetteer
    lexicon: EntityLexicon = field(init=False)

    def __post_init__(self) -> None:
        self.lexicon = EntityLexicon.load(self.folder)

    def __call__(self, doc: Doc) -> tuple[Mention, ...]:
        """Sorted by start, the longer first. What only serves the page ("Read more", a picture's credit) speaks of nothing."""
        names = NameFinder(self.lexicon, self.gazetteer)(doc)
        NameTyper(self.lexicon, self.gazetteer)(doc, names)
        taken = bytearray(len(doc))
        for name in names:
            taken[name.start : name.end] = b"\x01" * (name.end - name.start)
        found = [self._of_name(doc, name) for name in names]
        found += [_of_nominal(doc, nominal) for nominal in nominals(doc, self.lexicon, taken)]
        for i, type_, number in pronouns(doc):
            span = _span(doc, i, i + 1)
            found.append(Mention(span, "pronoun", type_, span, span, number))
        page = [block.span for block in doc.user_data.get("blocks", ()) if block.kind == "boilerplate"]
        found = [m for m in found if not any(span.covers(m.span) for span in page)]
        return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end, m.kind)))

    def _of_name(self, doc: Doc, name: Name) -> Mention:
        """A people's noun ("Ukrainians", "a Swede") is a nominal: the people, not the country."""
        span, text = _span(doc, name.start, name.end), name.text(doc)
        people = self.gazetteer.people(text)
        several = people is not None and people[1] == "plural" and not self.gazetteer.named(text)
        # "the Dane", but not "the German" or "the New Yorker"
        subject = doc[name.end - 1].dep_ in ("nsubj", "nsubjpass") and not text.endswith(NO_PLURAL)  # "the Russian had"
        noun = not self.gazetteer.named(text) and (subject or not self.gazetteer.adjective(text))
        if people is not None and (several or _is_one_of_a_people(doc, name, noun)):
            return _of_people(doc, name, people[1])
        if self._is_another(doc, name):
            return Mention(span, "nominal", name.type, span, span, "singular")
        number = self._adherent(doc, name)
        return _of_people(doc, name, number) if number else Mention(span, "name", name.type, span, span, None)

    def _is_another(self, doc: Doc, name: Name) -> bool:
        """ "a new Kerner Commission", "another Chernobyl": one like it."""
        token = doc[name.end - 1]
        words = [word.lower_ for word in doc[max(0, name.start - 2) : name.start]] if token.dep_ not in BEFORE else []
        new = words[-1:] and words[-1] in self.lexicon.anew and "a" in words
        near = ("a", "an", "local", "nearby", "adjacent")  # "an adjacent Nordmart"
        one = any(c.lower_ in near and c.i < name.start for c in token.lefts)
        branch = one and token.dep_ not in BEFORE and name.type in ("Company", "Facility")
        return bool(new) or words[-1:] == ["another"] or branch or self._is_sought(token, name)

    def _is_sought(self, token: Token, name: Name) -> bool:
        """ "a White House bid", "the race for the White House": neither the house nor who governs."""
        if name.type != "Government":
            return False
        over = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "for" else token.head
        fits = token.dep_ in ("compound", "nmod", "dobj") or over.i != token.head.i
        return fits and over.lemma_.lower() in self.lexicon.seat["sought"]

    def _adherent(self, doc: Doc, name: Name) -> Number | None:
        """ "a Republican", "some Democrats", "native-born Hispanics": one or a part of those who are called so, not the party or people."""
        token, form = doc[name.end - 1], name.text(doc).lower()
        one = form in self.lexicon.adherents and not form.endswith("s") and any(c.dep_ == "det" for c in token.lefts)
        if token.dep_ == "poss" and one:
            return "singular"  # "the Republican's supporters"
        if token.dep_ in BEFORE:
            title = form in self.lexicon.members and name.end < len(doc) and doc[name.end].pos_ == "PROPN"
            return "singular" if title else None  # "Democrat Ann Lee"
        if self._are_of_body(doc, name):
            return "plural"
        one = name.type == "Group" and any(c.lower_ in ("a", "an") for c in token.lefts)  # "a Baptist"
        called_so = form in self.lexicon.adherents or one or (name.type == "Group" and form.endswith("s"))
        if not called_so or token.pos_ == "ADJ":
            return None
        if form in self.lexicon.members:
            return "singular"
        if token.tag_ not in ("NNS", "NNPS") and not form.endswith("s"):
            return "singular" if any(c.dep_ in LEFT and c.i < name.start for c in token.lefts) else None
        return "plural" if self._is_singled_out(token, name) or self._are_polled(token) else None

    def _are_polled(self, token: Token) -> bool:
        """ "a poll that oversamples Democrats": voters."""
        return any(word.lemma_.lower() in self.lexicon.polled and word.pos_ in ("NOUN", "VERB") for word in token.sent)

    def _are_of_body(self, doc: Doc, name: Name) -> bool:
        """ "House Democrats" """
        words = [token.lower_ for token in doc[name.start : name.end]]
        known = self.lexicon.adherents
        return len(words) == 2 and words[1] in known and words[1].endswith("s") and " ".join(words) not in known

    def _is_singled_out(self, token: Token, name: Name) -> bool:
        """Whether a word beside a plural noun says that not all are meant: a number, a clause, "some", "one of", "including"."""
        near = (c for c in token.children if not (name.start <= c.i < name.end or c.is_punct or c.lower_ == "the"))
        words = (c for c in near if c.dep_ in LEFT or (c.dep_ in ("relcl", "acl") and c.left_edge.i == name.end))
        if token.dep_ == "conj" and token.head.tag_ in ("NNS", "NNPS") and self._is_singled_out(token.head, name):
            return True  # "most Republicans and Democrats"
        some = self._is_of_some(token) or self._goes_on_to_name_some(token) or _says_which(token)
        return some or any(not self._is_of_country(word) for word in words)

    def _is_of_some(self, token: Token) -> bool:
        """ "20% of Democrats", "rarer among Democrats" """
        before = token.head if token.dep_ == "pobj" else token
        part = before.head
        counted = part.pos_ in ("NUM", "PRON", "DET") or part.lemma_.lower() in self.lexicon.counts
        return before.lower_ == "among" or (before.lower_ == "of" and counted)

    def _goes_on_to_name_some(self, token: Token) -> bool:
        """ "Democrats, including Ann Lee" """
        behind = token.doc[token.i + 1 : token.i + 3]
        after = next((word for word in behind if word.text != ","), token)
        return after.lower_ in self.lexicon.naming_some and after.tag_ in ("IN", "VBG")

    def _is_of_country(self, word: Token) -> bool:
        """ "the German Social Democrats" """
        entry = self.gazetteer.adjective(word.text)
        return entry is not None and entry.type == "Country"


def _says_which(token: Token) -> bool:
    """ "Republicans upset with him", "Democrats in the House" """
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    return after.pos_ == "ADJ" or (after.dep_ == "prep" and after.head.i == token.i)


def _of_people(doc: Doc, name: Name, number: Number) -> Mention:
    span = _span(doc, name.start, name.end)
    start, core = noun_phrase(doc[name.end - 1])
    return Mention(
        _span(doc, min(start, name.start), name.end), "nominal", "Group" if number == "plural" else "Person", span,
        _span(doc, min(core, name.start), name.end), number,
    )  # fmt: skip


def _span(doc: Doc, start: int, end: int) -> Span:
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))


def _of_nominal(doc: Doc, n: Nominal) -> Mention:
    return Mention(
        _span(doc, n.start, n.end), "nominal", n.type, _span(doc, n.head_end - 1, n.head_end),
        _span(doc, n.core_start, n.end), "plural" if n.plural else "singular",
    )  # fmt: skip


def _is_one_of_a_people(doc: Doc, name: Name, noun: bool) -> bool:
    """ "a German": a noun of its own behind an article; `noun`: behind "the" as well."""
    token = doc[name.end - 1]
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in BEFORE:
        return False
    described = any(child.dep_ == "amod" for child in token.lefts)  # "the average American"
    noun = noun or described
    one = ("a", "an", "one", "another", "every", "each", "any", "no", *(("the",) if noun else ()))
    return any(child.lower_ in one for child in token.lefts)
