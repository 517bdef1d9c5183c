"""A prepared environment starts the server by Deno, as the original's users do, and without it."""

import pathlib
import re
import subprocess
import sys

import pytest
from support import product

README_PROGRAM = """
import asyncio
from pydantic_ai import Agent
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import FunctionModel
from mcp_run_python import async_prepare_deno_env
try:
    from pydantic_ai.mcp import MCPServerStdio
except ImportError:
    from fastmcp.client.transports import StdioTransport
    from pydantic_ai.mcp import MCPToolset

    def MCPServerStdio(command, args, cwd, timeout):
        return MCPToolset(StdioTransport(command, args, cwd=str(cwd), keep_alive=False), init_timeout=timeout)

code = 'from datetime import date\\n(date(2025, 3, 18) - date(2000, 1, 1)).days'

def model(messages, info):
    for part in messages[-1].parts:
        if isinstance(part, ToolReturnPart):
            return ModelResponse(parts=[TextPart(str(part.content))])
    return ModelResponse(parts=[ToolCallPart('run_python_code', {'python_code': code})])

async def main():
    async with async_prepare_deno_env('stdio') as deno_env:
        server = MCPServerStdio(COMMAND, args=deno_env.args, cwd=deno_env.cwd, timeout=120)
        agent = Agent(FunctionModel(model), toolsets=[server])
        async with agent:
            result = await agent.run('How many days between 2000-01-01 and 2025-03-18?')
        print(result.output)

asyncio.run(main())
"""
"""The program of the original's README, with a model that needs no key."""

COMMANDS = {"deno": "'deno'", "command": "deno_env.command"}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_originals_readme(program, command):
    assert "9208" in program(README_PROGRAM.replace("COMMAND", COMMANDS[command]))


def test_without_deno_on_the_path(program):
    """The new way needs only the executable."""
    assert "9208" in program(README_PROGRAM.replace("COMMAND", "deno_env.command"), PATH="/usr/bin:/bin")


EXAMPLE = """
import subprocess
from mcp_run_python import prepare_deno_env
with prepare_deno_env(MODE, dependencies=['numpy'], return_mode='json') as env:
    print(env.cwd, flush=True)
    print(subprocess.run([COMMAND, *env.args], cwd=env.cwd).returncode)
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example(program, command):
    source = EXAMPLE.replace("MODE", "'example'").replace("COMMAND", COMMANDS[command].replace("deno_env", "env"))
    folder, *said, status = program(source).splitlines()
    assert status == "0"
    assert '"return_value":[1,2,3]' in "".join(said)
    assert not pathlib.Path(folder).exists()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("mode", ["streamable_http", "streamable_http_stateless"])
def test_a_server_for_http_ends_by_the_signal_to_deno(environment, command, mode):
    """The original's callers end the process that they have started; nothing of it may go on."""
    source = f"""
import subprocess, sys
from mcp_run_python import prepare_deno_env
with prepare_deno_env({mode!r}, http_port=0) as env:
    server = subprocess.Popen([{COMMANDS[command].replace("deno_env", "env")}, *env.args], cwd=env.cwd)
    print(server.pid, flush=True)
    sys.stdin.readline()
    server.terminate()
    print(server.wait(), flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", source],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    ) as caller:
        pid = caller.stdout.readline().strip()
        url = re.search(r"http://\S+:(\d+)/mcp", caller.stdout.readline())
        assert url
        # The process that the caller knows is the server itself.
        assert pathlib.Path(f"/proc/{pid}/exe").resolve().name == "mcp-run-python"
        caller.stdin.write("\n")
        caller.stdin.flush()
        assert caller.stdout.read().splitlines()[-1] == "0"
    assert caller.returncode == 0


def test_the_status_of_the_server(program):
    source = """
import subprocess
from mcp_run_python import prepare_deno_env
with prepare_deno_env('example') as env:
    for command in ('deno', env.command):
        print(subprocess.run([command, *env.args], cwd=env.cwd, stdout=subprocess.DEVNULL).returncode)
"""
    # Without numpy the example fails.
    assert program(source) == "1\n1\n"


def test_arguments_reach_the_server_as_they_are(program, tmp_path):
    """Deno and the shell in between must neither split nor read them."""
    echo = tmp_path / "echo all"
    echo.write_text("#!/bin/sh\n[ \"$1\" = install ] || printf '<%s>' \"$@\"\n")
    echo.chmod(0o755)
    source = """
import subprocess
from mcp_run_python import prepare_deno_env
with prepare_deno_env('stdio', dependencies=["a>=1,<2", "main.ts", "$x 'y'", "ü"]) as env:
    for command in ('deno', env.command):
        print(subprocess.check_output([command, *env.args], cwd=env.cwd, encoding='utf-8'))
"""
    first, second = program(source, MCP_RUN_PYTHON=echo).splitlines()
    assert first == second
    assert first.startswith("<stdio><--deps><a>=1,<2><--deps><main.ts><--deps><$x 'y'><--deps><ü>")


def test_a_port_without_http(program):
    for call in ("prepare_deno_env('stdio', http_port=1).__enter__()", "run_mcp_server('example', http_host='::1')"):
        said = program(f"from mcp_run_python import *; {call}", status=1)
        assert said.endswith("ValueError: Port and host are only supported for `streamable_http` mode\n")


@pytest.mark.long
def test_packages_that_cannot_be_installed(program):
    source = "from mcp_run_python import *\nwith prepare_deno_env('stdio', dependencies=['no/name']): pass"
    said = program(source, status=1)
    assert "RuntimeError: Failed to install dependencies: " in said and "no/name" in said
    body = source.replace("\nwith prepare", "\nasync def main():\n  async with async_prepare")
    said = program(f"{body}\nimport asyncio; asyncio.run(main())", status=1)
    assert "RuntimeError: Failed to install dependencies: " in said and "no/name" in said


SERVE = "import logging; logging.basicConfig(level='INFO'); from mcp_run_python import *; print(run_mcp_server({}))"


def test_run_mcp_server(program):
    assert program(SERVE.format("'example', dependencies=['numpy']")).endswith("</return_value>\n0\n")
    assert program(SERVE.format("'example'")).endswith("\n1\n")


def test_a_server_that_is_stopped_from_the_keyboard(environment):
    with subprocess.Popen(
        [sys.executable, "-c", SERVE.format("'streamable_http', http_port=0")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
        process_group=0,
    ) as server:
        assert "/mcp" in server.stdout.readline()
        # The terminal sends it to the whole group.
        subprocess.run(["kill", "-s", "INT", "--", f"-{server.pid}"], check=True)
        out, err = server.communicate(timeout=product.PATIENCE)
    assert (out.splitlines()[-1], server.returncode) == ("0", 0)
    assert "Running mcp-run-python via streamable_http on port 0..." in err
    assert "Server stopped." in err
    assert "Traceback" not in err


def test_an_environment_can_be_made_as_before(program):
    """The original's has two fields."""
    source = "from mcp_run_python import DenoEnv; from pathlib import Path; print(DenoEnv(Path('.'), ['run']).command)"
    assert program(source) == "deno\n"
