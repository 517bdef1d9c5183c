"""Unpacks an image's wheels and byte-compiles them."""

import compileall
import json
import pathlib
import zipfile
from py_compile import PycInvalidationMode

import _mcp_run_python as host

IMAGE = pathlib.Path("/image")
DISTRIBUTION = pathlib.Path("/distribution")

# The most that an image may hold, since a small wheel can unpack to any size.
MOST_BYTES = 4 << 30
MOST_FILES = 200_000


def build(packages_json):
    """Unpack every package of the image's lock."""
    site = IMAGE / "site"
    site.mkdir(exist_ok=True)
    room = Room(MOST_BYTES, MOST_FILES)
    for package in json.loads(packages_json):
        host.log("debug", f"Unpacking {package['name']} {package['version']}")
        file_name = package["file_name"].rsplit("/", 1)[-1]
        downloaded = IMAGE / "wheels" / file_name
        wheel = downloaded if downloaded.exists() else DISTRIBUTION / file_name
        with zipfile.ZipFile(wheel) as archive:
            room.take(package["name"], archive)
            archive.extractall(_folder(site, package))
    _spread_data(site)
    host.log("debug", "Compiling to bytecode")
    # Nothing can write below the image, so no interpreter needs to compare a source's date or digest.
    compileall.compile_dir(site, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)


def _folder(site, package):
    return site / ".dynlib" if package.get("install_dir") == "dynlib" else site


class Room:
    """The room that is left for unpacked files."""

    def __init__(self, size, files):
        self.size, self.files = size, files

    def take(self, package, archive):
        """Refuse an archive that is larger by its own words. No more than that comes out of it."""
        entries = archive.infolist()
        self.size -= sum(entry.file_size for entry in entries)
        self.files -= len(entries)
        if self.size < 0 or self.files < 0:
            most = f"{MOST_BYTES >> 20} MB in {MOST_FILES} files"
            raise ValueError(f"'{package}' cannot be installed: with it the packages unpack to more than {most}")


def _spread_data(site):
    """Move a wheel's `*.data/purelib` and `*.data/platlib` into `site` itself (PEP 427)."""
    for scheme in [*site.glob("*.data/purelib"), *site.glob("*.data/platlib")]:
        for source in sorted(p for p in scheme.rglob("*") if p.is_file()):
            target = site / source.relative_to(scheme)
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
