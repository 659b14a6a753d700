"""Names as they are compared: folded to plain words, spellings of one sound brought together, initials, acronyms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.resolve.lexicon import Lexicon

_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a"}
)

INFLECTED = (("ies", ("ie", "i", "y")), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")))


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Lower-case plain words; hyphens part words, apostrophes and dots vanish.

    >>> fold("Ban Ki-moon"), fold("the U.N."), fold("Radosław Müller’s")
    ('ban ki moon', 'un', 'radoslaw mullers')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_UNDECOMPOSED)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’‘.]", "", plain)
    words = re.findall(r"[^\W_]+|&", plain)
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def sound(word: str, lexicon: Lexicon) -> str:
    """A word of a name under the spelling that all its transliterations share."""
    for pattern, text in lexicon.spellings:
        word = pattern.sub(text, word)
    return word


@dataclass(frozen=True, slots=True)
class PersonName:
    """The words of a person's name; a particle belongs to the word after it: "van Dijk" is one."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    suffix: str = ""

    @classmethod
    def of(cls, name: str, lexicon: Lexicon) -> PersonName:
        every = fold(name).split()
        words = [w for w in every if w not in lexicon.suffixes]
        suffix = "".join(w for w in every if w in lexicon.suffixes)
        if len(words) == 2 and words[0] in lexicon.given_particles and name[:1].isupper() and "-" not in name:
            joined = words  # "Al Gore", "Ben Carson"
        else:
            joined = _joined(words, lexicon)
        return cls(tuple(joined), tuple(_sounds(one, lexicon) for one in joined), suffix)

    def written(self) -> str:
        """A form that is read as this name again."""
        return " ".join((*(word.replace(" ", "-") for word in self.words), self.suffix)).strip().capitalize()

    @property
    def full(self) -> bool:
        """Whether it has a given and a family name."""
        return len(self.words) > 1


def _joined(words: list[str], lexicon: Lexicon) -> list[str]:
    """With each particle joined to the word after it."""
    joined: list[str] = []
    for word in reversed(words):
        if joined and word in lexicon.particles and len(words) > 1:
            joined[0] = f"{word} {joined[0]}"
        else:
            joined.insert(0, word)
    return joined


def _sounds(word: str, lexicon: Lexicon) -> str:
    """Without the Arabic article, which newspapers write or leave out: "al-Assad", "Assad"."""
    parts = word.split()
    return "".join(sound(w, lexicon) for w in parts if w not in lexicon.articles or len(parts) == 1)


def same_person_name(left: PersonName, right: PersonName, lexicon: Lexicon) -> tuple[float, str]:
    """How well two full names agree, 0 if they contradict each other, and why.

    Middle names may be missing; given names may be short, or an initial; a middle word that differs contradicts.
    """
    if left.suffix != right.suffix and len((left if left.suffix else right).words) == 2:
        return 0.0, "father and son"  # only who writes a middle name writes Jr. of the elder, too
    if left.words == right.words:
        return 0.95, "same full name"
    if "".join(left.words) == "".join(right.words):
        return 0.94, "same name, written apart"
    if left.sounds == right.sounds:
        return 0.9, "same name in another spelling"
    if "".join(left.sounds) == "".join(right.sounds):
        return 0.88, "same name in another spelling"
    return _by_parts(left, right, lexicon)


def _by_parts(left: PersonName, right: PersonName, lexicon: Lexicon) -> tuple[float, str]:
    if left.sounds[-1] != right.sounds[-1] or not _middles_agree(left.sounds[1:-1], right.sounds[1:-1]):
        return 0.0, "other names"
    if left.sounds[0] == right.sounds[0]:
        return 0.86, "same first and last name, one with a middle name"
    if _short(left.words[0], right.words[0], lexicon):
        return 0.82, "same last name, short form of the first"
    if left.words[0][0] == right.words[0][0] and 1 in (len(left.words[0]), len(right.words[0])):
        return 0.65, "same last name, initial of the first"
    return 0.0, "other first names"


