"""A decision made rows: only what differs is written, and nothing is queued twice."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import SQLModel, col, delete, select

from flows.messages import (
    JEJAK,
    BoardDue,
    Exchange,
    Menu,
    Message,
    Outgoing,
    Reaction,
    Removal,
    Toast,
)
from flows.perintah import Bagian, Data, Dokumen, Perintah, Temuan, Tugas
from flows.view import Decision, Draft, TakeStaff
from storage import changes
from storage.copies import exchanged
from storage.events import append
from storage.loading import Loading
from storage.mapping import (
    bagian_row,
    data_row,
    dokumen_row,
    draft_row,
    fields_of,
    perintah_of_ref,
    perintah_row,
    temuan_row,
    tugas_row,
)
from storage.outbox import WAITING, ParcelKind
from storage.people import People
from storage.tables import BagianRow, ChainRow, CounterRow, DraftRow, OutboxRow, SlotRow

LATE_LANE = 2

AnyPart = Tugas | Bagian | Data | Temuan | Dokumen
Place = tuple[type[AnyPart], str, int]


class Applying(Loading, People):
    def apply(self, decision: Decision, command_key: str, now: datetime) -> None:
        """`command_key` names what led to it: a replay under the same key queues nothing."""
        for perintah in sorted(decision.perintah, key=lambda perintah: perintah.id):
            self._keep(perintah)
        if decision.has_draft:
            self._keep_draft(decision.draft)
        for change in decision.changes:
            if isinstance(change, TakeStaff):
                self.take_staff(change.rows, now)
            else:
                changes.make(self._session, change, now)
        for event in decision.events:
            append(self._session, self._key, event, now)
        for index, outgoing in enumerate(decision.out):
            self._queue(outgoing, f"{command_key}:{index}", now)
        self._session.flush()

    def _keep(self, perintah: Perintah) -> None:
        old = self._loaded.get(perintah.id) or self.perintah(perintah.id)
        if old is None:
            self._count(f"nomor:{perintah.year}", perintah.number)
            self._count("perintah", perintah.id)
        if old is None or _alone(old) != _alone(perintah):
            self._session.merge(perintah_row(perintah))
            self._session.flush()
        former, latter = _parts(old) if old else {}, _parts(perintah)
        for place in former.keys() - latter.keys():
            self._withdraw(perintah.id, place)
        for place, part in latter.items():
            if former.get(place) != part:
                self._session.merge(_part_row(perintah.id, part))
        self._loaded[perintah.id] = perintah

    def _withdraw(self, perintah_id: int, place: Place) -> None:
        """Parts may be dealt out anew; all else of a perintah is there to stay."""
        kind, unit, person_id = place
        if kind is not Bagian:
            raise ValueError(f"perintah {perintah_id} would lose its {kind.__name__} {place[1:]}")
        self._session.delete(self._session.get_one(BagianRow, (perintah_id, unit, person_id)))

    def _count(self, name: str, value: int) -> None:
        row = self._session.get(CounterRow, name)
        if row is None or row.value < value:
            self._session.merge(CounterRow(name=name, value=value))

    def _keep_draft(self, draft: Draft | None) -> None:
        if draft is not None:
            self._session.merge(draft_row(draft))
        elif self._actor is not None:
            self._session.exec(delete(DraftRow).where(col(DraftRow.person_id) == self._actor.id))

    def _queue(self, outgoing: Outgoing, key: str, now: datetime) -> None:
        match outgoing:
            case Message():
                self._queue_message(outgoing, key, now)
            case Exchange():
                for edit in exchanged(self._session, outgoing):
                    self._queue_message(edit, key, now)
            case BoardDue():
                self._queue_board(outgoing, key, now)
            case Removal():
                self._queue_removals(outgoing, key, now)
            case Toast():
                self._add("toast", f"q{outgoing.callback_id}", key, outgoing, now, lane=0)
            case Reaction():
                self._add("reaction", f"c{outgoing.chat_id}", key, outgoing, now, lane=0)
            case Menu():
                self._add("menu", outgoing.to, key, outgoing, now, lane=LATE_LANE)

    def _queue_message(self, message: Message, key: str, now: datetime) -> None:
        """What can be pressed or replied to stands in a slot, be it one of its own."""
        key = message.unique or key
        slot = message.slot or (key if message.rows or message.about else "")
        known = self._session.get(SlotRow, (slot, message.to)) if slot else None
        about = message.about or (known.about if known else "")
        message = self._witnessed(message, about)
        is_new = self._add(
            "message", message.to, key, message, now, slot=slot, about=about, lane=message.lane
        )
        if is_new and slot:
            self._keep_slot(slot, message.to, about, is_live=bool(message.rows))

    def _witnessed(self, message: Message, about: str) -> Message:
        """With the head of the record, this turn's events in it: a witness outside the store."""
        if message.args.get(JEJAK) != "":
            return message
        head = self._session.get(ChainRow, f"p{perintah_of_ref(about)}")
        return replace(message, args={**message.args, JEJAK: head.hash if head else ""})

    def _queue_board(self, board: BoardDue, key: str, now: datetime) -> None:
        """At most one waits: it is worded from the state at the moment of sending."""
        waiting = select(OutboxRow.id).where(
            col(OutboxRow.kind) == "board",
            col(OutboxRow.perintah_id) == board.perintah_id,
            col(OutboxRow.state).in_((*WAITING, "unreachable")),
        )
        if self._session.exec(waiting).first() is not None:
            return
        slot, about = f"grup:{board.perintah_id}", f"b{board.perintah_id}"
        if self._add("board", "g", key, board, now, slot=slot, about=about, lane=LATE_LANE):
            self._keep_slot(slot, "g", about, is_live=True)

    def _queue_removals(self, removal: Removal, key: str, now: datetime) -> None:
        if not removal.slot:
            self._add("removal", f"c{removal.chat_id}", key, removal, now)
            return
        standing = select(SlotRow).where(col(SlotRow.name) == removal.slot, col(SlotRow.is_live))
        for row in self._session.exec(standing).all():
            row.is_live = not removal.is_over
            self._add("removal", row.recipient, key, removal, now, slot=row.name)

    def _add(
        self,
        kind: ParcelKind,
        to: str,
        key: str,
        outgoing: Outgoing,
        now: datetime,
        *,
        slot: str = "",
        about: str = "",
        lane: int = 1,
    ) -> bool:
        unique = f"{key}:{to}"
        known = select(OutboxRow.id).where(col(OutboxRow.unique_key) == unique)
        if self._session.exec(known).first() is not None:
            return False
        self._session.add(
            OutboxRow(
                unique_key=unique,
                recipient=to,
                queue=f"{to}:{kind}" if kind == "board" else to,
                kind=kind,
                body=fields_of(outgoing),
                slot=slot,
                about=about,
                perintah_id=perintah_of_ref(about),
                lane=lane,
                created_at=now,
            )
        )
        self._session.flush()
        return True

    def _keep_slot(self, name: str, to: str, about: str, *, is_live: bool) -> None:
        row = self._session.get(SlotRow, (name, to))
        if row is None:
            row = SlotRow(name=name, recipient=to, about=about, is_live=is_live)
            self._session.add(row)
        row.about, row.perintah_id, row.is_live = about, perintah_of_ref(about), is_live
        self._session.flush()


def _alone(perintah: Perintah) -> Perintah:
    return replace(perintah, tugas=(), bagian=(), data=(), temuan=(), dokumen=())


def _parts(perintah: Perintah) -> dict[Place, AnyPart]:
    """Each part by what tells it from the others of its perintah."""
    return {
        **{(Tugas, "", part.seq): part for part in perintah.tugas},
        **{(Bagian, part.unit, part.person_id): part for part in perintah.bagian},
        **{(Data, part.unit, part.version): part for part in perintah.data},
        **{(Temuan, "", part.seq): part for part in perintah.temuan},
        **{(Dokumen, "", part.seq): part for part in perintah.dokumen},
    }


def _part_row(perintah_id: int, part: AnyPart) -> SQLModel:
    match part:
        case Tugas():
            return tugas_row(part)
        case Bagian():
            return bagian_row(perintah_id, part)
        case Data():
            return data_row(perintah_id, part)
        case Temuan():
            return temuan_row(perintah_id, part)
        case Dokumen():
            return dokumen_row(perintah_id, part)
