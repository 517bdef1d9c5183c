"""xterm on an X server without a screen: what it shows is read pixel by pixel, what is typed goes to its program."""

import fcntl
import os
import pathlib
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable

from support.product import EXECUTABLE, PATIENCE

IS_INSTALLED = all(map(shutil.which, ("xterm", "Xvfb")))
WIDTH, HEIGHT = 1000, 700


class XTerm:
    """A program in xterm. It emulates a VT340, which has sixels."""

    def __init__(self, command: list[object], environment: dict[str, str], folder: pathlib.Path) -> None:
        self._folder = folder
        self._keys = folder / "keys"
        os.mkfifo(self._keys)
        number, other = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(other), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", folder],
            pass_fds=[other],
            stderr=subprocess.DEVNULL,
        )
        os.close(other)
        with open(number) as reader:
            display = reader.readline().strip()
        look = ["-geometry", "100x40+0+0", "-fn", "fixed", "-bg", "white"]
        relayed = {"MCP_RUN_PYTHON": EXECUTABLE, "PYTHONPATH": str(pathlib.Path(__file__).parents[1])}
        relay = [sys.executable, "-B", __file__, self._keys, *map(str, command)]
        self._terminal = subprocess.Popen(
            ["xterm", "-ti", "vt340", "-tn", "xterm-256color", "-u8", *look, "-e", *relay],
            env=environment | relayed | {"DISPLAY": f":{display}"},
            stderr=subprocess.DEVNULL,
        )
        # Open for both, it waits for nobody.
        self._typing = os.open(self._keys, os.O_RDWR)

    def type(self, text: str) -> None:
        os.write(self._typing, text.encode())

    def count(self, colour: tuple[int, int, int]) -> int:
        """The pixels of that colour on the screen."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        # XWD: the header's size and the number of colours in the map come first (X11/XWDFile.h).
        header, colours = struct.unpack(">I", data[:4])[0], struct.unpack(">I", data[76:80])[0]
        pixels = data[header + 12 * colours :]
        wanted = bytes(reversed(colour))
        return sum(pixels[place : place + 3] == wanted for place in range(0, len(pixels), 4))

    def wait_for(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "xterm does not show it"
            time.sleep(0.1)

    def stop(self) -> None:
        for process in (self._terminal, self._server):
            process.terminate()
            process.wait()
        os.close(self._typing)


def _relay(keys: str, command: list[str]) -> None:
    """Runs a program in a terminal of its own within xterm: both xterm and the test type to it."""
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))
    pid, master = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(master, termios.TIOCSWINSZ, size)
    settings = termios.tcgetattr(0)
    settings[0] = settings[1] = 0
    settings[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
    termios.tcsetattr(0, termios.TCSANOW, settings)
    typed = os.open(keys, os.O_RDWR)
    sources = [0, master]
    while True:
        for source in select.select(sources, [], [])[0]:
            try:
                data = os.read(source, 1 << 16)
            except OSError:
                return
            if b"\x1b[>q" in data and typed not in sources:
                sources.append(typed)  # The program has the terminal as it wants it when it asks what that is.
            while data:
                data = data[os.write(1 if source == master else master, data) :]


if __name__ == "__main__":
    _relay(sys.argv[1], sys.argv[2:])
