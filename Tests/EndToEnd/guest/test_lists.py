"""A module of the guest stands in every list that wants it, and in the document that shows the rooms."""

import pathlib
import re

SANDBOX = pathlib.Path(__file__).parents[3] / "Sources/PythonSandbox"
GUEST = SANDBOX / "Guest"
MODULES = {file.name for file in GUEST.iterdir()} - {"deno.json"}


def test_each_is_embedded():
    package = (SANDBOX.parents[1] / "Package.swift").read_text()
    assert set(re.findall(r'\.embedInCode\("Guest/([^"]+)"\)', package)) == MODULES


def test_each_is_written_to_the_cache():
    code = (SANDBOX / "Interpreter/GuestCode.swift").read_text()
    written = re.findall(r'\("([^"]+)", PackageResources\.(\w+)\)', code)
    assert {name for name, _ in written} == MODULES
    assert all(name.replace(".", "_") == resource for name, resource in written)
    own = re.search(r"wardensOwn: Set = \[([^\]]+)\]", code)
    assert own and set(re.findall(r'"([^"]+)"', own[1])) <= MODULES


def test_what_python_imports_is_there():
    lists = re.search(r"^const MODULES = (.*?);", (GUEST / "python.ts").read_text(), re.DOTALL | re.MULTILINE)
    furnished = {f"_{name}" for name in re.findall(r'"([^"]+)"', lists[1])}
    imported = re.findall(r"^(?:import|from) (_\w+)", (GUEST / "runner.py").read_text(), re.MULTILINE)
    assert set(imported) - {"_mcp_run_python"} <= furnished
    assert {name.removeprefix("_") + ".py" for name in furnished} <= MODULES


def test_each_has_its_room():
    page = (SANDBOX / "Documentation.docc/Guest.md").read_text()
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    assert sorted(named) == sorted(MODULES)
