"""Help, man page and documents tell the same: all come from the options themselves, or are compared with them."""

import itertools
import json
import pathlib
import re
import shlex
import subprocess

import pytest
from support import product

ROOT = pathlib.Path(__file__).parents[3]
README = ROOT / "README.md"
OPTIONS = ROOT / "Sources/mcp-run-python/Documentation.docc/Options.md"
COMMANDS = (
    "stdio",
    "streamable-http",
    "streamable-http-stateless",
    "example",
    "repl",
    "install",
    "prepare",
    "doctor",
)
HTTP = {"streamable-http", "streamable-http-stateless"}
GROUPS = {
    "all": set(COMMANDS),
    "all but doctor": set(COMMANDS) - {"doctor"},
    "servers": HTTP | {"stdio"},
    "http": HTTP,
    **{command: {command} for command in COMMANDS},
}
"""The names in the table of options."""


@pytest.fixture(scope="module")
def commands() -> dict[str, dict]:
    """The executable's description of its commands, in the form for generators of man pages."""
    root = json.loads(product.run("--experimental-dump-help").stdout)["command"]
    return {command["commandName"]: command for command in root["subcommands"]}


def options(command: dict) -> list[dict]:
    kinds = ("option", "flag", "positional")
    shown = [item for item in command["arguments"] if item["kind"] in kinds and item["shouldDisplay"]]
    return [item for item in shown if item["valueName"] not in ("help", "version")]


def spellings(option: dict) -> set[str]:
    return {("--" if name["kind"] == "long" else "-") + name["name"] for name in option.get("names", [])}


def test_these_are_all_commands(commands):
    assert set(commands) - {"help"} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_teaches(commands, name):
    result = product.run(name, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert f"USAGE: mcp-run-python {name}" in result.stdout
    _, examples = result.stdout.split("Examples:\n")
    assert f"mcp-run-python {name}" in examples.split("USAGE")[0]
    for option in options(commands[name]):
        assert option.get("abstract", "").endswith((".", ")")), f"no sentence of help: {option}"
        assert not re.match(r"(What|Whether|Of|As|How|Where|Which|Why)\b", option["abstract"]), f"a fragment: {option}"
        # A value that is called as its option says nothing, unless the values are listed.
        says_nothing = f"--{option['valueName']}" in spellings(option) - {"--url"}
        assert option["kind"] == "flag" or option.get("allValues") or not says_nothing, option
    assert product.run("help", name).stdout == result.stdout


def test_help_of_all():
    result = product.run("--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == product.run("-h").stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name}\s", result.stdout, re.MULTILINE)


def test_examples_are_right(commands):
    """Each example is a command line that the parser takes: `--help` at its end is reached."""
    lines = re.findall(r"^ +(mcp-run-python .*)", "\n".join(c.get("discussion", "") for c in commands.values()), re.M)
    assert len(lines) >= 2 * len(COMMANDS)
    for line in lines:
        # Arguments that follow a server's command or a program's file belong to them.
        words = shlex.split(re.split(r" {3,}| -- | \w+\.py", line)[0])[1:]
        result = product.run(*words, "--help")
        assert (result.returncode, result.stderr) == (0, ""), line


def test_the_table_is_as_the_executable_makes_it():
    """The cure for a difference is `.ci/option-table --write`."""
    command = [ROOT / ".ci/option-table", product.EXECUTABLE]
    made = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    _, _, rest = OPTIONS.read_text().partition("begin -->\n\n")
    assert rest.partition("\n<!-- end -->")[0] == made.stdout


def rows_of_table() -> list[tuple[set[str], set[str], str]]:
    """Options, commands that have them, and default of each row."""
    table = OPTIONS.read_text().split("| option | of | default |")[1].split("\n\n")[0].splitlines()[2:]
    rows = []
    for line in table:
        # `\|` is a character of its cell.
        names, of, default, meaning = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        assert meaning, f"a row without its meaning: {line}"
        groups = set().union(*(GROUPS[group] for group in of.split(", ")))
        rows.append((set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", names)), groups, in_bytes(default)))
    return rows


def in_bytes(text: str) -> str:
    return re.sub(r"(\d+) MiB", lambda match: str(int(match[1]) << 20), text)


def default(option: dict) -> str:
    told = re.search(r"\(default: (.*)\)", option.get("abstract", ""))
    return told[1] if told else option.get("defaultValue", "")


def test_the_table_has_each_option_of_each_command_once(commands):
    expected = {
        (name, spelling): default(option)
        for name in COMMANDS
        for option in options(commands[name])
        for spelling in spellings(option)
    }
    written = {}
    for names, groups, value in rows_of_table():
        for key in itertools.product(groups, names):
            assert key not in written, f"{key} stands there twice"
            written[key] = value
    assert written == expected


def test_the_commands_in_readme(commands):
    for name, command in commands.items():
        if name in COMMANDS:
            assert re.search(rf"^  {name} ", README.read_text(), re.MULTILINE), name
