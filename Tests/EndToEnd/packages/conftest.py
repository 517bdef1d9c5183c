"""The packages of the executable that is carried away, and a Debian of its own to install one in."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest
from support import product

ROOT = pathlib.Path(__file__).parents[3]
LONG = 60 * product.PATIENCE
"""Seconds for what compresses, downloads or builds."""


def run(*command: object, timeout: float = LONG, **changes: object) -> str:
    """Runs a command to its successful end."""
    result = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        env=os.environ | {name: str(value) for name, value in changes.items()},
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def pack(executable: pathlib.Path, output: pathlib.Path, *words: object, **changes: object) -> pathlib.Path:
    """Packs the kinds into a folder, and gives that."""
    run(ROOT / ".ci/package", "--executable", executable, "--output", output, *words, **changes)
    return output


@pytest.fixture(scope="session")
def packages(release, tmp_path_factory) -> pathlib.Path:
    """A folder with all packages but the container image."""
    kinds = ["wheel", "deb", "tarball", "bundle"]
    return pack(release, tmp_path_factory.mktemp("packages"), "--downloads", "https://example.org/releases/", *kinds)


@pytest.fixture(scope="session")
def deb(packages) -> pathlib.Path:
    (file,) = packages.glob("*.deb")
    return file


@pytest.fixture(scope="session")
def debian(tmp_path_factory, deb):
    """A small Debian in a folder, of the release that this machine runs, with the package installed by apt."""
    for tool in ("debootstrap", "unshare"):
        assert shutil.which(tool), f"{tool} is missing: .ci/system-packages debootstrap util-linux"
    root = tmp_path_factory.mktemp("debian") / "root"
    codename = re.search(r"^VERSION_CODENAME=(\w+)", pathlib.Path("/etc/os-release").read_text(), re.MULTILINE)
    sites = run("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Component: main")
    options = ["--variant=minbase", "--include=ca-certificates,systemd,systemd-sysv,adduser"]
    run("debootstrap", *options, codename[1], root, sites.split()[0])
    for name in ("sources.list", "sources.list.d", "apt.conf.d"):
        if (path := pathlib.Path("/etc/apt") / name).exists():
            copy = shutil.copytree if path.is_dir() else shutil.copy
            shutil.rmtree(root / "etc/apt" / name, ignore_errors=True)
            copy(path, root / "etc/apt" / name)
    for name in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{name}", root / "etc" / name)
    shutil.copy(deb, root / "tmp" / deb.name)
    inside(root, "apt-get update -qq")
    inside(root, f"apt-get install -y -qq --no-install-recommends /tmp/{deb.name}")
    # The runtime is there already; how it is fetched is another test's matter.
    shutil.copytree(product.CACHE / "runtime", root / "var/cache/mcp-run-python/runtime", symlinks=True)
    inside(root, "chown -R mcp-run-python: /var/cache/mcp-run-python")
    yield root
    shutil.rmtree(root)


INSIDE = """
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
exec chroot "$1" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \\
  sh -ec "$2"
"""


def inside(root: pathlib.Path, script: str) -> str:
    """Runs a script in the folder as if that were the whole machine."""
    spaces = ["--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child"]
    return run("unshare", *spaces, "sh", "-ec", INSIDE, "sh", root, script)
