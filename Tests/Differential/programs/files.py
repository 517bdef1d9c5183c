# --- write-and-read (alone)
with open("/tmp/a.txt", "w") as f:
    print(f.write("one\ntwo\n"), f.name, f.mode, f.encoding)
with open("/tmp/a.txt") as f:
    print(f.readline(), f.read(), f.tell(), list(f))
f.closed, f

# --- append-and-seek (alone)
with open("/tmp/b.bin", "wb+") as f:
    f.write(b"abcdef")
    f.seek(2)
    print(f.read(2), f.truncate(4))
with open("/tmp/b.bin", "ab") as f:
    f.write(b"XY")
open("/tmp/b.bin", "rb").read()

# --- exclusive-mode (alone)
open("/tmp/c.txt", "x").close()
open("/tmp/c.txt", "x")

# --- bad-mode
open("/tmp/x", "rw")

# --- closed-file (alone)
f = open("/tmp/d.txt", "w")
f.close()
f.write("x")

# --- read-from-write-only (alone)
open("/tmp/e.txt", "w").read()

# --- wrong-type-written (alone)
open("/tmp/f.bin", "wb").write("text")

# --- newline-modes (alone)
with open("/tmp/n.txt", "w", newline="\r\n") as f:
    f.write("a\nb\n")
open("/tmp/n.txt", "rb").read(), open("/tmp/n.txt").read(), open("/tmp/n.txt", newline="").read()

# --- encoding-error (alone)
with open("/tmp/l.txt", "wb") as f:
    f.write(b"caf\xe9")
print(open("/tmp/l.txt", encoding="latin-1").read())
open("/tmp/l.txt", encoding="utf-8").read()

# --- pathlib (alone)
from pathlib import Path, PurePosixPath, PureWindowsPath
p = Path("/tmp/dir/sub")
p.mkdir(parents=True)
(p / "a.txt").write_text("x")
(p / "b.py").touch()
print(sorted(q.name for q in p.iterdir()), [str(q) for q in Path("/tmp/dir").rglob("*.py")], p.exists(), p.is_dir())
print((p / "a.txt").stat().st_size, p.parts, p.parent, (p / "a.tar.gz").suffixes, p.relative_to("/tmp"))
(p / "a.txt").rename(p / "c.txt")
(p / "c.txt").read_text(), PureWindowsPath("C:\\a\\b").as_posix(), PurePosixPath("a/../b").name

# --- pathlib-errors
from pathlib import Path
Path("/nowhere/x").read_text()

# --- pathlib-relative-error
from pathlib import Path
Path("/a/b").relative_to("/c")

# --- os-files (alone)
import os
os.makedirs("/tmp/o/p")
with open("/tmp/o/f", "w") as f:
    f.write("abc")
os.symlink("/tmp/o/f", "/tmp/o/link")
print(sorted(os.listdir("/tmp/o")), os.path.getsize("/tmp/o/f"), os.path.islink("/tmp/o/link"), os.readlink("/tmp/o/link"))
print([(r, sorted(d), sorted(f)) for r, d, f in os.walk("/tmp/o")], sorted(e.name for e in os.scandir("/tmp/o")))
os.rename("/tmp/o/f", "/tmp/o/g")
os.remove("/tmp/o/link")
os.rmdir("/tmp/o")

# --- os-path
import os.path as p
print(p.join("a", "b", "/c"), p.split("/a/b"), p.splitext("x.tar.gz"), p.normpath("a/../b//c"), p.isabs("/a"))
p.commonpath(["/a/b", "/a/c"]), p.basename("/a/"), p.relpath("/a/b", "/a/c"), p.expanduser("~x")

# --- chdir (alone)
import os
os.chdir("/tmp")
os.getcwd()

# --- cwd
import os
os.getcwd(), os.sep, os.linesep, os.name, os.curdir

# --- environ (alone)
import os
os.environ["MINE"] = "1"
print(os.getenv("MINE"), os.environ.get("nope"), os.path.expandvars("$MINE/x"))
os.environ["nope"]

# --- environ-names
import os
sorted(os.environ)

# --- os-facts
import os
os.uname().sysname, os.getpid() > 0, os.cpu_count(), os.getuid(), os.umask(0o22) >= 0

# --- os-descriptors (alone)
import os
fd = os.open("/tmp/fd", os.O_CREAT | os.O_RDWR)
print(os.write(fd, b"hello"), os.lseek(fd, 1, os.SEEK_SET), os.read(fd, 3), os.fstat(fd).st_size)
os.close(fd)
os.read(fd, 1)

# --- os-pipe
import os
r, w = os.pipe()
os.write(w, b"through")
os.read(r, 7)

# --- os-fork
import os
os.fork()

# --- os-kill-and-exec
import os
os.execv("/bin/true", ["true"])

# --- subprocess
import subprocess
subprocess.run(["echo", "hi"])

# --- os-popen
import os
os.popen("ls")

