"""The documents lead to one another, and what they name is there."""

import re
import subprocess

import pytest

from .pages import CONTRIBUTING, PAGES, README, ROOT, SECURITY, anchors, code, links, name, table, text


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_it_links_to_is_there(page):
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link


def test_readme_leads_to_every_page():
    reached, left = set(), [README]
    while left:
        page = left.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
        left += [target for target in targets if target.suffix == ".md"]
    # A forge shows these by itself.
    by_the_forge = {page for page in PAGES if "ISSUE_TEMPLATE" in page.parts}
    assert {name(page) for page in set(PAGES) - reached - by_the_forge} == set()


def test_readme_is_short():
    assert len(text(README).splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_paths_that_it_names_are_there(page):
    for path in code(page):
        if re.fullmatch(r"(?:demos|Sources|Tests|\.ci|\.github)/[\w./+-]+", path):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_of_the_prompt_that_it_names_are_there(page):
    table = text(ROOT / "Sources/Repl/Commands/CommandTable.swift")
    ids = re.findall(r"\btyped\(\s*\.(\w+)", table)
    known = {re.sub("[A-Z]", lambda letter: "-" + letter[0].lower(), id) for id in ids}
    assert {"rewind", "save-image"} <= known
    named = {word for part in code(page) for word in re.findall(r"^:([a-z][a-z-]*)", part)}
    assert named <= known


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_variables_that_it_names_are_read_somewhere(page):
    for variable in {word for part in code(page) for word in re.findall(r"\bMCP_[A-Z_]+\b", part)}:
        places = ("Sources", "Tests/run", "Tests/Conformance")
        found = subprocess.run(["grep", "-rqIw", "--exclude=*.md", variable, *places], cwd=ROOT)
        assert found.returncode == 0, variable


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_it_begins_with_its_title(page):
    content = re.sub(r"\A---\n.*?\n---\n\s*", "", text(page), flags=re.DOTALL)
    assert content.startswith("# ") or "ISSUE_TEMPLATE" in page.parts


def test_all_demos_are_told_of():
    told = {demo for row in table(README, "| in `demos` |") for demo in re.findall(r"`([\w-]+)`", row[0])}
    assert told == {entry.name for entry in (ROOT / "demos").iterdir()}


def recipes() -> dict[str, str]:
    """CONTRIBUTING's sections that say how to add something."""
    parts = re.split(r"^## (Add .*)\n", text(CONTRIBUTING), flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], (re.split(r"^## ", part, flags=re.MULTILINE)[0] for part in parts[2::2])))
    assert len(sections) > 5
    return sections


@pytest.mark.parametrize("title", recipes())
def test_a_recipe_names_what_is_there(title):
    """Each name of code stands in one of the files that its recipe names."""
    named = re.findall(r"`([^`\n]+)`", recipes()[title])
    places = [ROOT / word for word in named if re.fullmatch(r"[\w.+-]+(/[\w.+-]+)+|Package\.swift", word)]
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*.*"))]
    source = "\n".join(text(file) for file in files if file.suffix in (".swift", ".ts", ".py", ".md"))
    for word in named:
        if re.fullmatch(r"[A-Za-z]+(\.[A-Za-z]+)?(\([a-z]*:?\))?", word) and not word.endswith((".swift", ".docc")):
            for part in re.findall(r"[A-Za-z]+", word):
                assert re.search(rf"\b{part}\b", source), word


def promises() -> list[str]:
    """The names of tests in the last column of SECURITY's tables."""
    found = []
    tables = re.findall(r"^\|.*\| shown by \|\n\|[-|]+\|\n((?:\|.*\n)+)", text(SECURITY), re.MULTILINE)
    assert len(tables) == 3
    for rows in tables:
        for row in rows.splitlines():
            named = re.findall(r"`([^`]+)`", row.rstrip("|").rpartition("|")[2])
            assert named, f"no test shows this: {row}"
            found += named
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("promised", promises())
def test_a_promise_is_tested(promised):
    """The test is there, and `Tests/run` runs it on every change."""
    if "::" in promised:
        file, _, function = promised.partition("::")
        source = text(ROOT / "Tests/EndToEnd" / file)
        assert re.search(rf"^def {function}\(", source, re.MULTILINE)
        assert not re.search(rf"^pytestmark = .*long|mark\.long\n(?:@.*\n)*def {function}\(", source, re.MULTILINE)
    else:
        suite, _, function = promised.partition(".")
        sources = [text(file) for file in (ROOT / "Tests").glob(f"*Tests/**/{suite}.swift")]
        assert any(re.search(rf"\b(?:class|struct) {suite}\b", source) for source in sources)
        pattern = rf"@Test(?:(?!@Test|\bfunc\b)[\s\S])*\bfunc {function}\("
        assert any(re.search(pattern, source) for source in sources)
