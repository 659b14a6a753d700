"""What a build costs beside the bare language model.

Articles are those of ../shared/gold/news-3k.jsonl.gz where that folder is, else the examples. Times are CPU seconds of this process.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from kg.annotate.parser import DEFAULT_MODEL
from kg.model import Article
from kg.pipeline import Options, Worker
from kg.read import read

ROOT = Path(__file__).resolve().parents[2]
NEWS = ROOT.parent / "shared" / "gold" / "news-3k.jsonl.gz"
ARTICLES = 60


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


def main() -> None:
    per_article(articles(ARTICLES))
