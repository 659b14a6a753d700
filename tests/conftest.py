"""What many tests share: one build of the example articles, by the real pipeline."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from kg.pipeline import Options, build

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished build of examples/articles. Read it; do not write into it."""
    out = tmp_path_factory.mktemp("examples")
    build([EXAMPLES], out, Options())
    return out


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """A suite without its browser tests must not look like a whole one: the last thing said before the count."""
    yield
    skipped = terminalreporter.getreports("skipped")
    if any("browser tests NOT RUN" in str(report.longrepr) for report in skipped):
        terminalreporter.write_line("browser tests NOT RUN: apt-get install chromium", yellow=True, bold=True)
