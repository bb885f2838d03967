"""How the house is doing: what waits, for how long, what was put aside, what is open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import literal
from sqlmodel import col, func, select

from flows.model.perintah import Tugas
from storage.record.unit import Part, columns, table_of
from storage.rows.mapping import tugas_of
from storage.rows.office_tables import OutageRow
from storage.rows.tables import InboxRow, OutboxRow, PerintahRow, PersonRow, TugasRow

COMING = ("new", "fetched", "ready")
GOING = ("pending", "uncertain", "sending")
MOST_PARKED = 20

# Written out in the statement, else SQLite does not use the index on open tugas.
OPEN = literal("buka", literal_execute=True)
_TUGAS, _PERINTAH = table_of(TugasRow), table_of(PerintahRow)
OPENED = (
    columns(TugasRow, _PERINTAH.c.sop, _PERINTAH.c.sop_version)
    .join(_PERINTAH, _PERINTAH.c.id == _TUGAS.c.perintah_id)
    .where(_TUGAS.c.state == OPEN, _PERINTAH.c.status == "berjalan")
)


class Condition(Part):
    def has_uncounted(self) -> bool:
        """Whether a declared outage still has to move the limits."""
        query = select(OutageRow.begin).where(col(OutageRow.is_counted).is_(False))
        return self._session.exec(query).first() is not None

    def waiting(self, now: datetime) -> dict[str, tuple[int, float]]:
        """Of inbox and outbox: how many wait, and for how many seconds the oldest has."""
        return {
            "inbox": self._waiting(InboxRow.state, InboxRow.received_at, COMING, now),
            "outbox": self._waiting(OutboxRow.state, OutboxRow.created_at, GOING, now),
        }

    def person_of(self, user_id: int) -> int | None:
        query = select(PersonRow.id).where(col(PersonRow.user_id) == user_id)
        return self._session.exec(query).first()

    def parked(self) -> tuple[str, ...]:
        """What was put aside, newest first, by the codes people were told ("i12", "o7")."""
        return (*self._parked("i", InboxRow), *self._parked("o", OutboxRow))

    def open_tugas(self) -> tuple[Tugas, ...]:
        return tuple(tugas_of(row) for row in self._open_rows())

    def _open_rows(self) -> Sequence[Any]:
        """Each with the SOP of its perintah and the version of that."""
        rows: Sequence[Any] = self._session.exec(OPENED).all()
        # Sorted here: asked for an order, SQLite would go through all tugas there ever were.
        return sorted(rows, key=lambda row: (row.perintah_id, row.seq))

    def _waiting(
        self, state: Any, since: Any, states: tuple[str, ...], now: datetime
    ) -> tuple[int, float]:
        query = select(func.count(), func.min(since)).where(col(state).in_(states))
        count, oldest = self._session.exec(query).one()
        return count, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0

    def _parked(self, letter: str, table: type[InboxRow] | type[OutboxRow]) -> tuple[str, ...]:
        query = select(table.id).where(col(table.state) == "parked")
        rows = self._session.exec(query.order_by(col(table.id).desc()).limit(MOST_PARKED))
        return tuple(f"{letter}{row}" for row in rows)
