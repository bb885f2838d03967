"""The reading parts that reads and transactions share; the backlog of the queues."""

from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from storage.queues.inbox import UNFINISHED, Inbox
from storage.queues.outbox import WAITING, Outbox
from storage.reading.naming import Naming
from storage.reading.office import Office
from storage.reading.orders import Orders
from storage.reading.record import Record
from storage.record.unit import Part, UnitOfWork
from storage.rows.tables import InboxRow, OutboxRow

GOING = (*WAITING, "sending")


class Backlog(Part):
    def waiting(self, now: datetime) -> dict[str, tuple[int, float]]:
        """Of inbox and outbox: how many wait, and for how many seconds the oldest has."""
        return {
            "inbox": self._waiting(InboxRow.state, InboxRow.received_at, UNFINISHED, now),
            "outbox": self._waiting(OutboxRow.state, OutboxRow.created_at, GOING, now),
        }

    def parked(self) -> tuple[str, ...]:
        """All parked rows, newest first, by the codes people were told ("i12", "o7")."""
        return (*self._parked("i", InboxRow), *self._parked("o", OutboxRow))

    def _waiting(
        self, state: Any, since: Any, states: tuple[str, ...], now: datetime
    ) -> tuple[int, float]:
        query = select(func.count(), func.min(since)).where(col(state).in_(states))
        count, oldest = self._session.exec(query).one()
        return count, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0

    def _parked(self, letter: str, table: type[InboxRow] | type[OutboxRow]) -> tuple[str, ...]:
        query = select(table.id).where(col(table.state) == "parked")
        rows = self._session.exec(query.order_by(col(table.id).desc()))
        return tuple(f"{letter}{row}" for row in rows)


class Queries:
    """Reads of one consistent moment. Parts with writing methods are refused by SQLite on a
    reading connection (`query_only`)."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.inbox = Inbox(unit)
        self.outbox = Outbox(unit)
        self.backlog = Backlog(unit)
        self.record = Record(unit)
        self.orders = Orders(unit)
        self.office = Office(unit)
        self.naming = Naming(unit)
