"""Only the executable names its options and commands: a library's errors carry a typed remedy, which it words."""

import json
import re

import pytest
from support import product

from .pages import ROOT

SOURCES = ROOT / "Sources"
EXECUTABLE = SOURCES / "mcp-run-python"
WORDING = EXECUTABLE / "Console/Wording.swift"

EVERYTHING = None

RIGHT = {
    # Other programs start the server with these words. The parser's tests read them back.
    "RunPythonTool/ServerCommandLine.swift": EVERYTHING,
    # The libraries read these variables, and tell no one to set them.
    "PythonSandbox/Cache/CacheDirectory.swift": {"MCP_RUN_PYTHON_CACHE"},
    "PythonSandbox/Runtime/RuntimeInstaller.swift": {"MCP_RUN_PYTHON_DENO", "MCP_RUN_PYTHON_PYODIDE"},
    # The variable belongs to the library, which looks for the executable.
    "MCPRunPython/Installation.swift": {"MCP_RUN_PYTHON"},
    # Deno and pip have an option of this name.
    "PythonSandbox/Examination.swift": {"--version"},
    # The prompt's own commands have an option of this name.
    "Repl/Commands/CommandTable.swift": {"--reseed"},
    "Repl/Sessions/SessionCommand.swift": {"--reseed"},
}
"""The words that libraries may say, by file. The guest's Python is no library: it answers the server's users."""

OPENING = re.compile(r'(#*)("""|")')


def literals(source: str) -> list[tuple[int, str]]:
    """The string literals of a Swift file with their lines. One within an interpolation stands for itself."""
    found: list[tuple[int, str]] = []

    def code(position: int, is_interpolation: bool = False) -> int:
        depth = 0
        while position < len(source):
            if comment := re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL).match(source, position):
                position = comment.end()
            elif opening := OPENING.match(source, position):
                position = literal(opening)
            else:
                depth += {"(": 1, ")": -1}.get(source[position], 0)
                position += 1
                if is_interpolation and depth < 0:
                    break
        return position

    def literal(opening: re.Match) -> int:
        hashes, quotes = opening.groups()
        text, position = "", opening.end()
        while not source.startswith(quotes + hashes, position):
            assert position < len(source), opening
            escape = "\\" + hashes
            if not source.startswith(escape, position):
                text, position = text + source[position], position + 1
            elif source.startswith(escape + "(", position):
                text, position = text + "…", code(position + len(escape) + 1, is_interpolation=True)
            else:
                position += len(escape)
                text, position = text + source[position].replace("\n", ""), position + 1
        found.append((source.count("\n", 0, opening.start()) + 1, text))
        return position + len(quotes + hashes)

    code(0)
    return found


@pytest.fixture(scope="module")
def own_words() -> re.Pattern:
    """The options, commands and variables of the executable."""
    commands = json.loads(product.run("--experimental-dump-help").stdout)["command"]["subcommands"]
    names = [name for command in commands for item in command["arguments"] for name in item.get("names") or []]
    options = "|".join(sorted({name["name"] for name in names if name["kind"] == "long"}))
    called = "|".join(command["commandName"] for command in commands)
    return re.compile(rf"(?<![\w-])--(?:{options})(?![\w-])|mcp-run-python (?:{called})\b|MCP_RUN_PYTHON\w*")


def said(own_words: re.Pattern) -> dict[str, set[str]]:
    """The words of the executable that the libraries say, by file."""
    found: dict[str, set[str]] = {}
    for file in sorted(SOURCES.rglob("*.swift")):
        if not file.is_relative_to(EXECUTABLE):
            for _, text in literals(file.read_text(encoding="utf-8")):
                for word in own_words.findall(text):
                    found.setdefault(str(file.relative_to(SOURCES)), set()).add(word)
    return found


def test_libraries_name_no_options_and_commands(own_words):
    found = said(own_words)
    assert {file: words for file, words in found.items() if file not in RIGHT} == {}
    for file, words in RIGHT.items():
        assert found.get(file) == words or (words is EVERYTHING and found.get(file)), file


def test_the_executable_names_options_that_there_are(own_words):
    text = " ".join(text for _, text in literals(WORDING.read_text(encoding="utf-8")))
    named = set(re.findall(r"(?<![\w-])--[a-z][\w-]*|MCP_RUN_PYTHON\w*", text))
    known = set(own_words.findall(text))
    assert named - known == {"--no-project", "--with"}, "these two are options of uv"
    assert set(re.findall(r"mcp-run-python \w+", text)) <= known
    variables = {word for word in known if word.startswith("MCP_RUN_PYTHON")}
    assert variables <= {word for words in RIGHT.values() if words for word in words}


def test_literals_are_found():
    source = '''\
let a = "one \\"two\\"" // "no"
/* "no" */ let b = "three \\(f("four", (5))) six"
let c = """
  seven \\
  eight
  """
let d = #"nine \\ \\#(x) "ten""#
'''
    assert literals(source) == [
        (1, 'one "two"'),
        (2, "four"),
        (2, "three … six"),
        (3, "\n  seven   eight\n  "),
        (7, 'nine \\ … "ten"'),
    ]


@pytest.mark.parametrize(
    "text",
    ["Try --offline.", "'--deps=a'", "Run 'mcp-run-python install'.", "Set MCP_RUN_PYTHON_CACHE.", "--state keep"],
)
def test_words_are_found(own_words, text):
    assert own_words.search(text)


@pytest.mark.parametrize("text", ["--no-cache-dir", "--deps-of", "mcp-run-python is", "offline", "a--deps"])
def test_other_words_are_left_alone(own_words, text):
    assert not own_words.search(text)
