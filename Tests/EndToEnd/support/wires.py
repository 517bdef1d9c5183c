"""All conversations with servers that the tests had, recorded by the wiretap and checked line by line."""

import itertools
import json
import pathlib
import sys

from support.conversation import Conversation
from support.http_conversations import TappedServer
from support.product import CACHE, EXECUTABLE

_WIRETAP = pathlib.Path(__file__).with_name("wiretap.py")


class Wires:
    """Gives out commands whose traffic is recorded, and checks what was recorded."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._records: dict[pathlib.Path, _Record] = {}
        self._http: list[TappedServer] = []
        self._shared: dict[tuple, TappedServer] = {}

    def server(self, *arguments: object) -> list[str]:
        """The command that starts `stdio` with `arguments` behind a wiretap, on the shared cache.

        The folder is an argument because the SDKs hand on few variables.
        """
        record = self._folder / f"{next(self._numbers)}.jsonl"
        self._records[record] = _Record(record)
        command = [EXECUTABLE, "stdio", "--cache-dir", CACHE, *arguments]
        return [sys.executable, "-I", "-S", str(_WIRETAP), str(record), *map(str, command)]

    def http(self, *arguments: object, **options: object) -> TappedServer:
        """A running HTTP server whose traffic is recorded; `options` as for `HTTPServer`."""
        server = TappedServer(*arguments, **options)
        self._http.append(server)
        return server

    def shared_http(self, mode: str, *arguments: object) -> TappedServer:
        """The same, one for all tests that ask for the same mode and arguments."""
        key = (mode, *map(str, arguments))
        if key not in self._shared or self._shared[key].process.poll() is not None:
            self._shared[key] = self.http(*arguments, mode=mode)
        return self._shared[key]

    def end(self) -> None:
        """Stop what still runs, and check the rest."""
        for server in self._http:
            if server.process.poll() is None:
                assert server.stop() == 0, "".join(server.log)
        self.check()

    def check(self) -> None:
        """Check every line that was recorded since the last time."""
        for server in self._http:
            server.check()
        for path, record in list(self._records.items()):
            record.go_on()
            if record.has_ended:
                del self._records[path]


class _Record:
    """A recorded conversation, and how far it has been read."""

    def __init__(self, path: pathlib.Path) -> None:
        self._path = path
        self._conversation = Conversation()
        self._offset = 0
        self.has_ended = False

    def go_on(self) -> None:
        """Check the whole lines that came since the last time."""
        if not self._path.exists() or self._path.stat().st_size == self._offset:
            return
        with self._path.open("rb") as file:
            file.seek(self._offset)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                self._offset += len(line)
                entry = json.loads(line)
                self._conversation.add(entry)
                self.has_ended = self.has_ended or "status" in entry


def record_of(command: list[str]) -> list[dict]:
    """The messages that were recorded by now of the server that `Wires.server` gave `command` for."""
    return [json.loads(line) for line in pathlib.Path(command[4]).read_text().splitlines()]


def server_pid(command: list[str]) -> int:
    """The process id of that server itself."""
    return record_of(command)[0]["pid"]
