"""The specification's demands on a server beyond right answers to right requests, over stdio."""

import time

import pytest
from support import tool
from support.peer import META, Peer, success, text
from support.product import PATIENCE
from support.wires import record_of

LEGACY, MODERN = "2025-11-25", "2026-07-28"
ANSWER = {"action": "accept", "content": {"value": "Ada"}}


def form(**modes: object) -> dict:
    """Client capabilities with these modes of elicitation."""
    return {"elicitation": modes}


class Asker:
    """Calls of a modern client that can be asked."""

    def __init__(self, peer, capabilities: dict | None = None) -> None:
        self.peer = peer
        self._capabilities = form() if capabilities is None else capabilities
        self._count = 0

    def start(self, code: str, **more: object) -> str:
        self._count += 1
        id = f"call {self._count}"
        meta = self.peer.meta() | {META + "clientCapabilities": self._capabilities}
        params = {"name": tool.NAME, "arguments": {"python_code": code}, "_meta": meta} | more
        self.peer.send({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})
        return id

    def call(self, code: str, **more: object) -> dict:
        return self.peer.answer(self.start(code, **more))

    def question(self, code: str) -> dict:
        result = self.call(code)["result"]
        assert result["resultType"] == "input_required"
        return result

    def reply(self, code: str, question: dict, answer: object) -> dict:
        return self.call(code, requestState=question["requestState"], inputResponses={"input": answer})


def test_an_unsupported_version_lists_only_what_may_be_named_instead(start):
    peer = start(revision=MODERN)
    listed = peer.ask("server/discover")["result"]["supportedVersions"]
    for version in (LEGACY, "2099-01-01"):
        meta = {META + "protocolVersion": version, META + "clientCapabilities": {}}
        peer.send({"jsonrpc": "2.0", "id": version, "method": "tools/list", "params": {"_meta": meta}})
        error = peer.answer(version)["error"]
        assert (error["code"], error["data"]["supported"]) == (-32022, listed)


@pytest.mark.parametrize(
    ("capabilities", "asks"),
    [(form(), True), (form(form={}), True), (form(form={}, url={}), True), (form(url={}), False), ({}, False)],
)
@pytest.mark.parametrize("revision", [LEGACY, MODERN])
def test_a_form_is_for_clients_that_know_forms(start, revision, capabilities, asks):
    peer = start(revision=revision, greet=False)
    if revision == MODERN:
        result = Asker(peer, capabilities).call("input('Who? ')")["result"]
        assert (result["resultType"] == "input_required") == asks
        if not asks:
            assert "EOFError" in result["content"][0]["text"]
        return
    params = {"protocolVersion": revision, "capabilities": capabilities, "clientInfo": {"name": "t", "version": "1"}}
    peer.ask("initialize", params)
    peer.notify("notifications/initialized")
    call = peer.start_call("input('Who? ')")
    if asks:
        _, question = peer.wait(lambda m: m.get("method") == "elicitation/create", "the question")
        content = {"action": "accept", "content": {"value": "Ada"}}
        peer.send({"jsonrpc": "2.0", "id": question["id"], "result": content})
        assert text(peer.answer(call)) == success("Ada")
    else:
        assert "EOFError" in text(peer.answer(call))


@pytest.mark.parametrize("revision", [LEGACY, MODERN])
def test_a_hidden_question_says_so(start, revision):
    code = "import getpass\ngetpass.getpass('Key: ')"
    peer = start(revision=revision, greet=False)
    if revision == MODERN:
        asker = Asker(peer)
        question = asker.question(code)
        params = question["inputRequests"]["input"]["params"]
        answer = asker.reply(code, question, ANSWER)
    else:
        info = {"name": "t", "version": "1"}
        peer.ask("initialize", {"protocolVersion": revision, "capabilities": form(), "clientInfo": info})
        peer.notify("notifications/initialized")
        call = peer.start_call(code)
        _, asked = peer.wait(lambda m: m.get("method") == "elicitation/create", "the question")
        params = asked["params"]
        peer.send({"jsonrpc": "2.0", "id": asked["id"], "result": ANSWER})
        answer = peer.answer(call)
    assert params["_meta"] == {"mcp-run-python/hidden": True}
    assert params["requestedSchema"]["properties"]["value"]["title"] == "Hidden input"
    assert text(answer) == success("Ada")


def test_another_call_ends_the_wait_for_a_client_that_left(start):
    asker = Asker(start("--state", "keep", revision=MODERN))
    code = "try:\n  said = input()\nexcept EOFError:\n  said = 'nothing'"
    question = asker.question(code)
    assert text(asker.call("said")) == success("nothing")
    assert asker.reply(code, question, {"action": "accept", "content": {"value": "late"}})["error"]["code"] == -32602


def test_another_call_ends_the_wait_in_a_fresh_state(start):
    asker = Asker(start("--input-timeout", "600", revision=MODERN))
    question = asker.question("input()")
    assert text(asker.call("6 * 7")) == success("42")
    assert asker.reply("input()", question, ANSWER)["error"]["code"] == -32602


