"""The parts that several kinds of packages have in common."""

import functools
import gzip
import io
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = "mcp-run-python"
SERVER = "io.github.mcp-run-python-swift/mcp-run-python"
"""The name of the server in the MCP registry. Each package that is published has to bear it."""

SUMMARY = "An MCP server that runs untrusted Python in a sandbox"
MANUAL = f"share/man/man1/{NAME}.1"
COMPLETIONS = {
    "bash": f"share/bash-completion/completions/{NAME}",
    "zsh": f"share/zsh/site-functions/_{NAME}",
    "fish": f"share/fish/vendor_completions.d/{NAME}.fish",
}

Files = dict[str, tuple[bytes, int]]
"""Files by their names, each with its mode."""


def output(*command: object) -> str:
    """Gives the stdout of a command; its complaints are shown, and end this script."""
    result = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT)
    if result.returncode != 0:
        sys.exit(f".ci/package: {command[0]} ended with {result.returncode}.")
    return result.stdout


@functools.cache
def epoch() -> int:
    """The date of all files, in seconds."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    # A zip file knows no year before 1980.
    return max(int(given or output("git", "log", "-1", "--format=%ct")), 315532800)


def date(form: str) -> str:
    return time.strftime(form, time.gmtime(epoch()))


def version(executable: pathlib.Path) -> str:
    return output(executable, "--version").split()[-1]


def manual(executable: pathlib.Path, generator: pathlib.Path) -> bytes:
    """The man page, from the executable's own description of its options."""
    text = output(generator, executable, "--output-directory", "-")
    # Mandoc knows paragraphs, and no empty lines.
    return re.sub("^$", ".Pp", text.removesuffix("\n"), flags=re.MULTILINE).encode() + b"\n"


def completions(executable: pathlib.Path, shell: str) -> bytes:
    return output(executable, "--generate-completion-script", shell).encode()


def license() -> bytes:
    return (ROOT / "LICENSE").read_bytes()


def remove_former(folder: pathlib.Path, pattern: str) -> None:
    """Removes the packages of other versions."""
    for former in folder.glob(pattern):
        former.unlink()


def zipped(file: pathlib.Path, files: Files) -> None:
    """Writes a zip file with these files in their order."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, (data, mode) in files.items():
            entry = zipfile.ZipInfo(name, time.gmtime(epoch())[:6])
            entry.create_system = 3  # Unix, whatever this runs on
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def tar(files: Files) -> bytes:
    """A tar file of files that belong to root, compressed by gzip; the same for the same files and date."""
    made = io.BytesIO()
    folders = {str(parent) for name in files for parent in pathlib.PurePosixPath(name).parents} - {"."}
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(folders | set(files)):
            entry = tarfile.TarInfo(name)
            entry.mtime = epoch()
            entry.uname = entry.gname = "root"
            if name in folders:
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(entry)
            else:
                data, entry.mode = files[name]
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(made.getvalue(), 9, mtime=epoch())
