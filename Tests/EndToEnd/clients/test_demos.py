"""The demos of clients run as they stand, and say what they are to say."""

import importlib.metadata
import pathlib
import re
import sys

import pytest
from support.demos import run

DEMOS = pathlib.Path(__file__).parents[3] / "demos" / "clients"
_IS_MODERN = int(importlib.metadata.version("mcp").split(".")[0]) >= 2


def client(path, name, *arguments) -> str:
    return run(path, sys.executable, DEMOS / name, *arguments)


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
