"""Help, man page and README tell the same: all come from the options themselves, or are compared with them."""

import json
import pathlib
import re
import shlex

import pytest
from support import product

README = pathlib.Path(__file__).parents[3] / "README.md"
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
"""What README's table calls them."""


@pytest.fixture(scope="module")
def commands() -> dict[str, dict]:
    """What the executable knows of its commands, as the generator of man pages reads it."""
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
        # What follows a server's command or a program's file belongs to them.
        words = shlex.split(re.split(r" {3,}| -- | \w+\.py", line)[0])[1:]
        result = product.run(*words, "--help")
        assert (result.returncode, result.stderr) == (0, ""), line


def rows_of_readme() -> list[tuple[set[str], set[str], str]]:
    """Options, commands that have them, and default of each row of the table."""
    table = README.read_text().split("| option | of | default |")[1].split("\n\n")[0].splitlines()[2:]
    rows = []
    for line in table:
        # `\|` is a character of its cell.
        names, of, default, meaning = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        assert meaning, f"a row without its meaning: {line}"
        groups = set().union(*(GROUPS[group] for group in of.split(", ")))
        rows.append((set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", names)), groups, in_bytes(default.replace("`", ""))))
    return rows


def in_bytes(text: str) -> str:
    return re.sub(r"(\d+) MiB", lambda match: str(int(match[1]) << 20), text)


def defaults(option: str, having: dict[str, dict]) -> str:
    """The default as README writes it; that of repl apart where it is another one."""
    values = {}
    for name, item in having.items():
        told = re.search(r"\(default: (.*)\)", item.get("abstract", ""))
        values[name] = told[1] if told else item.get("defaultValue", "")
    others = {value for name, value in values.items() if name != "repl"} or {values["repl"]}
    assert len(others) == 1, f"{option} has several defaults: {values}"
    (common,) = others
    own = values.get("repl", common)
    return common if own == common else f"{common}, with repl {own}"


def test_the_table_in_readme(commands):
    expected = {}
    for name in COMMANDS:
        for option in options(commands[name]):
            for spelling in spellings(option):
                expected.setdefault(spelling, {})[name] = option
    written = {}
    for names, groups, default in rows_of_readme():
        for name in names:
            assert name not in written, f"{name} stands there twice"
            written[name] = (groups, default)
    assert set(written) == set(expected)
    for name, having in expected.items():
        assert written[name] == (set(having), defaults(name, having)), name


def test_the_commands_in_readme(commands):
    for name, command in commands.items():
        if name in COMMANDS:
            assert re.search(rf"^  {name} ", README.read_text(), re.MULTILINE), name
