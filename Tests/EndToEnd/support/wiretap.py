"""Stands between an MCP client and its server: `wiretap.py RECORD SERVER ARGUMENT...`.

Every byte is handed on at once and as it is. Every line goes into the file RECORD too, as a line of JSON:
`{"time": SECONDS, "from": "client" | "server", "text": LINE}`; bytes that are no UTF-8 become lone surrogates.
The first line is `{"pid": PID}`, the server's; `{"status": STATUS}` follows its last word. Signals, the end of input and the exit status pass through.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Record:
    """The file, which two threads write to."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def add(self, **fields: object) -> None:
        # One write to a file in append mode: whole lines, in order, with nothing left in a buffer.
        os.write(self._descriptor, (json.dumps(fields) + "\n").encode())


def copy(source: int, target: int, sender: str, record: Record) -> None:
    """Hand on bytes until there are no more, then close the target."""
    rest = b""
    try:
        while chunk := os.read(source, 1 << 16):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                record.add(**{"time": time.time(), "from": sender, "text": _text(line)})
            while chunk:
                chunk = chunk[os.write(target, chunk) :]
    except OSError:
        pass  # nobody reads any more
    if rest:
        record.add(**{"time": time.time(), "from": sender, "text": _text(rest), "unended": True})
    os.close(target)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")


def main() -> int:
    record = Record(sys.argv[1])
    server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    record.add(pid=server.pid)
    for number in SIGNALS:
        signal.signal(number, lambda number, _: server.send_signal(number))
    reader = threading.Thread(target=copy, args=(os.dup(server.stdout.fileno()), os.dup(1), "server", record))
    writer = threading.Thread(
        target=copy, args=(0, os.dup(server.stdin.fileno()), "client", record), daemon=True
    )
    server.stdin.close()
    os.close(1)
    reader.start()
    writer.start()
    status = server.wait()
    reader.join()
    record.add(status=status)
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    return status


# Not sys.exit: the writer may be waiting for a client that stays.
os._exit(main())
