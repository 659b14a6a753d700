"""`make bench`: what a build costs beside the bare language model, and a query beside rdflib's own engine; ratios of one run.

Articles are those of ../shared/gold/news-3k.jsonl.gz where that folder is, else the examples. Times are CPU seconds of this process.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import rdflib
import spacy

from kg.annotate.parser import DEFAULT_MODEL
from kg.model import Article
from kg.pipeline import Options, Worker, build
from kg.prefixes import PREFIXES
from kg.query import queries
from kg.read import read
from kg.store import open_graph

ROOT = Path(__file__).resolve().parents[2]
NEWS = ROOT.parent / "shared" / "gold" / "news-3k.jsonl.gz"


def articles(count: int) -> list[Article]:
    if not NEWS.is_file():
        return list(read([ROOT / "examples" / "articles"], lambda source, reason: None))
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        records = [json.loads(line) for _, line in zip(range(count), file, strict=False)]
    return [Article(f"{n}.txt", record["text"], published=record["published"]) for n, record in enumerate(records)]


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def per_article(found: list[Article]) -> None:
    nlp, worker = spacy.load(DEFAULT_MODEL), Worker(Options())
    worker.annotator.annotate([])
    bare = seconds(lambda: list(nlp.pipe((article.text for article in found), batch_size=16)))
    ours = seconds(lambda: [worker.graph(one) for one in worker.annotator.annotate(found)])
    print(
        f"{len(found)} articles: bare spaCy {bare:.1f} s, annotate + extract + check {ours:.1f} s, ratio {ours / bare:.2f}"
    )


def asked() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "examples" / "articles"], Path(folder), Options(formats=("nt", "store")))
        plain = rdflib.Graph().parse(Path(folder) / "graph.nt", format="nt")
        store = open_graph(folder)
        for prefix, name in PREFIXES.items():
            plain.bind(prefix, name)
        for query in queries():
            slow, fast = seconds(partial(_rows, plain, query.text)), seconds(partial(_rows, store, query.text))
            ratio = slow / max(fast, 1e-6)
            print(f"{query.name:36} rdflib {slow * 1000:8.1f} ms   store {fast * 1000:7.1f} ms   {ratio:6.1f} times")


def _rows(graph: rdflib.Graph, text: str) -> list[object]:
    return list(graph.query(text, initNs=PREFIXES))


if __name__ == "__main__":
    per_article(articles(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
    asked()
