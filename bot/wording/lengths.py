"""Limits of the length of a message in UTF-16 units, and truncation to them."""

import html
import re

CAPTION_LIMIT = 1024
PIECE = re.compile(r"<(/?)(\w+)[^>]*>|&[#\w]+;|[^<&]+|[<&]")
TAG = re.compile(r"<[^>]*>")


def visible_length(text: str) -> int:
    """The length that Telegram counts: without tags and entities, in UTF-16 units."""
    return _units(html.unescape(TAG.sub("", text)))


def fitting(text: str, limit: int, ending: str) -> str:
    """The text, cut to `limit` units with `ending` where it is longer; open tags are closed."""
    if visible_length(text) <= limit:
        return text
    left, kept, unclosed = limit - _units(ending), "", list[str]()
    for piece in PIECE.finditer(text):
        if piece[2]:
            unclosed = unclosed[:-1] if piece[1] else [*unclosed, piece[2]]
            kept += piece[0]
            continue
        left -= _units(html.unescape(piece[0]))
        if left < 0:
            kept += _start(piece[0], left)
            break
        kept += piece[0]
    return f"{kept}{ending}{''.join(f'</{tag}>' for tag in reversed(unclosed))}"


def _start(piece: str, over: int) -> str:
    """The piece without its last `-over` units; empty for an entity, which cannot be cut."""
    if piece.startswith("&"):
        return ""
    whole = piece.encode("utf-16-le")
    return whole[: len(whole) + 2 * over].decode("utf-16-le", "ignore").rstrip()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
