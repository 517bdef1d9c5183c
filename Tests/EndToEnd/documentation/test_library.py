"""All of the library's public face is explained, and the examples in its comments compile."""

import json
import re
import subprocess

import pytest
from support import product

from .pages import ROOT
from .swift import SEARCH, TARGET, compile_errors


@pytest.fixture(scope="module")
def symbols(tmp_path_factory) -> list[dict]:
    folder = tmp_path_factory.mktemp("symbols")
    command = ["swift-symbolgraph-extract", "-module-name", "MCPRunPython", "-target", TARGET, *SEARCH]
    command += ["-minimum-access-level", "public", "-output-dir", folder]
    subprocess.run(command, check=True, timeout=10 * product.PATIENCE)
    symbols = json.loads((folder / "MCPRunPython.symbols.json").read_text())["symbols"]
    # The names that the compiler adds by itself.
    return [symbol for symbol in symbols if "::SYNTHESIZED::" not in symbol["identifier"]["precise"] and "location" in symbol]


def test_everything_public_has_a_comment(symbols):
    names = {".".join(symbol["pathComponents"]) for symbol in symbols}
    assert {"CodeSandbox", "CodeResult.success(_:)", "PreparedEnvironment.command"} <= names
    assert [".".join(symbol["pathComponents"]) for symbol in symbols if "docComment" not in symbol] == []


def test_what_throws_says_what(symbols):
    for symbol in symbols:
        declaration = "".join(fragment["spelling"] for fragment in symbol["declarationFragments"])
        if " throws" in declaration and "func" in declaration:
            comment = "\n".join(line["text"] for line in symbol["docComment"]["lines"])
            assert re.search(r"Throws|thrown", comment), declaration


def test_examples_in_comments_compile(symbols, tmp_path):
    comments = ["\n".join(line["text"] for line in symbol["docComment"]["lines"]) for symbol in symbols]
    examples = re.findall(r"```swift\n(.*?)```", "\n".join(comments), re.DOTALL)
    assert examples
    for example in examples:
        assert compile_errors("import MCPRunPython\n" + example, tmp_path) == ""


def test_a_wrong_example_would_be_found(tmp_path):
    assert "error:" in compile_errors("import MCPRunPython\nlet x = codeSandbox()", tmp_path)


def test_the_demo_compiles(tmp_path):
    assert compile_errors((ROOT / "demos/embed/main.swift").read_text(), tmp_path) == ""
