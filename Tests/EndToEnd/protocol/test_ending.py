"""The end of a server, in each revision: in order, quickly, with nothing left behind."""

import os
import signal
import time

import pytest
from support import product
from support.peer import REVISIONS, Peer, success, text
from support.processes import children, is_alive
from support.waiting import eventually
from support.wires import server_pid

SLEEPING = "import time\nprint('busy')\ntime.sleep(1)\n'done'"
BUSY = "print('busy')\nwhile True: pass"


@pytest.mark.parametrize("revision", REVISIONS)
def test_at_the_end_of_input_calls_are_finished(start, revision):
    peer = start(revision=revision)
    ids = [peer.start_call(SLEEPING), peer.start_call("'second'")]
    peer.hang_up()
    assert peer.end() == 0
    assert text(peer.answer(ids[0])) == success("done", output="busy")
    assert text(peer.answer(ids[1])) == success("second")


def test_without_a_call_it_ends_at_once(start):
    peer = start()
    begin = time.monotonic()
    assert peer.end() == 0
    assert time.monotonic() - begin < 5


def test_without_a_word_it_ends_at_once(start):
    peer = start(greet=False)
    assert peer.end() == 0


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGTERM, None, id="SIGTERM idle"),
        pytest.param(signal.SIGTERM, BUSY, id="SIGTERM busy"),
        pytest.param(signal.SIGINT, BUSY, id="SIGINT busy"),
        pytest.param(signal.SIGHUP, None, id="SIGHUP idle"),
    ],
)
def test_a_signal_ends_it_with_all_its_processes(start, code, number):
    peer = start()
    peer.ask("logging/setLevel", {"level": "info"})
    pid = server_pid(peer.command)
    if code:
        peer.start_call(code)
        peer.printed("busy")
    family = eventually(lambda: children(pid), "a child process")
    begin = time.monotonic()
    os.kill(pid, number)
    assert peer.end() == 0
    assert time.monotonic() - begin < 5
    assert not any(map(is_alive, family))


def test_a_signal_and_the_end_of_input_at_once():
    """Many clients do it so. The test does it many times, since it is a matter of microseconds."""
    for number in range(20):
        peer = Peer([product.EXECUTABLE, "stdio"], "2025-06-18")
        peer.greet()
        peer.hang_up()
        time.sleep(number / 5000)
        peer.process.terminate()
        assert peer.end() == 0


def test_a_killed_server_leaves_no_process(start):
    peer = start()
    peer.ask("logging/setLevel", {"level": "info"})
    peer.start_call(BUSY)
    peer.printed("busy")
    pid = server_pid(peer.command)
    family = children(pid)
    assert family
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not any(map(is_alive, family)), "the end of all children", timeout=10)


def test_a_client_that_reads_no_more_ends_it(start):
    peer = start()
    peer.ask("logging/setLevel", {"level": "info"})
    peer.start_call("print('busy')\nwhile True: print('x' * 1000)")
    peer.printed("busy")
    pid = server_pid(peer.command)
    os.kill(peer.process.pid, signal.SIGKILL)
    eventually(lambda: not is_alive(pid), "the end of the server", timeout=15)
