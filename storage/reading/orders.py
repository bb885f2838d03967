"""Reads of perintah: whole with all parts, as heads, and their open tugas."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import literal
from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from flows.model.perintah import Perintah, Tugas
from flows.model.view import Heads
from storage.record.unit import Part, columns, table_of
from storage.rows.mapping import filled, head_of, perintah_of
from storage.rows.tables import BagianRow, DataRow, DokumenRow, PerintahRow, TemuanRow, TugasRow

_TUGAS, _PERINTAH, _DOKUMEN = table_of(TugasRow), table_of(PerintahRow), table_of(DokumenRow)
# Of an ended one only: heads are read again when a status changes, not when a rekap is filed.
_REKAP = (
    select(func.max(_DOKUMEN.c.version))
    .where(
        _DOKUMEN.c.perintah_id == _PERINTAH.c.id,
        _DOKUMEN.c.kind == "rekap",
        _PERINTAH.c.status == "selesai",
    )
    .correlate(_PERINTAH)
    .scalar_subquery()
)
# Only the columns of a Head: the JSON of a whole row takes twice as long to read.
HEADS = (
    Select[Any](
        *(_PERINTAH.c.id, _PERINTAH.c.number, _PERINTAH.c.year, _PERINTAH.c.sop),
        *(_PERINTAH.c.period, _PERINTAH.c.form, _PERINTAH.c.status),
        *(_PERINTAH.c.parent_id, _PERINTAH.c.issued_at),
        func.coalesce(_REKAP, 0).label("rekap"),
    )
    .where(_PERINTAH.c.status != "batal")
    .order_by(_PERINTAH.c.id.desc())
)
# A literal in the SQL: with a parameter SQLite would not use the index on open tugas.
OPEN = literal("buka", literal_execute=True)
OPENED = (
    columns(TugasRow, _PERINTAH.c.sop, _PERINTAH.c.sop_version)
    .join(_PERINTAH, _PERINTAH.c.id == _TUGAS.c.perintah_id)
    .where(_TUGAS.c.state == OPEN, _PERINTAH.c.status == "berjalan")
)

Owned = TugasRow | BagianRow | DataRow | TemuanRow | DokumenRow


class Orders(Part):
    def find(self, perintah_id: int) -> Perintah | None:
        row = self._session.get(PerintahRow, perintah_id)
        return self.whole(row) if row else None

    def get(self, perintah_id: int) -> Perintah:
        """The present state; raises NoResultFound for an unknown id."""
        return self.whole(self._session.get_one(PerintahRow, perintah_id))

    def heads(self) -> Heads:
        """All that are not batal, newest first."""
        return Heads(head_of(row) for row in self._session.exec(HEADS))

    def ids(self) -> tuple[int, ...]:
        return tuple(self._session.exec(select(PerintahRow.id).order_by(col(PerintahRow.id))))

    def due(
        self, now: datetime, limit: int, without: Collection[int] = frozenset()
    ) -> tuple[int, ...]:
        """Ids of perintah with an open tugas whose `next_at` has passed, longest waiting first;
        `without` those."""
        query = (
            select(TugasRow.perintah_id)
            .where(col(TugasRow.state) == OPEN, col(TugasRow.next_at) <= now)
            .order_by(col(TugasRow.next_at), col(TugasRow.perintah_id))
        )
        found: dict[int, None] = {}
        for perintah_id in self._session.exec(query):
            if perintah_id not in without:
                found[perintah_id] = None
            if len(found) == limit:
                break
        return tuple(found)

    def next_due(self, now: datetime) -> datetime | None:
        """The nearest limit of an open tugas that has not passed."""
        query = select(func.min(TugasRow.due_at)).where(
            col(TugasRow.state) == OPEN, col(TugasRow.due_at) > now
        )
        return self._session.exec(query).one()

    def open_tugas(self) -> tuple[Tugas, ...]:
        """The open tugas of running perintah."""
        return tuple(filled(Tugas, row) for row in self.open_rows())

    def open_rows(self) -> Sequence[Any]:
        """Rows of open tugas, each with the SOP and SOP version of its perintah."""
        rows: Sequence[Any] = self._session.exec(OPENED).all()
        # Sorted here: with ORDER BY, SQLite would scan all tugas ever stored.
        return sorted(rows, key=lambda row: (row.perintah_id, row.seq))

    def whole(self, row: Any) -> Perintah:
        """`row`: of the table `perintah`; its parts are read by one statement per table."""
        return perintah_of(
            row,
            tugas=self._parts(TugasRow, row.id, TugasRow.seq),
            bagian=self._parts(BagianRow, row.id, BagianRow.unit, BagianRow.person_id),
            data=self._parts(DataRow, row.id, DataRow.made_at, DataRow.unit, DataRow.version),
            temuan=self._parts(TemuanRow, row.id, TemuanRow.seq),
            dokumen=self._parts(DokumenRow, row.id, DokumenRow.seq),
        )

    def _parts(self, table: type[Owned], perintah_id: int, *order: Any) -> list[Any]:
        query = columns(table).where(col(table.perintah_id) == perintah_id)
        return list(self._session.exec(query.order_by(*order)))
