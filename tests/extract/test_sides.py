"""Who of several participants did it with whom: by hand, and with the real parser."""

from __future__ import annotations

import pytest

from kg.extract.frames import Filler, sides
from kg.model import Argument, Ref, Span
from kg.pipeline import extract_text


def filler(role: str, at: int) -> Filler:
    span = Span(at, at + 1)
    return Filler("agent", Argument(role, span, span, at), Ref(at, span), None)


@pytest.mark.parametrize(
    ("roles", "pairs"),
    [
        (("subject", "subject"), [(0, 1)]),
        (("between", "between"), [(0, 1)]),
        (("with", "with"), []),
        (("to", "from"), [(0, 1)]),
        (("subject", "with", "with"), [(0, 1), (0, 2)]),
        (("subject", "subject", "object"), [(0, 2), (1, 2)]),
    ],
)
def test_those_of_one_side_are_not_each_others(roles: tuple[str, ...], pairs: list[tuple[int, int]]) -> None:
    fillers = [filler(role, at) for at, role in enumerate(roles)]
    assert [(one.argument.mention, other.argument.mention) for one, other in sides(fillers)] == pairs


def met(text: str) -> set[frozenset[str]]:
    graph = extract_text(text)
    label = [entity.label for entity in graph.entities]
    return {
        frozenset((label[s.subject.entity], label[s.object.entity]))
        for s in graph.statements
        if s.predicate == "met" and isinstance(s.object, Ref)
    }


def test_allies_do_not_meet_each_other() -> None:
    assert met("President Maria Costa held talks with Norway and Chile on Monday.") == {
        frozenset(("Maria Costa", "Norway")),
        frozenset(("Maria Costa", "Chile")),
    }
    assert met("Maria Costa and Peter Lund met in Lisbon on Monday.") == {frozenset(("Maria Costa", "Peter Lund"))}
