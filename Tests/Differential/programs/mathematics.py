# --- math
import math
print(math.sqrt(2), math.factorial(25), math.gcd(12, 18, 27), math.lcm(4, 6), math.comb(10, 3), math.perm(5, 2))
print(math.isclose(0.1 + 0.2, 0.3), math.fsum([0.1] * 10), math.prod([2, 3]), math.dist((0, 0), (3, 4)), math.hypot(1, 2, 2))
math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.modf(3.25), math.frexp(8.0), math.nextafter(1, 2), math.ulp(1.0)

# --- math-trigonometry
import math
[round(f(0.5), 12) for f in (math.sin, math.cos, math.tan, math.asin, math.atan, math.sinh, math.erf, math.gamma, math.log2, math.expm1)]

# --- math-domain
import math
math.sqrt(-1)

# --- math-range
import math
math.exp(1000)

# --- math-type
import math
math.factorial(2.5)

# --- cmath
import cmath
print(cmath.sqrt(-1), cmath.polar(1j), cmath.phase(-1), cmath.isinf(complex("inf")), complex("1+2j").conjugate())
abs(3 + 4j), (1 + 2j) / (3 - 1j), complex(1.5, -0.0)

# --- float-methods
print((0.75).as_integer_ratio(), (255.5).hex(), float.fromhex("0x1.8p1"), (2.0).is_integer(), float("1e-5"), 1e16, 1e15, 123456789.123456789)
float("nan") == float("nan"), float("inf") - float("inf"), 1e308 * 10, -1e-400

# --- float-divmod
divmod(7.5, 2), -7.5 // 2, -7.5 % 2, 2 ** -1, 2 ** 0.5, (-8) ** (1 / 3)

# --- float-mod-zero
5.0 % 0

# --- zero-to-negative-power
0 ** -1

# --- decimal
from decimal import Decimal, getcontext, localcontext, ROUND_HALF_EVEN, ROUND_UP
print(Decimal("0.1") + Decimal("0.2"), Decimal(1) / 7, Decimal("1.25").quantize(Decimal("0.1"), ROUND_HALF_EVEN))
with localcontext() as c:
    c.prec = 5
    print(Decimal(2).sqrt(), Decimal(1) / 3)
print(Decimal("1E+3"), Decimal("123.4500").normalize(), Decimal(0.1), f"{Decimal('1234.5'):,.3f}")
Decimal("3.14").as_tuple(), Decimal("-0"), Decimal("Infinity") > 5

# --- decimal-division-by-zero
from decimal import Decimal
Decimal(1) / 0

# --- decimal-mixing
from decimal import Decimal
Decimal("1.1") + 1.1

# --- decimal-context (alone)
import decimal
decimal.getcontext().prec = 4
decimal.getcontext().traps[decimal.Inexact] = True
decimal.Decimal(1) / 3

# --- fractions
from fractions import Fraction as F
print(F(1, 3) + F(1, 6), F("0.125"), F(0.5), F(3.14159).limit_denominator(100), F(7, 2).__floor__(), round(F(5, 2)))
f"{F(1, 3):.4f}", F(2, 4) == 0.5, divmod(F(7, 2), F(1, 3)), F(1, 0)

# --- statistics
import statistics as s
data = [2, 4, 4, 4, 5, 5, 7, 9]
print(s.mean(data), s.median(data), s.mode(data), s.pstdev(data), s.variance(data), s.quantiles(data, n=4))
print(s.fmean([1, 2.5]), s.harmonic_mean([40, 60]), s.geometric_mean([1, 4]), s.multimode("aabb"), s.correlation([1, 2, 3], [2, 4, 7]))
s.linear_regression([1, 2, 3], [2, 4, 6.5]), s.NormalDist(10, 2).cdf(12)

# --- statistics-empty
import statistics
statistics.mean([])

# --- random-seeded
import random
r = random.Random(42)
print(r.random(), r.randint(1, 100), r.choice("abc"), r.sample(range(50), 4), r.gauss(0, 1), r.uniform(1, 2))
a = list(range(6))
r.shuffle(a)
a, r.choices("xyz", weights=[1, 2, 3], k=4), r.getrandbits(70), r.betavariate(1, 2), r.expovariate(1.5)

# --- random-global-seed (alone)
import random
random.seed("a text")
[random.random() for _ in range(3)], random.randbytes(4)

# --- random-errors
import random
random.choice([])

# --- secrets
import secrets
len(secrets.token_hex(8)), len(secrets.token_bytes(5)), secrets.randbelow(1), secrets.compare_digest("a", "a")

# --- numbers
import numbers
[isinstance(x, k) for x in (1, 1.5, 2j, True) for k in (numbers.Integral, numbers.Real, numbers.Complex)]

# --- int-builtin
[int(3.9), int("-5"), int(True), int("ff", 16), bin(10), oct(8), hex(-255), complex("2j"), bool("False")]

# --- int-of-nan
int(float("nan"))

# --- int-of-infinity
int(float("inf"))

# --- int-bad-base
int("9", 8)

# --- pow-three
pow(2, 10, 1000), pow(2.5, 2), pow(0, 0), pow(2, -2)

# --- bit-operations
[5 & 3, 5 | 3, 5 ^ 3, ~5, 5 << 70, -5 >> 1, True ^ True]

# --- sum-of-floats
sum([0.1] * 10), sum([1e16, 1, -1e16]), sum([1, 2.5, 1j])

# --- colorsys
import colorsys
[tuple(round(x, 4) for x in colorsys.rgb_to_hsv(0.2, 0.4, 0.6)), colorsys.hls_to_rgb(0.5, 0.5, 0.5)]

# --- matrix-operator
class M:
    def __init__(self, n):
        self.n = n

    def __matmul__(self, other):
        return self.n * other.n

    def __rmul__(self, other):
        return NotImplemented

print(M(3) @ M(4))
2 * M(1)

# --- primes
def primes(n):
    sieve = bytearray([1]) * (n + 1)
    for p in range(2, int(n ** 0.5) + 1):
        if sieve[p]:
            sieve[p * p :: p] = bytes(len(range(p * p, n + 1, p)))
    return [i for i in range(2, n + 1) if sieve[i]]

len(primes(20000)), primes(30)

# --- fibonacci-big
a, b = 0, 1
for _ in range(1000):
    a, b = b, a + b
a

# --- pi-digits
from decimal import Decimal, localcontext
with localcontext() as c:
    c.prec = 60
    a, b, t, p = Decimal(1), 1 / Decimal(2).sqrt(), Decimal("0.25"), 1
    for _ in range(6):
        n = (a + b) / 2
        b, t, p, a = (a * b).sqrt(), t - p * (a - n) ** 2, 2 * p, n
    print((a + b) ** 2 / (4 * t))
