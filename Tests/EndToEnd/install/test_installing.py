"""`demos/install` puts five files under a prefix, and takes exactly them away again."""

import pathlib
import shutil
import subprocess

import pytest
from support import product

from .conftest import install

FILES = {
    "bin/mcp-run-python",
    "share/bash-completion/completions/mcp-run-python",
    "share/fish/vendor_completions.d/mcp-run-python.fish",
    "share/man/man1/mcp-run-python.1",
    "share/zsh/site-functions/_mcp-run-python",
}


def tree(folder: pathlib.Path) -> set[str]:
    """All that is below a folder; folders end in a slash."""
    return {str(path.relative_to(folder)) + ("/" if path.is_dir() else "") for path in folder.rglob("*")}


def files(folder: pathlib.Path) -> set[str]:
    return {path for path in tree(folder) if not path.endswith("/")}


@pytest.mark.long
def test_install_twice_and_uninstall_twice(release, tmp_path):
    prefix = tmp_path / "a prefix"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin/other").write_text("another program")
    before = tree(prefix)
    for _ in range(2):
        said = install("--prefix", prefix)
        assert files(prefix) == FILES | {"bin/other"}
        assert all(f"Installed {prefix / file}\n" in said for file in FILES)
        assert f"{prefix}/bin is not on your PATH" in said
    version = subprocess.run([prefix / "bin/mcp-run-python", "--version"], capture_output=True, encoding="utf-8")
    assert version.stdout == product.run("--version").stdout
    said = install("--uninstall", f"--prefix={prefix}")
    assert all(f"Removed {prefix / file}\n" in said for file in FILES)
    assert tree(prefix) == before
    assert "There is nothing of mcp-run-python" in install("--uninstall", "--prefix", prefix)


@pytest.mark.long
def test_the_usual_prefix(installed, tmp_path):
    shutil.copytree(installed, tmp_path / ".local")
    install("--uninstall", HOME=tmp_path)
    assert tree(tmp_path / ".local") == set()


@pytest.mark.parametrize("action", [[], ["--uninstall"]], ids=["install", "uninstall"])
def test_another_program_of_that_name_stays(tmp_path, action):
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/mcp-run-python"
    program.write_text("#!/usr/bin/env python3\n")
    assert "is another program" in install(*action, "--prefix", tmp_path, status=1)
    program.unlink()
    program.symlink_to(product.EXECUTABLE)
    assert "is another program" in install(*action, "--prefix", tmp_path, status=1)
    assert tree(tmp_path) == {"bin/", "bin/mcp-run-python"}


def test_a_prefix_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be written to" in install("--prefix", tmp_path / "file/below", status=1)


@pytest.mark.parametrize("arguments", [["--prefix"], ["--prefix", ""], ["--unknown"], ["somewhere"]], ids=" ".join)
def test_usage_errors(arguments):
    assert "install: " in install(*arguments, status=64)


def test_help():
    assert install("--help").startswith("Builds mcp-run-python and puts it under a prefix")


@pytest.mark.long
def test_the_man_page(installed):
    page = installed / "share/man/man1/mcp-run-python.1"
    shown = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", page],
        capture_output=True,
        encoding="utf-8",
        env=product.environment(MANWIDTH=200, LC_ALL="C.UTF-8"),
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    options = {word.split()[0] for word in product.run("repl", "--help").stdout.split() if word.startswith("--")}
    assert len(options) > 10
    for word in options - {"--"}:
        assert word.strip(",.:") in shown.stdout
    assert "streamable-http-stateless" in shown.stdout
