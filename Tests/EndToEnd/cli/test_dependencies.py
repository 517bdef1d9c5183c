"""A package brings along the needs of its own metadata for this platform, and of its named extras.
"""

import json

import pytest
from support import product

METADATA = """\
Requires-Dist: everywhere
Requires-Dist: emscripten_only; sys_platform == "emscripten"
Requires-Dist: windows_only; sys_platform == "win32"
Requires-Dist: past_only; python_version < "3.14"
Requires-Dist: everywhere[More]
Provides-Extra: Big_One
Requires-Dist: big; extra == "Big_One"
Requires-Dist: big_elsewhere; extra == "Big_One" and sys_platform != "emscripten"
Provides-Extra: small
Requires-Dist: small; extra == "small"
"""
EVERYWHERE = 'Provides-Extra: more\nRequires-Dist: much_more; extra == "more"\n'


def refusal(index, *arguments: object, cache) -> str:
    """The text when the packages cannot be installed; there is no image then."""
    result = product.run("install", "--cache-dir", cache, *arguments, PIP_INDEX_URL=index.url)
    assert result.returncode == 1, result.stderr
    assert not any((cache / "images").glob("*"))
    return result.stderr.partition("mcp-run-python: ")[2]


def test_a_package_of_the_runtime_brings_what_it_asks_for_itself():
    """The list of Pyodide's distribution does not name tzdata as a dependency of pandas."""
    code = "import pandas as pd\nprint(pd.Timestamp('2024-07-01').tz_localize('Europe/Berlin'))"
    result = product.run("repl", "--deps", "pandas", "-c", code)
    assert (result.returncode, result.stdout) == (0, "2024-07-01 00:00:00+02:00\n")


def test_markers_and_extras(fresh_cache, package_index):
    package_index.add_package("tiny", metadata=METADATA)
    package_index.add_package("everywhere", metadata=EVERYWHERE)
    for name in ("emscripten_only", "much_more", "big", "small", "windows_only", "past_only", "big_elsewhere"):
        package_index.add_package(name)
    socks = package_index.add_package("pysocks", "1.7.1")
    deps = ["--cache-dir", fresh_cache, "--deps", "tiny[big-one]", "--deps", "requests[socks]"]
    code = "import importlib.metadata as m\nprint(*sorted(d.name for d in m.distributions()), sep=',')"
    result = product.run("repl", *deps, "-c", code, PIP_INDEX_URL=package_index.url)
    assert result.returncode == 0, result.stderr
    names = set(result.stdout.strip().split(","))
    assert {"tiny", "everywhere", "emscripten_only", "much_more", "big", "pysocks", "requests", "micropip"} <= names
    assert names.isdisjoint({"windows_only", "past_only", "big_elsewhere", "small"})
    [lock] = fresh_cache.glob("images/*/pyodide-lock.json")
    packages = json.loads(lock.read_text())["packages"]
    assert packages["pysocks"]["sha256"] == package_index.sha256(socks)
    assert "pysocks" in packages["requests"]["depends"]


def test_an_extra_that_cannot_be_had_is_refused(fresh_cache, package_index):
    for name in ("tzdata", "xlrd", "pyxlsb", "python_calamine"):
        package_index.add_package(name, "2099.1")
    sentence = refusal(package_index, "--deps", "pandas[excel]", cache=fresh_cache)
    assert "'odfpy>=1.4.1' (which pandas[excel] needs)" in sentence
    rest = "pandas,openpyxl,python-calamine,pyxlsb,xlrd,xlsxwriter"
    assert f"pandas[excel] cannot be had whole here; all that can be had of it is --deps {rest}\n" in sentence


@pytest.mark.parametrize("requirement", ["requests[sock]", "tiny[sock]"])
def test_an_extra_that_there_is_not_is_refused(fresh_cache, package_index, requirement):
    package_index.add_package("tiny")
    sentence = refusal(package_index, "--deps", requirement, cache=fresh_cache)
    name = requirement.partition("[")[0]
    assert sentence.startswith(f"install-error: {name} has no extra 'sock': it")


def test_what_is_missing_offline_is_named_with_who_needs_it(fresh_cache, package_index):
    sentence = refusal(package_index, "--offline", "--deps", "pandas", cache=fresh_cache)
    assert sentence.startswith("install-error: 'tzdata' (which pandas needs): not among the packages on this machine")
    assert "--offline" in sentence
    assert package_index.asked == []


def test_a_version_that_another_choice_rules_out(fresh_cache, package_index):
    package_index.add_package("tiny", metadata="Requires-Dist: everywhere<1\n")
    package_index.add_package("everywhere", "1.0")
    package_index.add_package("everywhere", "0.9")
    sentence = refusal(package_index, "--deps", "everywhere==1.0", "--deps", "tiny", cache=fresh_cache)
    # Either of the two may be chosen first.
    assert "tiny needs everywhere<1, but everywhere 1.0 was chosen for another requirement" in sentence or (
        "--deps asks for everywhere==1.0, but everywhere 0.9 was chosen for another requirement" in sentence
    )
