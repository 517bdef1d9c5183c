"""Streams of events: what comes while code runs, lost connections, questions."""

import threading
import time

import pytest
from support import tool
from support.peer import LEGACY, success, text

LINES = [f"{number:1000}" for number in range(150)]
"""More than a client takes at once, so that it can hang up in the middle however late it reads."""
COUNTING = "for n in range(150):\n  print(f'{n:1000}', flush=True)\n'done'"


@pytest.mark.parametrize("revision", ["2025-03-26", "2025-11-25", "2026-07-28"])
def test_output_comes_while_the_code_runs(server, connect, revision):
    peer = connect(server, revision)
    if peer.session:
        peer.log("info")
    level = {"logLevel": "info"} if peer.is_modern else {}
    with peer.start_call(tool.TALKING_CODE, **level) as call:
        call.printed("first")
        first = time.monotonic()
        said = [m["params"]["data"] for m in call.rest() if "method" in m]
        assert time.monotonic() - first >= 0.5
        assert said == ["first", "careful", "second"]
        assert text(call.messages[-1]) == success(output="first\ncareful\nsecond")
        assert call.headers["content-type"] == "text/event-stream"
        assert call.headers["x-accel-buffering"] == "no"
        assert call.headers["cache-control"] == "no-cache, no-transform"


@pytest.mark.parametrize("revision", LEGACY)
def test_only_new_clients_are_primed(stateful, connect, revision):
    peer = connect(stateful, revision)
    response = peer.post(peer.call_message("1"))
    first, *rest = response.events
    if revision == "2025-11-25":
        assert (first.id, first.data) == (f"{first.id.split('-')[0]}-0", "")
    else:
        assert rest == []
    assert [event.name for event in response.events if event.data] == ["message"]


def test_progress_comes_on_the_stream_of_its_request(server, connect):
    peer = connect(server, "2026-07-28")
    with peer.start_call("import time\ntime.sleep(3.5)", progressToken="mine") as call:
        told = [m["params"] for m in call.rest() if m.get("method") == "notifications/progress"]
    assert len(told) >= 2, "one a second, the time of a start included"
    assert [(p["progressToken"], p["progress"]) for p in told] == [("mine", n + 1) for n in range(len(told))]


def test_a_lost_connection_is_resumed(stateful, connect):
    peer = connect(stateful)
    peer.log("info")
    message = peer.call_message(COUNTING)
    with peer.open("POST", message) as call:
        call.printed(LINES[4])
        seen, last = [m["params"]["data"] for m in call.messages], call.last_id
    with peer.open("GET", changes={"Last-Event-ID": last}) as rest:
        assert rest.status == 200
        later = [m["params"]["data"] for m in rest.rest() if "method" in m]
        assert later, "the connection was lost before the end"
        assert seen + later == LINES, "nothing twice, nothing lost"
        assert rest.messages[-1]["id"] == message["id"]
        assert text(rest.messages[-1]).endswith(success("done").removeprefix("<status>success</status>"))


def test_an_answer_that_was_sent_can_be_had_again(stateful, connect):
    peer = connect(stateful)
    response = peer.post(peer.call_message("6 * 7"))
    primer, answer = response.events
    with peer.open("GET", changes={"Last-Event-ID": primer.id}) as again:
        again.rest()
        assert [(e.id, e.data) for e in again.events] == [(answer.id, answer.data)]
    with peer.open("GET", changes={"Last-Event-ID": answer.id}) as after:
        assert after.rest() == []


def test_nothing_of_another_session_is_resumed(stateful, connect):
    first, second = connect(stateful), connect(stateful)
    response = first.post(first.call_message("1"))
    refused = second.request("GET", changes={"Last-Event-ID": response.events[0].id})
    assert refused.status == 400


def test_code_goes_on_when_a_legacy_client_is_gone(stateful, connect):
    peer = connect(stateful, greet=False)
    peer.greet(elicitation={})
    peer.log("info")
    with peer.start_call("print('x', flush=True)\ninput('Go on? ')\n6 * 7") as call:
        call.printed("x")
        last = call.last_id
    with peer.open("GET", changes={"Last-Event-ID": last}) as rest:
        # The question may have come together with the output before it.
        question = rest.until(lambda later: asked(call.messages + later), "the question")
        answer = {"action": "accept", "content": {"value": "Yes"}}
        assert peer.post({"jsonrpc": "2.0", "id": question["id"], "result": answer}).status == 202
        assert "42" in text(rest.rest()[-1])


def asked(messages: list[dict]) -> dict | None:
    """The question among messages."""
    return next((m for m in messages if m.get("method") == "elicitation/create"), None)


def test_a_cancelled_call_is_not_answered(stateful, connect):
    peer = connect(stateful)
    peer.log("info")
    message = peer.call_message("print('busy', flush=True)\nwhile True: pass")
    with peer.open("POST", message) as call:
        call.printed("busy")
        cancelled = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": message["id"]}}
        assert peer.post(cancelled).status == 202
        assert not any(m.get("id") == message["id"] for m in call.rest())
        refused = peer.request("GET", changes={"Last-Event-ID": call.last_id})
        assert refused.status == 400, "there is nothing to resume"
    assert peer.call("1") == success("1")


def test_the_stream_of_the_session_tells_what_belongs_to_no_request(stateful, connect):
    peer = connect(stateful)
    peer.log("info")
    with peer.open("GET") as own:
        assert own.status == 200
        message = peer.call_message(
            "while True:\n  try:\n    print('busy', flush=True)\n    while True: pass\n  except KeyboardInterrupt: pass"
        )
        with peer.open("POST", message) as call:
            call.printed("busy")
            peer.post({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": message["id"]}})
            call.rest()
        told = own.until(lambda messages: messages, "the notice")
        assert told[0]["params"]["logger"] == "sandbox"


def test_a_second_reader_takes_over(stateful, connect):
    peer = connect(stateful)
    with peer.open("GET") as first, peer.open("GET") as second:
        assert first.rest() == []
        assert second.status == 200


def test_a_question_in_the_legacy_era(stateful, connect):
    peer = connect(stateful, "2025-11-25", greet=False)
    peer.greet(elicitation={})
    with peer.start_call("input('Who? ')") as call:
        question = call.until(asked, "the question")
        assert (question["method"], question["params"]["message"]) == ("elicitation/create", "Who? ")
        answer = {"action": "accept", "content": {"value": "Ada"}}
        assert peer.post({"jsonrpc": "2.0", "id": question["id"], "result": answer}).status == 202
        assert text(call.rest()[-1]) == success("Ada")


def test_calls_of_one_session_run_one_after_the_other(stateful, connect):
    peer = connect(stateful)
    results = []

    def call(n: int) -> None:
        results.append(peer.call(f"import time\ntime.sleep(0.2)\n{n}"))

    threads = [threading.Thread(target=call, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [success(str(n)) for n in range(4)]
