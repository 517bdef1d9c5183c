"""Saving a session and going back to it, over stdio."""

from __future__ import annotations

import time

from figures import Figure, median
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
    return figures


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
        time.sleep(0.5)  # what is saved by itself is saved by then
        seconds, saved = _timed(server, "checkpoint", {})
        takes.append(1000 * seconds)
        restores.append(1000 * _timed(server, "restore", {"checkpoint": saved["checkpoint"]})[0])
    return [
        median(f"checkpoint of {what}: to take", takes, "ms", take),
        median("  its size", [saved["bytes"] / 1e6], "MB", size),
        median("  to go back to it", restores, "ms", restore),
    ]


def _timed(server: Server, tool: str, arguments: dict) -> tuple[float, dict]:
    start = time.perf_counter()
    result = server.use(tool, arguments)
    return time.perf_counter() - start, result["structuredContent"]
