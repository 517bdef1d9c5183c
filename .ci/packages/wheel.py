"""The wheel: the executable with its pages, and the Python module as it stands in the repository."""

import base64
import csv
import hashlib
import io
import os
import pathlib

from common import (
    COMPLETIONS,
    MANUAL,
    ROOT,
    SERVER,
    Files,
    completions,
    license,
    manual,
    output,
    remove_former,
    zipped,
)
from common import version as version_of
from parts import licences

MODULE = ROOT / "Sources/python/mcp_run_python"
PAGE = ROOT / "Sources/python/Documentation.docc/PythonModule.md"
NAME = "mcp_run_python_swift"
TAG = "py3-none-manylinux_2_34_x86_64"

METADATA = """\
Metadata-Version: 2.1
Name: mcp-run-python-swift
Version: {version}
Summary: An MCP server that runs untrusted Python in a sandbox, and its Python API
License: MIT
License-File: LICENSE
Keywords: mcp,sandbox,pyodide,deno,wasm
Classifier: Development Status :: 4 - Beta
Classifier: License :: OSI Approved :: MIT License
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: Python :: 3
Classifier: Programming Language :: Python :: 3 :: Only
Classifier: Typing :: Typed
Requires-Python: >=3.10
Requires-Dist: mcp>=1.26
Requires-Dist: pip
Provides-Extra: pydantic-ai
Requires-Dist: pydantic-ai-slim[mcp]>=1; extra == "pydantic-ai"
Description-Content-Type: text/markdown

{description}
<!-- mcp-name: {server} -->
"""

WHEEL = f"Wheel-Version: 1.0\nGenerator: mcp-run-python\nRoot-Is-Purelib: false\nTag: {TAG}\n"

# Uvx runs the script that has the name of the package, and MCP clients start it so.
SCRIPTS = """\
[console_scripts]
mcp-run-python = mcp_run_python._cli:cli
mcp-run-python-swift = mcp_run_python._cli:cli
"""


def contents(executable: pathlib.Path, generator: pathlib.Path, version: str) -> Files:
    """The files of the wheel by their names, each with its mode."""
    files: Files = {}
    listed = output("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", MODULE)
    for path in (ROOT / name for name in listed.splitlines()):
        is_program = os.access(path, os.X_OK)
        files[f"mcp_run_python/{path.relative_to(MODULE)}"] = path.read_bytes(), 0o755 if is_program else 0o644
    files["mcp_run_python/bin/mcp-run-python"] = executable.read_bytes(), 0o755
    data = f"{NAME}-{version}.data/data"
    files[f"{data}/{MANUAL}"] = manual(executable, generator), 0o644
    for shell, place in COMPLETIONS.items():
        files[f"{data}/{place}"] = completions(executable, shell), 0o644
    info = f"{NAME}-{version}.dist-info"
    metadata = METADATA.format(version=version, description=PAGE.read_text(encoding="utf-8"), server=SERVER)
    for name, text in (("METADATA", metadata), ("WHEEL", WHEEL), ("entry_points.txt", SCRIPTS)):
        files[f"{info}/{name}"] = text.encode(), 0o644
    files[f"{info}/licenses/LICENSE"] = license(), 0o644
    for library, text in licences(executable).items():
        files[f"{info}/licenses/{library}/copyright"] = text, 0o644
    files[f"{info}/RECORD"] = record(files, f"{info}/RECORD"), 0o644
    return files


def record(files: Files, itself: str) -> bytes:
    """The list of all files with their digests and sizes; its own line has none."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    for name, (data, _) in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        writer.writerow([name, f"sha256={digest}", len(data)])
    writer.writerow([itself, "", ""])
    return lines.getvalue().encode()


def wheel(executable: pathlib.Path, generator: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Writes the wheel, and removes those of other versions."""
    version = version_of(executable)
    files = contents(executable, generator, version)
    remove_former(folder, f"{NAME}-*.whl")
    file = folder / f"{NAME}-{version}-{TAG}.whl"
    # The metadata comes last, so that it can be found and replaced quickly.
    zipped(file, {name: files[name] for name in sorted(files, key=lambda name: (".dist-info/" in name, name))})
    return file
