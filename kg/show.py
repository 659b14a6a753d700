"""What a build says, for reading in a terminal: sentence by sentence, or a sample for judging. Reads the written files only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class NoSuchArticle(Exception):
    """No article of the build has such a name."""

    friendly = True


def rows(path: Path) -> Iterator[Row]:
    """The lines of a JSON Lines file."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def show(directory: Path, article: str) -> str:
    """Each sentence of an article with its statements and with what was set apart, and why. Raises NoSuchArticle."""
    notes = list(rows(directory / "annotations.jsonl"))
    note = next((n for n in notes if article in n["source"]), None)
    if note is None:
        raise NoSuchArticle(f"no article named {article!r}; there are: {', '.join(n['source'] for n in notes[:10])}")
    facts = [f for f in rows(directory / "facts.jsonl") if f["article"] == note["article"]]
    apart = [f for f in rows(directory / "quarantine.jsonl") if f["article"] == note["article"]]
    text = note["text"] or ""
    lines = [f"{note['source']}  {note['published'] or 'undated'}  {note['publisher'] or ''}".rstrip(), ""]
    for start, end in note["sentences"]:
        lines.append(" ".join(text[start:end].split()))
        lines += [f"    {triple(f)}" for f in facts if start <= f["evidence"]["start"] < end]
        lines += [
            f"    x {triple(f)} [{f['check']}: {f['reason']}]" for f in apart if start <= f["evidence"]["start"] < end
        ]
    return "\n".join(lines) + "\n"


def triple(fact: Row) -> str:
    """A statement on one line with its marks."""
    marks = [
        fact[k]
        for k, plain in (("polarity", "positive"), ("certainty", "certain"), ("tense", "past"))
        if fact[k] != plain
    ]
    if fact["quantity"]:
        marks.append(f"{fact['quantity']['measure']} {fact['quantity']['mention']['text']}")
    marks += [fact["time"]["value"]] if fact["time"] else []
    marks += [f"in {fact['place']['label']}"] if fact["place"] else []
    marks += (
        ["said by " + " < ".join(link["label"] for link in reversed(fact["attribution"]))]
        if fact["attribution"]
        else []
    )
    marks += [] if fact["asserted"] else ["not asserted"]
    shown = f"{fact['subject']['label']} — {fact['predicate']} — {fact['object']['label']}"
    return shown + (f"  ({'; '.join(marks)})" if marks else "")


def sample(directory: Path, n: int, seed: str, asserted: bool, form: str) -> str:
    """`n` statements drawn by hash of seed and id, so that the draw depends on nothing else."""
    pool = [f for f in rows(directory / "facts.jsonl") if f["asserted"] is asserted]
    drawn = sorted(pool, key=lambda f: hashlib.sha256(f"{seed}\0{f['id']}".encode()).hexdigest())[:n]
    if form == "json":
        return "".join(json.dumps(f, ensure_ascii=False) + "\n" for f in drawn)
    return "\n".join(_card(number, fact, _definitions()) for number, fact in enumerate(drawn, 1))


def _definitions() -> dict[str, str]:
    from kg.data import bundled
    from kg.ontology import Ontology

    return {name: relation.definition for name, relation in Ontology.load(bundled()).relations.items()}


def _card(number: int, fact: Row, definitions: dict[str, str]) -> str:
    lines: Iterable[str] = (
        f"{number}. {fact['id']}",
        f"   {' '.join(fact['evidence']['text'].split())}",
        f"   {triple(fact)}",
        f"   [{fact['subject']['mention']['text']} | {fact['predicate']} | {fact['object']['mention']['text']}]",
        f"   {definitions.get(fact['predicate'], '')}",
    )
    return "\n".join(lines) + "\n"
