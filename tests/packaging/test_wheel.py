"""What is installed works: the wheel, in an environment of its own, from another folder, with the ontology inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_builds_a_graph_elsewhere(tmp_path: Path) -> None:
    """The environment sees our dependencies, as a path without editable installs, and newskg from the wheel alone."""
    wheels = tmp_path / "wheels"
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(wheels),
        str(ROOT),
    ]
    subprocess.run(build, check=True)
    wheel = next(wheels.glob("newskg-*.whl"))
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("German Chancellor Olaf Scholz met Emmanuel Macron in Paris on Monday.")
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    command = [str(python), "-m", "kg", "build", "a.txt", "-o", "out", "--formats", "facts", "-q"]
    subprocess.run(command, check=True, cwd=elsewhere, env=environment)
    where = [str(python), "-c", "import kg; print(kg.__file__)"]
    found = subprocess.run(where, check=True, cwd=elsewhere, env=environment, capture_output=True, text=True).stdout
    facts = [json.loads(line) for line in (elsewhere / "out" / "facts.jsonl").read_text().splitlines()]
    assert "met" in {fact["predicate"] for fact in facts}
    assert str(ROOT) not in found
