"""The zip archive of a workbook: its entries, and the sizes they really unpack to."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from reports.reading.refusals import Refused

MAX_FILE = 5 * 2**20
MAX_ENTRIES = 500
MAX_PART = 64 * 2**20
MAX_TOTAL = 96 * 2**20
CHUNK = 64 * 2**10
_ENCRYPTED_FLAG = 0x1


class Archive:
    """An opened zip that counts every byte it unpacks and stops at the limits."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise Refused("broken", part="") from fault
        self._unpacked = 0
        self.names = self._checked_names()

    def close(self) -> None:
        self._zip.close()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's bytes, unpacked in pieces and counted: the declared size is not trusted."""
        size = 0
        try:
            with self._zip.open(name) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if size > MAX_PART or self._unpacked > MAX_TOTAL:
                        raise Refused("bomb", part=name)
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            KeyError,
            RuntimeError,
        ) as fault:
            raise Refused("broken", part=name) from fault

    def _checked_names(self) -> tuple[str, ...]:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise Refused("bomb", part=f"{len(entries)}")
        seen: set[str] = set()
        for entry in entries:
            _check_entry(entry)
            if entry.filename.lower() in seen:
                raise Refused("broken", part=entry.filename)
            seen.add(entry.filename.lower())
        if sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise Refused("bomb", part=max(entries, key=lambda e: e.file_size).filename)
        return tuple(entry.filename for entry in entries if not entry.is_dir())


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise Refused("password")
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise Refused("broken", part=entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("broken", part=entry.filename)
