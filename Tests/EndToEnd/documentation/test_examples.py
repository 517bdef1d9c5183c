"""The examples in the documents work: programs compile, command lines are understood, one-liners run."""

import json
import re
import shlex
import subprocess
import sys

import pytest
from support import product

from .pages import PAGES, blocks, code
from .swift import compile_errors


def command_lines() -> list[str]:
    lines = [line.split("   #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    found = [line for line in lines if re.search(r"(^|[\s|])mcp-run-python\s", line)]
    assert len(found) > 5
    return list(dict.fromkeys(found))


def commands_in_sentences() -> list[str]:
    """Those without a word to put something else for."""
    found = [part for page in PAGES for part in code(page) if re.fullmatch(r"mcp-run-python [^A-Z…]+", part)]
    assert len(found) > 5
    return list(dict.fromkeys(found))


def test_programs_in_swift_compile(tmp_path):
    for program in blocks("swift"):
        assert compile_errors(program, tmp_path) == "", program


def test_settings_are_json():
    for text in blocks("json"):
        for servers in json.loads(text).values():
            for server in servers.values():
                words = [*server["args"], "--help"]
                assert server["command"] == "mcp-run-python" and product.run(*words).returncode == 0


def test_programs_in_python_run(path):
    for program in blocks("python"):
        # A model that needs no key.
        source = program.replace("claude-haiku-4-5", "test") + "\nimport asyncio\nasyncio.run(main())\n"
        result = subprocess.run(
            [sys.executable, "-c", source],
            capture_output=True,
            encoding="utf-8",
            timeout=2 * product.PATIENCE,
            env=product.environment(PATH=path),
        )
        assert result.returncode == 0, result.stderr
        assert ("stdout: 2" if "show(message)" in program else "run_python_code") in result.stdout


@pytest.mark.parametrize("line", command_lines() + commands_in_sentences())
def test_a_command_line_is_understood(line):
    """The parser takes all its words: `--help` at the end, or before another server's command, is reached."""
    words = shlex.split(line.rsplit("|", 1)[-1] if line.endswith("mcp-run-python repl") else line)
    words = words[words.index("mcp-run-python") + 1 :]
    if "--" in words:
        words = words[: words.index("--")]
    result = product.run(*words, "--help")
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("line", [line for line in command_lines() if re.search(r"repl -c|\| mcp-run-python", line)])
def test_a_one_liner_runs(line, path):
    result = subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        encoding="utf-8",
        timeout=2 * product.PATIENCE,
        env=product.environment(PATH=path),
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.strip()
