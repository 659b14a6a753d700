"""How everything is named: the IRI schemes of the ontology, as pure functions of the values.

A hash is taken over its parts joined by U+001F, which no part can hold by accident.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from kg.model import Article, Event, Span, Statement
from kg.prefixes import BASE as BASE
from kg.prefixes import NK as NK
from kg.prefixes import PREFIXES as PREFIXES

# Which path an entity's IRI has: the first of these that its lineage meets. Coarse, so that a better type moves no IRI.
FAMILIES = (
    "Person",
    "Group",
    "Place",
    "Organization",
    "Document",
    "Artifact",
    "Conflict",
    "Gathering",
    "Role",
    "Event",
    "Actor",
)

# What is an IRI, with its scheme.
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")

# Latin letters that Unicode does not decompose.
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def slug(text: str, limit: int = 48) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word; "x" where nothing is left.

    >>> slug("Łukasz O'Brien-Müller (1950)")
    'lukasz-o-brien-muller-1950'
    >>> slug("一二")
    'x'
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).translate(_UNDECOMPOSED)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > limit:
        words = words[: limit + 1].rpartition("-")[0] or words[:limit]
    return words or "x"


def digest(*parts: str, length: int) -> str:
    """The first `length` hex digits of sha256 over the parts.

    >>> digest("a", "b", length=8)
    'f04cdced'
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def offsets(span: Span | None) -> str:
    """
    >>> offsets(Span(3, 9)), offsets(None)
    ('3,9', '')
    """
    return f"{span.start},{span.end}" if span else ""


def article(base: str, value: Article) -> str:
    """The slug is that of the file name without its ending, with the record's id where the file holds several.

    >>> article("urn:x/", Article("day 1/Ana.Visit.txt", "Text"))
    'urn:x/article/ana-visit-e61e5142f3d9'
    >>> article("urn:x/", Article("news.jsonl#7", "Text"))
    'urn:x/article/news-7-e61e5142f3d9'
    """
    path, _, record = value.source.partition("#")
    name = path.rpartition("/")[2]
    stem = re.sub(r"\.[A-Za-z0-9]{1,6}$", "", name) or name
    return f"{base}article/{slug(f'{stem}-{record}')}-{value.digest[:12]}"


def mention(article_iri: str, span: Span) -> str:
    """
    >>> mention("urn:a", Span(4, 9))
    'urn:a#char=4,9'
    """
    return f"{article_iri}#char={offsets(span)}"


def statement(article_iri: str, value: Statement, nth: int = 1) -> str:
    """`nth` above 1 tells apart statements of one article that agree in everything the scheme hashes."""
    parts = (
        value.predicate,
        offsets(value.trigger),
        offsets(value.subject.span),
        offsets(value.object.span),
        value.polarity,
    )
    return f"{article_iri}#st={digest(*parts, *([str(nth)] if nth > 1 else []), length=12)}"


def statements(article_iri: str, values: Iterable[Statement]) -> tuple[str, ...]:
    """The IRIs of all statements of an article (those set apart last), each one different."""
    seen: dict[str, int] = {}
    names = []
    for value in values:
        first = statement(article_iri, value)
        nth = seen[first] = seen.get(first, 0) + 1
        names.append(first if nth == 1 else statement(article_iri, value, nth))
    return tuple(names)


def event(article_iri: str, value: Event) -> str:
    """
    >>> event("urn:a", Event("Visit", (Span(1, 8),), ()))
    'urn:a#ev=1,8-Visit'
    """
    return f"{article_iri}#ev={offsets(value.triggers[0])}-{value.type}"


def events(article_iri: str, values: Iterable[Event]) -> tuple[str, ...]:
    """The IRIs of all events of an article; a second one of the same class at the same trigger ends in `-2`.

    >>> events("urn:a", [Event("Visit", (Span(1, 8),), ())] * 2)
    ('urn:a#ev=1,8-Visit', 'urn:a#ev=1,8-Visit-2')
    """
    seen: dict[str, int] = {}
    names = []
    for value in values:
        first = event(article_iri, value)
        nth = seen[first] = seen.get(first, 0) + 1
        names.append(first if nth == 1 else f"{first}-{nth}")
    return tuple(names)


def attribution(article_iri: str, span: Span) -> str:
    """`span`: the cue's, else the (first) source's.

    >>> attribution("urn:a", Span(10, 14))
    'urn:a#at=10,14'
    """
    return f"{article_iri}#at={offsets(span)}"


def family(lineage: Sequence[str]) -> str:
    """The path of an entity of a class, given the class and all its ancestors.

    >>> family(["City", "Place", "Actor"]), family(["Company", "Organization", "Actor"]), family(["Odd"])
    ('place', 'organization', 'thing')
    """
    return next((name.lower() for name in FAMILIES if name in lineage), "thing")


def entity(base: str, path: str, name: str, anchor: str) -> str:
    """`path`: the class family; `name`: its longest name in the anchor's article; `anchor`: IRI of its first mention.

    >>> entity("urn:x/", "person", "Ana M. Duarte", "urn:a#char=0,11")
    'urn:x/person/ana-m-duarte-0b511397'
    """
    return f"{base}{path}/{slug(name)}-{digest(anchor, length=8)}"


def keyed(base: str, key: str) -> str:
    """An entity that a gazetteer knows by a public code.

    >>> keyed("urn:x/", "country/PRK")
    'urn:x/country/PRK'
    """
    return f"{base}{quote(key, safe='/-._~')}"


def publisher(base: str, name: str) -> str:
    """An outlet that publishes but that no article names.

    >>> publisher("urn:x/", "The Daily Example")
    'urn:x/organization/the-daily-example-c8df54e2'
    """
    return entity(base, "organization", name, f"publisher {name}")


def time(base: str, edtf: str) -> str:
    """The slash of an interval is escaped, lest a reader of the IRI take an open end (`..`) for a step upwards.

    >>> time("urn:x/", "2024-06?"), time("urn:x/", "2024-01/..")
    ('urn:x/time/2024-06%3F', 'urn:x/time/2024-01%2F..')
    """
    return f"{base}time/{quote(edtf, safe='-.:~,')}"


def comparison(base: str, left: str, right: str) -> str:
    """Of two statement IRIs, in any order."""
    return f"{base}comparison/{digest(*sorted((left, right)), length=12)}"


def judgement(base: str, verdict: str, left: str, right: str | None, by: str) -> str:
    return f"{base}judgement/{digest(verdict, left, right or '', by, length=12)}"


def background(base: str, subject: str, predicate: str, object_: str) -> str:
    """A statement that no article makes (a gazetteer's)."""
    return f"{base}background/{digest(subject, predicate, object_, length=12)}"


def key(subject: str, predicate: str, object_: str, symmetric: bool = False) -> str:
    """What is said, whoever says it and however: equal for the same subject, predicate and object.

    >>> key("urn:a", "met", "urn:b", symmetric=True) == key("urn:b", "met", "urn:a", symmetric=True)
    True
    >>> key("urn:a", "honored", "urn:b") == key("urn:b", "honored", "urn:a")
    False
    """
    left, right = sorted((subject, object_)) if symmetric else (subject, object_)
    return digest(left, predicate, right, length=16)
