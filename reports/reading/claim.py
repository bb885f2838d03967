"""The document code in a PDF: searched in its bytes and in its compressed streams."""

import re
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

# In the Info dictionary as bytes, or as UTF-16 where a program wrote it anew.
MARK = re.compile(rb"S\0?I\0?G\0?A\0?P\0?-\0?((?:[0-9A-F]\0?){4}-\0?(?:[0-9A-F]\0?){4})")
STREAM = re.compile(rb"stream\r?\n")
MOST_BYTES = 20 * 2**20
MOST_STREAMS = 2000
MOST_INFLATED = 2**18


def claimed_code(path: Path) -> str:
    """Empty for a file without one."""
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES)
    for part in chain((content,), _packed(content)):
        if (found := MARK.search(part)) is not None:
            return found[1].replace(b"\0", b"").decode()
    return ""


def _packed(content: bytes) -> Iterator[bytes]:
    """The first bytes of each compressed stream, decompressed."""
    for index, start in enumerate(STREAM.finditer(content)):
        if index == MOST_STREAMS:
            return
        try:
            yield zlib.decompressobj().decompress(
                memoryview(content)[start.end() :], MOST_INFLATED
            )
        except zlib.error:
            continue
