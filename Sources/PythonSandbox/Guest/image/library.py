"""Adds bytecode to the archive of the standard library."""

import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash


def add_bytecode(source, target):
    """Copy the archive, with a `.pyc` beside each `.py`."""
    # The path that the modules have when they are imported stands in their code.
    place = next(path for path in sys.path if path.endswith(".zip"))
    with zipfile.ZipFile(source) as library, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in library.infolist():
            content = library.read(entry)
            made.writestr(entry, content)
            if not entry.filename.endswith(".py"):
                continue
            code = compile(content, f"{place}/{entry.filename}", "exec", dont_inherit=True)
            # No one can write to the archive, so no import needs to compare the source's digest.
            bytecode = _code_to_hash_pyc(code, source_hash(content), checked=False)
            compiled = zipfile.ZipInfo(f"{entry.filename}c", entry.date_time)
            made.writestr(compiled, bytes(bytecode), zipfile.ZIP_DEFLATED)
