"""A file on its way out."""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paper:
    """Ready to be sent under its name: `path` is named by the content's SHA-256, a picture goes
    as a photo. `upload` is Telegram's own id of it, where it has it already."""

    name: str
    path: Path
    is_picture: bool = False
    upload: str = ""

    @property
    def key(self) -> str:
        """Of content, sort and name: to an id Telegram keeps what it was uploaded as."""
        told = f"{self.path.name}/{self.is_picture}/{self.name}"
        return hashlib.sha256(told.encode()).hexdigest()

    async def content(self) -> bytes:
        return await asyncio.to_thread(self.path.read_bytes)
