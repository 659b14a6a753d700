"""The application: endpoint, descriptions, pages, entities."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.prefixes import BASE
from kg.reference import listing
from kg.serve.describe import article_query, description, entity_query
from kg.serve.options import ServeOptions
from kg.serve.pages import asset, entity_page, query_page
from kg.serve.pool import Answer, Pool
from kg.serve.protocol import Refused, choose, operation
from kg.serve.worker import GRAPHS

_METHODS = ["GET", "POST"]
_PAGE = {"text/html": None, "application/xhtml+xml": None}


class Site:
    """The handlers, with what they share."""

    def __init__(self, directory: Path | None, options: ServeOptions) -> None:
        self.directory, self.options = directory, options
        self.pool = Pool(directory, options)
        self.base = _base(directory)

    async def sparql(self, request: Request) -> Response:
        asked = await operation(request, self.options.limits.request)
        if asked is None:
            return await self._described(request)
        if asked.update and not self.options.writable:
            raise Refused(403, "this server only reads")
        here = str(request.url.replace(query=""))
        return _response(await self.pool.run(asked.request(here, _accept(request))))

    async def _described(self, request: Request) -> Response:
        kind = choose(_accept(request), {**GRAPHS, **_PAGE})
        if kind in _PAGE:
            return query_page(self.base)
        return await self._graph(description(str(request.url.replace(query="")), self.options.writable), kind)

    async def _graph(self, query: str, kind: str | None) -> Response:
        """An answer in triples, by a CONSTRUCT of our own."""
        if kind is None:
            raise Refused(406, f"none of the formats accepted is served; there are {', '.join(GRAPHS)}")
        plain = {"update": False, "default": (), "named": (), "base": self.base, "rows": None, "boolean": None}
        return _response(await self.pool.run({**plain, "text": query, "graph": kind}))

    async def void(self, request: Request) -> Response:
        endpoint = str(request.url_for("sparql"))
        return await self._graph(description(endpoint, self.options.writable), choose(_accept(request), GRAPHS))

    async def home(self, request: Request) -> Response:
        graph = self.directory / "graph.html" if self.directory else None
        return FileResponse(graph, media_type="text/html") if graph and graph.is_file() else query_page(self.base)

    async def questions(self, request: Request) -> Response:
        return query_page(self.base)

    async def asset(self, request: Request) -> Response:
        return asset(request.path_params["name"]) or PlainTextResponse("no such file\n", 404)

    async def context(self, request: Request) -> Response:
        """The JSON-LD context of the ontology's terms."""
        return Response(listing("jsonld"), media_type="application/ld+json")

    async def resource(self, request: Request) -> Response:
        """`/id/PATH` is the resource `<base>PATH`; what is known of it as page or triples. Those of an article hold all that it says."""
        iri = self.base + quote(request.path_params["path"], safe="/-._~:,%@+#=")
        kind = choose(_accept(request), {**_PAGE, **GRAPHS})
        if kind not in _PAGE:
            found = await self._graph(article_query(iri) if _is_article(iri, self.base) else entity_query(iri), kind)
            return found if await self._known(iri) else PlainTextResponse("no such resource\n", 404)
        answer = await self._graph(entity_query(iri), "application/n-triples")
        if answer.status_code != 200:
            return answer
        if not answer.body:
            return PlainTextResponse("no such resource\n", 404)
        return entity_page(iri, self.base, bytes(answer.body))

    async def _known(self, iri: str) -> bool:
        answer = await self._graph(
            f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }} LIMIT 1", "application/n-triples"
        )
        return bool(answer.body)


def application(directory: Path | None, options: ServeOptions | None = None) -> Starlette:
    """The ASGI application over a build's folder; without one, an empty store (for a scratch server)."""
    site = Site(directory, options or ServeOptions())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await site.pool.start()
        try:
            yield
        finally:
            await site.pool.stop()

    routes = [
        Route("/", site.home),
        Route("/query", site.questions),
        Route("/sparql", site.sparql, methods=_METHODS, name="sparql"),
        Route("/sparql/", site.sparql, methods=_METHODS),
        Route("/assets/{name}", site.asset),
        Route("/context.jsonld", site.context),
        Route("/.well-known/void", site.void),
        Route("/id/{path:path}", site.resource),
    ]
    cors = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST", "HEAD"], allow_headers=["*"])
    return Starlette(routes=routes, middleware=[cors], lifespan=lifespan, exception_handlers={Refused: _refused})


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return PlainTextResponse(f"{error.reason}\n", error.status, headers=error.headers)


def _response(answer: Answer) -> Response:
    if answer.status == 503:
        return PlainTextResponse(f"{answer.error}\n", 503, headers={"Retry-After": "10"})
    if answer.status >= 400:
        return PlainTextResponse(f"{answer.error}\n", answer.status)
    headers: Mapping[str, str] = {"Content-Type": _with_charset(answer.type), "Vary": "Accept"} if answer.type else {}
    return Response(answer.body, answer.status, headers=headers)


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _accept(request: Request) -> str | None:
    return ",".join(request.headers.getlist("accept")) or None


def _base(directory: Path | None) -> str:
    """The base of the build's IRIs, as its report says."""
    try:
        report = json.loads((directory / "build.json").read_text(encoding="utf-8")) if directory else {}
    except FileNotFoundError:
        report = {}
    return str(report.get("options", {}).get("base", BASE))


def _is_article(iri: str, base: str) -> bool:
    return iri.startswith(f"{base}article/") and "#" not in iri
