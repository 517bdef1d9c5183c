"""An agent of Pydantic AI 1.x with Python at hand: pip install 'pydantic-ai-slim[mcp]<2'

The model here is a function, so that no key is needed. For a real one:

    agent = Agent("anthropic:claude-haiku-4-5", toolsets=[python])
"""

import asyncio

from pydantic_ai import Agent
from pydantic_ai.mcp import MCPServerStdio
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import FunctionModel

python = MCPServerStdio("mcp-run-python", args=["stdio", "--deps", "numpy"], timeout=60)


def model(messages, info):
    """Calls the tool once, and answers with what it gave back."""
    for part in messages[-1].parts:
        if isinstance(part, ToolReturnPart):
            return ModelResponse(parts=[TextPart(f"The mean is: {part.content}")])
    code = "import numpy\nfloat(numpy.mean(ages))"
    return ModelResponse(
        parts=[ToolCallPart("run_python_code", {"python_code": code, "global_variables": {"ages": [36, 85, 82]}})]
    )


agent = Agent(FunctionModel(model), toolsets=[python])


async def main():
    async with agent:
        result = await agent.run("What is the mean age?")
    print(result.output)


asyncio.run(main())
