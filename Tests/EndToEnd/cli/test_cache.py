"""The cache: what is there, what is missing, and that nothing half done stays in it."""

import os
import re
import signal
import venv

import pytest
from support import product
from support.processes import children, is_alive
from support.waiting import eventually

NO_INDEX = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/nonexistent", "PIP_CONFIG_FILE": os.devnull}


def files(folder) -> set[str]:
    """All that counts in a cache: no locks, which are empty files that stay."""
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir() and p.parent.name != "locks"}


def images(cache) -> list[str]:
    folder = cache / "images"
    return sorted(os.listdir(folder)) if folder.exists() else []


def sentence_of(result) -> str:
    """The error message: the last line of stderr, after nothing but progress."""
    assert result.returncode == 1
    *progress, sentence = result.stderr.splitlines()
    assert all(line.startswith(("install: ", "Running the example")) for line in progress)
    assert sentence.startswith("mcp-run-python: ")
    return sentence


def test_doctor():
    product.run("install")
    result = product.run("doctor")
    assert result.returncode == 0
    assert re.search(r"^ok +Deno +deno 2\.", result.stdout, re.MULTILINE)
    assert re.search(r"^ok +Pyodide +314\.", result.stdout, re.MULTILINE)
    assert re.search(r"^ok +Python +3\.14\.", result.stdout, re.MULTILINE)
    assert str(product.CACHE) in result.stdout


def test_doctor_says_what_is_missing(tmp_path):
    result = product.run("doctor", "--cache-dir", tmp_path)
    assert result.returncode == 1
    assert "MISSING" in result.stdout
    assert "mcp-run-python install" in result.stdout


@pytest.mark.parametrize("command", [["install"], ["example"], ["repl", "-c", "1"]], ids=lambda c: c[0])
def test_offline_without_a_runtime(command, tmp_path):
    sentence = sentence_of(product.run(*command, "--offline", "--cache-dir", tmp_path / "cache"))
    assert "--offline" in sentence
    assert "mcp-run-python install" in sentence
    assert not (tmp_path / "cache" / "runtime").exists()


def test_offline_with_what_is_there(fresh_cache):
    arguments = ["--offline", "--cache-dir", fresh_cache, "--deps", "six"]
    result = product.run("repl", *arguments, "-c", "import six; six.__name__", **NO_INDEX)
    assert (result.returncode, result.stdout) == (0, "'six'\n")


def test_offline_with_a_package_that_is_not_there(fresh_cache):
    sentence = sentence_of(product.run("install", "--offline", "--cache-dir", fresh_cache, "--deps", "no-such-package"))
    assert "no-such-package" in sentence
    assert "--offline" in sentence
    assert images(fresh_cache) == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param(NO_INDEX, "pip", id="no index"),
        pytest.param(
            {**NO_INDEX, "PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"},
            "cannot be reached",
            id="no network",
        ),
        pytest.param({"PATH": "/nonexistent"}, "python3", id="no python"),
    ],
)
def test_a_runtime_that_cannot_be_fetched(settings, expected, tmp_path):
    sentence = sentence_of(product.run("install", "--cache-dir", tmp_path, **settings))
    assert expected in sentence
    assert files(tmp_path) == set()
    assert not any((tmp_path / "runtime").iterdir())


def test_without_pip_all_ways_to_get_it_are_told(tmp_path):
    venv.create(tmp_path / "python", symlinks=True, with_pip=False)
    sentence = sentence_of(product.run("install", "--cache-dir", tmp_path / "cache", PATH=tmp_path / "python/bin"))
    for way in ("apt-get install python3-pip", "python3 -m ensurepip", "uv run", "MCP_RUN_PYTHON_DENO"):
        assert way in sentence
    assert files(tmp_path / "cache") == set()


def test_a_runtime_with_a_wrong_hash(tmp_path, package_index):
    for platform in ("manylinux_2_27_x86_64", "manylinux_2_27_aarch64", "macosx_11_0_arm64", "macosx_10_12_x86_64"):
        package_index.add_file(f"deno-2.9.8-py3-none-{platform}.whl", b"not the real one")
    settings = {**NO_INDEX, "PIP_NO_INDEX": "0", "PIP_INDEX_URL": package_index.url}
    sentence = sentence_of(product.run("install", "--cache-dir", tmp_path, **settings))
    assert "sha256" in sentence
    assert files(tmp_path) == set()


@pytest.mark.parametrize("name", ["MCP_RUN_PYTHON_DENO", "MCP_RUN_PYTHON_PYODIDE"])
def test_a_runtime_of_ones_own_that_is_not_there(name, tmp_path):
    sentence = sentence_of(product.run("repl", "-c", "1", **{name: tmp_path / "none"}))
    assert name in sentence


