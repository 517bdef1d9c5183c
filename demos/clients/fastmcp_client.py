"""The client of FastMCP, 3 or 4: pip install fastmcp"""

import asyncio

from fastmcp import Client
from fastmcp.client.transports import StdioTransport


async def main():
    async with Client(StdioTransport("mcp-run-python", ["stdio", "--state", "keep"])) as client:
        await client.call_tool("run_python_code", {"python_code": "squares = [n * n for n in range(10)]"})
        result = await client.call_tool("run_python_code", {"python_code": "sum(squares)"})
        print(result.content[0].text)


asyncio.run(main())
