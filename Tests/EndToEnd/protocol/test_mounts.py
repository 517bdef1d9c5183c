"""`--mount`: what code sees of the user's files, and what it may do with them."""

import os
import shutil
import signal
import sqlite3

import pytest
from support import tool
from support.mounts import GUEST, SECRET, outcome, plain_folder, value
from support.peer import success
from support.product import run
from support.time_travel import told
from support.waiting import eventually


@pytest.fixture
def folder(tmp_path):
    return plain_folder(tmp_path / "data")


@pytest.fixture
def mounted(start, folder):
    """Starts a server with the folder in the mode that is given."""
    return lambda mode, *options: start("--mount", f"{folder}:{mode}", *options)


def test_a_folder_is_read(mounted, folder):
    peer = mounted("ro")
    code = f"""
import glob, mmap, os, pathlib
os.chdir("{GUEST}")
with open("table.csv", "rb") as file:
    file.seek(4)
    rest = file.read().decode()
    mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:3].decode()
[sorted(os.listdir()), sorted(glob.glob("**/*.txt", recursive=True)), rest, mapped,
 sorted((entry.name, entry.is_dir(), entry.is_symlink()) for entry in os.scandir()),
 [(path, sorted(names)) for path, _, names in os.walk("sub")],
 os.stat("table.csv").st_size, int(os.stat("table.csv").st_mtime), os.readlink("inside"),
 pathlib.Path("inside/note.txt").read_text(), open("sub/up").readline(), open("empty").read(),
 open("../data/sub/../sub/./note.txt").read(), os.path.realpath("inside/note.txt"), os.getcwd()]"""
    assert value(peer, code) == [
        ["empty", "inside", "sub", "table.csv"],
        ["inside/note.txt", "sub/note.txt"],
        "1,2\n3,4\n",
        "a,b",
        [["empty", False, False], ["inside", True, True], ["sub", True, False], ["table.csv", False, False]],
        [["sub", ["note.txt", "up"]], ["sub/deeper", []]],
        12,
        int((folder / "table.csv").stat().st_mtime),
        "sub",
        "hello\n",
        "a,b\n",
        "",
        "hello\n",
        f"{GUEST}/sub/note.txt",
        GUEST,
    ]


def test_what_is_there_now_is_read(mounted, folder):
    peer = mounted("ro")
    assert value(peer, f"open('{GUEST}/table.csv').read()") == "a,b\n1,2\n3,4\n"
    (folder / "table.csv").write_text("new")
    (folder / "later").mkdir()
    (folder / "sub/note.txt").unlink()
    assert value(peer, f"open('{GUEST}/table.csv').read()") == "new"
    assert outcome(peer, f"os.listdir('{GUEST}/later')") == "[]"
    assert outcome(peer, f"open('{GUEST}/sub/note.txt')") == "ENOENT"


def test_a_file_that_grows_is_followed(mounted, folder):
    peer = mounted("ro", "--state", "keep")
    assert value(peer, f"file = open('{GUEST}/table.csv', 'rb', 0); file.read()") == "a,b\n1,2\n3,4\n"
    assert value(peer, "file.read()") == ""
    with open(folder / "table.csv", "a") as table:
        table.write("5,6\n")
    assert value(peer, "file.read(), file.read()") == ["5,6\n", ""]
    (folder / "table.csv").rename(folder / "other")
    with open(folder / "other", "a") as table:
        table.write("7,8\n")
    assert value(peer, "file.read()") == "7,8\n"


def test_a_large_file_is_read_in_pieces(mounted, folder):
    with open(folder / "sparse", "wb") as sparse:
        sparse.seek(10 << 30)
        sparse.write(b"the end")
    peer = mounted("ro", "--memory", "256")
    code = f"""
with open("{GUEST}/sparse", "rb") as file:
    start = file.read(3)
    place = file.seek(-7, 2)
    end = file.read()
[start.hex(), place, end.decode(), os.stat("{GUEST}/sparse").st_size]"""
    assert value(peer, f"import os{code}") == ["000000", 10 << 30, "the end", (10 << 30) + 7]


def test_a_database_is_read(mounted, folder):
    with sqlite3.connect(folder / "base.db") as base:
        base.execute("create table numbers (n)")
        base.executemany("insert into numbers values (?)", [(n,) for n in range(5000)])
    peer = mounted("ro")
    code = f"import sqlite3\nsqlite3.connect('file:{GUEST}/base.db?mode=ro', uri=True).execute('select sum(n) from numbers').fetchone()"
    assert value(peer, code) == [sum(range(5000))]


