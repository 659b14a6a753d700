"""What is known of names before any article is read: countries with their people and capitals, organisations, places.

The tables stand in `ontology/gazetteer/`; a user's own table (`extra`) is a CSV file with columns label, aliases, type, IRI.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kg.data import Folder

Number = Literal["singular", "plural"]
GEONAMES = "https://sws.geonames.org/{}/"
FILES = ("gazetteer/countries.tsv", "gazetteer/names.yaml", "gazetteer/cities.tsv", "gazetteer/regions.tsv")

# Peoples whose adjective is no noun of its own ("a Chinese", but never "three Frenchs").
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
NO_PLURAL = ("ese", "ish", "ch", "sh", "ss", "is", "Kong", "kinabe")


# "Lapland region", "Hubei province" are the regions that the table calls by the first word alone.
KINDS_OF_REGION = frozenset(
    ("region", "Region", "oblast", "Oblast", "province", "Province", "state", "county", "County")
)


class GazetteerError(ValueError):
    """All faults of a gazetteer file, one a line, each with file and line."""

    friendly = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A known thing. `country` is the key of the country it belongs to, for a country None."""

    key: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    same_as: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name as the tables are searched: no accents, no dots, no leading article, plain quotes.

    >>> fold("the U.N."), fold("Côte d’Ivoire")
    ('UN', "Cote d'Ivoire")
    """
    plain = name.replace("’", "'").replace("‘", "'").replace(".", "").strip()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = " ".join(plain.split())
    return plain[4:] if plain[:4] in ("the ", "The ") else plain


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


@dataclass(slots=True)
class Gazetteer:
    """Entries by key, and the ways to find them. Build it with `load`."""

    entries: dict[str, Entry] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _adjectives: dict[str, str] = field(default_factory=dict)
    _people: dict[str, tuple[str, Number]] = field(default_factory=dict)
    _capitals: dict[str, str] = field(default_factory=dict)
    _starts: dict[str, int] = field(default_factory=dict)
    _population: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Folder, extra: Path | None = None, types: Collection[str] = ()) -> Gazetteer:
        """With a user's own table `extra`, whose classes must be among `types` (none: any). Raises GazetteerError with all its faults."""
        found = cls()
        found._read_countries(_table(folder.text("gazetteer/countries.tsv")))
        names = dict(folder.yaml("gazetteer/names.yaml"))
        peoples = names.pop("peoples", {})
        found._read_names(names)
        found._read_cities(_table(folder.text("gazetteer/cities.tsv")))
        found._read_regions(_table(folder.text("gazetteer/regions.tsv")))
        found._read_peoples(peoples)
        if extra is not None:
            found._read_extra(extra, types)
        return found

    # ---- asking ----------------------------------------------------------------------------------------------------

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """All entries of that name, alias or adjective, the most likely first."""
        keys = self._keys(name)
        return tuple(self.entries[key] for key in keys)

    def _keys(self, name: str) -> list[str]:
        folded = fold(name)
        keys = self._names.get(folded) or []
        if not keys and folded.isupper() and len(folded) > 4:
            keys = self._names.get(folded.title()) or []
        first, _, last = folded.rpartition(" ")
        if not keys and last in KINDS_OF_REGION:
            keys = [key for key in self._names.get(first, ()) if self.entries[key].type == "Region"]
        adjective = self._adjectives.get(folded)
        return keys if adjective is None or adjective in keys else [*keys, adjective]

    def named(self, name: str) -> bool:
        """Whether any entry is called so (adjectives left out)."""
        return fold(name) in self._names

    def longest(self, first: str) -> int:
        """The length in characters of the longest name that begins with the word `first`; 0 if none does."""
        return self._starts.get(fold(first), 0)

    def adjective(self, word: str) -> Entry | None:
        """The country or region that an adjective speaks of.

        >>> from kg.data import bundled
        >>> Gazetteer.load(bundled()).adjective("South African").key
        'country/ZAF'
        """
        key = self._adjectives.get(fold(word))
        return self.entries[key] if key else None

    def adjective_of(self, key: str) -> str | None:
        """The adjective by which a country or region is spoken of: "South African" of country/ZAF."""
        return next((word for word, of in self._adjectives.items() if of == key), None)

    def people(self, word: str) -> tuple[Entry, Number] | None:
        """The country of "Ukrainians", "a Swede", and whether one or several are meant."""
        found = self._people.get(fold(word))
        return (self.entries[found[0]], found[1]) if found else None

    def capital(self, name: str) -> Entry | None:
        """The country whose seat of government is so called."""
        key = self._capitals.get(fold(name))
        return self.entries[key] if key else None

    def population(self, key: str) -> int:
        """Inhabitants of a city; 0 for what is no city, or a small one."""
        return self._population.get(key, 0)

    # ---- building --------------------------------------------------------------------------------------------------

    def _add(self, entry: Entry, *, first: bool = False) -> None:
        self.entries[entry.key] = entry
        for name in (entry.label, *entry.aliases):
            self._name(fold(name), entry.key, first)

    def _name(self, name: str, key: str, ahead: bool) -> None:
        keys = self._names.setdefault(name, [])
        if key not in keys:
            keys.insert(0 if ahead else len(keys), key)
        first = re.split(r"[ /'-]", name, maxsplit=1)[0] or name
        self._starts[first] = max(self._starts.get(first, 0), len(name))

    def _read_countries(self, rows: Iterator[list[str]]) -> None:
        for code, label, others, adjectives, people, capitals in rows:
            entry = Entry(f"country/{code}", "Country", label, _parts(others))
            self._add(entry)
            for adjective in _parts(adjectives):
                self._adjectives.setdefault(fold(adjective), entry.key)
            for person in _parts(people) or _parts(adjectives):
                self._add_people(fold(person), entry.key)
            for capital in _parts(capitals):
                self._capitals.setdefault(fold(capital), entry.key)
                city_key = f"city/{slug(_parts(capitals)[0])}-{code.lower()}"
                if city_key not in self.entries and capital == _parts(capitals)[0]:
                    self._add(Entry(city_key, "City", capital, (), entry.key))

    def _add_people(self, person: str, key: str) -> None:
        if person in ("UK", "US"):
            return
        self._people.setdefault(person, (key, "singular"))
        if person.endswith("man"):
            self._people.setdefault(person[:-3] + "men", (key, "plural"))
        elif not person.endswith(NO_PLURAL):
            self._people.setdefault(person + "s", (key, "plural"))

    def _read_names(self, classes: dict[str, list[str] | dict[str, list[str]]]) -> None:
        adjectives = classes.pop("adjectives", {})
        for type_, lines in classes.items():
            for line in lines:
                names, _, code = str(line).partition(" @")
                label, *aliases = [part.strip() for part in names.split("|")]
                country = f"country/{code.strip()}" if code else None
                self._merge(type_, label, tuple(aliases), country, ())
        assert isinstance(adjectives, dict)
        for label, words in adjectives.items():
            region = next(entry for entry in self.lookup(label) if entry.type == "Region")
            for word in words:
                self._adjectives.setdefault(fold(word), region.key)

    def _merge(
        self, type_: str, label: str, aliases: tuple[str, ...], country: str | None, same: tuple[str, ...]
    ) -> str:
        """A new entry, or more names for the one of this name, class and country; its key."""
        known = next((e for e in self.lookup(label) if e.type == type_ and e.country == country), None)
        if known is not None:
            new = tuple(a for a in (label, *aliases) if a != known.label and a not in known.aliases)
            self._add(replace(known, aliases=known.aliases + new, same_as=known.same_as or same))
            return known.key
        tail = f"-{country[-3:].lower()}" if country and type_ in ("City", "Region") else ""
        key = f"{type_.lower()}/{slug(label)}{tail}"
        self._add(Entry(key, type_, label, aliases, country, same))
        return key

    def _read_cities(self, rows: Iterator[list[str]]) -> None:
        for name, code, people, number in sorted(rows, key=lambda row: (-int(row[2]), row[3])):
            key = self._merge("City", name, (), f"country/{code}", (GEONAMES.format(number),))
            self._population.setdefault(key, int(people))

    def _read_regions(self, rows: Iterator[list[str]]) -> None:
        for name, code in rows:
            self._merge("Region", name, (), f"country/{code}", ())

    def _read_peoples(self, peoples: Mapping[str, list[str]]) -> None:
        for label, words in peoples.items():
            places = [entry for entry in self.lookup(label) if entry.type in ("Region", "City")]
            if not places:
                raise GazetteerError(f"gazetteer/names.yaml: peoples: no region or town is called {label!r}")
            place = min(places, key=lambda entry: entry.type != "Region")
            for word in words:
                self._add_people(fold(word), place.key)

    def _read_extra(self, path: Path, types: Collection[str]) -> None:
        rows = csv.DictReader(io.StringIO(_decoded(path), newline=""), skipinitialspace=True)
        given = [name.strip() for name in rows.fieldnames or ()]
        if {"label", "type"} - {*given}:
            raise GazetteerError(
                f"{path.name}:1: the first line must be label,aliases,type,IRI; it is {','.join(given) or 'empty'}"
            )
        rows.fieldnames = given
        faults: list[str] = []
        for row in rows:
            if fault := _fault(row, types):
                faults.append(f"{path.name}:{rows.line_num}: {fault}")
            else:
                self._add_given(row)
        if faults:
            raise GazetteerError("\n".join(faults))

    def _add_given(self, row: dict[str, str]) -> None:
        label, type_ = row["label"].strip(), row["type"].strip()
        aliases = tuple(part.strip() for part in re.split(r"[|;]", row.get("aliases") or "") if part.strip())
        same = tuple(iri for iri in [_iri(row)] if iri)
        known = next((e for e in self.lookup(label) if e.type == type_), None)
        if known is None:
            self._add(Entry(f"given/{slug(label)}", type_, label, aliases, None, same), first=True)
        else:
            self._add(replace(known, aliases=known.aliases + aliases, same_as=same + known.same_as), first=True)


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise GazetteerError(f"{path.name}:{line}: is not UTF-8; save the table as CSV UTF-8") from error


