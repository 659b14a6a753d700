"""What is wrong with an ontology folder: collected while it is read, reported all at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

FEW = 20  # so many choices are named in a message


class OntologyError(Exception):
    """All faults found in an ontology folder, each with its file and, where it is known, its line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join((f"{len(self.faults)} fault(s) in the ontology:", *self.faults)))


class Faults:
    """Faults as they are found. `place`: file, or file:line."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, place: str, what: str) -> None:
        self._found.append(f"{place}: {what}")

    def raised(self) -> None:
        """Raises OntologyError if anything was found."""
        if self._found:
            raise OntologyError(self._found)


def either(word: str, known: Iterable[str]) -> str:
    """What may stand there instead of `word`, for the end of a message: the nearest, or all where they are few.

    >>> either("recipiant", ["agent", "recipient"])
    ' (did you mean recipient?)'
    >>> either("x", ["agent", "recipient"])
    ' (known: agent, recipient)'
    """
    names = sorted(known)
    near = difflib.get_close_matches(word, names, 1)
    if near:
        return f" (did you mean {near[0]}?)"
    return f" (known: {', '.join(names)})" if 0 < len(names) <= FEW else ""
