"""A guest that dies ends its run with an error, and the next run works."""

import os
import signal

import pytest
from support.peer import success, text
from support.processes import children, is_alive
from support.waiting import eventually
from support.wires import server_pid

EAT_MEMORY = """\
import js
kept = []
while True:
    kept.append(js.Array.new(1 << 24).fill(0.5))"""


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param("import os\nos.abort()", "interpreter ended unexpectedly", id="abort"),
        pytest.param(EAT_MEMORY, "ended", id="memory"),
    ],
)
def test_a_dead_guest_is_replaced(server, code, reason):
    answer = server.answer(server.start_call(code))
    assert text(answer).startswith("<status>run-error</status>")
    assert reason in text(answer)
    assert "was replaced by a new one" in text(answer)
    assert server.call("'next'") == success("next")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("def f(): f()\nf()", "RecursionError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("import os\nos.system('ls')", "PermissionError"),
        ("open('/site/x', 'w')", "Error"),
        ("import os\nos._exit(3)", ""),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("import sys\nsys.stdout.close()\n1/0", "ZeroDivisionError"),
        ("import js\njs.close()", "AttributeError"),
        ("import js\njs.Deno.exit(3)", "AttributeError"),
        ("import js\njs.eval('1')", "EvalError"),
    ],
)
def test_what_python_survives(server, code, error):
    result = server.call(code)
    assert result.startswith("<status>run-error</status>")
    assert error in result
    assert server.call("'next'") == success("next")


def test_the_guest_cannot_speak_for_the_server(server):
    """It has no channel but its descriptors, which lead to the output of its run."""
    code = """\
import js, os
assert not hasattr(js, "postMessage")
os.write(1, b'{"jsonrpc":"2.0","id":1,"result":{}}\\n')
'real'"""
    assert server.call(code) == success("real", output='{"jsonrpc":"2.0","id":1,"result":{}}')


@pytest.mark.parametrize("is_running", [False, True])
def test_an_interpreter_that_is_killed_from_outside(start, is_running):
    """The system does the same when memory is short."""
    peer = start()
    peer.ask("logging/setLevel", {"level": "info"})
    peer.call("1")
    id = peer.start_call("print('busy')\nwhile True: pass") if is_running else None
    if is_running:
        peer.printed("busy")
    for pid in children(server_pid(peer.command)):
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: not is_alive(pid), "the interpreter's end")
    if is_running:
        assert "interpreter ended unexpectedly" in text(peer.answer(id))
    assert peer.call("'next'") == success("next")
