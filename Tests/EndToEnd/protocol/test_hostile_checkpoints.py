"""A checkpoint file from elsewhere is untrusted: it is refused with a sentence, or can do no more than code can."""

import hashlib
import json
import os
import random
import struct

import pytest
from support.peer import Peer
from support.time_travel import run, with_file

OPTIONS = ("--checkpoints", "--checkpoint-files")


class File:
    """A checkpoint file taken apart, to be put together as somebody hostile would: with the right sums."""

    def __init__(self, data: bytes) -> None:
        head, _, content = data.partition(b"\n")
        self.head = json.loads(head)
        preface, _, rest = content.partition(b"\n")
        self.preface = json.loads(preface)
        length = self.preface["header"]
        self.header = json.loads(rest[:length])
        self.rest = bytearray(rest[length:])

    def joined(self, **lies: object) -> bytes:
        header = json.dumps(self.header).encode()
        preface = json.dumps(self.preface | {"header": len(header)}).encode()
        content = preface + b"\n" + header + bytes(self.rest)
        head = self.head | {"bytes": len(content)} | lies
        fields = [head["format"], head["version"], head["image"], head["python"]]
        fields += [struct.unpack(">Q", struct.pack(">d", head["created"]))[0], head["bytes"], *head["dependencies"]]
        digest = hashlib.sha256()
        for part in [*(str(field).encode() for field in fields), content]:
            digest.update(struct.pack("<Q", len(part)) + part)
        return json.dumps(head | {"sha256": digest.hexdigest()}).encode() + b"\n" + content


@pytest.fixture(scope="module")
def data(wires, tmp_path_factory):
    """The content of a real checkpoint."""
    peer = Peer(wires.server(*OPTIONS), "2025-06-18")
    peer.greet()
    run(peer, "x = 'from elsewhere'; _ = open('/tmp/f', 'w').write('text')")
    path = tmp_path_factory.mktemp("checkpoints") / "real"
    assert not with_file(peer, "checkpoint", path)["result"].get("isError")
    assert peer.end() == 0
    return path.read_bytes()


@pytest.fixture
def victim(start):
    """A session that has something to lose."""
    peer = start(*OPTIONS, "--memory", 256, "--timeout", 5)
    run(peer, "x = 'mine'")
    return peer


def refusal(peer, path) -> str:
    result = with_file(peer, "restore", path)["result"]
    assert result["isError"], result
    sentence = result["content"][0]["text"]
    assert sentence.endswith(".") and "\n" not in sentence and "Traceback" not in sentence
    return sentence


def test_one_put_together_again_is_taken(victim, data, tmp_path):
    """The forger's hands are good: what is refused below is refused for what it says."""
    (tmp_path / "forged").write_bytes(File(data).joined())
    assert not with_file(victim, "restore", tmp_path / "forged")["result"].get("isError")
    assert run(victim, "x") == "from elsewhere"


def lie(**lies):
    return lambda data: File(data).joined(**lies)


def change(part, **changes):
    def changed(data):
        file = File(data)
        getattr(file, part).update(changes)
        return file.joined()

    return changed


def library(data):
    file = File(data)
    file.preface["libraries"] = [*file.preface.get("libraries", []), "/etc/passwd"]
    file.header["linkage"]["libraries"] = [
        {"name": "/etc/passwd", "memoryBase": 0, "memorySize": 0, "tableBase": 0, "tableSize": 0, "global": False}
        | {"needs": [], "handles": []}
    ]
    return file.joined()


def flipped(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        pytest.param(lambda _: b"", "is not a checkpoint", id="nothing"),
        pytest.param(lambda _: os.urandom(100_000), "is not a checkpoint", id="noise"),
        pytest.param(lambda _: b"{" * 1_000_000, "is not a checkpoint", id="no head"),
        pytest.param(lambda _: b"[" * 60_000 + b"\n", "is not a checkpoint", id="deep head"),
        pytest.param(lambda data: data[:-1], "size", id="cut short"),
        pytest.param(lambda data: data + b"x", "size", id="too long"),
        pytest.param(flipped, "checksum", id="a bit"),
        pytest.param(lie(format="other"), "is not a checkpoint", id="format"),
        pytest.param(lie(version=2), "another version", id="version"),
        pytest.param(lie(bytes=1 << 62), "size", id="size"),
        pytest.param(lie(bytes=-1), "size", id="negative size"),
        pytest.param(lie(image="0" * 32), "another installation or version", id="image"),
        pytest.param(lie(image="x", dependencies=["evil"]), "a Python with the dependencies evil", id="dependencies"),
        pytest.param(lie(image="x", dependencies=["a\n\x1b[2J"]), "is not a checkpoint", id="escapes"),
        pytest.param(change("preface", memory=1 << 40), "larger than the memory limit", id="memory"),
        pytest.param(change("header", delta=1 << 40), "", id="pages"),
        pytest.param(library, "", id="library"),
        pytest.param(
            change("header", streams=[{"descriptor": 5, "path": "/site/../../etc/passwd", "flags": 0, "position": 0}]),
            "",
            id="open file",
        ),
    ],
)
def test_it_is_refused_and_the_session_lives_on(victim, data, tmp_path, forge, reason):
    path = tmp_path / "forged"
    path.write_bytes(forge(data))
    assert reason in refusal(victim, path)
    assert run(victim, "x") == "mine"


def test_what_is_no_file(victim, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, "/dev/zero", tmp_path / "none"):
        assert "cannot be read" in refusal(victim, path)
    assert run(victim, "x") == "mine"


def test_a_memory_of_nonsense(victim, data, tmp_path):
    """It may be taken: what it does then, it does to itself."""
    chance = random.Random(1)
    for number in range(3):
        file = File(data)
        for _ in range(200):
            file.rest[chance.randrange(file.header["delta"])] = chance.randrange(256)
        path = tmp_path / str(number)
        path.write_bytes(file.joined())
        with_file(victim, "restore", path)
        victim.call("import sys\nlen(sys.modules)")
    (tmp_path / "real").write_bytes(data)
    assert not with_file(victim, "restore", tmp_path / "real")["result"].get("isError")
    assert run(victim, "(x, open('/tmp/f').read())") == ["from elsewhere", "text"]
