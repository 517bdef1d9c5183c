"""A server made with the official SDK, without Python code to run."""

from mcp.server.fastmcp import Context, FastMCP

server = FastMCP("Greeter")


@server.tool()
def greet(name: str, times: int = 1) -> str:
    """Say hello."""
    return f"Hello {name}! " * times


@server.tool()
async def talk(ctx: Context) -> str:
    """Log something."""
    await ctx.info("a log message")
    return "talked"


@server.tool()
def fail() -> str:
    """Does not work."""
    raise ValueError("this tool is broken")


server.run()
