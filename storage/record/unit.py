"""The unit of work that the parts of a transaction share, its cache, and cached statements."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, inspect
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel, or_
from sqlmodel.sql.expression import Select

from flows.model.events import Event
from storage.record.chain import append
from storage.record.proofs import OFFICE, Proofs, ProvingSession
from storage.record.verifying import Verification
from storage.rows.record_tables import ChainRow

LONGEST_WAIT = timedelta(hours=1)
MOST = 256

T = TypeVar("T")


class Cache:
    """Shared by all units of work of a store; the oldest entry is dropped first."""

    def __init__(self) -> None:
        self._entries: dict[Hashable, tuple[Hashable, Any]] = {}

    def find(self, about: Hashable) -> tuple[Hashable, Any] | None:
        return self._entries.get(about)

    def update(self, entries: Mapping[Hashable, tuple[Hashable, Any]]) -> None:
        for about, entry in entries.items():
            self._entries.pop(about, None)
            self._entries[about] = entry
        while len(self._entries) > MOST:
            del self._entries[next(iter(self._entries))]


class UnitCache:
    """Cache of one unit of work; `publish` shares its entries after the commit."""

    def __init__(self, shared: Cache) -> None:
        self._shared = shared
        self._entries: dict[Hashable, tuple[Hashable, Any]] = {}

    def get(self, about: Hashable, mark: Hashable, read: Callable[[], T]) -> T:
        """The value cached under this mark, else what `read` returns."""
        entry = self._entries.get(about) or self._shared.find(about)
        if entry is None or entry[0] != mark:
            entry = (mark, read())
        self._entries[about] = entry
        value: T = entry[1]
        return value

    def put(self, about: Hashable, mark: Hashable, value: Any) -> None:
        self._entries[about] = (mark, value)

    def clear(self) -> None:
        self._entries.clear()

    def publish(self) -> None:
        self._shared.update(self._entries)


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One unit of work on the database. `heads`: the chain heads locked in it, by chain;
    `abouts`: what the slots read in it are about, by name and recipient."""

    session: ProvingSession
    cache: UnitCache
    proofs: Proofs
    heads: dict[str, ChainRow] = field(default_factory=dict)
    abouts: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def key(self) -> bytes | None:
        return self.proofs.key

    def record(self, now: datetime, *events: Event) -> None:
        # Its rows must be written before their proofs can stand in the entry.
        if self.key is not None and self.session.has_unproven():
            self.session.flush()
        for event in events:
            append(self.session, self.proofs, self.heads, event, now)

    def check(self, chain: str) -> None:
        """Holds the rows of a chain, read anew, against their proofs."""
        if self.key is not None and self.heads[chain].is_covered:
            self.proofs.doubted[chain] = Verification(self.session, self.key).doubtful(chain)

    def settle(self, now: datetime) -> None:
        """Gives proofs that no event of this decision took an entry of their own."""
        for chain in self.proofs.owed():
            owner = None if chain == OFFICE else int(chain[1:])
            self.record(now, Event("RowsSealed", owner, mandate="sistem"))

    def close(self) -> None:
        """RuntimeError if rows were written that no event proves: they would seem changed."""
        self.session.flush()
        if any(self.proofs.doubted.values()):
            # Nothing was decided with them: the next unit of work must doubt them again.
            self.cache.clear()
            self.proofs.doubted.clear()
        if owed := self.proofs.owed():
            raise RuntimeError(f"covered rows were written without an event: {owed}")


class Part:
    """One part of a unit of work; only it reads and writes what it is named after."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._session = unit.session


@lru_cache  # made anew, it takes as long as its execution
def columns(table: type[SQLModel], *also: Any) -> Select[Any]:
    """A query for plain rows, without an ORM object for each."""
    return Select(*inspect(table).columns, *also)


def table_of(row: type[SQLModel]) -> Table:
    """The table for frequent queries: with the ORM's attributes they take twice as long."""
    return row.metadata.tables[str(row.__tablename__)]


def is_one_of(column: ColumnElement[str], values: Collection[str]) -> ColumnElement[bool]:
    """As `in_`, but built once: `in_` expands its values at each execution."""
    return or_(*(column == value for value in values))


def add_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows in one statement, in this order."""
    session.exec(_adding(table), params=rows)


def put(
    session: Session,
    table: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    only: Collection[str] = (),
) -> None:
    """Inserts the rows or updates those of the same key (`only` these columns)."""
    if not rows:
        return
    session.exec(_putting(table, tuple(only or rows[0])), params=rows)


@cache
def _adding(table: type[SQLModel]) -> Insert:
    return sqlite_insert(table_of(table))


@cache
def _putting(table: type[SQLModel], names: tuple[str, ...]) -> Insert:
    statement = sqlite_insert(table_of(table))
    keys = [column.name for column in inspect(table).primary_key]
    written = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=written)


def is_due(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a moment has passed; one over LONGEST_WAIT ahead also counts, since it was written
    before a clock was set back. The statement is executed with `due_at(now)`."""
    return or_(moment.is_(None), moment <= bindparam("now"), moment > bindparam("latest"))


def due_at(now: datetime) -> dict[str, Any]:
    return {"now": now, "latest": now + LONGEST_WAIT}
