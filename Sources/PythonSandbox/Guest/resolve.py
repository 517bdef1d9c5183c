"""Finds the exact packages for a list of requirements, with micropip's own resolver.

Where a package comes from: a wheel beside the Pyodide distribution, else the package index, and Pyodide's
distribution server last, for the native packages that nothing else has.
"""

import hashlib
import io
import json
import re
import zipfile

import _mcp_run_python as host
from micropip import package_index
from micropip._compat import compatibility_layer
from micropip._vendored.packaging.src.packaging.markers import default_environment
from micropip._vendored.packaging.src.packaging.utils import canonicalize_name
from micropip.constants import FAQ_URLS
from micropip.logging import setup_logging
from micropip.transaction import Transaction
from micropip.wheelinfo import _validate_sha256_checksum
from pyodide.ffi import to_js

# What every image has: the runner's JSON encoder is pydantic's, and code may install more by itself.
BASE = ("micropip", "pydantic")


class InstallError(Exception):
    """A sentence for the user."""


class _Transaction(Transaction):
    """Keeps why a requirement failed; micropip's own says only that it did."""

    async def _add_requirement_from_package_index(self, req):
        try:
            await super()._add_requirement_from_package_index(req)
        except ValueError as error:
            self.reasons[canonicalize_name(req.name)] = str(error).split("\nSee:")[0].strip()
            raise


async def resolve(dependencies_json, index_url, offline):
    """Give as JSON the image's `packages`, as in a `pyodide-lock.json`, and which of them were `requested`."""
    dependencies = json.loads(dependencies_json)
    requirements = _requirements(dependencies)
    try:
        with setup_logging().ctx_level(None):
            transaction = await _gather(requirements, index_url, offline)
    except InstallError:
        raise
    except Exception as error:
        if offline:
            raise InstallError(_offline_message(str(error))) from None
        raise InstallError(f"{type(error).__name__}: {error}") from None
    if transaction.failed:
        raise InstallError(_failure(transaction, offline))
    requested = [_name(dependency) for dependency in dependencies]
    return json.dumps({"packages": await _collect(transaction), "requested": requested})


def _requirements(dependencies):
    """The requested ones, what some of them need but do not name, and the base."""
    extras = set()
    for dependency in dependencies:
        if dependency.startswith(("rich", "logfire")):
            extras.add("pygments")
        if re.match("pydantic[-_]ai", dependency):
            extras.add("typing_extensions>=4.12")
    requested = {_name(dependency) for dependency in dependencies}
    return [*dependencies, *sorted(extras), *(name for name in BASE if name not in requested)]


def _name(requirement):
    if requirement.strip().endswith(".whl"):
        requirement = requirement.rpartition("/")[2].partition("-")[0]
    return canonicalize_name(re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0])


async def _gather(requirements, index_url, offline):
    while True:
        transaction = _Transaction(
            _compat_layer=compatibility_layer,
            ctx=default_environment(),
            ctx_extras=[],
            keep_going=True,
            deps=True,
            pre=False,
            fetch_kwargs={},
            index_urls=[index_url] if index_url else package_index.DEFAULT_INDEX_URLS,
        )
        transaction.reasons = {}
        transaction.search_pyodide_lock_first = True
        await transaction.gather_requirements(requirements)
        # What the index cannot give may be in Pyodide's distribution: the package itself, or the
        # requested one that needs it (a wrapper whose native part the index has for other platforms only).
        failed = [canonicalize_name(requirement.name) for requirement in transaction.failed]
        requested = [_name(requirement) for requirement in requirements]
        if not failed or offline or not (_offer(failed) or _offer(requested)):
            return transaction


def _offer(names):
    """Let micropip see packages of Pyodide's distribution that have no local file; whether it was new."""
    known = compatibility_layer.lockfile_packages
    entries = {name: json.loads(host.entry(name)) for name in names if name not in known}
    found = {name: entry for name, entry in entries.items() if entry}
    known.update(found)
    return bool(found)


def _failure(transaction, offline):
    names = ", ".join(f"'{requirement}'" for requirement in transaction.failed)
    if offline:
        return _offline_message(names)
    lines = [f"Can't find a pure Python 3 wheel for: {names}", f"See: {FAQ_URLS['cant_find_wheel']}"]
    lines += [f"{name}: {why}" for name, why in transaction.reasons.items()]
    return "\n".join(lines)


def _offline_message(what):
    return f"{what}: not among the packages on this machine, and --offline forbids asking the package index"


async def _collect(transaction):
    packages = {}
    for wheel in transaction.wheels:
        _validate_sha256_checksum(wheel._data, wheel.sha256)
        host.save(wheel.filename, to_js(wheel._data))
        packages[canonicalize_name(wheel.name)] = _entry(wheel)
    pending = [canonicalize_name(package.name) for package in transaction.pyodide_packages]
    while pending:
        name = pending.pop()
        if name in packages:
            continue
        entry = json.loads(host.entry(name))
        try:
            await host.download(name)
        except Exception as error:
            raise InstallError(
                f"{name}: only Pyodide's own distribution server has this package, and it cannot be had "
                f"from there: {getattr(error, 'message', error)}"
            ) from None
        packages[name] = entry
        pending += [canonicalize_name(d) for d in entry["depends"]]
    return packages


def _entry(wheel):
    return {
        "name": canonicalize_name(wheel.name),
        "version": str(wheel.version),
        "file_name": wheel.url,
        "install_dir": "site",
        "package_type": "package",
        "sha256": hashlib.sha256(wheel._data).hexdigest(),
        "depends": sorted({canonicalize_name(r.name) for r in wheel._requires or ()}),
        "imports": _imports(wheel._data),
    }


def _imports(data):
    """The names that can be imported: folders and modules at the wheel's top."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tops = {re.match(r"(\w+)(/__init__\.py$|\.py$|\.\S*so$)", name) for name in archive.namelist()}
    return sorted(match[1] for match in tops if match)
