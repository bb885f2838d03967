"""`KODE angka`: a row named by its code in what was typed, and what is said of it."""

import re
from collections.abc import Iterable

from flows.text.plain import DASHES, clean_text

BETWEEN = r"[ ./-]*"
AFTER = r"(?: ?[:=] ?| )"
# What looks like a code, for telling one that nobody has from other words.
SHAPE = re.compile(rf"([A-Za-z]{{2,5}} ?-? ?[0-9]{{1,3}}){AFTER}(\S.*)")


def row_said(text: str, codes: Iterable[str]) -> tuple[str, str] | None:
    """The code the text begins with ("ppr02 = 66,75" names PPR-02) and the words behind it."""
    line = _line(text)
    for code in sorted(codes, key=len, reverse=True):
        found = re.fullmatch(rf"{_pattern(code)}{AFTER}(\S.*)", line, re.IGNORECASE)
        if found:
            return code, found[1]
    return None


def code_said(text: str, codes: Iterable[str]) -> str | None:
    """The one of the codes that the text is, however it is written."""
    line = _line(text)
    return next((c for c in codes if re.fullmatch(_pattern(c), line, re.IGNORECASE)), None)


def stranger_said(text: str, codes: Iterable[str]) -> tuple[str, str] | None:
    """What is written like a code but is none of these: with a hyphen, or with their letters."""
    found = SHAPE.fullmatch(_line(text))
    if found is None:
        return None
    letters = {_letters(code) for code in codes}
    is_meant = "-" in found[1] or _letters(found[1]) in letters
    return (found[1].upper(), found[2]) if is_meant else None


def _line(text: str) -> str:
    return clean_text(text).translate(DASHES)


def _letters(code: str) -> str:
    return re.sub(r"[^a-z]", "", code.casefold())


def _pattern(code: str) -> str:
    runs = re.findall(r"[A-Za-z]+|[0-9]+", code)
    return BETWEEN.join(f"0*{r.lstrip('0') or '0'}" if r.isdecimal() else r for r in runs)
