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


def logo_flaw(path: Path) -> str:
    """Why papers go out without it; empty where they do not."""
    from PIL import Image  # seldom needed, and slow to import

    if not path.is_file():
        return "there is no such file"
    if path.stat().st_size > MOST_BYTES:
        return f"it has {path.stat().st_size // 1000} kB, at most {MOST_BYTES // 1000} are allowed"
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            picture.verify()
    except (OSError, SyntaxError, Image.DecompressionBombError):
        return "it is no PNG or JPEG picture"
    return ""
