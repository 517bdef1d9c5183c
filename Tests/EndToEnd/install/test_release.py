"""The release executable needs nothing but the C library."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest
from support import product

pytestmark = pytest.mark.long


def libraries(program: pathlib.Path) -> list[pathlib.Path]:
    """The shared libraries that a program wants, and its loader."""
    listed = subprocess.run(["ldd", program], capture_output=True, encoding="utf-8", check=True).stdout
    assert "not found" not in listed
    words = [word for line in listed.splitlines() for word in line.split() if word.startswith("/")]
    assert words
    return [pathlib.Path(word) for word in words]


C_LIBRARY = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"}
"""The files of glibc that are used; older ones have some parts apart."""

APART = {"libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1"}


def test_it_wants_the_c_library_alone(release):
    names = {library.name for library in libraries(release)}
    assert C_LIBRARY <= names <= C_LIBRARY | APART


def test_it_wants_no_newer_c_library_than_the_wheel_says(release):
    symbols = subprocess.run(["objdump", "-T", release], check=True, capture_output=True, encoding="utf-8").stdout
    assert max(int(minor) for minor in re.findall(r"\bGLIBC_2\.(\d+)", symbols)) == 34


def test_it_runs_from_an_empty_folder_without_an_environment(release, tmp_path):
    home, folder = tmp_path / "home", tmp_path / "empty"
    home.mkdir()
    folder.mkdir()
    copy = shutil.copy(release, tmp_path)
    environment = {"HOME": str(home), "MCP_RUN_PYTHON_CACHE": str(product.CACHE)}
    result = subprocess.run(
        [copy, "repl", "-c", "1+1"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=2 * product.PATIENCE,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "2\n", "")
    assert not list(folder.iterdir())


def test_it_runs_where_there_is_nothing_else(release, tmp_path):
    """In a file system of its own: the executable, the libraries it and Deno want, and the runtime."""
    if subprocess.run(["unshare", "--map-root-user", "--mount", "true"], capture_output=True).returncode != 0:
        pytest.skip("this system makes no namespaces")
    root = tmp_path / "root"
    for folder in ("app", "cache", "dev", "home", "proc", "tmp"):
        (root / folder).mkdir(parents=True)
    shutil.copy(release, root / "app")
    (deno,) = product.CACHE.glob("runtime/*/deno")
    for library in {*libraries(release), *libraries(deno)}:
        place = root / library.relative_to("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, place)
    script = """
        for folder in dev proc; do mount --rbind /$folder "$1/$folder"; done
        mount --bind "$2" "$1/cache"
        exec chroot "$1" /app/mcp-run-python repl -c "import sys; print(sys.platform); 6 * 7"
    """
    result = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-ec", script, "sh", root, product.CACHE],
        env={"HOME": "/home", "MCP_RUN_PYTHON_CACHE": "/cache", "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"},
        capture_output=True,
        encoding="utf-8",
        timeout=2 * product.PATIENCE,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "emscripten\n42\n", "")
