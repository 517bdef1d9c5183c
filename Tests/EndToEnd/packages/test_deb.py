"""The Debian package has what its users expect where they expect it, and apt installs and removes it."""

import gzip
import pathlib
import re
import stat
import subprocess

import pytest
from support import product

from .conftest import ROOT, inside, pack, run

pytestmark = pytest.mark.long

FILES = {
    "etc/default/mcp-run-python": 0o640,
    "lib/systemd/system/mcp-run-python.service": 0o644,
    "usr/bin/mcp-run-python": 0o755,
    "usr/lib/sysusers.d/mcp-run-python.conf": 0o644,
    "usr/share/bash-completion/completions/mcp-run-python": 0o644,
    "usr/share/doc/mcp-run-python/CHANGELOG.md.gz": 0o644,
    "usr/share/doc/mcp-run-python/changelog.gz": 0o644,
    "usr/share/doc/mcp-run-python/copyright": 0o644,
    "usr/share/fish/vendor_completions.d/mcp-run-python.fish": 0o644,
    "usr/share/lintian/overrides/mcp-run-python": 0o644,
    "usr/share/man/man1/mcp-run-python.1.gz": 0o644,
    "usr/share/zsh/vendor-completions/_mcp-run-python": 0o644,
}
LIBRARIES = {"libbsd", "libedit", "libmd", "libstdc++", "ncurses", "openssl", "zlib"}


@pytest.fixture(scope="module")
def unpacked(deb, tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("unpacked")
    run("dpkg-deb", "--raw-extract", deb, folder)
    return folder


def test_what_is_in_it(unpacked):
    found = {
        str(path.relative_to(unpacked)): stat.S_IMODE(path.stat().st_mode)
        for path in unpacked.rglob("*")
        if path.is_file() and "DEBIAN" not in path.parts and "libraries" not in path.parts
    }
    assert found == FILES
    texts = {path.name for path in (unpacked / "usr/share/doc/mcp-run-python/libraries").iterdir()}
    assert texts == LIBRARIES
    manual = gzip.decompress((unpacked / "usr/share/man/man1/mcp-run-python.1.gz").read_bytes()).decode()
    assert "streamable-http-stateless" in manual
    assert (unpacked / "DEBIAN/conffiles").read_text() == "/etc/default/mcp-run-python\n"


def test_the_digests_inside(unpacked):
    checked = subprocess.run(["md5sum", "--check", "--strict", "DEBIAN/md5sums"], cwd=unpacked, capture_output=True)
    assert checked.returncode == 0
    assert len((unpacked / "DEBIAN/md5sums").read_text().splitlines()) == len(FILES) - 1 + len(LIBRARIES)


def test_its_description(deb):
    fields = {name: run("dpkg-deb", "--field", deb, name).strip() for name in ("Version", "Depends", "Installed-Size")}
    version = product.run("--version").stdout.split()[-1]
    assert fields["Version"] == version
    assert deb.name == f"mcp-run-python_{version}_amd64.deb"
    names = {one.split()[0] for one in fields["Depends"].split(", ")}
    assert {"libc6", "python3", "python3-pip", "ca-certificates"} <= names
    assert int(fields["Installed-Size"]) > 20_000


def test_the_same_bytes_each_time(release, deb, tmp_path):
    again = pack(release, tmp_path, "deb")
    assert (again / deb.name).read_bytes() == deb.read_bytes()


def test_lintian(deb):
    """Nothing is wrong, and what is overridden is there."""
    said = run("lintian", "--allow-root", "--fail-on", "none", "--show-overrides", deb)
    assert not [line for line in said.splitlines() if line.startswith(("E:", "W:"))], said
    overridden = {line.split()[2] for line in said.splitlines() if line.startswith("O:")}
    assert "embedded-library" in overridden
    assert overridden <= {"embedded-library", "maintainer-script-calls-systemctl", "non-standard-file-perm"}


def test_the_unit_gives_little_away(unpacked, tmp_path):
    text = (unpacked / "lib/systemd/system/mcp-run-python.service").read_text()
    unit = tmp_path / "mcp-run-python.service"
    unit.write_text(text.replace("/usr/bin/mcp-run-python", str(unpacked / "usr/bin/mcp-run-python")))
    said = run("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
    score = float(re.search(r"exposure level for \S+: ([\d.]+)", said)[1])
    assert score <= 3.0
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, encoding="utf-8", timeout=product.PATIENCE
    )
    # Other units of this machine may have faults of their own.
    assert not [line for line in verified.stderr.splitlines() if "mcp-run-python" in line]


def test_its_options_are_the_executables(unpacked):
    default = (unpacked / "etc/default/mcp-run-python").read_text()
    options = re.search(r'^MCP_RUN_PYTHON_OPTIONS="(.*)"$', default, re.MULTILINE)[1].split()
    assert product.run("streamable-http", *options, "--help").returncode == 0
    assert "MCP_RUN_PYTHON_TOKEN" in default


def test_apt_installs_it(debian):
    version = product.run("--version").stdout
    assert inside(debian, "mcp-run-python --version") == version
    assert inside(debian, "getent passwd mcp-run-python").split(":")[5] == "/var/cache/mcp-run-python"
    script = """
        export MCP_RUN_PYTHON_CACHE=/var/cache/mcp-run-python
        setpriv --reuid mcp-run-python --regid mcp-run-python --clear-groups mcp-run-python repl -c '6 * 7'
    """
    assert inside(debian, script) == "42\n"
    # The package brought what fetches the runtime.
    assert "pip" in inside(debian, "python3 -m pip --version")


def test_sources_name_the_pieces():
    """Each file of the package's folder is packed."""
    packed = (ROOT / ".ci/packages/deb.py").read_text()
    for piece in (ROOT / ".ci/packages/debian").iterdir():
        assert f'"{piece.name}"' in packed
