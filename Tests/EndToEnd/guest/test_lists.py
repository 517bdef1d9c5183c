"""A module of the guest stands in its room's table, and rooms know each other as the table says."""

import pathlib
import re

SANDBOX = pathlib.Path(__file__).parents[3] / "Sources/PythonSandbox"
GUEST = SANDBOX / "Guest"
PAGE = (SANDBOX / "Documentation.docc/Guest.md").read_text()
MODULES = {str(file.relative_to(GUEST)) for ending in ("ts", "py") for file in GUEST.rglob(f"*.{ending}")}
IMPORT = re.compile(r"^\s*(?:import|from) (_\w+)", re.MULTILINE)
FURNISHED = {"_mcp_run_python", "_pyodide"}
"""The modules that TypeScript hands to Python, and one of Pyodide's own."""


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def rows(text: str, columns: int) -> list[list[str]]:
    """The rows of tables with so many columns whose first one has names."""
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [row for row in cells if len(row) == columns]


def test_each_has_its_room():
    named = []
    for section in PAGE.split("\n## ")[1:]:
        title = section.splitlines()[0]
        if room := re.search(r"`(\w+)`$", title):
            named += [f"{room[1]}/{name}" for row in rows(section, 2) for name in quoted(row[0])]
    assert sorted(named) == sorted(MODULES)


def test_rooms_know_what_the_table_says():
    drawn = {quoted(name)[0]: set(quoted(known)) for name, _, known in rows(PAGE, 3)}
    assert set(drawn) == {module.split("/")[0] for module in MODULES}
    for room, known in drawn.items():
        sources = [file.read_text() for file in (GUEST / room).glob("*.ts")]
        assert {other for source in sources for other in re.findall(r'"\.\./(\w+)/', source)} == known, room


def test_the_ground_floor_comes_first():
    """Each room knows only rooms above it in the table."""
    above: set[str] = set()
    for name, _, known in rows(PAGE, 3):
        assert set(quoted(known)) <= above, name
        above.add(quoted(name)[0])


def test_what_python_imports_is_there():
    for room in ("python", "image"):
        there = {f"_{file.stem}" for file in (GUEST / room).glob("*.py")}
        imported = {name for file in (GUEST / room).glob("*.py") for name in IMPORT.findall(file.read_text())}
        assert imported - {"__future__"} <= there | FURNISHED, room
