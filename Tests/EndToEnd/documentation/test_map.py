"""The map in CONTRIBUTING shows the arrows that there are: what targets import, and what Package.swift gives them."""

import json
import pathlib
import re
import subprocess

import pytest
from support import product

from .pages import CONTRIBUTING, ROOT, table

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+"
    r"(?:(?:actor|class|enum|func|let|protocol|struct|typealias|var)\s+)?(\w+)",
    re.MULTILINE,
)
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


@pytest.fixture(scope="module")
def targets(tmp_path_factory) -> dict[str, dict]:
    """The targets of Package.swift as the package manager reads it, away from the build, which it would wait for."""
    command = ["swift", "package", "--package-path", ROOT, "--scratch-path", tmp_path_factory.mktemp("scratch")]
    dump = subprocess.run([*command, "dump-package"], check=True, capture_output=True, timeout=product.PATIENCE)
    return {target["name"]: target for target in json.loads(dump.stdout)["targets"]}


def drawn() -> dict[str, set[str]]:
    """The arrows of the map."""
    rows = table(CONTRIBUTING, "| target | what happens there |") + table(CONTRIBUTING, "| tests | what they test |")
    arrows: dict[str, set[str]] = {}
    for names, _, known in rows:
        for name in re.findall(r"`([^`]+)`", names):
            assert name not in arrows, f"{name} stands there twice"
            arrows[name] = set(re.findall(r"`([^`]+)`", known))
            assert arrows[name] or known == "nothing", name
    return arrows


def folder(target: dict) -> pathlib.Path:
    place = "Tests" if target["type"] == "test" else "Sources"
    return ROOT / (target.get("path") or f"{place}/{target['name']}")


def given(target: dict) -> set[str]:
    """The dependencies of a target in Package.swift, of this package and others."""
    named = [dependency.get("byName") or dependency.get("target") or [None] for dependency in target["dependencies"]]
    used = [usage["plugin"] for usage in target.get("pluginUsages") or []]
    return {name for name, *_ in named + used if name}


def imported(target: dict, targets: dict[str, dict]) -> set[str]:
    """The names in a target's files: modules of Swift, and headers that a C target of ours offers."""
    sources = [file.read_text() for file in folder(target).rglob("*.swift")]
    modules = {name for source in sources for name in IMPORT.findall(source)}
    found = {name for name in targets if name.replace("-", "_") in modules}
    headers = {header for source in c_sources(target) for header in INCLUDE.findall(source)}
    return found | {name for name, other in targets.items() if other is not target and offered(other) & headers}


def c_sources(target: dict) -> list[str]:
    return [file.read_text() for pattern in ("*.c", "*.h") for file in folder(target).rglob(pattern)]


def offered(target: dict) -> set[str]:
    """The headers that come with a C target; of a library of the system those that its own header includes."""
    if target["type"] == "system":
        return {header for source in c_sources(target) for header in INCLUDE.findall(source)}
    return {header.name for header in folder(target).glob("include/*.h")}


def test_the_map_has_every_target(targets):
    assert set(drawn()) == set(targets)


def test_the_map_has_the_arrows_that_there_are(targets):
    arrows = drawn()
    executables = {name for name, target in targets.items() if target["type"] == "executable"}
    plugins = {name for name, target in targets.items() if target["type"] == "plugin"}
    for name, target in targets.items():
        # The library's tests run the executable, and import nothing of it; the build runs plugins and their tools.
        runs = executables if target["type"] in ("test", "plugin") else plugins
        run = given(target) & runs
        assert arrows[name] == imported(target, targets) | run, name


def test_package_gives_what_is_imported_and_nothing_else(targets):
    arrows = drawn()
    for name, target in targets.items():
        assert given(target) & set(targets) == arrows[name], name


def test_imports_are_found(targets):
    """An arrow that nobody sees would be an arrow that nobody misses."""
    lines = "@testable import MCP\npublic import struct Repl.App\n  internal import Traffic\n// import Terminal\n"
    assert IMPORT.findall(lines) == ["MCP", "Repl", "Traffic"]
    assert imported(targets["CTerminal"], targets) == {"CEdit"}
    assert "COpenSSL" in imported(targets["Hashing"], targets)


def test_no_target_knows_itself_by_a_detour(targets):
    """The ground floor comes first: each target knows only what stands above it in the table."""
    order = list(drawn())
    for name, known in drawn().items():
        assert all(order.index(other) < order.index(name) for other in known), name
