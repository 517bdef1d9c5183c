"""The tools that go back in time, as a raw peer uses them, and a session that pickling would lose."""

import pathlib

STUBBORN = """\
while True:
    try:
        print('busy')
        while True: pass
    except KeyboardInterrupt:
        pass"""
"""Has to be killed, once it has said that it is busy."""

SESSION = """\
import io, random
def count():
    for number in range(100): yield number
numbers = count(); next(numbers)
def counter():
    total = 0
    def add(): nonlocal total; total += 1; return total
    return add
add = counter(); add()
class Square:
    side = 3
    def __repr__(self): return f"square {self.side}"
square = Square()
random.seed(7)
text = io.StringIO(); text.write("in memory")
file = open("/tmp/notes", "w+"); file.write("not flushed")
None"""
"""Makes what has to survive, without packages."""

LOOK = """\
[next(numbers), add(), repr(square), type(square) is Square, random.random(), text.write("!"), text.getvalue(),
 file.write("!"), file.seek(0), file.read()]"""
"""Asks after all of it, and moves it on: another look sees something else."""

PACKAGES = "pandas,scikit-learn"

WORLD = f"""\
{SESSION}
import numpy as np, pandas as pd
from sklearn.linear_model import LinearRegression
frame = pd.DataFrame({{"a": range(1000), "when": pd.date_range("2024-01-01", periods=1000)}})
rows = frame.itertuples(); next(rows)
model = LinearRegression().fit(np.arange(10).reshape(-1, 1), np.arange(10) * 3)
generator = np.random.default_rng(1); generator.random(5)
legacy = np.random.RandomState(2); legacy.rand()
None"""
"""The same, and what lives in the libraries of `PACKAGES`."""

LOOK_AROUND = f"""\
frame.loc[len(frame)] = [7, frame.when.max()]
[*{LOOK}, int(frame.a.sum()), len(frame), frame.set_index("when").a.resample("365D").sum().tolist(), next(rows).a,
 model.predict([[7]]).round(6).tolist(), generator.random(), legacy.rand()]"""
"""Asks after all of that, and moves it on."""

SPOIL = """\
import os
numbers.close(); text.close(); file.close(); os.remove("/tmp/notes")
del model, frame, Square
square.side = 9; generator.random(100); legacy.rand(100)"""


def use(peer, tool: str, **arguments: object) -> dict:
    """The result of a tool."""
    return peer.ask("tools/call", {"name": tool, "arguments": arguments})["result"]


def told(peer, tool: str, **arguments: object) -> dict:
    result = use(peer, tool, **arguments)
    assert not result.get("isError"), result
    return result["structuredContent"]


def refused(peer, tool: str, **arguments: object) -> str:
    result = use(peer, tool, **arguments)
    assert result["isError"], result
    return result["content"][0]["text"]


def run(peer, code: str, session: str | None = None, undoable: bool = False) -> object:
    """The value of code that succeeds, in the session of that name; saved before the next run if it is `undoable`."""
    arguments = {"python_code": code} | ({"session": session} if session else {})
    request = {"name": "run_python_code", "arguments": arguments}
    result = peer.ask("tools/call", request, undoable=undoable)["result"]
    assert not result.get("isError"), result
    result = result["structuredContent"]
    assert result["status"] == "success", result
    return result.get("return_value")


def with_file(peer, tool: str, path: pathlib.Path | str, **arguments: object) -> dict:
    """The answer of a tool that is to write or to read a file."""
    meta = peer.meta() | {"mcp-run-python/file": str(path)}
    return peer.ask("tools/call", {"name": tool, "arguments": arguments, "_meta": meta})
