"""compare: claims on the same thing, side by side, by the ordered rule of the ontology. No claim is merged, averaged or dropped.

Two claims are comparable when their measures are of one family, they count the same entity (or one counts a part of the other's), and
no place or conflict tells them apart. The first that holds names the pair: differentScope, differentTime, conflict, repetition,
compatible, corroboration, differentSource.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from kg.data import bundled
from kg.model import ArticleGraph, Claim, Comparison, Copy, GlobalEntity, Resolution, Source, Span, Statement, TimeRef
from kg.ontology import Ontology
from kg.stories import stories

FAMILIES = (
    frozenset(("killed", "wounded", "killedOrWounded", "missing")),
    frozenset(("deployed", "additionalPlanned", "strength")),
)
PAIRS = 200  # a group's pairs; more are cut and reported
ABOUT = 0.1  # "~ v" is v ± 10 %
_POINTS = frozenset(("=", "~"))  # comparators that point at a figure; the others bound it
Place = tuple[int, int]  # (article index, statement index)


@dataclass(frozen=True, slots=True)
class Item:
    """A claim with all that the rule looks at."""

    at: Place
    statement: Statement
    claim: Claim
    counted: GlobalEntity
    thing: str  # what is counted, the same for claims on the same thing
    places: frozenset[str]
    sources: frozenset[str]  # ultimate ones
    confirming: bool  # its innermost source is said to confirm it
    confirms: frozenset[str] = frozenset()  # sources of the same figure in the article, which this claim confirms


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparisons, and how many pairs of which group were cut."""

    comparisons: tuple[Comparison, ...]
    cut: dict[str, int]


def compare(
    graphs: Sequence[ArticleGraph], resolution: Resolution, copies: Sequence[Copy], ontology: Ontology
) -> tuple[Comparison, ...]:
    """All comparisons of a build, in the order of groups and places."""
    return compared(graphs, resolution, copies, ontology).comparisons


def compared(
    graphs: Sequence[ArticleGraph], resolution: Resolution, copies: Sequence[Copy], ontology: Ontology
) -> Compared:
    twins = {frozenset((copy.left, copy.right)) for copy in copies}
    groups: dict[str, list[Item]] = defaultdict(list)
    told = stories(graphs, resolution)
    for item in _items(graphs, resolution, ontology, told):
        groups[_group(item)].append(item)
    found: list[Comparison] = []
    cut: dict[str, int] = {}
    for name in sorted(groups):
        group = f"{name.partition(' ')[0]} {min(_whole(item.counted) for item in groups[name])}"
        pairs = [pair for pair in combinations(_with_confirmed(groups[name]), 2) if comparable(*pair)]
        if len(pairs) > PAIRS:
            cut[name] = len(pairs) - PAIRS
        for left, right in pairs[:PAIRS]:
            copied = frozenset((left.at[0], right.at[0])) in twins
            measure = left.claim.measure
            found.append(Comparison(kind(left, right, copied), group, measure, _whole(left.counted), left.at, right.at))
    return Compared(tuple(found), cut)


def _items(
    graphs: Sequence[ArticleGraph], resolution: Resolution, ontology: Ontology, told: Sequence[int]
) -> Iterator[Item]:
    rejected = {judgement.left for judgement in resolution.judgements if judgement.verdict == "reject"}
    for a, graph in enumerate(graphs):
        seen: set[Span] = set()  # one figure may stand in several readings of one event
        for s, statement in enumerate(graph.statements):
            claim = statement.claim
            if claim and claim.span in seen:
                continue
            if claim is None or claim.counted is None or claim.measure == "other":
                continue
            if claim.unit and claim.measure != "money":
                continue
            counted = resolution.entities[resolution.of[a, claim.counted.entity]]
            if counted.iri in rejected:
                continue
            seen.add(claim.span)
            sources = _ultimate(graphs, resolution, a, statement, told[a])
            yield Item(
                (a, s),
                statement,
                claim,
                counted,
                _thing(graphs[a], statement, counted, told[a]),
                _places(resolution, a, statement, ontology),
                sources,
                any(source.cue_text.lower() in confirming() for source in statement.chain),
            )


def _thing(graph: ArticleGraph, statement: Statement, counted: GlobalEntity, story: int) -> str:
    """The entity; of people and things that have no name and no country, their kind within the story; of money also what it is for."""
    claim = statement.claim
    assert claim is not None
    assert claim.counted is not None
    entity = graph.entities[claim.counted.entity]
    if claim.measure == "money":
        sum_ = statement.trigger.of(graph.annotated.article.text).casefold() if statement.trigger else ""
        thing = counted.iri if counted.named else f"story {story} {entity.label.casefold()}"
        return f"{thing} {claim.unit} {money_kinds().get(sum_, sum_)}"
    if entity.group_head and counted.affiliation is None and not counted.named:
        return " ".join(("story", str(story), entity.group_head))
    return _whole(counted)


@cache
def confirming() -> frozenset[str]:
    """Words of saying that confirm another's figure."""
    return frozenset(bundled().yaml("lexicon/measures.yaml")["confirming"])


@cache
def money_kinds() -> dict[str, str]:
    """What a sum is, by the noun or verb that says it."""
    nouns = bundled().yaml("lexicon/measures.yaml")["money"]["nouns"]
    return {noun: kind for kind, forms in nouns.items() for noun in forms}


def _ultimate(
    graphs: Sequence[ArticleGraph], resolution: Resolution, a: int, statement: Statement, story: int
) -> frozenset[str]:
    """Who is credited at the last level; the outlet, or the article, where nobody is."""
    if not statement.chain:
        article = graphs[a].annotated.article
        return frozenset((f"publisher {article.publisher}" if article.publisher else f"article {a}",))
    last = max(source.level for source in statement.chain)
    return frozenset(_source(resolution, a, source, story) for source in statement.chain if source.level == last)


