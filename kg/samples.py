"""Samples for judging: statements, pairs of mentions of one entity, pronouns, direct quotations. Reads the written files only.

Drawn by a hash of seed and id, so that a draw depends on nothing else. A card shows what a judge needs and nothing of the rules.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kg.show import Row, rows, triple

T = TypeVar("T")
_OTHERS = re.compile(r"(?:he|him|his|she|hers?|its?|they|them|theirs?)(?:self|selves)?", re.IGNORECASE)  # third person


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to judge: a lasting id, what a terminal shows, what JSON holds."""

    id: str
    lines: tuple[str, ...]
    row: Row


def sample(directory: Path, of: str, n: int, seed: str, asserted: bool, form: str) -> str:
    """`n` cards of `KINDS[of]`; `asserted` concerns statements alone. Text numbers them, JSON is a line each."""
    cards = KINDS[of](directory, n, seed, asserted)
    if form == "json":
        return "".join(json.dumps({"id": c.id, **c.row}, ensure_ascii=False) + "\n" for c in cards)
    return "\n".join("\n   ".join((f"{number}. {c.id}", *c.lines)) + "\n" for number, c in enumerate(cards, 1))


def _drawn(items: Iterable[T], n: int, seed: str, key: Callable[[T], str]) -> list[T]:
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed}\0{key(item)}".encode()).hexdigest())[:n]


def _statements(directory: Path, n: int, seed: str, asserted: bool) -> list[Card]:
    pool = (f for f in rows(directory / "facts.jsonl") if f["asserted"] is asserted)
    return [_statement(fact) for fact in _drawn(pool, n, seed, lambda f: str(f["id"]))]


def _statement(fact: Row) -> Card:
    return Card(
        fact["id"],
        (
            " ".join(fact["evidence"]["text"].split()),
            triple(fact),
            f"[{fact['subject']['mention']['text']} | {fact['predicate']} | {fact['object']['mention']['text']}]",
            _definitions().get(fact["predicate"], ""),
        ),
        fact,
    )


