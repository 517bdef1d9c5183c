"""Every demo runs as it stands, and says what it is to say. Clients: see `clients` beside this folder."""

import importlib.metadata
import os
import pathlib
import re
import subprocess
import sys

import pytest
from support import product

DEMOS = pathlib.Path(__file__).parents[3] / "demos"
_IS_MODERN = int(importlib.metadata.version("mcp").split(".")[0]) >= 2


def run(path, *command) -> str:
    result = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        encoding="utf-8",
        timeout=2 * product.PATIENCE,
        env=product.environment(PATH=path),
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def run_on_terminal(path, *command) -> str:
    master, terminal = os.openpty()
    environment = product.environment(
        PATH=path, MCP_RUN_PYTHON_CACHE=product.CACHE, TERM="xterm-256color", LC_ALL="C.UTF-8"
    )
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(list(map(str, command)), stdout=terminal, env=environment, start_new_session=True) as process:
        os.close(terminal)
        written = b""
        try:
            while chunk := os.read(master, 1 << 16):
                written += chunk
        except OSError:
            pass  # nobody has the terminal open any more
        os.close(master)
        assert process.wait(product.PATIENCE) == 0
    return written.decode()


def client(path, name, *arguments) -> str:
    return run(path, sys.executable, DEMOS / "clients" / name, *arguments)


def test_pydantic_ai(path):
    said = client(path, f"pydantic_ai_{2 if _IS_MODERN else 1}.py")
    assert said.startswith("The mean is: ")
    assert "67.66666666666667" in said


def test_fastmcp(path):
    assert "285" in client(path, "fastmcp_client.py")


@pytest.mark.skipif(_IS_MODERN, reason="the demo is for the SDK's first version")
def test_the_official_sdk(path):
    lines = client(path, "official_sdk.py").splitlines()
    assert lines[:3] == [f"stdout: step {n}" for n in range(3)]
    assert "42" in lines


@pytest.mark.skipif(_IS_MODERN, reason="the demo is for the SDK's first version")
def test_the_official_sdk_over_http(path, wires):
    assert "42" in client(path, "official_sdk.py", wires.shared_http("streamable-http").url).splitlines()


@pytest.mark.skipif(_IS_MODERN, reason="the demo is for the SDK's first version")
def test_images(path):
    first, second = client(path, "images.py").splitlines()
    assert first == "<status>success</status>"
    assert re.fullmatch(r"image/png, \d{4,} bytes", second)


def test_matplotlib_in_the_repl(path, tmp_path):
    file = tmp_path / "a picture.png"
    assert run(path, DEMOS / "matplotlib", file) == ""
    assert file.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    file.unlink()
    picture, said = run_on_terminal(path, DEMOS / "matplotlib", file).split("image 1: ")
    assert picture.count("▀") > 100
    assert f"Saved image 1 to {file}." in said
    assert file.exists()


def test_the_one_liner(path):
    assert run(path, DEMOS / "one-liner") == "('Grace', 85)\n"


def test_the_isolation(path):
    said = run(path, DEMOS / "isolation")
    assert said.count("failed as it should") == 8
    assert "CVE-2026-25905" in said and "CVE-2026-25904" in said
    assert "WORKED" not in said


def test_the_swift_program(path):
    program = pathlib.Path(product.EXECUTABLE).parent / "embed-demo"
    assert run(path, program).splitlines() == [
        "Python says: 3 ages",
        "mean 67.66666666666667, deviation 22.425184255405547",
        "the sandbox 4, its fork 13, another process 9",
    ]