def test_a_runtime_of_ones_own(cache_with_images):
    [runtime] = (product.CACHE / "runtime").iterdir()
    (cache_with_images / "runtime").unlink()
    own = {"MCP_RUN_PYTHON_DENO": runtime / "deno", "MCP_RUN_PYTHON_PYODIDE": runtime / "pyodide"}
    result = product.run("repl", "-c", "6*7", "--cache-dir", cache_with_images, "--offline", **own)
    assert (result.returncode, result.stdout) == (0, "42\n")


def test_a_deno_of_ones_own_that_is_none(tmp_path):
    [runtime] = (product.CACHE / "runtime").iterdir()
    own = {"MCP_RUN_PYTHON_DENO": "/bin/true", "MCP_RUN_PYTHON_PYODIDE": runtime / "pyodide"}
    sentence = sentence_of(product.run("repl", "-c", "1", "--cache-dir", tmp_path / "cache", **own))
    assert "/bin/true does not turn TypeScript into JavaScript" in sentence
    assert "Correct it, or unset it" in sentence
    assert list((tmp_path / "cache/guest").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    sentence = sentence_of(product.run("install", "--cache-dir", tmp_path / "cache", **NO_INDEX))
    assert "--cache-dir" in sentence


def test_a_cache_that_is_a_file(tmp_path):
    (tmp_path / "cache").write_text("")
    sentence = sentence_of(product.run("install", "--cache-dir", tmp_path / "cache", **NO_INDEX))
    assert "--cache-dir" in sentence


def test_an_unknown_package(fresh_cache, package_index):
    arguments = ["--cache-dir", fresh_cache, "--deps", "no-such-package"]
    result = product.run("install", *arguments, PIP_INDEX_URL=package_index.url)
    assert result.returncode == 1
    assert "install-error" in result.stderr
    assert "no-such-package" in result.stderr
    assert images(fresh_cache) == []


def test_the_second_install_does_nothing(package_index):
    first = product.run("install", "--deps", "numpy")
    assert first.returncode == 0
    assert "numpy 2." in first.stdout
    second = product.run("install", "--deps", "numpy", PIP_INDEX_URL=package_index.url)
    assert (second.returncode, second.stdout, second.stderr) == (0, first.stdout, "")
    assert package_index.asked == []


def test_two_processes_build_the_same_image_at_once(fresh_cache, package_index):
    package_index.add_package("tiny")
    package_index.may_download.clear()
    arguments = ["install", "--cache-dir", fresh_cache, "--deps", "tiny"]
    first = product.start(*arguments, PIP_INDEX_URL=package_index.url)
    assert package_index.download_begun.wait(product.PATIENCE)
    second = product.start(*arguments, PIP_INDEX_URL=package_index.url)
    assert b"Another process" in second.stderr.readline()
    package_index.may_download.set()
    for process in (first, second):
        output, _ = process.communicate(timeout=product.PATIENCE)
        assert process.returncode == 0
        assert b"tiny 1.0" in output
    assert len(images(fresh_cache)) == 1
    assert [path for path in (fresh_cache / "images").rglob("*") if path.stat().st_mode & 0o022] == []
    assert len([path for path in package_index.asked if path.endswith(".whl")]) == 1


@pytest.mark.parametrize("number", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.long)])
def test_an_interrupted_build_leaves_no_image(fresh_cache, package_index, number):
    package_index.add_package("tiny")
    package_index.may_download.clear()
    arguments = ["install", "--cache-dir", fresh_cache, "--deps", "tiny"]
    with product.start(*arguments, PIP_INDEX_URL=package_index.url) as process:
        assert package_index.download_begun.wait(product.PATIENCE)
        process.send_signal(number)
        assert process.wait(product.PATIENCE) != 0
    assert [name for name in images(fresh_cache) if not name.startswith(".")] == []
    package_index.may_download.set()
    result = product.run(*arguments, PIP_INDEX_URL=package_index.url)
    assert result.returncode == 0
    # The next builder clears away what a killed one left.
    [image] = images(fresh_cache)
    assert not image.startswith(".")


def test_an_interrupted_build_ends_its_processes(fresh_cache, package_index):
    package_index.add_package("tiny")
    package_index.may_download.clear()
    arguments = ["install", "--cache-dir", fresh_cache, "--deps", "tiny"]
    with product.start(*arguments, PIP_INDEX_URL=package_index.url) as process:
        assert package_index.download_begun.wait(product.PATIENCE)
        family = children(process.pid)
        assert family
        process.send_signal(signal.SIGTERM)
        process.wait(product.PATIENCE)
    eventually(lambda: not any(map(is_alive, family)), "the end of the builder's processes", timeout=10)
