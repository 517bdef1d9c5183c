"""SIGTERM: nothing new begins, what runs may end, and everything is cleaned up."""

import contextlib
import signal
import threading
import time
from http.client import IncompleteRead

import pytest
from support.peer import success, text
from support.processes import children, is_alive
from support.waiting import eventually

RUNNING = "import time\nprint('running', flush=True)\ntime.sleep(3)\n'done'"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_idle_server_ends_at_once(http, connect, number):
    server = http()
    peer = connect(server)
    peer.call("1")
    processes = children(server.process.pid)
    with peer.open("GET") as own:
        start = time.monotonic()
        server.process.send_signal(number)
        assert own.rest() == []
        assert server.wait() == 0
        assert time.monotonic() - start < 9
    assert not any(map(is_alive, processes))


@pytest.mark.parametrize("revision", ["2025-11-25", "2026-07-28"])
def test_running_calls_may_end(http, connect, mode, revision):
    server = http(mode=mode)
    peer = connect(server, revision)
    if peer.session:
        peer.log("info")
    other = connect(server, revision, greet=False)
    level = {"logLevel": "info"} if peer.is_modern else {}
    with peer.start_call(RUNNING, **level) as call:
        call.printed("running")
        processes = children(server.process.pid)
        server.process.send_signal(signal.SIGTERM)
        eventually(lambda: other.request("GET", "/readyz").status == 503, "it is not ready any more")
        refused = other.post(other.call_message("1")) if peer.is_modern else other.greet()
        assert refused.status == 503
        assert "retry-after" in refused.headers
        assert text(call.rest()[-1]) == success("done", "running")
    assert server.wait() == 0
    assert not any(map(is_alive, processes))


@contextlib.contextmanager
def endless_call(server, connect):
    """A call that is under way and does not end by itself; in the end nothing of the server is left."""
    peer = connect(server)
    peer.log("info")
    with peer.start_call("print('running', flush=True)\nwhile True: pass") as call:
        call.printed("running")
        processes = children(server.process.pid)
        yield call
    assert server.wait() == 0
    assert not any(map(is_alive, processes))


def test_calls_that_do_not_end_are_ended(http, connect):
    server = http()
    with endless_call(server, connect) as call:
        start = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        call.rest()
    assert 9 <= time.monotonic() - start < 30


def test_a_second_signal_ends_it_at_once(http, connect):
    server = http()
    with endless_call(server, connect) as call:
        start = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        eventually(lambda: any("shutting down" in line for line in server.log), "it drains")
        server.process.send_signal(signal.SIGINT)
        with contextlib.suppress(IncompleteRead):  # nothing is waited for any more
            call.rest()
        assert server.wait() == 0
        assert time.monotonic() - start < 9


def test_a_call_that_waits_for_input_does_not_hold_it_up(http, connect):
    server = http()
    peer = connect(server, "2026-07-28")
    message = peer.call_message("input()", clientCapabilities={"elicitation": {}})
    assert peer.post(message).answer["result"]["resultType"] == "input_required"
    assert server.stop() == 0


def test_many_clients_at_the_end(http, connect):
    server = http("--pool", 0)
    peers = [connect(server) for _ in range(20)]
    listening = []
    ended = []

    def listen(peer) -> None:
        with peer.open("GET") as own:
            listening.append(peer)
            own.rest()
            ended.append(peer)

    threads = [threading.Thread(target=listen, args=(peer,)) for peer in peers]
    for thread in threads:
        thread.start()
    eventually(lambda: len(listening) == 20, "all are answered")
    probe = connect(server, greet=False)
    assert b"mcp_sessions 20\n" in probe.request("GET", "/metrics").body
    assert server.stop() == 0
    for thread in threads:
        thread.join()
    assert len(ended) == 20
