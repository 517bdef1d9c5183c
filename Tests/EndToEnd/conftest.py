"""Fixtures of all end-to-end tests."""

import hashlib
import os
import pathlib
import shlex
import signal
import subprocess

import pytest
from support import product, schemas
from support.package_index import PackageIndex
from support.wires import Wires

ROOT = pathlib.Path(__file__).parents[2]

# A shell without job control makes its background programs ignore these signals, and our children would inherit that.
# A program that ignores a signal cannot be tested with it.
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
    signal.signal(number, signal.SIG_DFL)


@pytest.fixture(scope="session")
def wires(tmp_path_factory):
    """Records the traffic with every server; what comes after the last test is checked too."""
    wires = Wires(tmp_path_factory.mktemp("wires"))
    yield wires
    wires.end()
    # Many tests in one process need few descriptors: what a test opens is closed with it.
    assert len(os.listdir("/dev/fd")) < 128


@pytest.fixture(autouse=True)
def every_message_is_valid(wires):
    """After each test: every line that a server sent is a message of its revision."""
    yield
    wires.check()


@pytest.fixture(scope="session")
def path(tmp_path_factory) -> str:
    """A PATH on which the product is found by its name.

    It is told there where the cache is, because clients hand on few variables to the servers that they start.
    """
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "mcp-run-python"
    words = shlex.join([f"MCP_RUN_PYTHON_CACHE={product.CACHE}", product.EXECUTABLE])
    program.write_text(f'#!/bin/sh\nexec env {words} "$@"\n')
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="session")
def release() -> pathlib.Path:
    """The executable with the Swift runtime inside: the one that MCP_RUN_PYTHON_CARRIED names, or a build."""
    if built := os.environ.get("MCP_RUN_PYTHON_CARRIED"):
        return pathlib.Path(built)
    # Tests/run has built it before; a test that is run by hand may have to.
    build = [ROOT / ".ci/build-release"]
    result = subprocess.run(build, stdout=subprocess.PIPE, encoding="utf-8", timeout=60 * product.PATIENCE)
    assert result.returncode == 0
    return pathlib.Path(result.stdout.strip())


@pytest.fixture
def fresh_cache(tmp_path):
    """An empty cache folder that has the runtime, and nothing else."""
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "runtime").symlink_to(product.CACHE / "runtime")
    return cache


@pytest.fixture
def cache_with_images(fresh_cache):
    """A cache folder of its own with the runtime and the images that are there."""
    (fresh_cache / "images").symlink_to(product.CACHE / "images")
    return fresh_cache


@pytest.fixture
def package_index():
    """A package index on this machine."""
    with PackageIndex() as index:
        yield index


def pytest_addoption(parser):
    parser.addoption("--sample", metavar="N:SEED", type=_sample, help="run only N of the long tests, drawn by SEED")


def _sample(text: str) -> tuple[int, str]:
    number, _, seed = text.partition(":")
    return int(number), seed


def pytest_configure(config):
    if problem := schemas.problem():
        raise pytest.UsageError(problem)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Keep the sample of the long tests: the same for the same seed, on each worker and machine.

    Tests of what is carried away are not drawn, since its build takes minutes.
    """
    if config.option.sample is None:
        return
    number, seed = config.option.sample
    long = [item for item in items if item.get_closest_marker("long")]
    can_be_drawn = [item for item in long if "release" not in item.fixturenames]
    can_be_drawn.sort(key=lambda item: hashlib.sha256(f"{seed} {item.nodeid}".encode()).digest())
    left_out = {item for item in long if item not in can_be_drawn[:number]}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def pytest_report_header():
    state = "left out, so messages are not validated" if schemas.IS_LEFT_OUT else str(schemas.FOLDER)
    return [f"executable: {product.EXECUTABLE}", f"cache: {product.CACHE}", f"MCP schemas: {state}"]


def pytest_terminal_summary(terminalreporter, config):
    """Say what was drawn, and what was not checked."""
    if config.option.sample:
        reports = [report for reports in terminalreporter.stats.values() for report in reports]
        tests = [report for report in reports if isinstance(report, pytest.TestReport)]
        names = sorted({report.nodeid for report in tests if "long" in report.keywords})
        terminalreporter.section("sample of {} by {}".format(*config.option.sample))
        for name in names:
            terminalreporter.write_line(name)
    if schemas.IS_LEFT_OUT:
        terminalreporter.section("not checked")
        terminalreporter.write_line("the shape of MCP messages (MCP_SCHEMAS=none)")
