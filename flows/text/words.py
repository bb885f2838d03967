"""Comparison of words and codes that people type."""

import re


def same_words(left: str, right: str) -> bool:
    """Whether two labels are the same to a person: case, icons and spaces do not count."""
    return bool(left) and plain_words(left) == plain_words(right)


def plain_words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def codes_in(text: str, known: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes in a text ("ppa06 kbk-03"), and the words that look like codes but are none."""
    by_plain = {plain_words(code).replace(" ", ""): code for code in known}
    found: list[str] = []
    unknown: list[str] = []
    for word in re.findall(r"[A-Za-z]{2,5}\s?-?\s?\d{1,3}", text):
        letters = re.sub(r"[^a-z]", "", word.casefold())
        digits = re.sub(r"\D", "", word)
        code = by_plain.get(letters + digits) or by_plain.get(letters + digits.zfill(2))
        if code:
            found.append(code)
        else:
            unknown.append(word.strip().upper())
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unknown))
