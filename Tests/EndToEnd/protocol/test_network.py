"""The code may reach no part of this machine, and no host at all with `--disable-networking`."""

import http.server
import threading

import pytest

FETCH = "from pyodide.http import pyfetch\nawait pyfetch(url)"
REQUEST = "import js\nrequest = js.XMLHttpRequest.new()\nrequest.open('GET', url, False)\nrequest.send()"
OPEN = "import urllib.request\nurllib.request.urlopen(url)"
CONNECT = "import js\nawait js.Deno.connect(js.Object.fromEntries([['hostname', url.split('/')[2].split(':')[0]], ['port', port]]))"


@pytest.fixture
def local_server():
    """An HTTP server of this machine; `hits` are the requests that reached it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    server.hits = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0.0.0.0", "[::ffff:127.0.0.1]", "[::1]"])
@pytest.mark.parametrize("code", [FETCH, CONNECT, OPEN], ids=["fetch", "connect", "urllib"])
def test_this_machine_is_out_of_reach(server, local_server, host, code):
    port = local_server.server_port
    result = server.call(code, {"url": f"http://{host}:{port}/", "port": port})
    assert result.startswith("<status>run-error</status>"), result
    assert local_server.hits == []


def test_without_networking_a_fetch_fails_with_a_clear_error(start, local_server):
    peer = start("--disable-networking")
    for url in (f"http://127.0.0.1:{local_server.server_port}/", "https://example.com/"):
        result = peer.call(FETCH, {"url": url})
        assert result.startswith("<status>run-error</status>")
        assert "net access" in result
    assert local_server.hits == []
