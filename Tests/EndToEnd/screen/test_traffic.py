"""The traffic: list, messages, filter, search, copies, marks, sending again."""

import base64
import json
import re

import pytest


@pytest.fixture
def traffic(repl):
    """The traffic of two runs, one of which fails, with the keys there."""
    repl.run("print('hello')")
    repl.run("1/0")
    repl.press("F6")
    repl.wait_for(lambda: len(rows(repl)) == 5)
    return repl


def rows(repl):
    return [row for row in repl.pane if re.search(r"[→←]", row)]


def test_the_list(traffic):
    call, log, result, second_call, second_result = rows(traffic)
    time = r" \d\d:\d\d:\d\d\.\d{3}"
    assert re.match(rf"{time} → (\d+) +tools/call run_python_code +\d+ B +[\d.]+ ms", call)
    assert re.match(rf"{time} ← +notifications/message stdout +\d+ B", log)
    assert re.match(rf"{time} ← (\d+) +tools/call run_python_code +\d+ B +[\d.]+ ms", result)
    assert "5/5" in traffic.rule


def test_a_message_in_its_three_faces(traffic):
    traffic.press("g", "Enter")
    traffic.wait_for('"method": "tools/call",')
    assert '"python_code": "print(\'hello\')' in traffic.text()
    assert traffic.colours('"method"') != traffic.colours('"tools/call"')
    traffic.press("Tab")
    traffic.wait_for('{"jsonrpc":"2.0"')
    traffic.press("Tab")
    traffic.wait_for("Exchange ")
    assert re.search(r"Exchange \d+ client to server, done, [\d.]+ ms", traffic.text())
    traffic.press("G")
    traffic.wait_for('"structuredContent"')
    traffic.press("Escape")
    traffic.wait_for("1/5")


def test_the_next_and_the_previous_message(traffic):
    traffic.press("g", "Enter")
    traffic.wait_for("request tools/call")
    traffic.press("n")
    traffic.wait_for("notification notifications/message stdout")
    assert '"data": "hello"' in traffic.text()
    traffic.press("n")
    traffic.wait_for("response tools/call")
    traffic.press("p", "p", "p")
    traffic.wait_for("This is the oldest message.")
    assert "request tools/call" in traffic.text()
    traffic.press("n", "n", "n", "n", "n")
    traffic.wait_for("This is the newest message.")


def test_a_message_keeps_its_face_from_one_to_the_next(traffic):
    traffic.press("g", "Enter", "Tab")
    traffic.wait_for('{"jsonrpc":"2.0"')
    traffic.press("n")
    traffic.wait_for('"method":"notifications/message"')


def test_the_filter(traffic):
    traffic.press("f")
    traffic.wait_for_prompt(">>> :filter")
    traffic.enter("method:tools/call")
    traffic.wait_for("4 of 5 messages match.")
    traffic.wait_for(lambda: len(rows(traffic)) == 4)
    assert all("tools/call" in row for row in rows(traffic))
    for expression, count in [
        ("dir:sent", 2),
        ("kind:notification", 1),
        ("logger:stdout", 1),
        ("tool:run_python_code -dir:sent", 2),
        ("status:done", 4),
        ("duration:>60s", 0),
        ("hello kind:request | ZeroDivision", 2),
        ('"python_code"', 2),
    ]:
        traffic.command(f":filter {expression}", f"{count} of 5 messages match.")
        traffic.wait_for(lambda: len(rows(traffic)) == count)
    traffic.command(":filter", "All messages are shown.")
    traffic.wait_for(lambda: len(rows(traffic)) == 5)


def test_a_wrong_filter(repl):
    repl.command(":filter colour:red", 'There is no key "colour:"')
    repl.command(":filter status:lost", '"status:" takes')


def test_search(traffic):
    traffic.press("g", "/")
    traffic.type("ZeroDivision")
    traffic.wait_for("Search: ZeroDivision")
    traffic.press("Enter")
    traffic.wait_for("5/5")
    traffic.press("Enter")
    traffic.wait_for("response tools/call")
    traffic.press("/")
    traffic.type("structured")
    traffic.press("Enter")
    traffic.wait_for('"structuredContent"')
    traffic.press("/")
    traffic.type("not there")
    traffic.press("Enter")
    traffic.wait_for('"not there" was not found.')


def test_copying_a_message(traffic):
    traffic.press("g")
    traffic.wait_for("1/5")
    traffic.press("y")
    traffic.wait_for("Copied ")
    copies = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)", traffic.raw)
    message = json.loads(base64.b64decode(copies[-1]))
    assert message["method"] == "tools/call"
    assert "hello" in message["params"]["arguments"]["python_code"]


def test_marks(traffic):
    traffic.press("g", "m", "G", "G", "'")
    traffic.wait_for(lambda: "1/5" in traffic.text() and rows(traffic)[0].startswith("●"))
    traffic.press("C-o")
    traffic.command(":filter is:marked", "1 of 5 messages match.")


def test_sending_a_request_again(traffic):
    traffic.press("g", "r")
    traffic.wait_for(lambda: len(rows(traffic)) == 8)
    again = [row for row in rows(traffic) if re.search('[→←] "ins', row)]
    assert len(again) == 2
    traffic.press("j", "r")
    traffic.wait_for("Only a request can be sent again.")


def test_editing_and_sending(start, tmp_path):
    """$EDITOR gets the terminal, and what it leaves is sent."""
    editor = tmp_path / "editor.sh"
    editor.write_text('echo "the editor is here"; stty -a | grep -o "[-]*icanon"; read line; sed -i "s/1 + 1/20 + 22/" "$2"\n')
    repl = start(EDITOR=f"sh {editor} -x")
    repl.wait_ready()
    repl.run("1 + 1")
    repl.press("F6", "G", "k")
    repl.wait_for(lambda: re.search(r"\D5/6", repl.rule) or "5/" in repl.rule)
    repl.press("e")
    repl.wait_for("the editor is here")
    repl.wait_for("icanon")
    assert "-icanon" not in repl.text()
    repl.type("\r")
    repl.wait_for("5 Traffic")
    repl.wait_for(re.compile('← "ins'))
    repl.press("C-o")
    repl.command(":filter id:inspector-1 dir:received", re.compile("messages match"))
    repl.press("F6", "G", "Enter")
    repl.wait_for('"repr": "42"')


def test_following(traffic):
    traffic.press("g")
    traffic.wait_for("1/5")
    traffic.press("C-o")
    traffic.enter("2 + 2")
    traffic.wait_for("1/7")
    traffic.press("F6", "F")
    traffic.wait_for("7/7")


def test_saving(traffic, tmp_path):
    traffic.press("s")
    traffic.wait_for_prompt(">>> :save traffic.jsonl")
    traffic.press("Enter")
    traffic.show(1)
    traffic.wait_for("Saved to traffic.jsonl.")
    records = [json.loads(line) for line in (traffic.home / "traffic.jsonl").read_text().splitlines()]
    assert [record["direction"] for record in records] == ["sent", "received", "received", "sent", "received"]
