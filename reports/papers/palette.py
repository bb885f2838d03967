"""A drawn picture made light: a few flat colours need no sixteen million."""

import io

from PIL import Image

COLOURS = 64
LIGHT = 100_000


def lighter(png: bytes) -> bytes:
    """A third of the size for a weak network; to the eye the same. A small one stays as it is."""
    if len(png) <= LIGHT:
        return png
    drawn = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    flat.save(drawn, "PNG", compress_level=6)
    return drawn.getvalue()
