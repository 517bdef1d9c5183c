"""The HTTP and the TLS server that programs with network ask, on loopback."""

import http.server
import json
import pathlib
import tempfile
import threading

from support.tls_front import TLSFront


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        match self.path.partition("?")[0].split("/")[1:]:
            case ["text"]:
                self._send(200, "some text: ä", "text/plain; charset=utf-8")
            case ["latin"]:
                self._send(200, "caf\xe9".encode("latin-1"), "text/plain; charset=iso-8859-1")
            case ["csv"]:
                self._send(200, "a,b\n1,x\n2,y\n", "text/csv")
            case ["bytes"]:
                self._send(200, bytes(range(256)), "application/octet-stream")
            case ["json"]:
                self._send(200, json.dumps({"path": self.path, "list": [1, 2.5, None]}))
            case ["headers"]:
                names = ("accept", "authorization", "x-mine", "cookie")
                self._send(200, json.dumps({name: self.headers[name] for name in names if name in self.headers}))
            case ["status", code]:
                self._send(int(code), json.dumps({"status": int(code)}))
            case ["redirect"]:
                self._send(302, "", Location="/json?from=redirect")
            case ["cookie"]:
                self._send(200, "{}", Set_Cookie="taste=sweet; Path=/")
            case _:
                self._send(404, json.dumps({"nothing at": self.path}))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _echo(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = (self.headers.get("Content-Type") or "none").partition(";")[0]
        told = {"method": self.command, "type": kind}
        # A form of several parts has another boundary each time.
        told["body"] = body.decode() if not kind.startswith("multipart") else b"name=" in body
        self._send(200, json.dumps(told))

    do_POST = do_PUT = do_DELETE = do_PATCH = _echo

    def _send(self, status: int, body: str | bytes, kind: str = "application/json", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


class Servers:
    """Both of them; programs are told the addresses by `HTTP_URL` and `TLS_URL`, a closed one by `CLOSED_URL`."""

    def __enter__(self) -> "Servers":
        self._folder = tempfile.TemporaryDirectory()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        port = self._server.server_port
        self._front = TLSFront(port, pathlib.Path(self._folder.name)).__enter__()
        # Nobody listens at the first port.
        self._addresses = {"HTTP_URL": f"http://127.0.0.1:{port}", "TLS_URL": self._front.origin, "CLOSED_URL": "http://127.0.0.1:1"}
        hosts = [address.partition("//")[2] for address in self._addresses.values()]
        self.network = ",".join(hosts)
        self.environment = {"SSL_CERT_FILE": str(self._front.authority)}
        return self

    def __exit__(self, *_: object) -> None:
        self._front.__exit__()
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def fill(self, code: str) -> str:
        """The program with the addresses in it."""
        for name, address in self._addresses.items():
            code = code.replace(name, address)
        return code

    def hide(self, text: str) -> str:
        """The text without the addresses, which are others each time."""
        for name, address in self._addresses.items():
            text = text.replace(address, name).replace(address.partition("//")[2], name.replace("URL", "HOST"))
            text = text.replace(f"port={address.rpartition(':')[2]}", "port=PORT")
        return text
