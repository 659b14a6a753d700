"""The model's attribute ruler, remembering what its rules say of a word.

spaCy asks each of some 180 rules of each token anew: an eighth of the whole pipeline's time. Nearly all look at one token's tag and arc,
and whether it is one of a few words, so that their answer is the same whenever these are.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

NAME = "attribute_ruler"
OF_ONE_WORD = frozenset(("TAG", "LOWER", "DEP", "IS_SPACE"))


class Ruler(AttributeRuler):
    """Sets what AttributeRuler sets. Rules are tried in their order; a later one goes before an earlier one."""

    def __init__(self, nlp: Language, name: str, patterns: list[Any]) -> None:
        super().__init__(nlp.vocab, name)
        self.add_patterns(patterns)
        alone = [all(_of_one_word(words) for words in rule["patterns"]) for rule in patterns]
        self._alone = self._matcher(patterns, alone)
        self._others = self._matcher(patterns, [not one for one in alone])
        told = (words[0].get("LOWER") for n, rule in enumerate(patterns) if alone[n] for words in rule["patterns"])
        self._words = frozenset(nlp.vocab.strings.add(word) for one in told for word in _words(one) or ())
        self._told: dict[tuple[int, ...], tuple[int, ...]] = {}  # word (if rules name it), tag, arc, space -> rules
        self._set: dict[tuple[int, ...], dict[Any, Any]] = {}  # rules -> attributes

    def _matcher(self, patterns: list[Any], taken: list[bool]) -> Matcher:
        matcher = Matcher(self.vocab)
        for number, rule in enumerate(patterns):
            if taken[number]:
                matcher.add(str(number), rule["patterns"])
        return matcher

    def __call__(self, doc: Doc) -> Doc:
        others = self._of_several(doc)
        for i, (word, tag, arc, space) in enumerate(doc.to_array(["LOWER", "TAG", "DEP", "IS_SPACE"]).tolist()):
            key = (word if word in self._words else 0, tag, arc, space)
            rules = self._told.get(key)
            if rules is None:
                rules = self._told[key] = self._ask(doc, i)
            if i in others:
                rules = tuple(sorted((*rules, *others[i])))
            attributes = self._set.get(rules)
            if attributes is None:
                attributes = self._set[rules] = {name: v for rule in rules for name, v in self.attrs[rule].items()}
            if attributes:
                set_token_attrs(doc[i], attributes)
        return doc

    def _ask(self, doc: Doc, i: int) -> tuple[int, ...]:
        """The rules that hold of a word with its tag and arc, wherever it stands."""
        word = Doc(self.vocab, words=[doc[i].text], spaces=[False])
        word[0].tag, word[0].dep = doc[i].tag, doc[i].dep
        found = self._alone(word, allow_missing=True)
        return tuple(sorted({int(self.vocab.strings[rule]) for rule, _, _ in found}))

    def _of_several(self, doc: Doc) -> dict[int, list[int]]:
        """Token -> the other rules that speak of it."""
        found: dict[int, list[int]] = defaultdict(list)
        for match, start, end in self._others(doc, allow_missing=True):
            rule = int(self.vocab.strings[match])
            place = self.indices[rule]
            found[start + place if place >= 0 else end + place].append(rule)
        return found


def _of_one_word(words: list[dict[str, Any]]) -> bool:
    return len(words) == 1 and words[0].keys() <= OF_ONE_WORD and _words(words[0].get("LOWER")) is not None


def _words(told: Any) -> list[str] | None:
    """The words that a rule names; None where it tells them by a pattern."""
    if isinstance(told, dict):
        return told["IN"] if told.keys() == {"IN"} else None
    return [told] if told else []


@Language.factory("kg_ruler", default_config={"patterns": []})
def _make(nlp: Language, name: str, patterns: list[Any]) -> Ruler:
    return Ruler(nlp, name, patterns)


def quicken(nlp: Language) -> None:
    """Put it in the place of the model's own, where the model has one."""
    own = nlp.get_pipe(NAME) if nlp.has_pipe(NAME) else None
    if isinstance(own, AttributeRuler):
        nlp.replace_pipe(NAME, "kg_ruler", config={"patterns": own.patterns})
