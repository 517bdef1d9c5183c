"""A server over HTTP, and sessions with it that do no more than they must."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
from collections.abc import Iterator

from product import EXECUTABLE


@contextlib.contextmanager
def serving(*options: str) -> Iterator[int]:
    """The port of a server that lives as long as the block."""
    command = [EXECUTABLE, "streamable-http", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield int(re.search(r"http://[^ ]*:(\d+)", process.stdout.readline())[1])
    finally:
        process.terminate()
        process.wait()


class Session(contextlib.AbstractContextManager):
    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        info = {"name": "bench", "version": "1"}
        params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info}
        response = self._post({"id": 0, "method": "initialize", "params": params})
        response.read()
        self._headers["Mcp-Session-Id"] = response.headers["Mcp-Session-Id"]
        self._headers["MCP-Protocol-Version"] = "2025-06-18"
        self._post({"method": "notifications/initialized"}).read()

    def __exit__(self, *_: object) -> None:
        self._connection.request("DELETE", "/mcp", headers=self._headers)
        self._connection.getresponse().read()
        self._connection.close()

    def use(self, tool: str, arguments: dict) -> dict:
        """The result's structured content."""
        call = {"name": tool, "arguments": arguments}
        answer = self._post({"id": 1, "method": "tools/call", "params": call}).read().decode()
        lines = [line.removeprefix("data:") for line in answer.splitlines() if "{" in line]
        result = json.loads(lines[-1])["result"]
        assert not result.get("isError"), result
        return result["structuredContent"]

    def run(self, code: str) -> dict:
        return self.use("run_python_code", {"python_code": code})

    def _post(self, message: dict) -> http.client.HTTPResponse:
        self._connection.request("POST", "/mcp", json.dumps({"jsonrpc": "2.0", **message}), self._headers)
        return self._connection.getresponse()
