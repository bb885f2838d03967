"""The code a PDF says it bears, found in its raw bytes: the file itself is never opened."""

import re
from pathlib import Path

MARK = re.compile(rb"SIGAP-([0-9A-F]{4}-[0-9A-F]{4})")
MOST_BYTES = 5 * 2**20


def claimed_code(path: Path) -> str:
    """Empty for a file without one."""
    with path.open("rb") as stream:
        found = MARK.search(stream.read(MOST_BYTES))
    return found[1].decode() if found else ""
