"""Builds that are killed, stopped, or run out of disk: nothing half-written is trusted, and the next run ends as if nothing had been."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.pipeline import Options, build
from tests.conftest import EXAMPLES
from tests.whole.test_build import content, differing

Moment = Callable[[Path], bool]


def kg(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, **options)  # type: ignore[call-overload,no-any-return]


def running(arguments: tuple[str | Path, ...], out: Path, moment: Moment) -> subprocess.Popen[str]:
    """A build that has come to a moment, or has ended before."""
    process = kg("build", *arguments, "-o", out, "-q")
    while process.poll() is None and not moment(out):
        time.sleep(0.002)
    return process


def end(process: subprocess.Popen[str]) -> str:
    said = process.communicate(timeout=120)[1]
    return said


def there(pattern: str) -> Moment:
    return lambda out: next(out.glob(pattern), None) is not None


MOMENTS: dict[str, Moment] = {
    "locked": there("work/lock"),
    "annotated": there("work/annotated/*/*"),
    "extracted": there("work/graph/*/*"),
    "facts": there("work/next/facts.jsonl"),
    "store": there("work/next/store/*"),
    "page": there("work/next/graph.html"),
}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Two articles and their build, and a third one beside them with the build of all three."""
    folder = tmp_path_factory.mktemp("grown")
    for name in ("two", "three"):
        (folder / name).mkdir()
    for path in sorted(EXAMPLES.glob("*.txt"))[:3]:
        shutil.copy(path, folder / "three")
    for path in sorted((folder / "three").glob("*.txt"))[:2]:
        shutil.copy(path, folder / "two")
    build([folder / "two"], folder / "before", Options())
    build([folder / "three"], folder / "after", Options())
    return folder / "three", folder / "before", folder / "after"


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_changes_nothing_and_the_next_one_ends_as_ever(
    moment: str, grown: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    articles, before, after = grown
    out = tmp_path / "out"
    shutil.copytree(before, out)
    shutil.rmtree(out / "work")
    process = running((articles,), out, MOMENTS[moment])
    os.killpg(process.pid, signal.SIGKILL)
    end(process)
    assert process.returncode == -signal.SIGKILL
    assert differing(before, out) == []
    build([articles], out, Options())
    assert differing(after, out) == []
    assert not (out / "work" / "next").exists()


def test_a_build_stopped_by_the_user_keeps_what_was_read(grown: tuple[Path, Path, Path], tmp_path: Path) -> None:
    articles, _, after = grown
    process = running((articles, "--workers", "2"), tmp_path, there("work/graph/*/*"))
    os.killpg(process.pid, signal.SIGINT)
    said = end(process)
    assert process.returncode == 130
    assert "goes on from here" in said
    assert "Traceback" not in said
    assert build([articles], tmp_path, Options()).annotated < 3
    assert differing(after, tmp_path) == []


def test_a_killed_parent_leaves_no_process(grown: tuple[Path, Path, Path], tmp_path: Path) -> None:
    process = running((grown[0], "--workers", "2"), tmp_path, there("work/graph/*/*"))
    process.kill()
    end(process)
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("worker processes outlive their parent")


def test_a_full_disk_is_an_error_and_changes_nothing(grown: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """No file may grow beyond 500 kB: the page does not fit."""
    articles, before, after = grown
    out = tmp_path / "out"
    shutil.copytree(before, out)
    narrow = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))  # noqa: E731
    process = kg("build", articles, "-o", out, "-q", preexec_fn=narrow)
    said = end(process)
    assert process.returncode == 1
    assert f"Error: File too large: {out}" in said
    assert "Traceback" not in said
    assert differing(before, out) == []
    build([articles], out, Options())
    assert differing(after, out) == []


def test_a_folder_that_cannot_be_written_is_an_error() -> None:
    result = CliRunner().invoke(main, ["build", str(EXAMPLES), "-o", "/proc/no-such-folder", "-q"])
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert "Traceback" not in result.output


def test_who_reads_a_build_cut_short_is_told(grown: tuple[Path, Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(grown[1], out)
    (out / ".incomplete").touch()
    for command in (["query", str(out), "ASK {}"], ["show", str(out), "a"], ["sample", str(out)]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 1
        assert "build it again" in result.output


def test_formats_left_out_leave_no_stale_files(grown: tuple[Path, Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(grown[1], out)
    build([grown[0]], out, Options(formats=("facts", "store")))
    assert sorted(content(out)) == ["build.json", "candidates.csv", "facts.jsonl", "store"]
