"""A client that speaks raw JSON-RPC to a server: nothing between the test and the wire."""

import itertools
import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable

from support import tool
from support.conversation import MODERN
from support.product import PATIENCE, environment

LEGACY = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
REVISIONS = (*LEGACY, MODERN)

META = "io.modelcontextprotocol/"
UNDOABLE = "mcp-run-python/undoable"
INFO = {"name": "raw peer", "version": "1"}


class Peer:
    """One conversation with one server. Waiting methods fail after `PATIENCE` seconds."""

    def __init__(self, command: list[str], revision: str, **changes: object) -> None:
        self.command = command
        self.revision = revision
        self.is_modern = revision == MODERN
        self.messages: list[tuple[float, dict]] = []
        """The messages that the server sent, with the time of arrival. A batch stays a list."""
        self.has_ended = False
        self.is_broken = False
        """True when the server owes an answer: a test that shares it takes another one then."""
        self._ids = itertools.count()
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(**changes),
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    # Messages to the server

    def greet(self) -> dict:
        """The handshake or its modern counterpart; gives the server's answer."""
        if self.is_modern:
            return self.ask("server/discover")
        params = {"protocolVersion": self.revision, "capabilities": {}, "clientInfo": INFO}
        answer = self.ask("initialize", params)
        self.notify("notifications/initialized")
        return answer

    def request(
        self,
        method: str,
        params: dict | None = None,
        *,
        id: int | str | None = None,
        log: str | None = None,
        progress: int | str | None = None,
        undoable: bool = False,
    ) -> int | str:
        """Send a request; gives its id.

        `log` is the level that a modern request asks for. A run that is `undoable` is saved before the next begins.
        """
        id = next(self._ids) if id is None else id
        meta = self.meta(log)
        if progress is not None:
            meta["progressToken"] = progress
        if undoable:
            meta[UNDOABLE] = True
        params = (params or {}) | ({"_meta": meta} if meta else {})
        self.send({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
        return id

    def meta(self, log: str | None = None) -> dict:
        """The fields that every request of the revision carries."""
        if not self.is_modern:
            return {}
        level = {META + "logLevel": log} if log else {}
        names = {"protocolVersion": self.revision, "clientInfo": INFO, "clientCapabilities": {}}
        return {META + name: value for name, value in names.items()} | level

    def start_call(self, code: str, variables: dict | None = None, **options: object) -> int | str:
        """Send a call of the tool; gives its id."""
        arguments = {"python_code": code} | ({"global_variables": variables} if variables is not None else {})
        return self.request("tools/call", {"name": tool.NAME, "arguments": arguments}, **options)

    def notify(self, method: str, params: dict | None = None) -> None:
        self.send({"jsonrpc": "2.0", "method": method} | ({"params": params} if params else {}))

    def cancel(self, id: int | str) -> None:
        self.notify("notifications/cancelled", {"requestId": id, "reason": "the test says so"})

    def send(self, message: object) -> None:
        self.send_bytes(json.dumps(message).encode() + b"\n")

    def send_bytes(self, data: bytes) -> None:
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def hang_up(self) -> None:
        """Close the server's input."""
        self.process.stdin.close()

    # Messages from the server

    def ask(self, method: str, params: dict | None = None, **options: object) -> dict:
        """Send a request and wait for its answer."""
        return self.answer(self.request(method, params, **options))

    def call(self, code: str, variables: dict | None = None, **options: object) -> str:
        """Call the tool; gives the text of its result."""
        return text(self.answer(self.start_call(code, variables, **options)))

    def answer(self, id: int | str) -> dict:
        """The answer to a request: its id has the same type, too."""
        return self.wait(lambda m: "method" not in m and _same(m.get("id"), id), f"the answer to {id!r}")[1]

    def wait(self, matches: Callable[[dict], bool], what: str, after: int = 0) -> tuple[float, dict]:
        """The first message that matches, of those after the first `after`, and when it came."""

        def found() -> tuple[float, dict] | None:
            return next((m for m in self.messages[after:] if isinstance(m[1], dict) and matches(m[1])), None)

        with self._news:
            self.is_broken = not self._news.wait_for(lambda: found() or self.has_ended, PATIENCE)
            assert found(), f"{what} did not come, but {self.messages[-3:]}"
            return found()

    def printed(self, word: str, after: int = 0) -> tuple[float, dict]:
        """The log message that says exactly `word`."""
        return self.wait(lambda m: m.get("params", {}).get("data") == word, f"the log message {word!r}", after)

    def notifications(self, method: str, after: int = 0) -> list[dict]:
        return [m["params"] for _, m in self.messages[after:] if isinstance(m, dict) and m.get("method") == method]

    def logs(self, after: int = 0) -> list[tuple[str, str, str]]:
        """Level, logger and data of what was logged, of the messages after the first `after`."""
        found = self.notifications("notifications/message", after)
        return [(p["level"], p["logger"], p["data"]) for p in found]

    def end(self) -> int:
        """Hang up and wait until the server has ended; gives its exit status."""
        if not self.process.stdin.closed:
            self.hang_up()
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def _read(self) -> None:
        for line in self.process.stdout:
            if not line.endswith(b"\n") and self.process.wait() == -signal.SIGKILL:
                break  # a test killed it in the middle of a message
            with self._news:
                self.messages.append((time.monotonic(), json.loads(line)))
                self._news.notify_all()
        with self._news:
            self.has_ended = True
            self._news.notify_all()


def text(answer: dict) -> str:
    """The text of a tool's result."""
    assert "result" in answer, answer
    assert [c["type"] for c in answer["result"]["content"]] == ["text"]
    return answer["result"]["content"][0]["text"]


def success(value: str = "", output: str = "") -> str:
    """The XML result of a run that printed `output` and has the return value `value`."""
    parts = ["<status>success</status>"]
    parts += [f"<output>\n{output}\n</output>"] if output else []
    parts += [f"<return_value>\n{value}\n</return_value>"] if value else []
    return "\n".join(parts)


def _same(a: object, b: object) -> bool:
    return type(a) is type(b) and a == b