def other_middle(left: PersonName, right: PersonName) -> bool:
    """Whether two full names differ in the middle: who is called both "Ann B. Lee" and "Ann Lee" is no "Ann C. Lee"."""
    same_ends = (left.sounds[0], left.sounds[-1]) == (right.sounds[0], right.sounds[-1])
    return same_ends and not _middles_agree(left.sounds[1:-1], right.sounds[1:-1])


def _middles_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if not left or not right:
        return True
    return len(left) == len(right) and all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(left, right, strict=True)
    )


def _short(left: str, right: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.given.get(left, frozenset()) & lexicon.given.get(right, frozenset()))


LEAST_LETTERS = 5  # of a last name that is held to be misspelt


def one_less(word: str) -> tuple[str, ...]:
    """A word, and all that is left of it without one letter: two words a letter apart, or with two letters swapped, have one in common.

    >>> one_less("abcde")
    ('abcde', 'bcde', 'acde', 'abde', 'abce', 'abcd')
    """
    if len(word) < LEAST_LETTERS:
        return ()
    return tuple(dict.fromkeys((word, *(word[:i] + word[i + 1 :] for i in range(len(word))))))


def a_letter_apart(left: PersonName, right: PersonName) -> bool:
    """Whether two people of one first name have last names that begin alike and differ by a letter, or by two that are swapped."""
    if not left.full or not right.full or left.sounds[0] != right.sounds[0] or left.suffix != right.suffix:
        return False
    one, two = sorted((left.words[-1], right.words[-1]), key=len)
    if one[0] != two[0] or not _middles_agree(left.sounds[1:-1], right.sounds[1:-1]) or one == two:
        return False
    if len(one) < len(two):
        return len(two) == len(one) + 1 and one in one_less(two)
    differ = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    swapped = len(differ) == 2 and differ[1] == differ[0] + 1 and one[differ[0]] == two[differ[1]]
    return len(differ) == 1 or (swapped and one[differ[1]] == two[differ[0]])


def body_words(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of an organisation's name that carry it: no articles, no "Inc.".

    >>> from kg.data import bundled
    >>> body_words("The Vesper Trading Co. Ltd", Lexicon.load(bundled()))
    ('vesper', 'trading')
    """
    words = [w for w in fold(name).split() if w not in lexicon.small_words]
    while len(words) > 1 and words[-1] in lexicon.company_endings:
        words.pop()
    return tuple(words)


def is_common(name: str, lexicon: Lexicon, party: bool = False) -> bool:
    """Whether a name says what a body is, but not which: "Ministry of Defence", "Supreme Court"; of a `party` "Social Democrats"."""
    known = lexicon.common | lexicon.party_words if party else lexicon.common
    return all(w in known or w.removesuffix("s") in known for w in body_words(name, lexicon))


def is_ordinary(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is one everyday word, of which nothing tells that two articles mean one thing by it.

    >>> from kg.data import bundled
    >>> lexicon = Lexicon.load(bundled())
    >>> is_ordinary("Content", lexicon), is_ordinary("WATCHED", lexicon), is_ordinary("Recode", lexicon)
    (True, True, False)
    """
    words = fold(name).split()
    return len(words) == 1 and any(form in lexicon.ordinary for form in _forms(words[0]))


def _forms(word: str) -> tuple[str, ...]:
    """The word, and what it may be an inflected form of.

    >>> _forms("watched"), _forms("stories")
    (('watched', 'watch', 'watche'), ('stories', 'storie', 'stori', 'story'))
    """
    for ending, others in INFLECTED:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return (word, *(word.removesuffix(ending) + other for other in others))
    return (word,)


def acronym(name: str, lexicon: Lexicon) -> str:
    """The initials of a name of several words; empty for others.

    >>> from kg.data import bundled
    >>> acronym("National Union of Harbour Workers", Lexicon.load(bundled()))
    'nuhw'
    """
    words = [w for w in fold(name).split() if w not in lexicon.small_words]
    return "".join(w[0] for w in words) if len(words) > 2 else ""


def looks_acronym(name: str) -> bool:
    """
    >>> looks_acronym("IAEA"), looks_acronym("U.N."), looks_acronym("Rio")
    (True, True, False)
    """
    letters = name.replace(".", "")
    return letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 7
