"""copies: articles that are one another's copy, lightly edited or cut, and later versions under one URL.

Near-duplicates are found by MinHash over word shingles (datasketch) and confirmed by containment of the shorter in the longer, so
that a copy cut by a third or spliced into another text is found too. Two articles on one event in different words share few shingles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kg.model import Article, Copy

SHINGLE = 5  # words: long enough that shared names and stock phrases make no shared shingle run
CANDIDATE = 0.25  # Jaccard similarity from which a pair is looked at; a copy cut to half keeps 0.5
CONTAINED = 0.6  # share of the shorter article's shingles that stand in the longer one
WORDS = 40  # a shorter text is a notice; equal wording there proves nothing
PERMUTATIONS = 64


def find_copies(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """All pairs of near-duplicates, sorted; two of one URL are versions of one article."""
    from datasketch import MinHash, MinHashLSH

    shingles = [_shingles(article.text) for article in articles]
    index = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS)
    found: list[Copy] = []
    for right, own in enumerate(shingles):
        if not own:
            continue
        print_ = MinHash(num_perm=PERMUTATIONS, seed=1)
        print_.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in own])
        for left in sorted(map(int, index.query(print_))):
            score = _contained(shingles[left], own)
            if score >= CONTAINED:
                found.append(Copy(left, right, round(score, 3), _kind(articles[left], articles[right])))
        index.insert(str(right), print_)
    return tuple(sorted(found, key=lambda copy: (copy.left, copy.right)))


def _shingles(text: str) -> frozenset[str]:
    """Runs of words in lower case, without marks; none for a text too short to compare.

    >>> len(_shingles("word " * 100)), len(_shingles("too short"))
    (1, 0)
    """
    words = re.findall(r"\w+", text.casefold())
    if len(words) < WORDS:
        return frozenset()
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def _kind(one: Article, other: Article) -> Literal["copy", "version"]:
    return "version" if one.url and one.url == other.url else "copy"
