"""The documentation's promises about the official conformance suite's scenarios."""

import dataclasses
import pathlib
import re

PAGE = pathlib.Path(__file__).parents[3] / "Sources/mcp-run-python/Documentation.docc/Conformance.md"
REVISIONS = ("2025-11-25", "2026-07-28")

_ROW = re.compile(r"\| (?P<names>`[^|]+`) \| (?P<revisions>[^|]+) \| (?P<verdict>[^|]+) \|")
_VERDICT = re.compile(
    r"passed(; (?P<remark>.+))?|passed, but for (?P<checks>`\S+`(, `\S+`)*): .+|(?P<other>does not apply|not part): .+"
)


@dataclasses.dataclass(frozen=True)
class Promise:
    """The result of one scenario."""

    scenario: str
    revisions: frozenset[str]
    """None for a scenario of an extension, or of older revisions only."""

    exempt: frozenset[str] = frozenset()
    """Checks that cannot pass here."""

    applies: bool = True
    """Otherwise nothing is asked for but messages that are valid."""

    is_run: bool = True

    def broken_by(self, checks: list[dict]) -> list[dict]:
        """The checks that ought not to have come out as they did."""
        bad = [check for check in checks if check["status"] in ("FAILURE", "WARNING")]
        if self.applies:
            return [check for check in bad if check["id"] not in self.exempt]
        return [check for check in bad if check["id"] == "wire-schema-valid"]


def promises(side: str) -> dict[str, Promise]:
    """By scenario; `side` is `Server` or `Client`."""
    [section] = re.findall(rf"(?ms)^## {side}$(.*?)(?=^## |\Z)", PAGE.read_text())
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    found: dict[str, Promise] = {}
    for row in rows:
        for promise in _promises(row):
            assert promise.scenario not in found, f"{promise.scenario} has two rows"
            found[promise.scenario] = promise
    assert found, f"{PAGE.name} promises nothing of the {side.lower()}"
    return found


def _promises(row: str) -> list[Promise]:
    parts = _ROW.fullmatch(row)
    assert parts, f"not a row of names, revisions and verdict: {row}"
    verdict = _VERDICT.fullmatch(parts["verdict"])
    assert verdict, f"not a verdict: {parts['verdict']}"
    tags = parts["revisions"].split(", ")
    assert set(tags) <= set(REVISIONS) or tags in (["extension"], ["older"]), f"no such revisions: {tags}"
    return [
        Promise(
            name,
            frozenset(tags) & frozenset(REVISIONS),
            frozenset(_names(verdict["checks"] or "")),
            applies=verdict["other"] is None,
            is_run=verdict["other"] != "not part",
        )
        for name in _names(parts["names"])
    ]


def _names(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)
