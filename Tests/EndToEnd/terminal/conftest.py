"""Fixtures of the plain prompt's tests."""

import pytest
from support.plain_prompt import Terminal


@pytest.fixture
def open_terminal(tmp_path):
    """Opens terminals that share one history."""
    terminals = []

    def open_terminal(*arguments: object, is_prompt: bool = True) -> Terminal:
        terminals.append(Terminal(tmp_path / "state", *arguments, is_prompt=is_prompt))
        return terminals[-1]

    yield open_terminal
    for terminal in terminals:
        terminal.close()