def _fault(row: dict[str, str], types: Collection[str]) -> str | None:
    """What is wrong with a row of a user's table."""
    missing = [column for column in ("label", "type") if not (row.get(column) or "").strip()]
    if missing:
        return f"no {' and no '.join(missing)}"
    if row.get(None):  # type: ignore[call-overload]  # csv keeps what is too much under None
        return "more cells than columns: quote a cell that holds a comma, and part aliases by |"
    type_, iri = row["type"].strip(), _iri(row)
    if types and type_ not in types:
        near = get_close_matches(type_, sorted(types), 1)
        return f"type {type_!r} is no class of the ontology{f'; {near[0]}?' if near else ''}"
    return (
        None
        if not iri or _IRI.fullmatch(iri)
        else f"{iri!r} is no IRI: it must begin like https:// or urn:, without spaces"
    )


def _iri(row: dict[str, str]) -> str:
    return (row.get("IRI") or row.get("iri") or "").strip()


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _table(text: str) -> Iterator[list[str]]:
    """The rows of a tab-separated table below its header."""
    lines: Iterable[str] = text.split("\n")
    width = 0
    for n, line in enumerate(lines):
        cells = line.split("\t")
        if n == 0:
            width = len(cells)
        elif line:
            yield cells + [""] * (width - len(cells))
