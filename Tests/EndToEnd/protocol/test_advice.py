"""The advice about an error here: a notice beside the result, whose text stays the original's."""

import pytest
from support import product
from support.peer import text

NEEDED = "'pandas' is not installed: start the server with --deps pandas."
IMPORT = "import pandas"
ERROR = """\
Traceback (most recent call last):
  File "main.py", line 1, in <module>
    import pandas
ModuleNotFoundError: No module named 'pandas'
The module 'pandas' is included in the Pyodide distribution, but it is not installed.
You can install it by calling:
  await micropip.install("pandas") in Python, or
  await pyodide.loadPackage("pandas") in JavaScript
See https://pyodide.org/en/stable/usage/loading-packages.html for more details.
"""
"""The original's text, whatever may be thought of its advice."""

THREAD = "import threading\nthreading.Thread(target=print).start()"
PROCESS = "import subprocess\nsubprocess.run(['ls'])"
FORK = "import os\nos.fork()"
SOCKET = "import socket\nsocket.create_connection(('127.0.0.1', 8000))"
LISTENER = "import http.server\nhttp.server.HTTPServer(('127.0.0.1', 8000), http.server.BaseHTTPRequestHandler)"
TLS = "import socket, ssl\nssl.create_default_context().wrap_socket(socket.socket(), server_hostname='a')"
STREAM = "import asyncio\nasyncio.run(asyncio.open_connection('127.0.0.1', 8000))"
ZONE = "import zoneinfo\nzoneinfo.ZoneInfo('Europe/Berlin')"
ALARM = "import signal\nsignal.alarm(1)"
CAUGHT = "try:\n    import pandas\nexcept ImportError:\n    pass\n1"
GIVEN_UP = "import sys\ntry:\n    import pandas\nexcept ImportError:\n    sys.exit('install pandas')"


def structure(peer, code: str) -> dict:
    return peer.answer(peer.start_call(code))["result"]["structuredContent"]


def test_the_text_stays_the_originals(start):
    peer = start()
    peer.ask("logging/setLevel", {"level": "warning"})
    answer = peer.answer(peer.start_call(IMPORT))
    assert text(answer) == f"<status>run-error</status>\n<error>\n{ERROR}\n</error>"
    assert answer["result"]["structuredContent"] == {"status": "run-error", "output": [], "error": ERROR, "notice": NEEDED}
    assert peer.logs() == [("warning", "sandbox", NEEDED)]


def test_with_variables_that_live_on_the_text_has_it_too(start):
    peer = start("--state", "keep")
    assert peer.call(IMPORT).endswith(f"</error>\n<notice>\n{NEEDED}\n</notice>")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (THREAD, "Threads cannot be started in this sandbox: "),
        (PROCESS, "There are no other processes in this sandbox: "),
        (FORK, "There are no other processes in this sandbox: "),
        ("import multiprocessing\nmultiprocessing.Pool(2)", "There are no other processes in this sandbox: "),
        (SOCKET, "There are no sockets in this sandbox: "),
        (LISTENER, "There are no sockets in this sandbox: "),
        (STREAM, "There are no sockets in this sandbox: "),
        (TLS, "https addresses work with urllib.request"),
        (ZONE, "start the server with --deps tzdata."),
        (ALARM, "use asyncio.timeout"),
        ("import curses", "'curses' is not part of this Python: "),
        ("import psycopg2", "The nearest that can: sqlite3"),
        ("import surely_none", "start the server with --deps surely_none."),
        (GIVEN_UP, NEEDED),
    ],
    ids=lambda value: value.splitlines()[-1],
)
def test_each_has_one_sentence(server, code, words):
    result = structure(server, code)
    assert result["status"] == "run-error"
    assert words in result.get("notice", "")
    assert result["notice"].count(". ") <= 1


@pytest.mark.parametrize("code", [CAUGHT, "1 / 0", "raise SystemExit", "raise ImportError('pandas')", "import json.none"])
def test_none_where_there_is_nothing_to_say(server, code):
    assert "notice" not in structure(server, code)


def test_an_exception_that_cannot_be_looked_at(server):
    code = "class E(Exception):\n    def __str__(self): raise ValueError\nraise E"
    result = structure(server, code)
    assert result["status"] == "run-error" and "notice" not in result


def test_what_the_code_puts_into_an_exception_makes_no_long_line(server):
    notice = structure(server, "raise OSError('Requires net access to \"' + '\u2028a' * 100_000 + '\"')").get("notice", "")
    assert len(notice) <= 501 and notice.isascii()


def test_at_the_prompt():
    result = product.run("repl", "-c", IMPORT)
    assert result.returncode == 1
    assert result.stderr == f"{ERROR}[sandbox] {NEEDED}\n"
    piped = product.run("repl", stdin="import pandas\n1 + 1\n")
    assert piped.stdout == "2\n"
    assert f"[sandbox] {NEEDED}\n" in piped.stderr
