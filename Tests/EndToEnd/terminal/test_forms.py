"""Questions of a server that have several fields, at the plain prompt."""

import pytest
from support.plain_prompt import Terminal
from support.scripted_server import ScriptedServer, done, modern, result

FIELDS = {
    "name": {"type": "string", "default": "John Doe"},
    "age": {"type": "integer", "default": 30},
    "score": {"type": "number", "default": 95.5},
    "status": {"type": "string", "enum": ["active", "inactive"], "default": "active"},
    "verified": {"type": "boolean", "default": True},
    "confirmed": {"type": "boolean"},
}
DEFAULTS = {"name": "John Doe", "age": 30, "score": 95.5, "status": "active", "verified": True, "confirmed": False}


@pytest.mark.parametrize(
    ("fields", "typed", "expected"),
    [
        (FIELDS, "", DEFAULTS),
        (FIELDS, "Ada", DEFAULTS | {"name": "Ada"}),
        ({"confirmed": {"type": "boolean"}}, "true", {"confirmed": True}),
        ({"age": {"type": "integer"}}, "41", {"age": 41}),
        ({"age": {"type": "integer"}}, "old", None),
    ],
)
def test_a_forms_answer_has_every_field(tmp_path, fields, typed, expected):
    answers = []

    def call(message, _):
        responses = message["params"].get("inputResponses")
        if responses is None:
            form = {"type": "object", "properties": fields, "required": list(fields)}
            question = {"method": "elicitation/create", "params": {"message": "Fill in: ", "requestedSchema": form}}
            return result(message, {"resultType": "input_required", "inputRequests": {"q": question}, "requestState": "s"})
        answers.append(responses["q"])
        return done(message, "done")

    with ScriptedServer(modern(call)) as server:
        terminal = Terminal(tmp_path, "--url", server.url)
        try:
            terminal.type("ask\r")
            terminal.wait_for("Fill in: ")
            terminal.type(typed + "\r")
            terminal.wait_for(">>> ")
        finally:
            terminal.close()
    assert answers == [{"action": "accept", "content": expected} if expected else {"action": "decline"}]
