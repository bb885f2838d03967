"""The office's logo: used where it really is a picture, left out where it is not."""

from pathlib import Path

MOST_BYTES = 300_000
MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def read_logo(path: Path) -> bytes | None:
    """None for no file, no picture, or one too large to stand on every page."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    content = path.read_bytes()
    return content if content.startswith(MAGIC) else None
