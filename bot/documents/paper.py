"""Files to be sent: drawing, name, Telegram's file id, kind by content."""

import asyncio
import hashlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.receiving.updates import NAMELESS, PHOTO_NAME
from flows.text.plain import clean_text, cut

# Offset, magic bytes there, and the extensions of such a file, the usual one first.
KINDS: tuple[tuple[int, bytes, tuple[str, ...]], ...] = (
    (0, b"%PDF", ("pdf",)),
    (0, b"\xff\xd8\xff", ("jpg", "jpeg")),
    (0, b"\x89PNG\r\n\x1a\n", ("png",)),
    (0, b"GIF8", ("gif",)),
    (0, b"II*\x00", ("tif", "tiff")),
    (0, b"MM\x00*", ("tif", "tiff")),
    (8, b"WEBP", ("webp",)),
    (4, b"ftypheic", ("heic", "heif")),
    (4, b"ftypmif1", ("heic", "heif")),
    (4, b"ftyp", ("mp4", "mov", "m4a", "3gp")),
    (0, b"PK\x03\x04", ("zip", "docx", "xlsx", "pptx", "odt", "ods", "odp")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("doc", "xls", "ppt", "msg")),
    (0, b"Rar!", ("rar",)),
    (0, b"7z\xbc\xaf\x27\x1c", ("7z",)),
)
EXTENSIONS = frozenset(extension for _, _, fitting in KINDS for extension in fitting)
RESERVED = re.compile(r'[<>:"|?*]')
# Characters; keeps the whole name under 255 bytes of UTF-8 in any script.
LONGEST_STEM = 50

# Limits of sendPhoto (Bot API): bytes, width + height, wide side : narrow side.
PHOTO_BYTES = 10 * 2**20
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Paper:
    """`path` is named by the content's SHA-256; a picture is sent as a photo. `upload` is
    Telegram's file id, empty where it is not known."""

    name: str
    path: Path
    is_picture: bool = False
    upload: str = ""

    @property
    def key(self) -> str:
        """Hash of content, sort and name: a file id keeps the sort and name of its upload."""
        told = f"{self.path.name}/{self.is_picture}/{self.name}"
        return hashlib.sha256(told.encode()).hexdigest()

    async def content(self) -> bytes:
        return await asyncio.to_thread(self.path.read_bytes)


def drawn(draw: Callable[[Path], None]) -> bytes:
    """The content of the file that `draw` writes to the path it is given."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "paper"
        draw(target)
        return target.read_bytes()


def evidence_name(label: str, own: str, content: bytes) -> str:
    """ "Bukti PPA-06 – Rekap-KUA.pdf": the label, the name its sender gave it, its extension.

    The extension is that of the content where the content tells its kind. `own` is empty, or a
    name of the bot's own making, where the sender gave none: the label stands alone then.
    """
    given = ""
    if own not in (NAMELESS, PHOTO_NAME):
        # Without path and without characters that file systems refuse.
        words = clean_text(re.split(r"[/\\]", own)[-1]).split()
        given = RESERVED.sub("_", " ".join(words)).strip(". ")
    stem, claimed = _parted(given or label)
    fitting = _fitting(content)
    extension = claimed if claimed.lower() in fitting or not fitting else fitting[0]
    name = f"{label} – {cut(stem, LONGEST_STEM)}" if given else stem
    return f"{name}.{extension}" if extension else name


def is_photo(content: bytes) -> bool:
    """Whether the content is a JPEG or PNG within the limits of sendPhoto."""
    size = _picture_size(content)
    if size is None or len(content) > PHOTO_BYTES:
        return False
    narrow, wide = sorted(size)
    return narrow + wide <= PHOTO_SIDES and 0 < wide <= narrow * PHOTO_RATIO


def _parted(name: str) -> tuple[str, str]:
    """Stem and extension; "Surat 12.2026" has none."""
    stem, _, extension = name.rpartition(".")
    return (stem, extension) if stem and extension.lower() in EXTENSIONS else (name, "")


def _fitting(content: bytes) -> tuple[str, ...]:
    """The extensions of the content's kind; empty for an unknown kind."""
    found = (fitting for at, magic, fitting in KINDS if content.startswith(magic, at))
    return next(found, ())


def _picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG or PNG, from its header."""
    match _fitting(content)[:1]:
        case ("png",) if len(content) >= 24:
            return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
        case ("jpg",):
            return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in JPEG_FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
