"""Where the nodes stand: communities first, then each community inside, with numpy alone and the same result every time.

Each connected component is split into communities (Louvain). A community is laid out by stress majorization, so that
distances on the page follow distances in the graph; the communities, as discs, are laid out the same way and pushed
apart; each is then turned so that edges to its neighbours are short. Components are packed around the largest.
Units are the page's pixels at zoom 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

SPACING = 110.0  # between neighbours: a label of 15 letters at 12 px
NEAR = 64.0  # no two nodes nearer than this
WHOLE = 45  # a component of so many nodes reads better as one piece than in communities
SHELF = 8  # smaller components stand in rows
DENSE = 700  # up to here all pairs are looked at; beyond, the pieces are too large for it
STRETCH = 1.3  # screens are wider than high
SEED = 7


@dataclass(frozen=True, slots=True)
class Layout:
    """For each node, in the order given: its place and the number of its community, 0 the largest."""

    points: tuple[tuple[int, int], ...]
    communities: tuple[int, ...]
    rank: tuple[float, ...]  # PageRank


def layout(count: int, edges: Mapping[tuple[int, int], float]) -> Layout:
    """Places for `count` nodes; `edges` maps pairs of node numbers to weights. Order of the mapping makes no difference."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for (a, b), weight in sorted(edges.items()):
        if a != b:
            graph.add_edge(a, b, weight=weight + (graph.edges[a, b]["weight"] if graph.has_edge(a, b) else 0.0))
    components = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))
    groups: list[list[int]] = []
    pieces: list[Points] = []
    for component in components:
        parts = _communities(graph, component)
        groups += parts
        # The many pairs and triples of one article need no room to show their structure.
        pieces.append(_flat(_component(graph, component, parts)) * (0.6 if len(component) < 5 else 1.0))
    places = _packed(count, components, pieces)
    of = [0] * count
    for number, group in enumerate(sorted(groups, key=lambda g: (-len(g), g[0]))):
        for node in group:
            of[node] = number
    points = tuple((round(float(x) * STRETCH), round(float(y))) for x, y in places)
    return Layout(points, tuple(of), _pagerank(graph, count))


def _communities(graph: nx.Graph[int], component: Sequence[int]) -> list[list[int]]:
    if len(component) <= WHOLE // 3:
        return [list(component)]
    found = nx.community.louvain_communities(graph.subgraph(component), weight="weight", seed=SEED)
    return sorted((sorted(c) for c in found), key=lambda c: (-len(c), c[0]))


def _component(graph: nx.Graph[int], component: Sequence[int], parts: Sequence[Sequence[int]]) -> Points:
    """Places of the component's nodes, in its order, around the origin."""
    if len(component) <= WHOLE or len(parts) == 1:
        return _centred(_piece(graph, component))
    insides = [_centred(_piece(graph, part)) for part in parts]
    centres = _centres(graph, parts, [_radius(inside) for inside in insides])
    places = np.zeros((len(component), 2))
    row = {node: n for n, node in enumerate(component)}
    rows = [np.array([row[node] for node in part]) for part in parts]
    for at, inside, centre in zip(rows, insides, centres, strict=True):
        places[at] = inside + centre
    for at, inside, centre, part in zip(rows, insides, centres, parts, strict=True):
        places[at] = _turned(graph, part, inside, centre, places, row) + centre
    return _centred(places)


