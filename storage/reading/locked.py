"""Perintah and counters locked by a unit of work until it commits."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, String, bindparam, cast, literal
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import Select

from flows.model.addresses import LETTERS
from flows.model.perintah import Perintah
from storage.reading.orders import Orders
from storage.record.chain import new_chain
from storage.record.proofs import chain_name
from storage.record.unit import Part, UnitOfWork, columns
from storage.rows.record_tables import ChainRow
from storage.rows.tables import CounterRow, PerintahRow

# Built once: made anew, they take longer than their execution.
_MEANT: BindParameter[int] = bindparam("meant")
_CHILD = aliased(PerintahRow)
_PARENT = select(_CHILD.parent_id).where(col(_CHILD.id) == _MEANT).scalar_subquery()
_LOCKED = (
    columns(PerintahRow, ChainRow)
    .join(
        ChainRow,
        col(ChainRow.chain) == literal(LETTERS["perintah"]) + cast(PerintahRow.id, String),
    )
    .order_by(col(PerintahRow.id))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_WITH_PARENT = _LOCKED.where(or_(col(PerintahRow.id) == _MEANT, col(PerintahRow.id) == _PARENT))
_CORRECTION = _LOCKED.where(
    col(PerintahRow.parent_id) == _MEANT, col(PerintahRow.status) == "berjalan"
)


class LockedOrders(Part):
    def __init__(self, unit: UnitOfWork, orders: Orders) -> None:
        super().__init__(unit)
        self._orders = orders
        self._loaded: dict[int, Perintah] = {}

    def find(self, perintah_id: int) -> Perintah | None:
        """The perintah if this unit of work has locked it, else None."""
        return self._loaded.get(perintah_id)

    def lock(self, perintah_id: int) -> Perintah | None:
        """Locks it with its parent, then the running correction: the older first, so that two
        transactions cannot deadlock. No correction begins without this lock."""
        self._lock(_WITH_PARENT, perintah_id)
        found = self._loaded.get(perintah_id)
        if found is not None and found.status == "menunggu":
            self._lock(_CORRECTION, perintah_id)
        return found

    def correction_of(self, perintah: Perintah) -> Perintah | None:
        """The running correction that it waits for; loaded and locked with it."""
        corrections = (p for p in self._loaded.values() if p.parent_id == perintah.id)
        return next((p for p in corrections if p.status == "berjalan"), None)

    def begin(self, perintah_id: int) -> None:
        """Begins the chain of a new perintah; without a lock, as it is unknown until commit."""
        chain = chain_name(perintah_id)
        self._unit.heads[chain] = new_chain(
            self._session, chain, is_covered=self._unit.key is not None
        )

    def replace(self, perintah: Perintah) -> None:
        """Caches the perintah as written. The revision rises under the lock, which makes cached
        copies of other processes invalid."""
        head = self._unit.heads[chain_name(perintah.id)]
        head.revision += 1
        self._loaded[perintah.id] = perintah
        self._unit.cache.put(("perintah", perintah.id), head.revision, perintah)

    def counters(self, *names: str) -> dict[str, int]:
        """Locks and returns the counters of these names that exist, ordered by name."""
        query = columns(CounterRow).where(col(CounterRow.name).in_(names))
        query = query.order_by(col(CounterRow.name)).with_for_update()
        rows: Sequence[Any] = self._session.exec(query).all()
        return {row.name: row.value for row in rows}

    def _lock(self, query: Select[Any], meant: int) -> None:
        rows: Sequence[Any] = self._session.exec(query, params={"meant": meant}).all()
        for row in rows:
            head: ChainRow = row.ChainRow
            self._unit.heads[head.chain] = head
            whole = partial(self._whole, row)
            about = ("perintah", row.id)
            self._loaded[row.id] = self._unit.cache.get(about, head.revision, whole)

    def _whole(self, row: Any) -> Perintah:
        """Read from the database: what was changed there by hand is noted with the next entry."""
        self._unit.check(chain_name(row.id))
        return self._orders.whole(row)
