"""The product as an HTTP server."""

import re
import signal
import subprocess
import threading

from support import product
from support.product import PATIENCE


class HTTPServer:
    """A running server, behind nothing."""

    def __init__(self, *arguments: object, mode: str = "streamable-http", **changes: object) -> None:
        self.process = product.start(mode, "--port", 0, *arguments, **changes)
        self.log: list[str] = []
        """The text that it has written to stderr by now."""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        line = self.process.stdout.readline().decode()
        listening = re.fullmatch(r"Listening on (http://(.+):(\d+)/mcp)\n", line)
        assert listening, f"it does not listen: {line!r} {self.log}"
        self.url, self.host, self.port = listening[1], listening[2].strip("[]"), int(listening[3])

    def __enter__(self) -> "HTTPServer":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.wait()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait until it has ended; gives its exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self._reader.join(PATIENCE)
            for stream in (self.process.stdout, self.process.stderr):
                stream.close()

    def _read(self) -> None:
        for line in self.process.stderr:
            self.log.append(line.decode())
