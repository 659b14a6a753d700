"""Sixteen clients ask a server for a minute, every twentieth question a runaway: what do the honest ones notice?

A client waits after each answer, as notebooks and people do, so long that without runaways the machine is busy for a part of the time.
Every answer is compared with the one that the idle server gave.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import httpx

from tests.serve.running import running

CLIENTS, SECONDS, RUNAWAYS = 16, 60.0, 0.05
BUSY = 0.4  # of all cores
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HEADERS = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}


@dataclass
class Seen:
    honest: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)


def under_load(folder: Path, questions: Mapping[str, str]) -> None:
    with running(folder) as server:
        address = str(server.base_url)
        right = {text: digest(server.post("/sparql", content=text, headers=HEADERS)) for text in questions.values()}
        alone = client(address, right, 0, 0.0, 0.0, SECONDS / 4)
        pause = CLIENTS * sum(alone.honest) / len(alone.honest) / (BUSY * (os.cpu_count() or 1))
        print(f"{CLIENTS} clients, {SECONDS:.0f} s, {RUNAWAYS:.0%} runaways, {pause:.2f} s between questions")
        calm = together(address, right, pause, 0.0, SECONDS / 2)
        hard = together(address, right, pause, RUNAWAYS, SECONDS)
        after = server.post("/sparql", content="ASK {}", headers=HEADERS).status_code
    print(f"{'':34}{'answers':>9}{'median ms':>11}{'p95 ms':>9}{'p95 to idle':>13}")
    for name, seen in (
        ("one client, idle", alone),
        ("all clients, no runaway", calm),
        ("all clients, with runaways", hard),
    ):
        middle, late = share(seen.honest, 0.5), share(seen.honest, 0.95)
        print(
            f"{name:34}{len(seen.honest):>9}{middle * 1e3:>11.1f}{late * 1e3:>9.1f}{late / share(alone.honest, 0.95):>13.2f}"
        )
    print(
        f"with runaways: {', '.join(f'{count} {name}' for name, count in sorted(hard.outcomes.items()))}; alive after it: {after}"
    )


def digest(reply: httpx.Response) -> str:
    assert reply.status_code == 200, reply.text
    return sha256(reply.content).hexdigest()


def share(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def together(address: str, right: Mapping[str, str], pause: float, runaways: float, seconds: float) -> Seen:
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = [pool.submit(client, address, right, number, pause, runaways, seconds) for number in range(CLIENTS)]
        parts = [one.result() for one in found]
    return Seen([took for one in parts for took in one.honest], sum((one.outcomes for one in parts), Counter()))


def client(address: str, right: Mapping[str, str], number: int, pause: float, runaways: float, seconds: float) -> Seen:
    chance, seen, end = random.Random(number), Seen(), time.monotonic() + seconds
    with httpx.Client(base_url=address, timeout=90, trust_env=False) as http:
        while time.monotonic() < end:
            honest = chance.random() >= runaways
            text = chance.choice(list(right)) if honest else RUNAWAY
            began = time.perf_counter()
            reply = http.post("/sparql", content=text, headers=HEADERS)
            took = time.perf_counter() - began
            seen.outcomes[outcome(reply, right.get(text))] += 1
            if honest:
                seen.honest.append(took)
            time.sleep(chance.expovariate(1 / pause) if pause else 0)
    return seen


def outcome(reply: httpx.Response, right: str | None) -> str:
    if right is None:
        return "runaways stopped" if reply.status_code == 503 else f"runaways with {reply.status_code}"
    if reply.status_code != 200:
        return f"honest ones with {reply.status_code}"
    return "right answers" if sha256(reply.content).hexdigest() == right else "WRONG answers"
