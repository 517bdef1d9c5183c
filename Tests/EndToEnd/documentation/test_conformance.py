"""The program that runs the official conformance suite can read the documentation's promises about it."""

import os
import subprocess
import sys

import pytest
from support.conformance import REVISIONS, promises

from .pages import ROOT

RUN = ROOT / "Tests/Conformance/run"


def check(name: str, status: str) -> dict:
    return {"id": name, "status": status, "description": ""}


@pytest.mark.parametrize("side", ["Server", "Client"])
def test_each_row_says_what_we_give(side):
    given = promises(side)
    assert {revision for promise in given.values() for revision in promise.revisions} == set(REVISIONS)
    passing = [promise for promise in given.values() if promise.applies]
    assert len(passing) > 5
    for promise in given.values():
        assert promise.broken_by([check("wire-schema-valid", "FAILURE")])
        assert bool(promise.broken_by([check("other", "WARNING")])) == promise.applies
        assert not promise.broken_by([check(name, "FAILURE") for name in promise.exempt])
        assert not promise.broken_by([check("other", "SUCCESS")])


def test_without_the_suite_nothing_is_run():
    environment = {name: value for name, value in os.environ.items() if name != "MCP_CONFORMANCE"}
    ended = subprocess.run([sys.executable, "-B", RUN], capture_output=True, encoding="utf-8", env=environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-1] == "0 passed, 0 failed, 1 skipped"


def test_a_folder_without_the_suite_is_an_error(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-B", RUN],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"MCP_CONFORMANCE": str(tmp_path)},
    )
    assert ended.returncode == 1 and "dist/index.js" in ended.stderr
