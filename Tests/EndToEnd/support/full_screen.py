"""`repl` on a full screen, for tests that type and read."""

import itertools
import pathlib
import re
import statistics
import time

from support import product
from support.screen import Screen

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏|/-\\"
TIMING = r"[\d.]+ (µs|ms|s|m)\b"
_numbers = itertools.count(1)
_OF_TERMINALS = ("TERM_PROGRAM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "VTE_VERSION", "LC_TERMINAL", "COLORTERM")
"""The variables that tell of the tests' own terminal."""


def environment(home: pathlib.Path, **changes: object) -> dict[str, str]:
    """The program's environment: a terminal as most people have it, and a home that belongs to the test."""
    settings = {
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "HOME": home,
        "XDG_STATE_HOME": home / "state",
        # Swift's debugger, if it is installed, would take the terminal after a crash.
        "SWIFT_BACKTRACE": "enable=no",
    }
    variables = product.environment(**settings | changes)
    for name in ("NO_COLOR", "VISUAL", "EDITOR", "TMUX", "TMUX_PANE", "STY", *_OF_TERMINALS):
        if name not in changes:
            variables.pop(name, None)
    return variables


def code(text: str) -> re.Pattern:
    """A block's first line in the transcript: its number, the bar, the code."""
    return re.compile(rf"^ *\d+ ▏ {text}", re.M)


def _without_gutter(row: str) -> str:
    return row.removeprefix(" " * 6)


class FullScreen(Screen):
    """The REPL on its screen."""

    def __init__(
        self, *arguments: object, home: pathlib.Path, columns: int = 80, rows: int = 24, **changes: object
    ) -> None:
        self.home = home
        super().__init__(
            [product.EXECUTABLE, "repl", *arguments], environment(home, **changes), columns, rows, cwd=home
        )

    # The parts of the screen.

    @property
    def status(self) -> str:
        return self.rows()[-1]

    @property
    def rule(self) -> str:
        """The line between panes and prompt."""
        return self.rows()[self._rule_row]

    @property
    def prompt(self) -> str:
        """The text at the prompt, with `>>> ` and `... `."""
        return "\n".join(self.rows()[self._rule_row + 1 : -1])

    def text(self) -> str:
        """The screen's text. The blank gutter before what is no code is left out, as a reader leaves it out."""
        return "\n".join(map(_without_gutter, self.rows()))

    @property
    def pane(self) -> list[str]:
        """The rows of the one pane that a small screen shows, without blank gutters. Empty rows at its end are left out."""
        rows = [_without_gutter(row) for row in self.rows()[1 : self._rule_row]]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    @property
    def is_ready(self) -> bool:
        return re.match(r"( [\w.-]+)? [●*] ready ", self.status) is not None

    @property
    def is_running(self) -> bool:
        return re.match(rf"( [\w.-]+)? [{re.escape(SPINNER)}] run \d+ ", self.status) is not None

    @property
    def _rule_row(self) -> int:
        rows = self.rows()
        return max(number for number, row in enumerate(rows[:-1]) if row.startswith(("──", "--")) or not number)

    # The actions of a user there.

    def wait_ready(self) -> None:
        self.wait_for(lambda: self.is_ready)

    def wait_running(self) -> None:
        self.wait_for(lambda: self.is_running)

    def wait_for_prompt(self, text: str) -> None:
        """Wait until this stands at the prompt, and nothing else."""
        self.wait_for(lambda: self.prompt == text)

    def leave(self, key: str = "C-d") -> None:
        """Leave in good order: the terminal is as it was before."""
        self.press(key)
        assert self.wait() == 0
        assert self.settings() == self.settings_before

    def show(self, number: int) -> None:
        """Bring a pane to the front of a small screen."""
        self.press(f"M-{number}")
        name = ("Console", "stdout", "stderr", "Server", "Traffic")[number - 1]
        self.wait_for(lambda: f" {name} " in self.rule)

    def run(self, code: str) -> None:
        """Run a simple statement and wait for its end; there is no run before, and the console is seen."""
        mark = f"#{next(_numbers)}#"
        self.enter(f"{code} {mark}")
        self.wait_for(re.compile(rf"{mark} +{TIMING}"))
        self.wait_ready()

    def type_through(self, count: int = 10) -> float:
        """Type at the prompt while something floods the screen; gives the median of the seconds until each character was
        seen."""
        times = []
        for length in range(1, count + 1):
            begin = time.monotonic()
            self.type("x")
            self.wait_for(lambda: self.prompt == ">>> " + "x" * length)
            times.append(time.monotonic() - begin)
        return statistics.median(times)

    def command(self, line: str, answer: str | re.Pattern) -> None:
        """Type a command at the empty prompt and wait for what it says."""
        self.enter(line)
        self.wait_for(answer)

    def go_home(self) -> None:
        """Nothing runs; make everything as it was at the start, but for the interpreter's modules."""
        # It closes one thing at a time: a question or search, palette or help, menu, block.
        self.press("C-c", "C-c", "C-c", "C-c")
        self.resize(80, 24)
        self.wait_for_prompt(">>>")
        self.enter(":layout auto")
        self.enter(":filter")
        self.show(1)
        self.clear("all")
        self.command(":reset", "All variables are forgotten.")
        self.clear("all")
        self.wait_for(lambda: self.is_ready)

    def clear(self, panes: str = "console") -> None:
        """Empty the console at least, so that what is seen in it then is new."""
        self.enter(f":clear {panes}")
        self.wait_for(lambda: len(self.pane) < 2 and self.prompt == ">>>")
