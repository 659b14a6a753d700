"""Writes sample pages into a folder, to look at: `python -m tests.page.make FOLDER`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kg.page import PageOptions, write_page
from tests.page.sample import harbour, hostile, many

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or ["harbour", "hostile", "200", "400", "1000", "5000"]
    for name in wanted:
        rows = {"harbour": harbour, "hostile": hostile}[name]() if not name.isdigit() else many(int(name))
        began = time.perf_counter()
        report = write_page(
            folder / f"{name}.html",
            rows,
            "",
            [],
            PageOptions(title=f"Sample {name}", no_sparql=True, with_text=not name.isdigit()),
        )
        print(name, report, f"{time.perf_counter() - began:.2f} s")
