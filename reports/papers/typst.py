"""A paper drawn by Typst: the template's text is fixed, the data go in as JSON only."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from reports.papers.palette import lighter

Format = Literal["pdf", "png"]
_HERE = Path(__file__).parents[1]
TEMPLATES = _HERE / "templates"
FONTS = _HERE / "fonts"


class RenderFailed(Exception):
    """The template and the data do not go together."""


def render(
    template: str,
    data: Mapping[str, Any],
    target: Path,
    format: Format = "pdf",
    templates: Path = TEMPLATES,
) -> None:
    """The same data give the same bytes: the only date is the one among the data."""
    try:
        drawn = _drawn(templates / f"{template}.typ", data, format)
    except typst.TypstError:
        if not data.get("logo"):
            raise
        # A logo that is no picture must not keep a paper from its reader.
        drawn = _drawn(templates / f"{template}.typ", {**data, "logo": None}, format)
    if not isinstance(drawn, bytes):
        raise RenderFailed(f"{template!r} gives {len(drawn)} pages, a picture must be one")
    # Not flushed to the disk: it is a file on its way into the store, which does that.
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
    """One a process: it keeps the fonts that travel with the project, and sees no other."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(root=templates, font_paths=fonts)
