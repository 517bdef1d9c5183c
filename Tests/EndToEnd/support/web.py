"""A web server on this machine, by HTTP and HTTPS. It tells the requests that it got, and obeys their paths."""

import contextlib
import gzip
import http.server
import json
import pathlib
import threading

from support.product import PATIENCE
from support.tls_front import TLSFront

BIG = 3_000_000


class Web:
    """`http` and `https` are its origins, `authority` the file that a client of the second has to trust."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.asked: list[str] = []
        """The paths that were asked for."""
        self._news = threading.Condition()
        self.may_go_on = threading.Event()
        """Until it is set, the server holds back what comes after the beginning of `/slow` and `/halves`."""
        self.hung_up = threading.Event()
        """Set when a client of `/endless` has gone."""
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self._front = TLSFront(self._server.server_port, folder)
        self.http = f"http://127.0.0.1:{self._server.server_port}"
        self.https = self._front.origin
        self.authority = self._front.authority

    @property
    def hosts(self) -> str:
        """For `--network`."""
        return ",".join(origin.partition("://")[2] for origin in (self.http, self.https))

    def wait_until_asked(self, path: str) -> None:
        with self._news:
            assert self._news.wait_for(lambda: path in self.asked, PATIENCE)

    def note(self, path: str) -> None:
        with self._news:
            self.asked.append(path)
            self._news.notify_all()

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self.may_go_on.set()
        self._front.__exit__()
        self._server.shutdown()
        self._server.server_close()


def _handler(web: Web) -> type:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self._body()
            web.note(self.path)
            word, *values = self.path.strip("/").split("/")
            with contextlib.suppress(OSError):
                getattr(self, f"_{word}")(body, *values)

        do_HEAD = do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, *_: object) -> None:
            pass

        def _body(self) -> bytes:
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def _send(self, content: bytes, status: int = 200, *headers: tuple[str, str]) -> None:
            self.send_response(status)
            for name, value in (*headers, ("Content-Length", str(len(content)))):
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def _echo(self, body: bytes) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = {"method": self.command, "headers": headers, "body": body.decode("latin-1")}
            self._send(json.dumps(answer).encode())

        def _status(self, _: bytes, code: str) -> None:
            self._send(b"the page of the error", int(code), ("X-Why", "the test says so"))

        def _unreasoned(self, _: bytes) -> None:
            """The answer of a server that speaks HTTP/2."""
            self.send_response_only(404, "")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _redirect(self, _: bytes, code: str) -> None:
            self._send(b"", int(code), ("Location", "/echo"), ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; Path=/"))

        def _around(self, _: bytes) -> None:
            self._send(b"", 302, ("Location", "/around"))

        def _elsewhere(self, _: bytes) -> None:
            self._send(b"", 302, ("Location", "http://127.0.0.2:81/"))

        def _table(self, _: bytes) -> None:
            self._send(b"a,b\n1,2\n3,4\n")

        def _zipped(self, _: bytes) -> None:
            self._send(gzip.compress(b"zipped"), 200, ("Content-Encoding", "gzip"))

        def _big(self, _: bytes) -> None:
            self._send(bytes(range(250)) * (BIG // 250))

        def _slow(self, _: bytes) -> None:
            web.may_go_on.wait(PATIENCE)
            self._send(b"late")

        def _halves(self, _: bytes) -> None:
            """A body in two chunks, the second when it may go on."""
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nfirst\r\n")
            web.may_go_on.wait(PATIENCE)
            self.wfile.write(b"6\r\nsecond\r\n0\r\n\r\n")

        def _short(self, _: bytes) -> None:
            """Less than was promised."""
            self.close_connection = True
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"only this")

        def _open(self, _: bytes) -> None:
            """A body that ends with the connection."""
            self.close_connection = True
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"to the end")

        def _nothing(self, _: bytes) -> None:
            """No answer at all."""
            self.close_connection = True

        def _endless(self, _: bytes) -> None:
            self.close_connection = True
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                web.hung_up.set()

    return Handler
