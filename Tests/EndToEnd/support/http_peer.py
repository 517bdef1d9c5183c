"""A client that speaks raw HTTP to the endpoint: nothing between the test and the wire."""

import dataclasses
import http.client
import itertools
import json
import time

from support import tool
from support.http_server import HTTPServer
from support.peer import INFO, META, MODERN, text
from support.product import PATIENCE
from support.sse import Event, SSEParser

JSON, SSE = "application/json", "text/event-stream"


@dataclasses.dataclass
class Response:
    """A response that has been read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes
    events: list[Event] = dataclasses.field(default_factory=list)

    @property
    def messages(self) -> list[dict]:
        if self.headers.get("content-type") == SSE:
            return [json.loads(event.data) for event in self.events if event.data]
        return [json.loads(self.body)] if self.body else []

    @property
    def answer(self) -> dict:
        """The last message: what the others lead to."""
        return self.messages[-1]

    @property
    def code(self) -> int | None:
        """The code of the error that was answered."""
        if self.headers.get("content-type") != JSON:
            return None
        return json.loads(self.body).get("error", {}).get("code")


class Stream:
    """A response whose events are read as they come."""

    def __init__(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        self._connection = connection
        self._response = response
        self._parser = SSEParser()
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.events: list[Event] = []
        self.times: list[float] = []
        self.last_id: str | None = None

    @property
    def comments(self) -> list[str]:
        return self._parser.comments

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self) -> bool:
        """Take what has come, waiting for it if there is nothing; false at the end."""
        data = self._response.read1(1 << 16)
        for event in self._parser.push(data):
            self.events.append(event)
            self.times.append(time.monotonic())
            self.last_id = event.id or self.last_id
        return bool(data)

    def until(self, found, what: str):
        """Read until `found(messages)` gives something."""
        while not (value := found(self.messages)):
            assert self.read(), f"the stream has ended before {what}: {self.messages}"
        return value

    def printed(self, word: str) -> dict:
        """The log message that says `word`."""
        says = lambda m: m.get("params", {}).get("data") == word  # noqa: E731
        return self.until(lambda messages: next(filter(says, messages), None), f"{word!r}")

    def rest(self) -> list[dict]:
        """All messages, when the stream has ended."""
        while self.read():
            pass
        return self.messages

    @property
    def messages(self) -> list[dict]:
        return [json.loads(event.data) for event in self.events if event.data]

    def close(self) -> None:
        self._response.close()
        self._connection.close()


class HTTPPeer:
    """One client of a server; `headers` go with every request, and None takes one away."""

    def __init__(
        self, server: HTTPServer, revision: str, timeout: float = PATIENCE, **headers: str | None
    ) -> None:
        host, _, port = server.url.removeprefix("http://").removesuffix("/mcp").rpartition(":")
        self._address = (host.strip("[]"), int(port))
        self._timeout = timeout
        self.revision = revision
        self.is_modern = revision == MODERN
        self.session: str | None = None
        self._is_greeted = False
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._ids = itertools.count()

    # Requests to the server

    def greet(self, **capabilities: object) -> Response:
        """The handshake or its modern counterpart; gives the server's answer."""
        if self.is_modern:
            return self.ask("server/discover")
        params = {"protocolVersion": self.revision, "capabilities": capabilities, "clientInfo": INFO}
        response = self.post(self.message("initialize", params), {"MCP-Protocol-Version": None})
        if response.status == 200:
            self.session = response.headers.get("mcp-session-id")
            self._is_greeted = True
            assert self.post({"jsonrpc": "2.0", "method": "notifications/initialized"}).status == 202
        return response

    def message(self, method: str, params: dict | None = None, **meta: object) -> dict:
        """A request as the revision wants it; `meta` are members of `_meta`, those of MCP without their prefix."""
        params = dict(params or {})
        members = {name if name == "progressToken" else META + name: value for name, value in meta.items()}
        if self.is_modern:
            known = {"protocolVersion": self.revision, "clientInfo": INFO, "clientCapabilities": {}}
            members = {META + name: value for name, value in known.items()} | members
        if members:
            params["_meta"] = members
        return {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}

    def call_message(self, code: str, arguments: dict | None = None, **meta: object) -> dict:
        arguments = {"python_code": code} | (arguments or {})
        return self.message("tools/call", {"name": tool.NAME, "arguments": arguments}, **meta)

    def headers_for(self, message: object) -> dict[str, str]:
        """The headers that a right client sends with a message."""
        headers = {"Content-Type": JSON, "Accept": f"{JSON}, {SSE}"}
        if self.session:
            headers["Mcp-Session-Id"] = self.session
        if self._is_greeted or self.is_modern:
            headers["MCP-Protocol-Version"] = self.revision
        if self.is_modern and isinstance(message, dict) and "method" in message:
            headers["Mcp-Method"] = message["method"]
            params = message.get("params")
            if isinstance(params, dict) and "name" in params:
                headers["Mcp-Name"] = params["name"]
                arguments = params.get("arguments")
                if isinstance(arguments, dict) and (session := arguments.get("session")):
                    headers["Mcp-Param-Session"] = session
        return headers

    def post(self, message: object, changes: dict[str, str | None] | None = None, path: str = "/mcp") -> Response:
        """Send a message, or bytes as they are, and read the whole response."""
        with self.open("POST", message, changes, path) as stream:
            return _read(stream)

    def request(self, method: str, path: str = "/mcp", changes: dict[str, str | None] | None = None) -> Response:
        """Send a request without a body."""
        with self.open(method, b"", changes, path) as stream:
            return _read(stream)

    def open(
        self, method: str, message: object = b"", changes: dict[str, str | None] | None = None, path: str = "/mcp"
    ) -> Stream:
        """Send a request; the response is read as it comes."""
        connection = self.begin(message, changes, method, path)
        return Stream(connection, connection.getresponse())

    def begin(
        self, message: object, changes: dict[str, str | None] | None = None, method: str = "POST", path: str = "/mcp"
    ) -> http.client.HTTPConnection:
        """Send a request, and leave the response where it is."""
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        headers = self.headers_for(message) | self._headers | (changes or {})
        connection = http.client.HTTPConnection(*self._address, timeout=self._timeout)
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            for part in value if isinstance(value, list) else [value]:
                if part is not None:
                    connection.putheader(name, part)
        if "Content-Length" not in headers and (body or method == "POST"):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        return connection

    # Steps of a test

    def ask(self, method: str, params: dict | None = None, **meta: object) -> Response:
        return self.post(self.message(method, params, **meta))

    def call(self, code: str, arguments: dict | None = None, **meta: object) -> str:
        """Call the tool; gives the text of its result."""
        return text(self.post(self.call_message(code, arguments, **meta)).answer)

    def start_call(self, code: str, arguments: dict | None = None, **meta: object) -> Stream:
        return self.open("POST", self.call_message(code, arguments, **meta))

    def log(self, level: str) -> None:
        assert self.ask("logging/setLevel", {"level": level}).answer["result"] == {}

    def delete(self) -> Response:
        return self.request("DELETE")


def _read(stream: Stream) -> Response:
    if stream.headers.get("content-type") == SSE:
        stream.rest()
        return Response(stream.status, stream.headers, b"", stream.events)
    return Response(stream.status, stream.headers, stream._response.read())
