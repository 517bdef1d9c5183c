"""Cancelling calls, in each revision. A cancelled call is never answered."""

import time

import pytest
from support.conversation import MODERN
from support.peer import success
from support.time_travel import STUBBORN

BUSY = "kept = 'still here'\nprint('busy')\nwhile True: pass"
TICKING = "import time\nwhile True:\n    print('tick')\n    time.sleep(0.1)"
AS_BEFORE = "replaced by a new one; all variables and files are as they were before this run."


def start_and_cancel(peer, code: str):
    """Run code until it has printed `busy`, and cancel it; gives the request's id."""
    before = len(peer.messages)
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "info"})
    id = peer.start_call(code, log="info")
    peer.printed("busy", before)
    peer.cancel(id)
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "emergency"})
    return id


def is_answered(peer, id) -> bool:
    return any(message.get("id") == id for _, message in peer.messages)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(BUSY, id="loop"),
        pytest.param(BUSY.replace("while True: pass", "import time; time.sleep(3600)"), id="sleep"),
        pytest.param(BUSY.replace("while True: pass", "import asyncio; await asyncio.sleep(3600)"), id="await"),
    ],
)
def test_code_is_interrupted_and_variables_stay(peer, code):
    peer.call("kept = None")
    id = start_and_cancel(peer, code)
    assert peer.call("kept") == success("still here")
    assert not is_answered(peer, id)


def test_code_that_does_not_stop_is_killed_and_takes_nothing_else_along(peer):
    peer.call("kept = iter([1, 2, 3])\nnext(kept)", undoable=True)
    start = time.monotonic()
    id = start_and_cancel(peer, STUBBORN)
    answer = peer.answer(peer.start_call("next(kept)"))
    assert answer["result"]["content"][0]["text"].startswith(success("2"))
    assert AS_BEFORE in answer["result"]["content"][0]["text"]
    assert time.monotonic() - start >= 2, "it has that much time to stop by itself"
    assert not is_answered(peer, id)
    if "structuredContent" in answer["result"]:
        assert AS_BEFORE in answer["result"]["structuredContent"]["notice"]


@pytest.mark.parametrize("revision", ["2025-06-18", MODERN])
def test_a_kill_is_logged_once(start, revision):
    """At once where the log is the session's, with the next call where it is a call's own."""
    peer = start("--state", "keep", revision=revision)
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "info"})
    id = peer.start_call(STUBBORN, log="info")
    peer.printed("busy")
    peer.cancel(id)
    for _ in range(2):
        peer.call("1 + 1", log="info")
    told = [data for _, logger, data in peer.logs() if logger == "sandbox"]
    assert len(told) == 1 and told[0].endswith("before this run.")


def test_a_call_that_waits_is_cancelled(peer):
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "info"})
    before = len(peer.messages)
    first = peer.start_call(TICKING, log="info")
    peer.printed("tick", before)
    waiting = peer.start_call("print('never')\nran = True", log="info")
    peer.cancel(waiting)
    # A request after a cancellation is answered after the cancellation has taken effect.
    peer.ask("tools/list")
    now = len(peer.messages)
    peer.printed("tick", now)
    peer.printed("tick", len(peer.messages))
    assert not is_answered(peer, first)
    peer.cancel(first)
    assert peer.call("'ran' in globals()") == success("false")
    assert not is_answered(peer, waiting)
    assert {data for _, _, data in peer.logs(before)} == {"tick"}
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "emergency"})


def test_what_cannot_be_cancelled_does_no_harm(peer):
    done = peer.start_call("1")
    peer.answer(done)
    for id in (done, 123456, "unknown", None, 1.5):
        peer.notify("notifications/cancelled", {"requestId": id})
    peer.notify("notifications/cancelled")
    assert peer.call("2") == success("2")
