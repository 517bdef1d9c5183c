"""`repl FILE ARGUMENT…` as `python3 FILE ARGUMENT…`: arguments, stdin, encodings, pipes, and an output that fails."""

import os
import subprocess

import pytest
from support import product

TALK = "name = input('Name: ')\nprint('Hello,', name)\n"


@pytest.fixture
def program(tmp_path):
    """Writes a program; gives its path."""

    def write(content: str | bytes):
        path = tmp_path / "program.py"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def outcome(result) -> tuple:
    return result.returncode, result.stdout, result.stderr


def test_arguments_are_the_programs(program):
    path = program("import sys\nprint(sys.argv, __file__, __name__)")
    words = ["plain", "--deps", "numpy", "-c", "é"]
    expected = f"{[str(path), *words]} {path} __main__\n"
    assert outcome(product.run("repl", "--timeout", "30", path, *words)) == (0, expected, "")


def test_code_has_no_file():
    code = "import sys; print(sys.argv, '__file__' in globals())"
    assert outcome(product.run("repl", "-c", code)) == (0, "['-c'] False\n", "")


def test_a_traceback_names_the_file(program):
    path = program("def f():\n    return 1 / 0\nf()\n")
    result = product.run("repl", path)
    assert f'File "{path}", line 2, in f' in result.stderr
    assert "main.py" not in result.stderr


@pytest.mark.parametrize("state", ["keep", "reset", "fresh"])
def test_stdin_answers(program, state):
    assert outcome(product.run("repl", "--state", state, program(TALK), stdin="Ada\n")) == (0, "Name: Hello, Ada\n", "")


def test_stdin_is_read_to_its_end(program):
    path = program("import sys\nprint(repr(input()), repr(sys.stdin.readline()), sys.stdin.readlines(), sys.stdin.read())")
    assert product.run("repl", path, stdin="a\nb\nc\nd").stdout == "'a' 'b\\n' ['c\\n', 'd\\n'] \n"


def test_the_end_of_stdin(program):
    result = product.run("repl", program(TALK))
    assert (result.returncode, result.stdout) == (1, "Name: ")
    assert result.stderr.endswith("EOFError: EOF when reading a line\n")


def run_bytes(program, is_piped: bool) -> subprocess.CompletedProcess:
    """Runs the program as a file, or block by block from a pipe."""
    arguments = [] if is_piped else [program]
    with program.open("rb") as file:
        return subprocess.run(
            [product.EXECUTABLE, "repl", *arguments], stdin=file, capture_output=True, env=product.environment()
        )


@pytest.mark.parametrize("is_piped", [False, True])
def test_a_declared_encoding(program, is_piped):
    for content in b"# coding: latin-1\nprint('caf\xe9')\n", b"\xef\xbb\xbfprint('caf\xc3\xa9')\n":
        assert run_bytes(program(content), is_piped).stdout.decode() == "café\n"


@pytest.mark.parametrize("is_piped", [False, True])
def test_what_is_no_text(program, is_piped):
    result = run_bytes(program(b"\nprint('caf\xe9')\n"), is_piped)
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"SyntaxError: the byte 0xe9 on line 2 cannot be read" in result.stderr


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_stdin_is_the_program(name):
    assert outcome(product.run("repl", name, stdin="print('in')\nfor i in range(2):\n    print(i)\nprint('out')")) == (
        0,
        "in\n0\n1\nout\n",
        "",
    )


def test_a_named_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    process = product.start("repl", path)
    path.write_text("print('through the pipe')\n")
    output, _ = process.communicate(timeout=product.PATIENCE)
    assert output == b"through the pipe\n"


@pytest.mark.parametrize(("name", "reason"), [("none.py", "No such file or directory"), (".", "Is a directory")])
def test_why_a_file_cannot_be_read(tmp_path, name, reason):
    result = product.run("repl", tmp_path / name)
    assert outcome(result) == (1, "", f"mcp-run-python: The file {tmp_path / name} cannot be read: {reason}.\n")


@pytest.mark.parametrize("arguments", [["-c", "print(1)"], []], ids=["code", "pipe"])
def test_output_that_cannot_be_written(arguments):
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [product.EXECUTABLE, "repl", *arguments],
            input=b"print(1)\nprint(2)\n",
            stdout=full,
            stderr=subprocess.PIPE,
            env=product.environment(),
        )
    assert result.returncode == 1
    assert result.stderr == b"mcp-run-python: The output cannot be written: No space left on device.\n"


def test_an_option_that_there_is_not():
    result = product.run("repl", "--dpes", "numpy", "x.py")
    assert (result.returncode, result.stdout) == (64, "")
    assert "Unknown option '--dpes'. Did you mean '--deps'?" in result.stderr
