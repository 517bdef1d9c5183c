"""This lets `http.client`, and with it `urllib.request` and `xmlrpc`, speak HTTP and HTTPS by the guest's
`fetch`.

There are no sockets here. An object takes the place of a connection, and collects bytes until they are a
whole request. It has the request fetched, and gives the answer in its form on the wire: status line, headers,
body. Therefore redirects, errors and cookies stay the library's own.
"""

import builtins

__builtins__ = dict(vars(builtins))

import errno
import io
import itertools
import json
import os
import sys

import _imports
import _mcp_run_python as host
import _waiting
from pyodide.ffi import to_js

# The headers that `fetch` sets itself. It would also undo a compression that was asked for, but keep the
# header that announces it.
OF_FETCH = frozenset(
    ("accept-encoding", "connection", "content-length", "expect", "host", "keep-alive", "te", "transfer-encoding")
)

# The words of `fetch` for a server that ends the connection in place of an answer.
HUNG_UP = ("before message completed", "without sending TLS close_notify")
# The numbers by which requests are known. A JavaScript object could not be saved with Python.
_numbers = itertools.count(1)


class Socket:
    """The place of a connection to `origin`, such as `https://localhost:8000`."""

    def __init__(self, origin, timeout):
        self._origin, self._request, self._answer = origin, Request(), None
        self.settimeout(timeout)

    def settimeout(self, timeout):
        self._timeout = timeout

    def gettimeout(self):
        return self._timeout

    def setsockopt(self, *_):
        pass

    def sendall(self, data, _flags=0):
        if self._request.add(data):
            request, self._request = self._request, Request()
            self._answer = self._fetch(request)

    def makefile(self, *_, **__):
        answer, self._answer = self._answer, None
        return io.BufferedReader(answer or io.BytesIO())

    def shutdown(self, _how):
        pass

    def close(self):
        pass

    def _fetch(self, request):
        """The answer, or the error that a socket would give only when the answer is read."""
        target, seconds = request.target, self._timeout or 0
        url = target if target.startswith(("http://", "https://")) else self._origin + target
        if request.body and request.method in ("GET", "HEAD"):
            raise OSError(errno.EOPNOTSUPP, f"no {request.method} request has a body here")
        kept = [(name, value) for name, value in request.headers if name.lower() not in OF_FETCH]
        body = to_js(request.body) if request.body else None
        headers = json.dumps([*kept, ("Accept-Encoding", "identity")])
        number = next(_numbers)
        try:
            head = json.loads(_waiting.run_sync(host.request(number, request.method, url, headers, body, seconds)))
        except BaseException:
            host.end(number)
            raise
        if "failure" not in head:
            return _Answer(number, head, seconds, url)
        if any(sign in head["text"] for sign in HUNG_UP):
            return None  # `http.client` has its own error for that.
        error = _error(head, url)
        if isinstance(error, (TimeoutError, ConnectionResetError)):
            return _Failure(error)
        raise error


class Request:
    """The bytes of a request, until they are whole."""

    def __init__(self):
        self.headers, self._sent, self.body = None, bytearray(), b""

    def add(self, data):
        """Add bytes; true when the request is whole now."""
        self._sent += memoryview(data)
        if self.headers is None:
            head, separator, rest = self._sent.partition(b"\r\n\r\n")
            if not separator:
                return False
            self._begin(head.decode("latin-1"))
            self._sent = rest
        if self._is_chunked:
            body = _joined(self._sent) if self._sent.endswith(b"0\r\n\r\n") else None
        else:
            body = self._sent if len(self._sent) >= self._length else None
        self.body = bytes(body or b"")
        return body is not None

    def _begin(self, head):
        first, *lines = head.split("\r\n")
        self.method, self.target, _ = first.split(" ", 2)
        self.headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        values = {name.lower(): value for name, value in self.headers}
        self._is_chunked = "chunked" in values.get("transfer-encoding", "").lower()
        self._length = int(values.get("content-length", 0))


