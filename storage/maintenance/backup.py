"""A backup: the database and every stored file in one archive, checked before it counts."""

import hashlib
import io
import json
import os
import re
import sqlite3
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

MANIFEST, DATABASE = "manifest.json", "sigap.db"
FOLDERS = ("files", "sheets")
KNOWN = re.compile(r"sigap\.db|files/[0-9a-f]{2}/[0-9a-f]{64}|sheets/[0-9a-f]{64}\.json")
RESTORED = "restored"
# Errors of the libraries for a truncated or damaged archive.
UNREADABLE = (tarfile.TarError, zlib.error, EOFError, ValueError)
CHUNK = 1 << 20
SWEPT_TRIES, SWEPT_SECONDS = 5, 1.0
# Rows may have been sent after the backup: uncertain ones are not simply sent again.
DOUBTFUL = "UPDATE outbox SET state = 'uncertain' WHERE state IN ('pending', 'sending')"
NAME = re.compile(r"sigap-(\d{8})-(\d{4})\.tar\.gz")


class BackupFailed(Exception):
    """No backup was made; the message says why."""


class RestoreRefused(Exception):
    """Nothing was restored or changed; the message says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """`damaged`: stored files that do not match their names; the backup holds them unchanged."""

    path: Path
    size: int
    files: int
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: datetime
    files: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    path: Path
    sha256: str
    size: int


def back_up(database: Path, data_dir: Path, target: Path, now: datetime) -> Backup:
    """Backs up a running bot: first a snapshot of the database, then the files it names.

    In this order none is missing: a file is written before its row, and only what no row names
    is deleted.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".coming-") as folder:
            copy, whole = Path(folder) / DATABASE, Path(folder) / "archive"
            _copy_database(database, copy)
            entries = _archived(whole, copy, data_dir, now)
            _check(whole)
            with whole.open("rb") as stream:
                os.fsync(stream.fileno())
            whole.replace(target)
    except (OSError, sqlite3.Error, RestoreRefused, *UNREADABLE) as fault:
        raise BackupFailed(f"{target}: {fault}") from fault
    files = (entry for entry in entries if entry.name.startswith("files/"))
    damaged = tuple(file.name for file in files if file.path.stem != file.sha256)
    return Backup(target, target.stat().st_size, len(entries) - 1, damaged)


def restore(
    archive: Path, database: Path, data_dir: Path, now: datetime, *, is_blank: bool = False
) -> Restored:
    """Restores where no database is, all or nothing; the database is moved last.

    Nothing is overwritten: a stored file that differs from the archive's, and with `is_blank`
    the database that is there, are put aside under another name.
    """
    # SQLite would apply the journal of a killed bot to the restored database.
    logs = [database.with_name(database.name + tail) for tail in ("-wal", "-journal")]
    if is_blank:
        _write_back(database)
    for place in logs if is_blank else (database, *logs):
        if place.is_file() and (place == database or place.stat().st_size):
            raise RestoreRefused(f"{place} exists; restore into an empty place")
    data_dir.mkdir(parents=True, exist_ok=True)
    database.parent.mkdir(parents=True, exist_ok=True)
    # Each on the disk of its target, for rename(): the database may be on another disk.
    with (
        tempfile.TemporaryDirectory(dir=data_dir, prefix=".restoring-") as folder,
        tempfile.TemporaryDirectory(dir=database.parent, prefix=".restoring-") as beside,
    ):
        coming = Path(beside) / DATABASE
        try:
            made_at, count = _unpack(archive, Path(folder), coming)
            doubtful = _prepare(coming, made_at, now)
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    _bring(path, data_dir / path.relative_to(folder))
        except (RestoreRefused, OSError, sqlite3.Error, *UNREADABLE) as fault:
            raise RestoreRefused(f"{archive}: {fault}; {_remedy(fault)}") from fault
        if database.is_file():
            database.rename(_spare_name(database))
        coming.rename(database)
    return Restored(made_at, count - 1, doubtful)


def _write_back(database: Path) -> None:
    """Ends the log of a database that nobody has open."""
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _bring(source: Path, target: Path) -> None:
    if target.is_file() and _sha256(target) == _sha256(source):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(_spare_name(target))
    source.rename(target)


def _spare_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.before-restore-{n}") for n in range(1, 1_000_000))
    return next(name for name in names if not name.exists())


