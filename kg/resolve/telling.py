"""What of an article's words tells an entity in other articles, too: names that stand whole, words that narrow a group."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import ArticleGraph, Entity, Mention
from kg.resolve.lexicon import Lexicon
from kg.resolve.names import fold, is_ordinary, looks_acronym

# Classes that the typing falls back to, and those whose names are made of everyday words.
VAGUE = frozenset(
    {
        "Organization",
        "Document",
        "Artifact",
        "Facility",
        "Gathering",
        "Place",
        "City",
        "Region",
        "Weapon",
        "Award",
        "Conflict",
    }
)
PLACES = frozenset({"Country", "Region", "City", "Place", "Person", "Group"})
_BEFORE = re.compile(r"([^\W\d_][\w'’&-]*) $")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th) $")
_THE = re.compile(r"\b[Tt]he $")
_OPENING = frozenset("\"“‘'(—-–:|.?!")  # behind these a capital tells of no name
_WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(slots=True)
class Telling:
    """Of one article. Built once."""

    graph: ArticleGraph
    lexicon: Lexicon
    _names: tuple[list[int], list[int]] = field(init=False)  # starts and ends of name mentions
    _starts: frozenset[int] = field(init=False)
    _words: frozenset[str] = field(init=False)  # of people's names, in lower case
    _page: tuple[list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        annotated = self.graph.annotated
        names = sorted((m.span.start, m.span.end) for m in annotated.mentions if m.kind == "name")
        page = sorted((b.span.start, b.span.end) for b in annotated.blocks if b.kind == "boilerplate")
        self._names = [s for s, _ in names], [e for _, e in names]
        self._page = [s for s, _ in page], [e for _, e in page]
        people = (m for m in annotated.mentions if m.kind == "name" and m.type == "Person")
        self._words = frozenset(w for m in people for w in m.core.of(annotated.article.text).lower().split())
        self._starts = frozenset(s.span.start for s in annotated.sentences)

    # ---- names ----

    def names(
        self, entity: Entity, names: Sequence[str], known: Callable[[str], bool] = lambda name: False
    ) -> tuple[str, ...]:
        """Those of `names` by which other articles may mean the same; of people all, but those of a page's furniture.

        `known` tells whether the gazetteer has a name.
        """
        own = [self.graph.annotated.mentions[m] for m in entity.mentions]
        page = bool(own) and not entity.key and all(self._of_page(mention) for mention in own)
        if entity.type == "Person":
            furniture = page and fold(entity.label).split(" ")[0] not in self.lexicon.given_names
            return () if furniture or self._is_rest(entity) or self._is_family(entity) else tuple(names)
        if page:
            return ()
        unknown, cut = not entity.key, self.cut(entity)
        vague = unknown and entity.type in VAGUE
        return tuple(
            name
            for name in names
            if name not in cut
            and not (unknown and self._is_everywhere(name))
            and not (vague and self._tells_nothing(name, entity.type, known))
        )

    def _is_everywhere(self, name: str) -> bool:
        """What there is in many towns: "the Chad Embassy"."""
        return fold(name).rpartition(" ")[2] in self.lexicon.everywhere

    def _tells_nothing(self, name: str, kind: str, known: Callable[[str], bool]) -> bool:
        """An everyday word; of a place unknown also a given name ("St. [Paul]")."""
        given = kind in PLACES and fold(name) in self.lexicon.given_names and not known(name)
        return given or is_ordinary(name, self.lexicon)

    def _is_rest(self, entity: Entity) -> bool:
        """Whether a person is called by one word alone that always stands behind another name: "Anna Maria [Berg]" where the rest was
        taken for another name or none.
        """
        text = self.graph.annotated.article.text
        own = self._named(entity)
        alone = bool(own) and not any(" " in m.core.of(text) for m in own)
        return alone and all(self._behind_name(m, text) for m in own)

    def _is_family(self, entity: Entity) -> bool:
        """Whether the name always stands for several: "the Falk brothers"."""
        text, own = self.graph.annotated.article.text, self._named(entity)
        return bool(own) and all(self.lexicon.families.match(text, m.span.end) for m in own)

    def _behind_name(self, mention: Mention, text: str) -> bool:
        before = _BEFORE.search(text, max(0, mention.span.start - 40), mention.span.start)
        if before is None or not before[1][0].isupper() or before.start() in self._starts:
            return False
        word = before[1].lower()
        return (
            word not in self.lexicon.titles | self.lexicon.before_names
            and word in self.lexicon.given_names | self._words
        )

    def has_article(self, entity: Entity) -> bool:
        """Whether a name of it stands behind "the", or has several words."""
        text = self.graph.annotated.article.text
        named = self._named(entity)
        return any(" " in m.core.of(text) or _THE.search(text, max(0, m.core.start - 5), m.core.start) for m in named)

    def cut(self, entity: Entity) -> frozenset[str]:
        """Names that stand nowhere without a further word of the name that is in no mention: "Republican National [Convention]"."""
        if entity.type in PLACES:
            return frozenset()
        text = self.graph.annotated.article.text
        own = self._named(entity)
        whole = {_plain(m.core.of(text)) for m in own if not self._is_cut(m, text)}
        return frozenset(_plain(m.core.of(text)) for m in own) - whole

    def is_cut(self, entity: Entity) -> bool:
        """Whether all its names of several words are cut."""
        text = self.graph.annotated.article.text
        cores = (mention.core.of(text) for mention in self._named(entity))
        several = {_plain(core) for core in cores if " " in core}
        return bool(several) and several <= self.cut(entity)

    def _named(self, entity: Entity) -> list[Mention]:
        """Its mentions that are names."""
        return [m for m in map(self.graph.annotated.mentions.__getitem__, entity.mentions) if m.kind == "name"]

    def _is_cut(self, mention: Mention, text: str) -> bool:
        start, end = mention.span.start, mention.span.end
        if text[end : end + 3] == " & " and text[end + 3 : end + 4].isupper():
            return True
        if text[start - 1 : start] == "-" and text[max(0, start - 2) : start - 1].isupper():
            return True  # "ABS-[CBN]"
        if _ORDINAL.search(text, max(0, start - 10), start):
            return True  # "the 1st [Congressional District]"
        before = _BEFORE.search(text, max(0, start - 40), start)
        if before is None or not before[1][0].isupper() or looks_acronym(before[1]):
            return False
        free = before.start() not in self._starts and not _within(self._names, before.start())
        return free and self._in_sentence(before.start(), text) and before[1].lower() not in self.lexicon.before_names

    def _in_sentence(self, at: int, text: str) -> bool:
        """Whether a capital here tells of a name: neither first word of a line or quotation, nor in a headline of capitals."""
        before = text[max(0, at - 2) : at].strip(" ")
        if not before or before in _OPENING:
            return False
        line = text.rfind("\n", 0, at) + 1
        around = [
            w
            for w in _WORDS.finditer(text, max(line, at - 120), at + 80)
            if len(w[0]) > 3 and w.start() not in (line, at)
        ]
        free = [w[0] for w in around if not _within(self._names, w.start())]
        return sum(word[0].isupper() for word in free) <= len(free) / 2

    def _of_page(self, mention: Mention) -> bool:
        return _within(self._page, mention.span.start)

    # ---- groups ----

    def narrowed(self, entity: Entity, owner: Iterable[str]) -> tuple[str, ...] | None:
        """Further words that tell which of its kind a group is ("legal" of "the mayor's legal team"), `owner` being the names of whose it
        is; None where it is a part of which nobody can say which ("other senators", "our children").
        """
        text = self.graph.annotated.article.text
        own = [m for m in map(self.graph.annotated.mentions.__getitem__, entity.mentions) if m.kind != "pronoun"]
        going_on = self.lexicon.going_on
        whole = [m for m in own if not (self._is_partial(m.span.of(text).lower()) or going_on.match(text, m.span.end))]
        found = Counter(self._further(mention, text, owner) for mention in whole)
        if not own:
            return ()
        return max(found, key=lambda words: (found[words], -len(words), words)) if found else None

    def _is_partial(self, words: str) -> bool:
        return words.startswith(("a ", "an ")) or bool(self.lexicon.partial & set(_WORDS.findall(words)))

    def _further(self, mention: Mention, text: str, owner: Iterable[str]) -> tuple[str, ...]:
        words = f"{text[mention.core.start : mention.head.start]} {text[mention.head.end : mention.core.end]}"
        for name in sorted({*owner}, key=len, reverse=True):
            words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)(?:['’]s?(?!\w))?", " ", words, flags=re.IGNORECASE)
        rest = {fold(word) for word in _WORDS.findall(words.lower())} - {""}
        return tuple(sorted(w for w in rest if not w.isdigit() and w not in self.lexicon.loose))


def _plain(name: str) -> str:
    return name.strip(" .,;:'\"")


def _within(spans: tuple[list[int], list[int]], at: int) -> bool:
    """Whether a place lies in one of these spans.

    >>> _within(([2, 8], [5, 9]), 4), _within(([2, 8], [5, 9]), 6)
    (True, False)
    """
    starts, ends = spans
    n = bisect_right(starts, at) - 1
    return any(starts[k] <= at < ends[k] for k in range(max(0, n - 3), n + 1))
