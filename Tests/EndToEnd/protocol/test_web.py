"""HTTP and HTTPS from Python: as the libraries do it everywhere, within what `--network` allows."""

import json

import pytest
from support import product
from support.peer import Peer, text
from support.web import BIG, Web

CLIENTS = "requests,httpx,pandas"


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    with Web(tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture
def held(tmp_path):
    """A server of the test's own, which may hold back what it sends."""
    with Web(tmp_path) as web:
        yield web


@pytest.fixture(scope="module")
def ask(web, wires):
    """Runs code that finds `url` (by HTTP or HTTPS), and gives the result's structure.

    State is kept, since with another state each use of the network costs a start.
    """
    peer = Peer(wires.server("--state", "keep", "--network", web.hosts), "2025-06-18", SSL_CERT_FILE=web.authority)
    peer.greet()

    def ask(code: str, url: str) -> dict:
        return peer.answer(peer.start_call(PRELUDE + code, {"url": url}))["result"]["structuredContent"]

    yield ask
    assert peer.end() == 0


@pytest.fixture(scope="module")
def ask_client(web, wires):
    """The same with clients that are packages."""
    # The package index has another certificate than the server here.
    assert product.run("install", "--deps", CLIENTS).returncode == 0
    arguments = ["--state", "keep", "--deps", CLIENTS, "--offline", "--network", web.hosts]
    peer = Peer(wires.server(*arguments), "2025-06-18", SSL_CERT_FILE=web.authority)
    peer.greet()

    def ask(code: str, url: str) -> dict:
        return peer.answer(peer.start_call(code, {"url": url}))["result"]["structuredContent"]

    yield ask
    assert peer.end() == 0


PRELUDE = """\
import json, urllib.error
from urllib.request import Request, urlopen
def caught(error, work):
    try:
        work()
    except error as caught:
        return caught
"""

VALUES = [
    ("json.load(urlopen(url + '/echo'))['method']", "GET"),
    ("json.load(urlopen(url + '/echo'))['headers']['accept-encoding']", "identity"),
    ("json.load(urlopen(url + '/echo'))['headers']['user-agent'].startswith('Python-urllib/3.')", True),
    ("json.load(urlopen(url + '/echo', data=b'a=1'))['body']", "a=1"),
    ("json.load(urlopen(url + '/echo', data=b'a=1'))['headers']['content-type']", "application/x-www-form-urlencoded"),
    ("json.load(urlopen(Request(url + '/echo', headers={'X-Own': 'yes'})))['headers']['x-own']", "yes"),
    ("json.load(urlopen(Request(url + '/echo', data=b'x', method='PUT')))['method']", "PUT"),
    ("json.load(urlopen(Request(url + '/echo', data=iter([b'ab', b'cd']), headers={'Content-Type': 'x'})))['body']", "abcd"),
    ("r = urlopen(Request(url + '/table', method='HEAD'))\n[r.status, r.headers['content-length'], r.read()]", [200, "12", ""]),
    ("r = urlopen(url + '/redirect/302')\n[r.url == url + '/echo', r.status, json.load(r)['method']]", [True, 200, "GET"]),
    ("r = urlopen(url + '/redirect/303', data=b'x')\njson.load(r)['method']", "GET"),
    ("caught(urllib.error.HTTPError, lambda: urlopen(url + '/redirect/307', data=b'x')).code", 307),
    ("'infinite loop' in str(caught(urllib.error.HTTPError, lambda: urlopen(url + '/around')))", True),
    (
        "e = caught(urllib.error.HTTPError, lambda: urlopen(url + '/status/404'))\n"
        "[e.code, e.reason, e.headers['x-why'], e.read().decode()]",
        [404, "Not Found", "the test says so", "the page of the error"],
    ),
    ("b = urlopen(url + '/big').read()\n[len(b), b == bytes(range(250)) * (len(b) // 250)]", [BIG, True]),
    ("r = urlopen(url + '/big')\nr.seekable(), [r.read(3)[1], r.readinto(bytearray(10))][1]", [False, 10]),
    ("import gzip\ngzip.decompress(urlopen(Request(url + '/zipped')).read()).decode()", "zipped"),
    ("r = urlopen(Request(url + '/zipped', headers={'Accept-Encoding': 'gzip'}))\nr.read()[:2] == b'\\x1f\\x8b'", True),
    ("urlopen(url + '/open').read().decode()", "to the end"),
    ("import http.client\nlen(caught(http.client.IncompleteRead, lambda: urlopen(url + '/short').read()).partial)", 9),
    ("import http.client\ntype(caught(OSError, lambda: urlopen(url + '/nothing'))).__name__", "RemoteDisconnected"),
    ("list(urlopen(url + '/table'))[1].decode()", "1,2\n"),
    ("dict(urlopen(url + '/table').headers)['Content-Length']", "12"),
    ("caught(urllib.error.HTTPError, lambda: urlopen(url + '/unreasoned')).reason", "Not Found"),
    ("len(json.load(urlopen(url + '/echo', data=bytes(2_000_000)))['body'])", 2_000_000),
    ("import io\nd = io.BytesIO(bytes(2_000_000))\nlen(json.load(urlopen(url + '/echo', data=d))['body'])", 2_000_000),
    ("import urllib.request as u\nopen(u.urlretrieve(url + '/table')[0]).readline()", "a,b\n"),
    (
        "import http.cookiejar, urllib.request as u\njar = http.cookiejar.CookieJar()\n"
        "o = u.build_opener(u.HTTPCookieProcessor(jar))\njson.load(o.open(url + '/redirect/302'))['headers']['cookie']",
        "a=1; b=2",
    ),
    ("import asyncio\nasync def f(): return urlopen(url + '/table').status\nasyncio.run(f())", 200),
    (
        "import http.client\nscheme, _, host = url.partition('://')\n"
        "c = {'http': http.client.HTTPConnection, 'https': http.client.HTTPSConnection}[scheme](host)\nfound = []\n"
        "for path in ('/status/201', '/table'):\n    c.request('GET', path)\n    r = c.getresponse()\n"
        "    found += [r.status, len(r.read())]\nfound",
        [201, 21, 200, 12],
    ),
]


@pytest.mark.parametrize(("code", "value"), VALUES, ids=[code.splitlines()[-1] for code, _ in VALUES])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_urllib(ask, web, scheme, code, value):
    result = ask(code, getattr(web, scheme))
    assert result.get("return_value", result) == value


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("import requests\nrequests.post(url + '/echo', json={'a': 1}).json()['body']", '{"a": 1}'),
        ("import requests\nrequests.get(url + '/status/404').status_code", 404),
        ("import httpx\nhttpx.post(url + '/echo', json={'a': 1}).json()['body']", '{"a":1}'),
        ("import httpx\nasync with httpx.AsyncClient() as c:\n    r = await c.get(url + '/table')\nr.text", "a,b\n1,2\n3,4\n"),
        ("import pandas\npandas.read_csv(url + '/table').b.tolist()", [2, 4]),
        ("from pyodide.http import pyfetch\nawait (await pyfetch(url + '/table')).string()", "a,b\n1,2\n3,4\n"),
    ],
    ids=["requests", "requests 404", "httpx", "httpx async", "pandas", "pyfetch"],
)
def test_clients(ask_client, web, scheme, code, value):
    result = ask_client(code, getattr(web, scheme))
    assert result.get("return_value", result) == value