def _source(resolution: Resolution, a: int, source: Source, story: int) -> str:
    """A named source by its IRI; "the health ministry" is one within a story."""
    entity = None if source.entity is None else resolution.entities[resolution.of[a, source.entity]]
    if entity and (entity.named or entity.affiliation):
        return entity.iri
    return f"story {story} {(entity.label if entity else source.label).casefold()}"


def _with_confirmed(items: Sequence[Item]) -> Iterator[Item]:
    """Of a group: each claim that confirms, with whose claims of that figure in its article it confirms."""
    for item in items:
        if not item.confirming:
            yield item
            continue
        beside = [other for other in items if other.at[0] == item.at[0] and _figure(other) == _figure(item)]
        yield replace(item, confirms=frozenset(source for other in beside for source in other.sources) - item.sources)


def _figure(item: Item) -> tuple[str, float | None, float | None, float | None]:
    return item.claim.measure, item.claim.value, item.claim.min, item.claim.max


def _places(resolution: Resolution, a: int, statement: Statement, ontology: Ontology) -> frozenset[str]:
    """Places and conflicts that narrow the claim."""
    refs = [
        statement.place,
        *(filler.ref for filler in statement.roles if filler.role in ("place", "occasion", "destination")),
    ]
    entities = [resolution.entities[resolution.of[a, ref.entity]] for ref in refs if ref]
    return frozenset(e.iri for e in entities if ontology.fits(e.type, ("Place", "Conflict")))


def family(measure: str) -> frozenset[str]:
    return next((one for one in FAMILIES if measure in one), frozenset((measure,)))


def _whole(counted: GlobalEntity) -> str:
    return counted.part_of or counted.iri


def _group(item: Item) -> str:
    return f"{min(family(item.claim.measure))} {item.thing}"


def comparable(left: Item, right: Item) -> bool:
    """Same family and counted entity stand in the group; here: no differing place or conflict, and not one mention told twice."""
    same_figure = left.at[0] == right.at[0] and left.claim.span == right.claim.span
    apart = bool(left.places) and bool(right.places) and not left.places & right.places
    return not same_figure and not apart


def kind(left: Item, right: Item, copied: bool) -> str:
    """The first kind of the ordered rule that holds."""
    one, other = left.claim, right.claim
    if one.measure != other.measure:
        return "differentScope"
    if _apart_in_time(one, other):
        return "differentTime"
    if _disjoint(bounds(one), bounds(other)):
        return "conflict"
    same = _same_figure(one, other)
    if copied or (left.sources == right.sources and same):
        return "repetition"
    if not same:
        return "compatible"
    if _credits_both(left, right) or _credits_both(right, left):
        return "corroboration"
    return "differentSource"


def _same_figure(one: Claim, other: Claim) -> bool:
    """Whether both give one figure, if rounded by one of them; "up to 300" and "at least 300" are not 300.

    A source that says "more than 10,000" and later "15,000" repeats nothing: both can be true, and the figure is another.
    """
    if _POINTS.issuperset((one.comparator, other.comparator)) and one.value is not None and other.value is not None:
        return one.value == other.value or not _disjoint(_rounded(one), _rounded(other))
    return (one.value, one.min, one.max, one.comparator) == (other.value, other.min, other.max, other.comparator)


def _rounded(claim: Claim) -> tuple[float, float, bool, bool]:
    """A rough figure stands for those that round to it: half a unit of its last digit that is not zero."""
    value = claim.value or 0.0
    if claim.comparator == "=" or not value:
        return value, value, False, False
    digits = f"{value:.0f}".rstrip("0")
    half = 10.0 ** (len(f"{value:.0f}") - len(digits)) / 2
    return value - half, value + half, False, False


def _credits_both(one: Item, other: Item) -> bool:
    """Whether the article of `one` credits its figure to the sources of `other` too, or says that its source confirms theirs."""
    return other.sources <= one.confirms or (len(one.sources) > 1 and other.sources < one.sources)


def _apart_in_time(one: Claim, other: Claim) -> bool:
    if one.as_of and other.as_of:
        return _separate(one.as_of, other.as_of)
    return bool(one.asserted_at and other.asserted_at and _separate(one.asserted_at, other.asserted_at))


def _separate(one: TimeRef, other: TimeRef) -> bool:
    return (one.start or "") > (other.end or "9") or (other.start or "") > (one.end or "9")


def bounds(claim: Claim) -> tuple[float, float, bool, bool]:
    """The values a claim allows: lower and upper bound, and whether each is excluded."""
    low, high = claim.min, claim.max
    if claim.value is not None:
        value = claim.value
        table = {
            "=": (value, value, False, False),
            "~": (value * (1 - ABOUT), value * (1 + ABOUT), False, False),
            ">": (value, float("inf"), True, False),
            ">=": (value, float("inf"), False, False),
            "<": (0.0, value, True, True),
            "<=": (0.0, value, True, False),
        }
        return table.get(claim.comparator, (value, value, False, False))
    return (
        low if low is not None else 0.0,
        high if high is not None else float("inf"),
        claim.comparator == ">",
        claim.comparator == "<",
    )


def _disjoint(one: tuple[float, float, bool, bool], other: tuple[float, float, bool, bool]) -> bool:
    """
    >>> _disjoint((600, 600, False, False), (2000, float("inf"), False, False))
    True
    >>> _disjoint((10000, float("inf"), True, False), (13500, 16500, False, False))
    False
    """
    lower, upper = sorted((one, other))
    return lower[1] < upper[0] or (lower[1] == upper[0] and (lower[3] or upper[2]))
