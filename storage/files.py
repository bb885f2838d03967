"""Stored files named by their SHA-256, written atomically; equal contents are one file."""

import hashlib
import os
import tempfile
from pathlib import Path

HEXADECIMAL = frozenset("0123456789abcdef")


class Files:
    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "files"

    def path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not HEXADECIMAL.issuperset(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256 in lower-case hexadecimal")
        return self._root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def keep(self, content: bytes | Path) -> str:
        """Stores the content durably (fsync) and returns its SHA-256."""
        data = content.read_bytes() if isinstance(content, Path) else content
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        if not target.is_file():
            write_whole(target, data)
        return sha256


def write_whole(target: Path, data: bytes) -> None:
    """Writes atomically: `target` is complete or absent, also after a power cut."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".coming-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    for folder in (target.parent, target.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
