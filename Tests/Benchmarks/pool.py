"""New sessions over HTTP, each with an interpreter of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import time

from figures import Figure, median
from product import EXECUTABLE

PAUSE = 3.0
"""Seconds in which the pool fills up again."""


def measure(quick: bool) -> list[Figure]:
    rounds = 4 if quick else 15
    with _server("--pool", "1") as port:
        warm = [_session(port, PAUSE) for _ in range(rounds)]
    with _server("--pool", "0") as port:
        cold = [_session(port, 0) for _ in range(3 if quick else 6)]
    return [
        median("new session from a warm pool, first result", warm, "ms", 10),
        median("  without a pool", cold, "ms"),
    ]


@contextlib.contextmanager
def _server(*options: str):
    command = [EXECUTABLE, "streamable-http", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield int(re.search(r"http://[^ ]*:(\d+)", process.stdout.readline())[1])
    finally:
        process.terminate()
        process.wait()


def _session(port: int, pause: float) -> float:
    """Milliseconds from a new client's first byte to its first result."""
    time.sleep(pause)
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    info = {"name": "bench", "version": "1"}
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info}
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}

    def post(message: dict) -> http.client.HTTPResponse:
        connection.request("POST", "/mcp", json.dumps({"jsonrpc": "2.0", **message}), headers)
        return connection.getresponse()

    response = post({"id": 0, "method": "initialize", "params": params})
    response.read()
    headers |= {"Mcp-Session-Id": response.headers["Mcp-Session-Id"], "MCP-Protocol-Version": "2025-06-18"}
    post({"method": "notifications/initialized"}).read()
    call = {"name": "run_python_code", "arguments": {"python_code": "1 + 1"}}
    answer = post({"id": 1, "method": "tools/call", "params": call}).read()
    taken = 1000 * (time.perf_counter() - start)
    assert b"success" in answer, answer
    connection.request("DELETE", "/mcp", headers=headers)
    connection.getresponse().read()
    connection.close()
    return taken
