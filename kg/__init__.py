"""newskg: a knowledge graph from news in which every edge leads to the exact words behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.store import open_graph as open_graph

__all__ = ["open_graph"]


def __getattr__(name: str) -> Any:
    """`from kg import open_graph` without making every `import kg` wait for rdflib."""
    if name == "open_graph":
        from kg.store import open_graph

        return open_graph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
