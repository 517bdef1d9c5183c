"""The places of the product and its rivals."""

import os
import pathlib

EXECUTABLE = os.environ["MCP_RUN_PYTHON"]
CACHE = pathlib.Path(os.environ["MCP_RUN_PYTHON_CACHE"])
RUNTIME = next((CACHE / "runtime").glob("deno-*"))
"""Deno, and the Pyodide distribution beside it."""
ERYX = os.environ.get("ERYX_PYTHON", "")
"""A Python that has pyeryx, perhaps."""

FRAME = 'import pandas as pd\npd.DataFrame({"a": [1, 2, 3]}).sum()'
"""The smallest use of pandas."""
