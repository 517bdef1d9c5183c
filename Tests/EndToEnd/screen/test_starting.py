"""The screen while Python is made ready: it is there at once, and what is typed meanwhile runs in order."""

import os
import re

import pytest
from support import product
from support.processes import children, is_alive
from support.waiting import eventually

TINY = "def answer(): return 42\n"


@pytest.fixture
def held_up(start, fresh_cache, package_index):
    """A screen whose package is still being fetched."""
    package_index.add_package("tiny", source=TINY)
    package_index.may_download.clear()
    screen = start("--deps", "tiny", "--cache-dir", fresh_cache, PIP_INDEX_URL=package_index.url)
    assert package_index.download_begun.wait(product.PATIENCE)
    return screen


def test_the_screen_is_there_while_packages_are_fetched(held_up, package_index):
    held_up.wait_for(re.compile(r"Installing dependencies tiny · [\d.]+ s"))
    assert held_up.prompt == ">>>"
    package_index.may_download.set()
    held_up.wait_ready()
    held_up.enter("import tiny; tiny.answer()")
    held_up.wait_for("\n42\n")


def test_what_is_typed_meanwhile_runs_in_order(held_up, package_index):
    held_up.enter("import tiny")
    held_up.enter("x = tiny.answer()")
    held_up.enter("for n in range(2):")
    held_up.enter("x += n")
    held_up.enter("")
    held_up.enter("x")
    held_up.wait_for("4 blocks wait for the server.")
    package_index.may_download.set()
    held_up.wait_for("\n43\n")


def test_lines_that_came_before_the_screen_stay_lines(start):
    """Until a program takes it, a terminal makes line feeds of what Enter sends."""
    screen = start()
    screen.type("x = 1\ny = 2\nx + y\n")
    screen.wait_for("\n3\n")
    assert re.findall(r"▏ (x = 1|y = 2|x \+ y) ", screen.text()) == ["x = 1", "y = 2", "x + y"]


def test_leaving_ends_the_work(held_up, fresh_cache):
    family = children(held_up.process.pid)
    assert family
    held_up.leave()
    eventually(lambda: not any(map(is_alive, family)), "the end of the builder's processes", timeout=10)
    assert [name for name in os.listdir(fresh_cache / "images") if not name.startswith(".")] == []


def test_packages_that_cannot_be_had(start, fresh_cache, package_index):
    package_index.may_download.clear()
    screen = start("--deps", "tiny", "--cache-dir", fresh_cache, PIP_INDEX_URL=package_index.url)
    screen.enter("import tiny")
    screen.wait_for("With :restart it is tried again.")
    assert "no server" in screen.status
    screen.wait_for_prompt(">>> import tiny")
    package_index.add_package("tiny", source=TINY)
    package_index.may_download.set()
    screen.press("C-c")
    screen.enter(":restart")
    screen.wait_ready()
    screen.enter("import tiny; tiny.answer()")
    screen.wait_for("\n42\n")


def test_leaving_without_python_is_a_failure(start, fresh_cache, package_index):
    screen = start("--deps", "tiny", "--cache-dir", fresh_cache, PIP_INDEX_URL=package_index.url)
    screen.wait_for("With :restart it is tried again.")
    screen.press("C-d")
    assert screen.wait() == 1
