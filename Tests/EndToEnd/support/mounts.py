"""Folders to mount, and the ways out of them that code may try."""

import os
import pathlib
import socket

from support.peer import Peer, text

SECRET = "what nobody may see"
"""The content of each file that lies beside a mount."""

GUEST = "/mnt/data"
"""The path at which code finds the folder."""


def value(peer: Peer, code: str) -> object:
    """The value of the code's last line; fails with the text of any other result."""
    result = peer.answer(peer.start_call(code))["result"]
    assert result["structuredContent"]["status"] == "success", text({"result": result})
    return result["structuredContent"]["return_value"]


TRY = """
import errno, os
def outcome(work):
    try:
        return str(work())
    except OSError as error:
        return errno.errorcode[error.errno]
    except ValueError as error:
        return "ValueError"
"""
"""Gives the name of a system's error, or the value."""


def outcome(peer: Peer, expression: str) -> str:
    """The value of an expression as text, or the name of the error that it raises."""
    return value(peer, f"{TRY}\noutcome(lambda: ({expression}))")


def plain_folder(folder: pathlib.Path) -> pathlib.Path:
    """A folder with files of many kinds, and nothing that leads out of it."""
    folder.mkdir()
    (folder / "table.csv").write_text("a,b\n1,2\n3,4\n")
    (folder / "sub/deeper").mkdir(parents=True)
    (folder / "sub/note.txt").write_text("hello\n")
    (folder / "inside").symlink_to("sub")
    (folder / "sub/up").symlink_to("../table.csv")
    (folder / "empty").touch()
    return folder


def with_ways_out(folder: pathlib.Path) -> pathlib.Path:
    """A folder from which links and other files lead elsewhere; `SECRET` lies beside it."""
    plain_folder(folder)
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret").write_text(SECRET)
    links = {
        "absolute": outside / "secret",
        "relative": "../outside/secret",
        "around": f"../{folder.name}/../outside/secret",
        "folder": "../outside",
        "absolute_folder": outside,
        "chain": "relative",
        "deep": "sub/../../outside/secret",
        "root": "/proc/self/root",
        "cwd": "/proc/self/cwd",
        "descriptor": "/proc/self/fd/1",
        "slash": "/",
        "parent": "..",
        "own": f"../{folder.name}/table.csv",
        "device": "/dev/zero",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        # The path of a socket is short.
        here = os.getcwd()
        os.chdir(folder)
        listener.bind("socket")
        os.chdir(here)
    return folder
