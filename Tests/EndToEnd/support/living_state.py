"""A session with objects that cannot be pickled, and code that looks at all of them and moves them on."""

BEGIN = """\
import io, random
import pandas as pd
numbers = (n * n for n in range(100)); next(numbers), next(numbers)
def counter():
    total = 0
    def add():
        nonlocal total
        total += 1
        return total
    return add

add = counter(); add()
class Square:
    def __init__(self, side): self.side = side
    def __repr__(self): return f"square {self.side}"

square = Square(3)
text = io.StringIO("one two three"); text.read(4)
frame = pd.DataFrame({"a": [1, 2, 3]})
random.seed(7); None
"""

LOOK = "[next(numbers), add(), square, text.read(4), int(frame.a.sum()), random.randrange(1000)]"

SPOIL = "numbers.close(); add(); square.side = 4; text.seek(0); frame['a'] = 0; None"

FIRST = "[4, 2, square 3, 'two ', 6, "
"""The beginning of the first look; the number that follows is always the same one."""