@pytest.mark.parametrize(
    "change",
    [
        "open(p + '/new', 'w')",
        "open(p + '/table.csv', 'r+')",
        "open(p + '/table.csv', 'a')",
        "os.mkdir(p + '/new')",
        "os.remove(p + '/table.csv')",
        "os.rmdir(p + '/sub/deeper')",
        "os.rename(p + '/table.csv', p + '/other')",
        "os.symlink('table.csv', p + '/link')",
        "os.chmod(p + '/table.csv', 0o777)",
        "os.utime(p + '/table.csv', (1, 1))",
        "os.truncate(p + '/table.csv', 0)",
    ],
)
def test_nothing_is_written_to_what_can_only_be_read(shared_ro, change):
    peer, folder = shared_ro
    before = sorted((path, path.lstat().st_mtime_ns, path.lstat().st_mode) for path in folder.rglob("*"))
    assert outcome(peer, change.replace("p +", f"'{GUEST}' +")) == "EROFS"
    assert sorted((path, path.lstat().st_mtime_ns, path.lstat().st_mode) for path in folder.rglob("*")) == before


@pytest.fixture(scope="module")
def shared_ro(start_shared, tmp_path_factory):
    folder = plain_folder(tmp_path_factory.mktemp("ro") / "data")
    return start_shared("--mount", str(folder)), folder


def test_one_file_is_mounted(start, tmp_path):
    (tmp_path / "other").write_text(SECRET)
    (tmp_path / "one.txt").write_text("one")
    peer = start("--mount", f"{tmp_path}/one.txt:/data/first.txt", "--mount", f"{tmp_path}/one.txt:/mnt/second:rw")
    assert outcome(peer, "os.listdir('/data'), open('/data/first.txt').read()") == "(['first.txt'], 'one')"
    assert outcome(peer, "open('/data/other')") == "ENOENT"
    assert outcome(peer, "open('/data/first.txt/../other')") == "ENOENT"
    assert outcome(peer, "os.remove('/mnt/second')") == "EBUSY"
    assert outcome(peer, "open('/mnt/second', 'a').write(' more')") == "5"
    assert (tmp_path / "one.txt").read_text() == "one more"
    # Editors put another file in the place of the first.
    (tmp_path / "next").write_text("next")
    (tmp_path / "next").rename(tmp_path / "one.txt")
    assert outcome(peer, "open('/data/first.txt').read()") == "next"


def test_names_and_depths(mounted, folder):
    longest = "n" * 255
    deep = folder / "/".join(f"level{number}" for number in range(100))
    deep.mkdir(parents=True)
    (deep / "bottom").write_text("deep")
    for name in (longest, "with\nnewline", "ümläut ☃", " "):
        (folder / name).write_text(name)
    with open(os.fsencode(folder) + b"/\xff\xfe", "w") as file:
        file.write("no UTF-8")
    peer = mounted("ro")
    assert outcome(peer, f"len(os.listdir('{GUEST}'))") == str(len(os.listdir(folder)))
    for name in (longest, "with\nnewline", "ümläut ☃", " "):
        assert value(peer, f"open({GUEST + '/' + name!r}).read()") == name
    assert outcome(peer, f"open('{GUEST}/{deep.relative_to(folder)}/bottom').read()") == "deep"
    strange = f"next(name for name in os.listdir('{GUEST}') if '\\ufffd' in name)"
    assert outcome(peer, f"open('{GUEST}/' + {strange})") == "EILSEQ"
    assert outcome(peer, f"open(b'{GUEST}/\\xff\\xfe')") == "EILSEQ"
    assert outcome(peer, f"open('{GUEST}/' + 'n' * 256)") == "ENAMETOOLONG"
    assert outcome(peer, f"open('{GUEST}/' + 'ab/' * 33333)") == "ENAMETOOLONG"


def test_a_root_that_is_deleted(mounted, folder):
    peer = mounted("rw", "--state", "keep")
    assert value(peer, f"file = open('{GUEST}/table.csv'); file.readline()") == "a,b\n"
    shutil.rmtree(folder)
    for use in ("open(p + '/table.csv')", "os.stat(p + '/sub')", "open(p + '/new', 'w')", "os.mkdir(p + '/new')"):
        assert outcome(peer, use.replace("p +", f"'{GUEST}' +")) == "ENOENT"
    assert value(peer, "file.read()") == "1,2\n3,4\n"


def test_the_tool_is_the_same_and_the_instructions_name_the_mount(start, folder):
    plain, peer = start(greet=False), start("--mount", str(folder), greet=False)
    without, words = (server.greet()["result"]["instructions"] for server in (plain, peer))
    assert words == f"{without}\nThe user's files: {GUEST} (to be read)."
    [offered] = peer.ask("tools/list")["result"]["tools"]
    assert offered["inputSchema"] == tool.INPUT_SCHEMA


