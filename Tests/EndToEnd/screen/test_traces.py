"""Recording what goes over the wire, and looking at it later."""

import json
import pathlib
import re
import subprocess

from support import product
from support.conversation import Conversation

DEMO = pathlib.Path(__file__).parents[3] / "demos/trace"
SENDERS = {"sent": "client", "received": "server"}


def valid_records(trace: pathlib.Path) -> list[dict]:
    """The messages of a trace, which are all right ones of their revision."""
    records = [json.loads(line) for line in trace.read_text().splitlines()]
    conversation = Conversation()
    for record in records:
        conversation.add({"from": SENDERS[record["direction"]], "text": record["text"]})
    return records


def test_record_and_replay(start, tmp_path):
    trace = tmp_path / "traffic.jsonl"
    repl = start("--trace", trace)
    repl.wait_ready()
    repl.run("print('recorded')")
    repl.leave()
    records = valid_records(trace)

    replay = start("--replay", trace)
    replay.wait_for("replay traffic.jsonl")
    replay.press("F6")
    replay.wait_for(f"{len(records)}/{len(records)}")
    assert "server/discover" in replay.text()
    assert re.search("← +notifications/message stdout", replay.text())
    replay.press("g", "Enter", "Tab", "Tab")
    replay.wait_for(re.compile(r"Exchange 0 client to server, done, [\d.]+ ms"))
    replay.press("Escape")
    replay.wait_for("5 Traffic")
    replay.press("C-o")
    replay.command(":filter recorded", re.compile(rf"\d of {len(records)} messages match"))
    replay.show(1)
    replay.enter("1 + 1")
    replay.wait_for("This is a saved session; there is no server.")
    for command in (":ping", ":restart", ":vars"):
        replay.enter(":clear console")
        replay.command(command, re.compile("there is no server", re.I))
    replay.leave()


def test_tracing_begun_and_ended_by_commands(repl):
    repl.command(":trace late.jsonl", "trace late.jsonl")
    repl.run("'in the trace'")
    repl.command(":trace", "No trace is written.")
    repl.run("'after the trace'")
    text = (repl.home / "late.jsonl").read_text()
    assert "in the trace" in text and "after the trace" not in text
    repl.command(":trace", ":trace FILE begins one")
    repl.command(":trace /nowhere/at/all", "cannot be written")


def test_a_replay_of_what_is_no_trace(start, tmp_path):
    (tmp_path / "wrong.txt").write_text("just text\n")
    screen = start("--replay", tmp_path / "wrong.txt")
    screen.wait_for("is not a trace")
    assert screen.wait() == 1
    assert b"\x1b[?1049h" not in screen.raw
    screen = start("--replay", tmp_path / "none")
    screen.wait_for("No such file")
    assert screen.wait() == 1


def test_a_replay_of_a_damaged_trace(start, tmp_path):
    record = {"time": "2026-01-01T00:00:00.000Z", "direction": "sent", "text": '{"jsonrpc":"2.0","method":"x"}'}
    trace = tmp_path / "damaged.jsonl"
    trace.write_text(json.dumps(record) + "\nnonsense\n" + json.dumps(record)[:20] + "\n")
    screen = start("--replay", trace)
    screen.wait_for(re.compile("2 lines of the file are no messages|is not a trace"))


def test_the_recorded_session_of_the_demos(start):
    trace = DEMO / "session.jsonl"
    count = len(valid_records(trace))
    replay = start("--replay", trace, columns=100)
    replay.wait_for("replay session.jsonl")
    replay.press("F6")
    replay.wait_for(f"{count}/{count}")
    replay.press("C-o")
    replay.command(":filter KeyError", re.compile(rf"\b1 of {count} messages match"))
    replay.press("F6")
    replay.press("G", "Enter")
    replay.wait_for("KeyError: 7")


def test_the_demos_session_is_what_is_recorded_today(tmp_path):
    """The recording holds nothing of the machine, and what a server says now but for times and identifiers."""
    trace = tmp_path / "now.jsonl"
    environment = product.environment(MCP_RUN_PYTHON=product.EXECUTABLE)
    subprocess.run([DEMO / "record", trace], check=True, capture_output=True, timeout=2 * product.PATIENCE, env=environment)

    def messages(file: pathlib.Path) -> list:
        return [(record["direction"], json.loads(record["text"])) for record in valid_records(file)]

    assert messages(DEMO / "session.jsonl") == messages(trace)
