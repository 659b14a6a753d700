"""Which triples travel inside the page for its SPARQL."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

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


def choose(
    graph: Sequence[str], published: Mapping[str, str | None], limit: int, entities: Collection[str] = ()
) -> Chosen:
    """All but the mentions that are mere marks; above `limit` triples the newest articles' ones, whole articles only, with what they
    speak of.

    `published`: article IRI -> date. `entities`: IRIs; one that no statement names is left out before any article is.
    """
    needed = set(_needed(graph))

    def mere(end: str) -> bool:
        return _MENTION.match(end) is not None and end not in needed

    shared: dict[str, list[str]] = {}
    by_article: dict[str, list[str]] = defaultdict(list)
    for subject, lines_ in groupby(graph, key=lambda line: line[: line.index(" ")]):
        if not mere(subject):
            article = subject[1:-1].split("#", 1)[0]
            own = by_article[article] if article in published else shared.setdefault(subject, [])
            own += [line for line in lines_ if "#char=" not in line or not mere(_object(line))]
    found = _Choice(shared, by_article, limit, entities)
    once = sorted(set(found.lines(sorted(by_article, key=lambda a: (published[a] or "", a), reverse=True))))
    return Chosen("".join(f"{line}\n" for line in once), len(once), found.left_out)


def _object(line: str) -> str:
    """The object if it is an IRI.

    >>> _object("<urn:a> <urn:b> <urn:c> .")
    '<urn:c>'
    """
    return line[line.rindex(" ", 0, -2) + 1 : -2]


@dataclass(slots=True)
class _Choice:
    """Lines of articles, and those of everything else by subject."""

    shared: Mapping[str, Sequence[str]]
    by_article: Mapping[str, Sequence[str]]
    limit: int
    entities: Collection[str]
    left_out: int = 0

    def lines(self, newest: Sequence[str]) -> list[str]:
        whole = [*chain(*self.shared.values()), *chain(*self.by_article.values())]
        if len(whole) <= self.limit:
            return whole
        ends = {
            article: {end for end in map(_object, self.by_article[article]) if end in self.shared} for article in newest
        }
        of_articles = set().union(*ends.values())
        kept: set[str] = set()  # subjects that articles speak of
        count = sum(
            len(lines_) for subject, lines_ in self.shared.items() if self._stands(subject, of_articles, kept, ())
        )
        taken: list[str] = []
        for article in newest:
            more = len(self.by_article[article]) + sum(len(self.shared[end]) for end in ends[article] - kept)
            if count + more > self.limit:
                break
            count += more
            kept |= ends[article]
            taken.append(article)
        self.left_out = len(newest) - len(taken)
        known = {
            subject for subject in self.shared if subject in kept or self._stands(subject, of_articles, kept, taken)
        }
        own = chain(*(self.by_article[article] for article in taken))
        return [
            *own,
            *(line for subject in known for line in self.shared[subject] if self._kept(line, of_articles, kept)),
        ]

    def _stands(self, subject: str, of_articles: set[str], kept: set[str], taken: Collection[str]) -> bool:
        """Of what no article speaks of (terms, figures side by side, judgements): whether all that it speaks of itself is there."""
        if subject in of_articles or subject[1:-1] in self.entities:
            return False
        articles = (end[1:-1].split("#", 1)[0] for end in map(_object, self.shared[subject]) if end[-1:] == ">")
        lost = any(article in self.by_article and article not in taken for article in articles)
        return not lost and all(self._kept(line, of_articles, kept) for line in self.shared[subject])

    def _kept(self, line: str, of_articles: set[str], kept: set[str]) -> bool:
        """Whether the object is there."""
        end = _object(line)
        return end not in of_articles or end in kept
