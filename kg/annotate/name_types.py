"""What a name is: the votes of the model, the gazetteer, titles, neighbours and endings, over all its places in the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.names import KINDS_OF_REGION, Name
from kg.annotate.nominals import head_of
from kg.annotate.parsed import Doc, Token
from kg.gazetteer import Entry, Gazetteer

PLACES = frozenset({"Country", "Region", "City", "Facility"})
ORGANIZATIONS = frozenset(
    {
        "Organization",
        "Government",
        "GovernmentBody",
        "ArmedForce",
        "IntelligenceAgency",
        "MediaOrganization",
        "PoliticalParty",
        "Company",
    }
)
# Weights of evidence. The model's label counts 1; found by comparing errors over many articles.
ACRONYM, COUNTRY, LISTED, PLACE = 4.0, 4.0, 2.5, 0.6
TITLE, FIRST_NAME, ENDING, NOUN_BEFORE, NOUN_BEHIND = 3.0, 2.5, 2.5, 2.5, 1.5
PART_OF_NAME, SUBJECT, INSIDE, INITIALS, GOVERNED = 3.0, 0.6, 1.0, 1.5, 0.7
INTRODUCED = 2.0  # by the full name first
THING_BEHIND, ALONGSIDE, AT = 1.2, 1.0, 0.7
LARGE = 300_000  # inhabitants
NUMBERED = re.compile(r"[A-Z]{1,4}-?[0-9]{2,}[A-Z]?")  # "MH17", "Su-57": a machine


@dataclass(frozen=True, slots=True)
class NameTyper:
    lexicon: EntityLexicon
    gazetteer: Gazetteer

    def __call__(self, doc: Doc, found: list[Name]) -> None:
        """Gives each name its class, one for each form in the article."""
        by_form: dict[str, list[Name]] = defaultdict(list)
        for name in found:
            by_form[name.text(doc)].append(name)
        totals = {form: self._total(doc, form, names) for form, names in by_form.items()}
        _share(totals)
        self._call_by_one_name(doc, by_form, totals)
        self._alongside(doc, by_form, totals)
        for form, names in by_form.items():
            best = self._best(form, totals[form])
            town = best == "City" and self._is_also_region(form, totals, names)
            if town or (best == "Country" and self._is_namesake(form, totals)):
                best = "Region"
            for name in names:
                name.type = "Facility" if best == "Government" and self._is_house(doc, name) else best

    def _is_house(self, doc: Doc, name: Name) -> bool:
        """ "at the White House", "he left the White House", "the White House lawn": where a government sits, not who acts."""
        before = [token.lower_ for token in doc[max(0, name.start - 2) : name.start] if token.lower_ != "the"]
        if before and before[-1] in self.lexicon.seat["in"]:
            return True
        root, towns = doc[name.start : name.end].root, self.lexicon.towns
        over = root.head.lemma_.lower()
        if over in self.lexicon.seat["sought"]:
            return False
        if root.dep_ in ("compound", "poss", "nmod"):
            return over in self.lexicon.seat["owning"] | towns["owning"]
        if root.dep_ == "dobj":
            return over in self.lexicon.going | towns["suffering"] | self.lexicon.seat["doing"]
        if root.dep_ == "pobj" and root.head.lower_ in ("to", "from"):
            return root.head.head.lemma_.lower() in self.lexicon.going | self.lexicon.seat["doing"]
        return (
            root.dep_ == "pobj"
            and root.head.lower_ == "of"
            and root.head.head.lemma_.lower() in self.lexicon.seat["owning"]
        )

    def _call_by_one_name(self, doc: Doc, by_form: dict[str, list[Name]], totals: dict[str, dict[str, float]]) -> None:
        """ "Jordan" in an article on Jordan Davis, "Santiago" in one on Esteban Santiago, which nothing says to be a place."""
        for full, found in by_form.items():
            words = full.split(" ")
            person = totals[full].get("Person", 0.0) >= FIRST_NAME and not self.gazetteer.named(full)
            for word in {words[0], words[-1]} & by_form.keys() if len(words) > 1 and person else ():
                inside = any(name.start and doc[name.start - 1].lower_ == "in" for name in by_form[word])
                introduced = by_form[word][0].start > found[0].start
                model = any(name.votes.get("City", 0.0) >= INSIDE for name in by_form[word])
                if not inside and (introduced or not model):
                    weight = COUNTRY + introduced * INTRODUCED
                    totals[word]["Person"] = totals[word].get("Person", 0.0) + weight

    def _alongside(self, doc: Doc, by_form: dict[str, list[Name]], totals: dict[str, dict[str, float]]) -> None:
        """ "Ghent and Bruges": what is named in one breath is of one kind, where the kind of the other is sure."""
        heads = {doc[n.start : n.end].root.i: form for form, names in by_form.items() for n in names}
        sure = {form: best for form, total in totals.items() if (best := _sure(total))}
        for form, names in by_form.items():
            if form in sure:
                continue
            beside = [heads.get(t.i) for n in names for t in doc[n.start : n.end].root.conjuncts]
            kinds = {_family(sure[other]): sure[other] for other in beside if other in sure}
            if len(kinds) == 1:
                family, type_ = kinds.popitem()
                if family in ("place", "Person"):
                    totals[form]["City" if family == "place" else type_] += ALONGSIDE

    def _is_namesake(self, form: str, forms: Iterable[str]) -> bool:
        """ "Georgia" in an article on Alabama and Ohio that speaks of nothing else in the Caucasus."""
        entries = self.gazetteer.lookup(form)
        region = next((entry for entry in entries if entry.type == "Region"), None)
        if region is None or region.country == entries[0].key:
            return False
        others = [found[0] for other in forms if other != form and (found := self.gazetteer.lookup(other))]
        abroad = any(entries[0].key in (entry.key, entry.country) for entry in others)
        return not abroad and sum(entry.type == "Region" and entry.country == region.country for entry in others) > 1

    def _is_also_region(self, form: str, forms: Iterable[str], names: list[Name]) -> bool:
        """ "Lapland" in an article that has "Lapland region"; a state called like a small town."""
        entries = self.gazetteer.lookup(form)
        if not any(entry.type == "Region" for entry in entries):
            return False
        spelled_out = any(other.startswith(f"{form} ") and other.split(" ")[-1] in KINDS_OF_REGION for other in forms)
        spelled_out = spelled_out or any(name.votes.get("Region", 0.0) >= NOUN_BEFORE for name in names)
        small = entries[0].type == "City" and self.gazetteer.population(entries[0].key) < LARGE
        return spelled_out or (
            small and self.gazetteer.capital(form) is None and entries[0].country != entries[-1].country
        )

    def _total(self, doc: Doc, form: str, names: list[Name]) -> dict[str, float]:
        """The evidence of the form itself, and the mean of that of its places."""
        total: dict[str, float] = defaultdict(float)
        for name in names:
            self._around(doc, name)
            for type_, weight in name.votes.items():
                total[type_] += weight / len(names)
        for type_, weight in self._of_form(doc, form, names[0]):
            total[type_] += weight
        return total

    def _best(self, form: str, total: dict[str, float]) -> str:
        """The class with most votes; votes for kinds of organisation or place strengthen each other."""
        if not total:
            return "Organization"
        families = {
            type_: weight
            + sum(0.5 * w for other, w in total.items() if other != type_ and _family(other) == _family(type_))
            for type_, weight in total.items()
        }
        best = max(sorted(families), key=lambda type_: families[type_])
        kinds = sorted(
            (t for t in total if _family(t) == _family(best) and t != "Organization"), key=lambda t: -total[t]
        )
        return kinds[0] if best == "Organization" and kinds and total["Organization"] < ACRONYM else best

    # ---- the form ----

    def _of_form(self, doc: Doc, form: str, name: Name) -> Iterable[tuple[str, float]]:
        words = [token.text for token in doc[name.start : name.end]]
        entries = self.gazetteer.lookup(form)
        if {"Company", "Region"} <= {entry.type for entry in entries}:
            yield "Company", LISTED  # "Amazon", but "the Amazon"
        elif entries:
            yield entries[0].type, self._weight(entries, form)
        if form.lower() in self.lexicon.adherents:
            yield "PoliticalParty", LISTED
        if len(words) > 1:
            yield from self._of_words(words)
        elif words[0] in self.lexicon.last_names:
            yield "Person", INITIALS
        elif words[0] in self.lexicon.first_names:
            yield "Person", 0.5
        elif NUMBERED.fullmatch(form):
            yield "Artifact", INITIALS
        elif len(form) > 1 and form.isupper():
            yield "Organization", INITIALS

    def _of_words(self, words: list[str]) -> Iterable[tuple[str, float]]:
        last, first = words[-1].lower(), words[0].lower()
        if len(words) > 3 and words[-2] == "-" and words[-1].islower():  # "Choi Min-seo"
            yield "Person", 1.5
        ending = self.lexicon.endings.get(" ".join(words[-2:]).lower()) or self.lexicon.endings.get(last)  # "Red Cross"
        if words[0].split("-")[0] in self.lexicon.first_names and not (ending and len(words) > 2):
            yield "Person", FIRST_NAME
        elif ending:
            yield ending, ENDING
        if len(words) > 2 and words[1] in ("of", "for", "on") and first in self.lexicon.endings:
            yield self.lexicon.endings[first], ENDING + 0.5

    def _weight(self, entries: tuple[Entry, ...], form: str) -> float:
        """How far the table can be trusted: small towns are called like people and firms."""
        entry = entries[0]
        if entry.type in PLACES:
            known = entry.type != "City" or " " in form or self.gazetteer.capital(form) is not None
            large = self.gazetteer.population(entry.key) > LARGE or entries[-1].type == "Region"
            return COUNTRY if known and entry.type != "Region" else LISTED if known or large else PLACE
        return ACRONYM if " " in form or (form.isupper() and len(form) > 1) else LISTED

    # ---- the places ----

    def _around(self, doc: Doc, name: Name) -> None:
        before = doc[name.start - 1] if name.start else None
        behind = doc[name.end] if name.end < len(doc) else None
        if before is not None:
            self._before(doc, name, before, behind)
        if behind is not None:
            self._behind(doc, name, behind)
        root = doc[name.start : name.end].root
        self._governor(name, root)
        if root.dep_ in ("nsubj", "nsubjpass") and root.head.lemma_.lower() in self.lexicon.person_verbs:
            name.vote("Person", SUBJECT)
        for child in root.children:
            if child.dep_ == "appos" and not child.text[0].isupper():
                self._noun(name, child, 2.0)
        if root.dep_ == "appos" and not root.head.text[0].isupper():
            self._noun(name, root.head, 2.0)

    def _governor(self, name: Name, root: Token) -> None:
        """ "a Lufthansa spokesman": bodies, not people, stand before a role."""
        if root.dep_ in ("compound", "nmod") and root.head.i >= name.end and root.head.text.islower():
            head = self.lexicon.heads.get(root.head.lemma_.lower())
            if head is not None and head.one == "Person" and head.kind != "relative":
                name.vote("Organization", GOVERNED)
        if root.dep_ == "nsubj" and root.head.lemma_.lower() in self.lexicon.body_verbs:
            name.vote("Organization", SUBJECT)

    def _before(self, doc: Doc, name: Name, before: Token, behind: Token | None) -> None:
        word = before.lower_
        if word == "the" and {"Company", "Region"} <= {entry.type for entry in self.gazetteer.lookup(name.text(doc))}:
            name.vote("Region", COUNTRY)  # "the Amazon"
        if before.text == "the" and (other := self.lexicon.after_the.get(name.text(doc).lower())):
            name.vote(other, 2 * COUNTRY)
        if word in self.lexicon.honorifics or word in self.lexicon.titles:
            name.vote("Person", TITLE)
        elif before.pos_ == "NOUN" and word == before.text and before.tag_ == "NN":
            self._noun(name, before, NOUN_BEFORE)
        elif word in ("in", "at", "near") and (behind is None or behind.text not in ("'s", "'")):
            name.vote("City", INSIDE if word == "in" else AT)
        elif word == "of" and before.i:
            kind = self.lexicon.heads.get(before.nbor(-1).lower_)
            if kind is not None and kind.one in ("City", "Region"):
                name.vote(kind.one, NOUN_BEFORE)

    def _behind(self, doc: Doc, name: Name, behind: Token) -> None:
        if behind.text == "," and name.end + 2 < len(doc):
            age, comma = doc[name.end + 1], doc[name.end + 2]
            if age.text.isdigit() and 10 < len(age.text) * 10 < 30 and comma.text == ",":
                name.vote("Person", TITLE)
        if behind.lower_ == "who" or (
            behind.text == "," and name.end + 1 < len(doc) and doc[name.end + 1].lower_ == "who"
        ):
            name.vote("Person", 1.5)
        if behind.pos_ == "NOUN" and behind.text.islower() and behind.tag_ == "NN":
            head = self.lexicon.heads.get(behind.lower_)
            if head is not None and head.one in ("MediaOrganization", "PoliticalParty", "Company", "Award"):
                name.vote(head.one, NOUN_BEHIND)
            elif head is not None and head.one in ("Facility", "Region", "City"):
                name.vote(head.one, THING_BEHIND)

    def _noun(self, name: Name, noun: Token, weight: float) -> None:
        """A common noun that says what the name is: "spokesman X", "carmaker X", "X, a village"."""
        known = head_of(noun, self.lexicon)
        head = known[1] if known else None
        if head is not None and head.one not in ("Group", "Document", "Conflict", "Gathering", "Government"):
            name.vote(head.one, weight)


def _sure(total: dict[str, float]) -> str | None:
    """The class that the evidence leaves no doubt of."""
    best = max(sorted(total), key=lambda type_: total[type_], default=None)
    return best if best is not None and total[best] >= FIRST_NAME else None


def _family(type_: str) -> str:
    return "organization" if type_ in ORGANIZATIONS else "place" if type_ in PLACES else type_


def _share(totals: dict[str, dict[str, float]]) -> None:
    """ "Bush" is who "George Bush" is, and a longer name is a person where its last word alone is."""
    for form in sorted(totals):
        words = form.split(" ")
        last = totals.get(words[-1])
        if len(words) < 2 or last is None or last.get("Country"):
            continue
        if max(totals[form], key=lambda t: totals[form][t], default="") == "Person":
            sure = totals[form]["Person"] >= FIRST_NAME or last.get("City", 0.0) < LISTED
            last["Person"] = last.get("Person", 0.0) + (PART_OF_NAME if sure else 1.0)
        elif last.get("Person", 0.0) > 2.0 and len(words) <= 4:
            totals[form]["Person"] = totals[form].get("Person", 0.0) + 1.5
