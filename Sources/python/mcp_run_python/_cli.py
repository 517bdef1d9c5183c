"""The command `mcp-run-python` of the wheel."""

from __future__ import annotations as _annotations

import os
import sys
from collections.abc import Sequence

from ._executable import executable, own_environment


def cli() -> None:
    """Becomes the executable: its terminal, signals and exit status are this process's own."""
    program = executable()
    os.execve(program, ['mcp-run-python', *sys.argv[1:]], _environment(sys.argv[1:]))


def cli_logic(args_list: Sequence[str] | None = None) -> int:
    """Runs the command in a child process.

    Args:
        args_list: The command's arguments; by default those of this process.

    Returns:
        The command's exit status.
    """
    import subprocess

    words = list(sys.argv[1:] if args_list is None else args_list)
    return subprocess.run([executable(), *words], env=_environment(words)).returncode


def _environment(words: Sequence[str]) -> dict[str, str]:
    # A server that the user names after `--` must find the user's own Python.
    return dict(os.environ) if '--' in words else own_environment()
