"""`make bench`: the figures of a whole machine, part by part; each part is a file beside this one with a function `main`.

    python tests/bench/run.py                 all parts
    python tests/bench/run.py store page      these

A figure is a ratio of two things measured in one run, so that it holds on any machine. The parts run for minutes: none is in CI.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # so that it runs as a script, too


def parts() -> list[str]:
    return sorted(
        file.stem
        for file in HERE.glob("*.py")
        if file.stem != "run" and "\ndef main(" in file.read_text(encoding="utf-8")
    )


def main(wanted: list[str]) -> None:
    unknown = sorted(set(wanted) - set(parts()))
    if unknown:
        sys.exit(f"no part {', '.join(unknown)}; there are {', '.join(parts())}")
    for name in wanted or parts():
        print(f"\n==== {name} ====", flush=True)
        import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
