"""A Deno that was taken over costs the server little, and delays no other request."""

import pathlib
import shutil
import time

import pytest
from support import waiting
from support.peer import success, text
from support.wires import server_pid

FAKE = pathlib.Path(waiting.__file__).with_name("fake_deno.py")

PLAIN = "it sent something that is not a message of ours"
LONG = "it sent a message that is too long"
ORDER = "it sent a message out of order"

MEGABYTES = 64
"""May be added to what the server takes beside a Deno that behaves well."""

SECONDS = 1.5
"""A request in the meantime is answered by then: in 0.1 s, were there nothing else on the machine."""


@pytest.fixture
def begin(start, tmp_path):
    """Starts servers whose Deno behaves as it is told."""

    def begin(mode: str):
        fake = tmp_path / mode
        shutil.copy(FAKE, fake)
        fake.chmod(0o755)
        seconds = 1 if mode == "never_answers" else 60
        return start("--timeout", seconds, "--max-output", 1 << 16, MCP_RUN_PYTHON_DENO=fake)

    return begin


def peak(server) -> int:
    """The most that the server has had in memory, in MB."""
    status = pathlib.Path(f"/proc/{server_pid(server.command)}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def answer_of_run(server) -> tuple[str, float]:
    """Run code; gives its text and how long the slowest request took that was made meanwhile."""
    call = server.start_call("1")
    slowest = 0.0
    while not any(m.get("id") == call for _, m in server.messages):
        start = time.monotonic()
        server.ask("ping")
        slowest = max(slowest, time.monotonic() - start)
        time.sleep(0.02)
    return text(server.answer(call)), slowest


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("garbage", PLAIN),
        ("line_of_60_mb", LONG),
        ("line_without_end", LONG),
        ("result_of_50_mb", LONG),
        ("result_of_12_m", "its result is too large"),
        ("deep_json", PLAIN),
        ("deep_result", "<status>success</status>"),
        ("numbers_too_big", PLAIN),
        ("output_flood", "it wrote more than it may"),
        ("images_flood", "it sent more images than it may"),
        ("questions_flood", ORDER),
        ("completions_flood", ORDER),
        ("checkpoint_of_5_gb", "it sent a checkpoint that nobody asked for"),
        ("small_frames", "it wrote more than it may"),
        ("long_reason", LONG),
        ("stderr_flood", "it wrote too much to its stderr"),
        ("stderr_line_without_end", "it wrote too much to its stderr"),
        ("never_answers", "TimeoutError"),
    ],
)
def test_a_deno_that_was_taken_over(begin, mode, reason):
    usual = begin("well_behaved")
    assert usual.call("1") == success()
    server = begin(mode)
    answer, slowest = answer_of_run(server)
    assert reason in answer, answer[:2000]
    assert slowest < SECONDS
    assert peak(server) - peak(usual) <= MEGABYTES
