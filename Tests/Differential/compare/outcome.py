"""The outcome of a program, in the form in which both sides are compared."""

import dataclasses
import difflib
import re
from collections.abc import Callable

_BELOW = r"mcp_run_python/_\w+|_pyodide/_base|pyodide/webloop|asyncio/events|reference"
_FRAMES = re.compile(rf'(?m)^([ |]*)  File "(?:/lib/)?(?:python\d+\.zip/)?(?:{_BELOW})\.py".*\n(?:\1    .*\n)*')
"""Those from which the program is called, or its value is written."""

_OWN = re.compile(r"(?m)\b(at 0x|Task-)[0-9a-f]+\b|^(Ran \d+ tests? in ).*$")


@dataclasses.dataclass
class Outcome:
    """Parts with a name: what is None is not there."""

    output: str = ""
    value: str | None = None
    error: str | None = None
    status: int | None = None

    def mapped(self, change: Callable[[str], str]) -> "Outcome":
        """With every text changed."""
        parts = dataclasses.asdict(self).items()
        return Outcome(**{name: change(part) if isinstance(part, str) else part for name, part in parts})

    def differences(self, right: "Outcome") -> list[str]:
        """Lines that show both sides of each part that differs."""
        shown = []
        for field in dataclasses.fields(self):
            ours, plain = getattr(self, field.name), getattr(right, field.name)
            if ours != plain:
                shown += [f"{field.name}:", *_compare(ours, plain)]
        return shown


def tidy(text: str) -> str:
    """Without what no two interpreters have in common."""
    text = text.replace("/lib/python3.14/site-packages/", "/site/")
    return _OWN.sub(r"\1\2…", _FRAMES.sub("", text))


SHOWN = 2000
"""Characters of a line that are compared for what is shown of a difference."""


def _compare(ours: object, plain: object, most: int = 30) -> list[str]:
    left, right = (["(nothing)"] if side is None else str(side).split("\n") for side in (plain, ours))
    # Long texts are compared at their beginnings: a comparison of all takes for ever.
    first = next((i for i, pair in enumerate(zip(left, right)) if pair[0] != pair[1]), min(len(left), len(right)))
    left, right = left[max(first - 1, 0) : first + most], right[max(first - 1, 0) : first + most]
    left, right = ([line[:SHOWN] for line in side] for side in (left, right))
    lines = [line for line in difflib.ndiff(left, right) if not line.startswith("?")]
    changed = [i for i, line in enumerate(lines) if not line.startswith(" ")]
    near = [line for i, line in enumerate(lines) if any(abs(i - c) <= 1 for c in changed)]
    near = [line if len(line) <= 300 else f"{line[:300]} … {len(line)} characters" for line in near]
    near += [f"… {len(near) - most} more lines"] if len(near) > most else []
    return ["  " + line.replace("- ", "plain | ", 1) if line.startswith("- ") else
            "  " + line.replace("+ ", "ours  | ", 1) if line.startswith("+ ") else
            "        | " + line[2:] for line in near[:most]]