def _remedy(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.errno is not None:
        return "see that there is room where it goes, and that you may write there"
    return "take another copy of it, or an earlier backup"


def _copy_database(database: Path, copy: Path) -> None:
    """Copies by VACUUM INTO: a copy of the file alone would lack the rows in the WAL."""
    if not database.is_file():
        raise BackupFailed(f"{database} is no file")
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    _check_database(copy)


def _check_database(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            [damage] = connection.execute("PRAGMA integrity_check(1)").fetchone()
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as fault:
        raise RestoreRefused(f"the database in it cannot be read ({fault})") from fault
    if damage != "ok" or loose is not None:
        raise RestoreRefused(f"the database is damaged ({loose or damage})")


def _archived(target: Path, copy: Path, data_dir: Path, now: datetime) -> list[_Entry]:
    """Begins anew when a file that no row names is removed meanwhile, once a day."""
    for is_last in (*[False] * SWEPT_TRIES, True):
        try:
            entries = [_entry(DATABASE, copy), *_stored(data_dir)]
            _write(target, entries, now)
            break
        except FileNotFoundError:
            if is_last:
                raise
            time.sleep(SWEPT_SECONDS)
    return entries


def _stored(data_dir: Path) -> Iterator[_Entry]:
    for part in FOLDERS:
        for path in sorted((data_dir / part).rglob("*")):
            name = path.relative_to(data_dir).as_posix()
            if KNOWN.fullmatch(name) and path.is_file():
                yield _entry(name, path)


def _entry(name: str, path: Path) -> _Entry:
    return _Entry(name, path, _sha256(path), path.stat().st_size)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(target: Path, entries: list[_Entry], now: datetime) -> None:
    content = {entry.name: {"sha256": entry.sha256, "size": entry.size} for entry in entries}
    told = {"made_at": now.isoformat(), "content": content}
    manifest = json.dumps(told, indent=1).encode()
    with tarfile.open(target, "w:gz", compresslevel=5) as tar:
        first = tarfile.TarInfo(MANIFEST)
        first.size, first.mtime = len(manifest), int(now.timestamp())
        tar.addfile(first, io.BytesIO(manifest))
        for entry in entries:
            info = tarfile.TarInfo(entry.name)
            info.size, info.mtime = entry.size, int(now.timestamp())
            with entry.path.open("rb") as stream:
                tar.addfile(info, stream)


def _check(archive: Path) -> None:
    """Reads the archive as a restore does; raises RestoreRefused if it differs."""
    with tarfile.open(archive, "r:gz") as tar:
        _, content = _manifest(tar)
        for name, stream in _members(tar):
            _expect(content, name, _digest(stream))
    if content:
        raise RestoreRefused(f"{min(content)} is missing")


def _unpack(archive: Path, folder: Path, database: Path) -> tuple[datetime, int]:
    """The time of the backup and its number of files."""
    with tarfile.open(archive, "r:gz") as tar:
        made_at, awaited = _manifest(tar)
        count = len(awaited)
        for name, stream in _members(tar):
            target = database if name == DATABASE else folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as kept:
                _expect(awaited, name, _digest(stream, kept))
                kept.flush()
                os.fsync(kept.fileno())
    if awaited:
        raise RestoreRefused(f"{min(awaited)} is missing")
    return made_at, count


def _manifest(tar: tarfile.TarFile) -> tuple[datetime, dict[str, str]]:
    """The time of the backup and the SHA-256 of every file by name."""
    first = tar.next()
    stream = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    try:
        told = json.loads(stream.read()) if stream is not None else {}
        made_at = datetime.fromisoformat(told["made_at"])
        content = {str(name): str(entry["sha256"]) for name, entry in told["content"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        content = {}
    if DATABASE not in content:
        raise RestoreRefused("this is no backup of this program")
    return made_at, content


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """Regular files with known names only: no member can point outside the folder."""
    while (member := tar.next()) is not None:
        stream = tar.extractfile(member) if member.isreg() else None
        if stream is None or not KNOWN.fullmatch(member.name):
            raise RestoreRefused(f"{member.name!r} does not belong in a backup")
        yield member.name, stream
    # Read to the end: gzip's checksum of the whole, with the manifest, comes last.
    while tar.fileobj is not None and tar.fileobj.read(CHUNK):
        pass


def _digest(stream: IO[bytes], kept: IO[bytes] | None = None) -> str:
    found = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        found.update(chunk)
        if kept is not None:
            kept.write(chunk)
    return found.hexdigest()


def _expect(awaited: dict[str, str], name: str, sha256: str) -> None:
    if awaited.pop(name, None) != sha256:
        raise RestoreRefused(f"{name} is not what the backup says it is")


def _prepare(database: Path, made_at: datetime, now: datetime) -> int:
    _check_database(database)
    told = json.dumps({"made_at": made_at.isoformat(), "at": now.isoformat()})
    with closing(sqlite3.connect(database)) as connection, connection:
        doubtful = connection.execute(DOUBTFUL).rowcount
        put = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
        connection.execute(put, (RESTORED, told))
    return doubtful


def backup_name(local: datetime) -> str:
    return f"sigap-{local:%Y%m%d-%H%M}.tar.gz"


def backups(folder: Path) -> list[Path]:
    """Backups in the folder by their names, oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if NAME.fullmatch(path.name))


def spare(paths: Iterable[Path], days: int, weeks: int, months: int) -> list[Path]:
    """Backups to delete: all but the newest of each of the last days, weeks and months."""
    newest_first = sorted(paths, key=lambda path: path.name, reverse=True)
    kept: set[Path] = set()
    rules: tuple[tuple[Callable[[date], Any], int], ...] = (
        (lambda day: day, days),
        (lambda day: day.isocalendar()[:2], weeks),
        (lambda day: (day.year, day.month), months),
    )
    for period, count in rules:
        newest: dict[Any, Path] = {}
        for path in newest_first:
            newest.setdefault(period(_day(path)), path)
        kept |= set(list(newest.values())[:count])
    return [path for path in newest_first if path not in kept]


def _day(path: Path) -> date:
    named = NAME.fullmatch(path.name)
    return datetime.strptime(named[1] if named else "", "%Y%m%d").date()  # noqa: DTZ007 # a day only
