"""copies: which articles are one another's copy, lightly edited, cut or spliced, and later versions under one URL.

Candidates come from MinHash over word shingles in an index of containment (datasketch), so that half an article set into another one
is found too; each is confirmed by exact containment of the shorter in the longer. Two articles on one event in different words share
few shingles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from kg.model import Article, Copy

SHINGLE = 5  # words: long enough that shared names and stock phrases make no shared shingle run
CANDIDATE = 0.3  # estimated containment from which a pair is looked at
CONTAINED = (
    0.4  # share of the shorter article's shingles that stand in the longer one; of 3,000 news articles 3 pairs reach it
)
WORDS = 40  # a shorter text is a notice; equal wording there proves nothing
PERMUTATIONS = 64
PARTITIONS = 16


def find_copies(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """All pairs of near-duplicates, sorted; two of one URL are versions of one article."""
    shingles = [_shingles(article.text) for article in articles]
    found = []
    for left, right in sorted(set(_pairs(shingles))):
        score = _contained(shingles[left], shingles[right])
        if score >= CONTAINED:
            found.append(Copy(left, right, round(score, 3), _kind(articles[left], articles[right])))
    return tuple(found)


def _pairs(shingles: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of articles that may share much of the shorter one."""
    from datasketch import MinHash, MinHashLSHEnsemble

    prints = {}
    for n, own in enumerate(shingles):
        if own:
            prints[n] = MinHash(num_perm=PERMUTATIONS, seed=1)
            prints[n].update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in own])
    if len(prints) < 2:
        return
    index = MinHashLSHEnsemble(threshold=CANDIDATE, num_perm=PERMUTATIONS, num_part=PARTITIONS)
    index.index([(n, print_, len(shingles[n])) for n, print_ in prints.items()])
    for n, print_ in prints.items():
        for other in index.query(print_, len(shingles[n])):
            if other != n:
                yield min(n, other), max(n, other)


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
