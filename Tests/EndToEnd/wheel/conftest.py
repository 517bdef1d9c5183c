"""The wheel of the executable under test, and programs that import it."""

import os
import pathlib
import subprocess
import sys

import pytest
from support import product

ROOT = pathlib.Path(__file__).parents[3]
PACKING = 60 * product.PATIENCE
"""Seconds. `Tests/run` has built the generator of the man page; a test that is run by hand may have to."""


def pack(output: pathlib.Path, **changes: object) -> pathlib.Path:
    """Packs the wheel into a folder."""
    result = subprocess.run(
        [ROOT / ".ci/package", "--executable", product.EXECUTABLE, "--output", output, "wheel"],
        capture_output=True,
        encoding="utf-8",
        timeout=PACKING,
        env=os.environ | {name: str(value) for name, value in changes.items()},
    )
    assert result.returncode == 0, result.stderr
    return pathlib.Path(result.stdout.strip())


def pip(python: object, *arguments: object) -> None:
    """Runs the pip of a Python to its successful end."""
    result = subprocess.run(
        [python, "-m", "pip", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=10 * product.PATIENCE,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> pathlib.Path:
    return pack(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="session")
def site(wheel, tmp_path_factory) -> pathlib.Path:
    """A folder with the installed wheel, without what it depends on: that is in this environment."""
    folder = tmp_path_factory.mktemp("site")
    pip(sys.executable, "install", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


@pytest.fixture(scope="session")
def deno() -> pathlib.Path:
    """The folder of the runtime, for a PATH on which there is `deno`."""
    (folder,) = (product.CACHE / "runtime").iterdir()
    return folder


@pytest.fixture
def environment(site, deno):
    """The environment of a program that imports the module."""
    path = os.pathsep.join([str(deno), "/usr/bin", "/bin"])
    return product.environment(PYTHONPATH=site, PATH=path, PYTHONDONTWRITEBYTECODE=1)


@pytest.fixture
def program(environment):
    """Runs a program with the module to its end."""

    def run(source: str, *options: str, status: int = 0, **changes: object) -> str:
        result = subprocess.run(
            [sys.executable, *options, "-c", source],
            capture_output=True,
            encoding="utf-8",
            timeout=2 * product.PATIENCE,
            env=environment | {name: str(value) for name, value in changes.items()},
        )
        assert result.returncode == status, result.stderr
        return result.stderr if status else result.stdout

    return run


@pytest.fixture
def evaluate(program):
    """Runs a program that is given as the body of a coroutine, and gives the value that it returns."""

    def run(body: str, *options: str, **changes: object):
        lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
        source = f"import asyncio\nfrom mcp_run_python import *\nasync def main():\n{lines}print(ascii(asyncio.run(main())))"
        return eval(program(source, *options, **changes).splitlines()[-1])

    return run
