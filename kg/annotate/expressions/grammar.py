"""Rules over words: a rule is a row of literals and <classes>, and all rules of a lexicon are matched in one pass each.

Every word is coded as one character that stands for the set of classes it belongs to, so a rule is a regular expression over the codes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.annotate.expressions.words import Word

_ATOM = re.compile(
    r"(?:(?P<open>\()|(?P<close>\))|(?P<bar>\|)|<(?:(?P<name>[\w-]+)=)?(?P<classes>[\w|-]+)>|(?P<literal>[^\s()<>?*+|]+))(?P<times>[?*+]?)"
)
_FIRST_CODE = 0xE000

# What a number or date word can be, by its shape: (test, classes); the first that holds counts.
_NUMBER_SHAPES: tuple[tuple[str, Callable[[Word], bool], tuple[str, ...]], ...] = (
    ("#year-letters", lambda w: w.form == "year", ("year", "number")),
    ("#hour", lambda w: w.form != "mixed" and w.value in range(1, 13), ("number", "int", "hour", "day")),
    ("#day", lambda w: w.form == "figures" and w.value in range(13, 32), ("number", "int", "day", "hour")),
    ("#short", lambda w: w.form == "figures" and w.text.isdigit() and len(w.text) == 2, ("number", "int", "short")),
    (
        "#year",
        lambda w: w.form == "figures" and w.text.isdigit() and 1000 <= (w.value or 0) <= 2199,
        ("number", "int", "year"),
    ),
    (
        "#year-words",
        lambda w: w.form == "letters" and (w.value or 0) in range(2000, 2100),
        ("number", "int", "year-words"),
    ),
    ("#int", lambda w: w.value is not None and w.value == int(w.value), ("number", "int")),
    ("#decimal", lambda w: True, ("number",)),
)
_ORDINAL_SHAPES: tuple[tuple[str, Callable[[Word], bool], tuple[str, ...]], ...] = (
    ("#nth-day", lambda w: w.text[0].isdigit() and 1 <= (w.value or 0) <= 31, ("ordinal", "nth")),
    ("#nth", lambda w: True, ("ordinal",)),
)
_SHAPES = {key: classes for key, _, classes in _NUMBER_SHAPES + _ORDINAL_SHAPES} | {
    f"#{kind}": (kind,) for kind in ("decade", "clock", "isodate", "slashdate")
}
BREAK = "#break"


def _shape(word: Word) -> str | None:
    """The lexicon key of a number or date word."""
    if word.kind == "number":
        return next(key for key, test, _ in _NUMBER_SHAPES if test(word))
    if word.kind == "ordinal":
        return next(key for key, test, _ in _ORDINAL_SHAPES if test(word))
    return f"#{word.kind}" if word.kind in ("decade", "clock", "isodate", "slashdate") else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of words to find and what to do with it. `options` are the rule's other keys, for whoever resolves it."""

    find: str
    how: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule holds: word indices, and for each name the words it caught."""

    rule: Rule
    first: int
    end: int
    caught: Mapping[str, tuple[Word, ...]]

    def word(self, name: str) -> Word | None:
        found = self.caught.get(name)
        return found[0] if found else None


class Grammar:
    """A lexicon of word classes (class -> word -> value) and rules over them.

    `capital` names classes whose words count only with a capital letter ("March", not "march"); `ordinals` are the ordinal words.
    """

    def __init__(
        self,
        classes: Mapping[str, Mapping[str, Any]],
        rules: Sequence[Mapping[str, Any]],
        capital: Iterable[str] = (),
        ordinals: Iterable[str] = (),
    ) -> None:
        self.values = {name: dict(words) for name, words in classes.items()}
        self.rules = tuple(
            Rule(r["find"], r["how"], {k: v for k, v in r.items() if k not in ("find", "how")}) for r in rules
        )
        self._capital = frozenset(capital)
        self._ordinals = frozenset(ordinals)
        self._signatures = self._collect()

    def _literals(self) -> set[str]:
        return {m["literal"].lower() for rule in self.rules for m in _ATOM.finditer(rule.find) if m["literal"]}

    def _collect(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """For each known word its classes with a capital letter, and without."""
        found: dict[str, set[str]] = {key: set(classes) for key, classes in _SHAPES.items()}
        for name, words in self.values.items():
            for word in words:
                found.setdefault(str(word), set()).add(name)
        for literal in self._literals():
            found.setdefault(literal, set()).add("=" + literal)
        for word in self._ordinals.intersection(found):  # "second" is a number and a unit
            found[word].update(_SHAPES["#nth"])
        return {word: (frozenset(classes), frozenset(classes - self._capital)) for word, classes in found.items()}

    @cached_property
    def _codes(self) -> dict[frozenset[str], str]:
        kinds = sorted({kind for pair in self._signatures.values() for kind in pair} | {frozenset()}, key=sorted)
        return {kind: chr(_FIRST_CODE + n) for n, kind in enumerate(kinds)}

    @cached_property
    def _compiled(self) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
        return tuple((rule, self._compile(rule)) for rule in self.rules)

    def _compile(self, rule: Rule) -> re.Pattern[str]:
        try:
            return re.compile(self._pattern(rule.find))
        except re.error as error:
            raise ValueError(f"cannot read the rule {rule.find!r}: {error}") from error

    def _pattern(self, find: str) -> str:
        if left := _ATOM.sub("", find).strip():
            raise ValueError(f"cannot read {left!r} in the rule {find!r}")
        names: Counter[str] = Counter()
        return "".join(self._atom(m, names) for m in _ATOM.finditer(find))

    def _atom(self, m: re.Match[str], names: Counter[str]) -> str:
        if m["open"]:
            return "(?:"
        if m["close"]:
            return ")" + m["times"]
        if m["bar"]:
            return "|"
        if m["literal"]:
            return self._any(["=" + m["literal"].lower()]) + m["times"]
        classes = m["classes"].split("|")
        name = (m["name"] or classes[0]).replace("-", "_")
        names[name] += 1
        name += f"_{names[name]}" if names[name] > 1 else ""
        return f"(?P<{name}>{self._any(classes)}{m['times'] if m['times'] in '*+' else ''}){'?' if m['times'] == '?' else ''}"

    def _any(self, classes: Sequence[str]) -> str:
        codes = [code for kind, code in self._codes.items() if kind.intersection(classes)]
        if not codes:
            raise ValueError(f"no word belongs to {', '.join(classes)}")
        return "[" + "".join(codes) + "]"

    def encode(self, words: Sequence[Word], verbal: Callable[[Word], bool]) -> str:
        """One character a word; a word that `verbal` calls a verb keeps no class but its own literal."""
        known, other = self._signatures, self._codes[frozenset()]
        of_none = (word.kind == "word" and word.lower not in known for word in words)  # most
        return "".join(other if none else self._code(word, verbal) for word, none in zip(words, of_none, strict=True))

    def _code(self, word: Word, verbal: Callable[[Word], bool]) -> str:
        key = word.lower
        pair = self._signatures.get(key)
        shape = _shape(word)
        if shape is not None:
            kinds = frozenset(_SHAPES[shape]) | (pair[0] if pair and word.kind == "ordinal" else frozenset())
            return self._codes.get(kinds) or self._codes[frozenset(_SHAPES[shape])]
        if pair is None:
            return self._codes[frozenset()]
        kinds = pair[0] if word.text[:1].isupper() else pair[1]
        if verbal(word):
            kinds = frozenset(k for k in kinds if k.startswith("="))
            return self._codes.get(kinds) or self._codes[frozenset()]
        return self._codes[kinds]

    def find(
        self, words: Sequence[Word], verbal: Callable[[Word], bool], breaks: Callable[[Word, Word], bool]
    ) -> list[Match]:
        """The matches that hold, longest first, earlier rules before later ones, none overlapping; in text order."""
        codes = self.encode(words, verbal)
        stops = {n for n in range(1, len(words)) if breaks(words[n - 1], words[n])}
        found = [
            (m.start() - m.end(), n, m.start(), m, rule)
            for n, (rule, pattern) in enumerate(self._compiled)
            for m in pattern.finditer(codes)
            if m.end() > m.start() and not any(k in stops for k in range(m.start() + 1, m.end()))
        ]
        taken: set[int] = set()
        kept = []
        for _, _, _, m, rule in sorted(found, key=lambda item: item[:3]):
            if not taken.intersection(range(*m.span())):
                taken.update(range(*m.span()))
                kept.append(Match(rule, m.start(), m.end(), _caught(m, words)))
        return sorted(kept, key=lambda match: match.first)


def _caught(m: re.Match[str], words: Sequence[Word]) -> dict[str, tuple[Word, ...]]:
    """What each name caught; the second class of a name is `name_2`, and `name` itself where the first caught nothing."""
    found: dict[str, tuple[Word, ...]] = {}
    for name, text in m.groupdict().items():
        if text:
            found[name] = tuple(words[m.start(name) : m.end(name)])
            found.setdefault(re.sub(r"_\d+$", "", name), found[name])
    return found
