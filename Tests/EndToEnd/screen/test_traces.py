"""Recording what goes over the wire, and looking at it later."""

import json
import re

from support.conversation import Conversation

SENDERS = {"sent": "client", "received": "server"}


def test_record_and_replay(start, tmp_path):
    trace = tmp_path / "traffic.jsonl"
    repl = start("--trace", trace)
    repl.wait_ready()
    repl.run("print('recorded')")
    repl.press("C-d")
    assert repl.wait() == 0
    records = [json.loads(line) for line in trace.read_text().splitlines()]
    conversation = Conversation()
    for record in records:
        conversation.add({"from": SENDERS[record["direction"]], "text": record["text"]})

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
    replay.press("C-d")
    assert replay.wait() == 0
    assert replay.settings() == replay.settings_before


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
    screen.wait_for("does not exist")
    assert screen.wait() == 1


def test_a_replay_of_a_damaged_trace(start, tmp_path):
    record = {"time": "2026-01-01T00:00:00.000Z", "direction": "sent", "text": '{"jsonrpc":"2.0","method":"x"}'}
    trace = tmp_path / "damaged.jsonl"
    trace.write_text(json.dumps(record) + "\nnonsense\n" + json.dumps(record)[:20] + "\n")
    screen = start("--replay", trace)
    screen.wait_for(re.compile("2 lines of the file are no messages|is not a trace"))
