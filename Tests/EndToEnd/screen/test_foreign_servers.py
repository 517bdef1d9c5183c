"""Other servers: well-behaved ones, the original's flavour, and those that must not take the client down."""

import pathlib
import re
import sys

import pytest
from support.full_screen import code

SERVERS = pathlib.Path(__file__).with_name("servers")


@pytest.fixture
def connect(start):
    def connect(server: str, *arguments: str, options=(), **settings: object):
        return start(*options, "--", sys.executable, SERVERS / f"{server}.py", *arguments, **settings)

    return connect


def is_alive(repl) -> None:
    """The client itself answers, and can leave."""
    repl.press("C-c", "C-c")
    repl.command(":layout tabs", "Layout: tabs")
    repl.leave("C-q")


def test_the_official_sdk(connect):
    repl = connect("sdk")
    repl.wait_ready()
    assert "Greeter" in repl.status
    assert "Python 3" not in repl.status
    repl.enter("1 + 1")
    repl.wait_for("This server does not run Python.")
    repl.command(":tools", '"title": "failArguments"')
    repl.command(':call greet {"name": "you", "times": 2}', "Hello you! Hello you!")
    repl.command(":call fail", "this tool is broken")
    repl.enter(":call talk")
    repl.wait_for('"talked"')
    repl.command(":ping", "The server answered after")
    repl.press("F6")
    repl.wait_for("tools/call talk")
    is_alive(repl)


def test_the_official_sdk_in_an_older_revision(connect):
    repl = connect("sdk", options=["--protocol", "2024-11-05"])
    repl.wait_ready()
    assert "MCP 2024-11-05" in repl.status


def test_the_flavour_of_the_original(connect):
    repl = connect("original")
    repl.wait_ready()
    repl.enter("[1, 2]")
    repl.wait_for("<return_value>")
    assert code(r"\[1, 2\]").search(repl.text())
    repl.show(2)
    repl.wait_for(lambda: "printed by the code" in repl.pane)
    repl.show(3)
    repl.wait_for(lambda: "written to stderr" in repl.pane)
    repl.show(1)
    repl.enter("1/0")
    repl.wait_for("ZeroDivisionError: division by zero")
    is_alive(repl)


def test_stray_text(connect):
    repl = connect("unruly", "noisy")
    repl.wait_ready()
    repl.command(":call stray", '"done stray"')
    repl.press("F6")
    repl.wait_for(re.compile("← +invalid.*Welcome"))
    repl.wait_for(re.compile("← +invalid.*Downloadi"))
    repl.wait_for("response to no request")
    repl.show(4)
    repl.wait_for("stderr of the server")
    assert b"\x1b]0;owned" not in repl.raw
    is_alive(repl)


def test_a_server_that_dies(connect):
    repl = connect("unruly", "rude")
    repl.wait_ready()
    repl.enter(":call die")
    repl.wait_for("The server is gone")
    repl.wait_for(lambda: repl.status.startswith(" no server "))
    assert re.search("exit.*7|7.*exit|status 7", repl.text())
    repl.show(4)
    repl.wait_for("Fatal: out of luck")
    repl.show(1)
    repl.enter(":clear console")
    repl.enter(":ping")
    repl.wait_for("There is no server.")
    repl.enter(":restart")
    repl.wait_ready()
    repl.command(":call a", '"done a"')
    is_alive(repl)


def test_a_server_that_does_not_start(connect, start):
    repl = connect("unruly", "dead")
    repl.wait_for("The server is gone")
    repl.show(4)
    repl.wait_for("no configuration found")
    is_alive(repl)
    repl = start("--", "/no/such/program")
    repl.wait_for("/no/such/program")
    repl.wait_for(lambda: repl.status.startswith(" no server "))
    is_alive(repl)


def test_a_server_that_hangs(connect):
    repl = connect("unruly", "rude")
    repl.wait_ready()
    repl.enter(":call hang")
    repl.press("F6")
    repl.wait_for(re.compile("tools/call hang.*pending"))
    is_alive(repl)


def test_a_server_that_never_answers(connect):
    repl = connect("unruly", "silent")
    repl.wait_for("starting")
    repl.press("F6")
    repl.wait_for("pending")
    repl.press("C-o")
    repl.enter("1 + 1")
    repl.wait_for("The block waits for the server.")
    repl.press("C-c")
    repl.wait_for_prompt(">>> 1 + 1")
    is_alive(repl)


@pytest.mark.parametrize(
    ("name", "pane", "last"),
    [
        ("flood", 4, "[flood] line 49999"),
        ("flood of nonsense", 5, re.compile("← 1000")),
        ("flood of stderr", 4, "complaint 49999"),
    ],
)
def test_a_flood(connect, name, pane, last):
    repl = connect("unruly", "rude")
    repl.wait_ready()
    repl.enter(f':send {{"jsonrpc":"2.0","id":1000,"method":"tools/call","params":{{"name":"{name}"}}}}')
    repl.wait_for_prompt(">>>")
    assert repl.type_through() < 5
    repl.show(pane)
    repl.wait_for(last)
    is_alive(repl)


@pytest.mark.parametrize("name", ["endless logs", "endless nonsense", "endless stderr"])
def test_a_flood_without_end(connect, name):
    repl = connect("unruly", "rude")
    repl.wait_ready()
    repl.enter(f':send {{"jsonrpc":"2.0","id":1000,"method":"tools/call","params":{{"name":"{name}"}}}}')
    repl.wait_for_prompt(">>>")
    assert repl.type_through() < 5
    is_alive(repl)


def test_a_line_without_end(connect):
    repl = connect("unruly", "rude")
    repl.wait_ready()
    repl.enter(':send {"jsonrpc":"2.0","id":1000,"method":"tools/call","params":{"name":"no newline"}}')
    repl.show(5)
    repl.wait_for(re.compile("← +invalid"))
    is_alive(repl)


def test_two_answers_to_one_request(connect):
    repl = connect("unruly", "rude")
    repl.wait_ready()
    repl.command(":call twice", '"first"')
    repl.press("F6")
    repl.wait_for("response to no request")
    is_alive(repl)


def test_answers_out_of_order(connect):
    repl = connect("unruly", "disorderly")
    repl.wait_ready()
    repl.enter(":call a")
    repl.enter(":call b")
    repl.wait_for("answer to a")
    repl.wait_for("answer to b")
    repl.press("F6", "G", "Enter", "Tab", "Tab")
    repl.wait_for("Exchange")
    repl.wait_for('"name": "a"')
    repl.press("G")
    repl.wait_for("answer to a")
    is_alive(repl)
