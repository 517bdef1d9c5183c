"""At the full screen: from a key to what is drawn."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import termios
import time

from figures import Figure, at_most, median
from product import EXECUTABLE

KEY = "é"
"""A text that neither the screen nor the code has otherwise."""
FLOOD = "exec('i = 0\\nwhile True: print(i, \"x\" * 60); i += 1')"
PATIENCE = 120


def measure(quick: bool) -> list[Figure]:
    rounds = 5 if quick else 30
    with Screen() as screen:
        idle = [screen.key() for _ in range(rounds)]
        few, many = ([screen.paste(lines) for _ in range(3 if quick else 9)] for lines in (100, 1000))
        screen.send(FLOOD + "\r")
        screen.wait_for(b"x" * 20)
        busy = [screen.key() for _ in range(rounds)]
    return [
        median("from a key to the screen", idle, "ms"),
        median("  while the code prints all the time", busy, "ms", 16),
        median("a paste of 1,000 lines, until it is drawn", many, "ms"),
        at_most("  times as long as one of 100 lines", statistics.median(many) / statistics.median(few), "", 10),
    ]


class Screen:
    """`repl` in a pseudo-terminal."""

    def __enter__(self) -> Screen:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.process = subprocess.Popen(
            [EXECUTABLE, "repl"],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.wait_for(b" ready ")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        while self.process.poll() is None:
            self._read(0.1)
        os.close(self.master)

    def key(self) -> float:
        """Milliseconds from a key until it is drawn."""
        taken = self._timed(KEY, KEY.encode())
        self.send("\x7f")
        # More than a frame, so that the next key does not share one with this.
        self._rest(0.1)
        return taken

    def paste(self, lines: int) -> float:
        """Milliseconds from a paste until its last line is drawn."""
        text = "".join(f"value_{number} = some_function({number}, 'text')\r" for number in range(lines))
        taken = self._timed(f"\x1b[200~{text}# {KEY}\x1b[201~", KEY.encode())
        self.send("\x03")
        self._rest(0.3)
        return taken

    def send(self, text: str) -> None:
        rest = text.encode()
        while rest:
            # A terminal takes no more than the program has read.
            rest = rest[os.write(self.master, rest[:1024]) :]

    def wait_for(self, wanted: bytes) -> None:
        seen, deadline = b"", time.monotonic() + PATIENCE
        while wanted not in seen:
            assert time.monotonic() < deadline, f"not drawn: {wanted!r}"
            seen = seen[-64:] + self._read(0.1)

    def _timed(self, text: str, wanted: bytes) -> float:
        start = time.perf_counter()
        self.send(text)
        self.wait_for(wanted)
        return (time.perf_counter() - start) * 1000

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _read(self, timeout: float) -> bytes:
        if not select.select([self.master], [], [], timeout)[0]:
            return b""
        try:
            return os.read(self.master, 1 << 16)
        except OSError:
            return b""
