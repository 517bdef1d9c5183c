"""An MCP server over HTTP that answers as a test says: what real ones do not do."""

import http.server
import json
import threading
from collections.abc import Callable

TOOL = {"name": "run_python_code", "inputSchema": {"type": "object"}}
MODERN = "2026-07-28"


class Reply:
    """Status, headers and body of an answer. Messages that are several are events."""

    def __init__(self, *messages: object, status: int = 200, ids: bool = False, **headers: str) -> None:
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.messages = messages
        self.ids = ids


class ScriptedServer:
    """Answers requests by `answer(message, headers)`: a `Reply`, or None for 202. Remembers what it was asked."""

    def __init__(self, answer: Callable[[dict, dict], Reply | None]) -> None:
        self.asked: list[tuple[dict, dict]] = []
        self.gets: list[dict] = []
        script = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                headers = {name.lower(): value for name, value in self.headers.items()}
                script.asked.append((message, headers))
                self._reply(answer(message, headers) or Reply(status=202))

            def do_GET(self) -> None:
                script.gets.append(dict(self.headers.items()))
                self._reply(Reply(status=405))

            def do_DELETE(self) -> None:
                self._reply(Reply(status=204))

            def _reply(self, reply: Reply) -> None:
                is_stream = reply.ids or len(reply.messages) > 1
                if is_stream:
                    parts = [f"id: {n}\n" * reply.ids + f"data: {json.dumps(m)}\n\n" for n, m in enumerate(reply.messages)]
                    body = "".join(parts).encode()
                else:
                    body = b"".join(json.dumps(m).encode() for m in reply.messages)
                self.send_response(reply.status)
                if body:
                    self.send_header("Content-Type", "text/event-stream" if is_stream else "application/json")
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/mcp"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> "ScriptedServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def methods(self) -> list[str]:
        return [message.get("method") for message, _ in self.asked]


def result(message: dict, members: dict, **more: str) -> Reply:
    return Reply({"jsonrpc": "2.0", "id": message["id"], "result": members}, **more)


def error(message: dict, code: int, data: object = None, status: int = 400) -> Reply:
    told = {"code": code, "message": "no"} | ({"data": data} if data is not None else {})
    return Reply({"jsonrpc": "2.0", "id": message["id"], "error": told}, status=status)


def done(message: dict, value: str = "42") -> Reply:
    return result(message, {"resultType": "complete", "content": [{"type": "text", "text": value}]})


def modern(call: Callable[[dict, dict], Reply | None], tools: list[dict] | None = None):
    """The answers of a server of 2026-07-28, whose tool is answered by `call`."""

    def answer(message: dict, headers: dict) -> Reply | None:
        match message.get("method"):
            case "server/discover":
                return result(message, {"resultType": "complete", "supportedVersions": [MODERN], "capabilities": {}, "ttlMs": 1, "cacheScope": "public"})
            case "tools/list":
                return result(message, {"resultType": "complete", "tools": tools or [TOOL], "ttlMs": 1, "cacheScope": "public"})
            case "tools/call":
                return call(message, headers)

    return answer
