"""The saved state of a sandbox."""

from __future__ import annotations as _annotations

import os
import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Checkpoint:
    """Python's memory, its loaded libraries and its files, as the difference from a new one.

    It can be kept, sent elsewhere and gone on from many times. That needs the same dependencies, the same
    version of mcp-run-python and the same cache folder. It is checked when a sandbox goes on from it.
    It holds all that the code had in its variables, so protect it as you would protect them.
    """

    data: bytes = field(repr=False)
    """The content of its file."""

    @classmethod
    def read(cls, file: str | os.PathLike[str]) -> Checkpoint:
        """Reads a file that `write` or the prompt's `:checkpoint --save` has written."""
        with open(file, 'rb') as opened:
            return cls(opened.read())

    def write(self, file: str | os.PathLike[str]) -> None:
        """Writes a file that only this user can read; an existing one is replaced as a whole."""
        temporary = f'{os.fspath(file)}.{secrets.token_hex(8)}'
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, 'wb') as opened:
                opened.write(self.data)
            os.replace(temporary, file)
        except BaseException:
            os.unlink(temporary)
            raise
