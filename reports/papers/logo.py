"""The office's logo as PNG or JPEG bytes, and the reason when it cannot be used."""

from pathlib import Path

MOST_BYTES = 300_000
MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def read_logo(path: Path) -> bytes | None:
    """None for no file, no picture, or more than MOST_BYTES, since every page repeats it."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    content = path.read_bytes()
    return content if content.startswith(MAGIC) else None


def logo_flaw(path: Path) -> str:
    """Why the logo is not used; empty when it is."""
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
