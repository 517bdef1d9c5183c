"""The library's module as a program of one's own finds it: what `swift build` made."""

import pathlib
import platform
import subprocess

from support import product

_BUILT = pathlib.Path(product.EXECUTABLE).resolve().parent
_CHECKOUTS = _BUILT.parents[1] / "checkouts"
_C_MODULES = ("swift-system/Sources/CSystem", "swift-subprocess/Sources/_SubprocessCShims")
SEARCH = ["-I", _BUILT / "Modules"] + [
    word
    for module in _C_MODULES
    for word in ("-Xcc", f"-fmodule-map-file={_CHECKOUTS}/{module}/include/module.modulemap")
]
"""The folder in which the compiler finds the modules."""

TARGET = f"{platform.machine()}-unknown-linux-gnu"


def compile_errors(source: str, folder: pathlib.Path) -> str:
    """The compiler's errors for a program; nothing when it is right."""
    file = folder / "main.swift"
    file.write_text(source)
    command = ["swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors", *SEARCH, file]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=10 * product.PATIENCE)
    assert (result.returncode == 0) == (not result.stderr)
    return result.stderr
