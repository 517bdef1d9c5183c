# --- json
import json
text = json.dumps({"b": [1, 2.5, None, True], "a": "ä\n\"", 3: {"x": ()}}, indent=2, sort_keys=False)
print(text)
print(json.dumps("ä🐍", ensure_ascii=False), json.dumps([1, 2], separators=(",", ":")), json.dumps({"k": float("nan")}))
json.loads('{"a": [1, -2.5e3, "\\u00e9", null, true], "big": 123456789012345678901234567890}')

# --- json-hooks
import json
from decimal import Decimal
print(json.loads('{"x": 1.10}', parse_float=Decimal), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list))
json.dumps({1, 2}, default=sorted), json.dumps({(1, 2): 3}, skipkeys=True)

# --- json-not-serialisable
import json
json.dumps({"k": object})

# --- json-error
import json
json.loads('{"a": 1,}')

# --- json-error-position
import json
try:
    json.loads('[1,\n 2,\n x]')
except json.JSONDecodeError as e:
    print(e.msg, e.lineno, e.colno, e.pos)

# --- json-circular
import json
a = []
a.append(a)
json.dumps(a)

# --- json-encoder
import datetime
import json

class E(json.JSONEncoder):
    def default(self, o):
        return o.isoformat() if isinstance(o, datetime.date) else super().default(o)

print(json.dumps({"d": datetime.date(2026, 1, 2)}, cls=E))
json.dumps(1j, cls=E)

# --- csv
import csv
import io
out = io.StringIO()
w = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
w.writerows([["a", "b,c", 'd"e'], [1, None, "x\ny"]])
print(out.getvalue())
list(csv.reader(io.StringIO(out.getvalue())))

# --- csv-dict
import csv
import io
rows = list(csv.DictReader(io.StringIO("name;n\nann;1\nbob;2;extra\ncy\n"), delimiter=";"))
print(rows)
out = io.StringIO()
w = csv.DictWriter(out, ["name", "n"], extrasaction="ignore", restval="?")
w.writeheader()
w.writerow({"name": "z", "q": 1})
out.getvalue()

# --- csv-sniffer
import csv
d = csv.Sniffer().sniff("a;b;c\n1;2;3\n")
d.delimiter, csv.Sniffer().has_header("name,n\nann,1\nbob,2\n")

# --- csv-error
import csv
import io
csv.DictWriter(io.StringIO(), ["a"]).writerow({"b": 1})

# --- tomllib
import tomllib
tomllib.loads("""
title = "T"
when = 2026-11-28T10:00:00Z
[owner]
n = 1_000
list = [1.5, inf]
[[item]]
name = 'x'
""")

# --- tomllib-error
import tomllib
tomllib.loads("a = \n")

# --- configparser
import configparser
c = configparser.ConfigParser()
c.read_string("""
[DEFAULT]
home = /tmp
[a]
path = %(home)s/x
n = 5
flag: yes
""")
print(c.sections(), c["a"]["path"], c.getint("a", "n"), c.getboolean("a", "flag"), dict(c["a"]))
c.get("a", "missing")

# --- configparser-duplicate
import configparser
configparser.ConfigParser().read_string("[a]\nx=1\n[a]\n")

# --- xml-etree
import xml.etree.ElementTree as ET
root = ET.fromstring('<r a="1"><item id="x">one</item><item>two<b/>tail</item></r>')
print(root.tag, root.attrib, [i.text for i in root.iter("item")], root.find("item[@id='x']").text)
ET.SubElement(root, "new", n="5").text = "<&>"
ET.indent(root)
ET.tostring(root, encoding="unicode")

# --- xml-error
import xml.etree.ElementTree as ET
ET.fromstring("<a><b></a>")

# --- xml-minidom
from xml.dom import minidom
d = minidom.parseString("<a><b c='1'>t</b></a>")
print(d.documentElement.getElementsByTagName("b")[0].getAttribute("c"))
d.toprettyxml(indent=" ")

# --- xml-sax
import xml.sax

class H(xml.sax.ContentHandler):
    def startElement(self, name, attrs):
        print("start", name, dict(attrs))

    def characters(self, content):
        print("text", content)

xml.sax.parseString(b"<a x='1'>hi</a>", H())

# --- xml-saxutils
from xml.sax.saxutils import escape, quoteattr, unescape
escape("<a&>"), quoteattr('x"y'), unescape("&lt;")

# --- plistlib
import plistlib
text = plistlib.dumps({"a": [1, True, b"x"], "b": 1.5})
print(text.decode())
plistlib.loads(text)