REFUSED = "http://127.0.0.2:81"
FETCHING = [
    "import urllib.request\nurllib.request.urlopen(url)",
    "import requests\nrequests.get(url)",
    "import httpx\nhttpx.get(url)",
    "import pandas\npandas.read_csv(url)",
    "from pyodide.http import pyfetch\nawait pyfetch(url)",
]


@pytest.mark.parametrize("code", FETCHING, ids=["urllib", "requests", "httpx", "pandas", "pyfetch"])
def test_what_the_policy_refuses_is_said_to_be_its_doing(ask_client, code):
    result = ask_client(code, REFUSED)
    assert result["status"] == "run-error"
    assert result["notice"] == "The sandbox may not reach 127.0.0.2:81: that is for the server's option --network to allow."


def test_urllib_names_the_policy_itself(ask, web):
    error = ask("urlopen(url)", REFUSED)["error"]
    policy = "the sandbox's network policy (--network) does not allow 127.0.0.2:81"
    assert error.endswith(f"urllib.error.URLError: <urlopen error [Errno 2] {policy}>\n")
    # A redirect is no way around it.
    assert policy in ask("urlopen(url + '/elsewhere')", web.http)["error"]


def test_a_certificate_that_nobody_vouches_for(start, web):
    peer = start("--network", web.hosts)
    code = PRELUDE + "e = caught(urllib.error.URLError, lambda: urlopen(url))\n[type(e.reason).__name__, str(e.reason)]"
    name, why = peer.answer(peer.start_call(code, {"url": web.https}))["result"]["structuredContent"]["return_value"]
    assert name == "SSLCertVerificationError"
    assert why.startswith("certificate verify failed: ")


