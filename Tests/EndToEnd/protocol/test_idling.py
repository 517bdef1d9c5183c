"""Tests of code that goes on after its run, with `--state keep`: it gets no more than its share of the machine."""

import time

import pytest
from support.peer import Peer
from support.processes import children, is_alive, processor_time
from support.waiting import eventually
from support.wires import server_pid

BUSY = """\
import asyncio
loop = asyncio.get_event_loop()
turns = 0
def turn():
    global turns
    turns += 1
    for _ in range(20_000): pass
    loop.call_soon(turn)
turn()"""

ENDLESS = """\
import asyncio
def endless():
    while True: pass
handle = asyncio.get_event_loop().call_later(0.01, endless)"""

GROWING = """\
import js
from pyodide.ffi import create_proxy
held = js.Array.new()
def grow():
    buffer = js.Uint8Array.new(50 << 20)
    buffer.fill(1)
    held.push(buffer)
interval = js.setInterval(create_proxy(grow), 20)"""

DERIVING = """\
import js
from pyodide.ffi import to_js
salt = js.Uint8Array.new(8)
subtle = js.crypto.valueOf().subtle
key = await subtle.importKey("raw", salt, "PBKDF2", False, to_js(["deriveBits"]))
how = js.Object.new()
how.name, how.salt, how.iterations, how.hash = "PBKDF2", salt, 4_000_000_000, "SHA-512"
subtle.deriveBits(how, key, 512)
None"""

COMPLETION = {
    "ref": {"type": "ref/prompt", "name": "python"},
    "argument": {"name": "code", "value": "turn"},
}

HELD = (
    "What earlier code had left used more of the processor than 50 ms a second, so it was held until this run."
)


@pytest.fixture
def peer(start) -> Peer:
    return start("--state", "keep", "--max-rss", "700")


def ran(peer: Peer, code: str, **options) -> dict:
    return peer.answer(peer.start_call(code, **options))["result"]["structuredContent"]


def rests(peer: Peer) -> bool:
    """Tell if the interpreter uses nothing for longer than a stopped thread would explain."""
    before = processor_time(server_pid(peer.command))
    time.sleep(1.5)
    return processor_time(server_pid(peer.command)) - before <= 0.05


def until_it_is_gone(peer: Peer) -> None:
    interpreter = children(server_pid(peer.command))
    eventually(lambda: not any(map(is_alive, interpreter)), "the interpreter's end")


def test_a_callback_that_comes_back_at_once_is_held_and_goes_on_with_the_next_run(peer):
    assert ran(peer, BUSY)["status"] == "success"
    eventually(lambda: rests(peer), "the callback is held")
    result = ran(peer, "before = turns\nawait asyncio.sleep(0.2)\n(before > 0, turns > before)")
    assert (result["return_value"], result["notice"]) == ([True, True], HELD)
    assert "notice" not in ran(peer, "loop.call_soon = lambda *_: None"), "it is told once"


def test_completions_come_from_one_that_is_held(peer):
    ran(peer, BUSY)
    eventually(lambda: rests(peer), "the callback is held")
    answer = peer.ask("completion/complete", COMPLETION)
    assert "turns" in answer["result"]["completion"]["values"]
    eventually(lambda: rests(peer), "the callback is held again")
    assert ran(peer, "1")["notice"] == HELD


@pytest.mark.long
def test_a_callback_without_an_end_is_interrupted_and_nothing_is_lost(peer):
    assert ran(peer, f"kept = 1\n{ENDLESS}")["status"] == "success"
    eventually(lambda: rests(peer), "the callback is interrupted")
    result = ran(peer, "kept")
    assert (result["return_value"], result["notice"]) == (1, HELD)


def test_work_that_cannot_be_held_ends_the_interpreter(peer):
    ran(peer, "kept = {1}", undoable=True)
    assert ran(peer, DERIVING)["status"] == "success"
    until_it_is_gone(peer)
    assert ran(peer, "repr(kept)") == {
        "status": "success",
        "output": [],
        "return_value": "{1}",
        "repr": "'{1}'",
        "notice": "What earlier code had left used the processor and did not stop when it was interrupted, so the "
        "Python interpreter was ended, and was replaced by a new one; all variables and files are as they were "
        "before the last run.",
    }


def test_memory_that_grows_between_runs_ends_the_interpreter(peer):
    ran(peer, "kept = {1}", undoable=True)
    assert ran(peer, GROWING)["status"] == "success"
    until_it_is_gone(peer)
    result = ran(peer, "repr(kept)")
    assert (result["return_value"], result["notice"]) == (
        "{1}",
        "The Python interpreter had more than 700 MB in memory, so it was ended, and was replaced by a new one; "
        "all variables and files are as they were before the last run.",
    )
