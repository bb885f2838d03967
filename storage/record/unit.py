"""What the parts of a transaction share: the session, and statements put together once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, inspect
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel, or_
from sqlmodel.sql.expression import Select

from flows.model.events import Event
from storage.record.cache import UnitCache
from storage.record.chain import append
from storage.rows.record_tables import ChainRow

LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One unit of work on the database. `heads`: the chain heads locked in it, by chain;
    `abouts`: what the slots read in it are about, by name and recipient."""

    session: Session
    key: bytes | None
    cache: UnitCache
    heads: dict[str, ChainRow] = field(default_factory=dict)
    abouts: dict[tuple[str, str], str] = field(default_factory=dict)

    def record(self, now: datetime, *events: Event) -> None:
        for event in events:
            append(self.session, self.key, self.heads, event, now)


class Part:
    """One part of a unit of work: it alone reads and writes what it is named after."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._session = unit.session


def columns(table: type[SQLModel], *also: Any) -> Select[Any]:
    """The rows as they stand, without an object of the ORM for each."""
    return Select(*inspect(table).columns, *also)


def table_of(row: type[SQLModel]) -> Table:
    """For what is asked at every update: with the ORM's attributes it takes twice as long."""
    return row.metadata.tables[str(row.__tablename__)]


def is_one_of(column: ColumnElement[str], values: Collection[str]) -> ColumnElement[bool]:
    """As `in_`, which is put together anew each time."""
    return or_(*(column == value for value in values))


def add_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """New rows, in one statement and in this order."""
    session.exec(_adding(table), params=rows)


def put(
    session: Session,
    table: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    only: Collection[str] = (),
) -> None:
    """New, or over the row of the same key (`only` those columns of it): one statement for all."""
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
    """Nothing waits longer than an hour: a later moment was written before a clock set back.
    The statement is executed with `due_at(now)`."""
    return or_(moment.is_(None), moment <= bindparam("now"), moment > bindparam("latest"))


def due_at(now: datetime) -> dict[str, Any]:
    return {"now": now, "latest": now + LONGEST_WAIT}
