"""The standard library: its modules come from bytecode, show their source, and cannot be changed."""

from support.peer import text

ARCHIVE = "/lib/python314.zip"


def result(peer, code):
    answer = text(peer.answer(peer.start_call(code)))
    assert answer.startswith("<status>success</status>"), answer
    return answer


def test_modules_come_from_bytecode(server):
    assert f"{ARCHIVE}/graphlib.pyc" in result(server, "import graphlib; graphlib.__file__")


def test_a_traceback_shows_the_line_of_the_library(server):
    answer = text(server.answer(server.start_call("import json; json.loads('[')")))
    assert f'File "{ARCHIVE}/json/decoder.py", line ' in answer
    assert "raise JSONDecodeError(" in answer


def test_the_source_of_a_module_can_be_read(server):
    answer = result(server, "import inspect, graphlib; inspect.getsource(graphlib.TopologicalSorter.done)")
    assert "def done(self, *nodes):" in answer


def test_the_archive_is_read_only(server):
    code = f"""
import os
numbers = []
for change in (
    lambda: open("{ARCHIVE}", "r+b"),
    lambda: open("{ARCHIVE}", "ab"),
    lambda: os.truncate("{ARCHIVE}", 0),
    lambda: os.chmod("{ARCHIVE}", 0),
    lambda: os.utime("{ARCHIVE}", (0, 0)),
):
    try:
        change()
    except OSError as error:
        numbers.append(os.strerror(error.errno))
numbers
"""
    assert result(server, code).count("Read-only file system") == 5


def test_the_archive_is_whole(server):
    code = f"""
import zipfile
with zipfile.ZipFile("{ARCHIVE}") as library:
    names = set(library.namelist())
    broken = library.testzip()
f"broken: {{broken}}, without bytecode: {{[n for n in names if n.endswith('.py') and n + 'c' not in names]}}"
"""
    assert "broken: None, without bytecode: []" in result(server, code)
