"""The container image: an OCI archive, made without a daemon, that needs no network to start.

It has the files of a few of Debian's packages, the executable, the runtime, and the images of some dependencies.
Their snapshots differ each time, so that two of these archives are never the same.
"""

import hashlib
import io
import json
import os
import pathlib
import subprocess
import tarfile
import tempfile

from common import NAME, SERVER, SUMMARY, date, epoch, output, remove_former, version

DEBIAN = ("base-files", "ca-certificates", "libc6", "libgcc-s1", "tzdata")
"""The packages whose files are in it. Deno needs libgcc."""

USER = 65532
"""The number that images commonly give to a user without any rights."""

CACHE = f"usr/share/{NAME}/cache"
LEFT_OUT = ("usr/share/doc", "usr/share/man", "usr/share/lintian", "usr/share/locale", "usr/lib/x86_64-linux-gnu/gconv")


def image(executable: pathlib.Path, folder: pathlib.Path, dependencies: list[str]) -> pathlib.Path:
    """Writes the archive, and its root as a tarball for a Containerfile."""
    number = version(executable)
    remove_former(folder, f"{NAME}-*-image.tar")
    remove_former(folder, f"{NAME}-*-root.tar.gz")
    with tempfile.TemporaryDirectory() as stage:
        root = pathlib.Path(stage) / "root"
        fill(root, executable, dependencies)
        plain = pathlib.Path(stage) / "root.tar"
        archive(root, plain)
        layer = folder / f"{NAME}-{number}-root.tar.gz"
        # The name and the date of the file in it would be others each time.
        with layer.open("wb") as packed:
            subprocess.run(["gzip", "-9n", "-c", plain], check=True, stdout=packed)
        content = hashlib.sha256(plain.read_bytes()).hexdigest()
    file = folder / f"{NAME}-{number}-image.tar"
    wrap(file, layer, content, number)
    return file


def fill(root: pathlib.Path, executable: pathlib.Path, dependencies: list[str]) -> None:
    """Puts all files of the image into a folder."""
    root.mkdir()
    with tempfile.TemporaryDirectory() as downloads:
        # Root may write there, and the user that apt downloads as may not.
        subprocess.run(
            ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", *DEBIAN],
            check=True,
            cwd=downloads,
            stdout=subprocess.DEVNULL,
        )
        for package in sorted(pathlib.Path(downloads).glob("*.deb")):
            subprocess.run(["dpkg-deb", "--extract", package, root], check=True)
    for name in LEFT_OUT:
        subprocess.run(["rm", "-rf", root / name], check=True)
    # The package makes this file when it is installed.
    authorities = sorted((root / "usr/share/ca-certificates").rglob("*.crt"))
    bundle = root / "etc/ssl/certs/ca-certificates.crt"
    bundle.parent.mkdir(parents=True, exist_ok=True)
    bundle.write_bytes(b"".join(one.read_bytes() for one in authorities))
    users = ("root:x:0:0:root:/:/sbin/nologin", f"python:x:{USER}:{USER}:python:/tmp:/sbin/nologin")
    (root / "etc/passwd").write_text("".join(f"{user}\n" for user in users))
    (root / "etc/group").write_text(f"root:x:0:\npython:x:{USER}:\n")
    (root / "etc/nsswitch.conf").write_text("hosts: files dns\n")
    program = root / "usr/bin" / NAME
    program.write_bytes(executable.read_bytes())
    program.chmod(0o755)
    cache = root / CACHE
    cache.mkdir(parents=True)
    wanted = ["--deps", ",".join(dependencies)] if dependencies else []
    output(executable, "install", "--cache-dir", cache, *wanted)
    for name in ("locks", "deno"):
        subprocess.run(["rm", "-rf", cache / name], check=True)


def archive(root: pathlib.Path, file: pathlib.Path) -> None:
    """Packs a folder into a tar file; everything belongs to root, and all may read it."""

    def normal(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = epoch()
        if not entry.issym():
            executable = entry.isdir() or entry.mode & 0o111
            entry.mode = 0o755 if executable else 0o644
        if entry.name == "tmp":
            entry.mode = 0o1777
        return entry

    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as made:
        for path in sorted(root.iterdir()):
            made.add(path, path.name, filter=normal)


def wrap(file: pathlib.Path, layer: pathlib.Path, content: str, number: str) -> None:
    """Writes an archive in the form of the OCI's image layout with one layer."""
    blobs: dict[str, bytes | pathlib.Path] = {}

    def blob(kind: str, data: bytes | pathlib.Path) -> dict:
        read = data if isinstance(data, bytes) else data.read_bytes()
        digest = hashlib.sha256(read).hexdigest()
        blobs[f"blobs/sha256/{digest}"] = data
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": f"sha256:{digest}", "size": len(read)}

    labels = {
        "org.opencontainers.image.title": NAME,
        "org.opencontainers.image.version": number,
        "org.opencontainers.image.description": SUMMARY,
        "org.opencontainers.image.licenses": "MIT",
        "io.modelcontextprotocol.server.name": SERVER,
    }
    created = date("%Y-%m-%dT%H:%M:%SZ")
    config = {
        "created": created,
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "User": f"{USER}:{USER}",
            "Env": ["PATH=/usr/bin:/bin", "HOME=/tmp", f"MCP_RUN_PYTHON_CACHE=/{CACHE}"],
            "Entrypoint": [NAME],
            "Cmd": ["stdio", "--offline"],
            "ExposedPorts": {"3001/tcp": {}},
            "Labels": labels,
        },
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{content}"]},
        "history": [{"created": created, "created_by": ".ci/package image"}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob("config.v1+json", json.dumps(config).encode()),
        "layers": [blob("layer.v1.tar+gzip", layer)],
        "annotations": labels,
    }
    described = blob("manifest.v1+json", json.dumps(manifest).encode())
    described["annotations"] = {"org.opencontainers.image.ref.name": number}
    index = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [described | {"platform": {"architecture": "amd64", "os": "linux"}}],
    }
    layout: dict[str, bytes | pathlib.Path] = {
        "oci-layout": json.dumps({"imageLayoutVersion": "1.0.0"}).encode(),
        "index.json": json.dumps(index).encode(),
    }
    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as made:
        for name, data in (layout | blobs).items():
            entry = tarfile.TarInfo(name)
            entry.mtime, entry.mode, entry.uname, entry.gname = epoch(), 0o644, "root", "root"
            if isinstance(data, bytes):
                entry.size = len(data)
                made.addfile(entry, io.BytesIO(data))
            else:
                entry.size = os.stat(data).st_size
                with data.open("rb") as opened:
                    made.addfile(entry, opened)
