"""A run that waits for what an earlier one left: it is cancelled, and its time counts, as if it ran."""

import pytest
from support.peer import success, text
from support.time_travel import STUBBORN

BUSY = "while True: pass"


def left_with(peer, code: str) -> None:
    """The interpreter is busy with a task that runs `code`; `kept` is there, and saved before that."""
    peer.call("kept = 5", undoable=True)
    lines = "".join(f"    {line}\n" for line in code.splitlines())
    task = f"import asyncio\nasync def left():\n{lines}\ntask = asyncio.ensure_future(left())"
    assert peer.call(task, undoable=True) == success()


def start_to_wait(peer, code: str, **options: object):
    """Start a run; gives its id when the server has told that it is under way."""
    id = peer.start_call(code, progress="waits", **options)
    peer.wait(lambda m: m.get("params", {}).get("progressToken") == "waits", "progress")
    return id


@pytest.fixture
def keeper(start):
    return lambda *options: start("--state", "keep", "--checkpoints", *options)


@pytest.mark.parametrize("is_undoable", [False, True])
def test_it_is_cancelled_with_what_keeps_it_waiting(keeper, is_undoable):
    peer = keeper()
    left_with(peer, BUSY)
    waiting = start_to_wait(peer, "ran = True", undoable=is_undoable)
    peer.cancel(waiting)
    assert peer.call("f'{kept}, {\"ran\" in globals()}'") == success("5, False")
    assert not any(message.get("id") == waiting for _, message in peer.messages)


def test_its_time_counts(keeper):
    peer = keeper("--timeout", "1")
    left_with(peer, BUSY)
    late = "<error>\nTimeoutError: the code ran longer than 1 second\n\n</error>"
    assert peer.call("ran = True", undoable=True) == f"<status>run-error</status>\n{late}"
    assert peer.call("kept") == success("5")


def test_what_does_not_stop_is_ended(keeper):
    peer = keeper()
    left_with(peer, STUBBORN)
    peer.cancel(start_to_wait(peer, "ran = True", undoable=True))
    answer = peer.answer(peer.start_call("kept"))["result"]["structuredContent"]
    assert answer["return_value"] == 5
    assert "as they were before the last 2 runs" in answer["notice"]


def test_a_checkpoint_is_cancelled(keeper):
    peer = keeper("--timeout", "1")
    left_with(peer, BUSY)
    waiting = peer.request("tools/call", {"name": "checkpoint", "arguments": {}})
    peer.cancel(waiting)
    # That takes longer than a checkpoint may if the call still waits for it.
    assert "TimeoutError" in peer.call("kept")
    assert not any(message.get("id") == waiting for _, message in peer.messages)
