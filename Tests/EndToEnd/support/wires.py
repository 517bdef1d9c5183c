"""All conversations with servers that the tests had, recorded by the wiretap and checked line by line."""

import itertools
import json
import pathlib
import sys

from support.conversation import Conversation
from support.product import CACHE, EXECUTABLE

_WIRETAP = pathlib.Path(__file__).with_name("wiretap.py")


class Wires:
    """Gives out commands whose traffic is recorded, and checks what was recorded."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._conversations: dict[pathlib.Path, Conversation] = {}

    def server(self, *arguments: object) -> list[str]:
        """The command that starts `stdio` with `arguments` behind a wiretap, on the shared cache.

        The folder is an argument because the SDKs hand on few variables.
        """
        record = self._folder / f"{next(self._numbers)}.jsonl"
        self._conversations[record] = Conversation()
        command = [EXECUTABLE, "stdio", "--cache-dir", CACHE, *arguments]
        return [sys.executable, "-I", "-S", str(_WIRETAP), str(record), *map(str, command)]

    def check(self) -> None:
        """Check every line that was recorded since the last time."""
        for record, conversation in self._conversations.items():
            lines = record.read_text().splitlines(keepends=True) if record.exists() else []
            for line in lines[conversation.length :]:
                if line.endswith("\n"):
                    conversation.add(json.loads(line))


def record_of(command: list[str]) -> list[dict]:
    """What has been recorded by now of the server that `Wires.server` gave `command` for."""
    return [json.loads(line) for line in pathlib.Path(command[4]).read_text().splitlines()]


def server_pid(command: list[str]) -> int:
    """The process id of that server itself."""
    return record_of(command)[0]["pid"]
