"""Answers as the original mcp-run-python does: no structured content, no logger names, XML in a text."""

import json
import sys

TOOL = {
    "name": "run_python_code",
    "description": "Tool to execute Python code and return stdout, stderr, and return value.",
    "inputSchema": {"type": "object", "properties": {"python_code": {"type": "string"}}},
}
SUCCESS = "<status>success</status>\n<output>\n{code}\n</output>\n<return_value>\n[\n  1,\n  2\n]\n</return_value>"
ERROR = "<status>run-error</status>\n<error>\nTraceback (most recent call last):\nZeroDivisionError: division by zero\n</error>"


def send(**message: object) -> None:
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)


def log(level: str, data: str) -> None:
    send(method="notifications/message", params={"level": level, "data": data})


def answer(method: str, params: dict) -> dict | None:
    if method == "initialize":
        return {
            "protocolVersion": min(params["protocolVersion"], "2025-06-18"),
            "capabilities": {"logging": {}, "tools": {"listChanged": True}},
            "serverInfo": {"name": "MCP Run Python", "version": "0.0.22"},
        }
    if method == "tools/list":
        return {"tools": [TOOL]}
    if method == "tools/call":
        code = params["arguments"]["python_code"]
        log("debug", "loading packages")
        log("info", "printed by the code")
        log("warning", "written to stderr")
        text = ERROR if "1/0" in code else SUCCESS.format(code=code)
        return {"content": [{"type": "text", "text": text}]}
    return {} if method in ("ping", "logging/setLevel") else None


for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    result = answer(message["method"], message.get("params", {}))
    if result is None:
        send(id=message["id"], error={"code": -32601, "message": "Method not found"})
    else:
        send(id=message["id"], result=result)
