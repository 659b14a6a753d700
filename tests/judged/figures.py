"""What the judges found right, round by round: `python -m tests.judged.figures` prints it.

A card is right if all its judges say so or, where they differ, the last one, who decides; without a third verdict it counts as wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

HERE = Path(__file__).parent
Z = 1.96  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Figure:
    name: str  # of the file: round and kind
    right: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, 95 %."""
        share, scale = self.right / self.of, 1 + Z * Z / self.of
        middle = share + Z * Z / (2 * self.of)
        half = Z * sqrt(share * (1 - share) / self.of + Z * Z / (4 * self.of**2))
        return (middle - half) / scale, (middle + half) / scale


def is_right(verdicts: list[str]) -> bool:
    """
    >>> is_right(["right", "wrong", "right"]), is_right(["right", "unclear"])
    (True, False)
    """
    decided = len(verdicts) == 3 and verdicts[2] == "right"
    return all(verdict == "right" for verdict in verdicts) or decided


def figures() -> Iterator[Figure]:
    for path in sorted(HERE.glob("*-*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        verdicts = [one["verdicts"] for one in data.get("statements") or data["cards"]]
        yield Figure(path.stem, sum(map(is_right, verdicts)), len(verdicts))


if __name__ == "__main__":
    for one in figures():
        low, high = one.interval
        print(f"{one.name:18} {one.right:4} of {one.of:4}  {one.right / one.of:.3f}  ({low:.2f} to {high:.2f})")
