"""The store: a build's triples and the ontology's in Oxigraph, under rdflib for whoever asks.

`DIR/store` holds numbered databases and a file `current` that names one. A build fills a new one beside it and then replaces that file, so
that a reader sees the old graph or the new one, whole. The one before stays until the next build, for readers that still have it open.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    import rdflib

    from kg.data import Folder


class NoStore(Exception):
    """The folder holds no store."""

    friendly = True


def build_store(directory: Path, triples: Iterable[ox.Triple], folder: Folder | None = None) -> int:
    """Put triples and the ontology's into a new store of the build in `directory`; returns how many there are."""
    return _store(directory, io.BytesIO(_text(triples)), folder)


def store_file(directory: Path, triples: Path, folder: Folder | None = None) -> int:
    """As build_store, of a file of N-Triples: no object is made of a triple."""
    with triples.open("rb") as file:
        return _store(directory, file, folder)


def _store(directory: Path, triples: IO[bytes], folder: Folder | None) -> int:
    from kg.data import bundled
    from kg.rdf import ontology_triples

    beside = _beside(directory)
    count = _fill(beside, io.BytesIO(_text(ontology_triples(folder or bundled()))), triples)
    _switch(beside)
    return count


def _text(triples: Iterable[ox.Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in triples).encode()


def move_store(built: Path, directory: Path) -> None:
    """Put the store of the build in `built` in the place of that of `directory`: on the same disk, at once. Raises NoStore."""
    beside = _beside(directory)
    os.replace(store_path(built), beside)
    _switch(beside)


def _beside(directory: Path) -> Path:
    """Where the next database of a build goes."""
    root = directory / "store"
    root.mkdir(parents=True, exist_ok=True)
    return root / str(_last(root) + 1)


def _fill(path: Path, *files: IO[bytes]) -> int:
    store = ox.Store(str(path))
    for file in files:
        store.bulk_load(file, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    store.flush()
    count = len(store)
    del store  # closes it: there is no other way
    return count


def _switch(to: Path) -> None:
    """Readers see the database `to` from now on; the one before stays for those that have it open, older ones go."""
    root = to.parent
    before = _current(root)
    name = root / ".current.part"
    name.write_text(to.name + "\n", encoding="utf-8")
    os.replace(name, root / "current")
    for old in root.iterdir():
        if old.is_dir() and old not in (to, before):
            shutil.rmtree(old)


def _last(root: Path) -> int:
    return max((int(one.name) for one in root.iterdir() if one.name.isdecimal()), default=0)


def _current(root: Path) -> Path | None:
    try:
        name = (root / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return root / name if name.isdecimal() else None  # a machine that stopped may leave the file empty


def store_path(directory: Path) -> Path:
    """The database that a build's store is now. Raises NoStore."""
    found = _current(directory / "store")
    if found is None or not found.is_dir():
        raise NoStore(f"{directory} holds no store: build it with `kg build PATH… -o {directory}`")
    return found


def open_store(directory: Path) -> ox.Store:
    """The store opened for reading: any number of processes may do so. Raises NoStore."""
    return ox.Store.read_only(str(store_path(directory)))


def open_graph(directory: str | Path, in_memory: bool = False) -> rdflib.Graph:
    """The graph of a build as an rdflib graph, read-only, queries answered by Oxigraph; the usual prefixes are bound.

    `in_memory`: a copy, which may be changed and is gone with the process. A million triples take 5 s to copy; it then answers some
    three times as fast (`make bench`). Raises NoStore. Whatever would change the graph on disk raises RuntimeError.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Graph, Namespace
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    from kg.prefixes import PREFIXES

    store = open_store(Path(directory))
    if in_memory:
        copy = ox.Store()
        copy.extend(store)
        store = copy
    graph = Graph(OxigraphStore(store=store), DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, Namespace(namespace))
    return graph
