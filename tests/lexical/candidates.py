"""For the developer: words near those of our wordings, in WordNet, that no wording of their event lists yet.

    apt-get install wordnet-base && python -m tests.lexical.candidates [EVENT...]

Read are the database files of WordNet 3.0 (`/usr/share/wordnet` by default, `--wordnet DIR`; its licence allows any use). A candidate
shares a synset with a listed word, or lies one hyponym below one; it is listed with how many of the listed words lead to it, and
the gloss. Nothing is added by itself: read each against real sentences first (docs/ontology.md, "What makes a good wording").
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.data import bundled
from kg.ontology import Frame, Ontology

DEFAULT = Path("/usr/share/wordnet")
PARTS = {"verbs": "verb", "nouns": "noun"}
HYPONYM = "~"


@dataclass(frozen=True, slots=True)
class Synset:
    words: tuple[str, ...]
    below: tuple[str, ...]
    gloss: str


@dataclass(frozen=True)
class WordNet:
    """One part of speech of the database."""

    folder: Path
    part: str  # "verb" or "noun"

    @cached_property
    def synsets(self) -> dict[str, Synset]:
        return {line.split(" ", 1)[0]: _synset(line) for line in self._lines("data")}

    @cached_property
    def of(self) -> dict[str, tuple[str, ...]]:
        """Offsets of the synsets of each word, commonest sense first."""
        return {
            parts[0].replace("_", " "): tuple(parts[-int(parts[2]) :]) for parts in map(str.split, self._lines("index"))
        }

    def _lines(self, kind: str) -> Iterator[str]:
        with (self.folder / f"{kind}.{self.part}").open(encoding="utf-8") as file:
            yield from (line for line in file if not line.startswith("  "))


def _synset(line: str) -> Synset:
    data, _, gloss = line.partition("|")
    fields = data.split()
    count = int(fields[3], 16)
    words = tuple(fields[4 + 2 * n].replace("_", " ").lower() for n in range(count))
    at = 5 + 2 * count
    pointers = fields[at : at + 4 * int(fields[at - 1])]
    below = tuple(pointers[n + 1] for n in range(0, len(pointers), 4) if pointers[n] == HYPONYM)
    return Synset(words, below, gloss.strip())


def candidates(frames: list[Frame], wordnet: WordNet, senses: int = 3) -> list[tuple[str, list[str], str]]:
    """(word, listed words that lead to it, gloss), those with most leads first. `senses`: how many of a listed word are followed."""
    listed = {word for frame in frames for word in frame.predicates}
    leads: dict[str, set[str]] = defaultdict(set)
    glosses: dict[str, str] = {}
    for word in sorted(listed):
        for offset in wordnet.of.get(word, ())[:senses]:
            synset = wordnet.synsets[offset]
            for near in (synset, *(wordnet.synsets[one] for one in synset.below)):
                for other in near.words:
                    leads[other].add(word)
                    glosses.setdefault(other, near.gloss)
    found = [(word, sorted(by), glosses[word]) for word, by in leads.items() if word not in listed]
    return sorted(found, key=lambda one: (-len(one[1]), one[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("event", nargs="*", help="event classes or relations; all where none is given")
    parser.add_argument("--wordnet", type=Path, default=DEFAULT)
    parser.add_argument("--least", type=int, default=2, help="listed words that must lead to a candidate")
    args = parser.parse_args()
    frames: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in Ontology.load(bundled()).all_frames:
        if frame.kind in PARTS:
            frames[frame.event or frame.relation or "", frame.kind].append(frame)
    for (name, kind), group in sorted(frames.items()):
        if args.event and name not in args.event:
            continue
        for word, by, gloss in candidates(group, WordNet(args.wordnet, PARTS[kind])):
            if len(by) >= args.least:
                print(f"{name}\t{kind}\t{word}\t{', '.join(by)}\t{gloss}")


if __name__ == "__main__":
    main()
