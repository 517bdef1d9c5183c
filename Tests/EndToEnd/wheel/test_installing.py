"""Installers take the wheel by its file and the rest by name: pip for each Python that is there, uv and pipx."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from support import product

from .conftest import pip

PROGRAM = """
import asyncio
from mcp_run_python import code_sandbox

async def main():
    async with code_sandbox(dependencies=['numpy']) as sandbox:
        print(await sandbox.eval('import numpy\\na = numpy.array([1, 2, 3])\\nprint(a)\\na'))

asyncio.run(main())
"""
"""The program of the original's README."""

RESULT = "{'status': 'success', 'output': ['[1 2 3]'], 'return_value': [1, 2, 3]}\n"


def pythons() -> list[str]:
    """One Python of each version from 3.10 on: those on the PATH and beside the one that runs this."""
    places = os.environ["PATH"].split(os.pathsep)
    versions = pathlib.Path(sys.base_prefix).parent
    places += [str(folder / "bin") for folder in versions.iterdir()] if versions.name == "versions" else []
    found: dict[int, str] = {}
    for place in places:
        for file in sorted(pathlib.Path(place).glob("python3.*")):
            minor = re.fullmatch(r"python3\.(\d+)", file.name)
            if minor and int(minor[1]) >= 10 and int(minor[1]) not in found and works(file):
                found[int(minor[1])] = str(file)
    return [found[minor] for minor in sorted(found)]


def works(python: pathlib.Path) -> bool:
    """Some names are shims for a version that is not chosen, and some Pythons have no venv."""
    return subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0


def fresh(python: str, folder: pathlib.Path) -> pathlib.Path:
    """Makes a virtual environment, and gives the folder of its programs."""
    subprocess.run([python, "-m", "venv", folder], check=True, timeout=product.PATIENCE)
    return folder / "bin"


def run(*command: object, timeout: float = 10 * product.PATIENCE, **changes: object) -> str:
    """Runs a command to its successful end, with the system's PATH."""
    result = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        env=product.environment(**{"PATH": "/usr/bin:/bin", **changes}),
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def check_environment(wheel: pathlib.Path, bin: pathlib.Path) -> None:
    pip(bin / "python", "install", "-q", wheel)
    version = product.run("--version").stdout
    assert run(bin / "mcp-run-python", "--version") == version
    assert run(bin / "python", "-m", "mcp_run_python", "--version") == version
    assert run(bin / "python", "-c", PROGRAM) == RESULT
    prefix = bin.parent
    assert (prefix / "share/man/man1/mcp-run-python.1").exists()
    pip(bin / "python", "uninstall", "-q", "-y", "mcp-run-python-swift")
    left = [path for path in prefix.rglob("*") if re.search(r"mcp[-_]run[-_]python", path.name)]
    assert left == []


def test_a_fresh_environment(wheel, tmp_path):
    check_environment(wheel, fresh(sys.executable, tmp_path / "venv"))


@pytest.mark.long
@pytest.mark.parametrize("python", pythons(), ids=lambda path: pathlib.Path(path).name)
def test_each_python(wheel, tmp_path, python):
    check_environment(wheel, fresh(python, tmp_path / "venv"))


@pytest.fixture(scope="module")
def tools(tmp_path_factory) -> pathlib.Path:
    """The folder with uvx and pipx."""
    bin = fresh(sys.executable, tmp_path_factory.mktemp("tools") / "venv")
    pip(bin / "python", "install", "-q", "uv", "pipx")
    return bin


def settings_for_uv() -> dict[str, str]:
    """The settings of pip as uv reads them."""
    found = {}
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, encoding="utf-8").stdout
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}
    for key, value in re.findall(r"^[\w:]+\.\.?([\w-]+)='(.*)'$", listed, re.MULTILINE):
        if key == "cert":
            found["SSL_CERT_FILE"] = value
        elif key in names:
            # Pip separates several by spaces or lines, and uv by commas or spaces.
            found[names[key]] = ",".join(value.replace("\\n", " ").split())
    return found


@pytest.mark.long
@pytest.mark.parametrize("tool", ["uvx", "pipx"])
def test_run_at_once_with_an_empty_cache(wheel, tools, tmp_path, tool):
    """Nothing is there but the tool: its environment is isolated, and the runtime is fetched by the pip in it."""
    words = [tools / "uvx", "--python", sys.executable, "--from", wheel, "mcp-run-python"]
    if tool == "pipx":
        words = [tools / "pipx", "run", "--python", sys.executable, "--spec", wheel, "mcp-run-python"]
    changes = {"HOME": tmp_path, "UV_PYTHON_DOWNLOADS": "never", "MCP_RUN_PYTHON_CACHE": tmp_path / "cache"}
    said = run(*words, "repl", "-c", "6 * 7", **changes | settings_for_uv())
    assert said == "42\n"
    assert any((tmp_path / "cache/runtime").iterdir())
    # The runtime is large, and pytest keeps what tests leave.
    shutil.rmtree(tmp_path / "cache")
