"""read: files to articles. One reader a format; what cannot be read is a warning with its file and reason, never an exception."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import Article, WebPage
from kg.read.files import File, files
from kg.read.formats import Columns, Unreadable, reader_for
from kg.read.html import Item, Markup, Pages, Problem, article_in, here
from kg.read.language import foreign
from kg.read.records import Warn, unsafe

__all__ = ["Columns", "ReadOptions", "read"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What to take, and from which columns of a table. `since` is an ISO date; 0: no limit."""

    columns: Columns = field(default_factory=Columns)
    limit: int = 0
    since: str | None = None
    publisher: str | None = None


def read(
    paths: Sequence[Path], warn: Warn, options: ReadOptions | None = None, pages: Pages = here
) -> Generator[Article, None, None]:
    """The articles under `paths` in the order of their source names; each problem goes to `warn(source, reason)`.

    `pages` looks into pages of HTML, and may ask for some more before it gives one back.
    """
    options = options or ReadOptions()
    seen: dict[str, str] = {}
    taken = 0
    for article in _articles(pages(_items(paths, options)), warn):
        reason = _refused(article, seen)
        if reason:
            warn(article.source, reason)
        elif _wanted(article, options):
            seen[article.digest] = article.source
            taken += 1
            yield article
            if taken == options.limit:
                return


def _articles(items: Iterator[tuple[Item, WebPage | None]], warn: Warn) -> Iterator[Article]:
    for item, page in items:
        if isinstance(item, Problem):
            warn(item.source, item.reason)
            continue
        found = article_in(page or WebPage(), item, warn) if isinstance(item, Markup) else item
        if found:
            yield found


def _items(paths: Sequence[Path], options: ReadOptions) -> Iterator[Item]:
    """What files hold and what is wrong with them, in one order: pages may be asked for ahead of their turn, warnings not be told so."""
    heard: deque[Problem] = deque()

    def warn(source: str, reason: str) -> None:
        heard.append(Problem(source, reason))

    for file in files(paths, warn):
        for item in _records(file, options, warn):
            yield from _emptied(heard)
            yield item
        yield from _emptied(heard)
    yield from _emptied(heard)


def _emptied(heard: deque[Problem]) -> Iterator[Problem]:
    while heard:
        yield heard.popleft()


def _records(file: File, options: ReadOptions, warn: Warn) -> Iterator[Article | Markup]:
    reader = reader_for(file)
    if reader is None:
        warn(
            file.source,
            f"unknown format {file.suffix or '(no ending)'}; known: .txt .md .html .json .jsonl .csv .gz .zip .warc",
        )
        return
    try:
        yield from reader(file, options.columns, warn)
    except Unreadable as error:
        warn(file.source, str(error))
    except (OSError, ValueError, EOFError) as error:  # damaged gzip, unreadable file, malformed table
        warn(file.source, f"cannot be read: {error}")


def _refused(article: Article, seen: dict[str, str]) -> str | None:
    """Why an article is not taken, or None."""
    if not article.text.strip():
        return "empty: no text"
    if article.digest in seen:
        return f"duplicate of {seen[article.digest]}: same text, publisher, date and URL"
    return unsafe(article) or foreign(article.text)


def _wanted(article: Article, options: ReadOptions) -> bool:
    late = not options.since or (article.published or "") >= options.since
    return late and (not options.publisher or article.publisher == options.publisher)
