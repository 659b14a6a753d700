"""RDF terms as Turtle and JSON-LD write them, made from N-Triples text: no term object is needed in a bulk path."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg.iri import PREFIXES

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_%~,-]*(/[A-Za-z0-9_%~,][A-Za-z0-9_%~,.-]*)+(#[^<>\s]*)?")
_XSD = PREFIXES["xsd"]
_NAMESPACES = tuple(PREFIXES.values())


@dataclass(frozen=True, slots=True)
class Short:
    """Shortens terms by the known prefixes and by the base."""

    base: str
    _heads: dict[str, str | None] = field(default_factory=dict, compare=False)  # of what stands before # in a term

    def iri(self, text: str) -> str:
        """An IRI in angle brackets, as Turtle writes it.

        >>> Short("urn:x/").iri("<https://schema.org/url>"), Short("http://e/").iri("<http://e/article/a-1#char=0,4>")
        ('schema:url', '<article/a-1#char=0,4>')
        """
        head, mark, rest = text.partition("#")
        if head not in self._heads:
            self._heads[head] = self._head(head, mark)
        known = self._heads[head]
        if known is None:
            return _prefixed(text[1:-1]) or f"<{self._relative(text[1:-1]) or text[1:-1]}>"
        return f"{known}{mark}{rest}"

    def _head(self, head: str, mark: str) -> str | None:
        """What all terms of that head begin with; None where a prefix may stand for it."""
        name, close = (head[1:], "") if mark else (head[1:-1], ">")
        if f"{name}{mark}".startswith(_NAMESPACES):
            return None
        return f"<{self._relative(name) or name}{close}"

    def node(self, text: str) -> str:
        """An IRI as JSON-LD writes it."""
        return _prefixed(text[1:-1]) or self._relative(text[1:-1]) or text[1:-1]

    def _relative(self, iri: str) -> str | None:
        rest = iri.removeprefix(self.base)
        return rest if rest != iri and self.base.endswith("/") and _RELATIVE.fullmatch(rest) else None

    def term(self, text: str) -> str:
        """Any object, as Turtle writes it.

        >>> short, xsd = Short("urn:x/"), "http://www.w3.org/2001/XMLSchema#"
        >>> short.term(f'"5"^^<{xsd}integer>'), short.term(f'"6"^^<{xsd}decimal>')
        ('5', '"6"^^xsd:decimal')
        """
        if text[0] == "<":
            return self.iri(text)
        if text[-1] != ">":
            return text
        quoted, datatype, _ = literal(text)
        assert datatype is not None
        kind, value = datatype.removeprefix(_XSD), quoted[1:-1]
        bare = (kind == "decimal" and "." in value) or kind in ("integer", "boolean")
        return value if bare else f"{quoted}^^{self.iri(f'<{datatype}>')}"

    def value(self, text: str) -> Any:
        """Any object, as JSON-LD writes it."""
        if text.startswith("<"):
            return {"@id": self.node(text)}
        quoted, datatype, language = literal(text)
        value = json.loads(_json_escapes(quoted), strict=False)
        if language:
            return {"@value": value, "@language": language}
        if datatype is None:
            return value
        if datatype == _XSD + "boolean":
            return bool(value == "true")
        if datatype == _XSD + "integer":
            return int(value)
        return {"@value": value, "@type": self.node(f"<{datatype}>")}


def literal(text: str) -> tuple[str, str | None, str | None]:
    """Quoted form, datatype and language of an N-Triples literal.

    >>> literal('"a"^^<urn:t>'), literal('"a"@en'), literal('"^^<b>"')
    (('"a"', 'urn:t', None), ('"a"', None, 'en'), ('"^^<b>"', None, None))
    """
    end = text.rindex('"') + 1  # in a datatype or language there is none
    rest = text[end:]
    return text[:end], rest[3:-1] if rest[:1] == "^" else None, rest[1:] if rest[:1] == "@" else None


def _json_escapes(quoted: str) -> str:
    r"""N-Triples escapes are JSON's, but for \U and \'."""
    if "\\" not in quoted:
        return quoted
    return re.sub(r"\\(U[0-9A-Fa-f]{8}|.)", _one_escape, quoted)


def _one_escape(found: re.Match[str]) -> str:
    kind = found[1]
    if len(kind) > 1:
        return json.dumps(chr(int(kind[1:], 16)))[1:-1]
    return "'" if kind == "'" else found[0]


@lru_cache(maxsize=4096)
def _prefixed(iri: str) -> str | None:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None
