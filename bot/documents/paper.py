"""A file to be sent, with its name and Telegram's file id; its drawing."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


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
