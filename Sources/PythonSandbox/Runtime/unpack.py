"""Takes the runtime out of the two wheels that pip downloaded: `unpack.py WHEELS TARGET`."""

import pathlib
import sys
import zipfile

PYODIDE = "open_webui/frontend/pyodide/"
UNUSED = (".map", ".html", ".d.ts", "README.md", "pyodide.js")


def main(wheels: pathlib.Path, target: pathlib.Path) -> None:
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                if member.filename.endswith(".data/scripts/deno"):
                    _copy(archive, member, target / "deno", mode=0o755)
                elif member.filename.startswith(PYODIDE) and not member.filename.endswith((*UNUSED, "/")):
                    _copy(archive, member, target / "pyodide" / pathlib.PurePath(member.filename).name)


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: pathlib.Path, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(archive.read(member))
    path.chmod(mode)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
