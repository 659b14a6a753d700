"""Which triples travel inside the page for its SPARQL."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    for subject, found in groupby(graph, key=lambda line: line[: line.index(" ")]):
        if not mere(subject):
            article = subject[1:-1].split("#", 1)[0]
            own = by_article[article] if article in published else shared.setdefault(subject, [])
            own += [line for line in found if "#char=" not in line or not mere(_object(line))]
    kept, left_out = [*chain(*shared.values(), *by_article.values())], 0
    if len(kept) > limit:
        choice = _Choice(shared, by_article, entities)
        choice.take(sorted(by_article, key=lambda a: (published[a] or "", a), reverse=True), limit)
        kept, left_out = [*choice.lines()], len(by_article) - len(choice.taken)
    once = sorted(set(kept))
    return Chosen("".join(f"{line}\n" for line in once), len(once), left_out)


def _object(line: str) -> str:
    """The object if it is an IRI.

    >>> _object("<urn:a> <urn:b> <urn:c> .")
    '<urn:c>'
    """
    return line[line.rindex(" ", 0, -2) + 1 : -2]


@dataclass(slots=True)
class _Choice:
    """Articles that are taken, and what comes with them. Lines are those of articles, and those of everything else by subject."""

    shared: Mapping[str, Sequence[str]]
    by_article: Mapping[str, Sequence[str]]
    entities: Collection[str]
    taken: set[str] = field(init=False, default_factory=set)
    named: set[str] = field(init=False, default_factory=set)  # subjects that the articles taken speak of
    ends: dict[str, set[str]] = field(init=False)  # subjects that each article speaks of
    of_articles: set[str] = field(init=False)  # those of all articles

    def __post_init__(self) -> None:
        self.ends = {name: self.shared.keys() & set(map(_object, own)) for name, own in self.by_article.items()}
        self.of_articles = set().union(*self.ends.values())

    def take(self, newest: Iterable[str], limit: int) -> None:
        """One article after the other, until the next one does not find room."""
        count = self._length(filter(self._stands, self.shared))
        for article in newest:
            fresh = self.ends[article] - self.named
            count += len(self.by_article[article]) + self._length(fresh)
            if count > limit:
                break
            self.taken.add(article)
            self.named |= fresh

    def lines(self) -> Iterator[str]:
        for article in self.taken:
            yield from self.by_article[article]
        for subject, own in self.shared.items():
            if subject in self.named or self._stands(subject):
                yield from filter(self._there, own)

    def _length(self, subjects: Iterable[str]) -> int:
        return sum(len(self.shared[subject]) for subject in subjects)

    def _stands(self, subject: str) -> bool:
        """Of what no article speaks of (terms, figures side by side, judgements): whether all that it speaks of itself is there."""
        if subject in self.of_articles or subject[1:-1] in self.entities:
            return False
        articles = (end[1:-1].split("#", 1)[0] for end in map(_object, self.shared[subject]) if end[-1:] == ">")
        lost = any(article in self.by_article and article not in self.taken for article in articles)
        return not lost and all(map(self._there, self.shared[subject]))

    def _there(self, line: str) -> bool:
        """Whether the object is."""
        end = _object(line)
        return end not in self.of_articles or end in self.named