def test_time_ends_the_wait_of_the_code(start):
    peer = start("--state", "keep", "--input-timeout", "0.2", revision=LEGACY, greet=False)
    code = "try:\n  said = input()\nexcept EOFError:\n  print('over', flush=True)"
    params = {"protocolVersion": LEGACY, "capabilities": form(), "clientInfo": {"name": "t", "version": "1"}}
    peer.ask("initialize", params)
    peer.notify("notifications/initialized")
    assert "over" in text(peer.answer(peer.start_call(code)))
    peer.wait(lambda m: m.get("method") == "notifications/cancelled", "the question is taken back")


def test_time_ends_the_wait_for_a_client_that_left(start):
    """An answer that comes late is refused. Nothing tells a client that left when it is late, so it tries."""
    asker = Asker(start("--input-timeout", "0.2", revision=MODERN))
    for pause in (0.4, 2, 8):
        question = asker.question("input()")
        time.sleep(pause)
        answer = asker.reply("input()", question, ANSWER)
        if "error" in answer:
            break
        assert text(answer) == success("Ada")
    assert answer["error"]["code"] == -32602


def test_after_the_wait_the_time_limit_counts(start):
    """Code that asks for ever of a client that left is stopped like any other."""
    asker = Asker(start("--timeout", "1", "--input-timeout", "0.1", revision=MODERN))
    asker.question("while True:\n  try: input()\n  except EOFError: pass")
    begin = time.monotonic()
    assert text(asker.call("1")) == success("1")
    assert time.monotonic() - begin < PATIENCE


@pytest.mark.parametrize("revision", [LEGACY, MODERN])
def test_a_question_after_the_end_of_input_has_no_answer(start, revision):
    peer = start(revision=revision, greet=False)
    code = "import time\ntime.sleep(1)\ninput()"
    if revision == MODERN:
        id = Asker(peer).start(code)
    else:
        params = {"protocolVersion": revision, "capabilities": form(), "clientInfo": {"name": "t", "version": "1"}}
        peer.ask("initialize", params)
        id = peer.start_call(code)
    peer.hang_up()
    assert "EOFError" in text(peer.answer(id))
    assert peer.end() == 0


@pytest.mark.parametrize("revision", ["2025-06-18", LEGACY, MODERN])
@pytest.mark.parametrize("arguments", [{}, {"python_code": 5}, {"python_code": "1", "other": 1}])
def test_wrong_arguments_are_told_where_a_model_reads(start, revision, arguments):
    answer = start(revision=revision).ask("tools/call", {"name": tool.NAME, "arguments": arguments})
    if revision < LEGACY:
        assert answer["error"]["code"] == -32602
    else:
        assert answer["result"]["isError"] is True
        assert "Invalid arguments for tool run_python_code" in text(answer)


@pytest.mark.parametrize("revision", ["2025-06-18", LEGACY, MODERN])
def test_an_unknown_session_is_told_where_a_model_reads(start, revision):
    arguments = {"python_code": "1", "session": "0" * 64}
    answer = start("--checkpoints", revision=revision).ask("tools/call", {"name": tool.NAME, "arguments": arguments})
    if revision < LEGACY:
        assert answer["error"]["code"] == -32602
    else:
        assert answer["result"]["isError"] is True
        assert "There is no session" in text(answer)


@pytest.mark.parametrize("revision", [LEGACY, MODERN])
def test_an_unknown_tool_is_an_error_of_the_protocol(start, revision):
    assert start(revision=revision).ask("tools/call", {"name": "other", "arguments": {}})["error"]["code"] == -32602


@pytest.mark.parametrize(
    ("mode", "revision", "flagged"),
    [
        (None, LEGACY, False), (None, MODERN, False),
        ("result", LEGACY, False), ("result", MODERN, False),
        ("auto", LEGACY, False), ("auto", MODERN, True),
        ("flag", LEGACY, True), ("flag", MODERN, True),
    ],
)  # fmt: skip
def test_code_that_raises_is_flagged_where_that_is_wanted(start, mode, revision, flagged):
    peer = start(*(["--tool-errors", mode] if mode else []), revision=revision)
    answer = peer.answer(peer.start_call(tool.WRONG_CODE))
    assert answer["result"].get("isError", False) is flagged
    assert text(answer) == tool.WRONG_TEXT
    assert "isError" not in peer.answer(peer.start_call("1"))["result"]


