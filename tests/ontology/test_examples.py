"""Each relation's example sentence, through the real pipeline, gives the triple that the ontology says it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.evaluate.examples import Tried, tried
from tests.ontology.test_faults import WAVED, folder

FRAME = "frames:\n- event: Waving\n  verbs: [{verb}]\n  roles: {{agent: [subject], recipient: [at]}}\n"
BUNDLED = tuple(tried())


@pytest.mark.parametrize("one", BUNDLED, ids=[one.relation.name for one in BUNDLED])
def test_an_example_gives_its_triples(one: Tried) -> None:
    assert one.missing == [], one.found


def test_every_example_is_of_its_own_relation() -> None:
    relations = [one.relation for one in BUNDLED]
    assert [r.name for r in relations if r.name not in {predicate for _, predicate, _ in r.triples}] == []


@pytest.mark.parametrize(("verb", "code", "shown"), [("wave", 0, "found  wavedAt"), ("nod", 1, "missing  wavedAt")])
def test_examples_of_a_folder_of_ones_own(tmp_path: Path, verb: str, code: int, shown: str) -> None:
    own = folder(tmp_path, WAVED, FRAME.format(verb=verb))
    result = CliRunner().invoke(main, ["ontology", "--ontology", str(own.root), "--examples"])
    assert result.exit_code == code
    assert shown in result.output
    assert result.output.startswith(f"{1 - code} of 1 ")
