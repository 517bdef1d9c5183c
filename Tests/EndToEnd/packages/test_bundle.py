"""The MCP bundle and the registry's entry have the published forms, and clients can start the server by them."""

import hashlib
import json
import os
import pathlib
import re
import zipfile

import jsonschema
import pytest
from support import product
from support.peer import Peer, success

from .conftest import pack

pytestmark = pytest.mark.long


def closed(needed: tuple[str, ...] = (), /, **members: dict) -> dict:
    """An object with these members and no others."""
    return {"type": "object", "properties": members, "required": list(needed), "additionalProperties": False}


TEXT, TEXTS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
SETTING = closed(
    ("type", "title", "description"),
    type={"enum": ["string", "number", "boolean", "directory", "file"]},
    title=TEXT,
    description=TEXT,
    required={"type": "boolean"},
    default={"type": ["string", "number", "boolean", "array"]},
)
MANIFEST = closed(
    ("manifest_version", "name", "version", "description", "author", "server"),
    manifest_version={"const": "0.3"},
    name=TEXT,
    display_name=TEXT,
    version=TEXT,
    description=TEXT,
    long_description=TEXT,
    author=closed(("name",), name=TEXT, email=TEXT, url=TEXT),
    license=TEXT,
    keywords=TEXTS,
    server=closed(
        ("type", "entry_point", "mcp_config"),
        type={"enum": ["python", "node", "binary"]},
        entry_point=TEXT,
        mcp_config=closed(("command",), command=TEXT, args=TEXTS, env={"type": "object"}),
    ),
    tools={"type": "array", "items": closed(("name",), name=TEXT, description=TEXT)},
    user_config={"type": "object", "additionalProperties": SETTING},
    compatibility=closed(platforms={"type": "array", "items": {"enum": ["darwin", "win32", "linux"]}}),
)
"""The part of the published schema 0.3 of manifests that ours needs; that one is as strict about other members."""

ARGUMENT = {
    "oneOf": [
        closed(("type", "value"), type={"const": "positional"}, value=TEXT),
        closed(("type", "name"), type={"const": "named"}, name=TEXT, description=TEXT, default=TEXT, choices=TEXTS),
    ]
}
ENTRY = closed(
    ("name", "description", "version"),
    **{"$schema": {"type": "string", "pattern": r"^https://static\.modelcontextprotocol\.io/schemas/2025-12-11/"}},
    name={"type": "string", "pattern": r"^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", "minLength": 3, "maxLength": 200},
    title={"type": "string", "minLength": 1, "maxLength": 100},
    description={"type": "string", "minLength": 1, "maxLength": 100},
    version={"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
    packages={
        "type": "array",
        "items": closed(
            ("registryType", "identifier", "transport"),
            registryType={"enum": ["pypi", "oci", "mcpb"]},
            identifier={"type": "string", "minLength": 1},
            version={"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
            fileSha256={"type": "string", "pattern": "^[a-f0-9]{64}$"},
            runtimeHint=TEXT,
            transport=closed(("type",), type={"const": "stdio"}),
            packageArguments={"type": "array", "items": ARGUMENT},
        ),
    },
)
"""The part of the published schema of server.json that ours needs."""


@pytest.fixture(scope="module")
def bundle(packages) -> pathlib.Path:
    (file,) = packages.glob("*.mcpb")
    return file


@pytest.fixture(scope="module")
def manifest(bundle) -> dict:
    with zipfile.ZipFile(bundle) as archive:
        return json.loads(archive.read("manifest.json"))


def test_the_manifest(manifest):
    jsonschema.validate(manifest, MANIFEST)
    assert manifest["version"] == product.run("--version").stdout.split()[-1]
    assert list(manifest["user_config"]) == ["deps", "network", "state"]


def unpack(bundle: pathlib.Path, folder: pathlib.Path) -> None:
    """Unpacks a bundle as clients do, with the modes."""
    with zipfile.ZipFile(bundle) as archive:
        for entry in archive.infolist():
            os.chmod(archive.extract(entry, folder), entry.external_attr >> 16 & 0o777)


@pytest.mark.parametrize(
    ("settings", "code", "expected"),
    [
        ({}, "6 * 7", success("42")),
        (
            {"deps": "numpy", "network": "none", "state": "keep"},
            "import numpy\nint(numpy.arange(4).sum())",
            success("6"),
        ),
    ],
    ids=["defaults", "all set"],
)
def test_a_client_starts_the_server(bundle, manifest, tmp_path, settings, code, expected):
    unpack(bundle, tmp_path)
    values = {name: setting["default"] for name, setting in manifest["user_config"].items()} | settings

    def filled(word: str) -> str:
        word = word.replace("${__dirname}", str(tmp_path))
        return re.sub(r"\$\{user_config\.(\w+)\}", lambda match: values[match[1]], word)

    config = manifest["server"]["mcp_config"]
    command = [filled(word) for word in (config["command"], *config["args"])]
    assert command[0] == str(tmp_path / manifest["server"]["entry_point"])
    peer = Peer(command, "2025-11-25")
    peer.greet()
    offered = peer.ask("tools/list")["result"]["tools"]
    assert [tool["name"] for tool in offered] == [tool["name"] for tool in manifest["tools"]]
    assert peer.call(code) == expected
    assert peer.end() == 0


def test_the_entry_in_the_registry(packages, bundle):
    entry = json.loads((packages / "server.json").read_text())
    jsonschema.validate(entry, ENTRY)
    pypi, mcpb = entry["packages"]
    assert (pypi["registryType"], pypi["identifier"]) == ("pypi", "mcp-run-python-swift")
    assert mcpb["identifier"] == f"https://example.org/releases/{bundle.name}"
    assert mcpb["fileSha256"] == hashlib.sha256(bundle.read_bytes()).hexdigest()
    # The registry finds the entry's name in the package's page.
    (wheel,) = packages.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        assert f"<!-- mcp-name: {entry['name']} -->" in archive.read(name).decode()
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt")]
        assert re.search(rf"^{pypi['identifier']} = ", archive.read(name).decode(), re.MULTILINE)
    words = ["stdio"]
    for argument in pypi["packageArguments"][1:]:
        words += [argument["name"], argument.get("default", "")]
        for choice in argument.get("choices", []):
            assert product.run("stdio", argument["name"], choice, "--help").returncode == 0
    assert product.run(*words, "--help").returncode == 0


def test_the_entry_names_the_image_that_there_is(release, tmp_path):
    folder = pack(release, tmp_path, "bundle", "--image", "registry.example.org/python:0.1.0")
    entry = json.loads((folder / "server.json").read_text())
    jsonschema.validate(entry, ENTRY)
    assert [package["registryType"] for package in entry["packages"]] == ["pypi", "oci"]
    assert entry["packages"][1]["identifier"] == "registry.example.org/python:0.1.0"