def _piece(graph: nx.Graph[int], nodes: Sequence[int]) -> Points:
    """Places of a handful of connected nodes by stress majorization over their distances in the graph."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    if len(nodes) > DENSE:
        return _rings(graph, nodes)
    row = {node: n for n, node in enumerate(nodes)}
    near = np.zeros((len(nodes), len(nodes)), dtype=bool)
    for node, n in row.items():
        near[n, [row[other] for other in graph.adj[node] if other in row]] = True
    wanted = _steps(near)
    # Leaves of one hub would all stand on one circle and touch: the more neighbours, the longer the edges.
    degree = near.sum(axis=1)
    crowd = 1 + np.maximum(0, np.sqrt(np.maximum(degree[:, None], degree[None, :])) - 2.5) / 4
    wanted = np.where(wanted == 1, wanted * crowd, wanted)
    return _alike(wanted.tobytes(), len(nodes)).copy() if len(nodes) <= 8 else _stood(wanted)


FAR = 6  # steps; what lies farther, or is not connected, wants to stand no farther away


def _steps(near: NDArray[np.bool_]) -> Points:
    """How many edges part each two nodes, at most FAR."""
    steps = np.full(near.shape, float(FAR))
    known, reached, edges = np.eye(len(near), dtype=bool), np.eye(len(near), dtype=np.float32), near.astype(np.float32)
    steps[known] = 0
    for count in range(1, FAR):
        reached = ((reached @ edges > 0) & ~known).astype(np.float32)
        steps[reached > 0] = count
        known |= reached > 0
    return steps


@lru_cache(maxsize=4096)
def _alike(wanted: bytes, count: int) -> Points:
    """Of hundreds of small pieces, most pairs and triples, many want the same."""
    return _stood(np.frombuffer(wanted).reshape(count, count))


def _stood(wanted: Points) -> Points:
    """Places that many steps from each other, and none too near."""
    return _apart(_majorized(wanted * SPACING), np.full(len(wanted), NEAR / 2))


def _majorized(wanted: Points, rounds: int = 120) -> Points:
    """Places whose distances are near `wanted`, near pairs counting more (weights d^-2)."""
    count = len(wanted)
    random = np.random.RandomState(SEED)
    places: Points = random.uniform(-1, 1, (count, 2)) * wanted.max() / 2
    weights = 1 / np.maximum(wanted, 1e-9) ** 2
    np.fill_diagonal(weights, 0)
    total = weights.sum(axis=1, keepdims=True)
    strength = weights * wanted
    for _ in range(rounds if count < 120 else rounds // 2 if count < 250 else rounds // 4):
        across, down = (axis[:, None] - axis[None, :] for axis in places.T)
        pull = strength / np.maximum(np.sqrt(across**2 + down**2), 1e-6)
        moved = [(weights * axis + pull * gap).sum(axis=1) for axis, gap in zip(places.T, (across, down), strict=True)]
        places = np.stack(moved, axis=1) / total
    return places


def _rings(graph: nx.Graph[int], nodes: Sequence[int]) -> Points:
    """A quick layout for a piece too large for all pairs: rings by distance from its best connected node."""
    inner = graph.subgraph(nodes)
    hub = max(nodes, key=lambda node: (inner.degree(node), -node))
    order = [hub] + [other for _, other in nx.bfs_edges(inner, hub, sort_neighbors=sorted)]
    place = {node: n for n, node in enumerate(order)}
    turn = math.pi * (3 - math.sqrt(5))
    spots = [(place[node], NEAR * 1.1 * math.sqrt(place[node])) for node in nodes]
    return np.array([(r * math.cos(n * turn), r * math.sin(n * turn)) for n, r in spots])


def _apart(places: Points, radii: Points, rounds: int = 60) -> Points:
    """Push discs apart until none overlap (or the rounds are over)."""
    if len(places) > 2 * DENSE:
        return places
    need = radii[:, None] + radii[None, :]
    rounds = rounds if len(places) < 250 else rounds // 4
    for _ in range(rounds):
        across, down = (axis[:, None] - axis[None, :] for axis in places.T)
        length = np.sqrt(across**2 + down**2)
        short = np.maximum(need - length, 0)
        np.fill_diagonal(short, 0)
        if not (short > 0.5).any():
            break
        push = short / np.maximum(length, 1e-6) * 0.5
        places = places + np.stack([(across * push).sum(axis=1), (down * push).sum(axis=1)], axis=1)
    return places


def _centres(graph: nx.Graph[int], parts: Sequence[Sequence[int]], radii: Sequence[float]) -> Points:
    """Where the communities stand: neighbours at touching distance, none overlapping."""
    of = {node: n for n, part in enumerate(parts) for node in part}
    meta: nx.Graph[int] = nx.Graph()
    meta.add_nodes_from(range(len(parts)))
    for node in sorted(of):
        for other in graph.neighbors(node):
            if of.get(other, of[node]) != of[node]:
                a, b = of[node], of[other]
                meta.add_edge(a, b, length=radii[a] + radii[b] + SPACING * 0.7)
    count = len(parts)
    wanted = np.full((count, count), 3 * max(radii) + SPACING)
    for a, lengths in nx.all_pairs_dijkstra_path_length(meta, weight="length"):
        for b, length in lengths.items():
            wanted[a, b] = length
    np.fill_diagonal(wanted, 1)
    sizes = np.array(radii) + SPACING * 0.25
    # Stress alone leaves wide gaps where distances cannot all hold: draw in, then push apart.
    return _apart(_majorized(wanted) * 0.55, sizes, 200)


def _turned(
    graph: nx.Graph[int],
    part: Sequence[int],
    inside: Points,
    centre: Points,
    places: Points,
    row: Mapping[int, int],
) -> Points:
    """`inside` turned or mirrored so that edges leaving the community are shortest."""
    here = {node: n for n, node in enumerate(part)}
    leaving = [
        (here[node], row[other]) for node in part for other in sorted(graph.neighbors(node)) if other not in here
    ]
    if not leaving or len(part) < 2:
        return inside
    own = np.array([a for a, _ in leaving])
    there = places[np.array([b for _, b in leaving])] - centre
    best, least = inside, math.inf
    for mirror in (1.0, -1.0):
        for step in range(24):
            angle = step * math.pi / 12
            c, s = math.cos(angle), math.sin(angle)
            x, y = inside[:, 0] * mirror, inside[:, 1]
            turned = np.stack([x * c - y * s, x * s + y * c], axis=1)
            length = float(np.sqrt(((turned[own] - there) ** 2).sum(axis=1)).sum())
            if length < least - 1e-6:
                best, least = turned, length
    return best


def _packed(count: int, components: Sequence[Sequence[int]], pieces: Sequence[Points]) -> Points:
    """The large components as discs around the largest, each at the first free place of a spiral; the small ones below."""
    places = np.zeros((count, 2))
    if not count:
        return places
    taken: list[tuple[float, float, float]] = []
    start = 0.0
    large = sum(len(component) >= SHELF for component in components)
    for component, piece in zip(components[:large], pieces, strict=False):
        radius = _radius(piece) + SPACING * 0.15
        x, y, start = _free(taken, radius, start)
        taken.append((x, y, radius))
        places[np.array(component)] = piece + np.array([x, y])
    _shelve(places, components[:large], components[large:], pieces[large:])
    return _centred(places)


def _shelve(
    places: Points, above: Sequence[Sequence[int]], components: Sequence[Sequence[int]], pieces: Sequence[Points]
) -> None:
    """The small components in rows under the large ones, as wide as those, so that the whole has the shape of a screen."""
    margin = np.array([SPACING * 0.75, SPACING * 0.45])
    sizes = [piece.max(axis=0) - piece.min(axis=0) + margin for piece in pieces]
    area = sum(float(w * h) for w, h in sizes)
    taken = places[np.array([node for component in above for node in component])] if above else np.zeros((1, 2))
    left, floor = float(taken[:, 0].min()), float(taken[:, 1].max()) + SPACING
    width = max(float(taken[:, 0].max()) - left, 1.2 * math.sqrt(area))
    x, y, deep = left, floor, 0.0
    for component, piece, (w, h) in zip(components, pieces, sizes, strict=True):
        if x > left and x + w > left + width:
            x, y, deep = left, y + deep, 0.0
        places[np.array(component)] = piece - piece.min(axis=0) + np.array([x, y])
        x, deep = x + float(w), max(deep, float(h))


def _free(taken: Sequence[tuple[float, float, float]], radius: float, start: float) -> tuple[float, float, float]:
    """The first place on the spiral from `start` where a disc fits. Discs come largest first, so `start` only grows."""
    if not taken:
        return 0.0, 0.0, 0.0
    xs, ys, rs = (np.array(column) for column in zip(*taken, strict=True))
    turn = start
    while True:
        reach = 9.0 * turn
        x, y = 1.25 * reach * math.cos(turn), reach * math.sin(turn)
        if not ((xs - x) ** 2 + (ys - y) ** 2 < (rs + radius) ** 2).any():
            return x, y, max(0.0, turn - 2 * math.pi)
        turn += min(0.35, 40.0 / (reach + 40.0))


def _flat(places: Points) -> Points:
    """Turned so that the longest way through lies level: screens are wide, and so are labels."""
    x, y = (places - places.mean(axis=0)).T
    angle = 0.5 * math.atan2(2 * float((x * y).sum()), float((x * x).sum() - (y * y).sum()))
    c, s = math.cos(angle), math.sin(angle)
    return _centred(np.stack([places @ (c, s), places @ (-s, c)], axis=1))


def _centred(places: Points) -> Points:
    centred: Points = places - (places.max(axis=0) + places.min(axis=0)) / 2
    return centred


def _radius(places: Points) -> float:
    return float(np.sqrt((places**2).sum(axis=1)).max()) + NEAR / 2


def _pagerank(graph: nx.Graph[int], count: int, damping: float = 0.85, rounds: int = 40) -> tuple[float, ...]:
    """PageRank by numpy alone: networkx's needs scipy."""
    if not graph.number_of_edges():
        return (1.0,) * count
    pairs = [(a, b, data["weight"]) for a, b, data in graph.edges(data=True)]
    ends = pairs + [(b, a, w) for a, b, w in pairs]
    source, target, weight = (np.array(column) for column in zip(*ends, strict=True))
    out = np.bincount(source, weights=weight, minlength=count)
    rank = np.full(count, 1 / count)
    for _ in range(rounds):
        flow = np.bincount(target, weights=rank[source] * weight / out[source], minlength=count)
        rank = (1 - damping) / count + damping * (flow + rank[out == 0].sum() / count)
    return tuple(round(float(value) * count, 4) for value in rank)


def weights(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """How often each unordered pair occurs, damped: ten statements bind two nodes more than one, not ten times more."""
    counts: dict[tuple[int, int], int] = {}
    for a, b in pairs:
        counts[min(a, b), max(a, b)] = counts.get((min(a, b), max(a, b)), 0) + 1
    return {pair: 1 + math.log(number) for pair, number in counts.items()}
