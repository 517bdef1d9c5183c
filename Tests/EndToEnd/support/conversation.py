"""Checks one recorded conversation: every message of the server against the schema of its revision."""

import json

from support import schemas

MODERN = "2026-07-28"
_VERSION = "io.modelcontextprotocol/protocolVersion"


class Conversation:
    """Follows what both sides say, which tells what each answer of the server answers."""

    def __init__(self, session: str | None = None, is_http: bool = False) -> None:
        self._is_http = is_http
        self._session = session
        """The revision that `initialize` agreed on; over HTTP a part may come without it."""
        self._requests: dict[tuple[type, object], tuple[object, str]] = {}

    def add(self, entry: dict) -> None:
        if entry.get("from") == "client":
            self._follow(entry["text"])
        elif entry.get("from") == "server":
            assert not entry.get("unended"), f"the server's last line has no end: {entry['text']!r}"
            self._check(entry["text"])

    def _follow(self, line: str) -> None:
        """Note the client's requests. It may say anything: many tests send what is wrong."""
        try:
            message = json.loads(line)
        except ValueError:
            return
        for part in message if isinstance(message, list) else [message]:
            if isinstance(part, dict) and "method" in part and _is_id(part.get("id")):
                self._requests[type(part["id"]), part["id"]] = (part["method"], self._revision(part))

    def _revision(self, request: dict) -> str:
        """The revision that a request's answer has to follow."""
        params = request.get("params")
        meta = params.get("_meta") if isinstance(params, dict) else None
        is_modern = request["method"] == "server/discover" or (isinstance(meta, dict) and _VERSION in meta)
        return MODERN if is_modern else self._session or "2025-11-25"

    def _check(self, line: str) -> None:
        message = json.loads(line)
        if isinstance(message, list):
            assert self._session == "2025-03-26", f"a batch outside 2025-03-26: {line}"
        for part in message if isinstance(message, list) else [message]:
            assert isinstance(part, dict) and part.get("jsonrpc") == "2.0", f"not a JSON-RPC message: {line}"
            self._check_message(part)

    def _check_message(self, message: dict) -> None:
        if "method" in message:
            revision = self._session or MODERN
            assert "id" not in message or self._session, f"a request of a server without a session: {message}"
            return self._validate(revision, lambda schema: schema.call(message["method"]), message, message)
        if message.get("id") is None:
            return self._check_unattributed(message)
        request = self._requests.get((type(message["id"]), message["id"]))
        assert request, f"an answer to nothing: {message}"
        method, revision = request
        if method == "initialize" and "result" in message:
            revision = self._session = message["result"]["protocolVersion"]
        if "result" in message:
            asks = message["result"].get("resultType") == "input_required"
            definition = (lambda _: "InputRequiredResult") if asks else (lambda schema: schema.result(method))
            self._validate(revision, definition, message["result"], message)
        else:
            self._validate(revision, lambda _: "JSONRPCMessage", message, message)

    def _check_unattributed(self, message: dict) -> None:
        """An error about a message whose id could not be read.

        The schemas before 2025-11-25 have no such error: JSON-RPC's own rule, a null id, holds there; but over HTTP
        the text of all revisions says that it has no id.
        """
        assert "error" in message, f"a result without an id: {message}"
        revision = self._session or MODERN
        if self._is_http:
            assert "id" not in message, f"an error over HTTP omits an unknown id: {message}"
            message = message | {"id": "unknown"}
        elif revision < "2025-11-25":
            assert "id" in message, f"an error before 2025-11-25 needs an id: {message}"
            message = message | {"id": "unknown"}
        else:
            assert "id" not in message, f"an error since 2025-11-25 omits an unknown id: {message}"
        self._validate(revision, lambda _: "JSONRPCMessage", message, message)

    def _validate(self, revision: str, definition, part: object, message: dict) -> None:
        if not schemas.IS_LEFT_OUT:
            schema = schemas.schema(revision)
            schema.check("JSONRPCMessage", message)
            schema.check(definition(schema), part)


def _is_id(value: object) -> bool:
    return isinstance(value, (int, str)) and not isinstance(value, bool)
