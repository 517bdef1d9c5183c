"""A session is told when this machine has an address that its code is not kept from."""

import shutil
import subprocess
import sys

import pytest
from support.peer import Peer
from support.wires import server_pid

NAMESPACE = ["unshare", "--user", "--map-root-user", "--net"]

# An interface gets an address by the system call, since a small machine has no `ip`.
ADD = """\
import fcntl, socket, struct, sys
address = struct.pack("16sHH4s8x", b"lo", socket.AF_INET, 0, socket.inet_aton(sys.argv[1]))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, 0x8916, address)
"""

NOTICE = "This machine has a new address, which this session's code is not kept from; a new session's code is."


def can_have_a_network_of_its_own() -> bool:
    return shutil.which("unshare") is not None and subprocess.run([*NAMESPACE, "true"], check=False).returncode == 0


@pytest.fixture
def peer(wires):
    """A server in a network of its own, which has one address to begin with."""
    command = wires.server("--state", "keep")
    peer = Peer([*NAMESPACE, *command], "2025-06-18")
    peer.command = command
    peer.greet()
    yield peer
    peer.end()


def ran(peer: Peer, code: str) -> dict:
    return peer.answer(peer.start_call(code))["result"]["structuredContent"]


@pytest.mark.skipif(not can_have_a_network_of_its_own(), reason="this machine makes no networks")
def test_it_is_told_once(peer):
    assert "notice" not in ran(peer, "1")
    inside = ["nsenter", "--user", "--net", "--target", str(server_pid(peer.command)), "--preserve-credentials"]
    subprocess.run([*inside, sys.executable, "-c", ADD, "203.0.113.7"], check=True)
    assert ran(peer, "2")["notice"] == NOTICE
    assert "notice" not in ran(peer, "3")