@pytest.mark.parametrize(
    "mount, reason",
    [
        ("{0}/none", "No such file or directory"),
        ("/dev/null", "it is neither a folder nor a file"),
        ("{0}:/work", "Python needs what is there"),
        ("{0}:/lib/python", "Python needs what is there"),
        ("{0}:/", "Python needs what is there"),
        ("{0}:/dev", "Python needs what is there"),
        ("{0}:/a/../lib", "must be absolute and plain"),
        ("{0}:/a//b", "must be absolute and plain"),
        ("/", "has no name"),
    ],
)
def test_what_cannot_be_mounted_is_refused(folder, mount, reason):
    ended = run("stdio", "--mount", mount.format(folder))
    assert ended.returncode == 64
    assert reason in " ".join(ended.stderr.split())


def test_mounts_do_not_cover_each_other(folder):
    ended = run("stdio", "--mount", f"{folder}:/data", "--mount", f"{folder}/sub:/data/sub")
    assert ended.returncode == 64
    assert "cover each other" in " ".join(ended.stderr.split())


# Writing through


def test_what_is_written_is_there(mounted, folder):
    peer = mounted("rw")
    code = f"""
import os, shutil, sqlite3
os.chdir("{GUEST}")
with open("new.txt", "w") as file: file.write("hello")
with open("new.txt", "a") as file: file.write(" world")
with open("new.txt", "r+") as file:
    file.seek(6); file.write("W"); file.seek(0); read = file.read(); file.truncate(5)
os.makedirs("x/y"); os.rename("sub/note.txt", "x/y/note"); os.symlink("new.txt", "link"); os.remove("empty")
shutil.copy("new.txt", "x/copy"); os.utime("x/copy", (1, 2)); os.chmod("x/copy", 0o6711); shutil.move("x", "z")
base = sqlite3.connect("base.db"); base.execute("create table t (a)"); base.execute("insert into t values (7)"); base.commit()
[read, open("link").read(), sorted(os.listdir("z")), base.execute("select a from t").fetchall(), outcome(lambda: os.rmdir("z"))]"""
    assert value(peer, "import errno\ndef outcome(work):\n  try: work()\n  except OSError as e: return errno.errorcode[e.errno]" + code) == [
        "hello World",
        "hello",
        ["copy", "y"],
        [[7]],
        "ENOTEMPTY",
    ]
    assert (folder / "new.txt").read_text() == (folder / "z/copy").read_text() == "hello"
    assert (folder / "z/y/note").read_text() == "hello\n"
    assert os.readlink(folder / "link") == "new.txt"
    assert (folder / "z/copy").stat().st_mtime == 2
    # A file must not let others act as its owner.
    assert (folder / "z/copy").stat().st_mode & 0o7777 == 0o711
    assert not (folder / "empty").exists()


