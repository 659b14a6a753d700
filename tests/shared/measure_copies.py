"""`python tests/shared/measure_copies.py [COUNT]`: 60 copies planted among COUNT articles of ../shared/gold/news-3k, how many are found.

Four kinds, 15 each: verbatim, under another headline, cut by a third, spliced (half of the text set into another article's). Pairs
found that were not planted are listed for judging: the collection has copies of its own.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

from kg.copies import find_copies
from kg.model import Article

NEWS = Path(__file__).resolve().parents[3] / "shared" / "gold" / "news-3k.jsonl.gz"
KINDS = ("verbatim", "headline", "cut", "spliced")
EACH = 15
LEAST = 1500  # characters of an article that is planted


def articles(count: int) -> list[Article]:
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line, _ in zip(file, range(count), strict=False)]
    return [Article(f"{n}.txt", text) for n, text in enumerate(texts)]


def planted(found: list[Article]) -> list[tuple[int, str, Article]]:
    """(index of the original, kind, copy), drawn by digest so that every run draws the same."""
    drawn = sorted((n for n, one in enumerate(found) if len(one.text) >= LEAST), key=lambda n: _digest(found[n].text))
    hosts = drawn[len(KINDS) * EACH :]
    made = []
    for at, n in enumerate(drawn[: len(KINDS) * EACH]):
        kind = KINDS[at % len(KINDS)]
        text = _changed(kind, found[n].text, found[hosts[at % len(hosts)]].text)
        made.append((n, kind, Article(f"copy-{at}.txt", text)))
    return made


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _changed(kind: str, text: str, host: str) -> str:
    half = host[: len(host) // 2].rpartition(" ")[0]
    return {
        "verbatim": text,
        "headline": "Another headline over the same report\n\n" + text,
        "cut": text[: len(text) * 2 // 3].rpartition(" ")[0],
        "spliced": half + "\n" + text[: len(text) // 2],
    }[kind]


def main(count: int) -> None:
    own = articles(count)
    extra = planted(own)
    start = time.process_time()
    found = {(copy.left, copy.right): copy.score for copy in find_copies([*own, *(copy for _, _, copy in extra)])}
    took = time.process_time() - start
    wanted = {(n, len(own) + at): kind for at, (n, kind, _) in enumerate(extra)}
    hit = Counter(kind for pair, kind in wanted.items() if pair in found)
    print(
        f"{len(own)} articles, {len(wanted)} planted, {sum(hit.values())} found ({dict(sorted(hit.items()))}), {took:.1f} s"
    )
    hosts = {len(own) + at for at, (_, kind, _) in enumerate(extra) if kind == "spliced"}
    others = {pair: score for pair, score in sorted(found.items()) if pair not in wanted}
    spliced = {pair for pair in others if pair[1] in hosts}
    print(
        f"{len(spliced)} further pairs of a spliced text with its host; {len(others) - len(spliced)} pairs of the collection's own"
    )
    for (left, right), score in others.items():
        if (left, right) not in spliced:
            ends = [" ".join(([*own, *(c for _, _, c in extra)])[at].text.split())[:70] for at in (left, right)]
            print(f"  {score:.2f} {left} {right}: {ends[0]} / {ends[1]}")


if __name__ == "__main__":
    if not NEWS.is_file():
        print(f"skipped: no {NEWS.name} beside the checkout")
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
