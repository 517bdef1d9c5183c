"""The check of every recorded message finds what is wrong."""

import json
import os
import pathlib
import subprocess
import sys

import pytest
from support import schemas
from support.conversation import Conversation
from support.peer import MODERN, REVISIONS
from support.wires import Wires

HERE = pathlib.Path(__file__).parents[1]
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "run_python_code"}}

pytestmark = pytest.mark.skipif(schemas.IS_LEFT_OUT, reason="MCP_SCHEMAS=none")


def check(revision: str, result: object) -> None:
    """Follow a call that is answered with `result`."""
    conversation = Conversation(None if revision == MODERN else revision)
    call = CALL | ({"params": {"_meta": {"io.modelcontextprotocol/protocolVersion": MODERN}}} if revision == MODERN else {})
    answer = {"jsonrpc": "2.0", "id": 1, "result": result}
    conversation.add({"from": "client", "text": json.dumps(call)})
    conversation.add({"from": "server", "text": json.dumps(answer)})


def result(revision: str, **changes: object) -> dict:
    right = {"content": [{"type": "text", "text": "a"}], "isError": False}
    return right | ({"resultType": "complete"} if revision == MODERN else {}) | changes


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_wrong_result_is_refused(revision):
    check(revision, result(revision))
    for changes in ({"isError": "no"}, {"content": "a"}, {"content": [{"type": "text"}]}, {"content": [{"type": "song"}]}):
        with pytest.raises(AssertionError, match="not a valid CallToolResult"):
            check(revision, result(revision, **changes))


def test_a_wrong_line_is_found_once_wherever_it_stands(tmp_path):
    wires = Wires(tmp_path)
    record = pathlib.Path(wires.server()[4])
    wires.check()
    with record.open("a") as file:
        file.write('{"pid": 1}\n{"from": "server", "te')
        file.flush()
        wires.check()
        file.write('xt": "{}"}\n')
    with pytest.raises(AssertionError, match="not a JSON-RPC message"):
        wires.check()


@pytest.mark.parametrize("folder", ["none", "a folder that is not there"])
def test_a_run_without_schemas_fails_or_says_so(folder):
    command = [sys.executable, "-B", "-m", "pytest", "--collect-only", "-q", "protocol/test_schemas.py"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["MCP_SCHEMAS"] = folder
    ran = subprocess.run(command, cwd=HERE, capture_output=True, encoding="utf-8", env=environment)
    if folder == "none":
        assert (ran.returncode, "the shape of MCP messages" in ran.stdout) == (0, True)
    else:
        assert (ran.returncode, f"the MCP schemas are not in {folder}" in ran.stderr) == (4, True), ran
