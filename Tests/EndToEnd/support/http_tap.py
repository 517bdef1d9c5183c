"""Stands between HTTP clients and a server: every byte is handed on at once and as it is, every exchange noted."""

import contextlib
import dataclasses
import socket
import threading
import time

import h11

from support.sse import SSEParser


@dataclasses.dataclass
class Exchange:
    """One request and what has come of its response by now."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    status: int | None = None
    response_headers: dict[str, str] = dataclasses.field(default_factory=dict)
    response_body: bytes = b""
    texts: list[tuple[float, str]] = dataclasses.field(default_factory=list)
    """The messages that came, and when."""
    is_over: bool = False


class HTTPTap:
    """Listens on a port of its own for the server at `port`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.exchanges: list[Exchange] = []
        self._ends: set[socket.socket] = set()
        """Those of the connections that there are now."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """End the listening, once or more often."""
        if self._listener.fileno() >= 0:
            # Closing alone does not wake the thread that accepts, and its descriptor's number is soon another listener's.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def cut(self) -> None:
        """Break every connection that there is now; new ones are possible."""
        for end in list(self._ends):
            _shut_down(end, socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                client.close()
                continue
            self._ends.update((client, server))
            threading.Thread(target=self._hand_on, args=(client, server), daemon=True).start()

    def _hand_on(self, client: socket.socket, server: socket.socket) -> None:
        """Follow a connection until its client has ended it; then nobody reads what would be lost with its sockets."""
        connection = _Connection(self.exchanges)
        answers = threading.Thread(target=_copy, args=(server, client, connection.received), daemon=True)
        answers.start()
        _copy(client, server, connection.sent)
        _shut_down(server, socket.SHUT_RDWR)
        answers.join()
        self._ends.difference_update((client, server))
        client.close()
        server.close()


class _Connection:
    """Follows the exchanges of one connection."""

    def __init__(self, exchanges: list[Exchange]) -> None:
        self._exchanges = exchanges
        self._lock = threading.Lock()
        self._client = h11.Connection(h11.SERVER)
        self._server = h11.Connection(h11.CLIENT)
        self._current: Exchange | None = None
        self._sse: SSEParser | None = None

    def sent(self, data: bytes) -> None:
        """Bytes of the client."""
        with self._lock:
            self._client.receive_data(data)
            for event in self._events(self._client):
                if isinstance(event, h11.Request):
                    headers = {name.decode().lower(): value.decode("latin-1") for name, value in event.headers}
                    self._current = Exchange(event.method.decode(), event.target.decode(), headers)
                    self._exchanges.append(self._current)
                    self._sse = None
                elif isinstance(event, h11.Data):
                    self._current.body += event.data
                if not isinstance(event, h11.ConnectionClosed):
                    self._server.send(event)

    def received(self, data: bytes) -> None:
        """Bytes of the server."""
        with self._lock:
            self._server.receive_data(data)
            for event in self._events(self._server):
                self._note(event)
                if not isinstance(event, h11.ConnectionClosed):
                    self._client.send(event)
            if self._client.our_state is h11.DONE and self._client.their_state is h11.DONE:
                self._client.start_next_cycle()
                self._server.start_next_cycle()

    def _note(self, event) -> None:
        exchange = self._current
        if isinstance(event, h11.Response):
            exchange.status = event.status_code
            exchange.response_headers = {n.decode().lower(): v.decode() for n, v in event.headers}
            if exchange.response_headers.get("content-type") == "text/event-stream":
                self._sse = SSEParser()
        elif isinstance(event, h11.Data):
            exchange.response_body += event.data
            for found in self._sse.push(event.data) if self._sse else []:
                if found.data:
                    exchange.texts.append((time.monotonic(), found.data))
        elif isinstance(event, h11.EndOfMessage):
            if exchange.response_headers.get("content-type") == "application/json":
                exchange.texts.append((time.monotonic(), exchange.response_body.decode()))
            exchange.is_over = True

    @staticmethod
    def _events(connection: h11.Connection):
        while True:
            try:
                event = connection.next_event()
            except h11.RemoteProtocolError:
                return  # tests send what is wrong
            if event in (h11.NEED_DATA, h11.PAUSED):
                return
            yield event
            if isinstance(event, h11.ConnectionClosed):
                return


def _copy(source: socket.socket, target: socket.socket, note) -> None:
    """Hand on what comes until its end, and then that."""
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            note(data)
            # Bytes that nobody takes any more are read, too: else closing the socket would reset the
            # connection.
            with contextlib.suppress(OSError):
                target.sendall(data)
    note(b"")
    _shut_down(target, socket.SHUT_WR)


def _shut_down(end: socket.socket, how: int) -> None:
    with contextlib.suppress(OSError):  # it was closed before
        end.shutdown(how)
