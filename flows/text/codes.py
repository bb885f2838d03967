"""Authenticity codes of papers as people type them."""

import re

CODE = re.compile(r"(?<![0-9A-Fa-f])([0-9A-Fa-f]{4})[-\s]?([0-9A-Fa-f]{4})(?![0-9A-Fa-f])")


def code_in(text: str) -> str:
    """The eight digits of the paper named; empty where the words name none."""
    found = CODE.search(text)
    return (found[1] + found[2]).lower() if found else ""
