"""The store: opens the database for writing transactions and for consistent reads."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from storage.faults import StoreBroken
from storage.files import Files
from storage.maintenance.migrating import migrate
from storage.reading.queries import Queries
from storage.record.unit import Cache, UnitCache, UnitOfWork
from storage.transaction import Transaction

BUSY_MILLISECONDS = 10_000
WRITING = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
READING = ("query_only=ON",)


class Store:
    def __init__(self, url: str, data_dir: Path, key: bytes | None) -> None:
        self.files = Files(data_dir)
        self._data_dir = data_dir
        self._key = key
        self._cache = Cache()
        database = make_url(url).database
        if database:
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        # The deferred BEGIN of SQLite loses increments or fails at once when two write.
        self._writing = _engine(url, "BEGIN IMMEDIATE", WRITING)
        self._reading = _engine(url, "BEGIN", READING)

    def migrate(self) -> None:
        """Migrates an empty or older database to the newest schema, after a copy of it.

        StoreTooNew for a newer one, StoreBroken for a foreign or damaged one; both unchanged.
        """
        migrate(self._writing, self._reading, self._data_dir / "backups")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Commits on return, rolls back on raise."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            unit = UnitOfWork(session, self._key, UnitCache(self._cache))
            yield Transaction(unit)
        # After the commit: other units of work must not see values rolled back.
        unit.cache.publish()

    @contextmanager
    def reading(self) -> Iterator[Queries]:
        """Reads of one consistent moment (snapshot); they do not block writers."""
        with Session(self._reading) as session, session.begin():
            yield Queries(UnitOfWork(session, self._key, UnitCache(self._cache)))

    def close(self) -> None:
        self._writing.dispose()
        self._reading.dispose()


def audit_key(path: Path) -> bytes:
    """The key of the seals (32 bytes), created at the first start with mode 0600."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(32) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise StoreBroken(f"{path}: no key of 64 hexadecimal digits; put the office's key back")
    return key


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
