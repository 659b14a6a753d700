"""A person's decisions: the closest calls of a build shown one by one, the answers appended to judgements.csv.

Reads the written files of a build only. The next build obeys the decisions; a row that is deleted is undone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.show import rows

COLUMNS = ("verdict", "left", "right", "left_text", "right_text", "by", "date", "note")
ANSWERS = {"pair": {"y": "same", "n": "different"}, "statement": {"y": "accept", "n": "reject"}}
AROUND = 90  # characters shown on either side of a mention


class JudgeError(Exception):
    """Nothing to judge, or something that is not there."""

    friendly = True


@dataclass(frozen=True, slots=True)
class Call:
    """One question: are two mentions the same (`right` given), or is a statement right?"""

    verdict: str  # the program's
    left: str
    right: str
    left_text: str
    right_text: str
    score: float
    note: str

    @property
    def kind(self) -> str:
        return "pair" if self.right else "statement"


def calls(directory: Path, judgements: Path | None = None) -> list[Call]:
    """The build's closest calls that nobody has judged, the closest first. Raises JudgeError where there is no list."""
    path = directory / "candidates.csv"
    if not path.is_file():
        raise JudgeError(f"{path} is missing: build the folder anew")
    decided = {frozenset((row["left"], row["right"])) for row in _rows(judgements or directory / "judgements.csv")}
    found = [Call(**{**row, "score": float(row["score"])}) for row in _rows(path)]  # type: ignore[arg-type]
    return [one for one in found if frozenset((one.left, one.right)) not in decided]


def judge(
    directory: Path,
    ask: Callable[[str], str],
    tell: Callable[[str], None],
    by: str,
    date: str,
    judgements: Path | None = None,
) -> int:
    """Ask until the list is empty or the answer is q; the number of decisions taken. Each is written at once."""
    path = judgements or directory / "judgements.csv"
    texts = _Texts(directory)
    taken = 0
    for call in calls(directory, judgements):
        tell(texts.shown(call))
        answer = _answer(ask, call)
        if answer == "q":
            break
        if answer != "s":
            verdict = ANSWERS[call.kind][answer]
            append(path, (verdict, call.left, call.right, call.left_text, call.right_text, by, date, ""))
            taken += 1
    return taken


def decide(
    directory: Path,
    verdict: str,
    left: str,
    right: str = "",
    by: str = "",
    date: str = "",
    note: str = "",
    judgements: Path | None = None,
) -> None:
    """Write one decision on mentions or a statement that a reader came upon. Raises JudgeError if they are not in the build."""
    if verdict not in ("same", "different", "accept", "reject"):
        raise JudgeError(f"{verdict!r} is none of same, different, accept, reject")
    texts = _Texts(directory)
    ends = [left, right] if verdict in ("same", "different") else [left]
    words = [texts.words(end) for end in ends]
    for end, found in zip(ends, words, strict=True):
        if found is None:
            raise JudgeError(
                f"no such {'mention' if len(ends) == 2 else 'statement'} in {directory}: {end or 'none given'}"
            )
    row = (
        verdict,
        left,
        right if len(ends) == 2 else "",
        words[0] or "",
        words[1] or "" if len(ends) == 2 else "",
        by,
        date,
        note,
    )
    append(judgements or directory / "judgements.csv", row)


def append(path: Path, row: Sequence[str]) -> None:
    """Add a row, and the header to a new file."""
    old = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if not old.strip():
        writer.writerow(COLUMNS)
    elif not old.endswith("\n"):
        out.write("\n")
    writer.writerow(row)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(out.getvalue())


def _answer(ask: Callable[[str], str], call: Call) -> str:
    words = "the same? y(es) n(o)" if call.kind == "pair" else "right? y(es) n(o)"
    while True:
        given = ask(f"{words} s(kip) q(uit)").strip().lower()[:1]
        if given in ("y", "n", "s", "q"):
            return given


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        yield from csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))


class _Texts:
    """The words around mentions and under statements, from the files of a build."""

    def __init__(self, directory: Path) -> None:
        self._notes = {note["article"]: note for note in rows(directory / "annotations.jsonl")}
        self._facts = {fact["id"]: fact for fact in rows(directory / "facts.jsonl")}

    def shown(self, call: Call) -> str:
        head = f"program: {call.verdict} ({call.score:.2f}: {call.note})"
        ends = [call.left, call.right] if call.kind == "pair" else [call.left]
        return "\n".join([head, *(f"  {self.around(end)}" for end in ends)])

    def around(self, iri: str) -> str:
        """The mention in its text, or the statement with its sentence."""
        if fact := self._facts.get(iri):
            said = f"{fact['subject']['label']} | {fact['predicate']} | {fact['object']['label']}"
            return f"{said}   [{fact['source']}] {_flat(fact['evidence']['text'])}"
        article, start, end = _place(iri)
        note = self._notes.get(article)
        if note is None:
            return iri
        words = self.words(iri) or iri
        text = note.get("text")
        if text:
            words = f"{text[max(0, start - AROUND) : start]}[[{text[start:end]}]]{text[end : end + AROUND]}"
        return f"{note['source']} {note['published'] or ''}: {_flat(words)}"

    def words(self, iri: str) -> str | None:
        """None where the build has no such mention or statement."""
        if fact := self._facts.get(iri):
            return f"{fact['subject']['label']} | {fact['predicate']} | {fact['object']['label']}"
        article, start, end = _place(iri)
        mentions = self._notes.get(article, {}).get("mentions", ())
        return next((str(m["text"]) for m in mentions if (m["start"], m["end"]) == (start, end)), None)


def _place(iri: str) -> tuple[str, int, int]:
    """
    >>> _place("urn:a#char=4,9"), _place("urn:a#st=12")
    (('urn:a', 4, 9), ('urn:a', -1, -1))
    """
    article, _, span = iri.partition("#")
    start, _, end = span.removeprefix("char=").partition(",")
    return (article, int(start), int(end)) if start.isdecimal() and end.isdecimal() else (article, -1, -1)


def _flat(text: str) -> str:
    return " ".join(text.split())
