"""Authenticity codes of papers as people type them."""

import re

CODE = re.compile(r"(?<![0-9A-Fa-f])([0-9A-Fa-f]{4})[-\s]?([0-9A-Fa-f]{4})(?![0-9A-Fa-f])")

DEEP_LINK = re.compile(r"/start(?:@\w+)?\s+v_([0-9A-Fa-f]{8})", re.ASCII | re.IGNORECASE)

ASKED = re.compile(r"/verifikasi(?:@\w+)?(?:\s+(.*))?", re.ASCII | re.IGNORECASE | re.DOTALL)


def code_asked(text: str, *, is_awaited: bool = False) -> str:
    """The eight digits of the paper meant; empty where the words name none."""
    if is_awaited and (bare := CODE.search(text)) is not None:
        return (bare[1] + bare[2]).lower()
    link = DEEP_LINK.fullmatch(text.strip())
    if link is not None:
        return link[1].lower()
    asked = ASKED.fullmatch(text.strip())
    found = CODE.search(asked[1] or "") if asked is not None else None
    return (found[1] + found[2]).lower() if found else ""
