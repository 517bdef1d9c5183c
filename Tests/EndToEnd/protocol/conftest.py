"""Servers for the raw protocol tests."""

import pytest
from support.peer import REVISIONS, Peer


def starting(wires):
    """Starts servers, and ends them when the test goes on."""
    peers = []

    def start(*arguments: object, revision: str = "2025-06-18", greet: bool = True, **changes: object) -> Peer:
        peer = Peer(wires.server(*arguments), revision, **changes)
        peers.append(peer)
        if greet:
            peer.greet()
        return peer

    yield start
    for peer in peers:
        if peer.process.poll() is None:
            peer.process.terminate()
        peer.end()


@pytest.fixture
def start(wires):
    """Starts servers that end with the test: `start("--state", "keep", revision=...)`."""
    yield from starting(wires)


@pytest.fixture(scope="module")
def start_shared(wires):
    """Starts servers that end with the tests of a file."""
    yield from starting(wires)


class Shared:
    """A server that tests share, replaced when one of them broke it."""

    def __init__(self, command, revision: str) -> None:
        self._command = command
        self._revision = revision
        self._peer = None

    def peer(self) -> Peer:
        if self._peer and (self._peer.is_broken or self._peer.has_ended):
            self._peer.process.terminate()
            self._peer = None
        if not self._peer:
            self._peer = Peer(self._command(), self._revision)
            self._peer.greeting = self._peer.greet()
        return self._peer

    def end(self) -> None:
        if self._peer:
            assert self._peer.end() == 0


@pytest.fixture(scope="session", params=REVISIONS)
def shared_peer(request, wires):
    shared = Shared(lambda: wires.server("--state", "keep"), request.param)
    yield shared
    shared.end()


@pytest.fixture(scope="session")
def shared_server(wires):
    shared = Shared(wires.server, "2025-06-18")
    yield shared
    shared.end()


@pytest.fixture(scope="session")
def shared_fresh_server(wires):
    shared = Shared(lambda: wires.server("--state", "fresh"), "2025-06-18")
    yield shared
    shared.end()


@pytest.fixture
def peer(shared_peer):
    """A server for each revision, for tests that leave it as they found it; it keeps variables."""
    return shared_peer.peer()


@pytest.fixture
def server(shared_server):
    """A server with the default options, for tests in which the revision does not matter."""
    return shared_server.peer()


@pytest.fixture
def fresh_server(shared_fresh_server):
    """A server in which each run is the first."""
    return shared_fresh_server.peer()