def _joined(sent):
    """A body without the marks of its chunks; None while the last one is still to come."""
    body, place = bytearray(), 0
    while (end := sent.find(b"\r\n", place)) >= 0:
        length = int(sent[place:end].partition(b";")[0], 16)
        if length == 0:
            return body
        body += sent[end + 2 : end + 2 + length]
        place = end + 2 + length + 2
    return None


class _Answer(io.RawIOBase):
    """The bytes of the answer on the wire."""

    def __init__(self, number, head, seconds, url):
        self._number, self._seconds, self._url = number, seconds, url
        status = head["status"]
        # A server that speaks HTTP/2 gives no reason.
        reason = head["reason"] or sys.modules["http.client"].responses.get(status, "")
        lines = [f"HTTP/1.1 {status} {reason}"]
        lines += [f"{_written(name)}: {value}" for name, value in head["headers"] if name != "transfer-encoding"]
        self._rest = memoryview("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
        names = {name for name, _ in head["headers"]}
        # In these cases `http.client` itself knows that the end came too soon. Many servers just end a TLS
        # connection.
        self._may_break_off = "content-length" in names or (
            "transfer-encoding" not in names and url.startswith("https:")
        )

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self._rest:
            self._rest = memoryview(self._next())
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def close(self):
        if not self.closed:
            host.end(self._number)
        super().close()

    def _next(self):
        piece = _waiting.run_sync(host.read(self._number, self._seconds))
        if isinstance(piece, str):
            failure = json.loads(piece)
            if failure["failure"] == "other" and self._may_break_off:
                return b""
            raise _error(failure, self._url)
        return b"" if piece is None else piece.to_bytes()


def _written(name):
    """A header's name in the form that servers write.

    `fetch` gives all in small letters, and code may look for the name in a dict.
    """
    return {"etag": "ETag", "www-authenticate": "WWW-Authenticate"}.get(name) or name.title()


class _Failure(io.RawIOBase):
    """The answer that fails when it is read."""

    def __init__(self, error):
        self._error = error

    def readable(self):
        return True

    def readinto(self, _):
        raise self._error


def _error(told, url):
    """The error that a socket would have given."""
    text, place = told["text"], url.split("/")[2]
    if told["failure"] == "refused":
        return PermissionError(errno.EACCES, f"the sandbox's network policy (--network) does not allow {place}")
    if told["failure"] == "timeout":
        return TimeoutError("timed out")
    import socket
    import ssl

    if "dns error" in text:
        return socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if "certificate" in text:
        return ssl.SSLCertVerificationError(1, f"certificate verify failed: {text.rpartition('certificate: ')[2]}")
    for sign, number in (("refused", errno.ECONNREFUSED), ("reset", errno.ECONNRESET)):
        if sign in text:
            return OSError(number, os.strerror(number))
    return OSError(errno.EIO, text)


def _connect(self):
    """Connect to the host and port specified in __init__."""
    client = sys.modules["http.client"]
    if self._tunnel_host:
        raise OSError(errno.EOPNOTSUPP, "no proxies can be used here")
    sys.audit("http.client.connect", self, self.host, self.port)
    is_secure = isinstance(self, client.HTTPSConnection)
    name = f"[{self.host}]" if ":" in self.host else self.host
    port = "" if self.port == (443 if is_secure else 80) else f":{self.port}"
    timeout = self.timeout
    if timeout is client.socket._GLOBAL_DEFAULT_TIMEOUT:
        timeout = client.socket.getdefaulttimeout()
    self.sock = Socket(f"{'https' if is_secure else 'http'}://{name}{port}", timeout)


def _take_http_client():
    client = sys.modules["http.client"]
    client.HTTPConnection.connect = _connect
    client.HTTPSConnection.connect = _connect


if "http.client" in sys.modules:
    _take_http_client()
_imports.when_imported("http.client", _take_http_client)