def test_a_write_that_is_cut_off_leaves_a_beginning(start, folder):
    peer = start("--mount", f"{folder}:rw")
    code = f"""
block = b"".join(number.to_bytes(4, "big") for number in range(1 << 16))
with open("{GUEST}/out", "wb") as file:
    while True: file.write(block)"""
    peer.start_call(code)
    out = folder / "out"
    eventually(lambda: out.exists() and out.stat().st_size > 5_000_000, "five megabytes are written")
    os.kill(peer.process.pid, signal.SIGKILL)
    peer.process.wait()
    block = b"".join(number.to_bytes(4, "big") for number in range(1 << 16))
    written = out.read_bytes()
    assert written == (block * (len(written) // len(block) + 1))[: len(written)]
    assert outcome(start("--mount", f"{folder}:rw"), f"os.stat('{GUEST}/out').st_size") == str(len(written))


def test_a_rewind_says_what_stays(mounted, folder):
    peer = mounted("rw", "--checkpoints")
    peer.call("x = 1", undoable=True)
    peer.call(f"open('{GUEST}/new', 'w').write('new')", undoable=True)
    peer.call("x = 2", undoable=True)
    answer = peer.ask("tools/call", {"name": "restore", "arguments": {"checkpoint": "-1"}})["result"]
    assert "files of this machine" not in answer["content"][0]["text"]
    answer = peer.ask("tools/call", {"name": "restore", "arguments": {"checkpoint": "-1"}})["result"]
    assert answer["content"][0]["text"].endswith("What the run wrote to files of this machine stays.")
    assert answer["structuredContent"]["kept_outside"] == 1
    assert (folder / "new").read_text() == "new"


# Overlays

CHANGE = f"""
import os, shutil
os.chdir("{GUEST}")
with open("table.csv", "a") as file: file.write("5,6\\n")
os.remove("sub/note.txt"); os.mkdir("made"); open("made/file", "w").write("made"); os.rename("empty", "made/moved")
shutil.move("sub", "elsewhere"); os.chdir("/work")"""

SEEN = f"""
import os
[sorted(os.listdir("{GUEST}")), open("{GUEST}/table.csv").read()[-4:], sorted(os.listdir("{GUEST}/made")),
 sorted(os.listdir("{GUEST}/elsewhere")), os.path.exists("{GUEST}/inside")]"""

CHANGED = [["elsewhere", "inside", "made", "table.csv"], "5,6\n", ["file", "moved"], ["deeper", "up"], False]


def everything(folder):
    """All that is in a folder, with its content."""
    return sorted((str(path), path.read_text() if path.is_file() else "") for path in folder.rglob("*"))


def test_an_overlay_keeps_changes_to_itself(mounted, folder):
    peer = mounted("overlay")
    before = everything(folder)
    value(peer, CHANGE + "\n1")
    assert value(peer, SEEN) == CHANGED
    assert everything(folder) == before


def test_an_overlay_goes_back_and_forks_with_its_session(mounted, folder, tmp_path):
    peer = mounted("overlay", "--checkpoints")
    peer.call(f"file = open('{GUEST}/table.csv'); file.readline()", undoable=True)
    saved = told(peer, "checkpoint", name="before")["checkpoint"]
    peer.call(CHANGE, undoable=True)
    changed = told(peer, "checkpoint", name="after")["checkpoint"]
    fork = told(peer, "fork")["session"]
    told(peer, "restore", checkpoint=saved)
    assert value(peer, f"import os\n[sorted(os.listdir('{GUEST}')), file.read()]") == [
        ["empty", "inside", "sub", "table.csv"],
        "1,2\n3,4\n",
    ]
    told(peer, "restore", checkpoint=changed)
    assert value(peer, SEEN) == CHANGED
    arguments = {"python_code": SEEN, "session": fork}
    assert peer.ask("tools/call", {"name": tool.NAME, "arguments": arguments})["result"]["structuredContent"]["return_value"] == CHANGED


def test_an_overlay_counts_against_the_limit_of_files(mounted, folder):
    with open(folder / "large", "wb") as large:
        large.truncate(600 << 20)
    # Another interpreter, which a run with so much memory is followed by, would have none of the changes.
    peer = mounted("overlay", "--state", "keep")
    assert outcome(peer, f"open('{GUEST}/large', 'r+b')") == "ENOSPC"
    assert outcome(peer, f"os.path.getsize('{GUEST}/large'), os.path.exists('{GUEST}/new')") == f"({600 << 20}, False)"
    filling = f"[open('{GUEST}/new' + str(n), 'wb').write(bytes(100 << 20)) for n in range(6)]"
    assert outcome(peer, filling) == "ENOSPC"
    new = f"['{GUEST}/' + name for name in os.listdir('{GUEST}') if name.startswith('new')]"
    assert outcome(peer, f"len({new})") in {"5", "6"}
    assert outcome(peer, f"[os.remove(path) for path in {new}] and 'gone'") == "gone"
    assert outcome(peer, f"open('{GUEST}/table.csv', 'a').write('x')") == "1"
    many = f"[open('{GUEST}/file' + str(n), 'w').close() for n in range(60_000)]"
    assert outcome(peer, many) == "ENOSPC"


# Long tests


@pytest.mark.long
def test_a_table_of_a_gigabyte_is_read_in_chunks(start, folder):
    line = b"12345678,abcdefgh,0.123456789\n"
    with open(folder / "large.csv", "wb") as table:
        table.write(b"number,word,share\n")
        for _ in range(1024):
            table.write(line * ((1 << 20) // len(line)))
    peer = start("--mount", str(folder), "--deps", "pandas", "--memory", "512", "--timeout", "600")
    code = f"""
import pandas as pd
sum(len(chunk) for chunk in pd.read_csv("{GUEST}/large.csv", chunksize=200_000))"""
    assert peer.call(code) == success(str(1024 * ((1 << 20) // len(line))))


@pytest.mark.long
def test_a_million_entries_are_listed(start, folder):
    (folder / "many").mkdir()
    for number in range(1_000_000):
        (folder / f"many/{number}").symlink_to("none")
    peer = start("--mount", str(folder), "--timeout", "600")
    assert outcome(peer, f"len(os.listdir('{GUEST}/many'))") == "1000000"
    assert outcome(peer, f"sum(1 for _ in os.scandir('{GUEST}/many'))") == "1000000"