def test_nobody_listens(start, held):
    origin = held.http
    held.__exit__()
    peer = start("--network", origin.partition("://")[2])
    code = PRELUDE + "e = caught(urllib.error.URLError, lambda: urlopen(url))\ntype(e.reason).__name__"
    assert "ConnectionRefusedError" in peer.call(code, {"url": origin})


def test_a_timeout(start, held):
    peer = start("--network", held.hosts)
    code = PRELUDE + "[str(caught(TimeoutError, lambda: urlopen(url + path, timeout=0.1).read())) for path in paths]"
    result = peer.answer(peer.start_call(code, {"url": held.http, "paths": ["/slow", "/halves"]}))["result"]
    assert result["structuredContent"]["return_value"] == ["timed out", "timed out"]


def test_a_body_is_read_as_it_comes(start, held):
    peer = start("--network", held.hosts)
    peer.ask("logging/setLevel", {"level": "info"})
    code = PRELUDE + "r = urlopen(url + '/halves')\nprint(r.read(5).decode(), flush=True)\nr.read().decode()"
    id = peer.start_call(code, {"url": held.http})
    peer.printed("first")
    held.may_go_on.set()
    assert "second" in text(peer.answer(id))


def test_a_request_can_be_cancelled(start, held):
    peer = start("--state", "keep", "--network", held.hosts)
    peer.call("x = 1\nimport urllib.request")
    id = peer.start_call("urllib.request.urlopen(url + '/slow')", {"url": held.http})
    held.wait_until_asked("/slow")
    peer.cancel(id)
    assert "<return_value>\n1\n" in peer.call("x")


def test_what_a_run_leaves_open_is_closed(start, held):
    peer = start("--network", held.hosts)
    peer.call("import urllib.request, builtins\nr = urllib.request.urlopen(url + '/endless')\nr.read(5)", {"url": held.http})
    assert held.hung_up.wait(product.PATIENCE)
    assert "<return_value>\n1\n" in peer.call("1")


def test_an_open_answer_does_not_outlive_its_interpreter(start, held):
    peer = start("--state", "keep", "--network", held.hosts)
    code = "import os, urllib.request\nr = urllib.request.urlopen(url + '/halves')\nr.read(5).decode()"
    assert "first" in peer.call(code, {"url": held.http}, undoable=True)
    assert "first" in peer.call("r.url and 'first'", undoable=True)
    assert "<notice>" in peer.call("os._exit(1)", undoable=True)
    assert "OSError" in peer.call("r.read()")


def test_this_machine_stays_out_of_reach(start, web):
    peer = start("--network", "public")
    seen = len(web.asked)
    for url in (web.http, web.https):
        result = peer.answer(peer.start_call("import urllib.request\nurllib.request.urlopen(url + '/echo')", {"url": url}))
        assert "--network" in json.dumps(result["result"]["structuredContent"]["error"])
    assert len(web.asked) == seen
