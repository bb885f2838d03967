"""The store: opens the database for writing transactions and for consistent reads."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.faults import StoreBroken, StoreLost
from storage.files import Files
from storage.maintenance.migrating import migrate
from storage.reading.queries import Queries
from storage.record.proofs import Proofs, ProvingSession
from storage.record.unit import Cache, UnitCache, UnitOfWork
from storage.transaction import Transaction

BUSY_MILLISECONDS = 10_000
WRITING = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
BRING_BACK = "bring it back as it was, or restore a backup, and start again"
READING = ("query_only=ON",)


class Store:
    def __init__(self, url: str, data_dir: Path, key: bytes | None) -> None:
        self.files = Files(data_dir)
        self._data_dir = data_dir
        self._key = key
        self._cache = Cache()
        self._database = Path(make_url(url).database or "")
        self._places: dict[Path, tuple[int, int] | None] = {}
        self._database.parent.mkdir(parents=True, exist_ok=True)
        # The deferred BEGIN of SQLite loses increments or fails at once when two write.
        self._writing = _engine(url, "BEGIN IMMEDIATE", WRITING)
        self._reading = _engine(url, "BEGIN", READING)
        for engine in (self._writing, self._reading):
            event.listen(engine, "do_connect", self._check_place)

    def migrate(self) -> None:
        """Migrates an empty or older database to the newest schema, after a copy of it.

        StoreTooNew for a newer one, StoreBroken for a foreign or damaged one; both unchanged.
        """
        migrate(self._writing, self._reading, self._data_dir / "backups")
        self._places = {place: _identity(place) for place in (self._database, self._data_dir)}

    def lost(self) -> str:
        """Which of database and DATA_DIR is not the one that was opened; empty: neither.

        What is written to a file without a name is gone with the process.
        """
        with suppress(OSError):  # a disk that does not answer is another fault
            for place, identity in self._places.items():
                if _identity(place) != identity:
                    return f"{place} was removed or exchanged while the bot worked; {BRING_BACK}"
        return ""

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Commits on return, rolls back on raise."""
        proofs = Proofs(self._key)
        begun = ProvingSession(self._writing, expire_on_commit=False)
        with self._telling_of_loss(), begun as session, session.begin():
            session.proofs = proofs
            unit = UnitOfWork(session, UnitCache(self._cache), proofs)
            yield Transaction(unit)
            unit.close()
        # After the commit: other units of work must not see values rolled back.
        unit.cache.publish()

    @contextmanager
    def reading(self) -> Iterator[Queries]:
        """Reads of one consistent moment (snapshot); they do not block writers."""
        begun = ProvingSession(self._reading)
        with self._telling_of_loss(), begun as session, session.begin():
            yield Queries(UnitOfWork(session, UnitCache(self._cache), Proofs(self._key)))

    def _check_place(self, *_: object) -> None:
        """Before each new connection, which would make the file anew."""
        if lost := self.lost():
            raise StoreLost(lost)

    @contextmanager
    def _telling_of_loss(self) -> Iterator[None]:
        """A database without its file fails with one error or another."""
        try:
            yield
        except DatabaseError as fault:
            if lost := self.lost():
                raise StoreLost(lost) from fault
            raise

    def close(self) -> None:
        self._writing.dispose()
        self._reading.dispose()


def audit_key(path: Path) -> bytes:
    """The key of the seals (32 bytes), created with mode 0600 where there is none: to be called
    for a new database only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(32) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    return read_key(path)


def read_key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise StoreBroken(f"{path}: no key of 64 hexadecimal digits; put the office's key back")
    return key


def _identity(place: Path) -> tuple[int, int] | None:
    """What a file or folder keeps when it is renamed, and another one in its place has not."""
    try:
        found = place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def _engine(url: str, begin: str, pragmas: tuple[str, ...]) -> Engine:
    # The values of a statement that fails would stand in the log: names, figures, notes.
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def open_connection(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def open_unit(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
