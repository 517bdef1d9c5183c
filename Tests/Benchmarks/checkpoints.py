"""Saving a session and going back to it, over stdio, and over HTTP from a warm pool."""

from __future__ import annotations

import time

from figures import Figure, median
from http_session import Session, serving
from pool import PAUSE
from server import Server

PANDAS = "import pandas as pd\nframe = pd.DataFrame({'a': range(1000)})\nNone"
LARGE = "import numpy as np\nlarge = pd.DataFrame({'x': np.random.default_rng(0).random(50_000_000 // 8)})\nNone"


def measure(quick: bool) -> list[Figure]:
    figures = []
    rounds = 5 if quick else 15
    with Server("--checkpoints") as server:
        figures += _figures(server, "an empty session", rounds, take=60, restore=500)
    with Server("--checkpoints", "--deps", "pandas") as server:
        server.run(PANDAS)
        figures += _figures(server, "one with pandas", rounds, take=60, restore=500, size=5)
        server.run(LARGE)
        figures += _figures(server, "one with a DataFrame of 50 MB", rounds)
    figures += _warm("an empty session", rounds)
    figures += _warm("one with pandas", rounds, "--deps", "pandas")
    return figures + _overhead(rounds)


def _figures(
    server: Server,
    what: str,
    rounds: int,
    take: float | None = None,
    restore: float | None = None,
    size: float | None = None,
) -> list[Figure]:
    takes, restores = [], []
    for _ in range(rounds):
        server.run("x = 1")
        # The checkpoint is the one that is saved by itself after the run.
        seconds, saved = _timed(server, "checkpoint", {})
        takes.append(1000 * seconds)
        restores.append(1000 * _timed(server, "restore", {"checkpoint": saved["checkpoint"]})[0])
    return [
        median(f"checkpoint of {what}: to take, after the answer", takes, "ms", take),
        median("  its size", [saved["bytes"] / 1e6], "MB", size),
        median("  to go back to it", restores, "ms", restore),
    ]


def _warm(what: str, rounds: int, *options: str) -> list[Figure]:
    """With an interpreter in the pool that is ready."""
    restores = []
    with serving("--checkpoints", "--pool", "1", *options) as port, Session(port) as session:
        session.run(PANDAS if options else "x = 1")
        handle = session.use("checkpoint", {})["checkpoint"]
        for _ in range(rounds):
            time.sleep(PAUSE)
            start = time.perf_counter()
            session.use("restore", {"checkpoint": handle})
            restores.append(1000 * (time.perf_counter() - start))
    return [median(f"to go back to {what} from a warm pool", restores, "ms", 50)]


def _overhead(rounds: int) -> list[Figure]:
    """The time that a run takes longer because the one before is saved."""
    with Server("--state", "keep") as server:
        hasty = [_run(server, 0) for _ in range(20 * rounds)]
        calm = [_run(server, 0.2) for _ in range(rounds)]
    return [
        median("a run of a saved session, one after the other", hasty, "ms"),
        median("  0.2 s after the last one", calm, "ms"),
    ]


def _run(server: Server, pause: float) -> float:
    time.sleep(pause)
    return 1000 * server.timed("x = 1")[0]


def _timed(server: Server, tool: str, arguments: dict) -> tuple[float, dict]:
    start = time.perf_counter()
    result = server.use(tool, arguments)
    return time.perf_counter() - start, result["structuredContent"]
