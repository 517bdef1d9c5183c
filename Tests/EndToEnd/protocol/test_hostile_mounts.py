"""`--mount`: no way leads code from a mount to the machine's other files."""

import os
import subprocess
import threading

import pytest
from support.mounts import GUEST, SECRET, TRY, outcome, plain_folder, value, with_ways_out

ESCAPES = [
    *(
        f"open(p + '/{name}').read()"
        for name in ("absolute relative around folder/secret absolute_folder/secret chain deep root/etc/passwd "
                     "cwd/secret descriptor slash/etc/hostname own loop fifo socket device parent/outside/secret").split()
    ),
    "open(p + '/../outside/secret').read()",
    "open(p + '/sub/../../outside/secret').read()",
    "open(p + '/./.././outside/secret').read()",
    "open(p + '/..%2foutside%2fsecret').read()",
    "open(p + '/%2e%2e/outside/secret').read()",
    "open(p + '/..\\\\outside\\\\secret').read()",
    "open(p + '/\\uff0e\\uff0e/outside/secret').read()",
    "open(p + '/\\u2025/outside/secret').read()",
    "open((p + '/').encode() + b'\\xc0\\xae\\xc0\\xae/outside/secret').read()",
    "open((p + '/').encode() + b'\\xff../outside/secret').read()",
    "open(p + '/table.csv\\0/../../outside/secret').read()",
    "open(p + '/table.csv/../../outside/secret').read()",
    "open(p + '//etc/hostname').read()",
    "open(p + '/proc/self/root/etc/hostname').read()",
    "open('/proc/self/root' + p + '/table.csv').read()",
    "os.listdir(p + '/folder')",
    "os.listdir(p + '/parent')",
    "os.chdir(p + '/folder')",
    "os.stat(p + '/absolute')",
    "open(p + '/' + 'x/' * 50_000).read()",
    "os.open(p + '/absolute', os.O_RDONLY | os.O_NOFOLLOW)",
    "os.open('secret', os.O_RDONLY, dir_fd=os.open(p + '/folder', os.O_RDONLY))",
]

CHANGING_ESCAPES = [
    "open(p + '/relative', 'w').write('x')",
    "open(p + '/folder/new', 'w').write('x')",
    "os.rename(p + '/table.csv', p + '/folder/moved')",
    "os.rename(p + '/folder/secret', p + '/moved')",
    "os.remove(p + '/folder/secret')",
    "os.mkdir(p + '/folder/made')",
    "os.truncate(p + '/relative', 0)",
    "os.chmod(p + '/relative', 0o777)",
    "os.symlink(p + '/table.csv', p + '/hard')",
    "os.chown(p + '/relative', 1, 1)",
]


@pytest.fixture(scope="module", params=["ro", "rw", "overlay"])
def trap(request, start_shared, tmp_path_factory):
    """A server with a folder from which much leads out; in front of a place that has another such folder's name."""
    folder = with_ways_out(tmp_path_factory.mktemp("trap") / "data")
    return start_shared("--mount", f"{folder}:{request.param}"), folder, request.param


def test_no_way_leads_out(trap):
    peer, folder, _ = trap
    cases = ",\n".join(f"outcome(lambda: {case})" for case in ESCAPES)
    outcomes = value(peer, f"{TRY}\np = '{GUEST}'\n[{cases}]")
    expected = {"ENOENT", "ELOOP", "EACCES", "EILSEQ", "ENAMETOOLONG", "ValueError", "ENOTDIR", "EINVAL", "EBADF", "ENXIO"}
    wrong = [pair for pair in zip(ESCAPES, outcomes, strict=True) if pair[1] not in expected]
    # These end in the code's own files, which have nothing of the machine.
    own = [pair for pair in wrong if pair[0].startswith(("os.listdir(p + '/parent')", "open('/proc/self/root'"))]
    assert wrong == own
    assert SECRET not in str(outcomes)
    assert value(peer, "'alive'") == "alive"


def test_nothing_outside_is_changed(trap):
    peer, folder, mode = trap
    outside = folder.parent / "outside"
    cases = ",\n".join(f"outcome(lambda: {case})" for case in CHANGING_ESCAPES)
    outcomes = value(peer, f"{TRY}\np = '{GUEST}'\n[{cases}]")
    assert os.listdir(outside) == ["secret"]
    assert (outside / "secret").read_text() == SECRET
    assert (outside / "secret").stat().st_mode & 0o777 != 0o777
    assert SECRET not in str(outcomes)
    # The code's Python makes neither hard links nor devices.
    assert outcome(peer, "any(hasattr(os, name) for name in ('link', 'mkfifo', 'mknod'))") == "False"
    assert (folder / "table.csv").stat().st_nlink == 1
    # A link that code makes in the folder leads it nowhere either.
    made = f"os.symlink('{outside}/secret', p + '/mine') or open(p + '/mine').read()".replace("p +", f"'{GUEST}' +")
    assert outcome(peer, made) in {"ENOENT", "EROFS"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_a_device_under_a_file_is_not_read(start, tmp_path):
    folder = plain_folder(tmp_path / "data")
    (folder / "zero").touch()
    subprocess.run(["mount", "--bind", "/dev/zero", folder / "zero"], check=True)
    try:
        assert outcome(start("--mount", str(folder)), f"open('{GUEST}/zero', 'rb').read(4)") == "EACCES"
    finally:
        subprocess.run(["umount", folder / "zero"], check=True)


@pytest.mark.parametrize("mode", ["ro", "rw", "overlay"])
def test_folders_that_are_swapped_for_links_lead_nowhere(start, tmp_path, mode):
    folder = tmp_path / "data"
    for place in (folder / "swapped", tmp_path / "outside"):
        place.mkdir(parents=True)
    (folder / "swapped/file").write_text("inside")
    (tmp_path / "outside/file").write_text(SECRET)
    (folder / "link").symlink_to("../outside")
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            os.rename(folder / "swapped", folder / "kept")
            os.rename(folder / "link", folder / "swapped")
            os.rename(folder / "swapped", folder / "link")
            os.rename(folder / "kept", folder / "swapped")

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        code = f"""
import collections
seen = collections.Counter()
for count in range(1500):
    try:
        seen[open("{GUEST}/swapped/file").read()] += 1
    except OSError as error:
        seen["error"] += 1
    try:
        with open("{GUEST}/swapped/file", "r+") as file: file.write("inside")
    except OSError: pass
dict(seen)"""
        seen = value(start("--mount", f"{folder}:{mode}"), code)
    finally:
        done.set()
        swapper.join()
    assert set(seen) <= {"inside", "error"} and sum(seen.values()) == 1500
    assert (tmp_path / "outside/file").read_text() == SECRET
