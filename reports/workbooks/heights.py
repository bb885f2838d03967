"""Heights of rows with wrapped text; a spreadsheet that opens the file does not compute them."""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_pixel_width

LINE = 1.3  # of the font's size
PADDING = 2.0
HIGHEST = 409.0  # points: Excel's own limit
DIGIT, MARGIN = 7, 5  # pixels: a column of width w has 7w + 5 of them
# The library measures Calibri 11, which is as wide as Arial 10.
WIDER = 0.1
WIDEST = 12  # pixels of one character

# A text and the width of its column.
Sized = tuple[str, float]


def set_height(
    sheet: Any, row: int, cells: Iterable[Sized], size: float = 10, least: float = 0
) -> None:
    """Makes the row (counted from 0) high enough for the wrapped texts of its cells."""
    height = max(least, row_height(cells, size))
    if height > one_line(size):
        sheet.set_row(row, height)


def row_height(cells: Iterable[Sized], size: float = 10) -> float:
    most = max((lines(text, width, size) for text, width in cells), default=1)
    return min(HIGHEST, math.ceil(most * LINE * size + PADDING))


def one_line(size: float = 10) -> float:
    return math.ceil(LINE * size + PADDING)


def lines(text: str, width: float, size: float = 10) -> int:
    """How many lines the text takes in a column of this width."""
    room = width * DIGIT
    if "\n" not in text and len(text) * WIDEST * size * WIDER <= room:
        return 1
    return sum(_lines_of(line, room / (size * WIDER)) for line in text.split("\n"))


def _lines_of(line: str, room: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        length = _length(word)
        if used and used + _length(" ") + length > room:
            count, used = count + 1, 0.0
        used += length + (_length(" ") if used else 0)
        if used > room:
            count += math.ceil(used / room) - 1
            used %= room
    return count


@lru_cache(maxsize=8192)
def _length(word: str) -> float:
    return float(xl_pixel_width(word))
