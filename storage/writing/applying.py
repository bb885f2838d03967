"""Writes a decision to the database: rows that differ, events, then messages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel, col, delete

from flows.model.changes import Decision, TakeStaff
from flows.model.conversation import Draft
from flows.model.perintah import Bagian, Data, Dokumen, Perintah, Temuan, Tugas
from flows.office.people import Person
from storage.queues.queueing import Queueing
from storage.reading.locked import LockedOrders
from storage.record.proofs import COVERED
from storage.record.unit import Part, UnitOfWork, put
from storage.rows.mapping import fields_of, perintah_columns, settled
from storage.rows.tables import (
    BagianRow,
    CounterRow,
    DataRow,
    DokumenRow,
    DraftRow,
    PerintahRow,
    TemuanRow,
    TugasRow,
)
from storage.writing import changes
from storage.writing.people import People

AnyPart = Tugas | Bagian | Data | Temuan | Dokumen
Place = tuple[type[AnyPart], str, int]

TABLES: dict[type[AnyPart], type[SQLModel]] = {
    Tugas: TugasRow,
    Bagian: BagianRow,
    Data: DataRow,
    Temuan: TemuanRow,
    Dokumen: DokumenRow,
}


class Applying(Part):
    def __init__(self, unit: UnitOfWork, locked: LockedOrders, people: People) -> None:
        super().__init__(unit)
        self._locked = locked
        self._people = people
        self._queueing = Queueing(unit)

    def apply(
        self, decision: Decision, actor: Person | None, command_key: str, now: datetime
    ) -> None:
        """`actor`: the person whose draft is deleted where the decision ends it."""
        # In order of id, as LockedOrders locks them: two transactions cannot deadlock.
        for perintah in sorted(decision.perintah, key=lambda perintah: perintah.id):
            self._keep(perintah)
        if decision.has_draft:
            self._keep_draft(decision.draft, actor)
        for change in decision.changes:
            if isinstance(change, TakeStaff):
                self._people.take_staff(change.rows, now)
            else:
                changes.make(self._session, change, now)
        # Before the messages: one of them may contain the chain's head with these events.
        self._unit.record(now, *decision.events)
        self._unit.settle(now)
        self._queueing.queue(decision.out, command_key, now)
        self._session.flush()

    def _keep(self, perintah: Perintah) -> None:
        old = self._locked.find(perintah.id) or self._locked.lock(perintah.id)
        if old == perintah:
            return
        alone = settled(_alone(perintah))
        if old is None:
            self._count(f"nomor:{perintah.year}", perintah.number)
            self._count("perintah", perintah.id)
            self._locked.begin(perintah.id)
        if old is None or _alone(old) != alone:
            columns = perintah_columns(alone)
            put(self._session, PerintahRow, self._unit.proofs.salted(PerintahRow, [columns]))
        kept = self._keep_parts(perintah, _parts(old) if old else {})
        self._locked.replace(_with_parts(alone, kept))

    def _keep_parts(self, perintah: Perintah, old: dict[Place, AnyPart]) -> list[AnyPart]:
        """Writes changed parts; returns all parts in the form in which they will be read."""
        parts = _parts(perintah)
        for place in old.keys() - parts.keys():
            self._withdraw(perintah.id, place)
        handled: dict[type[SQLModel], list[dict[str, Any]]] = {}
        changed: dict[type[SQLModel], list[dict[str, Any]]] = {}
        for place, part in parts.items():
            former = old.get(place)
            if former != part:
                parts[place] = part = settled(part)
                row = {**fields_of(part), "perintah_id": perintah.id}
                is_same = former is not None and _covers_equally(former, part)
                (handled if is_same else changed).setdefault(TABLES[type(part)], []).append(row)
        for table, rows in handled.items():
            put(self._session, table, rows)
        for table, rows in changed.items():
            put(self._session, table, self._unit.proofs.salted(table, rows))
        return list(parts.values())

    def _withdraw(self, perintah_id: int, place: Place) -> None:
        """Deletes a bagian; raises ValueError for any other part: those are permanent."""
        kind, unit, person_id = place
        if kind is not Bagian:
            raise ValueError(f"perintah {perintah_id} would lose its {kind.__name__} {place[1:]}")
        self._session.delete(self._session.get_one(BagianRow, (perintah_id, unit, person_id)))
        self._session.flush()

    def _count(self, name: str, value: int) -> None:
        row = self._session.get(CounterRow, name)
        if row is None or row.value < value:
            self._session.merge(CounterRow(name=name, value=value))

    def _keep_draft(self, draft: Draft | None, actor: Person | None) -> None:
        if draft is not None:
            put(self._session, DraftRow, [fields_of(draft)])
        elif actor is not None:
            self._session.exec(delete(DraftRow).where(col(DraftRow.person_id) == actor.id))


def _covers_equally(former: AnyPart, part: AnyPart) -> bool:
    """Whether they differ only in what no proof covers, such as the next moment of a tugas."""
    ignored = COVERED[str(TABLES[type(part)].__tablename__)]
    return former._replace(**{name: getattr(part, name) for name in ignored}) == part


def _alone(perintah: Perintah) -> Perintah:
    return perintah._replace(tugas=(), bagian=(), data=(), temuan=(), dokumen=())


def _with_parts(alone: Perintah, parts: Iterable[AnyPart]) -> Perintah:
    """The perintah with its parts in the order of Orders.whole()."""
    held: dict[type[AnyPart], list[Any]] = {kind: [] for kind in TABLES}
    for part in parts:
        held[type(part)].append(part)
    return alone._replace(
        tugas=tuple(sorted(held[Tugas], key=lambda part: part.seq)),
        bagian=tuple(sorted(held[Bagian], key=lambda part: (part.unit, part.person_id))),
        data=tuple(sorted(held[Data], key=lambda part: (part.made_at, part.unit, part.version))),
        temuan=tuple(sorted(held[Temuan], key=lambda part: part.seq)),
        dokumen=tuple(sorted(held[Dokumen], key=lambda part: part.seq)),
    )


def _parts(perintah: Perintah) -> dict[Place, AnyPart]:
    """The parts of a perintah by their key: type, unit, and number, person or version."""
    return {
        **{(Tugas, "", part.seq): part for part in perintah.tugas},
        **{(Bagian, part.unit, part.person_id): part for part in perintah.bagian},
        **{(Data, part.unit, part.version): part for part in perintah.data},
        **{(Temuan, "", part.seq): part for part in perintah.temuan},
        **{(Dokumen, "", part.seq): part for part in perintah.dokumen},
    }
