"""The sizes of the files on the disk."""

from __future__ import annotations

import json
import pathlib

from figures import Figure
from product import CACHE, EXECUTABLE


def measure(_quick: bool) -> list[Figure]:
    figures = [Figure("executable", _megabytes(pathlib.Path(EXECUTABLE).resolve()), "MB")]
    for name, dependencies in (("image without extra packages", []), ("image with pandas", ["pandas"])):
        image = _image(dependencies)
        figures += [
            Figure(name, sum(map(_megabytes, image.rglob("*"))), "MB"),
            Figure("  its snapshot", _megabytes(image / "snapshot"), "MB"),
        ]
    # These are here once `.ci/package` has built them.
    packages = pathlib.Path(__file__).parents[2] / ".build-packages"
    endings = (".whl", ".deb", ".tar.gz", ".mcpb", "-image.tar")
    return figures + [
        Figure(f"package {ending}", _megabytes(file), "MB") for ending in endings for file in packages.glob(f"*{ending}")
    ]


def _image(dependencies: list[str]) -> pathlib.Path:
    """The newest image of these."""
    manifests = sorted(CACHE.glob("images/*/image.json"), key=lambda path: path.stat().st_mtime)
    wanted = [path for path in manifests if json.loads(path.read_text())["dependencies"] == dependencies]
    return wanted[-1].parent


def _megabytes(path: pathlib.Path) -> float:
    return path.stat().st_size / 1e6 if path.is_file() else 0
