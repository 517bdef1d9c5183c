"""The documents of the repository, and what stands in them."""

import pathlib
import re

ROOT = pathlib.Path(__file__).parents[3]
README = ROOT / "README.md"
SECURITY = ROOT / ".github/SECURITY.md"
CONTRIBUTING = ROOT / ".github/CONTRIBUTING.md"
OPTIONS = ROOT / "Sources/mcp-run-python/Documentation.docc/Options.md"

PAGES = sorted(
    [
        README,
        *ROOT.glob(".github/**/*.md"),
        *ROOT.glob("Sources/*/Documentation.docc/**/*.md"),
        *ROOT.glob("demos/**/*.md"),
    ]
)
"""All documents, README and those that it leads to."""


def name(page: pathlib.Path) -> str:
    return str(page.relative_to(ROOT))


def text(page: pathlib.Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The examples in a language, each once."""
    pattern = rf"^```{language}\n(.*?)^```$"
    found = [block for page in PAGES for block in re.findall(pattern, text(page), re.DOTALL | re.MULTILINE)]
    assert found, f"no document has an example in {language}"
    return list(dict.fromkeys(found))


def prose(page: pathlib.Path) -> str:
    """The text without its examples."""
    return re.sub(r"^```.*?^```$", "", text(page), flags=re.DOTALL | re.MULTILINE)


def code(page: pathlib.Path) -> list[str]:
    """The texts between backticks."""
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose(page))


def links(page: pathlib.Path) -> list[str]:
    """The targets of the page's links within the repository."""
    found = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: pathlib.Path) -> set[str]:
    """The headings as links name them."""
    titles = re.findall(r"^#+ (.*)", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def table(page: pathlib.Path, heading: str) -> list[list[str]]:
    """The cells of each row of the table with these first columns."""
    start = text(page).index(heading)
    lines = text(page)[start:].split("\n\n")[0].splitlines()[2:]
    # `\|` is a character of its cell.
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
