"""A local Ray cluster gives what processes give."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from kg.cluster import run_on_ray
from kg.pipeline import Options, Running, build
from kg.workers import Done, Failure, NoWorkers, Outcome
from tests.conftest import EXAMPLES
from tests.whole.test_build import differing
from tests.workers.test_workers import TEXTS, raise_at_once, shout, tasks

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


def outcomes(folder: Path, texts: list[str]) -> dict[str, Outcome]:
    found = run_on_ray(partial(shout, folder), tasks(texts), 2, 60)
    return {task.article.text: outcome for task, outcome in found}


def test_what_breaks_or_dies_takes_one_article_with_it(tmp_path: Path) -> None:
    found = outcomes(tmp_path, [*TEXTS, "break", "break-once", "die-once", "die"])
    broken, died = found.pop("break"), found.pop("die")
    assert isinstance(broken, Failure)
    assert broken.reason == "ValueError: broken"
    assert isinstance(died, Failure)
    assert died.reason == "its worker died twice"
    assert found == {text: Done(None, text.upper().encode()) for text in [*TEXTS, "break-once", "die-once"]}


def test_what_cannot_be_loaded_is_an_error() -> None:
    with pytest.raises(LookupError, match="no such model"):
        list(run_on_ray(raise_at_once, tasks(TEXTS), 2, 60))


def test_a_build_on_ray_gives_the_same_bytes(example_build: Path, tmp_path: Path) -> None:
    assert build([EXAMPLES], tmp_path, Options(), running=Running(workers=2, engine="ray")).annotated == 9
    assert differing(example_build, tmp_path) == []


def test_without_ray_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)  # as if it was not installed
    with pytest.raises(NoWorkers, match=r"newskg\[ray\]"):
        list(run_on_ray(raise_at_once, iter(()), 2, 60))
