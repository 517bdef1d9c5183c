"""Reads sixel graphics, as far as our own need it."""

import re


def decode(data: str) -> tuple[int, int, dict[tuple[int, int], tuple[int, int, int]]]:
    """Width and height as announced, and the colour of each pixel in percent, by column and row."""
    announced = re.match(r'"1;1;(\d+);(\d+)', data)
    width, height = map(int, announced.groups())
    colours, pixels = {}, {}
    x = top = colour = 0
    for found in re.finditer(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|(\$)|(-)|(?:!(\d+))?([?-~])", data[announced.end() :]):
        number, *shares, chosen, back, down, count, sixel = found.groups()
        if number:
            colours[int(number)] = tuple(map(int, shares))
        elif chosen:
            colour = int(chosen)
        elif back:
            x = 0
        elif down:
            x, top = 0, top + 6
        else:
            for _ in range(int(count or 1)):
                for row in range(6):
                    if ord(sixel) - 63 >> row & 1:
                        assert (x, top + row) not in pixels, "a pixel is painted twice"
                        pixels[x, top + row] = colours[colour]
                x += 1
    return width, height, pixels
