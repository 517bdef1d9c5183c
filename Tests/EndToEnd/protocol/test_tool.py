"""The tool and its results, in each revision."""

import json

import pytest
from jsonschema import validate
from support import tool
from support.peer import success, text

HAS_STRUCTURE = ("2025-06-18", "2025-11-25", "2026-07-28")


def test_the_tool_is_listed_as_its_users_know_it(peer):
    [listed] = peer.ask("tools/list")["result"]["tools"]
    assert listed["name"] == tool.NAME
    assert listed["inputSchema"] == tool.INPUT_SCHEMA
    # Its order too: prompts are made of it.
    assert json.dumps(listed["inputSchema"]) == json.dumps(tool.INPUT_SCHEMA)
    assert listed.get("title") == (tool.TITLE if peer.revision in HAS_STRUCTURE else None)
    assert ("outputSchema" in listed) == (peer.revision in HAS_STRUCTURE)
    # Python's clients check a schema of this dialect in a fifth of the time of the newest one.
    assert listed.get("outputSchema", tool.INPUT_SCHEMA)["$schema"] == tool.INPUT_SCHEMA["$schema"]


def test_value_output_and_variables(peer):
    answer = peer.answer(peer.start_call(tool.CODE, tool.VARIABLES))
    assert text(answer) == tool.TEXT
    assert not answer["result"].get("isError")
    assert answer["result"].get("structuredContent") == (
        tool.STRUCTURE if peer.revision in HAS_STRUCTURE else None
    )


def test_an_error_of_the_code_is_a_result(peer):
    answer = peer.answer(peer.start_call(tool.WRONG_CODE))
    assert text(answer) == tool.WRONG_TEXT
    assert answer["result"].get("structuredContent") == (
        tool.WRONG_STRUCTURE if peer.revision in HAS_STRUCTURE else None
    )


@pytest.mark.parametrize("code", [tool.CODE, tool.WRONG_CODE, "None", "print('a')", "float('nan')", "{1: b'\\xff'}"])
def test_structured_content_fits_the_output_schema(server, code):
    [listed] = server.ask("tools/list")["result"]["tools"]
    answer = server.answer(server.start_call(code, tool.VARIABLES))
    validate(answer["result"]["structuredContent"], listed["outputSchema"])


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("6 * 7", "42"),
        ("'a <b> & </return_value>'", "a <b> & &lt;/return_value&gt;"),
        ("None", ""),
        ("x = 1", ""),
        ("[1, 2.0, None, True]", "[\n  1,\n  2.0,\n  null,\n  true\n]"),
        ("object", "<class 'object'>"),
        ("import asyncio\nawait asyncio.sleep(0.01)\n'awaited'", "awaited"),
        ("'é𝄞\u2028'", "é𝄞\u2028"),
    ],
)
def test_values(server, code, value):
    assert server.call(code) in (success(value), success(f'"{value}"'))


def test_output_keeps_its_order_and_odd_bytes(server):
    code = """\
import sys
print('one')
print('two', file=sys.stderr)
sys.stdout.buffer.write(b'\\xff\\n')
print('é𝄞', end='')"""
    assert server.call(code) == success(output="one\ntwo\n\ufffd\né𝄞")


def test_much_output_arrives_whole(server):
    lines = "\n".join(str(number) for number in range(20_000))
    assert server.call("for n in range(20_000): print(n)") == success(output=lines)


def test_variables_of_all_kinds(server):
    variables = {"a": 1, "b": 1.5, "c": "é", "d": None, "e": [True], "f": {"g": {}}}
    text = server.call("[a, b, c, d, e, f] == [1, 1.5, 'é', None, [True], {'g': {}}]", variables)
    assert text == success("true")


def test_json_results(start):
    peer = start("--return-mode", "json")
    assert json.loads(peer.call(tool.CODE, tool.VARIABLES)) == {
        "status": "success",
        "output": ["working"],
        "return_value": {"answer": 42, "list": [1, 2]},
    }
    assert json.loads(peer.call(tool.WRONG_CODE)) == {
        "status": "run-error",
        "output": [],
        "error": tool.TRACEBACK,
    }
    assert json.loads(peer.call("None")) == {"status": "success", "output": [], "return_value": None}
