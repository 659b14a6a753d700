"""What a build says, for reading in a terminal: sentence by sentence. Reads the written files only."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
    held_back = directory / "quarantine.jsonl"  # a build of few --formats has none
    apart = [f for f in rows(held_back) if f["article"] == note["article"]] if held_back.exists() else []
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
    marks += [f"said by {credited(fact)}"] if fact["attribution"] else []
    marks += [] if fact["asserted"] else ["not asserted"]
    shown = f"{fact['subject']['label']} — {fact['predicate']} — {fact['object']['label']}"
    return shown + (f"  ({'; '.join(marks)})" if marks else "")


def credited(fact: Row) -> str:
    """The chain of sources, the ultimate one first; co-ordinated sources of one link side by side."""
    levels = sorted({link["level"] for link in fact["attribution"]}, reverse=True)
    links = ([link["label"] for link in fact["attribution"] if link["level"] == level] for level in levels)
    return " < ".join(" & ".join(labels) for labels in links)


class NoSuchEntity(Exception):
    """No entity of the build has such a name or IRI."""

    friendly = True


def why(directory: Path, entity: str) -> str:
    """Which mentions make up an entity, by article, and by which evidence each was joined. Raises NoSuchEntity."""
    known = list(rows(directory / "entities.jsonl"))
    chosen = [e for e in known if entity in (e["id"], e["label"])] or [e for e in known if entity in e["aliases"]]
    if not chosen:
        near = [e["label"] for e in known if entity.casefold() in e["label"].casefold()][:8]
        raise NoSuchEntity(f"no entity {entity!r}" + (f"; did you mean: {', '.join(near)}" if near else ""))
    lines = []
    for one in chosen:
        lines.append(f"{one['label']}  {one['type']}  {one['id']}")
        lines += [f"  also {', '.join(one['aliases'])}"] if one["aliases"] else []
        for note in rows(directory / "annotations.jsonl"):
            own = [m for m in note["mentions"] if m["entity"] == one["id"]]
            lines += [f"  {note['source']}"] if own else []
            lines += [f"    {m['start']:6} {' '.join(m['text'].split()):40} {m['sieve']} {m['score']}" for m in own]
    return "\n".join(lines) + "\n"
