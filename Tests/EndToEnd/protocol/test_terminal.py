"""Code is told of a terminal only in the calls that name one."""

NAMES = ["TERM", "COLORTERM", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES"]
TELL = f"import os\n[os.environ.get(name) for name in {NAMES}]"
CONSOLE = {"mcp-run-python/terminal": "24-bit", "mcp-run-python/columns": 90, "mcp-run-python/lines": 30}
TOLD = ["xterm-256color", "truecolor", "3", None, "90", "30"]
NOTHING = [None] * len(NAMES)


def call(peer, code, **meta):
    id = peer.request("tools/call", {"name": "run_python_code", "arguments": {"python_code": code}, "_meta": meta})
    return peer.answer(id)["result"]["structuredContent"]["return_value"]


def test_each_call_has_its_own_terminal(start):
    peer = start("--state", "keep")
    assert call(peer, TELL) == NOTHING
    assert call(peer, TELL, **CONSOLE) == TOLD
    assert call(peer, TELL, **CONSOLE | {"mcp-run-python/terminal": "mono"}) == ["xterm", None, None, "1", "90", "30"]
    assert call(peer, TELL, **CONSOLE | {"mcp-run-python/terminal": "vt52"})[:4] == NOTHING[:4]
    # The variables do not live on in a session or a checkpoint that goes on without a terminal.
    assert call(peer, TELL) == NOTHING


def test_settings_of_the_code_stay(start):
    peer = start("--state", "keep")
    call(peer, "import os; os.environ['FORCE_COLOR'] = '0'", **CONSOLE)
    call(peer, "del os.environ['TERM']", **CONSOLE)
    assert call(peer, TELL, **CONSOLE) == [None, "truecolor", "0", None, "90", "30"]
    assert call(peer, TELL) == [None, None, "0", None, None, None]


def test_nothing_of_a_terminal_stays_after_a_lone_run(start):
    peer = start()
    assert call(peer, TELL, **CONSOLE) == TOLD
    assert call(peer, TELL) == NOTHING
