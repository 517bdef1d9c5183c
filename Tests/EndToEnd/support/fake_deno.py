#!/usr/bin/python3 -I
"""A Deno that was taken over: its file's name says how it behaves towards the server.

It reads the start message, which holds the token, and then takes the warden's place.
"""

import json
import os
import pathlib
import sys
import time
from collections.abc import Callable

MODE = pathlib.Path(sys.argv[0]).name
DONE = '{"status": "success"}'


def write(data: bytes, descriptor: int = 1) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def frame(**fields: object) -> bytes:
    return TOKEN + b" " + json.dumps(fields, separators=(",", ":")).encode() + b"\n"


def beginning(kind: str, field: str) -> bytes:
    return TOKEN + f' {{"kind":"{kind}","run":1,"{field}":"'.encode()


def for_ever(data: bytes, descriptor: int = 1) -> None:
    while True:
        write(data, descriptor)


def result(value: str) -> bytes:
    return frame(kind="done", run=1, result=json.dumps({"status": "success", "value": value, "repr": "r"}))


# The action in place of its first run. The process that stays in its place waits.
MODES: dict[str, Callable[[], object]] = {
    "well_behaved": lambda: write(frame(kind="done", run=1, result=DONE)),
    "never_answers": lambda: None,
    "garbage": lambda: for_ever(b"garbage\n"),
    "line_of_60_mb": lambda: write(beginning("output", "text") + b"x" * (60 << 20) + b'"}\n'),
    "line_without_end": lambda: for_ever(b"x" * (1 << 20)) if write(beginning("done", "result")) is None else None,
    "result_of_50_mb": lambda: write(result("x" * (50 << 20))),
    "result_of_12_m": lambda: write(result("x" * (12 << 20))),
    "deep_json": lambda: write(beginning("done", "result")[:-1] + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}\n"),
    "deep_result": lambda: write(result("[" * 5_000_000)),
    "numbers_too_big": lambda: write(beginning("done", "result").replace(b":1,", b":1e400,") + b'"}\n'),
    "output_flood": lambda: for_ever(frame(kind="output", stream=1, text="y" * 60_000)),
    "images_flood": lambda: for_ever(frame(kind="image", run=1, data="A" * 5_000_000)),
    "questions_flood": lambda: for_ever(frame(kind="input", run=1, prompt="?" * 1000)),
    "completions_flood": lambda: for_ever(frame(kind="completions", request=1, values=["v" * 50_000])),
    "checkpoint_of_5_gb": lambda: for_ever(bytes(1 << 20)) if write(ANNOUNCED) is None else None,
    "small_frames": lambda: for_ever(frame(kind="output", stream=1, text="\n") * 300),
    "long_reason": lambda: write(frame(kind="dead", reason="r" * 30_000_000)),
    "stderr_flood": lambda: for_ever(b"x" * 1000 + b"\n", 2),
    "stderr_line_without_end": lambda: for_ever(b"x" * (1 << 20), 2),
}

TOKEN = json.loads(sys.stdin.buffer.readline())["token"].encode()
ANNOUNCED = frame(kind="checkpoint", request=1, bytes=5 << 30)
write(frame(kind="ready", python="3.14.2"))
run = json.loads(sys.stdin.buffer.readline())["run"]
write(frame(kind="begun", run=run))
MODES[MODE]()
time.sleep(600)
