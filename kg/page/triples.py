"""Which triples travel inside the page for its SPARQL."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

NK = "https://w3id.org/newskg/ontology#"
# Where in the sentence the words of a statement stand: the page marks them from its own data. A mention that nothing else points to
# stays out; sentences, the words of figures and cues, and sources known by their words alone stay.
MARKS = {
    f"<{NK}{name}>" for name in ("subjectMention", "objectMention", "roleMention", "sourceMention", "trigger", "judges")
}
URL = "<https://schema.org/url>"
_MENTION = re.compile(r"^<[^>]*#char=\d+,\d+>$")


@dataclass(frozen=True, slots=True)
class Chosen:
    """N-Triples, sorted, and what was left out: articles beyond the limit, counted."""

    text: str
    triples: int
    articles_left_out: int


def lines(graph: Iterable[str] | bytes) -> list[str]:
    """N-Triples as lines. Not `splitlines`, which also splits at U+2028 inside a literal."""
    if isinstance(graph, bytes):
        return [line for line in graph.decode("utf-8").split("\n") if line]
    return [line for part in graph for line in (part.split("\n") if "\n" in part else (part,)) if line]


def urls(graph: Sequence[str]) -> dict[str, str]:
    """Article IRI -> its URL."""
    found = (line.split(" ", 2) for line in graph if f" {URL} " in line)
    return {subject[1:-1]: rest.rstrip(" .").strip('<>"').split('"^^')[0] for subject, _, rest in found}


def terms(labels: Iterable[str], triples: str, queries: Iterable[str]) -> list[str]:
    """What a query may call nk:…: the ontology's classes and relations, what the triples use, and what the ready queries name."""
    used = re.findall(rf"<{re.escape(NK)}(\w+)>", triples)
    asked = (name for text in queries for name in re.findall(r"\bnk:(\w+)", text))
    return sorted({*labels, *used, *asked})


def _needed(graph: Sequence[str]) -> Iterator[str]:
    """The mentions that something else than a mark points to, and literals that look like one."""
    for line in graph:
        if "#char=" in line:
            _, predicate, rest = line.split(" ", 2)
            if predicate not in MARKS and "#char=" in rest:
                yield rest.rsplit(" ", 1)[0]


def choose(graph: Sequence[str], published: Mapping[str, str | None], limit: int) -> Chosen:
    """All but the mentions that are mere marks; above `limit` triples the newest articles' ones, whole articles only.

    `published`: article IRI -> date.
    """
    needed = set(_needed(graph))

    def mere(end: str) -> bool:
        return _MENTION.match(end) is not None and end not in needed

    shared: list[str] = []
    by_article: dict[str, list[str]] = defaultdict(list)
    for subject, lines_ in groupby(graph, key=lambda line: line[: line.index(" ")]):
        if mere(subject):
            continue
        article = subject[1:-1].split("#", 1)[0]
        own = by_article[article] if article in published else shared
        own += [line for line in lines_ if "#char=" not in line or not mere(line.rsplit(" ", 2)[1])]
    kept, left_out = shared, 0
    for article in sorted(by_article, key=lambda a: (published[a] or "", a), reverse=True):
        if left_out or len(kept) + len(by_article[article]) > limit:
            left_out += 1
        else:
            kept += by_article[article]
    once = sorted(set(kept))
    return Chosen("".join(f"{line}\n" for line in once), len(once), left_out)
