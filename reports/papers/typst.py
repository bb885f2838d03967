"""Rendering by Typst: fixed templates, data as JSON only."""

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from PIL import Image

Format = Literal["pdf", "png"]
_HERE = Path(__file__).parents[1]
TEMPLATES = _HERE / "templates"
FONTS = _HERE / "fonts"
# A picture above LIGHT bytes goes out with COLOURS colours.
COLOURS, LIGHT = 64, 100_000


class RenderFailed(Exception):
    """The template gives more than one page for a picture."""


def render(
    template: str,
    data: Mapping[str, Any],
    target: Path,
    format: Format = "pdf",
    templates: Path = TEMPLATES,
) -> None:
    """Writes the paper to `target`. Same data, same bytes: the only date is in the data."""
    shape = data.get("bentuk", 1)
    source = templates / (f"{template}_{shape}.typ" if shape > 1 else f"{template}.typ")
    try:
        drawn = _drawn(source, data, format)
    except typst.TypstError:
        if not data.get("logo"):
            raise
        # A damaged logo must not prevent the paper.
        drawn = _drawn(source, {**data, "logo": None}, format)
    if not isinstance(drawn, bytes):
        raise RenderFailed(f"{template!r} gives {len(drawn)} pages, a picture must be one")
    # Without fsync: `target` is temporary, and the store syncs its own copy.
    target.write_bytes(lighter(drawn) if format == "png" else drawn)


def _drawn(template: Path, data: Mapping[str, Any], format: Format) -> bytes | list[bytes]:
    drawn: bytes | list[bytes] = _compiler(template.parent).compile(
        template,
        format=format,
        ppi=144.0,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return drawn


@cache
def _compiler(templates: Path) -> Any:
    """One compiler per process; it loads only the fonts of the project."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(root=templates, font_paths=fonts)


def lighter(png: bytes) -> bytes:
    """The PNG with COLOURS colours, about a third of its size; unchanged up to LIGHT bytes."""
    if len(png) <= LIGHT:
        return png
    drawn = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    flat.save(drawn, "PNG", compress_level=6)
    return drawn.getvalue()