@pytest.mark.parametrize(
    "wrong",
    [{"content": 5}, {}, {"action": "accept"}, {"action": "accept", "content": {}},
     {"action": "accept", "content": {"value": 5}}, {"action": "what"}],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_asked_for_again(start, wrong):
    asker = Asker(start(revision=MODERN))
    code = "input('Who? ')"
    again = asker.reply(code, asker.question(code), wrong)["result"]
    assert again["resultType"] == "input_required"
    answer = asker.reply(code, again, ANSWER)
    assert text(answer) == success("Ada")


def test_a_client_that_never_answers_right_is_not_asked_for_ever(start):
    asker = Asker(start(revision=MODERN))
    code = "input('Who? ')"
    result = asker.call(code)["result"]
    for _ in range(3):
        assert result["resultType"] == "input_required"
        result = asker.reply(code, result, {"content": 5})["result"]
    assert "EOFError" in result["content"][0]["text"]


@pytest.mark.parametrize("state", [5, None, {}, True])
def test_a_state_that_is_no_string_is_refused(start, state):
    asker = Asker(start(revision=MODERN))
    assert asker.call("1", requestState=state)["error"]["code"] == -32602


def test_capabilities_without_a_version_lack_the_version(start):
    peer = start(revision=MODERN, greet=False)
    meta = {META + "clientCapabilities": {}}
    peer.send({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": meta}})
    error = peer.answer(1)["error"]
    assert error["code"] == -32602 and "protocolVersion" in error["message"]


@pytest.mark.parametrize("id", ["-9223372036854775809", "9223372036854775808", "9007199254740993.0", "1" + "0" * 400])
def test_an_id_that_would_come_back_as_another_is_refused(start, id):
    peer = start(revision=LEGACY)
    before = len(peer.messages)
    peer.send_bytes(b'{"jsonrpc":"2.0","id":%s,"method":"ping"}\n' % id.encode())
    _, answer = peer.wait(lambda m: "error" in m, "the refusal", before)
    assert answer["error"]["code"] == -32600 and "id" not in answer


@pytest.mark.parametrize("id", [9223372036854775807, -9223372036854775808, 9007199254740993])
def test_an_id_of_64_bits_comes_back(start, id):
    assert start(revision=LEGACY).ask("ping", id=id)["result"] == {}


def test_a_number_of_any_length_is_passed_on(start):
    peer = start(revision=LEGACY)
    number = 10**400 + 7
    answer = peer.answer(peer.start_call("x, type(x).__name__", {"x": number}))
    assert answer["result"]["structuredContent"]["return_value"] == [number, "int"]


@pytest.mark.parametrize("revision", [LEGACY, MODERN])
def test_no_reader_of_lines_splits_a_message(wires, revision):
    """Some take more than a newline for the end of a line."""
    separators = "a\u2028b\u2029c\u0085d"
    command = wires.server()
    peer = Peer(command, revision)
    peer.greet()
    assert separators in peer.call("print(x)\nx", {"x": separators})
    peer.end()
    [line] = [r["text"] for r in record_of(command) if r.get("from") == "server" and "<output>" in r["text"]]
    assert not set(separators) & set(line) - set("abcd")


def test_params_that_are_null_are_refused(start):
    peer = start(revision=LEGACY)
    peer.send({"jsonrpc": "2.0", "id": "n", "method": "ping", "params": None})
    assert peer.answer("n")["error"]["code"] == -32600


@pytest.mark.parametrize("revision", ["2024-11-05", "2025-03-26", "2025-06-18", LEGACY, MODERN])
def test_what_the_revision_has_is_said_of_the_tool(start, revision):
    peer = start("--network", "none", revision=revision)
    [listed] = peer.ask("tools/list")["result"]["tools"]
    hints = {"readOnlyHint": False, "destructiveHint": False, "idempotentHint": False, "openWorldHint": False}
    expected = {"title": tool.TITLE} | hints if revision >= "2025-03-26" else None
    assert listed.get("annotations") == expected
    assert ("icons" in listed) == (revision >= LEGACY)
    assert list(listed["inputSchema"]) == list(tool.INPUT_SCHEMA)


def test_instructions_tell_of_the_sandbox(start):
    first = start(revision=LEGACY, greet=False).greet()["result"]["instructions"]
    assert first.startswith('Call the "run_python_code" tool with the Python code to run.')
    assert "can reach the network" in first and "gone after each call" in first
    other = start("--state", "keep", "--network", "none", "--deps", "numpy", revision=LEGACY, greet=False)
    told = other.greet()["result"]["instructions"]
    assert "numpy" in told and "live on" in told and "cannot reach" in told


def test_the_world_is_open_where_the_network_is(start):
    [listed] = start(revision=LEGACY).ask("tools/list")["result"]["tools"]
    assert listed["annotations"]["openWorldHint"] is True


@pytest.mark.parametrize("mode", ["both", "text", "only"])
def test_results_carry_what_the_client_pays_for(start, mode):
    peer = start("--structured", mode, revision=LEGACY)
    [listed] = peer.ask("tools/list")["result"]["tools"]
    result = peer.answer(peer.start_call(tool.CODE, tool.VARIABLES))["result"]
    assert ("outputSchema" in listed) == (mode != "text")
    assert result.get("structuredContent") == (None if mode == "text" else tool.STRUCTURE)
    shown = result["content"][0]["text"]
    assert shown == ("<status>success</status>" if mode == "only" else tool.TEXT)
