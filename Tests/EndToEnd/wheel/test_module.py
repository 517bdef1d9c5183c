"""The module has the original's names and parameters, is quick to import, and finds its executable."""

import os
import shutil
import subprocess
import sys

import pytest
from support import product

ORIGINAL = {
    "code_sandbox": "dependencies=None log_handler=None logging_level=None allow_networking=True",
    "prepare_deno_env": "mode http_port=None http_host=None dependencies=None return_mode='xml' deps_log_handler=None "
    "allow_networking=True",
    "async_prepare_deno_env": "mode http_port=None http_host=None dependencies=None return_mode='xml' "
    "deps_log_handler=None allow_networking=True",
    "run_mcp_server": "mode http_port=None http_host=None dependencies=None return_mode='xml' deps_log_handler=None "
    "allow_networking=True verbose=False",
}
"""The parameters of pydantic's functions with their defaults; only `mode` has a place."""

SIGNATURES = """
import inspect, json, mcp_run_python
def tell(name):
    return [[str(one), one.kind.name] for one in inspect.signature(getattr(mcp_run_python, name)).parameters.values()]
print({name: tell(name) for name in %r})
"""


def test_the_parameters_of_the_original(program):
    found = eval(program(SIGNATURES % list(ORIGINAL)))
    for name, expected in ORIGINAL.items():
        told = {}
        for text, kind in found[name]:
            word, _, default = text.partition(" = ")
            told[word.partition(":")[0]] = (default, kind)
        for parameter in expected.split():
            word, _, default = parameter.partition("=")
            kind = "POSITIONAL_OR_KEYWORD" if word == "mode" else "KEYWORD_ONLY"
            assert told.pop(word) == (default, kind), (name, word)
        # All that is ours has a default.
        assert all(default for default, _ in told.values()), name


def test_the_names_of_the_original(program):
    names = "code_sandbox, CodeSandbox, RunSuccess, RunError, JsonData, LogHandler"
    program(f"from mcp_run_python.code_sandbox import {names}")
    program("from mcp_run_python.main import run_mcp_server, DenoEnv, LoggingLevel, LogHandler, Mode")
    program("from mcp_run_python import *; code_sandbox; prepare_deno_env; __version__")
    # The function has the name of its file, and must not be hidden by it.
    program("from mcp_run_python.code_sandbox import RunSuccess; from mcp_run_python import code_sandbox; code_sandbox()")


def test_all_that_is_exported_has_a_docstring(program):
    program(
        "import inspect, mcp_run_python as m\n"
        "for name in m.__all__:\n"
        "    one = getattr(m, name)\n"
        "    if inspect.isclass(one) or inspect.isfunction(one):\n"
        "        assert one.__doc__ and not one.__doc__.startswith(name + '('), name\n"
    )


def test_the_version(program):
    version = product.run("--version").stdout.split()[-1]
    assert program("import mcp_run_python; print(mcp_run_python.__version__)") == f"{version}\n"
    with pytest.raises(AssertionError, match="has no attribute 'nonsense'"):
        program("import mcp_run_python; mcp_run_python.nonsense")


def test_it_is_marked_as_typed(site):
    assert (site / "mcp_run_python/py.typed").exists()


def test_the_import_brings_little(program):
    loaded = eval(program("import sys, mcp_run_python; print(set(sys.modules))"))
    assert not loaded & {"mcp", "anyio", "asyncio", "pydantic", "pydantic_ai", "fastmcp", "importlib.metadata"}


def test_the_original_beside_it_is_told_of(site, program, tmp_path):
    assert program("import mcp_run_python", "-W", "error") == ""
    both = tmp_path / "site"
    shutil.copytree(site, both)
    (both / "mcp_run_python-0.0.22.dist-info").mkdir()
    said = program("import mcp_run_python", "-W", "error", status=1, PYTHONPATH=both)
    assert "UserWarning: The distributions 'mcp-run-python' and 'mcp-run-python-swift' are both installed" in said
    assert "pip uninstall -y mcp-run-python mcp-run-python-swift" in said


@pytest.mark.parametrize("how", ["script", "module"])
def test_the_command(site, environment, how):
    start = [sys.executable, "-m", "mcp_run_python"] if how == "module" else [site / "bin/mcp-run-python"]
    for words, status in ((["--version"], 0), (["repl", "-c", "6 * 7"], 0), (["nonsense"], 64)):
        expected = product.run(*words)
        result = subprocess.run(
            [*start, *words], capture_output=True, encoding="utf-8", env=environment, stdin=subprocess.DEVNULL
        )
        assert result.returncode == expected.returncode == status
        assert (result.stdout, result.stderr) == (expected.stdout, expected.stderr)


def test_the_command_in_a_child(program):
    """The original's own tests call it so, with options before the mode."""
    source = "from mcp_run_python._cli import cli_logic; print(cli_logic({}), flush=True)"
    assert program(source.format("['--deps', 'numpy', 'example']")).endswith("\n0\n")
    assert program(source.format("['example']")).endswith("\n1\n")


FETCHING = ["install", "--cache-dir"]
"""A cache without the runtime makes the executable look for the Python that has pip."""


def test_the_executable_uses_the_pip_of_the_wheels_python(site, environment, tmp_path):
    """The PATH has another Python, which must not be asked."""
    other = tmp_path / "bin"
    other.mkdir()
    (other / "python3").write_text(f"#!/bin/sh\necho asked > {tmp_path / 'other'}\nexit 1\n")
    # Its pip fails at once, because it has no index to ask.
    changed = environment | {"PATH": f"{other}:/usr/bin:/bin", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    (other / "python3").chmod(0o755)
    words = [*FETCHING, str(tmp_path / "cache"), "--verbose"]
    result = subprocess.run([site / "bin/mcp-run-python", *words], capture_output=True, encoding="utf-8", env=changed)
    assert result.returncode != 0
    assert "No matching distribution found for" in result.stderr
    assert not (tmp_path / "other").exists()


def test_a_foreign_server_gets_the_users_own_python(site, environment, tmp_path):
    (tmp_path / "python3").write_text(f"#!/bin/sh\necho asked > {tmp_path / 'asked'}\n")
    (tmp_path / "python3").chmod(0o755)
    changed = environment | {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    words = ["repl", "-c", "1", "--", "python3", "server.py"]
    subprocess.run([site / "bin/mcp-run-python", *words], capture_output=True, env=changed, stdin=subprocess.DEVNULL)
    assert (tmp_path / "asked").exists()


def test_without_its_executable(site, program, tmp_path):
    shutil.copytree(site / "mcp_run_python", tmp_path / "mcp_run_python")
    os.unlink(tmp_path / "mcp_run_python/bin/mcp-run-python")
    source = "import mcp_run_python; print(mcp_run_python.run_mcp_server('example'))"
    said = program(source, status=1, PYTHONPATH=tmp_path)
    assert "Install the wheel of mcp-run-python-swift, or say with MCP_RUN_PYTHON" in said
    # Another executable can take its place.
    answer = program(source.replace("example", "stdio"), PYTHONPATH=tmp_path, MCP_RUN_PYTHON="/bin/true")
    assert answer == "0\n"
