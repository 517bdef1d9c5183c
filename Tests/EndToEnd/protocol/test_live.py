"""The messages while code runs: its output as log messages, and progress; in each revision."""

import time

import pytest
from support import tool
from support.peer import success

WAITING = "import time\ntime.sleep(3.5)"


@pytest.fixture
def loud(peer):
    """The peer, with everything logged if that can be said once; silent again afterwards."""
    if not peer.is_modern:
        assert peer.ask("logging/setLevel", {"level": "debug"})["result"] == {}
    yield peer
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "emergency"})


def test_output_is_logged_while_the_code_runs(loud):
    before = len(loud.messages)
    id = loud.start_call(tool.TALKING_CODE, log="info")
    first, _ = loud.printed("first", before)
    end, _ = loud.wait(lambda m: m.get("id") == id, "the result", before)
    assert end - first >= 0.5
    assert loud.logs(before) == [
        ("info", "stdout", "first"),
        ("warning", "stderr", "careful"),
        ("info", "stdout", "second"),
    ]


def test_nothing_is_logged_unless_asked_for(peer):
    before = len(peer.messages)
    peer.call("import sys\nprint('out')\nprint('err', file=sys.stderr)")
    assert peer.logs(before) == []


def test_a_level_leaves_out_what_is_below(peer):
    before = len(peer.messages)
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "warning"})
    peer.call("import sys\nprint('out')\nprint('err', file=sys.stderr)", log="warning")
    assert peer.logs(before) == [("warning", "stderr", "err")]
    if not peer.is_modern:
        peer.ask("logging/setLevel", {"level": "emergency"})


def test_an_unknown_level_is_refused(peer):
    if peer.is_modern:
        answer = peer.ask("tools/list", log="loud")
    else:
        answer = peer.ask("logging/setLevel", {"level": "loud"})
    assert answer["error"]["code"] == -32602


def test_a_line_that_is_flushed_before_its_end_is_logged_in_parts(server):
    server.ask("logging/setLevel", {"level": "info"})
    before = len(server.messages)
    id = server.start_call("import time\nprint('50 %', end='', flush=True)\ntime.sleep(2)\nprint(' 100 %')")
    first, _ = server.printed("50 %", before)
    end, answer = server.wait(lambda m: m.get("id") == id, "the result", before)
    assert end - first >= 0.5
    assert "".join(data for _, _, data in server.logs(before)) == "50 % 100 %"
    assert answer["result"]["content"][0]["text"] == success(output="50 % 100 %")
    server.ask("logging/setLevel", {"level": "emergency"})


@pytest.mark.parametrize("token", ["a token", 0])
def test_progress_of_a_long_run(peer, token):
    before = len(peer.messages)
    begin = time.monotonic()
    peer.call(WAITING, progress=token)
    seconds = time.monotonic() - begin
    told = peer.notifications("notifications/progress", before)
    assert 2 <= len(told) <= seconds, "one a second"
    assert [(p["progressToken"], p["progress"]) for p in told] == [(token, n + 1) for n in range(len(told))]


def test_no_progress_without_a_token_or_of_a_short_run(peer):
    before = len(peer.messages)
    begin = time.monotonic()
    peer.call("1", progress="a token")
    told = peer.notifications("notifications/progress", before)
    assert len(told) <= time.monotonic() - begin, "one a second"
    before = len(peer.messages)
    peer.call("import time\ntime.sleep(1.2)")
    assert peer.notifications("notifications/progress", before) == []
