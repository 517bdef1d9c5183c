"""The service runs under a systemd of its own, in namespaces, with all that the unit takes away."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request

import pytest
from support import product
from support.waiting import eventually

from .conftest import inside

pytestmark = pytest.mark.long

# A process in a chroot makes no namespaces of users, so that the root is exchanged.
BOOT = """
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs dev
for device in full null random tty urandom zero; do : >dev/$device; mount --bind /dev/$device dev/$device; done
mkdir -p dev/pts dev/shm former
mount -t devpts devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
pivot_root . former
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -ec \\
  'umount -l /former; exec /lib/systemd/systemd --unit=mcp-run-python.service --show-status=no'
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def call(port: int, token: str, code: str) -> str:
    """The text of the tool's answer to a request that stands alone."""
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    params = {"name": "run_python_code", "arguments": {"python_code": code}, "_meta": meta}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/mcp",
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "Authorization": f"Bearer {token}",
            "MCP-Protocol-Version": "2026-07-28",
            "Mcp-Method": "tools/call",
            "Mcp-Name": "run_python_code",
        },
    )
    with urllib.request.urlopen(request, timeout=product.PATIENCE) as response:
        text = response.read().decode()
    lines = re.findall(r"^data: ?(\{.*)$", text, re.MULTILINE) or [text]
    return json.loads(lines[-1])["result"]["content"][0]["text"]


@pytest.fixture
def service(debian, tmp_path):
    """The port and the token of the running service."""
    port, token = free_port(), "a-token-for-this-test"
    settings = f'MCP_RUN_PYTHON_OPTIONS="--port {port}"\nMCP_RUN_PYTHON_TOKEN={token}\n'
    (debian / "etc/default/mcp-run-python").write_text(settings)
    inside(debian, "systemctl enable mcp-run-python.service")
    spaces = ["--mount", "--pid", "--uts", "--ipc", "--cgroup", "--fork", "--kill-child"]
    log = tmp_path / "console"
    with log.open("wb") as console:
        machine = subprocess.Popen(
            ["unshare", *spaces, "sh", "-ec", BOOT, "sh", debian],
            stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True,
        )  # fmt: skip

    def is_ready() -> bool:
        assert machine.poll() is None, log.read_text(errors="replace")
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1).status == 200
        except OSError:
            return False

    try:
        eventually(is_ready, "the service")
        yield port, token
    finally:
        machine.send_signal(signal.SIGKILL)
        machine.wait()


def status_of(process: pathlib.Path) -> dict[str, str]:
    lines = (process / "status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_the_service_runs_code_with_little_power(service, debian):
    port, token = service
    assert "42" in call(port, token, "6 * 7")
    # Packages that the snapshot has, threads of V8 and the network's policy: what a run commonly does.
    assert "OK" in call(port, token, "import json, re, random\nprint('OK', random.random())")

    processes = [path for path in pathlib.Path("/proc").iterdir() if path.name.isdigit()]
    lines = {path: (path / "cmdline").read_bytes() for path in processes if (path / "cmdline").exists()}
    (server,) = [path for path, line in lines.items() if b"streamable-http\0--port\0%d\0" % port in line]
    held = status_of(server)
    assert held["NoNewPrivs"] == "1" and held["Seccomp"] == "2"
    assert int(held["CapBnd"], 16) == int(held["CapEff"], 16) == 0
    owner = os.stat(debian / "var/cache/mcp-run-python").st_uid
    assert held["Uid"].split()[0] == str(owner) != "0"
    # Each filter is one more: the unit's own, and the sandbox's around the interpreter.
    interpreters = [path for path in processes if path.exists() and status_of(path).get("PPid") == server.name]
    assert interpreters
    for interpreter in interpreters:
        assert int(status_of(interpreter)["Seccomp_filters"]) > int(held["Seccomp_filters"])
    # The file system is read-only but for the cache and temporary files.
    mounts = [line.split() for line in (server / "mounts").read_text().splitlines()]
    options = {place: words.split(",") for _, place, _, words, *_ in mounts}
    assert "ro" in options["/"] and "rw" in options["/var/cache/mcp-run-python"]


def test_a_wrong_token_is_refused(service):
    port, _ = service
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(port, "another", "1")
    assert refused.value.code == 401
