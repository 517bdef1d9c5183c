"""Running a demo as its reader would."""

import subprocess

from support import product


def run(path: str, *command: object) -> str:
    """Run a demo to its successful end, with the product on its PATH; gives what it wrote to stdout."""
    result = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        encoding="utf-8",
        timeout=2 * product.PATIENCE,
        env=product.environment(PATH=path),
    )
    assert result.returncode == 0, result.stderr
    return result.stdout
