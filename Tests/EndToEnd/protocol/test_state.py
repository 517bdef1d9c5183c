"""`--state`: what one run leaves for the next."""

import pytest
from support.peer import success

SET = "import sys\nx = 1\nsys.mark = 2\nopen('/tmp/file', 'w').write('3')\nNone"
LOOK = "import os, sys\n['x' in globals(), hasattr(sys, 'mark'), os.path.exists('/tmp/file')]"


def written(peer, code: str) -> list[str]:
    """The lines of output of a run."""
    return peer.answer(peer.start_call(code))["result"]["structuredContent"]["output"]


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ("keep", [True, True, True]),
        ("reset", [False, False, False]),
        ("fresh", [False, False, False]),
    ],
)
def test_state(start, state, left):
    peer = start("--state", state)
    assert peer.call(SET) == success()
    lines = ",\n".join(f"  {str(value).lower()}" for value in left)
    assert peer.call(LOOK) == success(f"[\n{lines}\n]")


def test_what_is_written_between_two_runs_begins_the_next_ones_output(start):
    later = (
        "import asyncio\n"
        "async def work():\n"
        "  print('first')\n"
        "  for n in range(20): await asyncio.sleep(0)\n"
        "  print('later')\n"
        "  done.set()\n"
        "done = asyncio.Event()\n"
        "task = asyncio.create_task(work())\n"
        "None"
    )
    peer = start("--state", "keep")
    printed = written(peer, later)
    while "later" not in printed:
        printed += written(peer, "print('next')")
    lines = [line for line in printed if line != "next"]
    assert lines == ["first", "later"]
    assert printed[-1] == "next"


def test_what_is_written_between_two_runs_is_bounded(start):
    flood = "import asyncio\nasyncio.get_running_loop().call_soon(lambda: [print('x' * 99) for _ in range(100_000)])\nNone"
    peer = start("--state", "keep")
    peer.call(flood)
    assert len(written(peer, "None")) <= 656


def test_variables_given_with_a_call_last_as_long(peer):
    peer.call("None", {"given": 1})
    assert peer.call("given") == success("1")


def test_two_sessions_share_nothing(start):
    first, second = start("--state", "keep"), start("--state", "keep")
    first.call(SET)
    assert second.call(LOOK) == success("[\n  false,\n  false,\n  false\n]")
