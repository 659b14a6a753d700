"""Pages of HTML: what trafilatura finds in one. That takes some 30 ms, so a reader only hands pages out; whoever calls says who does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Article, WebPage
from kg.read.records import Warn, article


@dataclass(frozen=True, slots=True)
class Markup:
    """A page as it came: its bytes, and what stands beside it."""

    source: str
    data: bytes
    metadata: Mapping[str, Any]  # goes before what the page says
    url: str | None = None  # where an archive had it from: goes after


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be warned of, at its place among the articles."""

    source: str
    reason: str


Item = Article | Markup | Problem
# Gives each item back in order, with what was found in it.
Pages = Callable[[Iterator[Item]], Iterator[tuple[Item, WebPage | None]]]


def here(items: Iterator[Item]) -> Iterator[tuple[Item, WebPage | None]]:
    """Each page looked into as it comes."""
    for item in items:
        yield item, extracted(item.data) if isinstance(item, Markup) else None


def extracted(data: bytes) -> WebPage:
    """Text, title, author, date and site by trafilatura."""
    from trafilatura import bare_extraction

    try:
        page = bare_extraction(data, include_comments=False, include_tables=False, with_metadata=True)
    except (RecursionError, ValueError) as error:
        return WebPage(fault=f"broken HTML: {error}")
    if page is None or isinstance(page, dict) or not page.text:
        return WebPage()
    first, _, rest = page.text.partition("\n")
    text = rest.lstrip("\n") if first.strip() == page.title else page.text
    return WebPage(text, page.title, page.author, page.date, page.sitename, page.url)


def article_in(page: WebPage, markup: Markup, warn: Warn) -> Article | None:
    """The page's own word on its address goes before the archive's, which may hold it under several."""
    if page.fault or not page.text:
        warn(markup.source, page.fault or "no article text found in the page")
        return None
    fields = {
        "title": page.title,
        "author": page.author,
        "published": page.published,
        "publisher": page.publisher,
        "url": page.url,
        **markup.metadata,
    }
    return article(markup.source, page.text, {**fields, "url": fields["url"] or markup.url}, warn)
