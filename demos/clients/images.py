"""The plots of code come as images after the text of the result. Official SDK: pip install 'mcp<2'"""

import asyncio
import base64

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

SERVER = StdioServerParameters(command="mcp-run-python", args=["stdio", "--deps", "matplotlib"])
CODE = """
import matplotlib.pyplot as plt
plt.bar(["Ada", "Grace", "Annie"], [36, 85, 82])
"""


async def main():
    async with stdio_client(SERVER) as streams, ClientSession(*streams) as session:
        await session.initialize()
        result = await session.call_tool("run_python_code", {"python_code": CODE})
        for content in result.content:
            if content.type == "image":
                png = base64.b64decode(content.data)
                print(f"{content.mimeType}, {len(png)} bytes")
            else:
                print(content.text.splitlines()[0])


asyncio.run(main())
