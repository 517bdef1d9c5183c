"""The differences that are wanted, each with its reason. One that is not there any more is a failure."""

import dataclasses
import fnmatch

from compare.ours import WAYS


@dataclasses.dataclass(frozen=True)
class Wanted:
    programs: str
    """A name with its area; `*` stands for anything."""
    reason: str
    ways: tuple[str, ...] = WAYS

    def fits(self, program: str) -> bool:
        return fnmatch.fnmatchcase(program, self.programs)


WANTED: list[Wanted] = []


def reason_for(program: str, way: str) -> str | None:
    """Why this program may come to something else in this way; None if it may not."""
    fitting = (w.reason for w in WANTED if way in w.ways and w.fits(program))
    return next(fitting, None)
