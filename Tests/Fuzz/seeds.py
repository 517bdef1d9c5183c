"""The fuzzer begins with these small valid inputs of each decoder, and knows the words of its language."""

import base64
import hashlib
import json
import struct
import zlib

ESCAPE = b"\x1b"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def picture(kind: int, depth: int, channels: int, *extra: bytes, said: int = 5) -> bytes:
    """A PNG of five by five pixels, each row with another filter; it may say that there are more."""
    length = (5 * channels * depth + 7) // 8
    rows = b"".join(bytes([row]) + bytes(range(row, row + length)) for row in range(5))
    header = struct.pack(">IIBBBBB", said, said, depth, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def checkpoint() -> bytes:
    """A file whose checksum is right; see CheckpointFile.swift."""
    content = b"content\n\0"
    head = {
        "format": "mcp-run-python checkpoint",
        "version": 1,
        "image": "abc",
        "dependencies": ["numpy", "pandas"],
        "python": "3.14.2",
        "created": 1.5,
        "bytes": len(content),
    }
    bits = struct.unpack(">Q", struct.pack(">d", head["created"]))[0]
    fields = [head["format"], head["version"], head["image"], head["python"], bits, head["bytes"]]
    digest = hashlib.sha256()
    for part in [*(str(field).encode() for field in fields + head["dependencies"]), content]:
        digest.update(struct.pack("<Q", len(part)) + part)
    return json.dumps({**head, "sha256": digest.hexdigest()}).encode() + b"\n" + content


def frame(kind: str, **fields: object) -> bytes:
    return b"t " + json.dumps({"kind": kind, **fields}, separators=(",", ":")).encode() + b"\n"


RESULTS = [
    {"status": "success", "value": '{"a": [1, NaN]}', "strict": '{"a": [1, null]}', "repr": "{'a': [1, nan]}"},
    {"status": "success", "value": "text", "bare": True, "shortened": True, "undrawn": "ValueError"},
    {"status": "run-error", "error": "Traceback", "advice": "Do it.", "exit": {"status": 3, "message": "no"}},
    {"status": "success"},
]

MESSAGES = [
    {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "run", "arguments": {"code": "1"}}},
    {"jsonrpc": "2.0", "id": 1, "result": {"content": [], "isError": True}},
    {"jsonrpc": "2.0", "id": "a", "error": {"code": -32600, "message": "no", "data": None}},
    {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}},
    {"jsonrpc": "2.0", "method": "notifications/message", "params": {"logger": "stdout", "data": "é\n"}},
]


def record(direction: str, message: object, time: str = "2026-11-22T15:45:01.123Z") -> bytes:
    return json.dumps({"time": time, "direction": direction, "text": json.dumps(message)}).encode() + b"\n"


