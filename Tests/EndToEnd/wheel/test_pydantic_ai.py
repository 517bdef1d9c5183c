"""The toolset works with the real Pydantic AI, of both versions, and a model that needs no key."""

import importlib.metadata

import pytest

AGENT = """
import asyncio
from mcp_run_python import Limits
from mcp_run_python.pydantic_ai import python_toolset
from pydantic_ai import Agent
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import FunctionModel

def model(messages, info):
    names.update(tool.name for tool in info.function_tools)
    returned = [part.content for message in messages for part in message.parts if isinstance(part, ToolReturnPart)]
    if len(returned) == len(CODES):
        return ModelResponse(parts=[TextPart('\\n'.join(map(str, returned)))])
    return ModelResponse(parts=[ToolCallPart('run_python_code', {'python_code': CODES[len(returned)]})])

names = set()
toolset = python_toolset(OPTIONS)
agent = Agent(FunctionModel(model), toolsets=[toolset])

async def main():
    async with agent:
        result = await agent.run('Go on.')
    print(sorted(names))
    print(result.output)

asyncio.run(main())
"""


@pytest.fixture
def ask(program):
    """Runs an agent that runs these pieces of code; gives the names of its tools, and all results."""

    def ask(codes: list[str], options: str = "", prelude: str = "") -> tuple[list[str], str]:
        source = prelude + AGENT.replace("CODES", repr(codes)).replace("OPTIONS", options)
        names, _, said = program(source).partition("\n")
        return eval(names), said

    return ask


def test_a_run(ask):
    names, said = ask(["import numpy\nfloat(numpy.mean([1, 2, 6]))"], "dependencies=['numpy']")
    assert names == ["run_python_code"]
    assert "3.0" in said


def test_options(ask):
    names, said = ask(["x = 20", "x + 3", "while True: pass"], "state='keep', limits=Limits(timeout=1.5)")
    assert names == ["checkpoint", "fork", "restore", "run_python_code"]
    assert "23" in said and "1.5" in said


@pytest.mark.skipif(
    int(importlib.metadata.version("pydantic-ai-slim").split(".")[0]) >= 2, reason="version 2 always knows fastmcp"
)
def test_releases_without_fastmcp(ask):
    """Earlier releases of version 1 have a client of their own."""
    _, said = ask(["6 * 7"], prelude="import sys; sys.modules['fastmcp.client.transports'] = None\n")
    assert "42" in said


def test_it_is_imported_only_when_asked_for(program):
    assert program("import sys, mcp_run_python; print('pydantic_ai' in sys.modules)") == "False\n"
