"""copies: which articles are one another's copy, lightly edited, cut or spliced, and later versions under one URL.

Every run of words that several articles share tells which of them to hold against each other; each pair is confirmed by exact
containment of the shorter in the longer. Two articles on one event in different words share few runs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kg.model import Article, Copy

SHINGLE = 5  # words: long enough that shared names and stock phrases make no shared shingle run
CANDIDATE = 0.1  # share of the shorter article's shingles counted as common from which a pair is looked at
CONTAINED = 0.4  # share of the shorter article's shingles in the longer one; of 3,000 news articles 3 pairs reach it
WORDS = 40  # a shorter text is a notice; equal wording there proves nothing
# Articles that share a shingle from which on it is counted for pairs with the first of them only: furniture of pages, or an agency's
# report in a hundred outlets, which all are copies of that first one.
MANY = 100

Shingles = NDArray[np.uint64]  # sorted, each once
_FACTOR = 0x9E3779B97F4A7C15  # odd, of no pattern: 2^64 divided by the golden ratio


def find_copies(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """All pairs of near-duplicates, sorted; two of one URL are versions of one article."""
    shingles = [_shingles(article.text) for article in articles]
    found = []
    for left, right in sorted(_pairs(shingles, [article.digest for article in articles])):
        score = _contained(shingles[left], shingles[right])
        if score >= CONTAINED:
            found.append(Copy(left, right, round(score, 3), _kind(articles[left], articles[right])))
    return tuple(found)


def _pairs(shingles: Sequence[Shingles], digests: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of articles that may share much of the shorter one. `digests` says which of many is the first, whatever their order."""
    order = sorted((n for n in range(len(shingles)) if len(shingles[n])), key=lambda n: digests[n])
    if not order:
        return
    sizes = np.array([len(one) for one in shingles])
    codes, counts = np.unique(np.concatenate([*_shared(shingles, order), np.empty(0, np.int64)]), return_counts=True)
    left, right = codes // len(shingles), codes % len(shingles)
    enough = counts >= CANDIDATE * np.minimum(sizes[left], sizes[right])
    yield from zip(left[enough].tolist(), right[enough].tolist(), strict=True)


def _shared(shingles: Sequence[Shingles], order: Sequence[int]) -> Iterator[NDArray[np.int64]]:
    """For each shingle of several articles their pairs, as left * number of articles + right."""
    owners = np.repeat(np.array(order), [len(shingles[n]) for n in order])
    hashes = np.concatenate([shingles[n] for n in order])
    by_hash = np.argsort(hashes, kind="stable")  # of one shingle the owners stay in their order
    owners, hashes = owners[by_hash], hashes[by_hash]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    lengths = np.diff(np.append(starts, len(hashes)))
    for length in np.unique(lengths[lengths > 1]).tolist():
        some = owners[starts[lengths == length][:, None] + np.arange(length)]
        one, other = np.triu_indices(length, 1) if length <= MANY else (np.zeros(length - 1, int), np.arange(1, length))
        ends = np.sort(np.stack([some[:, one].ravel(), some[:, other].ravel()]), axis=0)
        yield ends[0] * len(shingles) + ends[1]


def _shingles(text: str) -> Shingles:
    """Runs of words in lower case, without marks, as numbers; none for a text too short to compare.

    >>> len(_shingles("word " * 100)), len(_shingles("too short"))
    (1, 0)
    """
    words = re.findall(r"\w+", text.casefold())
    if len(words) < WORDS:
        return np.empty(0, np.uint64)
    numbers = np.array([_number(word) for word in words], np.uint64)
    runs = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for i in range(SHINGLE):
        runs = runs * np.uint64(_FACTOR) + numbers[i : len(runs) + i]  # modulo 2^64
    return np.unique(runs)


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Eight bytes of a digest, the same in every process: by chance no two of a corpus are equal."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _contained(one: Shingles, other: Shingles) -> float:
    return len(np.intersect1d(one, other, assume_unique=True)) / min(len(one), len(other))


def _kind(one: Article, other: Article) -> Literal["copy", "version"]:
    return "version" if one.url and one.url == other.url else "copy"
