"""A terminal for the full screen: a program in a real pseudo-terminal, whose output an emulator turns into a screen."""

import base64
import codecs
import copy
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable

import pyte
from support import processes
from support.product import PATIENCE

_KEYS = {
    "Enter": "\r",
    "Tab": "\t",
    "S-Tab": "\x1b[Z",
    "Escape": "\x1b",
    "Backspace": "\x7f",
    "Up": "\x1bOA",
    "Down": "\x1bOB",
    "Right": "\x1bOC",
    "Left": "\x1bOD",
    "Home": "\x1bOH",
    "End": "\x1bOF",
    "PgUp": "\x1b[5~",
    "PgDn": "\x1b[6~",
    "F1": "\x1bOP",
    "F2": "\x1bOQ",
    "F3": "\x1bOR",
    "F4": "\x1bOS",
    "F5": "\x1b[15~",
    "F6": "\x1b[17~",
    "F7": "\x1b[18~",
    "F8": "\x1b[19~",
    "F9": "\x1b[20~",
    "M-Up": "\x1b[1;3A",
    "M-Down": "\x1b[1;3B",
}
"""The bytes that xterm sends for them in application mode."""


_FRAME_BEGIN, _FRAME_END = b"\x1b[?2026h", b"\x1b[?2026l"
"""The marks around output that a terminal shows at once (synchronized output)."""


_STRINGS = re.compile(rb"\x1b[P_][^\x1b]*\x1b\\")
"""Control strings, DCS and APC: the pictures."""
_OPEN_STRING = re.compile(rb"\x1b(?:[P_][^\x1b]*(?:\x1b)?)?\Z")


def key(name: str) -> str:
    """The characters that a terminal sends for a key: `C-c`, `M-Enter`, `F6`, `PgUp`, or a character."""
    if name in _KEYS:
        return _KEYS[name]
    if name.startswith("C-"):
        return chr(ord(name[2:].upper()) ^ 0x40)
    if name.startswith("M-"):
        return "\x1b" + key(name[2:])
    assert len(name) == 1, f"no such key: {name}"
    return name


_ALTERNATE = 1049


class _Emulator(pyte.Screen):
    """The sequences of xterm that ncurses uses and pyte does not know."""

    _primary: tuple[dict, pyte.screens.Cursor] | None = None
    """The lines and the cursor from before the alternate screen, while that is shown."""

    def set_mode(self, *modes: int, private: bool = False, **more: object) -> None:
        super().set_mode(*modes, private=private, **more)
        if private and _ALTERNATE in modes and self._primary is None:
            self._primary = dict(self.buffer), copy.copy(self.cursor)
            self.buffer.clear()

    def reset_mode(self, *modes: int, private: bool = False, **more: object) -> None:
        super().reset_mode(*modes, private=private, **more)
        if private and _ALTERNATE in modes and self._primary is not None:
            lines, self.cursor = self._primary
            self._primary = None
            self.buffer.clear()
            self.buffer.update(lines)
            self.ensure_hbounds()
            self.ensure_vbounds()

    def draw(self, data: str) -> None:
        super().draw(data)
        self._last = data[-1:]

    def repeat(self, count: int = 1, **_: object) -> None:
        self.draw(self._last * (count or 1))

    def delete_characters(self, count: int | None = None) -> None:
        """Fill the row's end with the background, as xterm does."""
        super().delete_characters(count)
        row = self.buffer[self.cursor.y]
        for column in range(self.columns - min(count or 1, self.columns - self.cursor.x), self.columns):
            row[column] = self.cursor.attrs

    def scroll_up(self, count: int = 1, **_: object) -> None:
        """Move what stands between the margins; the cursor stays."""
        self._scroll(self.index, self._margins()[1], count or 1)

    def scroll_down(self, count: int = 1, **_: object) -> None:
        self._scroll(self.reverse_index, self._margins()[0], count or 1)

    def _margins(self) -> tuple[int, int]:
        return self.margins or (0, self.lines - 1)

    def _scroll(self, step: Callable[[], None], edge: int, count: int) -> None:
        place, self.cursor.y = self.cursor.y, edge
        for _ in range(count):
            step()
        self.cursor.y = place

    def cursor_back_tab(self, count: int = 1, **_: object) -> None:
        for _ in range(count or 1):
            self.cursor.x = max((stop for stop in self.tabstops if stop < self.cursor.x), default=0)


