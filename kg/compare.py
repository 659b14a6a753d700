"""compare: claims on the same thing, side by side, by the ordered rule of the ontology. No claim is merged, averaged or dropped.

Two claims are comparable when their measures are of one family, they count the same entity (or one counts a part of the other's), and
no place or conflict tells them apart. The first that holds names the pair: differentScope, differentTime, conflict, repetition,
compatible, corroboration, differentSource.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from kg.items import Item, Reading, whole
from kg.model import ArticleGraph, Claim, Comparison, Copy, Resolution, TimeRef
from kg.ontology import Ontology
from kg.stories import Stories, stories

FAMILIES = (
    frozenset(("killed", "wounded", "killedOrWounded", "missing")),
    frozenset(("deployed", "additionalPlanned", "strength")),
)
GROWING = (
    "killed",
    "wounded",
    "killedOrWounded",
    "missing",
    "captured",
    "arrested",
    "displaced",
    "evacuated",
    "affected",
)
WIDE = ("Country", "Conflict")  # a toll of one of them is no part of one without a place
PAIRS = 500  # a group's pairs; more are cut and reported
ROUGH = 0.05  # "some 5,000" is 5,100 told roughly, and not 4,600
ABOUT = 0.1  # "~ v" is v ± 10 %
_POINTS = frozenset(("=", "~"))  # comparators that point at a figure; the others bound it


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
    for item in Reading(graphs, resolution, ontology, told).items():
        groups[_group(item)].append(item)
    found: list[Comparison] = []
    cut: dict[str, int] = {}
    for name in sorted(groups):
        group = f"{name.partition(' ')[0]} {min(whole(item.counted) for item in groups[name])}"
        pairs = list(islice(_pairs(groups[name], told), PAIRS))
        further = sum(1 for _ in _pairs(groups[name], told)) - PAIRS if len(pairs) == PAIRS else 0
        if further:
            cut[name] = further
        for left, right in pairs:
            copied = frozenset((left.at[0], right.at[0])) in twins
            measure = left.claim.measure
            found.append(Comparison(kind(left, right, copied), group, measure, whole(left.counted), left.at, right.at))
    return Compared(tuple(found), cut)


def _pairs(items: Sequence[Item], told: Stories) -> Iterator[tuple[Item, Item]]:
    """The comparable pairs of a group."""
    for left, right in combinations(_with_confirmed(items), 2):
        if _meet(left, right, told) and comparable(left, right):
            yield left, right


def _meet(left: Item, right: Item, told: Stories) -> bool:
    """Whether their articles speak of the same: of one story; people of one country also of stories akin, or of the same place; and the
    soldiers of a country, or another kind of its people, in the same week.
    """
    one, other = left.at[0], right.at[0]
    if left.named and right.named:
        alike = told.akin(one, other) or bool(left.places & right.places)
        return alike or (not left.at_large and told.within_days(one, other))
    return told.together(one, other)


def _with_confirmed(items: Sequence[Item]) -> Iterator[Item]:
    """Of a group: each claim of a source that confirms a figure, with whose it confirms: those named, and whose claims of that figure stand
    in the article.
    """
    confirmers = {(item.at[0], item.sources, _figure(item)): item.confirms for item in items if item.confirming}
    for item in items:
        told = confirmers.get((item.at[0], item.sources, _figure(item)))
        if told is None:
            yield item
            continue
        beside = [other for other in items if other.at[0] == item.at[0] and _figure(other) == _figure(item)]
        told = told.union(source for other in beside for source in other.sources)
        yield replace(item, confirms=told - item.sources)


def _figure(item: Item) -> tuple[str, float | None, float | None, float | None]:
    return item.claim.measure, item.claim.value, item.claim.min, item.claim.max


def family(measure: str) -> frozenset[str]:
    return next((one for one in FAMILIES if measure in one), frozenset((measure,)))


def _group(item: Item) -> str:
    return f"{min(family(item.claim.measure))} {item.thing}"


def comparable(left: Item, right: Item) -> bool:
    """Same family and counted entity stand in the group; here: no differing place, conflict or giver, and not one mention told twice."""
    same_figure = left.at[0] == right.at[0] and left.claim.span == right.claim.span
    other_giver = left.giver and right.giver and left.giver != right.giver
    parted = _elsewhere(left, right) or _part_of(left, right) or _in_one_breath(left, right)
    return not (same_figure or other_giver or parted)


def _part_of(left: Item, right: Item) -> bool:
    """What is said to be a part, and its whole. In one article a toll of one town, and another of no place, are part and whole too,
    unless the town's is what the article opens with: there it all happened.
    """
    if left.part or right.part:  # a part is held against what counts the same place only
        return not any(level not in WIDE for level, _ in left.places & right.places)
    if left.claim.measure not in GROWING:
        return False
    if left.at[0] == right.at[0] and left.placed and right.placed and bool(left.places) != bool(right.places):
        return True  # "in the country", that nothing names, beside "in Syria"
    narrow = [
        not item.leading and any(level not in WIDE and place not in item.sources for level, place in item.places)
        for item in (left, right)
    ]
    levels = [{level for level, _ in item.places} - set(WIDE) for item in (left, right)]
    town_of_region = bool(levels[0] and levels[1]) and not levels[0] & levels[1]
    return town_of_region or (left.at[0] == right.at[0] and narrow[0] != narrow[1])


def _in_one_breath(left: Item, right: Item) -> bool:
    """Two different figures of one source in one article, not apart in time: nobody contradicts himself so; they are of two things."""
    one, other = left.claim, right.claim
    told_apart = one.measure != other.measure or _apart_in_time(left, right) or _same_figure(one, other)
    return left.at[0] == right.at[0] and left.sources == right.sources and not told_apart


def _elsewhere(left: Item, right: Item) -> bool:
    """Whether a place or conflict tells them apart: two cities do, a city and a country need not."""
    for level in {level for level, _ in left.places} & {level for level, _ in right.places}:
        if not any(place in right.places for place in left.places if place[0] == level):
            return True
    return False


def kind(left: Item, right: Item, copied: bool) -> str:
    """The first kind of the ordered rule that holds."""
    one, other = left.claim, right.claim
    if one.measure != other.measure:
        return "differentScope"
    if _apart_in_time(left, right):
        return "differentTime"
    if _disjoint(reaching(left), reaching(right)):
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
    """A rough figure stands for those that round to it: half a unit of its last digit that is not zero, and no more than ROUGH."""
    value = claim.value or 0.0
    if claim.comparator == "=" or not value:
        return value, value, False, False
    digits = f"{value:.0f}".rstrip("0")
    half = min(10.0 ** (len(f"{value:.0f}") - len(digits)) / 2, ROUGH * value)
    return value - half, value + half, False, False


def _credits_both(one: Item, other: Item) -> bool:
    """Whether the article of `one` credits its figure to the sources of `other` too, or says that its source confirms theirs."""
    return other.sources <= one.confirms or (len(one.sources) > 1 and other.sources < one.sources)


def _apart_in_time(left: Item, right: Item) -> bool:
    """Two figures of other days: those they speak of, those they were said on, or, of different tolls, those they hold at."""
    one, other = left.claim, right.claim
    if one.as_of and other.as_of and _separate(one.as_of, other.as_of):
        return True
    if not (one.as_of and other.as_of) and one.asserted_at and other.asserted_at:
        return _separate(one.asserted_at, other.asserted_at)
    return one.measure in GROWING and not _same_figure(one, other) and _holds_apart(left, right)


def _holds_apart(left: Item, right: Item) -> bool:
    """Tolls grow: an undated one is that of the day its article was out. In articles of one day only a date of its own tells one apart."""
    if left.holds is None or right.holds is None:
        return False
    if left.published == right.published and not (left.dated or right.dated):
        return False
    (first, last), (start, end) = left.holds, right.holds
    return first > end or start > last


def _separate(one: TimeRef, other: TimeRef) -> bool:
    return (one.start or "") > (other.end or "9") or (other.start or "") > (one.end or "9")


def reaching(item: Item) -> tuple[float, float, bool, bool]:
    """The bounds of a claim, of a vague word up to where it reaches."""
    low, high, *excluded = bounds(item.claim)
    return low, max(high, item.most or 0.0), excluded[0], excluded[1]


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
