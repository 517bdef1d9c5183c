"""Packages that cannot be installed: an `install-error` as the tool's result, not the end of the server."""

import pytest
from support.peer import success, text

UNKNOWN = "no-such-package"


def test_an_unknown_package(start, fresh_cache, package_index):
    peer = start("--deps", UNKNOWN, "--cache-dir", fresh_cache, PIP_INDEX_URL=package_index.url)
    assert "result" in peer.ask("tools/list")
    answer = peer.answer(peer.start_call("1"))
    result = answer["result"]
    assert text(answer).startswith("<status>install-error</status>")
    assert UNKNOWN in text(answer)
    assert result["structuredContent"]["status"] == "install-error"
    assert UNKNOWN in result["structuredContent"]["error"]


def test_the_cause_may_pass(start, fresh_cache, package_index):
    """The package appears between two calls."""
    peer = start("--deps", UNKNOWN, "--cache-dir", fresh_cache, PIP_INDEX_URL=package_index.url)
    assert "install-error" in peer.call("1")
    package_index.add_package("no_such_package", source="VALUE = 'there'")
    assert peer.call("import no_such_package\nno_such_package.VALUE") == success("there")


def test_installing_is_logged_at_debug(start, fresh_cache, package_index):
    package_index.add_package("tiny")
    package_index.may_download.clear()
    peer = start("--deps", "tiny", "--cache-dir", fresh_cache, PIP_INDEX_URL=package_index.url)
    peer.ask("logging/setLevel", {"level": "debug"})
    id = peer.start_call("1")
    assert package_index.download_begun.wait(60)
    package_index.may_download.set()
    assert text(peer.answer(id)) == success("1")
    levels = {(level, logger) for level, logger, _ in peer.logs()}
    assert levels == {("debug", "install")}
    assert any("tiny" in data for _, _, data in peer.logs())


def test_a_wheel_that_unpacks_to_more_than_there_is_room(start, fresh_cache, package_index):
    package_index.add_bomb("bomb")
    peer = start("--deps", "bomb", "--cache-dir", fresh_cache, PIP_INDEX_URL=package_index.url)
    result = peer.call("1")
    assert result.startswith("<status>install-error</status>")
    assert "'bomb' cannot be installed: with it the packages unpack to more than 4096 MB" in result
    assert not any(fresh_cache.glob("images/*"))


@pytest.mark.parametrize("requirement", ["tiny>1.0", pytest.param("not a requirement!", marks=pytest.mark.long)])
def test_a_requirement_that_cannot_be_met(start, package_index, requirement):
    package_index.add_package("tiny")
    peer = start("--deps", requirement, PIP_INDEX_URL=package_index.url)
    assert peer.call("1").startswith("<status>install-error</status>")
