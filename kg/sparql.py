"""SPARQL text as tokens: enough to know what a request would do before it is run, and to give an update its dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""
      (?P<skip>\#[^\n\r]*|\s+)
    | (?P<string>'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}|"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<name>[^\W\d][\w.-]*|(?=:))(?P<prefixed>:[\w.:%\\-]*)?
    | (?P<variable>[?$]\w+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REMOTE = {"SERVICE": "SERVICE", "LOAD": "LOAD"}


class DatasetConflict(ValueError):
    """An update names its dataset itself and the request names another."""


def tokens(text: str) -> Iterator[tuple[str, int]]:
    """Keywords (in capitals), `{`, `}` and `;` with their offsets; strings, comments, IRIs, names and variables are passed over.

    >>> [word for word, _ in tokens('SELECT ?service { <urn:load> ex:service "SERVICE" } # LOAD')]
    ['SELECT', '{', '}']
    """
    for found in _TOKEN.finditer(text):
        if found["name"] and found["prefixed"] is None:
            yield found["name"].upper(), found.start()
        elif found["other"] and found["other"] in "{};":
            yield found["other"], found.start()


def reaches_out(text: str) -> str | None:
    """The keyword by which a query or update would ask another server, if it has one.

    >>> reaches_out("SELECT * { service silent <http://x> {} }"), reaches_out("ASK { ?s ex:load ?o }")
    ('SERVICE', None)
    """
    return next((_REMOTE[word] for word, _ in tokens(text) if word in _REMOTE), None)


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with USING clauses for each of its pattern-based operations. Raises DatasetConflict.

    >>> with_dataset("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["urn:g"], [])
    'DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return update
    using = "".join([f"USING <{iri}> " for iri in default] + [f"USING NAMED <{iri}> " for iri in named])
    at, depth, before = [], 0, ""
    for word, offset in tokens(update):
        depth += (word == "{") - (word == "}")
        if depth == 0 and word in ("USING", "WITH"):
            raise DatasetConflict(f"the update has {word} and the request names a dataset")
        if depth == 0 and word == "WHERE" and before != "DELETE":
            at.append(offset)
        before = word
    for offset in reversed(at):
        update = update[:offset] + using + update[offset:]
    return update
