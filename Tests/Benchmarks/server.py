"""A server on pipes, with a client that does no more than it must."""

from __future__ import annotations

import contextlib
import itertools
import json
import pathlib
import subprocess
import time

from figures import Figure, at_least, median
from product import EXECUTABLE

LINES = 200_000


def measure(quick: bool) -> list[Figure]:
    with Server("--state", "keep", "--max-output", str(1 << 30)) as server:
        server.run("1 + 1")
        count = 50 if quick else 500
        calls = [server.timed("1 + 1")[0] for _ in range(count)]
        asyncs = [server.timed("import asyncio; await asyncio.sleep(0)")[0] for _ in range(count)]
        firsts = [server.timed("print('x')\nfor i in range(10**5): pass")[1] for _ in range(count // 5)]
        start = time.perf_counter()
        shown = server.run(f"for i in range({LINES}): print(i)")
        throughput = LINES / (time.perf_counter() - start)
        assert shown == LINES, f"{shown} lines came"
    with Server() as server:
        server.run("1 + 1")
        resets = [server.timed("1 + 1")[0] for _ in range(count)]
        imports = [server.timed("import math\nmath.pi")[0] for _ in range(count)]
        time.sleep(2)
        idle, own = server.resident()
    return [
        median("warm call of 1 + 1 over stdio", _milliseconds(calls), "ms", 1),
        median("  with fresh variables each time", _milliseconds(resets), "ms"),
        median("  that imports, with fresh variables each time", _milliseconds(imports), "ms"),
        median("  that awaits", _milliseconds(asyncs), "ms"),
        median("first printed line to the client", _milliseconds(firsts), "ms", 3),
        at_least("printed lines to the client", throughput, "lines/s", 100_000),
        median("idle interpreter, resident", [idle], "MiB", 150),
        median("  the server itself", [own], "MiB"),
    ]


def _milliseconds(seconds: list[float]) -> list[float]:
    return [1000 * value for value in seconds]


class Server(contextlib.AbstractContextManager):
    """Speaks the handshake's era, with logging on."""

    def __init__(self, *options: str) -> None:
        command = [EXECUTABLE, "stdio", *options]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._ids = itertools.count()
        info = {"name": "bench", "version": "1"}
        params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info}
        self._answer(self._send("initialize", params))
        self._write({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self._answer(self._send("logging/setLevel", {"level": "info"}))

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait()

    def run(self, code: str) -> int:
        """Run the code; gives how many lines it printed."""
        lines, _, _ = self._answer(self._send_code(code))
        return lines

    def timed(self, code: str) -> tuple[float, float]:
        """Seconds to the answer, and to the first line printed."""
        start = time.perf_counter()
        _, first, end = self._answer(self._send_code(code))
        return end - start, first - start

    def use(self, tool: str, arguments: dict) -> dict:
        """The result of any tool."""
        number = self._send("tools/call", {"name": tool, "arguments": arguments})
        message = json.loads(next(line for line in self._process.stdout if b'"notifications/message"' not in line))
        assert message["id"] == number and not message["result"].get("isError"), message
        return message["result"]

    def resident(self) -> tuple[float, float]:
        """MiB that the interpreter's process and the server's have in memory."""
        own = self._process.pid
        children = pathlib.Path(f"/proc/{own}/task").glob("*/children")
        (child,) = {pid for path in children for pid in path.read_text().split()}
        return _resident(child), _resident(own)

    def _send_code(self, code: str) -> int:
        return self._send("tools/call", {"name": "run_python_code", "arguments": {"python_code": code}})

    def _send(self, method: str, params: dict) -> int:
        number = next(self._ids)
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def _write(self, message: dict) -> None:
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def _answer(self, number: int) -> tuple[int, float, float]:
        """Lines printed meanwhile, when the first came, and when the answer did."""
        lines, first = 0, 0.0
        for line in self._process.stdout:
            if b'"notifications/message"' in line:
                first = first or time.perf_counter()
                lines += 1
                continue
            message = json.loads(line)
            if message.get("id") == number:
                end = time.perf_counter()
                assert not message["result"].get("isError"), message
                return lines, first or end, end
        raise AssertionError("the server has ended")


def _resident(pid: object) -> float:
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
