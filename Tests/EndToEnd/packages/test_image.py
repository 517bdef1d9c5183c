"""The container image has the form that the OCI gives, and runs code without network from a read-only root."""

import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile

import pytest
import yaml
from support import product
from support.peer import Peer, success

from .conftest import ROOT, pack

pytestmark = pytest.mark.long

DEMO = ROOT / "demos/container"
TYPE = "application/vnd.oci.image."

RUN = """
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount -t tmpfs tmpfs dev
for device in full null random urandom zero; do : >dev/$device; mount --bind /dev/$device dev/$device; done
mount -t tmpfs tmpfs tmp
mount -o remount,bind,ro .
shift
exec setpriv --no-new-privs chroot --userspec=65532:65532 . "$@"
"""


@pytest.fixture(scope="module")
def folder(release, tmp_path_factory):
    folder = pack(release, tmp_path_factory.mktemp("image"), "--deps", "numpy", "image")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def layout(folder) -> dict[str, bytes]:
    """The files of the archive; each blob has the digest that its name says."""
    (file,) = folder.glob("*-image.tar")
    with tarfile.open(file) as archive:
        found = {entry.name: archive.extractfile(entry).read() for entry in archive if entry.isfile()}
    for name, data in found.items():
        if name.startswith("blobs/sha256/"):
            assert hashlib.sha256(data).hexdigest() == name.rpartition("/")[2]
    return found


def blob(layout, described: dict, kind: str) -> bytes:
    assert described["mediaType"] == TYPE + kind
    data = layout["blobs/" + described["digest"].replace(":", "/")]
    assert len(data) == described["size"]
    return data


@pytest.fixture(scope="module")
def config(layout) -> dict:
    assert json.loads(layout["oci-layout"]) == {"imageLayoutVersion": "1.0.0"}
    (described,) = json.loads(layout["index.json"])["manifests"]
    manifest = json.loads(blob(layout, described, "manifest.v1+json"))
    (layer,) = manifest["layers"]
    config = json.loads(blob(layout, manifest["config"], "config.v1+json"))
    content = gzip.decompress(blob(layout, layer, "layer.v1.tar+gzip"))
    assert config["rootfs"]["diff_ids"] == ["sha256:" + hashlib.sha256(content).hexdigest()]
    return config


@pytest.fixture(scope="module")
def root(folder, tmp_path_factory):
    (file,) = folder.glob("*-root.tar.gz")
    root = tmp_path_factory.mktemp("container") / "root"
    root.mkdir()
    subprocess.run(["tar", "-xzf", file, "-C", root, "--same-owner"], check=True)
    yield root
    shutil.rmtree(root)


def test_the_settings_of_the_image(config, folder):
    settings = config["config"]
    assert (config["os"], config["architecture"], settings["User"]) == ("linux", "amd64", "65532:65532")
    assert settings["Entrypoint"] == ["mcp-run-python"]
    assert product.run(*settings["Cmd"], "--help").returncode == 0
    name = json.loads((folder / "server.json").read_text())["name"]
    assert settings["Labels"]["io.modelcontextprotocol.server.name"] == name


def test_it_is_not_too_large(root):
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    assert size <= 350e6
    assert not [path for path in root.rglob("*") if path.lstat().st_mode & 0o6000]


def test_it_runs_code_without_network_from_a_read_only_root(root, config):
    settings = config["config"]
    spaces = ["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]
    inside = ["/usr/bin/" + settings["Entrypoint"][0], *settings["Cmd"], "--deps", "numpy"]
    variables = dict(variable.split("=", 1) for variable in settings["Env"]) | {"PATH": os.environ["PATH"]}
    peer = Peer(["unshare", *spaces, "sh", "-ec", RUN, "sh", str(root), *inside], "2025-11-25", **variables)
    peer.greet()
    assert peer.call("import numpy\nint(numpy.arange(4).sum())") == success("6")
    assert peer.end() == 0


def test_the_containerfile_says_the_same(config):
    text = (DEMO / "Containerfile").read_text()
    settings = config["config"]
    said = dict(re.findall(r"^(USER|ENTRYPOINT|CMD|ENV|EXPOSE) (.*)$", text, re.MULTILINE))
    assert said["USER"] == settings["User"]
    assert json.loads(said["ENTRYPOINT"]) == settings["Entrypoint"]
    assert json.loads(said["CMD"]) == settings["Cmd"]
    assert said["ENV"].split() == settings["Env"]
    assert f"{said['EXPOSE']}/tcp" in settings["ExposedPorts"]


def test_the_compose_file():
    (service,) = yaml.safe_load((DEMO / "compose.yaml").read_text())["services"].values()
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert product.run(*service["command"], "--help").returncode == 0
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
