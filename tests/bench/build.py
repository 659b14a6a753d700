"""What a build costs beside the bare language model, how workers share it, what more articles add, and what kill -9 does to it.

Articles are those of ../shared/gold/news-3k.jsonl.gz where that folder is, else the examples. CPU seconds count the children's too.

    python tests/bench/build.py [ARTICLES] [PART...]      parts: whole stages workers ray grown memory killed
"""

from __future__ import annotations

import gzip
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # so that it runs as a script, too

from kg.cache import packed  # noqa: E402
from kg.model import Article  # noqa: E402
from kg.pipeline import Options, Running, Summary, Worker, build  # noqa: E402
from kg.read import read  # noqa: E402
from tests.whole.test_build import differing  # noqa: E402

NEWS = ROOT.parent / "shared" / "gold" / "news-3k.jsonl.gz"
ARTICLES = 1_000
KILLS = 20


def articles(count: int, into: Path) -> Path:
    """A file of the first articles, as it is given to kg build."""
    if not NEWS.is_file():
        return ROOT / "examples" / "articles"
    path = into / f"news-{count}.jsonl"
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        path.write_text("".join(islice(file, count)), encoding="utf-8")
    return path


def busy() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def seconds(work: Callable[[], object], clock: Callable[[], float] = busy) -> float:
    start = clock()
    work()
    return clock() - start


def built(source: Path, out: Path, workers: int = 1, engine: Literal["processes", "ray"] = "processes") -> Summary:
    return build([source], out, Options(), running=Running(workers, engine=engine))


def whole(source: Path, folder: Path) -> None:
    """CPU of the whole build, beside the bare pipeline over the same texts, measured before and after it."""
    import spacy

    from kg.annotate.parser import DEFAULT_MODEL

    nlp = spacy.load(DEFAULT_MODEL)
    texts = [one.text for one in read([source], lambda name, reason: None)]
    list(nlp.pipe(texts[:5]))
    bare = [seconds(lambda: sum(1 for _ in nlp.pipe(texts, batch_size=16)))]
    found: list[Summary] = []
    ours = seconds(lambda: found.append(built(source, folder / "whole")))
    bare.append(seconds(lambda: sum(1 for _ in nlp.pipe(texts, batch_size=16))))
    plain = sum(bare) / 2
    print(found[0].timings.table())
    stages = found[0].timings.stages
    print(
        f"{len(texts)} articles: bare {bare[0]:.1f} and {bare[1]:.1f} s CPU, whole build {ours:.1f}, ratio {ours / plain:.2f}"
    )
    print(
        f"of it the articles alone {stages['articles'][1] / plain:.2f}, page {stages.get('html', (0, 0))[1] / plain:.2f}"
    )
    again = seconds(lambda: built(source, folder / "whole"))
    print(f"built again, nothing new: {again:.1f} s CPU, {again / plain:.2f} of the bare pipeline")


