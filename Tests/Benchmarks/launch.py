"""From nothing to a first result: whole processes, the rivals in turn."""

from __future__ import annotations

import os
import statistics
import pathlib
import subprocess
import tempfile
import time
import zipfile

from figures import Figure, at_least, median
from product import ERYX, EXECUTABLE, FRAME, RUNTIME

ERYX_CODE = "import eryx; print(eryx.Sandbox().execute('print(1 + 1)').stdout)"


def measure(quick: bool) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return _measure(quick, _plain_library(pathlib.Path(folder)))


def _plain_library(folder: pathlib.Path) -> pathlib.Path:
    """The standard library as Pyodide brings it: our runtime has bytecode in it, the original has none."""
    plain = folder / "python_stdlib.zip"
    with (
        zipfile.ZipFile(RUNTIME / "pyodide/python_stdlib.zip") as ours,
        zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as theirs,
    ):
        for entry in ours.infolist():
            if not entry.filename.endswith(".pyc"):
                theirs.writestr(entry, ours.read(entry))
    return plain


def _measure(quick: bool, library: pathlib.Path) -> list[Figure]:
    small = {"ours": _ours("1 + 1"), "original": _original("", "1 + 1", library)}
    if ERYX and subprocess.run([ERYX, "-c", "import eryx"], capture_output=True).returncode == 0:
        small["pyeryx"] = [ERYX, "-c", ERYX_CODE]
    pandas = {"ours": _ours(FRAME, "--deps", "pandas"), "original": _original("pandas", FRAME, library)}
    ones = _rounds(small, 3 if quick else 9)
    frames = _rounds(pandas, 2 if quick else 5)
    plain = _rounds({"plain": _ours("1 + 1", "--no-snapshot")}, 2 if quick else 3)["plain"]
    figures = [
        median("repl -c '1 + 1'", ones["ours"], "s"),
        median("  the original's path", ones["original"], "s"),
        at_least("  times faster than the original's path", _ratio(ones, "original"), "", 8),
    ]
    if eryx := ones.get("pyeryx"):
        figures += [
            median("  pyeryx, first execution", eryx, "s"),
            at_least("  times faster than pyeryx", _ratio(ones, "pyeryx"), "", 1),
        ]
    return figures + [
        median("  without a snapshot", plain, "s"),
        median("repl --deps pandas -c, one DataFrame", frames["ours"], "s"),
        median("  the original's path", frames["original"], "s"),
        at_least("  times faster than the original's path", _ratio(frames, "original"), "", 10),
    ]


def _ours(code: str, *options: str) -> list[str]:
    return [EXECUTABLE, "repl", *options, "-c", code]


def _original(packages: str, code: str, library: pathlib.Path) -> list[str]:
    script = os.path.join(os.path.dirname(__file__), "original.mjs")
    options = ["run", "--quiet", "--no-config", "--allow-read", "--allow-env", "--allow-sys"]
    return [str(RUNTIME / "deno"), *options, script, str(RUNTIME / "pyodide"), str(library), packages, code]


def _rounds(commands: dict[str, list[str]], count: int) -> dict[str, list[float]]:
    """Seconds of each command, one after the other in every round; the first round warms the caches."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(count + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
            taken = time.perf_counter() - start
            assert result.returncode == 0 and result.stdout.strip(), f"{name}: {result.stderr}"
            if round_:
                times[name].append(taken)
    return times


def _ratio(times: dict[str, list[float]], rival: str) -> float:
    return statistics.median(times[rival]) / statistics.median(times["ours"])
