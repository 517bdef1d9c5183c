# --- none
None

# --- true
1 < 2

# --- int
6 * 7

# --- big-int
2 ** 200

# --- negative-big-int
-(10 ** 30)

# --- float
0.1 + 0.2

# --- whole-float
7 / 7

# --- large-float
1e300 * 10

# --- small-float
5e-324

# --- infinity
[float("inf"), float("-inf"), float("nan")]

# --- infinity-alone
float("inf")

# --- nan-alone
float("nan")

# --- negative-zero
-0.0

# --- complex
(1 + 2j) ** 2

# --- string
"a string with 'quotes' and \"others\""

# --- empty-string
""

# --- multiline-string
"one\ntwo\n"

# --- unicode-string
"naïve 日本語 🐍 \u0301"

# --- tag-in-string
"</return_value><b>&amp;"

# --- bytes-ascii
b"plain bytes"

# --- bytes-utf8
"ä€".encode()

# --- bytes-not-utf8
b"\xff\x00"

# --- bytearray
bytearray(b"abc")

# --- memoryview
memoryview(b"abc")

# --- list
[1, "two", 3.5, None, True, [], {}]

# --- tuple
(1, (2, (3,)))

# --- empty-containers
[(), [], {}, set(), frozenset()]

# --- set-of-one
{5}

# --- frozenset-of-one
frozenset(["x"])

# --- set-of-sets
{frozenset({1})}

# --- dict
{"a": 1, "b": {"c": [2]}}

# --- dict-int-keys
{1: "one", 2: "two"}

# --- dict-mixed-keys
{None: 1, True: 2, 1.5: 3, "s": 4}

# --- dict-tuple-keys
{(1, 2): "pair", (): "none"}

# --- dict-frozenset-key
{frozenset({1}): 2}

# --- dict-of-bytes
{b"k": b"v"}

# --- dict-views
d = {"x": 1, "y": 2}
[d.keys(), d.values(), d.items()]

# --- dict-keys-alone
{"x": 1}.keys()

# --- range
range(3, 12, 4)

# --- slice
slice(1, None, 2)

# --- ellipsis
...

# --- not-implemented
NotImplemented

# --- type
dict

# --- own-type
class Local:
    pass

Local

# --- own-object
class Thing:
    def __repr__(self):
        return "<a thing>"

Thing()

# --- own-object-without-repr
class Plain:
    pass

Plain()

# --- list-of-objects
class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Point({self.x})"

[Point(1), {"p": Point(2)}]

# --- function
def add(a, b):
    return a + b

add

# --- lambda
(lambda x: x)

# --- builtin
len

# --- method
[].append

# --- module
import json
json

# --- generator
(n * n for n in range(4))

# --- generator-in-list
[(n for n in range(2)), 5]

# --- map
map(str, [1, 2])

# --- zip
zip("ab", [1, 2])

# --- enumerate
enumerate("ab")

# --- reversed
reversed([1, 2, 3])

# --- list-iterator
iter([1, 2, 3])

# --- endless-iterator
import itertools
itertools.count()

# --- coroutine-function
async def work():
    return 1

work

# --- exception
ValueError("bad", 3)

# --- list-of-exceptions
[ValueError("bad"), KeyError("k")]

# --- namedtuple
from collections import namedtuple
P = namedtuple("P", "x y")
P(1, 2)

# --- dataclass
from dataclasses import dataclass

@dataclass
class Item:
    name: str
    price: float = 1.5

Item("tea")

# --- dataclass-nested
from dataclasses import dataclass, field

@dataclass
class Inner:
    n: int

@dataclass
class Outer:
    inner: Inner
    items: list = field(default_factory=list)

Outer(Inner(1), [Inner(2)])

# --- dataclass-slots
from dataclasses import dataclass

@dataclass(slots=True, frozen=True)
class S:
    a: int
    b: str

S(1, "x")

# --- enum
import enum

class Colour(enum.Enum):
    RED = 1
    BLUE = "b"

[Colour.RED, Colour.BLUE]

# --- enum-alone
import enum

class Level(enum.IntEnum):
    LOW = 1

Level.LOW

# --- str-enum
import enum

class Mode(enum.StrEnum):
    FAST = "fast"

Mode.FAST

# --- flag
import enum

class Perm(enum.Flag):
    R = 4
    W = 2

Perm.R | Perm.W

