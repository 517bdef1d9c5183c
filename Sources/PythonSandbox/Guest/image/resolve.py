"""This finds the exact packages for a list of requirements, with micropip's own resolver.

A package comes from a wheel beside the Pyodide distribution, else from the package index. Pyodide's
distribution server comes last, for native packages that no other place has.
"""

import hashlib
import io
import json
import re
import zipfile

import _mcp_run_python as host
from _transaction import Choice, InstallError, paired
from micropip import package_index
from micropip._compat import compatibility_layer
from micropip._vendored.packaging.src.packaging.markers import default_environment
from micropip._vendored.packaging.src.packaging.utils import canonicalize_name
from micropip.constants import FAQ_URLS
from micropip.logging import setup_logging
from micropip.wheelinfo import _validate_sha256_checksum
from pyodide.ffi import to_js

# The packages of every image. The runner's JSON encoder is pydantic's, and code may install more with
# micropip.
BASE = ("micropip", "pydantic")


async def resolve(dependencies_json, index_url, offline):
    """Give the image's `packages` in the form of a `pyodide-lock.json`, and the names of those that were
    `requested`, as JSON."""
    dependencies = json.loads(dependencies_json)
    requirements = _requirements(dependencies)
    requested = [_name(dependency) for dependency in dependencies]
    try:
        with setup_logging().ctx_level(None):
            choice = await _choose(requirements, index_url, offline)
    except InstallError:
        raise
    except Exception as error:
        if offline:
            raise InstallError(_offline_message(str(error))) from None
        raise InstallError(f"{type(error).__name__}: {error}") from None
    for name in requested:
        if extras := choice.unknown_extras(name):
            raise InstallError(_unknown_extra(name, extras[0], choice.needs[name].extras))
    if choice.failed:
        raise InstallError(_failure(choice, offline))
    return json.dumps({"packages": _collect(choice), "requested": requested})


def _requirements(dependencies):
    """The requested packages, others that some of them need but do not name, and the base."""
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


async def _choose(requirements, index_url, offline):
    requested = [_name(requirement) for requirement in requirements]
    reasons = {}
    while True:
        choice = Choice(
            _compat_layer=compatibility_layer,
            ctx=default_environment(),
            ctx_extras=[],
            keep_going=True,
            deps=True,
            pre=False,
            fetch_kwargs={},
            index_urls=[index_url] if index_url else package_index.DEFAULT_INDEX_URLS,
        )
        choice.begin(set(requested), offline, reasons)
        await choice.gather_requirements(requirements)
        reasons = choice.reasons
        # Packages that the index lacks may be in Pyodide's distribution. One may be the failed package
        # itself, or the requested one that needs it. The index has the native part of some wrappers for other
        # platforms only.
        failed = [canonicalize_name(requirement.name) for requirement in choice.failed]
        if not failed or offline or not (_offer(failed) or _offer(requested)):
            return choice


def _offer(names):
    """Let micropip see packages of Pyodide's distribution that have no local file; true when any of them was
    new."""
    known = compatibility_layer.lockfile_packages
    entries = {name: json.loads(host.entry(name)) for name in names if name not in known}
    found = {name: entry for name, entry in entries.items() if entry}
    known.update(found)
    return bool(found)


def _failure(choice, offline):
    failed = {canonicalize_name(requirement.name): str(requirement) for requirement in choice.failed}
    names = ", ".join(_with_need(choice, name, text) for name, text in failed.items())
    if offline:
        return _offline_message(names)
    lines = [f"Can't find a pure Python 3 wheel for: {names}", f"See: {FAQ_URLS['cant_find_wheel']}"]
    lines += [f"{name}: {why}" for name, why in choice.reasons.items() if name in failed]
    for need in dict.fromkeys(choice.needed_by.get(name, "") for name in failed):
        if "[" in need:
            others = [name for name, other in choice.needed_by.items() if other == need and name not in failed]
            lines.append(_instead(need, others))
    return "\n".join(lines)


def _instead(need, others):
    """A sentence on the packages to ask for in place of an extra that cannot be had whole."""
    wanted = ",".join([need.partition("[")[0], *sorted(others)])
    return f"{need} cannot be had whole here; all that can be had of it is --deps {wanted}"


def _with_need(choice, name, text):
    need = choice.needed_by.get(name)
    return f"'{text}' (which {need} needs)" if need and name not in choice.asked else f"'{text}'"


def _unknown_extra(name, extra, known):
    known = f"its extras are {', '.join(sorted(known))}" if known else "it has no extras"
    return f"{name} has no extra '{extra}': {known}"


def _offline_message(what):
    return f"{what}: not among the packages on this machine, and --offline forbids asking the package index"


def _collect(choice):
    packages = {}
    for wheel in choice.wheels:
        _validate_sha256_checksum(wheel._data, wheel.sha256)
        host.save(wheel.filename, to_js(wheel._data))
        name = canonicalize_name(wheel.name)
        packages[name] = _entry(name, wheel, choice.found.get(name, ()))
    for name, entry in choice.taken.items():
        if name not in packages:
            depends = sorted({*paired(entry), *choice.found.get(name, ())})
            packages[name] = {**entry, "depends": depends}
    return packages


def _entry(name, wheel, depends):
    return {
        "name": name,
        "version": str(wheel.version),
        "file_name": wheel.url,
        "install_dir": "site",
        "package_type": "package",
        "sha256": hashlib.sha256(wheel._data).hexdigest(),
        "depends": sorted(depends),
        "imports": _imports(wheel._data),
    }


def _imports(data):
    """The names that can be imported: folders and modules at the wheel's top."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tops = {re.match(r"(\w+)(/__init__\.py$|\.py$|\.\S*so$)", name) for name in archive.namelist()}
    return sorted(match[1] for match in tops if match)
