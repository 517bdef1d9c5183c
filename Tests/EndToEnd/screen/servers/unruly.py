"""A server that misbehaves as its argument says, and between that behaves."""

import json
import os
import sys
import time

HOW = sys.argv[1]


def send(**message: object) -> None:
    write(json.dumps({"jsonrpc": "2.0", **message}))


def write(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


def tool(name: str) -> dict:
    return {"name": name, "inputSchema": {"type": "object"}}


def result(text: str) -> dict:
    return {"content": [{"type": "text", "text": text}]}


def call(identifier: object, name: str) -> None:
    match name:
        case "stray":
            write("Downloading something ... \x1b]0;owned\x07\x1b[2J 100 %")
            write('{"half": a message')
            write("")
            os.write(1, b"\xff\xfe not UTF-8\n")
            write("[]")
            send(id=987654, result={"to": "nobody"})
            send(id="no request", method="sampling/createMessage", params={})
            sys.stderr.write("stderr of the server \x1b]0;owned\x07\n")
            sys.stderr.flush()
        case "die":
            sys.stderr.write("Fatal: out of luck\n")
            os._exit(7)
        case "flood":
            for number in range(100_000):
                send(method="notifications/message", params={"level": "info", "logger": "flood", "data": f"line {number}"})
        case "flood of nonsense":
            for number in range(100_000):
                write(f"nonsense {number}")
        case "flood of stderr":
            for number in range(100_000):
                sys.stderr.write(f"complaint {number}\n")
        case "hang":
            time.sleep(3600)
        case "no newline":
            write("x" * 10_000_000)
        case "twice":
            send(id=identifier, result=result("first"))
    send(id=identifier, result=result(f"done {name}"))


waiting = []
if HOW == "noisy":
    write("Welcome to my server!")
if HOW == "dead":
    sys.exit("no configuration found")
for line in sys.stdin:
    message = json.loads(line)
    method, identifier = message.get("method"), message.get("id")
    if HOW == "silent" or identifier is None:
        continue
    if method == "initialize":
        information = {"name": f"Unruly \x1b[31m({HOW})", "version": "1"}
        capabilities = {"tools": {}, "logging": {}}
        send(
            id=identifier,
            result={"protocolVersion": "2025-06-18", "capabilities": capabilities, "serverInfo": information},
        )
    elif method == "tools/list":
        names = ["stray", "die", "flood", "flood of nonsense", "flood of stderr", "hang", "no newline", "twice", "a", "b"]
        send(id=identifier, result={"tools": [tool(name) for name in names]})
    elif method == "tools/call":
        name = message["params"]["name"]
        if HOW == "disorderly":
            waiting.append((identifier, name))
            if len(waiting) == 2:
                for identifier, name in reversed(waiting):
                    send(id=identifier, result=result(f"answer to {name}"))
                waiting = []
        else:
            call(identifier, name)
    elif method in ("ping", "logging/setLevel"):
        send(id=identifier, result={})
    else:
        send(id=identifier, error={"code": -32601, "message": "Method not found"})
