"""All packages together: their digests, their parts, and the tarball with its installer."""

import hashlib
import json
import pathlib
import shutil
import subprocess
import tarfile

import pytest
from support import product

from .conftest import ROOT, pack, run

pytestmark = pytest.mark.long

KINDS = {".whl", ".deb", ".gz", ".mcpb"}
INSTALLED = {
    "bin/mcp-run-python",
    "share/bash-completion/completions/mcp-run-python",
    "share/fish/vendor_completions.d/mcp-run-python.fish",
    "share/man/man1/mcp-run-python.1",
    "share/zsh/site-functions/_mcp-run-python",
}


@pytest.fixture(scope="module")
def tarball(packages) -> pathlib.Path:
    (file,) = packages.glob("*.tar.gz")
    return file


def files(folder: pathlib.Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def install(*words: object, script: pathlib.Path = ROOT / "demos/install", status: int = 0) -> str:
    result = subprocess.run(
        [script, *map(str, words)], capture_output=True, encoding="utf-8", timeout=product.PATIENCE,
        env=product.environment(),
    )  # fmt: skip
    assert result.returncode == status, result.stdout + result.stderr
    return result.stderr if status else result.stdout


def test_the_digests(packages):
    lines = [line.split("  ") for line in (packages / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in lines} == files(packages) - {"SHA256SUMS"}
    assert {pathlib.Path(name).suffix for _, name in lines} == KINDS | {".json"}
    for digest, name in lines:
        assert hashlib.sha256((packages / name).read_bytes()).hexdigest() == digest


def test_the_same_bytes_each_time(release, packages, tmp_path):
    """The Debian package has a test of its own."""
    again = pack(release, tmp_path, "wheel", "tarball", "bundle")
    for file in again.iterdir():
        if file.suffix in KINDS:
            assert file.read_bytes() == (packages / file.name).read_bytes(), file.name


def test_the_libraries_inside_are_parts(packages):
    document = json.loads((packages / "mcp-run-python.spdx.json").read_text())
    parts = {part["name"]: part["versionInfo"] for part in document["packages"]}
    inside = {"libbsd", "libedit", "libmd", "libstdc++", "ncurses", "openssl", "zlib"}
    assert inside < set(parts)
    for name in inside:
        assert parts[name] != "unknown"
    assert parts["zlib"] == run("dpkg-query", "-W", "-f", "${Version}", "zlib1g-dev")


def test_install_from_the_tarball(tarball, tmp_path):
    said = install("--from", tarball, "--prefix", tmp_path)
    assert files(tmp_path) == INSTALLED
    assert all(f"Installed {tmp_path / file}\n" in said for file in INSTALLED)
    assert run(tmp_path / "bin/mcp-run-python", "--version") == product.run("--version").stdout
    install("--uninstall", "--prefix", tmp_path)
    assert files(tmp_path) == set()


def test_the_tarball_installs_itself(tarball, tmp_path):
    with tarfile.open(tarball) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (folder,) = (tmp_path / "unpacked").iterdir()
    install("--prefix", tmp_path / "prefix", script=folder / "install")
    assert files(tmp_path / "prefix") == INSTALLED
    # It runs where it lies as well.
    assert run(folder / "bin/mcp-run-python", "--version") == product.run("--version").stdout


def test_an_upgrade_while_a_server_runs(tarball, tmp_path):
    install("--from", tarball, "--prefix", tmp_path)
    program = tmp_path / "bin/mcp-run-python"
    with subprocess.Popen([program, "stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        install("--from", tarball, "--prefix", tmp_path)
        assert server.poll() is None
        server.communicate(timeout=product.PATIENCE)
    assert server.returncode == 0
    assert files(tmp_path) == INSTALLED


def test_what_is_no_tarball(tarball, tmp_path):
    prefix = tmp_path / "prefix"
    prefix.mkdir()
    assert "there is no tarball" in install("--from", tmp_path / "none", "--prefix", prefix, status=1)
    (tmp_path / "text.tar.gz").write_text("no tarball")
    assert "is no whole tarball" in install("--from", tmp_path / "text.tar.gz", "--prefix", prefix, status=1)
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as archive:
        archive.add(ROOT / "LICENSE", "other/LICENSE")
    assert "it is no tarball of" in install("--from", tmp_path / "other.tar.gz", "--prefix", prefix, status=1)
    # A file that is not the one that was published is refused before it is unpacked.
    shutil.copy(tarball, tmp_path / tarball.name)
    shutil.copy(tarball.parent / "SHA256SUMS", tmp_path)
    with (tmp_path / tarball.name).open("ab") as file:
        file.write(b"\0")
    assert "is not the file that" in install("--from", tmp_path / tarball.name, "--prefix", prefix, status=1)
    assert files(prefix) == set()
