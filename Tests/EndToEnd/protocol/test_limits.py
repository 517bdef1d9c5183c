"""The limits that the options set for the code: time, memory, output, network."""

import http.server
import threading

import pytest
from support.peer import success, text

FETCH = "from pyodide.http import pyfetch\nresponse = await pyfetch(url)\nawait response.string()"
ENDLESS = "while True: pass"
WAITING = "import asyncio\nawait asyncio.sleep(1000)"
FILL_BUFFERS = """\
import js, time
held = []
while True:
    held.append(js.Uint8Array.new(1 << 24).fill(1))
    time.sleep(0.02)"""
SLEEPING = "import time\ntime.sleep(1000)"


@pytest.fixture
def site():
    """An HTTP server of this machine that says `hello`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_run_that_takes_too_long(start):
    peer = start("--timeout", "1", "--state", "keep")
    peer.call("kept = 1")
    for code in (ENDLESS, WAITING, SLEEPING):
        result = peer.call(code)
        assert result.startswith("<status>run-error</status>")
        assert "Traceback (most recent call last):" in result
        assert "TimeoutError: the code ran longer than 1 second" in result
    assert peer.call("kept") == success("1")


def test_a_run_may_take_any_time(start):
    peer = start("--timeout", "0")
    assert peer.call("import time\ntime.sleep(1.5)\n'done'") == success("done")


def test_memory(start):
    peer = start("--memory", "256", "--state", "keep")
    peer.call("kept = 1")
    assert "MemoryError" in peer.call("bytearray(400 << 20)")
    assert "MemoryError" in peer.call("numbers = []\nwhile True: numbers.append(bytes(1 << 20))")
    assert peer.call("kept") == success("1")


def test_output_that_is_too_long(start):
    peer = start("--max-output", "1000")
    peer.ask("logging/setLevel", {"level": "info"})
    answer = peer.answer(peer.start_call("for n in range(1000): print(n)\n'to the end'"))
    result = answer["result"]["structuredContent"]
    notice = "The code wrote more than 1000 bytes; the rest of its output was dropped."
    assert len("\n".join(result["output"])) == 1000
    assert (result["status"], result["return_value"], result["notice"]) == ("success", "to the end", notice)
    assert f"<notice>\n{notice}\n</notice>" in text(answer)
    assert ("warning", "sandbox", notice) in peer.logs()
    assert peer.call("print('x' * 900)") == success(output="x" * 900), "each run has its own share"


def test_the_time_of_a_run_includes_what_it_wrote(start):
    """A line is written in less time than it is sent to the client; that does not cost the interpreter."""
    peer = start("--timeout", "1", "--max-output", 16 << 20, "--state", "keep")
    peer.ask("logging/setLevel", {"level": "info"})
    answer = peer.answer(peer.start_call("kept = 1\nprint('\\n' * (16_000_000))\n'to the end'"))
    result = answer["result"]["structuredContent"]
    assert "TimeoutError: the code ran longer than 1 second" in result["error"]
    assert len(result["output"]) < 16_000_000
    late = "The code's output could not be handed on in its time; the rest of it was dropped."
    assert result.get("notice") in (None, late)
    assert peer.call("kept") == success("1")


def test_resident_memory(start):
    """JavaScript's buffers are in no limit of Python's."""
    peer = start("--max-rss", "600", "--state", "keep")
    peer.call("kept = {1}", undoable=True)
    answer = peer.answer(peer.start_call(FILL_BUFFERS))
    result = answer["result"]["structuredContent"]
    assert "MemoryError: the interpreter had more than 600 MB in memory" in result["error"]
    assert "all variables and files are as they were before this run" in result["notice"]
    assert peer.call("repr(kept)") == success("{1}")


@pytest.mark.parametrize(
    ("network", "answers"),
    [
        ("none", (False, False)),
        ("public", (False, False)),
        ("127.0.0.1", (True, False)),
        ("localhost:PORT", (False, True)),
        ("example.com,127.0.0.1:PORT", (True, False)),
        ("127.0.0.1:1", (False, False)),
    ],
)
def test_network(start, site, network, answers):
    peer = start("--network", network.replace("PORT", str(site)))
    for host, is_there in zip(("127.0.0.1", "localhost"), answers, strict=True):
        result = peer.call(FETCH, {"url": f"http://{host}:{site}/"})
        assert (result == success("hello")) == is_there, result


def test_a_long_call_into_native_code_is_killed(start):
    peer = start("--deps", "numpy", "--timeout", "3")
    result = peer.call("import numpy\nnumpy.linalg.eig(numpy.random.default_rng(0).random((2000, 2000)))")
    assert "TimeoutError: the code ran longer than 3 seconds and did not stop when it was interrupted" in result
    assert "was replaced by a new one" in result
    assert peer.call("'next'") == success("next")
