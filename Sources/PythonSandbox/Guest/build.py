"""Unpacks an image's wheels and byte-compiles them."""

import compileall
import json
import pathlib
import zipfile
from py_compile import PycInvalidationMode

import _mcp_run_python as host

IMAGE = pathlib.Path("/image")
DISTRIBUTION = pathlib.Path("/distribution")


def build(packages_json):
    """Unpack every package of the image's lock."""
    site = IMAGE / "site"
    site.mkdir(exist_ok=True)
    for package in json.loads(packages_json):
        host.log("debug", f"Unpacking {package['name']} {package['version']}")
        file_name = package["file_name"].rsplit("/", 1)[-1]
        downloaded = IMAGE / "wheels" / file_name
        _unpack(downloaded if downloaded.exists() else DISTRIBUTION / file_name, _folder(site, package))
    _spread_data(site)
    host.log("debug", "Compiling to bytecode")
    # Nothing can write below the image, so no interpreter needs to compare a source's date or digest.
    compileall.compile_dir(site, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)


def _folder(site, package):
    return site / ".dynlib" if package.get("install_dir") == "dynlib" else site


def _unpack(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


def _spread_data(site):
    """A wheel's `*.data/purelib` and `*.data/platlib` belong into `site` itself (PEP 427)."""
    for scheme in [*site.glob("*.data/purelib"), *site.glob("*.data/platlib")]:
        for source in sorted(p for p in scheme.rglob("*") if p.is_file()):
            target = site / source.relative_to(scheme)
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
