"""New sessions over HTTP, each with an interpreter of its own."""

from __future__ import annotations

import time

from figures import Figure, median
from http_session import Session, serving

PAUSE = 3.0
"""Seconds in which the pool fills up again."""


def measure(quick: bool) -> list[Figure]:
    rounds = 4 if quick else 15
    with serving("--pool", "1") as port:
        warm = [_first_result(port, PAUSE) for _ in range(rounds)]
    with serving("--pool", "0") as port:
        cold = [_first_result(port, 0) for _ in range(3 if quick else 6)]
    return [
        median("new session from a warm pool, first result", warm, "ms", 10),
        median("  without a pool", cold, "ms"),
    ]


def _first_result(port: int, pause: float) -> float:
    """Milliseconds from a new client's first byte to its first result."""
    time.sleep(pause)
    start = time.perf_counter()
    with Session(port) as session:
        session.run("1 + 1")
        return 1000 * (time.perf_counter() - start)
