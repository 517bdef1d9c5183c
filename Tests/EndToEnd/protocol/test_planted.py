"""`--state reset`: what one run changes, the next one does not find, whatever it is.

All cases take a minute and a half. Where `MCP_TESTS_SEED` (the commit) is set, it chooses a third of them, unless
`MCP_TESTS_WHOLE` is set too.
"""

import json
import os
import zlib
from pathlib import Path

import pytest
from support.peer import text

FOLDER = Path(__file__).with_name("planted")


def cases():
    """Pairs of what code plants and how later code looks for it: after a line `# name`, with `---` between the two."""
    for file in sorted(FOLDER.glob("*.txt")):
        for case in file.read_text().removeprefix("# ").split("\n\n# "):
            name, _, codes = case.partition("\n")
            yield pytest.param(*codes.split("\n---\n"), id=f"{file.stem}: {name}")


def run(peer, code):
    """The result of a run, and its output."""
    seen = len(peer.messages)
    answer = text(peer.answer(peer.start_call(code)))
    return answer, peer.logs(seen)


def chosen_cases():
    seed = os.environ.get("MCP_TESTS_SEED", "")
    every = 3 if seed and "MCP_TESTS_WHOLE" not in os.environ else 1
    return list(cases())[zlib.crc32(seed.encode()) % every :: every]


@pytest.mark.parametrize(("plant", "probe"), chosen_cases())
def test_planted(server, fresh_server, plant, probe):
    first = fresh_server.start_call(probe)
    planted, _ = run(server, plant)
    assert planted.startswith("<status>success</status>")
    found, written = run(server, probe)
    assert found == text(fresh_server.answer(first))
    assert not any(word in found + json.dumps(written) for word in ("LEAK", "EVIL"))
