"""The files that are carried away: the release executable, and the result of `demos/install`."""

import pathlib
import subprocess

import pytest
from support import product

ROOT = pathlib.Path(__file__).parents[3]
BUILDING = 60 * product.PATIENCE
"""Seconds. `Tests/run` has built everything before; a test that is run by hand may have to."""


@pytest.fixture(scope="session")
def installed(release, tmp_path_factory) -> pathlib.Path:
    """A prefix that the product was installed under."""
    prefix = tmp_path_factory.mktemp("prefix")
    install("--prefix", prefix)
    return prefix


def install(*arguments: object, status: int = 0, **changes: object) -> str:
    """Runs `demos/install`; gives what it said, or its complaint if it is to fail."""
    result = subprocess.run(
        [ROOT / "demos/install", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=BUILDING,
        env=product.environment(**changes),
    )
    assert result.returncode == status, result.stdout + result.stderr
    return result.stderr if status else result.stdout
