"""The tarball: what `demos/install` puts under a prefix, in one folder, for systems without one of our packages."""

import pathlib

from common import COMPLETIONS, MANUAL, NAME, ROOT, Files, completions, license, manual, remove_former, tar, version
from parts import licences


def tarball(executable: pathlib.Path, generator: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Writes the tarball, and removes those of other versions."""
    name = f"{NAME}-{version(executable)}-linux-x86_64"
    files: Files = {
        f"{name}/bin/{NAME}": (executable.read_bytes(), 0o755),
        f"{name}/{MANUAL}": (manual(executable, generator), 0o644),
        f"{name}/LICENSE": (license(), 0o644),
        f"{name}/install": ((ROOT / "demos/install").read_bytes(), 0o755),
    }
    for shell, place in COMPLETIONS.items():
        files[f"{name}/{place}"] = completions(executable, shell), 0o644
    for library, text in licences(executable).items():
        files[f"{name}/licenses/{library}"] = text, 0o644
    remove_former(folder, f"{NAME}-*-linux-x86_64.tar.gz")
    file = folder / f"{name}.tar.gz"
    file.write_bytes(tar(files))
    return file
