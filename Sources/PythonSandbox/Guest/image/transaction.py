"""This chooses packages for a list of requirements. It is micropip's transaction, with the parts that
micropip leaves out.

micropip takes a package of Pyodide's list with the dependencies of that list alone. Here a package also
brings the needs in its own metadata. Every package brings the needs of its extras.
"""

import json

import _mcp_run_python as host
from _needs import Needs, needs_of_wheel
from micropip._vendored.packaging.src.packaging.utils import canonicalize_name
from micropip.transaction import Transaction


class InstallError(Exception):
    """A sentence for the user."""


class Choice(Transaction):
    """A choice of wheels of the package index, and of `taken` packages of Pyodide's list.

    A wheel replaces one of those.
    """

    def begin(self, asked, offline, reasons):
        """Begin the choice.

        `asked` are the packages that the user wants. `reasons` tell, by name, why the index could not give
        one before.
        """
        self.search_pyodide_lock_first = True
        self.asked, self.offline = asked, offline
        self.taken = {}
        # By package these are its needs, the extras that are wanted, and the extras that were handled; ""
        # stands for none.
        self.needs, self.wanted, self.seen = {}, {}, {}
        self.reasons = dict(reasons)
        # By package these are the needs that were found, and the first package that needs it.
        self.found, self.needed_by = {}, {}

    def unknown_extras(self, name):
        """The wanted extras that a package does not have."""
        return sorted(self.wanted[name] - self.needs[name].extras - {""}) if name in self.needs else []

    async def add_requirement_inner(self, req):
        if req.marker and not req.marker.evaluate({"extra": ""}):
            return
        name = canonicalize_name(req.name)
        self._want(name, req.extras)
        await super().add_requirement_inner(req)
        await self._see_to_extras(name)

    def check_version_satisfied(self, req, *, allow_reinstall=False):
        # The packages of this Python, such as micropip itself, are in no image yet.
        if wheel := self.locked.get(req.name):
            if not req.specifier.contains(wheel.version, prereleases=True):
                who = f"{req.needed_by} needs" if hasattr(req, "needed_by") else "--deps asks for"
                raise InstallError(f"{who} {req}, but {req.name} {wheel.version} was chosen for another requirement")
            return True, wheel.version
        if (entry := self.taken.get(req.name)) and req.specifier.contains(entry["version"], prereleases=True):
            return True, entry["version"]
        return False, ""

    async def _add_requirement_from_pyodide_lock(self, req):
        entry = self._compat_layer.lockfile_packages.get(req.name)
        if not entry or not req.specifier.contains(entry["version"], prereleases=True):
            return False
        await self._take(req.name)
        return True

    async def _add_requirement_from_package_index(self, req):
        try:
            if self.offline:
                raise ValueError("--offline forbids asking the package index")
            await super()._add_requirement_from_package_index(req)
        except ValueError as error:
            self.reasons[req.name] = str(error).split("\nSee:")[0].strip()
            raise

    async def add_wheel(self, wheel, extras, *, specifier=""):
        name = canonicalize_name(wheel.name)
        self._want(name, extras)
        self.seen.pop(name, None)  # The wheel may replace another package with other needs.

        # micropip calls this as soon as it knows the metadata, which may be before it has the wheel.
        def requires(_):
            self.needs[name] = Needs("\n".join(wheel._metadata.metadata))
            return self._unseen(name)

        wheel.requires = requires
        await super().add_wheel(wheel, extras, specifier=specifier)
        await self._see_to_extras(name)

    async def _take(self, name):
        """Take a package of Pyodide's list, those that the list pairs it with, and its further needs."""
        if name in self.taken or name in self.locked:
            return
        self.taken[name] = entry = json.loads(host.entry(name))
        self._want(name, ())
        try:
            data = (await host.download(name)).to_bytes()
        except Exception as error:
            sentence = (
                f"{name}: only Pyodide's own distribution server has this package, and it cannot be had "
                f"from there: {getattr(error, 'message', error)}"
            )
            if name in self.reasons:
                sentence += f"\nThe package index does not give it either: {self.reasons[name]}"
            raise InstallError(sentence) from None
        is_wheel = entry["file_name"].endswith(".whl")
        self.needs[name] = needs_of_wheel(name, data) if is_wheel else Needs("")
        for other in paired(entry):
            if other not in self.asked:
                await self._take(other)
        await self._see_to_extras(name)

    def _want(self, name, extras):
        self.wanted.setdefault(name, {""}).update(canonicalize_name(extra) for extra in extras)

    async def _see_to_extras(self, name):
        if name in self.needs and (requirements := self._unseen(name)):
            await self.gather_requirements(requirements)

    def _unseen(self, name):
        """The needs of the package for extras that were not handled yet."""
        seen = self.seen.setdefault(name, set())
        extras = sorted(self.wanted[name] - seen)
        seen.update(extras)
        # The list pairs versions that were built and tried together, even if their metadata disagrees.
        pairs = paired(self.taken[name]) if name in self.taken and name not in self.locked else ()
        found = []
        for extra in extras:
            for requirement in self.needs[name].of(extra):
                other = canonicalize_name(requirement.name)
                if other in pairs and not requirement.extras:
                    continue
                requirement.needed_by = f"{name}[{extra}]" if extra else name
                self.needed_by.setdefault(other, requirement.needed_by)
                self.found.setdefault(name, set()).add(other)
                found.append(requirement)
        return found


def paired(entry):
    """The packages that Pyodide's list names as an entry's dependencies."""
    return [canonicalize_name(name) for name in entry["depends"]]
