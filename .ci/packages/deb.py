"""The package for Debian and its relatives: the executable with its pages, and a service that serves HTTP."""

import gzip
import hashlib
import os
import pathlib
import subprocess
import tempfile

from common import NAME, ROOT, SUMMARY, Files, completions, date, epoch, manual, output, remove_former, version
from parts import archives, licences

PIECES = ROOT / ".ci/packages/debian"
MAINTAINER = "The maintainers of mcp-run-python <maintainers@mcp-run-python.invalid>"

CONTROL = """\
Package: {name}
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: libc6 (>= 2.34), python3, python3-pip, ca-certificates, adduser
Section: devel
Priority: optional
Description: {summary}
 The code of a language model runs in Pyodide, which is CPython compiled to
 WebAssembly, in a Deno process with almost no permissions. The package has
 a server for one client (stdio), a server for many (Streamable HTTP) with a
 systemd unit, and a prompt that shows what goes over the wire.
 .
 Deno and Pyodide are fetched with pip when they are first needed.
"""

CHANGELOG = """\
{name} ({version}) unstable; urgency=medium

  * The changes that a user notices stand in CHANGELOG.md.gz.

 -- {maintainer}  {date}
"""


def pressed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def sourced(script: bytes) -> bytes:
    """A script that shells read, without the line that names its interpreter."""
    return script.partition(b"\n")[2] if script.startswith(b"#!") else script


def contents(executable: pathlib.Path, generator: pathlib.Path, number: str) -> Files:
    """The files of the package by their paths, each with its mode."""
    changelog = CHANGELOG.format(
        name=NAME, version=number, maintainer=MAINTAINER, date=date("%a, %d %b %Y %H:%M:%S +0000")
    )
    documents = f"usr/share/doc/{NAME}"
    files: Files = {
        f"usr/bin/{NAME}": (executable.read_bytes(), 0o755),
        f"usr/share/man/man1/{NAME}.1.gz": (pressed(manual(executable, generator)), 0o644),
        f"usr/share/bash-completion/completions/{NAME}": (sourced(completions(executable, "bash")), 0o644),
        f"usr/share/zsh/vendor-completions/_{NAME}": (completions(executable, "zsh"), 0o644),
        f"usr/share/fish/vendor_completions.d/{NAME}.fish": (completions(executable, "fish"), 0o644),
        f"lib/systemd/system/{NAME}.service": ((PIECES / "service").read_bytes(), 0o644),
        f"usr/lib/sysusers.d/{NAME}.conf": ((PIECES / "sysusers").read_bytes(), 0o644),
        # A token may stand in it.
        f"etc/default/{NAME}": ((PIECES / "default").read_bytes(), 0o640),
        f"usr/share/lintian/overrides/{NAME}": ((PIECES / "lintian-overrides").read_bytes(), 0o644),
        f"{documents}/changelog.gz": (pressed(changelog.encode()), 0o644),
        f"{documents}/CHANGELOG.md.gz": (pressed((ROOT / ".github/CHANGELOG.md").read_bytes()), 0o644),
        f"{documents}/copyright": (copyright(executable), 0o644),
    }
    for library, text in licences(executable).items():
        files[f"{documents}/libraries/{library}"] = text, 0o644
    return files


def copyright(executable: pathlib.Path) -> bytes:
    """Debian's form of the licence, with all libraries inside that have one of their own."""
    inside = "".join(f" {library} ({package} {its})\n" for library, (package, its) in archives(executable).items())
    text = (PIECES / "copyright").read_text(encoding="utf-8")
    return text.replace("@LIBRARIES@\n", inside or " none\n").encode()


def scripts(files: Files) -> Files:
    """The files for dpkg itself."""
    kept = [f"/{name}" for name in files if name.startswith("etc/")]
    listed = [f"{hashlib.md5(data).hexdigest()}  {name}\n" for name, (data, _) in sorted(files.items())]
    found: Files = {
        "conffiles": ("".join(f"{name}\n" for name in kept).encode(), 0o644),
        "md5sums": ("".join(line for line in listed if "  etc/" not in line).encode(), 0o644),
    }
    for script in ("postinst", "prerm", "postrm"):
        found[script] = (PIECES / script).read_bytes(), 0o755
    return found


def deb(executable: pathlib.Path, generator: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Writes the package, and removes those of other versions."""
    number = version(executable)
    files = contents(executable, generator, number)
    size = sum(-(-len(data) // 1024) for data, _ in files.values()) + 4 * len(files)
    control = CONTROL.format(name=NAME, version=number, maintainer=MAINTAINER, size=size, summary=SUMMARY[3:])
    meta: Files = {"control": (control.encode(), 0o644), **scripts(files)}
    remove_former(folder, f"{NAME}_*.deb")
    file = folder / f"{NAME}_{number}_amd64.deb"
    with tempfile.TemporaryDirectory() as stage:
        root = pathlib.Path(stage) / "root"
        for name, (data, mode) in (files | {f"DEBIAN/{name}": one for name, one in meta.items()}).items():
            place = root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            place.chmod(mode)
        for path in [root, *root.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
        # One thread, since more of them make other bytes.
        command = ["dpkg-deb", "--root-owner-group", "--uniform-compression", "-Zxz", "--threads-max=1", "--build"]
        subprocess.run(
            [*command, root, file],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch())},
        )
    return file
