"""Waiting with a deadline, for what cannot tell by itself that it has happened."""

import time
from collections.abc import Callable

from support.product import PATIENCE


def eventually(condition: Callable[[], object], what: str, timeout: float = PATIENCE):
    """Give the condition's value as soon as it is true; fail after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {timeout} s: {what}"
        time.sleep(0.01)
    return value


def until_saved() -> None:
    """A person's pause, in which a session is saved at its own pace; only the test of that pace waits like this.

    Another test asks for a saved run: see `undoable` of `Peer.request`.
    """
    time.sleep(5)