class _Stream(pyte.Stream):
    _MORE = {"b": "repeat", "S": "scroll_up", "T": "scroll_down", "Z": "cursor_back_tab"}
    csi = pyte.Stream.csi | _MORE
    events = pyte.Stream.events | set(_MORE.values())


class Screen:
    """A program that has a terminal of its own, and what a person sees and types there."""

    def __init__(
        self, command: list[object], environment: dict[str, str], columns: int = 80, rows: int = 24, cwd=None
    ) -> None:
        self.raw = bytearray()
        """All that the program has written."""
        self._fed = 0
        self._emulator = _Emulator(columns, rows)
        self._stream = _Stream(self._emulator)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._changed = threading.Condition()
        self._rows: list[str] | None = None
        self._is_open = True
        self._master, self._slave = os.openpty()
        os.set_inheritable(self._slave, True)
        self._set_size(columns, rows)
        self.settings_before = self.settings()
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env=environment,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self._end_of_reading = os.pipe()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    # The way in.

    def type(self, text: str) -> None:
        """Type characters as they are; `\\r` is Enter."""
        rest = text.encode()
        while rest:
            rest = rest[os.write(self._master, rest) :]

    def press(self, *names: str) -> None:
        for name in names:
            self.type(key(name))

    def enter(self, line: str = "") -> None:
        """Type a line and press Enter."""
        self.type(line + "\r")

    def paste(self, text: str) -> None:
        """Paste as a terminal does it: in brackets, with carriage returns for line ends."""
        self.type("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        with self._changed:
            self._emulator.resize(rows, columns)
            self._rows = None
        self._set_size(columns, rows)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    # The way out.

    def rows(self) -> list[str]:
        """The rows without the blanks at their ends."""
        with self._changed:
            if self._rows is None:
                self._rows = [row.rstrip() for row in self._emulator.display]
            return self._rows

    def text(self) -> str:
        return "\n".join(self.rows())

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row, from 0."""
        with self._changed:
            return self._emulator.cursor.x, self._emulator.cursor.y

    def cells(self, row: int) -> list:
        """The cells of a row: each has `data`, `fg`, `bg`, `bold`, `underscore` and `reverse`."""
        with self._changed:
            return [self._emulator.buffer[row][column] for column in range(self._emulator.columns)]

    def colours(self, text: str) -> set[str]:
        """The colours of the letters of `text`, where it stands on the screen first."""
        with self._changed:
            for number, row in enumerate(self.rows()):
                if (start := row.find(text)) >= 0:
                    cells = self._emulator.buffer[number]
                    return {cells[start + place].fg for place, letter in enumerate(text) if letter != " "}
        raise AssertionError(f"not on the screen: {text}\n{self}")

    def wait_for(
        self, wanted: str | re.Pattern | Callable[[], object], timeout: float = PATIENCE, absent: bool = False
    ):
        """Wait until the screen shows a text or a pattern, or the condition holds; gives its value."""
        condition = wanted
        if isinstance(wanted, str):
            condition = lambda: wanted in self.text()
        elif isinstance(wanted, re.Pattern):
            condition = lambda: wanted.search(self.text())
        deadline = time.monotonic() + timeout
        with self._changed:
            while bool(value := condition()) == absent:
                left = deadline - time.monotonic()
                problem = "still there" if absent else "not there"
                assert left > 0, f"{problem} after {timeout} s: {wanted}\n{self}"
                # The condition may be about more than the screen.
                self._changed.wait(min(left, 0.05))
        return value

    def wait_until_gone(self, wanted: str | re.Pattern, timeout: float = PATIENCE) -> None:
        self.wait_for(wanted, timeout, absent=True)

    def wait_for_bytes(self, wanted: bytes, start: int = 0, timeout: float = PATIENCE) -> None:
        """Wait until the program has written these bytes."""
        self.wait_for(lambda: self.raw.find(wanted, start) >= 0, timeout)

    def settings(self) -> list:
        """The terminal's settings (termios)."""
        return termios.tcgetattr(self._slave)

    def __str__(self) -> str:
        with self._changed:
            width = self._emulator.columns
            frame = "+" + "-" * width + "+"
            rows = [f"|{row:<{width}}|" for row in self.rows()]
            return "\n".join([frame, *rows, frame])

    # The end.

    def wait(self, timeout: float = PATIENCE) -> int:
        """Wait for the program's end; gives its status, a signal's number below 0."""
        status = self.process.wait(timeout)
        self._drain()
        return status

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed."""
        self._close()

    def _close(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self._slave)
            os.write(self._end_of_reading[1], b"x")
            self._reader.join()
            for descriptor in (self._master, *self._end_of_reading):
                os.close(descriptor)

    def stop(self) -> None:
        """End the program, if it has not, and give the terminal back."""
        family = processes.children(self.process.pid)
        if self.process.poll() is None:
            self.process.terminate()
            self.process.send_signal(signal.SIGCONT)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in family:
            if processes.is_alive(pid):
                _kill(pid)
        self._close()

    def _drain(self) -> None:
        """Let the reader take all that was written before the end."""
        size = -1
        while size != len(self.raw) or self._has_more():
            size = len(self.raw)
            time.sleep(0.02)

    def _has_more(self) -> bool:
        """True when bytes were written that the reader has not taken."""
        waiting = select.poll()
        waiting.register(self._master, select.POLLIN)
        with self._changed:
            return any(event & select.POLLIN for _, event in waiting.poll(0))

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self) -> None:
        wanted = select.poll()
        wanted.register(self._master, select.POLLIN)
        wanted.register(self._end_of_reading[0], select.POLLIN)
        while not any(number == self._end_of_reading[0] for number, _ in wanted.poll()):
            # Whoever has the lock sees all that is not there to be read any more.
            with self._changed:
                try:
                    chunk = os.read(self._master, 1 << 16)
                except OSError:
                    return  # no one has the terminal open any more
                self.raw += chunk
                self._feed_whole_frames()
                self._rows = None
                self._changed.notify_all()

    def _feed_whole_frames(self) -> None:
        """Half a frame is not shown: it waits for its end."""
        begin = self.raw.rfind(_FRAME_BEGIN, self._fed)
        if begin > self.raw.rfind(_FRAME_END, self._fed):
            end = begin
        else:
            # The mark itself may be half there.
            halves = (length for length in range(len(_FRAME_BEGIN) - 1, 0, -1) if self.raw.endswith(_FRAME_BEGIN[:length]))
            end = max(self._fed, len(self.raw) - next(halves, 0))
        # A control string comes whole or not at all, since the emulator would print it.
        if (open_string := _OPEN_STRING.search(self.raw, self._fed, end)) is not None:
            end = open_string.start()
        fed = _STRINGS.sub(b"", bytes(self.raw[self._fed : end]))
        self._stream.feed(self._decoder.decode(fed))
        self._fed = end

    def graphics(self) -> list[tuple[dict[str, str], bytes]]:
        """The commands of kitty's graphics protocol so far: keys, and the data of all pieces together."""
        with self._changed:
            found = re.findall(rb"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\", bytes(self.raw))
        commands: list[tuple[dict[str, str], bytes]] = []
        for keys, data in found:
            pairs = dict(pair.split("=") for pair in keys.decode().split(","))
            if set(pairs) == {"m"}:
                commands[-1] = commands[-1][0] | pairs, commands[-1][1] + data
            else:
                commands.append((pairs, data))
        return [(keys, base64.b64decode(data, validate=True)) for keys, data in commands if keys.get("m", "0") == "0"]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
