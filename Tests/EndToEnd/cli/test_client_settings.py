"""`prepare --for CLIENT --write` puts the server into the client's own settings, and keeps what else is there."""

import difflib
import json
import os
import pathlib
import re
import shlex
import stat
import subprocess
import sys

import pytest
from support import product

FILES = {
    "claude-desktop": ".config/Claude/claude_desktop_config.json",
    "codex": ".codex/config.toml",
    "cursor": ".cursor/mcp.json",
    "gemini-cli": ".gemini/settings.json",
    "goose": ".config/goose/config.yaml",
    "vscode": ".config/Code/User/mcp.json",
    "windsurf": ".codeium/windsurf/mcp_config.json",
    "zed": ".config/zed/settings.json",
}
SECTIONS = {"vscode": "servers", "zed": "context_servers"}
ARGUMENTS = ["stdio", "--deps", "numpy", "--offline"]

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="some of these files have other places there")


def prepare(home, client: str, *options: str, status: int = 0):
    result = product.run(
        "prepare", *ARGUMENTS, "--for", client, *options, HOME=home, XDG_CONFIG_HOME="", CODEX_HOME=""
    )
    assert result.returncode == status, result.stderr
    return result.stderr if status else result.stdout


def server(client: str, text: str) -> dict:
    """The server in a client's settings, read as the client does."""
    if client == "codex":
        tomllib = pytest.importorskip("tomllib")
        return tomllib.loads(text)["mcp_servers"]["python"]
    if client == "goose":
        yaml = pytest.importorskip("yaml")
        found = yaml.safe_load(text)["extensions"]["python"]
        assert (found["type"], found["enabled"]) == ("stdio", True)
        return {"command": found["cmd"], "args": found["args"]}
    return json.loads(text)[SECTIONS.get(client, "mcpServers")]["python"]


def is_right(found: dict) -> bool:
    return os.path.samefile(found["command"], product.EXECUTABLE) and found["args"] == ARGUMENTS


@pytest.mark.parametrize("client", FILES)
def test_a_client_that_has_no_settings_yet(client, tmp_path):
    said = prepare(tmp_path, client, "--write")
    file = tmp_path / FILES[client]
    assert said == f'{file} has the server now, as "python". Restart the client.\n'
    assert is_right(server(client, file.read_text()))
    written = file.read_bytes(), file.stat().st_mtime_ns
    assert prepare(tmp_path, client, "--write") == f"{file} has this server already.\n"
    assert (file.read_bytes(), file.stat().st_mtime_ns) == written
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


@pytest.mark.parametrize("client", FILES)
def test_the_printed_settings_are_the_written_ones(client, tmp_path):
    printed = prepare(tmp_path, client)
    assert is_right(server(client, printed))
    prepare(tmp_path, client, "--write")
    assert server(client, (tmp_path / FILES[client]).read_text()) == server(client, printed)


SETTINGS = {
    "codex": '# mine\nmodel = "x"\n\n[mcp_servers.other]\ncommand = "y"\n',
    "goose": "# mine\nextensions:\n  developer:\n    enabled: true\nGOOSE_MODEL: x\n",
}
COMMENTED = '// mine\n{\n    "theme": "dark", /* "not": "light" */\n}\n'


@pytest.mark.parametrize("client", FILES)
def test_what_is_there_stays(client, tmp_path):
    file = tmp_path / FILES[client]
    file.parent.mkdir(parents=True)
    former = SETTINGS.get(client, COMMENTED)
    file.write_text(former)
    file.chmod(0o600)
    backup = file.with_name(file.name + ".before-mcp-run-python")
    assert prepare(tmp_path, client, "--write").endswith(f"The settings as they were before are in {backup}\n")
    written = file.read_text()
    # Only lines were added, but for a comma.
    changes = [line for line in difflib.ndiff(former.splitlines(), written.splitlines()) if line[0] in "-+"]
    assert [line for line in changes if line[0] == "-"] == []
    assert any("python" in line for line in changes)
    assert (backup.read_text(), stat.S_IMODE(file.stat().st_mode)) == (former, 0o600)

    # Other options take the place of the former ones, and the first settings stay beside.
    prepare(tmp_path, client, "--write", "--timeout", "30")
    assert file.read_text().count('"--timeout"') == 1
    assert len(re.findall(r"\bpython\b", file.read_text())) == len(re.findall(r"\bpython\b", written))
    assert backup.read_text() == former
    prepare(tmp_path, client, "--write")
    assert file.read_text() == written


def test_settings_that_are_a_link(tmp_path):
    mine = tmp_path / "dotfiles.json"
    mine.write_text("{}\n")
    link = tmp_path / ".cursor/mcp.json"
    link.parent.mkdir()
    link.symlink_to("../dotfiles.json")
    prepare(tmp_path, "cursor", "--write")
    assert link.is_symlink() and is_right(server("cursor", mine.read_text()))


@pytest.mark.parametrize("client", FILES)
@pytest.mark.parametrize("end", ["", "\n"], ids=["without newline", "newline"])
def test_a_dry_run_shows_the_difference(client, tmp_path, end):
    file = tmp_path / FILES[client]
    file.parent.mkdir(parents=True)
    former = SETTINGS.get(client, COMMENTED).rstrip() + end
    file.write_text(former)
    prepare(tmp_path, client, "--dry-run", "--deps", "no-such-package")
    shown = prepare(tmp_path, client, "--dry-run")
    assert shown.startswith(f"--- {file}\n+++ {file}\n@@ ")
    assert file.read_text() == former and len(list(file.parent.iterdir())) == 1
    # Another program applies what was shown, and the result is what is written.
    patch = subprocess.run(
        # A rejected piece would be left in the current folder, which is the tests' own.
        ["patch", "--quiet", "--output=-", "--reject-file=-", file],
        input=shown,
        capture_output=True,
        encoding="utf-8",
    )
    assert patch.returncode == 0, patch.stderr
    prepare(tmp_path, client, "--write")
    assert patch.stdout == file.read_text()


def test_a_client_with_a_command_of_its_own(tmp_path):
    words = shlex.split(prepare(tmp_path, "claude-code", "--write"))
    assert words[:7] == ["claude", "mcp", "add", "--scope", "user", "python", "--"]
    assert is_right({"command": words[7], "args": words[8:]})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("cursor", '{"mcpServers": ['),
        ("cursor", '{"mcpServers": []}'),
        ("codex", "[mcp_servers.python]\ncommand = 'mine'\n"),
        ("goose", "extensions: {}\n"),
    ],
)
def test_settings_that_cannot_be_changed_stay(client, text, tmp_path):
    file = tmp_path / FILES[client]
    file.parent.mkdir(parents=True)
    file.write_text(text)
    said = prepare(tmp_path, client, "--write", status=1)
    assert f"The settings in {file} were not changed: " in said
    assert is_right(server(client, said.partition("by hand:\n")[2]))
    assert file.read_text() == text and len(list(file.parent.iterdir())) == 1


@pytest.mark.parametrize("options", [["--write"], ["--dry-run"]], ids=" ".join)
def test_without_a_client(options):
    refused = product.run("prepare", "stdio", *options)
    assert refused.returncode == 64
    assert "--for" in refused.stderr


def test_each_client_is_told_of():
    page = pathlib.Path(__file__).parents[3] / "Sources/mcp-run-python/Documentation.docc/Options.md"
    for client in [*FILES, "claude-code"]:
        assert f"`{client}`" in page.read_text(), client
