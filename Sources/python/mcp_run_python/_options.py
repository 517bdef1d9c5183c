"""The options of a server as words of its command line."""

from __future__ import annotations as _annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ._executable import cache_words

State: TypeAlias = Literal['reset', 'keep', 'fresh']
"""The state that a run leaves for the next one: its files below `/work`, everything, or nothing."""


@dataclass(frozen=True)
class Limits:
    """The time, memory and output that code may use; None is the server's default."""

    timeout: float | None = None
    """Seconds that a run may take; 0 for any time."""
    memory: int | None = None
    """Megabytes of Python's memory."""
    max_output: int | None = None
    """Bytes that a run may print; the rest is dropped."""
    max_rss: int | None = None
    """Megabytes of the interpreter's whole process."""

    def words(self) -> list[str]:
        """The options of the command line."""
        options = {
            '--timeout': self.timeout,
            '--memory': self.memory,
            '--max-output': self.max_output,
            '--max-rss': self.max_rss,
        }
        return [word for name, value in options.items() if value is not None for word in (name, str(value))]


def dependency_words(dependencies: Sequence[str] | None) -> list[str]:
    """The options for packages, one for each: a version may have commas in it."""
    return [word for dependency in dependencies or () for word in ('--deps', dependency)]


def server_words(
    command: str,
    *,
    dependencies: Sequence[str] | None,
    allow_networking: bool,
    return_mode: str = 'xml',
    state: State = 'reset',
    limits: Limits | None = None,
    mounts: Sequence[str] = (),
    http_host: str | None = None,
    http_port: int | None = None,
) -> list[str]:
    """The words after the executable; only those that differ from its defaults."""
    words = [command, *dependency_words(dependencies)]
    if not allow_networking:
        words.append('--disable-networking')
    if state == 'keep':
        words.append('--checkpoints')
    elif state != 'reset':
        words += ['--state', state]
    if limits:
        words += limits.words()
    words += [word for mount in mounts for word in ('--mount', mount)]
    if return_mode != 'xml':
        words += ['--return-mode', return_mode]
    if http_host is not None:
        words += ['--host', http_host]
    if http_port is not None:
        words += ['--port', str(http_port)]
    return words + cache_words()
