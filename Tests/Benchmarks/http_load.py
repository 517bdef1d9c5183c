"""Load on the HTTP server: many sessions at once, and very many one after the other. See `http-load`."""

import argparse
import pathlib
import statistics
import threading
import time

from support.http_peer import HTTPPeer
from support.http_server import HTTPServer
from support.peer import text
from support.processes import children
from support.waiting import eventually

REVISION = "2025-11-25"
SLACK = 16 << 20
"""Bytes that the server's own memory may grow by in very many sessions: what its allocator keeps of them."""

CODE = """\
import time
for n in range(3):
    print(f'{mark} line {n}')
    time.sleep(0.001)
mark * 2"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sessions", type=int, default=64, help="how many at once")
    options.add_argument("--calls", type=int, default=20, help="calls of each of them")
    options.add_argument("--sequential", type=int, default=1000, help="sessions one after the other")
    options = options.parse_args()
    with HTTPServer("--max-sessions", options.sessions, "--client-timeout", 600) as server:
        at_once(server, options.sessions, options.calls)
    with HTTPServer() as server:
        one_after_the_other(server, options.sequential)
    print("All is well.")


# Many at once


def at_once(server: HTTPServer, sessions: int, calls: int) -> None:
    baseline = settled(server, 1)
    print(f"{sessions} sessions at once, {calls} calls each; before: {baseline}")
    begin = threading.Barrier(sessions + 1)
    stay, leave = threading.Barrier(sessions + 1), threading.Barrier(sessions + 1)
    clients = [Client(server, f"client-{n}-", calls, begin, stay, leave) for n in range(sessions)]
    for client in clients:
        client.start()
    begin.wait()
    start = time.monotonic()
    stay.wait()
    duration = time.monotonic() - start
    full = Usage(server)
    leave.wait()
    for client in clients:
        client.join()
    failures = [client.failure for client in clients if client.failure]
    assert not failures, failures
    firsts = [client.times[0] for client in clients]
    later = [t for client in clients for t in client.times[1:]]
    print(f"  {sessions * calls} calls in {duration:.1f} s, no error, no output of another session")
    print(f"  first call of a session: {summary(firsts)}")
    print(f"  later calls: {summary(later)}")
    print(f"  at the height: {full}")
    after = settled(server, 1)
    print(f"  after: {after}")
    # The allocator keeps half a megabyte of each of those that were there at once, for the next ones.
    after.must_be_like(baseline, slack=SLACK + (sessions << 19))
    assert server.stop() == 0


class Client(threading.Thread):
    """One client: checks that all that it hears is its own."""

    def __init__(self, server: HTTPServer, mark: str, calls: int, *barriers: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self._server, self._mark, self._calls = server, mark, calls
        self._begin, self._stay, self._leave = barriers
        self.times: list[float] = []
        self.failure: BaseException | None = None

    def run(self) -> None:
        peer = HTTPPeer(self._server, REVISION, timeout=600)
        self._begin.wait()
        try:
            assert peer.greet().status == 200
            peer.log("info")
            for number in range(self._calls):
                self._call(peer, f"{self._mark}{number}")
        except BaseException as failure:
            self.failure = failure
        finally:
            self._stay.wait()
            self._leave.wait()
            peer.delete()

    def _call(self, peer: HTTPPeer, mark: str) -> None:
        start = time.monotonic()
        response = peer.post(peer.call_message(CODE, {"global_variables": {"mark": mark}}))
        self.times.append(time.monotonic() - start)
        lines = [f"{mark} line {n}" for n in range(3)]
        assert [m["params"]["data"] for m in response.messages if "method" in m] == lines, response.messages
        output = "\n".join(lines)
        expected = f"<status>success</status>\n<output>\n{output}\n</output>\n<return_value>\n{mark * 2}\n</return_value>"
        assert text(response.answer) == expected


# One after the other


def one_after_the_other(server: HTTPServer, sessions: int) -> None:
    warm_up = min(100, sessions // 4)
    for _ in range(warm_up):
        session(server)
    baseline = settled(server, 1)
    print(f"{sessions} sessions one after the other; after {warm_up}: {baseline}")
    start = time.monotonic()
    for _ in range(sessions - warm_up):
        session(server)
    duration = time.monotonic() - start
    print(f"  {(sessions - warm_up) / duration:.1f} sessions a second, each with one call")
    after = settled(server, 1)
    print(f"  after: {after}")
    after.must_be_like(baseline)
    assert server.stop() == 0
    assert not children(server.process.pid)


def session(server: HTTPServer) -> None:
    peer = HTTPPeer(server, REVISION)
    assert peer.greet().status == 200
    assert peer.call("6 * 7") == "<status>success</status>\n<return_value>\n42\n</return_value>"
    assert peer.delete().status == 204


# The use of memory and time


class Usage:
    """The present use by a server and its interpreters."""

    def __init__(self, server: HTTPServer) -> None:
        process = pathlib.Path(f"/proc/{server.process.pid}")
        self.memory = resident(server.process.pid)
        interpreters = children(server.process.pid)
        self.interpreters = len(interpreters)
        self.interpreter_memory = sum(map(resident, interpreters))
        self.files = len(list((process / "fd").iterdir()))
        self.threads = len(list((process / "task").iterdir()))

    def __str__(self) -> str:
        return (
            f"server {self.memory >> 20} MiB, {self.files} descriptors, {self.threads} threads, "
            f"{self.interpreters} interpreters with {self.interpreter_memory >> 20} MiB"
        )

    def must_be_like(self, before: "Usage", slack: int = SLACK) -> None:
        assert self.interpreters == before.interpreters, "processes are left over"
        assert self.files <= before.files, "descriptors are left over"
        assert self.threads <= before.threads + 2, "threads are left over"
        assert self.memory <= before.memory + slack, "memory is left over"


def settled(server: HTTPServer, interpreters: int) -> Usage:
    """The usage once nothing is there but the pool."""

    def is_settled() -> bool:
        metrics = HTTPPeer(server, REVISION).request("GET", "/metrics").body.decode()
        return f"pool_ready {interpreters}\n" in metrics and Usage(server).interpreters == interpreters

    eventually(is_settled, "only the pool is left", 300)
    return Usage(server)


def resident(pid: int) -> int:
    """Bytes of memory that a process has to itself, with its share of what it has with others."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # ended meanwhile
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def summary(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else times * 20
    return f"median {statistics.median(times) * 1000:.0f} ms, 95 % {cuts[18] * 1000:.0f} ms, max {max(times) * 1000:.0f} ms"


if __name__ == "__main__":
    main()
