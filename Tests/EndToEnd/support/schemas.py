"""The official JSON schemas of MCP's revisions: beside the repository, where the project keeps them."""

import functools
import json
import pathlib

from jsonschema import exceptions, validators

FOLDER = pathlib.Path(__file__).resolve().parents[4] / "shared" / "mcp-schema"


def available() -> bool:
    return FOLDER.is_dir()


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
        if error := exceptions.best_match(self._validator(name).iter_errors(instance)):
            raise AssertionError(f"not a valid {name}: {error.message} at {error.json_path} in {instance}")

    @functools.lru_cache(maxsize=None)
    def _validator(self, name: str):
        document = {
            "$schema": self._document["$schema"],
            self._key: self.names,
            "allOf": [{"$ref": f"#/{self._key}/{name}"}],
        }
        return validators.validator_for(document)(document)


@functools.lru_cache(maxsize=None)
def schema(revision: str) -> Schema:
    return Schema(revision)
