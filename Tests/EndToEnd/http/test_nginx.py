"""demos/nginx: two servers behind stock nginx, which finds the one that has a session by its name."""

import contextlib
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import tempfile
import threading

import pytest
from support import product, tool
from support.http_peer import HTTPPeer
from support.http_server import HTTPServer
from support.peer import success, text
from support.processes import children, is_alive
from support.product import PATIENCE
from support.waiting import eventually

RUN = pathlib.Path(__file__).resolve().parents[3] / "demos" / "nginx" / "run"
SESSIONS = 24
"""So many that one server without any would be a miracle: 2 in 2 ** 24."""


class Demo:
    """The demo as it stands, on ports that are free."""

    def __init__(self, *arguments: object) -> None:
        ports = _free_ports(3)
        names = dict(zip(("PORT", "PORT_A", "PORT_B"), ports, strict=True))
        self._log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [RUN, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=product.environment(MCP_RUN_PYTHON=product.EXECUTABLE, **names),
        )
        lines = iter(self.process.stdout.readline, b"")
        ready = next((line.decode() for line in lines if line.startswith(b"Ready: ")), None)
        assert ready, self.log()
        self.front = _Place(ports[0])
        self.servers = [_Place(port) for port in ports[1:]]

    def counts(self) -> list[int]:
        """The number of sessions that each server has had."""
        return [_metric(server, "mcp_sessions_total") for server in self.servers]

    def server_process(self, server: "_Place") -> int:
        commands = {pid: _command(pid) for pid in children(self.process.pid)}
        return next(pid for pid, command in commands.items() if f"--port {server.port} " in command)

    def log(self) -> str:
        self._log.seek(0)
        return self._log.read().decode()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


class _Place(HTTPServer):
    """An address that somebody else has begun to serve."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/mcp"


def _free_ports(count: int) -> list[int]:
    """Ports that nobody gets meanwhile: the system gives higher ones to those who take any."""
    free = []
    for port in random.sample(range(20_000, 30_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            free.append(port)
        if len(free) == count:
            break
    return free


def _command(pid: int) -> str:
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _metric(server: _Place, name: str) -> int:
    body = HTTPPeer(server, "2025-11-25").request("GET", "/metrics").body.decode()
    return int(re.search(rf"^{name} (\d+)$", body, re.MULTILINE)[1])


@pytest.fixture(scope="module")
def demo():
    demo = Demo("--state", "keep")
    yield demo
    processes = children(demo.process.pid)
    assert demo.stop() == 0
    assert not any(map(is_alive, processes))


def test_sessions_spread_and_are_found_again(demo, connect):
    before = demo.counts()
    peers = [connect_to(demo) for _ in range(SESSIONS)]
    gained = [after - count for after, count in zip(demo.counts(), before, strict=True)]
    assert sum(gained) == SESSIONS
    assert all(gained), "one server has had no session at all"
    for _ in range(3):
        # Each request on a connection of its own: only the header tells where it belongs.
        assert all(peer.ask("ping").answer["result"] == {} for peer in peers)
    for peer in peers:
        assert peer.delete().status == 204


def connect_to(demo: Demo, revision: str = "2025-11-25") -> HTTPPeer:
    peer = HTTPPeer(demo.front, revision)
    assert peer.greet().status == 200
    return peer


def test_variables_live_on(demo):
    peers = [connect_to(demo) for _ in range(4)]
    for n, peer in enumerate(peers):
        peer.call(f"x = {n}")
    assert [peer.call("x") for peer in peers] == [success(str(n)) for n in range(4)]
    for peer in peers:
        peer.delete()


def test_sessions_by_name_are_found_again(demo):
    peers = [HTTPPeer(demo.front, "2026-07-28") for _ in range(4)]
    for n, peer in enumerate(peers):
        session = peer.post(peer.call_message(f"x = {n}")).answer["result"]["structuredContent"]["session"]
        assert re.fullmatch(r"[0-9a-f]{32}", session), "nginx has chosen it"
        for _ in range(2):
            assert peer.call("x", {"session": session}).startswith(success(str(n)))


def test_no_client_chooses_a_name(demo):
    peer = HTTPPeer(demo.front, "2026-07-28")
    wish = "a" * 40
    response = peer.post(peer.call_message("1"), {"X-Proposed-Session": wish, "Mcp-Session-Id": wish})
    assert response.answer["result"]["structuredContent"]["session"] != wish


def test_events_come_through_at_once(demo):
    peer = connect_to(demo)
    peer.log("info")
    with peer.start_call(tool.TALKING_CODE) as call:
        call.printed("first")
        assert call.rest()[-1]["result"]
        assert call.times[-1] - call.times[1] >= 0.5
    with peer.open("GET", changes={"Last-Event-ID": call.events[0].id}) as again:
        assert [m["params"]["data"] for m in again.rest()[:-1]] == ["first", "careful", "second"]
    peer.delete()


def test_hanging_up_reaches_the_server(demo):
    peer = HTTPPeer(demo.front, "2026-07-28")

    def cancelled() -> int:
        bodies = [HTTPPeer(s, "2026-07-28").request("GET", "/metrics").body.decode() for s in demo.servers]
        return sum(int(n) for body in bodies for n in re.findall(r'runs_total\{status="cancelled"\} (\d+)', body))

    before = cancelled()
    with peer.start_call("print('busy', flush=True)\nwhile True: pass", logLevel="info") as call:
        call.printed("busy")
    eventually(lambda: cancelled() == before + 1, "the run is cancelled")


def test_a_real_client(demo):
    ended = product.run("repl", "--url", demo.front.url, stdin="x = 6\nx * 7\n")
    assert (ended.returncode, ended.stdout) == (0, "42\n")


def settled_status(peer) -> int:
    """The answer to a ping. It takes a second attempt when nginx had still held a connection to the dead
    server.
    """
    status = peer.ask("ping").status
    return peer.ask("ping").status if status == 502 else status


def test_one_server_less():
    """The sessions of a server that is gone are gone, nobody else's; new ones find the other server."""
    demo = Demo("--pool", 0)
    try:
        peers = [connect_to(demo) for _ in range(SESSIONS)]
        lost, kept = demo.counts()
        os.kill(demo.server_process(demo.servers[0]), signal.SIGKILL)
        answers = [settled_status(peer) for peer in peers]
        assert (answers.count(404), answers.count(200)) == (lost, kept)
        again = [connect_to(demo) for _ in range(4)]
        assert [peer.ask("ping").status for peer in again] == [200] * 4
    finally:
        assert demo.stop() == 0


def test_many_clients_at_once(demo):
    failures = []

    def work(n: int) -> None:
        try:
            peer = connect_to(demo)
            assert peer.call(f"print({n})\n{n} * 2") == success(str(n * 2), str(n))
            peer.delete()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_text(demo):
    peer = connect_to(demo)
    assert text(peer.post(peer.call_message("'é' * 100_000")).answer).count("é") == 100_000
    peer.delete()
