"""pydantic-ai as a client: an agent whose model is a function, so that no model and no key is needed."""

from pydantic_ai import Agent
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import FunctionModel
from support import tool
from support.client import Client, Outcome


class AgentClient(Client):
    """Each call is a run of an agent that calls the tool once."""

    def __init__(self, toolset) -> None:
        self._toolset = toolset

    async def tools(self) -> list[tuple[str, dict]]:
        seen = []

        def model(messages, info):
            seen.extend((t.name, t.parameters_json_schema) for t in info.function_tools)
            return ModelResponse(parts=[TextPart("done")])

        await Agent(FunctionModel(model), toolsets=[self._toolset]).run("look")
        return seen

    async def call(self, code: str, variables: dict) -> Outcome:
        outcomes = []

        def model(messages, info):
            returns = [p for p in messages[-1].parts if isinstance(p, ToolReturnPart)]
            if not returns:
                arguments = {"python_code": code, "global_variables": variables}
                return ModelResponse(parts=[ToolCallPart(tool.NAME, arguments)])
            outcomes.append(_outcome(returns[0].content))
            return ModelResponse(parts=[TextPart("done")])

        result = await Agent(FunctionModel(model), toolsets=[self._toolset]).run("call")
        assert result.output == "done"
        return outcomes[0]


def _outcome(content: object) -> Outcome:
    if isinstance(content, str):
        return Outcome(text=content, structure=None)
    return Outcome(text=None, structure=content)
