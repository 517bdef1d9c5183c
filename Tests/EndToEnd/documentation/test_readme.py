"""What README shows works: its programs compile, its command lines are understood, its one-liners run."""

import json
import pathlib
import re
import shlex
import subprocess
import sys

import pytest
from support import product

from .swift import ROOT, compile_errors

README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert found, f"README has no {language}"
    return found


def command_lines() -> list[str]:
    lines = [line.split("   #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if "mcp-run-python" in line and not line.startswith("demos/")]


def test_programs_in_swift_compile(tmp_path):
    for program in blocks("swift"):
        if "import MCPRunPython" in program:
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


@pytest.mark.parametrize("line", command_lines())
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


def test_what_it_links_to_is_there():
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith(("http://", "https://"))]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        assert not path or (ROOT / path).exists(), link
        if anchor:
            text = (ROOT / path).read_text() if path else README
            headings = re.findall(r"^#+ (.*)", text, re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings}, link


def test_paths_that_it_names_are_there():
    for path in set(re.findall(r"`((?:demos|Sources|Tests|\.ci)/[\w./-]+)`", README)):
        assert pathlib.Path(ROOT, path).exists(), path


def test_all_demos_are_told_of():
    table = README.split("| in `demos` |")[1].split("\n\n")[0].splitlines()[2:]
    told = {name for line in table for name in re.findall(r"`([\w-]+)`", line.split("|")[1])}
    assert told == {entry.name for entry in (ROOT / "demos").iterdir()}
