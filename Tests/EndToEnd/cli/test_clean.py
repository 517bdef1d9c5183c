"""`doctor --clean` removes what other versions left in the cache, and nothing that is needed or in use."""

import fcntl
import os
import shutil

import pytest
from support import product
from support.peer import Peer, success


@pytest.fixture
def cache(tmp_path):
    """A cache with the runtime, whose rooms are its own."""
    [runtime] = (product.CACHE / "runtime").iterdir()
    cache = tmp_path / "cache"
    (cache / "runtime").mkdir(parents=True)
    (cache / "runtime" / runtime.name).symlink_to(runtime)
    return cache


def leave(folder, megabytes: int = 2) -> str:
    """Makes a folder with files below a cache; gives its name there."""
    (folder / "within").mkdir(parents=True)
    (folder / "within" / "file").write_bytes(bytes(megabytes * 1_000_000))
    return f"{folder.parent.name}/{folder.name}"


def clean(cache, *options: str) -> list[str]:
    result = product.run("doctor", "--clean", *options, "--cache-dir", cache)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.splitlines()


def entries(cache) -> set[str]:
    rooms = ("guest", "images", "runtime")
    return {f"{room}/{entry.name}" for room in rooms if (cache / room).exists() for entry in (cache / room).iterdir()}


def test_what_other_versions_left(cache, package_index):
    package_index.add_package("tiny")
    install = ["install", "--deps", "tiny", "--cache-dir", cache]
    assert product.run(*install, PIP_INDEX_URL=package_index.url).returncode == 0
    needed = entries(cache)
    [image] = (cache / "images").iterdir()
    shutil.copytree(image, cache / "images" / ("0" * 32), symlinks=True)
    old = [
        leave(cache / "runtime/deno-1.0.0-pyodide-0.1.0-00000000", 7),
        leave(cache / "guest/0123456789abcdef"),
        leave(cache / "images" / f".{image.name}-123"),
    ]
    leave(cache / "deno/gen")
    everything = entries(cache)

    said = clean(cache, "--dry-run")
    assert said[-1].startswith("Would free ")
    assert all(line.startswith("would go ") for line in said[:-1])
    assert {line.split()[4] for line in said[:-1]} == {*old, f"images/{'0' * 32}", "deno"}
    assert entries(cache) == everything and (cache / "deno").exists()

    said = clean(cache)
    assert all(line.startswith("removed ") for line in said[:-1])
    assert any(line.endswith(f"  7 MB  {old[0]}") for line in said)
    assert any(line.endswith(f"  images/{'0' * 32}  (tiny)") for line in said)
    assert said[-1].startswith("Freed ") and said[-1].endswith(f" in {cache}")
    assert entries(cache) == needed and not (cache / "deno").exists()

    assert clean(cache) == [f"There is nothing to remove in {cache}"]
    result = product.run("repl", *install[1:], "--offline", "-c", "import tiny; 6 * 7")
    assert (result.returncode, result.stdout) == (0, "42\n")


def test_an_image_that_an_interpreter_was_started_from(cache, tmp_path):
    """Another version is one with another Pyodide: its lock is a part of what names an image."""
    [runtime] = (product.CACHE / "runtime").iterdir()
    pyodide = shutil.copytree(runtime / "pyodide", tmp_path / "pyodide")
    with (pyodide / "pyodide-lock.json").open("a") as lock:
        lock.write("\n")
    other = {"MCP_RUN_PYTHON_PYODIDE": str(pyodide)}

    peer = Peer([product.EXECUTABLE, "stdio", "--cache-dir", str(cache)], "2025-11-25", **other)
    peer.greet()
    assert peer.call("6 * 7") == success("42")
    [image] = (cache / "images").iterdir()
    said = clean(cache)
    assert any(line.startswith("in use ") and line.endswith(f"images/{image.name}") for line in said)
    assert peer.call("6 * 8") == success("48")
    assert image.exists()
    assert peer.end() == 0
    said = clean(cache)
    assert any(line.startswith("removed ") and line.endswith(f"images/{image.name}") for line in said)
    assert not image.exists()


def test_an_image_that_another_process_makes(cache):
    name = leave(cache / "images" / f".{'a' * 32}-5")
    (cache / "locks").mkdir()
    with open(cache / "locks" / ("a" * 32), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert clean(cache)[0].startswith("in use ")
        assert entries(cache) >= {name}
    assert clean(cache)[0].startswith("removed ")
    assert name not in entries(cache)


def test_without_a_runtime_no_image_is_judged(tmp_path):
    name = leave(tmp_path / "images" / ("b" * 32))
    assert clean(tmp_path) == [f"There is nothing to remove in {tmp_path}"]
    assert entries(tmp_path) == {name}


def test_links_are_not_followed(cache, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    leave(elsewhere / ("c" * 16))
    (cache / "guest").symlink_to(elsewhere)
    (cache / "images").mkdir()
    (cache / "images" / ("d" * 32)).symlink_to(elsewhere)
    assert clean(cache) == [f"There is nothing to remove in {cache}"]
    assert os.listdir(elsewhere) == ["c" * 16]


@pytest.mark.parametrize(("options", "status"), [(["--dry-run"], 64), (["--clean", "--cache-dir", ""], 0)])
def test_usage(options, status, tmp_path):
    result = product.run("doctor", *options, HOME=tmp_path, MCP_RUN_PYTHON_CACHE=tmp_path / "none")
    assert result.returncode == status
