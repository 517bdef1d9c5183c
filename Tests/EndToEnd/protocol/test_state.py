"""`--state`: what one run leaves for the next."""

import pytest
from support.peer import success

SET = "import sys\nx = 1\nsys.mark = 2\nopen('/tmp/file', 'w').write('3')\nNone"
LOOK = "import os, sys\n['x' in globals(), hasattr(sys, 'mark'), os.path.exists('/tmp/file')]"


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ("keep", [True, True, True]),
        ("reset", [False, False, True]),
        ("fresh", [False, False, False]),
    ],
)
def test_state(start, state, left):
    peer = start("--state", state)
    assert peer.call(SET) == success()
    lines = ",\n".join(f"  {str(value).lower()}" for value in left)
    assert peer.call(LOOK) == success(f"[\n{lines}\n]")


def test_variables_given_with_a_call_last_as_long(peer):
    peer.call("None", {"given": 1})
    assert peer.call("given") == success("1")


def test_two_sessions_share_nothing(start):
    first, second = start("--state", "keep"), start("--state", "keep")
    first.call(SET)
    assert second.call(LOOK) == success("[\n  false,\n  false,\n  false\n]")