# --- permissions (alone)
import os
import stat
open("/tmp/perm", "w").close()
os.chmod("/tmp/perm", 0o640)
stat.filemode(os.stat("/tmp/perm").st_mode), os.access("/tmp/perm", os.R_OK), stat.S_ISDIR(os.stat("/tmp").st_mode)

# --- utime (alone)
import os
open("/tmp/u", "w").close()
os.utime("/tmp/u", (1000, 2000))
os.stat("/tmp/u").st_mtime, os.path.getatime("/tmp/u")

# --- tempfile (alone)
import os
import tempfile
with tempfile.TemporaryDirectory() as d:
    with open(os.path.join(d, "x"), "w") as f:
        f.write("1")
    print(os.listdir(d), d.startswith(tempfile.gettempdir()))
print(os.path.exists(d))
with tempfile.NamedTemporaryFile("w+", suffix=".txt") as f:
    f.write("abc")
    f.seek(0)
    print(f.read(), f.name.endswith(".txt"))
with tempfile.SpooledTemporaryFile(max_size=2) as f:
    f.write(b"long enough")
    print(f._rolled)

# --- shutil (alone)
import os
import shutil
os.makedirs("/tmp/s/a")
open("/tmp/s/a/f.txt", "w").write("x")
shutil.copytree("/tmp/s", "/tmp/t")
shutil.copy("/tmp/s/a/f.txt", "/tmp/t/g.txt")
shutil.move("/tmp/t/g.txt", "/tmp/t/h.txt")
print(sorted(os.listdir("/tmp/t")), shutil.which("python"), shutil.disk_usage("/").total > 0)
archive = shutil.make_archive("/tmp/arch", "zip", "/tmp/s")
shutil.rmtree("/tmp/t")
os.path.exists("/tmp/t"), archive, sorted(f[0] for f in shutil.get_archive_formats())

# --- terminal-size
import shutil
shutil.get_terminal_size()

# --- terminal-size-os
import os
os.get_terminal_size()

# --- glob (alone)
import glob
import os
os.makedirs("/tmp/gl/x")
for n in ("a.py", "b.txt", "x/c.py"):
    open(f"/tmp/gl/{n}", "w").close()
sorted(glob.glob("/tmp/gl/*.py")), sorted(glob.glob("**/*.py", root_dir="/tmp/gl", recursive=True))

# --- filecmp-linecache (alone)
import filecmp
import linecache
for n in "ab":
    open(f"/tmp/fc{n}", "w").write("one\ntwo\n")
filecmp.cmp("/tmp/fca", "/tmp/fcb"), linecache.getline("/tmp/fca", 2)

# --- fileinput (alone)
import fileinput
open("/tmp/fi", "w").write("x\ny\n")
with fileinput.input("/tmp/fi") as f:
    for line in f:
        print(f.filelineno(), line.strip())

# --- io-classes
import io
b = io.BufferedReader(io.BytesIO(b"abcdef"))
print(b.peek()[:2], b.read1(3), b.readinto(bytearray(2)))
t = io.TextIOWrapper(io.BytesIO("ä\r\nb".encode()), encoding="utf-8")
print(t.readlines(), t.encoding, t.buffer)
s = io.StringIO("a\nb")
s.readline(), s.getvalue(), s.tell(), s.seekable()

# --- io-unsupported
import io
io.StringIO("x").fileno()

# --- io-closed
import io
s = io.StringIO()
s.close()
s.getvalue()

# --- io-own-raw
import io

class Raw(io.RawIOBase):
    def readable(self):
        return True

    def readinto(self, b):
        b[:2] = b"hi"
        return 2

io.BufferedReader(Raw()).read(5)

# --- mmap (alone)
import mmap
with open("/tmp/mm", "wb") as f:
    f.write(b"abcdef")
with open("/tmp/mm", "r+b") as f:
    m = mmap.mmap(f.fileno(), 0)
    print(m[:3], m.find(b"d"), len(m))
    m.close()

# --- devices
with open("/dev/null", "w") as f:
    f.write("gone")
len(open("/dev/urandom", "rb").read(8))

# --- fcntl-and-others
import importlib
for name in ("fcntl", "termios", "tty", "pty", "resource", "grp", "pwd", "syslog", "crypt", "readline", "curses", "dbm", "ensurepip", "idlelib", "tkinter", "turtle", "venv", "lib2to3"):
    try:
        importlib.import_module(name)
        print(name, "there")
    except ImportError as error:
        print(name, type(error).__name__)

# --- pwd
import os
import pwd
pwd.getpwuid(os.getuid()).pw_name, os.path.expanduser("~")

# --- stdin-eof
import sys
sys.stdin.isatty(), sys.stdin.encoding

# --- stdout-facts
import sys
sys.stdout.isatty(), sys.stdout.encoding, sys.stdout.fileno(), sys.stderr.fileno(), sys.stdout.errors

# --- tree-listing
import os
sorted(os.listdir("/"))