# --- base64
import base64
print(base64.b64encode(b"hello\xff"), base64.urlsafe_b64encode(b"\xfb\xff"), base64.b32encode(b"x"), base64.b85encode(b"abcd"))
base64.b64decode("aGVsbG8"), 1

# --- base64-more
import base64
base64.a85encode(b"hello"), base64.b16decode("4142"), base64.b64decode("YWJj"), base64.z85encode(b"12345678")

# --- binascii
import binascii
print(binascii.hexlify(b"ab", "-"), binascii.unhexlify("6162"), binascii.crc32(b"hello"), binascii.b2a_base64(b"x"))
binascii.unhexlify("abc")

# --- quopri-uu
import quopri
quopri.encodestring("naïve=".encode()), quopri.decodestring(b"a=3Db")

# --- hashlib
import hashlib
print([(n, hashlib.new(n, b"abc").hexdigest()[:16]) for n in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "blake2s")])
h = hashlib.sha256()
h.update(b"a")
h.update(b"b")
h.hexdigest(), hashlib.shake_128(b"x").hexdigest(5), hashlib.blake2b(b"x", key=b"k", digest_size=8).hexdigest()

# --- hashlib-unknown
import hashlib
hashlib.new("nonesuch")

# --- hashlib-str
import hashlib
hashlib.md5("text")

# --- hashlib-kdf
import hashlib
print(hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 10).hex())
hashlib.scrypt(b"pw", salt=b"s", n=2, r=1, p=1).hex()[:16]

# --- hashlib-available
import hashlib
sorted(hashlib.algorithms_guaranteed)

# --- hmac
import hmac
hmac.new(b"key", b"message", "sha256").hexdigest(), hmac.compare_digest(b"a", b"b"), hmac.digest(b"k", b"m", "md5").hex()

# --- zlib
import zlib
data = b"abc" * 1000
packed = zlib.compress(data, 9)
print(len(packed), zlib.decompress(packed) == data, zlib.adler32(b"x"))
zlib.decompress(b"not zlib")

# --- gzip
import gzip
import io
packed = gzip.compress(b"data", mtime=0)
with gzip.open(io.BytesIO(packed), "rt") as f:
    print(f.read())
gzip.decompress(b"bad data")

# --- bz2
import bz2
bz2.decompress(bz2.compress(b"x" * 1000)) == b"x" * 1000

# --- lzma
import lzma
lzma.decompress(lzma.compress(b"x" * 1000)) == b"x" * 1000

# --- zstd
from compression import zstd
zstd.decompress(zstd.compress(b"x" * 100)) == b"x" * 100

# --- zipfile
import io
import zipfile
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("a.txt", "hello " * 100)
    z.writestr(zipfile.ZipInfo("d/b.bin", (2026, 1, 2, 3, 4, 6)), b"\0\1")
with zipfile.ZipFile(buffer) as z:
    print(z.namelist(), z.read("a.txt")[:5], z.getinfo("d/b.bin").date_time, z.testzip())
    print([p.name for p in zipfile.Path(z).iterdir()])
zipfile.ZipFile(io.BytesIO(b"no zip"))

# --- tarfile
import io
import tarfile
buffer = io.BytesIO()
with tarfile.open(fileobj=buffer, mode="w:gz") as t:
    info = tarfile.TarInfo("x/y.txt")
    info.size = 3
    t.addfile(info, io.BytesIO(b"abc"))
buffer.seek(0)
with tarfile.open(fileobj=buffer) as t:
    print(t.getnames(), t.extractfile("x/y.txt").read(), t.getmember("x/y.txt").mode)
tarfile.open(fileobj=io.BytesIO(b"no tar"))

# --- sqlite
import sqlite3
db = sqlite3.connect(":memory:")
db.row_factory = sqlite3.Row
db.execute("create table t (id integer primary key, name text, n real)")
db.executemany("insert into t (name, n) values (?, ?)", [("a", 1.5), ("b", None)])
print([dict(r) for r in db.execute("select * from t order by id desc")])
db.execute("select count(*), sum(n) from t where name like :p", {"p": "%"}).fetchone()[:]

# --- sqlite-functions
import sqlite3
db = sqlite3.connect(":memory:")
db.create_function("rev", 1, lambda s: s[::-1])

class Join:
    def __init__(self):
        self.all = []

    def step(self, x):
        self.all.append(x)

    def finalize(self):
        return "+".join(self.all)

