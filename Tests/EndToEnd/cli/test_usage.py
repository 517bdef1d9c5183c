"""The command line itself: help, versions, options in either order, and what is wrong about it."""

import pytest
from support import product

USAGE_ERROR = 64


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--unknown"],
        ["unknown"],
        ["stdio", "--unknown"],
        ["stdio", "--port", "8000"],
        ["--port", "8000", "stdio"],
        ["stdio", "--return-mode", "yaml"],
        ["stdio", "--state", "sometimes"],
        ["stdio", "--deps"],
        ["stdio", "more"],
        ["repl", "--protocol", "1999-01-01"],
        ["repl", "-c", "1", "file.py"],
        ["--deps", "numpy"],
        ["stdio", "--timeout", "-1"],
        ["stdio", "--timeout", "soon"],
        ["stdio", "--memory", "10"],
        ["stdio", "--max-rss", "1"],
        ["stdio", "--max-output", "-5"],
        ["stdio", "--network", "some where"],
        ["repl", "--network", "host:99999"],
        ["stdio", "--disable-networking", "--network", "example.com"],
    ],
    ids=" ".join,
)
def test_a_usage_error(arguments):
    result = product.run(*arguments)
    assert result.returncode == USAGE_ERROR
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "Usage: mcp-run-python" in result.stderr
    assert "Fatal error" not in result.stderr


def test_version():
    result = product.run("--version")
    assert (result.returncode, result.stderr) == (0, "")
    name, version = result.stdout.split()
    assert name == "mcp-run-python"
    assert all(part.isdigit() for part in version.split("."))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--state=reset", "-c", "6*7", "repl"],
        ["--verbose", "repl", "--disable-networking", "-c", "6*7"],
    ],
    ids=" ".join,
)
def test_options_before_and_after_the_command(arguments):
    result = product.run(*arguments)
    assert (result.returncode, result.stdout) == (0, "42\n")


def test_an_option_before_the_command_can_have_any_name_of_one_as_its_value(tmp_path):
    """`repl` is the value of `--trace` here, `stdio` the file to run."""
    result = product.run("--trace", tmp_path / "repl", "repl", "-c", "6*7")
    assert (result.returncode, result.stdout) == (0, "42\n")
    assert (tmp_path / "repl").exists()


@pytest.mark.long
def test_both_names_of_deps(package_index, fresh_cache):
    package_index.add_package("tiny", source="NAME = 'tiny'")
    package_index.add_package("small", source="NAME = 'small'")
    arguments = ["--deps", "tiny==1.0, small", "--dependencies", "tiny==1.0", "--cache-dir", fresh_cache]
    code = "import small, tiny; print(small.NAME, tiny.NAME)"
    result = product.run(*arguments, "repl", "-c", code, PIP_INDEX_URL=package_index.url)
    assert (result.returncode, result.stdout) == (0, "small tiny\n")
