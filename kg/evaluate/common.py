"""What all gold comparisons share: texts read by the pipeline, and when a gold phrase stands for an extracted participant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Article, ArticleGraph, EventRef, Literal_, Ref, Span, Statement
from kg.pipeline import Worker

Row = dict[str, Any]
# Readings on which gold and program may differ in name only: a superproperty counts as the row listed.
SUPER = {"affiliatedWith": ("leads", "memberOf", "worksFor", "spokespersonFor", "citizenOf")}


class GoldError(Exception):
    """A gold file that cannot be read; says where and why."""

    friendly = True


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right, spurious and missing."""

    right: int = 0
    spurious: int = 0
    missing: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.spurious + other.spurious, self.missing + other.missing)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def load_gold(path: Path) -> Any:
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise GoldError(f"{path}: {error}") from error


def graphs(worker: Worker, articles: Sequence[Article]) -> list[ArticleGraph]:
    return [worker.graph(annotated) for annotated in worker.annotator.annotate(articles)]


def article(row: Row) -> Article:
    published = row.get("published")
    return Article(f"{row['id']}.txt", row["text"], published=str(published) if published else None)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def places(text: str, phrase: str) -> list[Span]:
    """Where a phrase stands in the text, as whole words."""
    found = re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
    return [Span(match.start(), match.end()) for match in found]


def spans_of(graph: ArticleGraph, participant: Ref | EventRef | Literal_) -> list[tuple[Span, Span]]:
    """(whole, head) of every mention of a participant's entity."""
    if not isinstance(participant, Ref):
        return [(participant.span, participant.span)]
    mentions = graph.annotated.mentions
    own = [(m.span, m.head) for m in (mentions[i] for i in graph.entities[participant.entity].mentions)]
    return own or [(participant.span, participant.span)]


def stands_for(graph: ArticleGraph, participant: Ref | EventRef | Literal_, phrases: Iterable[str]) -> bool:
    """Whether some mention of the participant is one of the gold phrases: the head of the mention lies in the phrase, and the end of
    the phrase in the mention, so that "families of soldiers" is not "soldiers"."""
    text = graph.annotated.article.text
    gold = [place for phrase in phrases for place in places(text, phrase)]
    if not isinstance(participant, Ref):
        return any(participant.span.overlaps(place) for place in gold)
    return any(_is(whole, head, place, text) for whole, head in spans_of(graph, participant) for place in gold)


def _is(whole: Span, head: Span, place: Span, text: str) -> bool:
    if whole == place:
        return True
    return (
        head.overlaps(place)
        and whole.overlaps(place)
        and (place.end <= whole.end or whole.end <= place.end)
        and _same_head(head, place, text)
    )


def _same_head(head: Span, place: Span, text: str) -> bool:
    """The head word of the gold phrase (its last word before "of", "in", a comma) is the mention's."""
    words = re.split(r"\s+(?:of|in|at|for|from|to|who|that|on)\s|,\s", place.of(text), maxsplit=1)[0]
    return head.overlaps(Span(place.start, place.start + len(words)))


def agrees(graph: ArticleGraph, statement: Statement, gold: Row, symmetric: bool) -> bool:
    """Whether a statement has the predicate and the ends of a gold row."""
    accepted = {name for one in as_list(gold["p"]) for name in (one, *SUPER.get(one, ()))}
    if statement.predicate not in accepted:
        return False
    subject, target = as_list(gold["s"]), as_list(gold["o"])
    ways = [(subject, target), (target, subject)] if symmetric else [(subject, target)]
    return any(stands_for(graph, statement.subject, s) and stands_for(graph, statement.object, o) for s, o in ways)
