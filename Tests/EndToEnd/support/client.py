"""The methods that the tests need of an MCP client, with any library."""

import dataclasses
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager


@dataclasses.dataclass
class Log:
    """A log message, and when the client's user got it."""

    level: str
    logger: str | None
    data: object
    time: float = dataclasses.field(default_factory=time.monotonic)


@dataclasses.dataclass
class Outcome:
    """The result of a call of the tool, as far as the library shows it."""

    text: str | None
    structure: dict | None
    time: float = dataclasses.field(default_factory=time.monotonic)


class Client:
    """A connected client."""

    revision: str | None = None
    """The revision that was negotiated; None if the library does not tell."""

    async def tools(self) -> list[tuple[str, dict]]:
        """Name and input schema of each tool."""
        raise NotImplementedError

    async def call(self, code: str, variables: dict) -> Outcome:
        raise NotImplementedError


@dataclasses.dataclass(frozen=True)
class Library:
    """A way to connect: to the server at a URL, or to one that a command starts. Wants logs of `level` or none, and
    tells `note` each one."""

    name: str
    connect: Callable[[list[str] | str, str | None, Callable[[Log], None]], AbstractAsyncContextManager[Client]]
    revision: str | None
    """The revision that it must negotiate; None if it does not tell."""
    is_silent: bool = True
    """True when it asks for no logs if its user does not."""

    def __str__(self) -> str:
        return self.name
