"""This finds the needs of a package on this platform, by its own metadata (core metadata, PEP 508)."""

import email
import io
import zipfile

from micropip._vendored.packaging.src.packaging.requirements import Requirement
from micropip._vendored.packaging.src.packaging.utils import canonicalize_name
from micropip.metadata import wheel_dist_info_dir


class Needs:
    """The requirements that one METADATA file lists."""

    def __init__(self, metadata):
        message = email.message_from_string(metadata)
        self._requirements = message.get_all("Requires-Dist", [])
        self.extras = {canonicalize_name(extra) for extra in message.get_all("Provides-Extra", [])}

    def of(self, extra):
        """The requirements that hold here with this extra, or with none when it is empty.

        They have no markers.
        """
        found = []
        for text in self._requirements:
            requirement = Requirement(text)
            marker, requirement.marker = requirement.marker, None
            # Requirements that hold without an extra are there already when one is asked for.
            if not marker or marker.evaluate({"extra": ""}):
                holds = not extra
            else:
                holds = extra and marker.evaluate({"extra": extra})
            if holds:
                found.append(requirement)
        return found


def needs_of_wheel(name, data):
    """The needs of the wheel with these bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return Needs(archive.read(f"{wheel_dist_info_dir(archive, name)}/METADATA").decode())
