"""The picture in README shows what the screen shows today."""

import html
import pathlib
import re
import subprocess
import sys

from support import product

DEMO = pathlib.Path(__file__).parents[3] / "demos/picture"


def shown(picture: pathlib.Path) -> list[str]:
    """The rows of the picture's text without what differs from time to time: numbers, and the list of messages."""
    rows: dict[str, list[tuple[float, str]]] = {}
    for left, top, text in re.findall(r'<text x="([\d.]+)" y="(\d+)"[^>]*>(.*?)</text>', picture.read_text()):
        rows.setdefault(top, []).append((float(left), html.unescape(text)))
    lines = ["".join(text for _, text in sorted(row)) for row in rows.values()]
    assert any("tools/call run_python" in line for line in lines)
    lines = [re.sub(r"\d\d:\d\d:\d\d.*", "", line) for line in lines]
    lines = [re.sub(r"[\d.]+ (µs|ms|s|MB)\b", "N", line) for line in lines]
    return [" ".join(line.split()) for line in lines]


def test_the_picture(tmp_path):
    subprocess.run([product.EXECUTABLE, "install", "--deps", "pandas"], check=True, env=product.environment())
    drawn = tmp_path / "screen.svg"
    subprocess.run(
        [sys.executable, DEMO / "draw", drawn],
        check=True,
        timeout=5 * product.PATIENCE,
        env=product.environment(MCP_RUN_PYTHON=product.EXECUTABLE),
    )
    assert shown(DEMO / "screen.svg") == shown(drawn)
