"""`repl` without a terminal: `-c`, a file, a pipe; what goes where, and the exit status."""

import json
import os
import signal
import subprocess

import pytest
from support import product

OUT_AND_ERR = "import sys; print('out'); print('err', file=sys.stderr); 'value'"


def test_code_on_the_command_line():
    result = product.run("repl", "-c", OUT_AND_ERR)
    assert result.stdout == "out\n'value'\n"
    assert result.stderr == "err\n"
    assert result.returncode == 0


def test_a_file(tmp_path):
    program = tmp_path / "program.py"
    program.write_text("def double(x):\n\n    return 2 * x\n\nprint(double(21))\n")
    result = product.run("repl", program)
    assert (result.returncode, result.stdout, result.stderr) == (0, "42\n", "")


def test_a_file_that_is_not_there(tmp_path):
    result = product.run("repl", tmp_path / "none.py")
    assert (result.returncode, result.stdout) == (1, "")
    assert "none.py" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["-c", "1/0"], []], ids=["code", "pipe"])
def test_a_failure(arguments):
    result = product.run("repl", *arguments, stdin="1/0\n")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("Traceback (most recent call last):\n  File ")
    assert result.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_blocks_as_python_reads_them():
    program = """\
x = 6
def f(n):
    return n * x

f(7)
_
'''two
lines'''
@staticmethod
def g(): pass

None
(1 +
 2)
f'{x}'
x = \\
  8
x"""
    result = product.run("repl", stdin=program)
    assert result.stderr == ""
    values = ["42", "42", "'two\\nlines'", "3", "'6'", "8"]
    assert result.stdout.splitlines() == values


def test_every_expression_is_shown_not_only_the_last():
    """Python's own prompt does so, too, in loops and between semicolons."""
    result = product.run("repl", stdin="for i in range(2):\n    i\n\nif i:\n    'yes'\n\n1; 2\n_\n")
    assert result.stdout.splitlines() == ["0", "1", "'yes'", "1", "2", "2"]


@pytest.mark.parametrize(
    ("program", "shown"),
    [
        ("print('a'); 1; print('b', end=''); 2; print('c'); 3\n", ["a", "1", "b2", "c", "3"]),
        ("for i in 'ab':\n    i\n\n_\n", ["'a'", "'b'", "'b'"]),
        ("def f():\n    'in a function'\n\nclass C:\n    'in a class'\n\nf()\n", []),
        ("import asyncio\nfor i in range(2):\n    await asyncio.sleep(0, i)\n\n", ["0", "1"]),
        ("'\\ud800'; None; 'é'\n", ["'\\ud800'", "'é'"]),
        ("1; 2;\n", ["1"]),
        ("import sys\nsys.displayhook = lambda value: print('my', value)\n1; 2\n", ["my 1", "my 2"]),
    ],
)
def test_what_is_shown(program, shown):
    result = product.run("repl", stdin=program)
    assert (result.stdout.splitlines(), result.stderr, result.returncode) == (shown, "", 0)


def test_an_error_in_between():
    result = product.run("repl", stdin="1; 2 / 0; 3\n")
    assert (result.stdout, result.returncode) == ("1\n", 1)
    assert result.stderr.splitlines()[1:4] == ['  File "<block 1>", line 1, in <module>', "    1; 2 / 0; 3", "       ~~^~~"]


@pytest.mark.parametrize(
    ("end", "status", "said"),
    [
        ("sys.exit()", 0, ""),
        ("sys.exit(0)", 0, ""),
        ("sys.exit(3)", 3, ""),
        ("sys.exit(-1)", 255, ""),
        ("sys.exit(259)", 3, ""),
        ("sys.exit('no such table')", 1, "no such table\n"),
        ("exit(4)", 4, ""),
        ("raise SystemExit(5)", 5, ""),
        ("await asyncio.sleep(0); sys.exit(6)", 6, ""),
        ("asyncio.run(leave())", 7, ""),
    ],
)
def test_code_ends_itself(end, status, said, tmp_path):
    begin = "import asyncio, sys\nasync def leave(): sys.exit(7)\n\nprint('begun')\n"
    file = tmp_path / "program.py"
    file.write_text(f"{begin}{end}\nprint('not reached')\n")
    ways = product.run("repl", "-c", file.read_text()), product.run("repl", file), product.run("repl", stdin=file.read_text())
    for result in ways:
        assert (result.stdout, result.stderr, result.returncode) == ("begun\n", said, status)


HOOK = """import sys
def hook(kind, error, frames): print('hooked', kind.__name__, frames and frames.tb_frame.f_code.co_name)

sys.excepthook = hook
"""


def test_a_hook_of_the_codes_own_tells_its_errors():
    result = product.run("repl", stdin=HOOK + "1 / 0\ndef\n'next'\n")
    hooked = "hooked ZeroDivisionError <module>\nhooked SyntaxError None\n"
    assert (result.stdout, result.stderr) == (f"{hooked}'next'\n", "")