# --- datetime
import datetime
datetime.datetime(2026, 11, 28, 12, 30, 5, 250000)

# --- datetime-zoned
import datetime as dt
dt.datetime(2026, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))

# --- date-time-delta
import datetime as dt
[dt.date(2026, 2, 3), dt.time(4, 5), dt.timedelta(days=1, seconds=2), dt.timedelta(0)]

# --- decimal
from decimal import Decimal
[Decimal("1.10"), Decimal("NaN")]

# --- fraction
from fractions import Fraction
Fraction(3, 9)

# --- uuid
import uuid
uuid.UUID(int=5)

# --- path
import pathlib
pathlib.Path("/tmp") / "a.txt"

# --- regex-match
import re
re.match("a+", "aab")

# --- regex-pattern
import re
re.compile("a+", re.I)

# --- counter
from collections import Counter
Counter("banana")

# --- defaultdict
from collections import defaultdict
d = defaultdict(list)
d["a"].append(1)
d

# --- ordered-dict
from collections import OrderedDict
OrderedDict(b=1, a=2)

# --- deque
from collections import deque
deque([1, 2, 3], maxlen=2)

# --- chain-map
from collections import ChainMap
ChainMap({"a": 1}, {"b": 2})

# --- user-list-and-dict
from collections import UserDict, UserList
[UserList([1]), UserDict(a=1)]

# --- mapping-proxy
import types
types.MappingProxyType({"a": 1})

# --- simple-namespace
import types
types.SimpleNamespace(a=1, b="x")

# --- array
import array
array.array("i", [1, 2])

# --- int-subclass
class Age(int):
    pass

Age(5)

# --- str-subclass
class Name(str):
    def __repr__(self):
        return "a name"

Name("x")

# --- list-subclass
class Row(list):
    def __repr__(self):
        return "a row"

Row([1, 2])

# --- dict-subclass
class Config(dict):
    pass

Config(a=1)

# --- float-subclass
class Metre(float):
    pass

[Metre(2.5), Metre(2)]

# --- repr-raises
class Bad:
    def __repr__(self):
        raise ValueError("no repr")

Bad()

# --- repr-raises-in-list
class Bad:
    def __repr__(self):
        raise ValueError("no repr")

[Bad()]

# --- cyclic-list
a = [1]
a.append(a)
a

# --- cyclic-dict
d = {}
d["self"] = d
d

# --- deep-list
a = []
for _ in range(100):
    a = [a]
a

# --- very-deep-list
a = []
for _ in range(300):
    a = [a]
a

# --- shared-list
a = [1]
[a, a, a]

# --- lone-surrogate
"\ud800"

# --- lone-surrogate-in-list
["\udc80 x"]

# --- nul-and-control
"a\x00b\x1b[31m\x07"

# --- semicolon-quiets
x = 5
x;

# --- assignment-has-no-value
x = 5

# --- walrus-value
(y := 7)

# --- last-is-statement
if True:
    5

# --- comment-after-value
3  # three

# --- empty-program
# nothing but a comment

# --- pass
pass

# --- pydantic-model
from pydantic import BaseModel

class User(BaseModel):
    name: str
    tags: list[str] = []

User(name="Ann", tags=["x"])

# --- pydantic-validation-error
from pydantic import BaseModel

class User(BaseModel):
    age: int

try:
    User(age="old")
except ValueError as error:
    print(type(error).__name__, error.error_count(), error.errors()[0]["type"])

# --- url-and-bytes-io
import io
io.StringIO("text").getvalue()

# --- file-object
import io
io.StringIO("a\nb\n")

# --- reader
import csv
csv.reader(["a,b", "c,d"])

# --- underscore
41
_ = 5
_ + 1

# --- long-list
list(range(3000))

# --- long-string
"x" * 5000

# --- template-string
name = "world"
t"hello {name!r:>10}"

# --- timezone
import datetime
datetime.timezone.utc

# --- ip-address
import ipaddress
[ipaddress.ip_address("10.0.0.1"), ipaddress.ip_network("10.0.0.0/8")]

# --- typing-objects
import typing
[list[int], typing.Optional[int], int | None]

# --- weakref
import weakref

class C:
    pass

c = C()
weakref.ref(c)() is c

# --- partial
import functools
functools.partial(int, base=2)("101")

# --- numeric-keys-sorted
{3: "c", 1: "a", -1: "z", 2.0: "b"}
