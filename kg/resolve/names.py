"""When two names are one: folding of spelling, and which names are strong enough to join entities of different articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Endings that transliterations of one name differ in, longest first.
_ENDINGS = (
    ("iyy", "y"),
    ("skyy", "sky"),
    ("skiy", "sky"),
    ("skyi", "sky"),
    ("skij", "sky"),
    ("ski", "sky"),
    ("yy", "y"),
    ("iy", "y"),
)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(name: str) -> str:
    """A name as it is compared: lower case, no diacritics, no marks, variant endings as one, no leading article.

    >>> fold("Horodetskyy") == fold("Horodetskiy") == fold("Horodetsky")
    True
    >>> fold("Ban Ki-moon") == fold("Ban Ki Moon"), fold("The Hague"), fold("U.N.")
    (True, 'hague', 'un')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "").replace("'s ", " ")
    words = re.findall(r"\w+", plain.replace("'", "").replace("’", ""))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    elif words[:1] == ["the"] and len(words) == 1:
        return "the"
    return " ".join(_ending(word) for word in words)


def _ending(word: str) -> str:
    for variant, plain in _ENDINGS:
        if len(word) > len(variant) + 2 and word.endswith(variant):
            return word[: -len(variant)] + plain
    return word


def strong(names: Iterable[str], family: str) -> list[str]:
    """The folded names by which an entity may be found in other articles. A person's last name alone is none."""
    folded = {fold(name) for name in names} - {""}
    if family == "person":
        return sorted(name for name in folded if " " in name)
    return sorted(name for name in folded if len(name) > 1)


def parts(name: str) -> set[str]:
    """What a folded full name may be cut to: its first and last word, and of a longer one its first and last words.

    >>> sorted(parts("ban ki moon"))
    ['ban', 'ban ki', 'ki moon', 'moon']
    """
    words = name.split()
    ends = {words[0], words[-1]}
    return ends | ({" ".join(words[1:]), " ".join(words[:-1])} if len(words) > 2 else set())
