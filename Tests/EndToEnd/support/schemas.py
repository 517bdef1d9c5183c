"""The official JSON schemas of MCP's revisions.

They lie outside the repository: `MCP_SCHEMAS` names their folder, and `none` leaves the check out.
"""

import functools
import json
import os
import pathlib

import jsonschema_rs

_ROOT = pathlib.Path(__file__).resolve().parents[3]
FOLDER = pathlib.Path(os.environ.get("MCP_SCHEMAS") or _ROOT.parent / "shared" / "mcp-schema")
IS_LEFT_OUT = str(FOLDER) == "none"


def problem() -> str | None:
    """The reason why no message can be checked though it ought to be."""
    if IS_LEFT_OUT or list(FOLDER.glob("*.schema.json")):
        return None
    return f"the MCP schemas are not in {FOLDER}: set MCP_SCHEMAS to their folder, or to `none` to leave the check out"


class Schema:
    """One revision's definitions."""

    def __init__(self, revision: str) -> None:
        self._document = json.loads((FOLDER / f"{revision}.schema.json").read_text())
        self._key = "$defs" if "$defs" in self._document else "definitions"
        self.names = self._document[self._key]

    @functools.cached_property
    def _by_method(self) -> dict[str, str]:
        methods = {name: d.get("properties", {}).get("method", {}).get("const") for name, d in self.names.items()}
        return {method: name for name, method in methods.items() if method and not name.startswith("Client")}

    def call(self, method: str) -> str:
        """The definition of a notification or a request."""
        assert method in self._by_method, f"the revision has no {method}"
        return self._by_method[method]

    def result(self, method: str) -> str:
        """The definition of the result of a request: `CallToolRequest` has `CallToolResult`."""
        assert method in self._by_method, f"the revision has no {method}, but it was answered with a result"
        name = self._by_method[method].removesuffix("Request") + "Result"
        return name if name in self.names else "EmptyResult"

    def check(self, name: str, instance: object) -> None:
        """Fail unless `instance` is what the definition says."""
        if error := next(self._validator(name).iter_errors(instance), None):
            place = "/".join(map(str, error.instance_path)) or "its root"
            raise AssertionError(f"not a valid {name}: {error.message} at {place} in {instance}")

    @functools.lru_cache(maxsize=None)
    def _validator(self, name: str):
        document = {
            "$schema": self._document["$schema"],
            self._key: self.names,
            "allOf": [{"$ref": f"#/{self._key}/{name}"}],
        }
        return jsonschema_rs.validator_for(document, validate_formats=True)


@functools.lru_cache(maxsize=None)
def schema(revision: str) -> Schema:
    return Schema(revision)
