"""Stored files named by their SHA-256, written atomically; equal contents are one file."""

import hashlib
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path
from threading import Lock

HEXADECIMAL = frozenset("0123456789abcdef")
NAME = re.compile("[0-9a-f]{64}")


class Files:
    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "files"
        self._lock = Lock()

    def path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not HEXADECIMAL.issuperset(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256 in lower-case hexadecimal")
        return self._root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def older(self, before: datetime) -> frozenset[str]:
        """The SHA-256 of every file written, or kept again, before that moment."""
        found = self._root.glob("??/*") if self._root.is_dir() else ()
        names = (path for path in found if NAME.fullmatch(path.name))
        return frozenset(path.name for path in names if _is_older(path, before))

    def remove(self, sha256: str, before: datetime) -> bool:
        """Removes the file unless it was kept again since; the caller knows that no row names
        it."""
        path = self.path(sha256)
        with self._lock:
            if not path.is_file() or not _is_older(path, before):
                return False
            path.unlink()
        return True

    def keep(self, content: bytes | Path) -> str:
        """Stores the content durably (fsync) and returns its SHA-256."""
        data = content.read_bytes() if isinstance(content, Path) else content
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        with self._lock:
            is_there = target.is_file()
            if is_there:
                os.utime(target)  # so that no sweep takes it before its row is written
        if not is_there:
            write_whole(target, data)
        return sha256


def _is_older(path: Path, before: datetime) -> bool:
    return path.stat().st_mtime < before.timestamp()


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
