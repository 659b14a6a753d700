"""Names in a parsed text: where each begins and ends. What each is, `name_types` decides by all the evidence of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.parsed import Doc, Span, Token
from kg.gazetteer import Gazetteer, fold

# What the model's labels mean in the ontology, where nothing better is known.
LABELS = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "City", "LOC": "Region", "FAC": "Facility", "EVENT": "Gathering",
    "WORK_OF_ART": "Document", "LAW": "Document", "PRODUCT": "Artifact", "NORP": "Group",
}  # fmt: skip
KINDS_OF_REGION = frozenset({"region", "oblast", "province", "peninsula", "county", "state"})
HALVES = frozenset({"North", "South", "East", "West"})
CONNECTORS = (("of",), ("for",), ("of", "the"), ("for", "the"))
EDGES = frozenset({"the", "a", "an", "'s", "'", "-", "and", "or", "of", "&"})
BODIES = frozenset({"GovernmentBody", "Organization", "MediaOrganization", "Company", "ArmedForce", "PoliticalParty"})
SHORT = frozenset({"jr", "jr.", "sr", "sr."})
RUN_ON = re.compile(r"[a-z]{3}[A-Z0-9][a-z0-9]")  # "Lee Anderson" + "The Herald", without a space: "AndersonThe"
ACRONYM = re.compile(r"[A-Z][A-Z0-9/&-]*[A-Z][A-Z0-9]*s?")


NAMING = frozenset({"PROPN", "NOUN", "X", "ADJ", "VERB"})  # what the tagger may take a name for

# kinds of people that are no titles: "the Black Panthers", "Christian Aid"
WHAT_ONE_IS = frozenset({"minority", "believer"})


@dataclass(slots=True)
class Name:
    """A name found, as token indices, with the weight of evidence for each class."""

    start: int
    end: int
    votes: dict[str, float] = field(default_factory=dict)
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
        found = _take(self._candidates(doc), taken)
        found += _take(self._acronyms(doc, taken), taken)
        found += _take(self._repeated(doc, found, taken), taken)
        found += _take(self._runs(doc, taken), taken)
        found += _take(self._steady(doc, taken), taken)
        found = self._with_given_names(doc, sorted(found, key=lambda n: n.start), taken)
        return [name for name in self._joined(doc, found) if not self._is_no_phrase(name.text(doc))]

    def _is_no_phrase(self, text: str) -> bool:
        """ "Election Day": a time; what is one word was told before."""
        return " " in text and text.lower() in self.lexicon.no_names

    def _movements(self, doc: Doc) -> Iterator[Name]:
        """ "Americans for Prosperity", "Ghanaians Against Corruption": bodies called after a people and what it wants."""
        for token in doc[: max(len(doc) - 2, 0)]:
            if token.nbor().lower_ not in ("for", "against") or not self.gazetteer.people(token.text):
                continue
            end = token.i + 2
            while end < len(doc) and doc[end].is_title and doc[end].pos_ in ("PROPN", "ADJ"):
                end += 1
            if end > token.i + 2 and not self.gazetteer.named(doc[token.i + 2 : end].text):
                name = Name(token.i, end)
                name.vote("Organization", 3.0)
                yield name

    def _candidates(self, doc: Doc) -> Iterator[Name]:
        yield from self._movements(doc)
        for name in self._known(doc):
            yield self._with_kind_of_place(doc, name)
        for ent in doc.ents:
            if ent.label_ in LABELS:
                yield from self._recognised(doc, ent)

    # ---- the gazetteer's names ----

    def _known(self, doc: Doc) -> Iterator[Name]:
        """Names and adjectives of the gazetteer, longest first at each word."""
        at, text = 0, doc.text
        for token in doc:
            if token.i < at or not token.text[0].isupper():
                continue
            end = self._longest_known(doc, token)
            if end and not (end == token.i + 1 and self._is_word(doc, token)):
                yield Name(token.i, end)
                at = end
            elif token.text in HALVES and self._is_half(doc, token, text):
                name = Name(token.i, token.i + 1)
                name.vote("Country", 5.0)
                yield name
                at = token.i + 1

    def _is_word(self, doc: Doc, token: Token) -> bool:
        """Whether one word that is also a known name is meant as a word here: "Economist Paula Reyes said"."""
        after = doc[token.i + 1] if token.i + 1 < len(doc) else token
        before_a_name = after.i > token.i and after.is_title and after.pos_ == "PROPN"
        title = before_a_name and self.is_title(token)
        other = self._is_exclamation(token) or self._ends_other(token) or self._is_plural(token)
        other = other or token.pos_ == "AUX"  # "HE IS GUILTY"
        return self._names_nothing(token) or title or other or self._is_of_no_people(token)

    def _names_nothing(self, token: Token) -> bool:
        """ "Thou", "the AG", "DAs" """
        capitals = token.text.isupper() or token.text[:-1].isupper()
        return token.lower_ in self.lexicon.no_names or (capitals and token.lower_ in self.lexicon.no_acronyms)

    def _is_of_no_people(self, token: Token) -> bool:
        """ "Indian summer", "French fries"; "in English" """
        language = self.gazetteer.adjective(token.text) and not self.gazetteer.named(token.text)
        if language and token.i and token.nbor(-1).lower_ == "in" and token.dep_ == "pobj":
            return True
        if language and token.doc[token.i + 1 : token.i + 3].text == "-speaking":
            return True
        behind = token.nbor().lemma_.lower() if token.i + 1 < len(token.doc) else ""
        return behind in self.lexicon.of_no_people.get(token.lower_, ())

    def _is_exclamation(self, token: Token) -> bool:
        """ "Nice!" is no town."""
        kinds = {entry.type for entry in self.gazetteer.lookup(token.text)}
        return token.tag_ in ("JJ", "UH") and kinds == {"City"}

    def _is_plural(self, token: Token) -> bool:
        """ "States that refuse", at the start of a sentence, is no country."""
        countries = any(entry.type == "Country" for entry in self.gazetteer.lookup(token.text))
        return bool(token.is_sent_start) and token.tag_ == "NNS" and countries

    def _ends_other(self, token: Token) -> bool:
        """ "the Grand Opera House" is no "House"."""
        if token.lower_ not in self.lexicon.endings or not token.i:
            return False
        before = token.nbor(-1)
        capital = before.is_title and before.pos_ == "PROPN" and before.lower_ not in self.lexicon.adherents
        title = before.lower_ in self.lexicon.titles or before.lower_ in self.lexicon.honorifics
        return capital and not self.gazetteer.adjective(before.text) and not title

    def _is_half(self, doc: Doc, token: Token, text: str) -> bool:
        """ "the North" where the article speaks of a country whose name begins so."""
        after = doc[token.i + 1 : token.i + 2]
        if (
            not token.i
            or token.nbor(-1).lower_ != "the"
            or (len(after) and (after[0].pos_ == "PROPN" or after[0].text == "-"))
        ):
            return False
        found = re.search(rf"{token.text} [A-Z][a-z]+", text)
        return found is not None and any(entry.type == "Country" for entry in self.gazetteer.lookup(found.group()))

    def _longest_known(self, doc: Doc, token: Token) -> int | None:
        """Behind the last token of the longest known name that begins here; None if there is none."""
        longest = self.gazetteer.longest(token.text)
        if not longest:
            return None
        for end in range(min(token.i + 10, len(doc)), token.i, -1):
            last = doc[end - 1]
            length = last.idx + len(last.text) - token.idx
            if length > longest + 4 or last.is_space or (last.is_punct and end > token.i + 1):
                continue
            words = doc[token.i : end].text
            if self.gazetteer.named(words) or (self.gazetteer.adjective(words) and not self._is_language(doc, end)):
                return end
        return None

    def _is_language(self, doc: Doc, end: int) -> bool:
        """ "in Dutch", "in English, Dutch and Thai", "speaks Dutch", "the Dutch language" are about the language, not the country."""
        behind = doc[end : end + 2].text.lower()
        if behind.startswith(("language", "lesson", "-speak", "-language")):
            return True
        row = self._row(doc, end)
        before = doc[row[0].i - 1] if row[0].i else None
        if (
            any(
                one.dep_ in ("amod", "compound", "nmod", "poss") or (one.tag_ == "NNPS" and one.text.endswith("s"))
                for one in row
            )
            or before is None
        ):
            return False
        return before.lower_ in ("in", "into") or before.lemma_.lower() in ("speak", "learn", "teach", "translate")

    def _row(self, doc: Doc, end: int) -> list[Token]:
        """The adjectives set side by side, by commas and "and", of which the one before `end` is the last."""
        row = [doc[end - 1]]
        while row[0].i > 1 and doc[row[0].i - 1].lower_ in (",", "and", "or"):
            at = row[0].i - 2
            at -= doc[at].text == ","
            if at < 0 or not (self.gazetteer.adjective(doc[at].text) or doc[at].lower_ in self.lexicon.languages):
                break
            row.insert(0, doc[at])
        return row

    def _with_kind_of_place(self, doc: Doc, name: Name) -> Name:
        """ "Lapland region": what kind of place it is belongs to a place's name."""
        kind = doc[name.end].text if name.end < len(doc) else ""
        if kind in KINDS_OF_REGION and not self.gazetteer.adjective(name.text(doc)):
            known = {entry.type for entry in self.gazetteer.lookup(name.text(doc))}
            name.end += 1 if known & {"Region", "City"} else 0
        return name

    # ---- the model's names ----

    def _recognised(self, doc: Doc, ent: Span) -> Iterator[Name]:
        for start, end in self._parts(doc, ent):
            start, end = self.trim(doc, start, end, ent.label_)
            several = end - start > 1
            if several and ent.label_ == "PERSON" and any(RUN_ON.search(token.text) for token in doc[start:end]):
                continue
            end = _hyphened(doc, end, several and ent.label_ == "PERSON") if start < end else end
            if start < end and _is_capital(doc[start:end]) and not self._is_no_name(doc, start, end):
                name = Name(start, end)
                name.vote(LABELS[ent.label_], 1.0)
                yield name

    def _parts(self, doc: Doc, ent: Span) -> Iterable[tuple[int, int]]:
        """ "Aljazeera and Reuters" are two names where the table knows one of them; a slash always divides."""
        for token in ent:
            number = ent.label_ == "PERSON" and token.like_num
            if (
                token.text == "/"
                or token.is_space
                or number
                or (token.lower_ == "and" and self._joins(doc, ent, token))
            ):
                return ((ent.start, token.i), (token.i + 1, ent.end))
        return ((ent.start, ent.end),)

    def _joins(self, doc: Doc, ent: Span, token: Token) -> bool:
        left, right = doc[ent.start : token.i].text, doc[token.i + 1 : ent.end].text
        return bool(left and right) and (self.gazetteer.named(left) or self.gazetteer.named(right))

    def trim(self, doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
        """Without article, prefix, title, possessive mark and the common noun behind it."""
        while start < end and (doc[start].lower_ in EDGES or doc[start].is_space or doc[start].is_punct):
            start += 1
        while (
            start + 1 < end
            and doc[start].lower_ in self.lexicon.adherents
            and self.gazetteer.named(doc[start + 1 : end].text)
        ):
            start += 1  # "the Republican Senate"
        while start + 2 < end and doc[start + 1].text == "-" and doc[start].text in self.lexicon.name_prefixes:
            start += 2
        while start < end and self._is_tail(doc, start, end):
            end -= 1
        if label == "PERSON":
            start, end = _without_verbs(doc, self._behind_medium(doc, start, end), self._before_known(doc, start, end))
        adherent = end - start > 1 and doc[end - 1].lower_ in self.lexicon.adherents
        if adherent and self.gazetteer.named(doc[start : end - 1].text):
            start = end - 1  # "Virginia Republican"
        if label not in ("EVENT", "LAW", "WORK_OF_ART"):
            start = self._behind_title(doc, start, end, label)
        return start, end

    def _is_tail(self, doc: Doc, start: int, end: int) -> bool:
        last = doc[end - 1]
        if last.lower_ in EDGES or last.is_space or last.is_punct or last.lower_ == "for":
            return True
        return end - start > 1 and last.text in ("agency", "newspaper", "party", "company", "palace", "news", "group's")

    def _behind_title(self, doc: Doc, start: int, end: int, label: str = "") -> int:
        """The first word behind "Presidents", "S African President", "Mr"; a first name ends the search."""
        for i in range(start, min(end - 1, start + 4)):
            token = doc[i]
            known = self._longest_known(doc, token) if self.is_title(token) else None
            if known and known > i + 1:
                break  # "Justice Department"
            if label == "ORG" and token.text in ("of", "for"):
                break  # "Department of Veterans Affairs"
            if token.text in self.lexicon.first_names and token.lower_ not in self.lexicon.titles:
                break
            following = doc[i + 1]
            ahead = following.text[0].isupper() and following.lower_ not in SHORT
            if label != "PERSON" and self._is_of_members(token, doc[i + 1 : end]):
                continue
            common = bool(token.is_sent_start) and token.lower_ in self.lexicon.heads  # "Carmaker Volvo" in first place
            if ahead and (self.is_title(token) or (common and self.gazetteer.named(doc[i + 1 : end].text))):
                start = i + 1 if not self.gazetteer.named(doc[start:end].text) else start
        return start

    def _behind_medium(self, doc: Doc, start: int, end: int) -> int:
        """ "REUTERS Ann Lee": the credit of a picture before the name."""
        known = self._longest_known(doc, doc[start]) if start < end else None
        medium = known and any(one.type == "MediaOrganization" for one in self.gazetteer.lookup(doc[start:known].text))
        return known if known and medium and known < end else start

    def _before_known(self, doc: Doc, start: int, end: int) -> int:
        """Where the name ends if a known one begins in it and goes on behind it: "Ann Lee USA [TODAY]"."""
        inside = range(start + 1, end)
        return next((i for i in inside if (self._longest_known(doc, doc[i]) or 0) > end), end)

    def _is_of_members(self, token: Token, behind: Span) -> bool:
        """ "Farmers" in "National Farmers Council", "Attorney" in "Attorney Council": who sits there, no title of anybody."""
        other = token.lower_ in self.lexicon.titles or token.lower_ in self.lexicon.adherents
        several = token.text.endswith("s") and not other
        return (several or len(behind) == 1) and any(word.lower_ in self.lexicon.endings for word in behind)

    def is_title(self, token: Token) -> bool:
        word = token.lower_
        if word in self.lexicon.honorifics or word in self.lexicon.titles:
            return True
        if word in self.lexicon.no_titles:
            return False
        head = self.lexicon.heads.get(word) or (self.lexicon.heads.get(word[:-1]) if word.endswith("s") else None)
        return head is not None and head.one == "Person" and head.kind not in WHAT_ONE_IS

    def _is_no_name(self, doc: Doc, start: int, end: int) -> bool:
        """One capitalised word that is a common noun at the start of a sentence, a title, a unit, or part of an idiom."""
        token = doc[start]
        if token.i and token.lower_ in ("day", "eve") and token.nbor(-1).tag_ == "POS":
            return True  # "Mother's Day"
        if end - start > 1:
            return doc[start:end].text.lower() in self.lexicon.credits
        if self._is_of_no_people(token):
            return True
        if (self.gazetteer.adjective(token.text) or token.lower_ in self.lexicon.languages) and self._is_language(
            doc, end
        ):
            return True
        head = self.lexicon.heads.get(token.lower_)
        if head is not None and head.kind in WHAT_ONE_IS and not self.gazetteer.named(token.text):
            return (
                True  # "the first Muslim mayor": several are a people, one is somebody, and before a noun it is neither
            )
        if token.lower_ in self.lexicon.title_modifiers and end < len(doc) and self.is_title(doc[end]):
            return True
        opens = bool(token.is_sent_start)
        counts = token.lower_ in self.lexicon.counts and (opens or token.tag_ not in ("NNP", "NNPS"))
        return counts or self._names_nothing(token) or (opens and token.pos_ == "NOUN")

    # ---- names that neither knows ----

    def _acronyms(self, doc: Doc, taken: bytearray) -> Iterator[Name]:
        """ "the Sustainable Farming Board (SFB)", "SFB": capitals alone are a name where not all words are capitals."""
        for token in doc:
            if taken[token.i] or not ACRONYM.fullmatch(token.text) or self._names_nothing(token):
                continue
            beside = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc) and doc[i].is_alpha]
            if not any(other.is_upper and len(other) > 1 for other in beside) and len(token) <= 10:
                name = Name(token.i, token.i + 1)
                name.vote("Organization", 0.5)
                yield name

    def _repeated(self, doc: Doc, found: list[Name], taken: bytearray) -> Iterator[Name]:
        """Further places of a name found before, and the last names of people."""
        forms: dict[str, list[str]] = {}
        for name in found:
            words = [token.text for token in doc[name.start : name.end]]
            forms.setdefault(words[0], words)
            if name.votes.get("Person") and len(words) > 1:
                forms.setdefault(words[-1], words[-1:])
        for token in doc:
            words = forms.get(token.text, [])
            if not words or taken[token.i] or not self._may_repeat(token):
                continue
            if len(words) == 1 and self._is_word(doc, token):
                continue
            if [t.text for t in doc[token.i : token.i + len(words)]] == words:
                yield Name(token.i - (len(words) == 1 and self._is_namesake(token, taken)), token.i + len(words))

    def _is_namesake(self, token: Token, taken: bytearray) -> bool:
        """ "Eliza Falk" where the article speaks of Ann Falk."""
        before = token.nbor(-1) if token.i else token
        given = before.text.istitle() and before.pos_ == "PROPN" and before.dep_ == "compound"
        other = before.is_sent_start or self.is_title(before) or self.gazetteer.named(before.text)
        return given and not taken[before.i] and not other

    def _may_repeat(self, token: Token) -> bool:
        return token.text[0].isupper() and len(token) > 1 and not self._names_nothing(token) and token.pos_ in NAMING

    def _runs(self, doc: Doc, taken: bytearray) -> Iterator[Name]:
        """Capitalised words in mid-sentence that the tagger takes for a proper noun."""
        i = 0
        while i < len(doc):
            end = i
            while end < len(doc) and not taken[end] and self._may_run(doc[end]):
                end += 1
            if end > i and not _is_heading(doc[i]) and (not doc[i].is_sent_start or end > i + 1):
                start = self._behind_title(doc, i, end)
                if not self._is_no_name(doc, start, end) and not self.is_title(doc[end - 1]):
                    yield Name(start, _hyphened(doc, end))
            i = max(end, i + 1)

    def _steady(self, doc: Doc, taken: bytearray) -> Iterator[Name]:
        """Words that are never written small and often taken for a proper noun are names, at the start of a sentence too."""
        small = {token.text for token in doc if token.text.islower()}
        count: dict[str, int] = {}
        for token in doc:
            known = self.is_title(token) or token.lower_ in self.lexicon.title_modifiers
            if not taken[token.i] and self._may_run(token) and token.lower_ not in small and not known:
                count[token.text] = count.get(token.text, 0) + (0 if token.is_sent_start else 1)
        for token in doc:
            if not taken[token.i] and count.get(token.text, 0) > 1 and not self._names_nothing(token):
                yield Name(token.i, token.i + 1)

    # ---- names in pieces ----

    def _joined(self, doc: Doc, found: list[Name]) -> list[Name]:
        """ "Cecilia" + "Lindgren", "News Agency" of "Nigeria", "China" + "Harbour Engineering" are one name."""
        kept: list[Name] = []
        for name in found:
            if kept and self._continues(doc, kept[-1], name):
                kept[-1].end = name.end
                kept[-1].votes = {} if name.votes.get("City") else name.votes
            else:
                kept.append(name)
        return kept

    def _with_given_names(self, doc: Doc, found: list[Name], taken: bytearray) -> list[Name]:
        """ "Isabel" before "Prado" belongs to the name, where only the last name was found; then it is a person's."""
        for name in found:
            before = doc[name.start - 1] if name.start else None
            if before is not None and name.end - name.start == 1 and not taken[before.i] and self._is_given(before):
                taken[before.i] = 1
                name.start -= 1
                name.votes = {"Person": 1.0}
        return found

    def _is_given(self, token: Token) -> bool:
        """Whether a word is the given name of the name behind it."""
        known = fold(token.text).lower() in self.lexicon.genders and token.pos_ == "PROPN" and token.text.istitle()
        last = token.nbor()
        behind = last.text.istitle() and last.lower_ not in self.lexicon.endings
        return known and behind and token.dep_ == "compound" and not self.is_title(token)

    def _continues(self, doc: Doc, left: Name, right: Name) -> bool:
        between = tuple(token.text for token in doc[left.end : right.start])
        last = doc[left.end - 1]
        if between in CONNECTORS:
            kind = self.lexicon.endings.get(last.lower_)
            water = kind == "Region" and left.end - left.start == 1 and between[0] == "of"  # "Gulf of Leyte"
            return last.text.istitle() and (kind in BODIES or water)
        if between or self.gazetteer.adjective(left.text(doc)):
            return False
        if left.text(doc).lower() in self.lexicon.adherents and self.gazetteer.named(right.text(doc)):
            return False  # "the Republican Senate"
        if left.end - left.start == 1 and last.text in self.lexicon.first_names:
            return not self.gazetteer.adjective(right.text(doc)) and doc[right.start].pos_ == "PROPN"
        behind = doc[right.end - 1]
        if self._are_given(doc, left) and right.end - right.start == 1:
            return doc[right.start].pos_ == "PROPN" and not self.gazetteer.adjective(right.text(doc))
        return (
            behind.text.istitle() and self.lexicon.endings.get(behind.lower_) in BODIES and "Person" not in left.votes
        )

    def _are_given(self, doc: Doc, name: Name) -> bool:
        """ "Maria Corina", whose last name the model took for another's."""
        return "Person" in name.votes and all(
            fold(token.text).lower() in self.lexicon.genders for token in doc[name.start : name.end]
        )

    def _may_run(self, token: Token) -> bool:
        return token.pos_ == "PROPN" and token.text[0].isupper() and token.is_alpha and len(token) > 1