def test_a_hook_that_fails():
    program = "import sys\nsys.excepthook = None\n1 / 0\n"
    result = product.run("repl", stdin=program)
    first, second = result.stderr.split("\nOriginal exception was:\n")
    assert first.startswith("Error in sys.excepthook:\nTraceback")
    assert first.endswith("TypeError: 'NoneType' object is not callable\n")
    assert second.startswith("Traceback") and second.endswith("ZeroDivisionError: division by zero\n")


def test_the_last_error_can_be_looked_at():
    program = (
        "def fail(n): return 1 / n\n\nfail(0)\n"
        "import sys, traceback\n"
        "traceback.print_last()\n"
        "type(sys.last_exc) is sys.last_type, sys.last_value is sys.last_exc, sys.last_traceback.tb_next.tb_frame.f_locals\n"
    )
    result = product.run("repl", stdin=program)
    assert result.stdout == "(True, True, {'n': 0})\n"
    first, second = result.stderr.split("Traceback (most recent call last):\n")[1:]
    assert second == first


def test_what_is_imported_from_the_future_holds_for_later_blocks():
    blocks = "from __future__ import annotations\n\ndef f(x: unknown): pass\n\nf.__annotations__\n"
    assert product.run("repl", stdin=blocks).stdout == "{'x': 'unknown'}\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("return 5", "'return' outside function"),
        ("break", "'break' outside loop"),
        ("nonlocal x", "nonlocal declaration not allowed at module level"),
        ("x = (yield)", "'yield' outside function"),
    ],
)
def test_errors_of_the_compiler_show_their_line(line, reason):
    result = product.run("repl", stdin=f"if True:\n    1\n    {line}\n")
    shown = result.stderr.splitlines()
    assert shown[:2] == ['  File "<block 1>", line 3', f"    {line}"]
    assert shown[-1] == f"SyntaxError: {reason}"


def test_a_file_shows_its_last_value_alone():
    assert product.run("repl", "-c", "for i in range(2): i\n1; 2").stdout == "2\n"


def test_an_error_does_not_stop_the_rest_and_the_last_block_decides():
    result = product.run("repl", stdin="1 +\n1/0\n'next'\n")
    assert (result.returncode, result.stdout) == (0, "'next'\n")
    assert "SyntaxError: invalid syntax" in result.stderr
    assert "ZeroDivisionError" in result.stderr


def test_exit_ends_it():
    result = product.run("repl", stdin="1\nexit()\n2\n")
    assert (result.returncode, result.stdout) == (0, "1\n")


def test_output_is_seen_while_the_code_runs():
    code = "import sys, time\nprint('out')\nprint('err', file=sys.stderr)\ntime.sleep(3600)"
    with product.start("repl", "-c", code) as process:
        assert os.read(process.stdout.fileno(), 100) == b"out\n"
        assert os.read(process.stderr.fileno(), 100) == b"err\n"
        process.terminate()
        assert process.wait(30) == 128 + signal.SIGTERM


def test_a_line_is_answered_before_the_next_one_comes():
    """A program that writes and reads in turn, as over `ssh`."""
    with product.start("repl", stdin=subprocess.PIPE) as process:
        for number in range(3):
            process.stdin.write(f"{number} + 1\n".encode())
            assert os.read(process.stdout.fileno(), 100) == f"{number + 1}\n".encode()
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize(("state", "output", "status"), [("keep", "1\n", 0), ("reset", "", 1)])
def test_state(state, output, status):
    result = product.run("repl", "--state", state, stdin="x = 1\nx\n")
    assert (result.stdout, result.returncode) == (output, status)


@pytest.mark.parametrize("revision", ["auto", "2024-11-05", "2025-11-25"])
def test_protocol(revision, tmp_path):
    trace = tmp_path / "trace.jsonl"
    result = product.run("repl", "--protocol", revision, "--trace", trace, "-c", OUT_AND_ERR)
    assert (result.stdout.splitlines()[0], result.stderr, result.returncode) == ("out", "err\n", 0)
    assert result.stdout.splitlines()[1] in ("'value'", '"value"')
    spoken = "2026-07-28" if revision == "auto" else revision
    assert spoken in trace.read_text()


def test_a_trace_has_every_message(tmp_path):
    trace = tmp_path / "trace.jsonl"
    product.run("repl", "--trace", trace, "-c", "print('é\\n' * 2)")
    records = [json.loads(line) for line in trace.read_text().splitlines()]
    for record in records:
        assert set(record) == {"time", "direction", "text"}
        assert json.loads(record["text"])["jsonrpc"] == "2.0"
    assert {record["direction"] for record in records} == {"sent", "received"}
    sent = [json.loads(r["text"]) for r in records if r["direction"] == "sent"]
    received = [json.loads(r["text"]) for r in records if r["direction"] == "received"]
    assert [m["id"] for m in sent if "id" in m] == [m["id"] for m in received if "id" in m]
    assert any(m["method"] == "tools/call" for m in sent)
    assert [m["params"]["data"] for m in received if m.get("method") == "notifications/message"] == ["é", "é", ""]
    assert [record["time"] for record in records] == sorted(record["time"] for record in records)


def test_a_trace_that_cannot_be_written(tmp_path):
    result = product.run("repl", "--trace", tmp_path / "none" / "trace", "-c", "1")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
