"""HTTP requests put together byte by byte, for what no client library would send."""

import contextlib
import json
import socket

from support.http_peer import HTTPPeer
from support.http_server import HTTPServer
from support.product import PATIENCE


class Raw:
    """A right request of a client, and its last one, to be spoilt: `headers` are pairs, since one can be given twice."""

    def __init__(self, peer: HTTPPeer, host: str) -> None:
        message = peer.message("tools/list")
        self.line = b"POST /mcp HTTP/1.1"
        self.headers = [("Host", host), ("Connection", "close"), *peer.headers_for(message).items()]
        self.body = json.dumps(message).encode()
        self.has_length = True

    def drop(self, name: str) -> "Raw":
        self.headers = [header for header in self.headers if header[0] != name]
        return self

    def add(self, name: str, value: str) -> "Raw":
        self.headers.append((name, value))
        return self

    def chunked(self, coding: str = "chunked", size: bytes | None = None, end: bytes = b"0\r\n\r\n") -> "Raw":
        """The body as one chunk, of which `size` is said."""
        self.has_length = False
        self.body = (b"%x" % len(self.body) if size is None else size) + b"\r\n" + self.body + b"\r\n" + end
        return self.add("Transfer-Encoding", coding)

    def length(self, *values: str) -> "Raw":
        self.has_length = False
        for value in values:
            self.add("Content-Length", value)
        return self

    @property
    def encoded(self) -> bytes:
        headers = self.headers + [("Content-Length", str(len(self.body)))] * self.has_length
        lines = [self.line, *(f"{name}: {value}".encode("latin-1") for name, value in headers)]
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body


def exchange(server: HTTPServer, data: bytes, hangs_up: bool = False) -> bytes:
    """Send bytes on a connection of their own; gives all that comes until the server ends it.

    A client that hangs up sends nothing more, but still reads.
    """
    port = int(server.direct_url.rpartition(":")[2].removesuffix("/mcp"))
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        received = b""
        # The server need not read all of what is wrong; its answer can be read nevertheless.
        with contextlib.suppress(ConnectionError):
            connection.sendall(data)
            if hangs_up:
                connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            while part := connection.recv(1 << 16):
                received += part
        return received


def statuses(received: bytes) -> list[int]:
    """Those of the responses."""
    return [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]
