"""`repl --plain` on a real pseudo-terminal, for tests that type and read."""

import os
import pathlib
import re

import pexpect
from support import processes, product

SHELL = 'trap : INT; stty -g; "$0" repl --plain "$@"; echo "status $?"; stty -g'
"""Shows the terminal's settings before and after; the trap lets Ctrl-C reach the prompt alone."""

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


class Terminal:
    """The prompt in a terminal, or a program that runs there in its place."""

    def __init__(self, state: pathlib.Path, *arguments: object, is_prompt: bool = True, shell: str = SHELL) -> None:
        environment = product.environment(TERM="xterm", XDG_STATE_HOME=state, LC_ALL="C.UTF-8")
        self._child = pexpect.spawn(
            "/bin/sh",
            ["-c", shell, product.EXECUTABLE, *map(str, arguments)],
            env=environment,
            encoding="utf-8",
            timeout=product.PATIENCE,
            dimensions=(24, 80),
            use_poll=True,
        )
        self.settings_before = self._setting()
        if is_prompt:
            self.wait_for("leaves\\.")
            self.wait_for(">>> ")

    def _setting(self) -> str:
        self._child.expect("([0-9a-f]+:[0-9a-f:]+)\r\n")
        return self._child.match[1]

    def type(self, keys: str) -> None:
        self._child.send(keys)

    def wait_for(self, pattern: str) -> str:
        """Wait until the screen shows `pattern`; gives what came before it, without control sequences."""
        self._child.expect(pattern)
        return _CONTROL.sub("", self._child.before)

    def enter(self, line: str) -> str:
        """Type a line; gives what the screen shows until the next prompt, without the line itself."""
        self.type(line + "\r")
        self.wait_for("\r\n")
        return self.wait_for(">>> ").replace("\r\n", "\n")

    def signal(self, number: int) -> None:
        """To the REPL, which is the shell's child."""
        os.kill(min(processes.children(self._child.pid)), number)

    def leave(self, keys: str = "") -> tuple[int, str]:
        """Type keys and wait for the end; gives the exit status and the terminal's settings."""
        self.type(keys)
        self._child.expect(r"status (\d+)\r\n")
        status = int(self._child.match[1])
        settings = self._setting()
        self._child.expect(pexpect.EOF)
        return status, settings

    def close(self) -> None:
        self._child.close(force=True)
