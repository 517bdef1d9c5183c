"""The differences that are wanted, each with its reason. One that is not there any more is a failure."""

import dataclasses

from compare.ours import WAYS


@dataclasses.dataclass(frozen=True)
class Wanted:
    reason: str
    programs: tuple[str, ...]
    """Names with their areas."""
    ways: tuple[str, ...] = WAYS


TOOL = ("reset", "keep")

WANTED = [
    Wanted(
        "Under `keep` a value can be used again, so nothing is taken out of it to show it.",
        (
            "values/generator",
            "values/generator-in-list",
            "values/map",
            "values/zip",
            "values/enumerate",
            "values/reversed",
            "values/list-iterator",
            "values/file-object",
            "values/reader",
            "files/write-and-read",
            "numpy/iterator",
            "pandas/iterrows",
        ),
        ("keep",),
    ),
    Wanted(
        "Plain Pyodide takes an endless iterator's items until no memory is left; it has no more JSON than a cycle has.",
        ("values/endless-iterator",),
        TOOL,
    ),
    Wanted(
        "A lone surrogate is no text that JSON can carry to every client, so another character stands for it.",
        ("values/lone-surrogate",),
        TOOL,
    ),
    Wanted(
        "A semicolon at the end hides the value at the prompt, too, as in notebooks.",
        ("values/semicolon-quiets",),
        ("prompt",),
    ),
    Wanted(
        "A value is shown when its block has ended, so that the block is no frame of an error in its `repr`.",
        ("values/repr-raises", "values/repr-raises-in-list"),
        ("prompt",),
    ),
    Wanted(
        "Plain Pyodide makes a RuntimeError of StopIteration, because it runs the code in a coroutine; Python does not.",
        ("errors/stop-iteration",),
        TOOL,
    ),
    Wanted(
        "A warning shows the line that it is about, as in a file; plain Pyodide does not know the line.",
        (
            "errors/type-error-not-callable",
            "language/invalid-escape",
            "language/is-literal-warning",
            "language/assert-tuple",
        ),
        TOOL,
    ),
    Wanted(
        "The debugger shows the lines of the code; plain Pyodide gives it none.",
        ("introspection/pdb-scripted", "introspection/pdb-post-mortem"),
        TOOL,
    ),
    Wanted(
        "The question of `input()` goes to the client who is asked, and is no output.",
        ("introspection/input-without-answer", "introspection/pdb-eof"),
    ),
    Wanted(
        "`time.sleep` refuses what it refuses in Python; plain Pyodide's does not.",
        ("times/time-sleep-errors",),
    ),
    Wanted(
        "Packages are in a folder of their own.",
        ("introspection/sys-path", "files/tree-listing"),
    ),
    Wanted(
        "A value of more than 10 Mi characters is the beginning of its `repr`, as SECURITY says.",
        ("numpy/very-large-array",),
        TOOL,
    ),
    Wanted(
        "The prompt shows a figure as it is after each block.",
        ("matplotlib/savefig", "matplotlib/svg"),
        ("prompt",),
    ),
    Wanted(
        "What is written to the terminal's device is output; plain Pyodide writes it to the console.",
        ("introspection/tty-device",),
    ),
    Wanted(
        "Plain Pyodide reaches no server by `urllib` and `http.client`; here both go by the guest's fetch.",
        (
            "net_urllib/urlopen",
            "net_urllib/urlopen-404",
            "net_urllib/urlopen-post",
            "net_urllib/urlopen-refused",
            "net_urllib/urlopen-tls",
            "net_urllib/http-client",
            "net_urllib/urlretrieve",
        ),
    ),
    Wanted(
        "pandas brings the time zones that its own metadata asks for.",
        ("pandas/time-zone",),
    ),
    Wanted(
        "The current folder is `/work`, whose files live on from run to run.",
        ("files/cwd",),
    ),
    Wanted(
        "matplotlib is told how to draw before it is imported.",
        ("files/environ-names",),
    ),
    Wanted(
        "A starred expression alone is a SyntaxError in Python; plain Pyodide compiles it as part of something else.",
        ("errors/syntax-starred",),
        TOOL,
    ),
    Wanted(
        "The error is the tool's result whatever `sys.excepthook` is; with a hook, plain Pyodide's has no text.",
        ("errors/excepthook",),
        TOOL,
    ),
    Wanted(
        "At the prompt an error goes to `sys.excepthook`, as at Python's own; plain Pyodide asks no hook.",
        ("errors/excepthook",),
        ("prompt",),
    ),
    Wanted(
        "A loop of the code's own works without complaints about Pyodide's.",
        ("aio/loop-run-until-complete",),
    ),
    Wanted(
        "`asyncio.Runner` waits in the loop that runs; plain Pyodide refuses to.",
        ("aio/runner", "aio/runner-closed", "aio/unittest-async"),
    ),
    Wanted(
        "The message is the one of Python's own `asyncio.run`.",
        ("aio/run-not-a-coroutine",),
    ),
    Wanted(
        "An image has its packages imported already, so a part of one is there without its own import.",
        ("matplotlib/import-only",),
    ),
]


def reason_for(program: str, way: str) -> str | None:
    """The reason why this program may have another outcome in this way; None if it may not."""
    return next((entry.reason for entry in WANTED if program in entry.programs and way in entry.ways), None)


def unknown(names: set[str]) -> set[str]:
    """The programs of the list that do not exist."""
    return {program for entry in WANTED for program in entry.programs} - names
