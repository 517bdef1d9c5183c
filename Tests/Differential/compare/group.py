"""Runs the programs of an area, by interpreters that they share where one leaves nothing to the next."""

import contextlib
import dataclasses
from collections.abc import Iterator

from compare import ours
from compare.corpus import Program
from compare.ours import Tool
from compare.outcome import Outcome
from compare.plain import Plain
from compare.servers import Servers


class Group:
    """An area's programs need the same; `servers` are there for those that need the network."""

    def __init__(self, packages: str, servers: Servers | None, ways: list[str]) -> None:
        self._ways = ways
        self._servers = servers
        self._options = packages, servers.network if servers else "none"
        self._environment = servers.environment if servers else {}
        # One for each way: what the one has imported the other would find.
        self._plain: dict[str, Plain] = {}
        self._tools: dict[str, Tool] = {}

    def __enter__(self) -> "Group":
        return self

    def __exit__(self, *_: object) -> None:
        for plain in self._plain.values():
            plain.close()
        for tool in self._tools.values():
            tool.end()

    def compare(self, program: Program) -> Iterator[tuple[str, list[str]]]:
        """For each way of the product: what differs from plain Pyodide."""
        if self._servers:
            program = dataclasses.replace(program, code=self._servers.fill(program.code))
        if tools := [way for way in self._ways if way != "prompt"]:
            right = self._by_plain(program, "tool")
            for state in tools:
                yield state, self._differences(self._by_tool(program, state), right)
        if "prompt" in self._ways:
            right = self._by_plain(program, "prompt")
            yield "prompt", self._differences(ours.prompt(program, *self._options, **self._environment), right)

    def _differences(self, ours: Outcome, plain: Outcome) -> list[str]:
        if self._servers:
            ours, plain = ours.mapped(self._servers.hide), plain.mapped(self._servers.hide)
        return ours.differences(plain)

    def _by_plain(self, program: Program, way: str) -> Outcome:
        if program.wants_own:
            with contextlib.closing(Plain(*self._options, **self._environment)) as plain:
                return plain.run(program, way)
        if way not in self._plain or self._plain[way].has_ended:
            self._plain[way] = Plain(*self._options, **self._environment)
        return self._plain[way].run(program, way)

    def _by_tool(self, program: Program, state: str) -> Outcome:
        # A run of `reset` finds what the first one found, whatever the one before it has done.
        if program.is_alone and state == "keep":
            tool = Tool(state, *self._options, **self._environment)
            try:
                return tool.run(program)
            finally:
                tool.end()
        if state not in self._tools:
            self._tools[state] = Tool(state, *self._options, **self._environment)
        return self._tools[state].run(program)
