"""Reading, opening and writing the user's files below a mount, beside `cat FILE | wc -c`."""

from __future__ import annotations

import pathlib
import subprocess
import tempfile
import time

from figures import Figure, at_least, at_most
from server import Server

MIB = 1 << 20
SMALL = 10_000

READ = """
import time
start = time.perf_counter()
with open("/mnt/data/large", "rb") as file:
    while file.read(1 << 20): pass
time.perf_counter() - start"""

OPEN = f"""
import time
start = time.perf_counter()
for number in range({SMALL}):
    with open(f"/mnt/data/small/{{number}}") as file: file.read()
time.perf_counter() - start"""

WRITE = """
import time
block = bytes(1 << 20)
start = time.perf_counter()
with open("/mnt/data/written", "wb") as file:
    for _ in range(COUNT): file.write(block)
time.perf_counter() - start"""


def measure(quick: bool) -> list[Figure]:
    size = 256 if quick else 1024
    rounds = 2 if quick else 5
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with open(folder / "large", "wb") as large:
            for _ in range(size):
                large.write(bytes(MIB))
        (folder / "small").mkdir()
        for number in range(SMALL):
            (folder / f"small/{number}").write_text("small")
        with Server("--mount", f"{folder}:/mnt/data:rw") as server:
            plain = min(_cat(folder / "large") for _ in range(rounds))
            read = min(_seconds(server, READ) for _ in range(rounds))
            opened = min(_seconds(server, OPEN) for _ in range(rounds))
            written = min(_seconds(server, WRITE.replace("COUNT", str(size))) for _ in range(rounds))
    return [
        Figure("mount: cat FILE | wc -c", size / plain, "MiB/s"),
        at_least("mount: reading a file, as a share of that", plain / read, "", 0.33),
        Figure("  which is", size / read, "MiB/s"),
        at_most(f"mount: opening {SMALL:,} small files", opened, "s", 2),
        at_least("mount: writing through, as a share of reading", read / written, "", 0.5),
    ]


def _seconds(server: Server, code: str) -> float:
    """The time that the code has measured itself."""
    return server.use("run_python_code", {"python_code": code})["structuredContent"]["return_value"]


def _cat(path: pathlib.Path) -> float:
    start = time.perf_counter()
    subprocess.run(f"cat '{path}' | wc -c", shell=True, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