SEEDS: dict[str, list[bytes]] = {
    "answers": [b"x" + ESCAPE + b"[?62;4;22c", ESCAPE + b"[A" + ESCAPE + b"[?1;2c", b"\x20" + ESCAPE + b"[H$<5/>x$<2>"],
    "checkpoint": [checkpoint(), b"image\n3.14.2\nnumpy\npandas"],
    "frames": [
        frame("ready", python="3.14.2") + frame("begun", run=1) + frame("output", stream=2, text="a\nb"),
        *(frame("done", run=1, result=json.dumps(result), dropped=True, spent=True) for result in RESULTS),
        *(b"x" + json.dumps(result).encode() for result in RESULTS),
        frame("image", run=1, data=base64.b64encode(picture(0, 8, 1)).decode()),
        frame("input", run=1, prompt="?", hidden=True) + frame("completions", request=4, values=["a", "b"]),
        frame("checkpoint", request=3, bytes=5) + b"a\nb\0c" + frame("dead", reason="no"),
        frame("unsavable", request=3, reason="no"),
    ],
    "json": [
        *(json.dumps(message).encode() for message in MESSAGES),
        b'[1,-0,1.5e300,1E-7,12345678901234567890,-9223372036854775808,1e999,true,false,null,"",{},[]]',
        b' { "\\u00e9\\ud83d\\ude00\\ud800\\n\\/" : [ { } , "\xc3\xa9\xe2\x80\xa8\xc2\x85" ] } \r\n',
    ],
    "keys": [
        "aé漢😀\0\r\t\x7f".encode(),
        ESCAPE + ESCAPE + b"[A" + ESCAPE + b"[1;5C" + ESCAPE + b"OM" + ESCAPE + b"Oa" + ESCAPE + b"[[A",
        ESCAPE + b"[97:65;2:1u" + ESCAPE + b"[27;3;13~" + ESCAPE + b"[3$" + ESCAPE + b"[3^" + ESCAPE + b"[3@",
        ESCAPE + b"[<64;10;5M" + ESCAPE + b"[<0;300;2m" + ESCAPE + b"[M !!x",
        ESCAPE + b"[200~a\r\nb" + ESCAPE + b"[20" + ESCAPE + b"[201~x",
        ESCAPE + b"]11;rgb:0/0/0\x07" + ESCAPE + b"P1+r" + ESCAPE + b"\\y" + ESCAPE + b"[?1;2c",
    ],
    "output": [
        "one\r\x1b[2K\x1b[1;38;2;1;2;3mtwo\x1b[0m\n\x1b]8;;http://a\x1b\\three\x1b]8;;\x07\x1b[1A\x1b[48:5:1m\t漢\b\b".encode(),
        b"\x1bP1;2q#0~\x1b\\\x1b[?25l\x1b(B\x1bc\xc2\x9b31m",
    ],
    "lines": ["one\r\n\n \t\r\ntwo\x1b[2J\u202e\u2028\n".encode() + b"x" * 70 + b"\r\n" + b"\xff" * 66],
    "png": [
        picture(6, 16, 4, said=4000),
        *(picture(0, depth, 1) for depth in (1, 2, 4, 8, 16)),
        *(picture(kind, depth, channels) for kind, channels in ((2, 3), (4, 2), (6, 4)) for depth in (8, 16)),
        *(
            picture(3, depth, 1, chunk(b"PLTE", bytes(range(48))), chunk(b"tRNS", b"\x80\xff"))
            for depth in (1, 2, 4, 8)
        ),
    ],
    "sse": [
        "\ufeff: comment\r\n\r\nid: 1\r\ndata: {}\r\n\r\nevent:other\rdata:x\rdata\rdata:  é\r\r".encode(),
        b"id: 2\ndata\n\nid: 3\n\nretry: 250\nretry: no\nid: a\0b\nunknown: 1\ndata:last\n\ndata: unended\n",
    ],
    "trace": [
        b"".join(record("sent" if "method" in message else "received", message) for message in MESSAGES),
        record("received", MESSAGES) + b"\r\n" + record("sent", 1, "1970-01-01T00:00:00.000Z") + b"bad\n",
        *(json.dumps(message).encode() for message in [*MESSAGES, MESSAGES]),
    ],
}

JSON_WORDS = ['"', "\\u", "\\ud83d\\ude00", "null", "true", "false", "{", "}", "[", "]", ":", ",", "1e999", "-0"]
KEYS = [f"\x1b{word}" for word in ("[", "O", "[200~", "[201~", "[<", "]", "P", "\\", "[M", "[[", "[27;", "[?")]
NUMBERS = ["-9223372036854775808", "9223372036854775807", "18446744073709551616"]

WORDS: dict[str, list[str]] = {
    "answers": [*KEYS, "$<", ">", "c", ";4", *NUMBERS],
    "checkpoint": ['"format":"mcp-run-python checkpoint"', '"version":1', '"bytes":', '"created":', *NUMBERS],
    "frames": [f'"{name}":' for name in ("run", "result", "text", "stream", "request", "bytes", "values", "reason")]
    + [f't {{"kind":"{kind}"' for kind in ("ready", "begun", "output", "image", "done", "input", "completions")]
    + [f't {{"kind":"{kind}"' for kind in ("checkpoint", "unsavable", "dead")]
    + [f'"{name}":' for name in ("status", "value", "error", "exit", "message", "repr", "strict", "bare", "advice")],
    "json": [*JSON_WORDS, *NUMBERS, '"jsonrpc":"2.0"', '"id":', '"method":', '"params":', '"result":', '"error":'],
    "keys": [*KEYS, "~", "u", ";5", ":3", "M", "m", *NUMBERS],
    "output": ["\x1b[", "\x1b]", "\x1b\\", "\x1b[1A", "\x1b[B", "\x1b[K", "\x1b[1K", "\x1b[2K", "\x07", "\r", "\b", "38;5;", "48;2;"],
    "lines": ["\r\n", "\n", "\r", " ", "\u202e", "\u2028", "\x1b[", "\u009b"],
    "png": ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "\x01", "\x7f"],
    "sse": ["data:", "data: ", "event: ", "id: ", "retry: ", "\n\n", "\r\n", "\r", ":", "\ufeff", *NUMBERS],
    "trace": ['"time":"', '"direction":"sent"', '"direction":"received"', '"text":"', "Z", "T", "0000-", "9999-"]
    + ['"jsonrpc":"2.0"', '"id":', '"method":"', '"params":', '"result":', '"error":', '"isError":true', *NUMBERS],
}


def dictionary(decoder: str) -> str:
    """The words in the form that libFuzzer reads."""
    return "".join(
        f'"{"".join(f"{chr(92)}x{byte:02x}" for byte in word.encode())}"\n' for word in WORDS[decoder]
    )
