"""The server's entry in the MCP registry: where its packages are, and which settings a client asks for."""

import hashlib
import json
import pathlib

from bundle import SETTINGS
from common import NAME, SERVER, SUMMARY, version

SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"

CHOICES = {"state": ["reset", "keep", "fresh"]}


def arguments() -> list[dict]:
    """The words after the name of the program; a client asks for the values that are not there."""
    found: list[dict] = [{"type": "positional", "value": "stdio"}]
    for name, setting in SETTINGS.items():
        argument = {"type": "named", "name": f"--{name}", "description": setting["description"]}
        if setting["default"]:
            argument["default"] = setting["default"]
        if name in CHOICES:
            argument["choices"] = CHOICES[name]
        found.append(argument)
    return found


def entry(executable: pathlib.Path, folder: pathlib.Path, downloads: str | None, image: str | None) -> pathlib.Path:
    """Writes server.json.

    The wheel is named always, since its place is known. The bundle is named when it is there and `downloads` says
    where it will be; the image, when it has a name.
    """
    number = version(executable)
    stdio = {"type": "stdio"}
    packages: list[dict] = [
        {
            "registryType": "pypi",
            "identifier": "mcp-run-python-swift",
            "version": number,
            "runtimeHint": "uvx",
            "transport": stdio,
            "packageArguments": arguments(),
        }
    ]
    if image:
        packages.append(
            {"registryType": "oci", "identifier": image, "transport": stdio, "packageArguments": arguments()}
        )
    for bundle in sorted(folder.glob(f"{NAME}-{number}-*.mcpb")) if downloads else []:
        packages.append(
            {
                "registryType": "mcpb",
                "identifier": f"{downloads.rstrip('/')}/{bundle.name}",
                "fileSha256": hashlib.sha256(bundle.read_bytes()).hexdigest(),
                "transport": stdio,
            }
        )
    document = {
        "$schema": SCHEMA,
        "name": SERVER,
        "title": "Python in a sandbox",
        "description": SUMMARY,
        "version": number,
        "packages": packages,
    }
    file = folder / "server.json"
    file.write_text(json.dumps(document, indent=2) + "\n")
    return file
