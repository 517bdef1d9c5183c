"""Checks what an HTTP server answers: every message against the schema of its revision."""

from support.conversation import MODERN, Conversation
from support.http_server import HTTPServer
from support.http_tap import Exchange, HTTPTap


class TappedServer(HTTPServer):
    """A server behind a tap."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.tap = HTTPTap(self.port)
        self.direct_url = self.url
        self.url = f"http://127.0.0.1:{self.tap.port}/mcp"
        self._sessions: dict[str, Conversation] = {}
        self._seen = 0
        self._checks: list[_Check] = []
        """Those of exchanges that were not over when they were looked at."""

    def wait(self) -> int:
        self.tap.close()
        return super().wait()

    def check(self) -> None:
        """Check all messages that came since the last time."""
        new = self.tap.exchanges[self._seen :]
        self._seen += len(new)
        self._checks += map(_Check, new)
        # An exchange that is over gets no further message, but one that ends meanwhile may have got its last.
        over = [check.is_over for check in self._checks]
        for check in self._checks:
            check.go_on(self._sessions)
        self._checks = [check for check, is_over in zip(self._checks, over) if not is_over]


class _Check:
    """The number of messages of one exchange that have been checked."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._conversation: Conversation | None = None
        self._length = 0

    @property
    def is_over(self) -> bool:
        return self._exchange.is_over

    def go_on(self, sessions: dict[str, Conversation]) -> None:
        exchange = self._exchange
        if exchange.status is None:
            return
        if self._conversation is None:
            self._conversation = self._find(sessions)
            if exchange.method == "POST":
                self._conversation.add({"from": "client", "text": exchange.body.decode("utf-8", "replace")})
        texts = exchange.texts[self._length :]
        self._length += len(texts)
        for _, text in texts:
            self._conversation.add({"from": "server", "text": text})

    def _find(self, sessions: dict[str, Conversation]) -> Conversation:
        """The session's conversation, or one of its own for a request that stands alone."""
        exchange = self._exchange
        version = exchange.headers.get("mcp-protocol-version")
        id = exchange.response_headers.get("mcp-session-id") or exchange.headers.get("mcp-session-id")
        if id in sessions:
            return sessions[id]
        if "mcp-session-id" in exchange.response_headers:
            return sessions.setdefault(id, Conversation(is_http=True))
        revision = None if _is_modern(exchange.body) else version if _is_legacy(version) else "2025-03-26"
        return Conversation(revision, is_http=True)


def _is_legacy(version: str | None) -> bool:
    return version in ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")


def _is_modern(body: bytes) -> bool:
    return MODERN.encode() in body
