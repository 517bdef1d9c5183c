"""Runs programs that need the same packages: by interpreters that they share, where one leaves nothing to the next."""

from collections.abc import Iterator

from compare import ours
from compare.corpus import Program
from compare.ours import Tool
from compare.outcome import Outcome
from compare.plain import Plain


class Group:
    def __init__(self, packages: str, programs: list[Program]) -> None:
        self._packages = packages
        self._plain: Plain | None = None
        self._tools: dict[str, Tool] = {}

    def __enter__(self) -> "Group":
        return self

    def __exit__(self, *_: object) -> None:
        for process in filter(None, [self._plain, *self._tools.values()]):
            process.end()

    def compare(self, program: Program) -> Iterator[tuple[str, list[str]]]:
        """For each way of the product: what differs from plain Pyodide."""
        right = self._by_plain(program, "tool")
        for state in ("reset", "keep"):
            yield state, self._by_tool(program, state).differences(right)
        right = self._by_plain(program, "prompt")
        yield "prompt", ours.prompt(program, self._packages, "none").differences(right)

    def _by_plain(self, program: Program, way: str) -> Outcome:
        if not program.is_alone and self._plain:
            return self._plain.run(program, way)
        plain = Plain(self._packages, "")
        if not program.is_alone:
            self._plain = plain
        try:
            return plain.run(program, way)
        finally:
            if program.is_alone:
                plain.end()

    def _by_tool(self, program: Program, state: str) -> Outcome:
        # A run of `reset` finds what the first one found, whatever the one before it has done.
        if program.is_alone and state == "keep":
            tool = Tool(state, self._packages, "none")
            try:
                return tool.run(program)
            finally:
                tool.end()
        if state not in self._tools:
            self._tools[state] = Tool(state, self._packages, "none")
        return self._tools[state].run(program)
