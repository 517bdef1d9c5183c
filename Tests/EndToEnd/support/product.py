"""The product under test: where it is, and how to run it as a plain command.

Tests/run sets both variables; see there for how to run a single test by hand.
"""

import os
import pathlib
import subprocess

EXECUTABLE = os.environ["MCP_RUN_PYTHON"]
"""The absolute path of the executable."""

CACHE = pathlib.Path(os.environ["MCP_RUN_PYTHON_CACHE"])
"""A cache folder that has the runtime; shared by all tests, so that each image is built once."""

PATIENCE = 120
"""Seconds after which a thing that ought to happen counts as not happening, on a slow machine too."""

_FOREIGN = ("MCP_RUN_PYTHON", "PYTHON", "VIRTUAL_ENV", "COLUMNS", "LINES")
"""The variables of the tests: pytest's workers are told the width of a terminal that the product does not
have.
"""


def environment(**changes: object) -> dict[str, str]:
    """The environment of a child: the user's own, without what belongs to the tests, with `changes`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    kept["MCP_RUN_PYTHON_CACHE"] = str(CACHE)
    return kept | {name: str(value) for name, value in changes.items()}


def run(*arguments: object, stdin: str = "", timeout: float = 2 * PATIENCE, **changes: object):
    """Run the product to its end; gives `returncode`, `stdout` and `stderr`."""
    return subprocess.run(
        [EXECUTABLE, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        env=environment(**changes),
    )


def start(*arguments: object, stdin: int = subprocess.DEVNULL, **changes: object) -> subprocess.Popen:
    """Start the product and come back at once; its stdout and stderr are unbuffered pipes of bytes."""
    return subprocess.Popen(
        [EXECUTABLE, *map(str, arguments)],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        env=environment(**changes),
    )