def stages(source: Path, folder: Path) -> None:
    """CPU of what is done with one article, beside the bare pipeline: in turns, sixteen articles each, so that a busy machine hits both.

    Every text is new to both; ours reads article after article, as a build does, the bare pipeline all sixteen at once.
    """
    import spacy

    from kg.annotate.parser import DEFAULT_MODEL, parse

    nlp, worker = spacy.load(DEFAULT_MODEL), Worker(Options())
    model, spent = worker.annotator.nlp, dict.fromkeys(("bare", "parsing", "finding", "saying", "packing"), 0.0)

    def step(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        found = work()
        spent[name] += time.process_time() - start
        return found

    def bare(some: list[Article]) -> None:
        list(nlp.pipe((one.text for one in some), batch_size=16))

    def ours(article: Article) -> None:
        (doc,) = step("parsing", lambda: list(parse(model, [article])))
        annotated = step("finding", lambda: worker.annotator.read(article, doc))
        graph = step("saying", lambda: worker.graph(annotated))
        step("packing", lambda: (packed(annotated), packed(graph)))
        doc.forget()

    every = list(read([source], lambda name, reason: None))
    for start in range(0, len(every), 16):
        some = every[start : start + 16]
        step("bare", partial(bare, some))
        for article in some:
            ours(article)
    shares = {name: used / spent["bare"] for name, used in spent.items() if name != "bare"}
    print(f"{len(every)} articles: bare {spent['bare']:.1f} s CPU, beside it {sum(shares.values()):.2f}: ", end="")
    print(", ".join(f"{name} {share:.3f}" for name, share in shares.items()))


def workers(source: Path, folder: Path) -> None:
    """Wall time of the stage that processes share; only on a machine that is idle does it say anything."""
    spent = {n: built(source, folder / f"workers-{n}", n).timings.stages["articles"][0] for n in (1, 2)}
    same = differing(folder / "workers-1", folder / "workers-2") == []
    print(
        f"articles: 1 process {spent[1]:.1f} s, 2 processes {spent[2]:.1f} s: {spent[1] / spent[2]:.2f} times; same bytes: {same}"
    )


def ray(source: Path, folder: Path) -> None:
    spent = {
        name: built(source, folder / f"on-{name}", 2, name).timings.stages["articles"][0]
        for name in ("processes", "ray")
    }
    same = differing(folder / "on-ray", folder / "on-processes") == []
    ratio = spent["ray"] / spent["processes"]
    print(f"2 processes {spent['processes']:.1f} s, 2 Ray actors {spent['ray']:.1f} s: {ratio:.2f}; same bytes: {same}")


def grown(source: Path, folder: Path) -> None:
    """Ten articles more."""
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "few").mkdir()
    few = folder / "few" / source.name
    few.write_text("".join(lines[:-10]), encoding="utf-8")
    first = seconds(lambda: built(few, folder / "grown"))
    found: list[Summary] = []
    more = seconds(lambda: found.append(built(source, folder / "grown")))
    fresh = seconds(lambda: built(source, folder / "fresh"))
    same = differing(folder / "grown", folder / "fresh") == []
    print(f"{len(lines) - 10} articles {first:.1f} s CPU; 10 more: {found[0].annotated} read, {more:.1f} s")
    print(f"that is {more / fresh:.0%} of a build of all from nothing ({fresh:.1f} s); same bytes: {same}")


def memory(source: Path, folder: Path) -> None:
    """Peak memory of the parent and of its largest worker, CPU and store for each article, at growing sizes."""
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    code = (
        "import resource, sys; from pathlib import Path; from kg.pipeline import Options, Running, build\n"
        "build([Path(sys.argv[1])], Path(sys.argv[2]), Options(), running=Running(2))\n"
        "print(*(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    for count in (len(lines) // 4, len(lines) // 2, len(lines)):
        part, out = folder / f"part-{count}.jsonl", folder / f"memory-{count}"
        part.write_text("".join(lines[:count]), encoding="utf-8")
        before = busy()
        run = [sys.executable, "-c", code, str(part), str(out)]
        said = subprocess.run(run, check=True, capture_output=True, text=True).stdout
        used = busy() - before
        parent, child = (int(one) / 1024 for one in said.split())
        store = sum(path.stat().st_size for path in (out / "store").rglob("*") if path.is_file())
        each = f"{used / count * 1000:.0f} ms CPU and {store / count / 1000:.0f} kB of store an article"
        print(f"{count} articles: parent {parent:.0f} MB, worker {child:.0f} MB, {each}")


def killed(source: Path, folder: Path, kills: int = KILLS) -> None:
    """Kill -9 at random moments: every other time a worker, else the parent with all of its own. Then the build ends as ever."""
    out, chance, started = folder / "killed", random.Random(1), time.monotonic()
    built(source, folder / "undisturbed", 2)
    whole_time = time.monotonic() - started
    for number in range(kills):
        command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(out), "-q", "--workers", "2"]
        process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, cwd=ROOT)
        time.sleep(chance.uniform(0.1, whole_time))
        if number % 2 and process.poll() is None:
            for worker in subprocess.run(
                ["pgrep", "-P", str(process.pid)], capture_output=True, text=True
            ).stdout.split()[-1:]:
                os.kill(int(worker), signal.SIGKILL)
            time.sleep(1)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if chance.random() < 0.3:
            shutil.rmtree(out / "work" / "graph", ignore_errors=True)  # so that there is something left to kill
    built(source, out, 2)
    print(f"killed {kills} times; same bytes as undisturbed: {differing(out, folder / 'undisturbed') == []}")


PARTS = {
    "whole": whole,
    "stages": stages,
    "workers": workers,
    "ray": ray,
    "grown": grown,
    "memory": memory,
    "killed": killed,
}


def main(count: int = ARTICLES, parts: tuple[str, ...] = tuple(PARTS)) -> None:
    for name in parts:
        print(f"-- {name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](articles(count, Path(folder)), Path(folder))
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ARTICLES, tuple(sys.argv[2:]) or tuple(PARTS))
