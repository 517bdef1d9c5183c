"""HTTP servers and raw clients."""

import pytest
from support.http_peer import HTTPPeer

MODES = ("streamable-http", "streamable-http-stateless")


@pytest.fixture
def http(wires):
    """Starts servers that end with the test: `http("--max-sessions", 1, mode=...)`."""
    servers = []

    def http(*arguments: object, **options: object):
        servers.append(wires.http(*arguments, **options))
        return servers[-1]

    yield http
    for server in servers:
        if server.process.poll() is None:
            assert server.stop() == 0, "".join(server.log)


@pytest.fixture(params=MODES)
def mode(request):
    return request.param


@pytest.fixture
def server(mode, wires):
    """A server of each mode, with the default options; tests leave it as they found it."""
    return wires.shared_http(mode)


@pytest.fixture
def stateful(wires):
    return wires.shared_http("streamable-http")


@pytest.fixture
def stateless(wires):
    return wires.shared_http("streamable-http-stateless")


@pytest.fixture
def connect():
    """Makes clients whose sessions end with the test: `connect(server, revision)`."""
    peers = []

    def connect(server, revision: str = "2025-11-25", greet: bool = True, **headers: str | None) -> HTTPPeer:
        peer = HTTPPeer(server, revision, **headers)
        peers.append((server, peer))
        if greet:
            assert peer.greet().status == 200
        return peer

    yield connect
    for server, peer in peers:
        if peer.session and server.process.poll() is None:
            peer.delete()
