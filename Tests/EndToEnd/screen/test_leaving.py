"""However it ends, the terminal is as it was, and no process stays."""

import os
import re
import signal

import pytest
from support import processes, product
from support.screen import Screen
from support.full_screen import environment
from support.waiting import eventually


def is_restored(screen) -> None:
    """The settings are as before, the alternate screen is left, and cursor, colours and modes are normal."""
    assert screen.settings() == screen.settings_before
    raw = bytes(screen.raw)
    assert raw.rindex(b"\x1b[?1049l") > raw.rindex(b"\x1b[?1049h")
    assert raw.rfind(b"\x1b[?25h") >= raw.rfind(b"\x1b[?25l")
    assert raw.rindex(b"\x1b[?2004l") > raw.rindex(b"\x1b[?2004h")
    assert raw.rfind(b"\x1b[?1l") >= raw.rfind(b"\x1b[?1h")
    # Nothing is drawn after the screen was left.
    assert b"\x1b[" not in raw[raw.rindex(b"\x1b[?1049l") + 8 :].replace(b"\x1b[23;0;0t", b"").replace(
        b"\x1b[?1l", b""
    ).replace(b"\x1b[?2004l", b"").replace(b"\x1b[?25h", b"").replace(b"\x1b[?12l", b"").replace(b"\x1b[m", b"")


@pytest.fixture
def family(start):
    """A REPL with an interpreter, and its processes."""
    repl = start()
    repl.wait_ready()
    repl.enter("'started'")
    repl.wait_for("\n'started'\n")
    repl.wait_ready()
    return repl, processes.children(repl.process.pid)


def all_end(pids) -> None:
    eventually(lambda: not any(processes.is_alive(pid) for pid in pids), "the end of all processes")


def test_the_code_ends_it(start):
    repl = start()
    repl.wait_ready()
    repl.enter("import sys; sys.exit('no such table')")
    assert repl.wait() == 1
    assert bytes(repl.raw).endswith(b"no such table\r\n")
    is_restored(repl)


@pytest.mark.parametrize("keys", ["C-d", "C-q"])
def test_a_key(start, keys):
    repl = start()
    repl.wait_ready()
    pids = processes.children(repl.process.pid)
    repl.press(keys)
    assert repl.wait() == 0
    is_restored(repl)
    all_end(pids)


def test_ctrl_d_with_an_interpreter(family):
    repl, pids = family
    assert len(pids) >= 2
    repl.press("C-d")
    assert repl.wait() == 0
    is_restored(repl)
    all_end(pids)


def test_ctrl_d_during_a_run_asks(repl):
    repl.enter("import time; time.sleep(60)")
    repl.wait_running()
    repl.press("C-d")
    repl.wait_for("A run is going on. Leave? (y/n)")
    repl.press("n")
    repl.wait_until_gone("Leave?")
    repl.press("C-c")
    repl.wait_ready()


def test_ctrl_d_in_a_block_does_not_leave(start):
    repl = start()
    repl.wait_ready()
    repl.type("ab")
    repl.press("C-a", "C-d")
    repl.wait_for_prompt(">>> b")


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT, signal.SIGQUIT],
    ids=lambda number: number.name,
)
def test_a_signal(start, number):
    repl = start()
    repl.wait_ready()
    pids = processes.children(repl.process.pid)
    repl.signal(number)
    status = repl.wait()
    is_restored(repl)
    all_end(pids)
    if number in (signal.SIGSEGV, signal.SIGABRT):
        assert status == -number


def test_a_signal_during_a_flood(family):
    repl, pids = family
    repl.enter("for number in range(10**9): print('line', number)")
    repl.enter("")
    repl.wait_for(re.compile(r"line \d{3,}\n"))
    repl.signal(signal.SIGTERM)
    repl.wait()
    is_restored(repl)
    all_end(pids)


def test_the_terminal_goes_away(start):
    """A closed window: SIGHUP, and nothing to write to."""
    repl = start()
    repl.wait_ready()
    pids = processes.children(repl.process.pid) | {repl.process.pid}
    repl.hang_up()
    repl.process.wait(product.PATIENCE)
    all_end(pids)


def test_a_killed_repl_leaves_no_process(family):
    repl, pids = family
    repl.signal(signal.SIGKILL)
    repl.wait()
    all_end(pids)


def test_a_dying_child(family):
    """The server is killed: the screen stays, and says so; later the terminal is restored."""
    repl, pids = family
    server = min(pids)
    os.kill(server, signal.SIGKILL)
    repl.wait_for("The server is gone")
    all_end(pids)
    repl.enter(":restart")
    repl.wait_ready()
    repl.enter("20 + 22")
    repl.wait_for("\n42\n")
    repl.press("C-d")
    assert repl.wait() == 0
    is_restored(repl)


def test_a_dying_child_during_a_run(family):
    repl, pids = family
    repl.enter("import time; time.sleep(60)")
    repl.wait_running()
    os.kill(min(pids), signal.SIGKILL)
    repl.wait_for("The server is gone")
    repl.wait_for(lambda: repl.status.startswith(" no server "))
    repl.press("C-d")
    assert repl.wait() == 0
    is_restored(repl)


@pytest.fixture
def shell(tmp_path):
    """A shell with job control in a terminal."""
    screen = Screen(
        ["/bin/bash", "--norc", "--noprofile", "-i"], environment(tmp_path, PS1="shell$ ", HISTFILE="/dev/null")
    )
    screen.wait_for("shell$")
    yield screen
    screen.type("\x04")
    screen.stop()


def test_suspend_and_resume(shell):
    shell.enter(f"{product.EXECUTABLE} repl")
    shell.wait_for(" ready ")
    shell.type("draft = 1")
    shell.wait_for(">>> draft = 1")
    shell.press("C-z")
    shell.wait_for("Stopped")
    shell.wait_for("shell$")
    assert shell.raw.rindex(b"\x1b[?1049l") > shell.raw.rindex(b"\x1b[?1049h")
    shell.enter("stty -a | grep -o '.icanon'; echo it is $((40 + 2))")
    shell.wait_for("it is 42")
    assert " icanon" in shell.text()
    shell.resize(100, 30)
    shell.enter("fg")
    shell.wait_for(">>> draft = 1")
    shell.wait_for(lambda: shell.rows()[-1].startswith(" main ● ready ") and len(shell.rows()[-1]) == 99)
    shell.type("2")
    shell.wait_for(">>> draft = 12")
    shell.press("C-c", "C-d")
    shell.wait_until_gone(" ready ")
    shell.enter("echo status $?")
    shell.wait_for("status 0")


def test_suspended_by_a_signal_from_outside(shell):
    shell.enter(f"{product.EXECUTABLE} repl")
    shell.wait_for(" ready ")
    pid = min(processes.children(shell.process.pid))
    os.kill(pid, signal.SIGTSTP)
    shell.wait_for("Stopped")
    shell.enter("fg")
    shell.wait_for(" ready ")
    shell.press("C-d")
    shell.wait_until_gone(" ready ")
    shell.enter("echo status $?")
    shell.wait_for("status 0")
