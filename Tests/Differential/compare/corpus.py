"""The programs, as the files in `programs` hold them."""

import dataclasses
import hashlib
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "programs"

_PACKAGES = re.compile(r"(?m)^# packages: (.*)$")
_SECTION = re.compile(r"(?m)^# --- ([\w.-]+)(?: \(([\w, ]+)\))?$\n")
_NETWORK = re.compile(r"(?m)^# network$")
_FLAGS = frozenset({"alone", "own", "whole"})


@dataclasses.dataclass(frozen=True)
class Program:
    area: str
    name: str
    code: str
    packages: str
    """The imported packages that are no part of Python, separated by commas."""
    needs_network: bool
    flags: frozenset[str]

    def __str__(self) -> str:
        return f"{self.area}/{self.name}"

    @property
    def is_alone(self) -> bool:
        """True when it changes values that other programs of the same interpreter would find."""
        return "alone" in self.flags

    @property
    def wants_own(self) -> bool:
        """True when it needs a fresh plain Pyodide, and leaves one that is of no use."""
        return "own" in self.flags

    @property
    def is_whole(self) -> bool:
        """True when it has to be given to the prompt at once."""
        return "whole" in self.flags


def programs() -> list[Program]:
    """All of them, area by area."""
    found = [program for path in sorted(FOLDER.glob("*.py")) for program in _read(path)]
    names = [str(program) for program in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Several programs have the same name: {', '.join(sorted(twice))}.")
    return found


def _read(path: pathlib.Path) -> list[Program]:
    text = path.read_text(encoding="utf-8")
    head, *pieces = _SECTION.split(text)
    packages = _PACKAGES.search(head)
    needs = packages[1] if packages else "", bool(_NETWORK.search(head))
    found = []
    for name, flags, code in zip(pieces[0::3], pieces[1::3], pieces[2::3]):
        flags = frozenset((flags or "").replace(",", " ").split())
        if flags - _FLAGS:
            raise ValueError(f"{path.name}, {name}: there is no such flag: {', '.join(sorted(flags - _FLAGS))}.")
        found.append(Program(path.stem, name, code.strip("\n"), *needs, flags))
    return found


def sample(programs: list[Program], count: int, seed: str) -> list[Program]:
    """Some of those that need nothing which takes long to prepare: the same for the same seed."""
    cheap = [p for p in programs if not (p.packages or p.needs_network or p.is_alone or p.wants_own)]
    drawn = sorted(cheap, key=lambda program: hashlib.sha256(f"{seed} {program}".encode()).digest())[:count]
    return [program for program in programs if program in drawn]
