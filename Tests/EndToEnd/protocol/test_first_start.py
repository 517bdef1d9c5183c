"""A server without a runtime or an image answers at once; the first call waits for them, and says for what."""

import pytest
from support.package_index import PackageIndex
from support.peer import REVISIONS, success, text

PLATFORMS = ("manylinux_2_27_x86_64", "manylinux_2_27_aarch64", "macosx_11_0_arm64", "macosx_10_12_x86_64")


@pytest.fixture
def held(package_index) -> PackageIndex:
    """An index whose downloads wait until the test lets them go on."""
    package_index.may_download.clear()
    return package_index


def progress_that_begins(peer, words: str) -> dict:
    """Waits for such a message about a call that waits."""

    def matches(message: dict) -> bool:
        told = message.get("params", {}).get("message", "")
        return message.get("method") == "notifications/progress" and told.startswith(words)

    return peer.wait(matches, f"progress '{words}'")[1]["params"]


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_runtime_that_is_not_there_yet(start, held, tmp_path, revision):
    for platform in PLATFORMS:
        held.add_file(f"deno-2.9.8-py3-none-{platform}.whl", b"not the real one")
    settings = {"PIP_INDEX_URL": held.url, "PIP_CONFIG_FILE": "/dev/null", "PIP_NO_INDEX": "0"}
    peer = start("--cache-dir", tmp_path, revision=revision, **settings)
    # The greeting was answered, and so is this, while the download is held up.
    assert "result" in peer.ask("tools/list")
    call = peer.start_call("1", progress="token")
    # The oldest revision has progress without words.
    told = progress_that_begins(peer, "Fetching the Python runtime " if revision > "2024-11-05" else "")
    assert told["progressToken"] == "token" and told.get("message", " s").endswith(" s")
    assert "result" in peer.ask("tools/list")
    held.may_download.set()
    # A failed fetch is an error of the call, with what to do.
    failed = peer.answer(call)
    assert text(failed).startswith("<status>install-error</status>")
    assert "sha256" in text(failed) and "Try again" in text(failed)


def test_an_image_that_is_not_there_yet(start, held, fresh_cache):
    held.add_package("tiny")
    peer = start("--deps", "tiny", "--cache-dir", fresh_cache, PIP_INDEX_URL=held.url)
    assert "result" in peer.ask("tools/list")
    assert held.download_begun.wait(120)
    # The installation began before this call did.
    call = peer.start_call("import time\ntime.sleep(2.5)\n1", progress=7)
    progress_that_begins(peer, "Installing dependencies tiny for ")
    held.may_download.set()
    progress_that_begins(peer, "running for ")
    assert text(peer.answer(call)) == success("1")
    counts = [told["progress"] for told in peer.notifications("notifications/progress")]
    assert counts == sorted(set(counts))
