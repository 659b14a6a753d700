"""`python tests/shared/measure_across.py GOLD annotations.jsonl entities.jsonl`: joins across articles against the links of DWIE.

DWIE gives most entities of an article the page of Wikipedia that is about them, so entities of two articles with one page are one. A
unit is an entity of the gold in one article, with a page, of which some mention is a name of ours (exact span, outer articles and
possessives left out); ours is the entity that most of them have. A pair is two units of two articles. What the gold gives no page is
not judged. Three readings:

- pairs: precision over the pairs that are one entity of ours, recall over those of one page;
- per entity (B-cubed): the same shares for each unit, averaged, so that the few countries of every article do not decide all;
- AS_MEANT: a capital that is a Country of ours counts as that country, as the ontology wants ("Moscow said"); and who writes Europe
  means the continent, who writes EU or European Union the union, for the gold gives either page to either.

Reads written files alone. Held-out articles are counted, `--wrong` shows none of theirs.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

COUNTRIES = Path(__file__).resolve().parents[2] / "ontology" / "gazetteer" / "countries.tsv"
UNION = ("EU", "European Union")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """An entity of one article: the page that the gold gives it, the entity that we give it, and its words."""

    article: str
    page: str
    entity: str
    words: str


def figures(gold: Path, annotations: Path, entities: Path) -> dict[str, float]:
    return scores(units(gold, annotations), countries(entities))


def units(gold: Path, annotations: Path) -> list[Unit]:
    notes = {Path(note["source"]).stem: note for note in _rows(annotations)}
    return [unit for path in sorted(gold.glob("*.json")) for unit in _of_article(path, notes[path.stem])]


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _of_article(path: Path, note: Row) -> Iterator[Unit]:
    article = json.loads(path.read_text(encoding="utf-8"))
    text = article["content"]
    ours = {
        _trimmed(text, m["start"], m["end"]): m["entity"]
        for m in note["mentions"]
        if m["kind"] == "name" and m["entity"] and m["type"] != "Role"
    }
    for concept in article["concepts"]:
        spans = [
            _trimmed(text, m["begin"], m["end"]) for m in article["mentions"] if m["concept"] == concept["concept"]
        ]
        found = Counter(ours[span] for span in spans if span in ours)
        if concept.get("link") and found:
            entity = max(found, key=lambda one: (found[one], one))
            yield Unit(path.stem, concept["link"], entity, concept["text"])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without leading article, trailing possessive and outer punctuation."""
    while True:
        before = start, end
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        words = text[start:end].lower()
        start += next((len(word) for word in ("the ", "a ", "an ") if words.startswith(word)), 0)
        end -= 2 if words.endswith(("'s", "’s")) else 0
        if (start, end) == before or start >= end:
            return start, end


def countries(entities: Path) -> dict[str, str]:
    """The page name of each country's label, by the country's IRI."""
    return {one["id"]: str(one["label"]).replace(" ", "_") for one in _rows(entities) if one["type"] == "Country"}


def capitals() -> set[tuple[str, str]]:
    """(capital, country) as names of pages."""
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t"))
    names = [(row["label"], capital) for row in table for capital in (row["capitals"] or "").split("|") if capital]
    return {(capital.replace(" ", "_"), country.replace(" ", "_")) for country, capital in names}


def meant(found: Sequence[Unit], known: dict[str, str]) -> list[Unit]:
    """With the page of the country for a capital that acts, and Europe and its union by their names."""
    seats = capitals()

    def page(unit: Unit) -> str:
        country = known.get(unit.entity, "")
        if unit.page in ("Europe", "European_Union"):
            return "European_Union" if unit.words in UNION else "Europe"
        return country if (unit.page, country) in seats else unit.page

    return [replace(unit, page=page(unit)) for unit in found]


def scores(found: Sequence[Unit], known: dict[str, str]) -> dict[str, float]:
    as_meant = meant(found, known)
    return {**_both(found, "ACROSS"), **_both(as_meant, "ACROSS_AS_MEANT")}


def _both(found: Sequence[Unit], name: str) -> dict[str, float]:
    by_page, by_entity = _groups(found, lambda u: u.page), _groups(found, lambda u: u.entity)
    both = _groups(found, lambda u: (u.page, u.entity))
    right = _pairs(both)
    return {
        f"{name}_PAIR_P": _share(right, _pairs(by_entity)),
        f"{name}_PAIR_R": _share(right, _pairs(by_page)),
        f"{name}_P": _each(found, by_entity, lambda u: u.entity, lambda u: u.page),
        f"{name}_R": _each(found, by_page, lambda u: u.page, lambda u: u.entity),
    }


def _groups(found: Iterable[Unit], key: Callable[[Unit], Hashable]) -> dict[Hashable, list[Unit]]:
    groups: dict[Hashable, list[Unit]] = defaultdict(list)
    for unit in found:
        groups[key(unit)].append(unit)
    return groups


def _pairs(groups: dict[Hashable, list[Unit]]) -> int:
    """Pairs of one group in two articles."""
    total = 0
    for group in groups.values():
        own = Counter(unit.article for unit in group)
        total += (len(group) ** 2 - sum(count**2 for count in own.values())) // 2
    return total


def _each(
    found: Sequence[Unit],
    groups: dict[Hashable, list[Unit]],
    key: Callable[[Unit], Hashable],
    other: Callable[[Unit], Hashable],
) -> float:
    """Of each unit that has partners in other articles the share that agrees, averaged."""
    shares = []
    for unit in found:
        partners = [one for one in groups[key(unit)] if one.article != unit.article]
        if partners:
            shares.append(sum(other(one) == other(unit) for one in partners) / len(partners))
    return round(sum(shares) / len(shares), 4) if shares else 0.0


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def held_out(article: str) -> bool:
    return hashlib.sha256(article.encode()).hexdigest()[-1] in "01"


def differences(found: Sequence[Unit], most: int) -> Iterator[str]:
    """Kinds of wrong and missing joins, the commonest first; held-out articles left out."""
    shown = [unit for unit in found if not held_out(unit.article)]
    for title, key, other in (("joined", "entity", "page"), ("missed", "page", "entity")):
        kinds: dict[tuple[str, ...], list[tuple[Unit, Unit]]] = defaultdict(list)
        for group in _groups(shown, lambda u, key=key: getattr(u, key)).values():  # type: ignore[misc]
            for one, two in combinations(group, 2):
                if one.article != two.article and getattr(one, other) != getattr(two, other):
                    kinds[tuple(sorted(f"{u.words} = {u.page}" for u in (one, two)))].append((one, two))
        for kind, pairs in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))[:most]:
            one, two = pairs[0]
            ids = " ".join(dict.fromkeys(u.entity.rpartition("/")[2] for u in (one, two)))
            yield f"{title} {len(pairs):3} {' / '.join(kind)}   {ids}   {one.article} {two.article}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("entities", type=Path)
    parser.add_argument(
        "--wrong", type=int, default=0, metavar="N", help="show so many kinds of wrong and missed joins"
    )
    given = parser.parse_args()
    found, known = units(given.gold, given.annotations), countries(given.entities)
    for line in differences(meant(found, known), given.wrong):
        print(line)
    print("  ".join(f"{name} {value}" for name, value in scores(found, known).items()))


if __name__ == "__main__":
    main()
