"""The official Python SDK, over stdio or HTTP: pip install 'mcp<2'

    python official_sdk.py                               starts the server itself
    python official_sdk.py http://127.0.0.1:3001/mcp     talks to one that runs: mcp-run-python streamable-http
"""

import asyncio
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

CODE = """\
import asyncio
for n in range(3):
    print("step", n)
    await asyncio.sleep(0.1)
n * 21
"""


async def show(message):
    print(f"{message.logger}: {message.data}")


async def main():
    if len(sys.argv) > 1:
        streams = streamable_http_client(sys.argv[1])
    else:
        streams = stdio_client(StdioServerParameters(command="mcp-run-python", args=["stdio"]))
    async with streams as (reading, writing, *_):
        async with ClientSession(reading, writing, logging_callback=show) as session:
            await session.initialize()
            await session.set_logging_level("info")
            result = await session.call_tool("run_python_code", {"python_code": CODE})
            print(result.content[0].text)


asyncio.run(main())
