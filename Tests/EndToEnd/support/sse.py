"""Server-sent events (WHATWG HTML, 9.2), read from pieces of a stream."""

import dataclasses


@dataclasses.dataclass
class Event:
    id: str | None
    name: str
    data: str
    retry: int | None = None


class SSEParser:
    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[str] = []
        self.comments: list[str] = []

    def push(self, data: bytes) -> list[Event]:
        """The events that the piece completes."""
        *lines, self._rest = (self._rest + data).replace(b"\r\n", b"\n").split(b"\n")
        events = []
        for line in map(bytes.decode, lines):
            if line:
                self._lines.append(line)
            elif self._lines:
                events += self._event()
        return events

    def _event(self) -> list[Event]:
        fields: dict[str, list[str]] = {}
        for line in self._lines:
            name, _, value = line.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))
        self._lines = []
        self.comments += fields.get("", [])
        if "data" not in fields:
            return []
        retry = int(fields["retry"][-1]) if "retry" in fields else None
        return [Event(fields.get("id", [None])[-1], fields.get("event", ["message"])[-1], "\n".join(fields["data"]), retry)]
