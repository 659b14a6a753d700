"""Places of nodes: the same each time, apart from each other, neighbours near."""

from __future__ import annotations

import math
import random

from kg.page.layout import layout, weights
from kg.page.network import network
from kg.page.payload import payload
from kg.page.styles import NO_VOCABULARY
from tests.page.sample import many


def pairs(count: int, seed: int = 3) -> list[tuple[int, int]]:
    chance = random.Random(seed)
    return [(n, chance.randrange(max(0, n - n % 30), n)) for n in range(1, count) if n % 30] + [
        (n, n - 30) for n in range(30, count, 30)
    ]


def test_nothing_to_lay_out() -> None:
    assert layout(0, {}).points == ()
    assert len(layout(3, {}).points) == 3


def test_order_of_edges_makes_no_difference() -> None:
    edges = pairs(240)
    shuffled = [(b, a) for a, b in random.Random(1).sample(edges, len(edges))]
    assert layout(240, weights(edges)) == layout(240, weights(shuffled))


def test_no_two_nodes_on_one_spot() -> None:
    points = layout(240, weights(pairs(240))).points
    nearest = min(math.dist(a, b) for n, a in enumerate(points) for b in points[:n])
    assert nearest > 20


def test_neighbours_stand_nearer_than_others() -> None:
    edges = pairs(240)
    points = layout(240, weights(edges)).points
    near = sum(math.dist(points[a], points[b]) for a, b in edges) / len(edges)
    far = sum(math.dist(points[n], points[(n * 97 + 120) % 240]) for n in range(240)) / 240
    assert near * 3 < far


def test_a_dense_village_is_one_community() -> None:
    found = layout(
        60, weights([(a, b) for base in (0, 30) for a in range(base, base + 30) for b in range(base, a)] + [(0, 30)])
    )
    assert len({found.communities[n] for n in range(30)}) == 1
    assert found.communities[0] != found.communities[45]


def test_the_hub_has_the_highest_rank() -> None:
    rank = layout(20, weights([(0, n) for n in range(1, 20)])).rank
    assert max(rank) == rank[0]


def test_more_nodes_than_allowed_are_left_out_and_counted() -> None:
    data = payload(many(100), NO_VOCABULARY, {}, False)
    net, left_out = network(data, 40)
    assert (len(net.nodes), left_out) == (40, 60)
    kept = {node["id"] for node in net.nodes}
    assert all(edge["from"] in kept and edge["to"] in kept for edge in net.edges)
