"""The MCP bundle: a zip file that clients such as Claude Desktop install at a click, with a form for the settings."""

import json
import pathlib

from common import NAME, SUMMARY, Files, license, remove_former, version, zipped
from parts import licences

SETTINGS = {
    "deps": {
        "type": "string",
        "title": "Packages",
        "description": "Python packages that the code may import, separated by commas, such as numpy,pandas",
        "required": False,
        "default": "",
    },
    "network": {
        "type": "string",
        "title": "Network",
        "description": "What the code may reach: none, public (the internet, but nothing local), or hosts",
        "required": False,
        "default": "public",
    },
    "state": {
        "type": "string",
        "title": "State",
        "description": "What a run leaves for the next: reset (files below /work), keep (everything), fresh (nothing)",
        "required": False,
        "default": "reset",
    },
}


def manifest(number: str) -> dict:
    """The bundle's description of itself."""
    entry = f"server/{NAME}"
    options = [word for name in SETTINGS for word in (f"--{name}", f"${{user_config.{name}}}")]
    return {
        "manifest_version": "0.3",
        "name": NAME,
        "display_name": "Python in a sandbox",
        "version": number,
        "description": SUMMARY,
        "long_description": "The code runs in Pyodide, which is CPython compiled to WebAssembly, in a Deno process "
        "with almost no permissions. Python 3 with pip must be installed: it fetches Deno and Pyodide once.",
        "author": {"name": "The maintainers of mcp-run-python"},
        "license": "MIT",
        "keywords": ["python", "sandbox", "pyodide", "deno"],
        "server": {
            "type": "binary",
            "entry_point": entry,
            "mcp_config": {"command": f"${{__dirname}}/{entry}", "args": ["stdio", *options], "env": {}},
        },
        "tools": [{"name": "run_python_code", "description": "Run Python code in a sandbox"}],
        "user_config": SETTINGS,
        "compatibility": {"platforms": ["linux"]},
    }


def bundle(executable: pathlib.Path, generator: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Writes the bundle, and removes those of other versions."""
    number = version(executable)
    files: Files = {
        "manifest.json": (json.dumps(manifest(number), indent=2).encode() + b"\n", 0o644),
        f"server/{NAME}": (executable.read_bytes(), 0o755),
        "LICENSE": (license(), 0o644),
    }
    for library, text in licences(executable).items():
        files[f"licenses/{library}"] = text, 0o644
    remove_former(folder, f"{NAME}-*.mcpb")
    file = folder / f"{NAME}-{number}-linux-x86_64.mcpb"
    zipped(file, files)
    return file
