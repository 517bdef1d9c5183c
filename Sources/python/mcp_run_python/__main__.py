"""`python -m mcp_run_python` is the command `mcp-run-python`."""

from ._cli import cli

cli()