@cache
def _definitions() -> dict[str, str]:
    from kg.data import bundled
    from kg.ontology import Ontology

    return {name: relation.definition for name, relation in Ontology.load(bundled()).relations.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in its article."""

    note: Row
    mention: Row

    @property
    def id(self) -> str:
        return f"{self.note['article']}#char={self.mention['start']},{self.mention['end']}"

    def line(self, before: int) -> str:
        """The mention marked in its sentence, with `before` sentences in front of it, and where it stands."""
        return f"{marked(self.note, self.mention['start'], self.mention['end'], before)}  ({self.note['source']})"


def marked(note: Row, start: int, end: int, before: int) -> str:
    """The sentences around [[text[start:end]]], on one line."""
    at = [i for i, (first, last) in enumerate(note["sentences"]) if first < end and start < last] or [0]
    first, last = note["sentences"][max(0, at[0] - before)][0], note["sentences"][at[-1]][1]
    text = note["text"]
    first, last = min(first, start), max(last, end)
    return " ".join(f"{text[first:start]}[[{text[start:end]}]]{text[end:last]}".split())


def _places(directory: Path, kinds: tuple[str, ...]) -> Iterator[Place]:
    for note in rows(directory / "annotations.jsonl"):
        if note["text"]:
            yield from (Place(note, m) for m in note["mentions"] if m["kind"] in kinds and m["entity"])


def _pairs(directory: Path, n: int, seed: str, asserted: bool) -> list[Card]:
    """Half within an article, half across articles: a mention by chance, then by chance another of its entity."""
    by_entity: dict[str, list[Place]] = defaultdict(list)
    for place in _places(directory, ("name", "nominal")):
        by_entity[place.mention["entity"]].append(place)
    labels = {e["id"]: f"{e['label']} ({e['type']})" for e in rows(directory / "entities.jsonl")}
    found: list[Card] = []
    for within in (True, False):
        for place, other in islice(_joined(by_entity, seed, within), n // 2):
            found.append(_pair(place, other, labels[place.mention["entity"]], within))
    return found


def _joined(by_entity: dict[str, list[Place]], seed: str, within: bool) -> Iterator[tuple[Place, Place]]:
    """In the order of the draw, each mention with a partner, no pair twice; partners are many, and looked for as they are asked for."""
    places = [place for same in by_entity.values() for place in same]
    seen: set[frozenset[str]] = set()
    for place in _drawn(places, len(places), seed, lambda p: p.id):
        here = place.note["article"]
        others = [p for p in by_entity[place.mention["entity"]] if p.id != place.id]
        fitting = [p for p in others if (p.note["article"] == here) is within]
        # drawn anew for each mention: by one order for all, the mentions of an entity would all get the same partner
        for other in _drawn(fitting, 1, f"{seed}\0{place.id}", lambda p: p.id):
            if (pair := frozenset((place.id, other.id))) not in seen:
                seen.add(pair)
                yield place, other


def _pair(one: Place, other: Place, label: str, within: bool) -> Card:
    scope = "within" if within else "across"
    lines = (f"{scope}: both are {label}?", f"A {one.line(1)}", f"B {other.line(1)}")
    return Card(f"{one.id} {other.id}", lines, {"scope": scope, "entity": label, "a": lines[1], "b": lines[2]})


def _pronouns(directory: Path, n: int, seed: str, asserted: bool) -> list[Card]:
    """Third-person pronouns that were given an antecedent, each with the entity's name."""
    entities = {e["id"]: e for e in rows(directory / "entities.jsonl")}
    resolved = (p for p in _places(directory, ("pronoun",)) if _OTHERS.fullmatch(p.mention["text"]))
    chosen = _drawn((p for p in resolved if p.mention["sieve"] != "first"), n, seed, lambda p: p.id)
    return [_pronoun(place, entities[place.mention["entity"]]) for place in chosen]


def _pronoun(place: Place, entity: Row) -> Card:
    others = [m for m in place.note["mentions"] if m["entity"] == entity["id"] and m["kind"] != "pronoun"]
    before = [m for m in others if m["start"] < place.mention["start"]]
    antecedent = (before or others or [place.mention])[-1 if before else 0]
    who = f"{place.mention['text']} = {entity['label']} ({entity['type']}), as in “{antecedent['text']}”"
    return Card(place.id, (who, place.line(4)), {"answer": who, "text": place.line(4)})


def _quotes(directory: Path, n: int, seed: str, asserted: bool) -> list[Card]:
    """Direct quotations with the speaker each was given."""
    labels = {e["id"]: e["label"] for e in rows(directory / "entities.jsonl")}
    pool = [
        (note, said)
        for note in rows(directory / "annotations.jsonl")
        for said in note["attributions"]
        if note["text"] and said["quoted"] == "direct"
    ]
    return [_quote(note, said, labels) for note, said in _drawn(pool, n, seed, lambda item: _quote_id(*item))]


def _quote_id(note: Row, said: Row) -> str:
    return f"{note['article']}#char={said['content'][0][0]},{said['content'][-1][1]}"


def _quote(note: Row, said: Row, labels: dict[str, str]) -> Card:
    source = " … ".join(note["text"][start:end] for start, end in said["source"]) or "nobody named"
    who = f"speaker: {source}" + (f" = {labels[said['speaker']]}" if said["speaker"] in labels else "")
    lines = (who, marked(note, said["content"][0][0], said["content"][-1][1], 3) + f"  ({note['source']})")
    return Card(_quote_id(note, said), lines, {"answer": who, "text": lines[1]})


KINDS: dict[str, Callable[[Path, int, str, bool], list[Card]]] = {
    "statements": _statements,
    "pairs": _pairs,
    "pronouns": _pronouns,
    "quotes": _quotes,
}
