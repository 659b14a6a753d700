"""A SPARQL 1.1 server over a build's store, with its pages. Reads only, but for a scratch copy that may be asked for."""

from __future__ import annotations

from pathlib import Path

from kg.serve.options import Limits, ServeOptions

__all__ = ["Limits", "ServeOptions", "serve"]


def serve(directory: str | Path, options: ServeOptions | None = None) -> None:
    """Serve the build in `directory` until interrupted. Raises kg.store.NoStore."""
    import uvicorn

    from kg.serve.app import application

    options = options or ServeOptions()
    uvicorn.run(application(Path(directory), options), host=options.host, port=options.port, log_level=options.log)