db.create_aggregate("joined", 1, Join)
print(db.execute("select rev('abc'), joined(column1) from (values ('x'), ('y'))").fetchall())
db.execute("select json_extract('{\"a\": [1, 2]}', '$.a[1]')").fetchall()

# --- sqlite-error
import sqlite3
sqlite3.connect(":memory:").execute("select * from nowhere")

# --- sqlite-constraint
import sqlite3
db = sqlite3.connect(":memory:")
db.execute("create table t (a unique)")
db.execute("insert into t values (1)")
with db:
    db.execute("insert into t values (1)")

# --- sqlite-types
import datetime
import sqlite3
db = sqlite3.connect(":memory:")
db.execute("create table t (b blob, i integer, t text)")
db.execute("insert into t values (?, ?, ?)", (b"\0\xff", 2 ** 40, "ä"))
print(db.execute("select *, typeof(b) from t").fetchone(), db.total_changes, db.in_transaction)
list(db.iterdump())

# --- sqlite-cursor
import sqlite3
sqlite3.connect(":memory:").execute("select 1 as a union select 2").description

# --- sqlite-version
import sqlite3
sqlite3.sqlite_version, sqlite3.threadsafety, sqlite3.apilevel

# --- email
from email.message import EmailMessage
m = EmailMessage()
m["Subject"] = "Grüße"
m["From"], m["To"] = "a@x.org", "B <b@y.org>"
m.set_content("Hi\n")
m.add_alternative("<p>Hi</p>", subtype="html")
m.set_boundary("=====")
print(m.as_string())
m["To"].addresses[0].domain

# --- email-parse
import email
from email import policy
m = email.message_from_string("Subject: =?utf-8?q?caf=C3=A9?=\nContent-Type: text/plain\n\nbody", policy=policy.default)
print(m["subject"], m.get_content(), m.get_content_type())
from email.utils import formataddr, parsedate_to_datetime, parseaddr
parseaddr("Ann <a@b.c>"), formataddr(("Ä", "a@b.c")), parsedate_to_datetime("Sat, 28 Nov 2026 10:00:00 +0100")

# --- mailbox-mimetypes
import mimetypes
mimetypes.guess_type("a.tar.gz"), mimetypes.guess_type("x.html"), mimetypes.guess_extension("image/png")

# --- urllib-parse
from urllib.parse import *
u = urlsplit("https://user:pw@host.org:8080/a/b;p?q=1&q=2&e=#frag")
print(u, u.hostname, u.port, parse_qs(u.query, keep_blank_values=True))
print(quote("a b/ä&"), quote_plus("a b"), unquote("%C3%A4"), urlencode({"a": [1, 2], "b": "x y"}, doseq=True))
urljoin("http://a/b/c/d", "../e?x"), urlunsplit(("http", "h", "/p", "", "")), urlparse("//h/p").netloc

# --- urllib-parse-error
from urllib.parse import urlsplit
urlsplit("http://h:99999/").port

# --- uuid
import uuid
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid4().version, uuid.UUID("{12345678-1234-5678-1234-567812345678}").hex)
uuid.UUID("bad")

# --- ipaddress
import ipaddress as ip
n = ip.ip_network("192.168.0.0/29")
print(list(n.hosts())[:2], n.num_addresses, ip.ip_address("::1").is_loopback, list(ip.summarize_address_range(ip.ip_address("10.0.0.0"), ip.ip_address("10.0.0.5"))))
ip.ip_address("256.1.1.1")

# --- http-modules
import http
from http.cookies import SimpleCookie
c = SimpleCookie("a=1; b=2")
c["a"]["path"] = "/"
print(c.output(), http.HTTPStatus(404).phrase, http.HTTPMethod.GET)

# --- wave
import io
import wave
b = io.BytesIO()
with wave.open(b, "wb") as w:
    w.setparams((1, 2, 8000, 0, "NONE", ""))
    w.writeframes(b"\0\1" * 10)
b.seek(0)
wave.open(b).getparams()

# --- netrc-and-others
import fileinput
import netrc
import nturl2path
import optparse
p = optparse.OptionParser(prog="x")
p.add_option("-n", type="int", default=1)
p.parse_args(["-n", "5", "rest"])

# --- struct-of-file
import io
f = io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(8))
f.read(8), f.tell(), f.seek(-2, 2), f.read()

# --- xmlrpc
import xmlrpc.client
text = xmlrpc.client.dumps((1, "a", [True]), "method")
xmlrpc.client.loads(text)
