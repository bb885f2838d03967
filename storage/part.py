"""What the parts of a transaction share: the session, which never leaves this package."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, inspect
from sqlalchemy import insert as sa_insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, or_
from sqlmodel.sql.expression import Select

from flows.events import Event
from storage.events import append
from storage.recordtables import ChainRow

LONGEST_WAIT = timedelta(hours=1)


class Part:
    def __init__(self, session: Session, key: bytes | None) -> None:
        self._session = session
        self._key = key
        self._chains: dict[str, ChainRow] = {}
        self._abouts: dict[tuple[str, str], str] = {}

    def _record(self, now: datetime, *events: Event) -> None:
        for event in events:
            append(self._session, self._key, self._chains, event, now)


def columns(table: type[SQLModel], *also: Any) -> Select[Any]:
    """The rows as they stand, without an object of the ORM for each."""
    return Select(*inspect(table).columns, *also)


def add_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """New rows, in one statement and in this order."""
    session.exec(sa_insert(table.metadata.tables[str(table.__tablename__)]), params=rows)


def put(
    session: Session,
    table: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    only: Collection[str] = (),
) -> None:
    """New, or over the row of the same key (`only` those columns of it): one statement for all."""
    if not rows:
        return
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    statement = insert(inspect(table).local_table)
    keys = [column.name for column in inspect(table).primary_key]
    written = {name: statement.excluded[name] for name in only or rows[0] if name not in keys}
    session.exec(statement.on_conflict_do_update(index_elements=keys, set_=written), params=rows)


def is_due(not_before: Any, now: datetime) -> ColumnElement[bool]:
    """Nothing waits longer than an hour: a later moment was written before a clock set back."""
    moment = col(not_before)
    return or_(moment.is_(None), moment <= now, moment > now + LONGEST_WAIT)
