"""Makes ordinary_words.txt: lower-case words that texts use in their common meaning.

    apt-get install wordnet-base && python ontology/resolve/make_ordinary_words.py

Taken from WordNet 3.0 (its licence allows any use with this notice: WordNet 3.0 Copyright 2006 by Princeton University), which counts how
often each meaning was met in a corpus: words of at least `LEAST` counts whose meanings are mostly written small, and the words of
grammar, which WordNet leaves out. Not needed at run time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

WORDNET = Path("/usr/share/wordnet")
LEAST = 2
GRAMMAR = """a all also am an and any are as at be been both but by can could did do does each either else ever every for
from had has have he her here hers him his how i if in into is it its just may me might mine more most much
must my neither no none nor not now of off on once one only or other our ours out over own shall she should
since so some such than that the their theirs them then there these they this those through to too up us very
was we were what when where whether which while who whom whose why will with would yes yet you your yours"""


def counts() -> Counter[str]:
    """How often each word was met, over all its meanings."""
    found: Counter[str] = Counter()
    for line in (WORDNET / "cntlist.rev").read_text(encoding="latin-1").splitlines():
        key, _, count = line.split(" ")
        found[key.partition("%")[0]] += int(count)
    return found


def capitalised() -> Counter[str]:
    """In how many synsets a word is written with a capital, less those in which it is not."""
    found: Counter[str] = Counter()
    for part in ("noun", "adj"):
        for words in _synsets(WORDNET / f"data.{part}"):
            for word in words:
                found[word.lower()] += 1 if word[0].isupper() else -1
    return found


def _synsets(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="latin-1").splitlines():
        fields = line.split(" ")
        if not line.startswith("  "):
            yield fields[4 : 4 + 2 * int(fields[3], 16) : 2]


def main() -> None:
    capital = capitalised()
    words = {w for w, n in counts().items() if n >= LEAST and w.isalpha() and len(w) > 1 and capital[w] <= 0}
    path = Path(__file__).with_name("ordinary_words.txt")
    path.write_text("\n".join(sorted({*words, *GRAMMAR.split()})) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