def _hyphened(doc: Doc, end: int, person: bool = False) -> int:
    """ "Min-seo": a small second half, joined by a hyphen, belongs to the name; of a person also one that the tagger takes for a noun."""
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        half = doc[end + 1]
        small = person and len(half) < 5 and half.tag_ not in ("VBN", "VBD") and not _goes_before(doc, end + 2)
        part = half.pos_ == "PROPN" or small
        if not (half.is_alpha and half.is_lower and part):
            break
        end += 2
    return end


def _goes_before(doc: Doc, end: int) -> bool:
    """Whether a noun or adjective follows: "Falk-era rules"."""
    return end < len(doc) and doc[end].pos_ in ("NOUN", "ADJ", "PROPN")


def _take(candidates: Iterable[Name], taken: bytearray) -> list[Name]:
    """The longest candidates that do not overlap; the votes of equal ones are one name's."""
    found: dict[tuple[int, int], Name] = {}
    for name in sorted(candidates, key=lambda n: (-(n.end - n.start), n.start)):
        same = found.get((name.start, name.end))
        if same is not None:
            for type_, weight in name.votes.items():
                same.vote(type_, weight)
        elif not any(taken[name.start : name.end]):
            taken[name.start : name.end] = b"\x01" * (name.end - name.start)
            found[name.start, name.end] = name
    return list(found.values())


def _is_capital(span: Span) -> bool:
    return any(token.text[0].isupper() or token.text[0].isdigit() for token in span)


def _is_heading(token: Token) -> bool:
    """In a heading all words are capitals: that one is, says nothing."""
    words = [t for t in token.sent if t.is_alpha and len(t) > 3]
    return len(words) < 3 or sum(t.text[0].isupper() for t in words) * 3 > len(words) * 2


def _without_verbs(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A person's name in a headline that writes every word with a capital: "Falk Says", "Challenging Falk"."""
    end = next((i for i in range(start + 1, end) if doc[i].tag_ in ("VBZ", "VBD")), end)
    if end - start > 1 and doc[start].tag_ == "VBG":
        start += 1
    if end - start > 2 and doc[end - 2].text == "-" and doc[end - 1].is_lower and _goes_before(doc, end):
        end -= 2
    return start, end
